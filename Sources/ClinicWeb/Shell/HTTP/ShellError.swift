import Kernel

/// Refusals of the shell itself.
package enum ShellError: UserFacingError, Hashable {
    case noSuchPage
    case noAccess
    case signedOut
    case locked
    case staleForm
    case foreignForm
    case tooLarge
    case tooMany(seconds: Int)
    case unknownQuery(String)

    package var kind: FailureKind {
        switch self {
        case .noSuchPage: .notFound
        case .noAccess, .signedOut, .locked, .staleForm, .foreignForm: .forbidden
        case .tooLarge, .unknownQuery: .invalid
        case .tooMany: .tooMany
        }
    }

    package var userMessage: String {
        switch self {
        case .noSuchPage: "没有这个页面，可能地址不完整，或内容已经移走。请回到首页重新进入"
        case .noAccess: "您的岗位没有打开这个页面的权限，请找主管处理，或换有权限的同事登录"
        case .signedOut: "登录已经结束，刚才的操作没有保存。请重新登录后再做一次"
        case .locked: "屏幕已锁定，刚才的操作没有保存。请输入 PIN 解锁后再做一次"
        case .staleForm: "这张页面打开得太久，已经失效，刚才的操作没有保存。请返回刷新后再做一次"
        case .foreignForm: "这次提交不是从本系统的页面发出的，已拒绝。请在本系统的页面里操作"
        case .tooLarge: "提交的内容太大（上限 1 MB），没有保存。请减少内容后再提交"
        case .tooMany(let seconds): "操作太频繁，请等 \(seconds) 秒再试"
        case .unknownQuery(let name): "地址里有不认识的参数 \(name)，请回到首页重新进入"
        }
    }
}
