import CQREncode
import Kernel

/// A QR code as the path of an SVG element: black on white, with the four quiet modules a reader needs around it
/// — templates/public/_qr.mustache.
struct QRCode: Viewable, Hashable {
    /// "0 0 37 37"
    let viewBox: String
    /// Runs of dark modules, row by row.
    let path: String
    /// What a reader of the page hears.
    let label: String
    static let fields: [Field<Self>] = [
        Field("viewBox", \.viewBox), Field("path", \.path), Field("label", \.label),
    ]

    static let quietModules = 4

    /// - Parameters:
    ///   - text: an address of ours; at most 300 bytes.
    /// - Throws: `QRFailure` when it does not fit.
    init(_ text: String, label: String) throws {
        let modules = try Self.modules(text)
        let side = modules.count + 2 * Self.quietModules
        viewBox = "0 0 \(side) \(side)"
        path = Self.path(modules)
        self.label = label
    }

    /// Rows of modules; true is dark.
    static func modules(_ text: String) throws -> [[Bool]] {
        guard !text.isEmpty, text.utf8.count <= 300 else { throw QRFailure() }
        let bytes = Array(text.utf8)
        guard let code = QRcode_encodeData(Int32(bytes.count), bytes, 0, QR_ECLEVEL_M) else { throw QRFailure() }
        defer { QRcode_free(code) }
        let width = Int(code.pointee.width)
        guard width > 0, let data = code.pointee.data else { throw QRFailure() }
        return (0..<width).map { row in (0..<width).map { data[row * width + $0] & 1 == 1 } }
    }

    static func path(_ modules: [[Bool]]) -> String {
        var path = ""
        for (y, row) in modules.enumerated() {
            var x = 0
            while x < row.count {
                guard row[x] else {
                    x += 1
                    continue
                }
                let end = row[x...].firstIndex(of: false) ?? row.count
                path += "M\(x + quietModules) \(y + quietModules)h\(end - x)v1h-\(end - x)z"
                x = end
            }
        }
        return path
    }
}

/// The text does not fit into a code.
struct QRFailure: UserFacingError, Hashable {
    var kind: FailureKind { .unavailable }
    var userMessage: String { "二维码画不出来，请检查对外网址是否太长" }
}
