import Kernel

/// What can be wrong with the key file or with a protected value.
package enum SecretsError: UserFacingError, Hashable {
    case noKeyFile(path: String)
    case unreadable(path: String, reason: String)
    case tooOpen(path: String, mode: String)
    case insideData(path: String, folder: String)
    /// The value was made with a key this ring does not hold.
    case unknownKey(id: String)
    /// Not `keyId:nonce:data`.
    case malformed
    /// The value was changed, or belongs to another table, column or row.
    case doesNotOpen(place: String)
    case badSheet(reason: String)
    case otherKey(expected: String, found: String)

    package var kind: FailureKind { .unavailable }
    package var userMessage: String {
        switch self {
        case .noKeyFile(let path): "找不到密钥文件 \(path)；请用恢复单还原，或用 MENYA_KEY_FILE 指明位置"
        case .unreadable(let path, let reason): "密钥文件 \(path) 读不出来（\(reason)）；请用恢复单还原"
        case .tooOpen(let path, let mode): "密钥文件 \(path) 的权限是 \(mode)，其他人能读到；请执行 chmod 600 后再试"
        case .insideData(let path, let folder): "密钥文件 \(path) 放在了 \(folder) 里，会和数据一起被拷走；请换到别的文件夹"
        case .unknownKey(let id): "缺少编号为 \(id) 的密钥，这项内容打不开；请用最近一次的恢复单还原密钥文件"
        case .malformed: "加密内容的格式不对，数据可能被改动过；请运行 menya verify 查明"
        case .doesNotOpen(let place): "\(place) 的加密内容打不开，数据可能被改动过；请运行 menya verify 查明"
        case .badSheet(let reason): "恢复单抄录有误（\(reason)），请对照原件重抄"
        case .otherKey(let expected, let found): "密钥文件与数据库不是一套（数据库要 \(expected)，现在是 \(found)）；请换上原来的密钥文件"
        }
    }
}
