/// The entries of the rail, in order. An entry shows when its page exists and the person may open it.
package enum Area: Int, CaseIterable, Sendable {
    case workbench, board, reception, treatment, patients, checkout, followUp, phone, complaints, operations, stock,
        performance, reports, settings

    package var label: String {
        switch self {
        case .workbench: "工作台"
        case .board: "预约"
        case .reception: "接待"
        case .treatment: "诊室"
        case .patients: "客人"
        case .checkout: "收费"
        case .followUp: "回访"
        case .phone: "电话"
        case .complaints: "投诉满意"
        case .operations: "运营"
        case .stock: "物资"
        case .performance: "绩效"
        case .reports: "报表"
        case .settings: "设置"
        }
    }

    /// The page of the area; features register their start page under this address.
    package var path: String {
        switch self {
        case .workbench: "/workbench"
        case .board: "/appointments"
        case .reception: "/reception"
        case .treatment: "/treatment"
        case .patients: "/patients"
        case .checkout: "/checkout"
        case .followUp: "/follow-ups"
        case .phone: "/calls"
        case .complaints: "/complaints"
        case .operations: "/operations"
        case .stock: "/stock"
        case .performance: "/performance"
        case .reports: "/reports"
        case .settings: "/settings"
        }
    }

    var icon: String {
        switch self {
        case .workbench: "desk"
        case .board: "book"
        case .reception: "recv"
        case .treatment: "chair"
        case .patients: "people"
        case .checkout: "pay"
        case .followUp: "follow"
        case .phone: "phone"
        case .complaints: "voice"
        case .operations: "ops"
        case .stock: "stock"
        case .performance: "perf"
        case .reports: "report"
        case .settings: "gear"
        }
    }
}

/// Addresses of the shell. Sign-in, lock and set-up pages are drawn by Staff.
package enum ShellPaths {
    package static let home = "/"
    package static let signIn = "/sign-in"
    package static let signOut = "/sign-out"
    package static let lock = "/lock"
    /// POST: locks the session (idle lock); the person's PIN opens it again.
    package static let lockNow = "/session/lock"
    package static let switchPerson = "/switch"
    package static let account = "/account"
    package static let search = "/search"
    package static let live = "/live"
    /// Whether a command whose COMMIT was never answered was done.
    package static func outcome(_ commandID: String) -> String { "/outcome/" + URLText.encode(commandID) }
    package static let gallery = "/gallery"

    package static func signIn(next: String) -> String {
        next == home ? signIn : URLText.address(signIn, ["next": next])
    }
    package static func lock(next: String) -> String { URLText.address(lock, ["next": next]) }
}
