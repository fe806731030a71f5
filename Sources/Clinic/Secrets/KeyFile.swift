import Foundation

/// The file that holds the key ring: JSON, readable by its owner only, outside the data and the backups.
package struct KeyFile: Sendable {
    package let path: String

    package init(path: String) { self.path = path }

    /// `MENYA_KEY_FILE`, else `~/.config/menya/key`.
    package static func standard(environment: [String: String]) -> KeyFile {
        if let path = environment["MENYA_KEY_FILE"], !path.isEmpty { return KeyFile(path: path) }
        let home = environment["HOME"] ?? NSHomeDirectory()
        return KeyFile(path: "\(home)/.config/menya/key")
    }

    package var exists: Bool { FileManager.default.fileExists(atPath: path) }

    /// - Throws: `SecretsError` when it is missing, damaged, or others may read it.
    package func read() throws -> KeyRing {
        guard exists else { throw SecretsError.noKeyFile(path: path) }
        let attributes = try FileManager.default.attributesOfItem(atPath: path)
        let mode = (attributes[.posixPermissions] as? NSNumber)?.intValue ?? 0
        guard mode & 0o077 == 0 else { throw SecretsError.tooOpen(path: path, mode: String(mode, radix: 8)) }
        guard let data = FileManager.default.contents(atPath: path),
            let stored = try? JSONDecoder().decode(Stored.self, from: data), stored.version == 1
        else { throw SecretsError.unreadable(path: path, reason: "内容不完整") }
        guard let ring = stored.ring else { throw SecretsError.unreadable(path: path, reason: "密钥长度或编号不对") }
        return ring
    }

    /// Reads the file, or makes it with a new ring. Of two programs that start at once, one makes it.
    package func readOrCreate() throws -> (ring: KeyRing, isNew: Bool) {
        if exists { return (try read(), false) }
        let made = KeyRing.generate()
        let temporary = try writeTemporary(made)
        defer { unlink(temporary) }
        // A hard link is made only where nothing is: the other program's file is never replaced.
        if link(temporary, path) == 0 { return (made, true) }
        return (try read(), false)
    }

    /// Replaces the file in one step: a crash leaves the old one or the new one.
    package func write(_ ring: KeyRing) throws {
        let temporary = try writeTemporary(ring)
        guard rename(temporary, path) == 0 else {
            unlink(temporary)
            throw SecretsError.unreadable(path: path, reason: "不能写入")
        }
    }

    /// - Throws: `SecretsError.insideData` when a copy of `folder` would carry the key along.
    package func requireOutside(_ folder: String) throws {
        let mine = URL(fileURLWithPath: path).resolvingSymlinksInPath().standardizedFileURL.path
        let other = URL(fileURLWithPath: folder).resolvingSymlinksInPath().standardizedFileURL.path
        if mine.hasPrefix(other + "/") { throw SecretsError.insideData(path: mine, folder: other) }
    }

    private func writeTemporary(_ ring: KeyRing) throws -> String {
        let folder = URL(fileURLWithPath: path).deletingLastPathComponent()
        try FileManager.default.createDirectory(
            at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
        let data = try encoder.encode(Stored(ring))
        let temporary = "\(path).\(getpid())"
        unlink(temporary)
        let descriptor = open(temporary, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw SecretsError.unreadable(path: path, reason: "不能写入") }
        let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        try handle.write(contentsOf: data)
        try handle.synchronize()
        try handle.close()
        return temporary
    }

    private struct Stored: Codable {
        struct Key: Codable {
            let id: String
            let secret: Data
        }
        let version: Int
        let active: String
        let keys: [Key]
        let lookup: Data

        init(_ ring: KeyRing) {
            version = 1
            active = ring.active.id
            keys = ring.keys.map { Key(id: $0.id, secret: $0.secret.bytes) }
            lookup = ring.lookup.bytes
        }

        var ring: KeyRing? { KeyRing(keys: keys.map { ($0.id, $0.secret) }, active: active, lookup: lookup) }
    }
}
