import Crypto
import Foundation
import HTTPTypes
import Hummingbird
import NIOCore

/// The static files, read into memory once. Their address holds a hash of all of them, so a browser may keep them for a
/// year and a new version is fetched at once; relative imports between scripts keep working.
package struct AssetStore: Sendable {
    struct Asset: Sendable {
        let body: ByteBuffer
        let type: String
    }
    /// `/assets/0f3a9c…`
    package let base: String
    private let assets: [String: Asset]

    /// The style sheet is one file: all of `css/` in order of path.
    static let styleSheet = "css/menya.css"

    /// - Parameter folder: `Resources/public`.
    package init(folder: URL) throws {
        var files: [String: Data] = [:]
        var styles: [(path: String, data: Data)] = []
        for path in try Self.paths(in: folder) {
            guard Self.types[(path as NSString).pathExtension] != nil else { continue }
            let data = try Data(contentsOf: folder.appending(path: path))
            if path.hasPrefix("css/") { styles.append((path, data)) } else { files[path] = data }
        }
        files[Self.styleSheet] = styles.reduce(into: Data()) { $0.append($1.data) }
        var hash = SHA256()
        for (path, data) in files.sorted(by: { $0.key < $1.key }) {
            hash.update(data: Data(path.utf8))
            hash.update(data: data)
        }
        base = "/assets/" + hash.finalize().prefix(8).map { String(format: "%02x", $0) }.joined()
        assets = Dictionary(
            uniqueKeysWithValues: files.map { path, data in
                let type = Self.types[(path as NSString).pathExtension] ?? "application/octet-stream"
                return (path, Asset(body: ByteBuffer(bytes: data), type: type))
            })
    }

    /// Address of htmx; nil when it was not fetched.
    var htmx: String? { assets["vendor/htmx-2.min.js"] == nil ? nil : base + "/vendor/htmx-2.min.js" }
    package var paths: [String] { assets.keys.sorted() }

    /// Answers `/assets/<hash>/<path>`; nil when there is no such file.
    /// - Parameter isCurrent: false for an address of another version: answered, but not kept.
    func response(_ path: String, isCurrent: Bool) -> Response? {
        guard let asset = assets[path] else { return nil }
        return Response(
            status: .ok,
            headers: [
                .contentType: asset.type,
                .cacheControl: isCurrent ? "public, max-age=31536000, immutable" : "no-cache",
            ],
            body: ResponseBody(byteBuffer: asset.body))
    }

    func text(_ path: String) -> String? { assets[path].map { String(buffer: $0.body) } }

    private static func paths(in folder: URL) throws -> [String] {
        try FileManager.default.subpathsOfDirectory(atPath: folder.path).sorted()
    }

    private static let types = [
        "css": "text/css; charset=utf-8", "js": "text/javascript; charset=utf-8", "svg": "image/svg+xml",
        "png": "image/png", "ico": "image/x-icon", "woff2": "font/woff2", "txt": "text/plain; charset=utf-8",
        "webmanifest": "application/manifest+json",
    ]
}
