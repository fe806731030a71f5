import Kernel

/// The strokes of a drawn signature as the data of an SVG path: moves and lines in whole units of a box of 600 × 200.
package struct SignaturePath: Hashable, Sendable {
    package static let width = 600
    package static let height = 200
    static let longest = 20_000
    /// A dot or a slip of the finger is no signature.
    static let fewestPoints = 6
    static let smallestExtent = 24

    /// "M12 34L15 40L…"; nothing else than that, so it can stand in a page and in a print.
    package let text: String

    /// - Throws: `SignatureError.unreadable`, `SignatureError.tooShort`, `SignatureError.tooLong`.
    package init(_ typed: String) throws(SignatureError) {
        guard typed.utf8.count <= Self.longest else { throw .tooLong }
        var points: [(x: Int, y: Int)] = []
        var out = ""
        var rest = Substring(typed.trimmed)
        while let command = rest.first {
            guard command == "M" || command == "L", command == "M" || !points.isEmpty else { throw .unreadable }
            rest = rest.dropFirst()
            let body = rest.prefix { $0 != "M" && $0 != "L" }
            rest = rest.dropFirst(body.count)
            let numbers = body.split(separator: " ").map { Int($0) }
            guard numbers.count == 2, let x = numbers[0], let y = numbers[1], (0...Self.width).contains(x),
                (0...Self.height).contains(y)
            else { throw .unreadable }
            points.append((x, y))
            out += "\(command)\(x) \(y)"
        }
        guard points.count >= Self.fewestPoints, Self.extent(points) >= Self.smallestExtent else { throw .tooShort }
        text = out
    }

    /// As it stands in the database.
    init(stored: String) { text = stored }

    private static func extent(_ points: [(x: Int, y: Int)]) -> Int {
        let (xs, ys) = (points.map(\.x), points.map(\.y))
        return max((xs.max() ?? 0) - (xs.min() ?? 0), (ys.max() ?? 0) - (ys.min() ?? 0))
    }
}

package enum SignatureError: UserFacingError, Hashable {
    case unreadable
    case tooShort
    case tooLong
    case nameMissing
    case guardianNeeded(age: Int)

    package var kind: FailureKind { .invalid }
    package var field: String? {
        switch self {
        case .nameMissing, .guardianNeeded: "signerName"
        default: "signature"
        }
    }
    package var userMessage: String {
        switch self {
        case .unreadable: "签名没有读到，请清除后再签一次"
        case .tooShort: "签名太短，请客人写出姓名"
        case .tooLong: "签名笔画太多，请清除后再签一次"
        case .nameMissing: "请填写签名人的姓名"
        case .guardianNeeded(let age): "客人 \(age) 岁，请由监护人签名并写下监护人姓名"
        }
    }
}
