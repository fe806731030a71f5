import Foundation
import Kernel
import Storage

/// Makes backups, proves them, copies them to a second place and clears old ones away.
package struct Backups: Sendable {
    /// What the engine does. SQLite: a copied file; PostgreSQL: what `pg_dump` writes.
    package struct Engine: Sendable {
        let name: String
        /// Without dot.
        let fileExtension: String
        /// Returns what was copied, where the engine cannot count inside a copy.
        let copy: @Sendable (_ path: String) async throws -> BackupContent?
        /// Opens the copy again, looks at all of it, and counts where it can.
        let prove: @Sendable (_ path: String) async throws -> BackupContent?

        package init(
            name: String, fileExtension: String,
            copy: @escaping @Sendable (_ path: String) async throws -> BackupContent?,
            prove: @escaping @Sendable (_ path: String) async throws -> BackupContent?
        ) {
            self.name = name
            self.fileExtension = fileExtension
            self.copy = copy
            self.prove = prove
        }
    }

    let engine: Engine
    package let folder: String
    /// Another disk or a network folder; nil: none.
    package let second: String?

    package init(engine: Engine, folder: String, second: String?) {
        self.engine = engine
        self.folder = folder
        self.second = second
    }

    /// One backup: the file is complete, on the disk, opened again and verified when this returns.
    package func make(now: Timestamp) async throws -> BackupManifest {
        let name = "menya-\(Self.stamp(now)).\(engine.fileExtension)"
        let path = "\(folder)/\(name)"
        try Self.makeFolder(folder)
        let content: BackupContent
        do {
            let copied = try await engine.copy(path)
            guard let found = try await engine.prove(path) ?? copied else {
                throw BackupError.damaged(file: name, reason: "没有数过内容")
            }
            content = found
        } catch {
            Self.remove(path)
            throw error
        }
        let (sha256, bytes) = try BackupManifest.digest(of: path)
        let manifest = BackupManifest(
            file: name, engine: engine.name, madeAt: now, content: content, bytes: bytes, sha256: sha256)
        try manifest.write(to: BackupManifest.path(of: path))
        chmod(path, 0o600)
        chmod(BackupManifest.path(of: path), 0o600)
        if let second { try copy(manifest, to: second) }
        return manifest
    }

    /// A backup somebody names, checked against its manifest and this installation's key.
    package static func check(_ path: String, engine: String, fingerprint: String?) throws -> BackupManifest {
        guard FileManager.default.fileExists(atPath: path) else { throw BackupError.noFile(path: path) }
        let manifest = try BackupManifest.read(BackupManifest.path(of: path))
        guard manifest.engine == engine else { throw BackupError.notForThisEngine(engine: manifest.engine) }
        let (sha256, bytes) = try BackupManifest.digest(of: path)
        guard bytes == manifest.bytes else { throw BackupError.damaged(file: manifest.file, reason: "大小与清单不符") }
        guard sha256 == manifest.sha256 else { throw BackupError.damaged(file: manifest.file, reason: "内容与清单不符") }
        if let fingerprint, !manifest.keyFingerprint.isEmpty, manifest.keyFingerprint != fingerprint {
            throw BackupError.otherKey(expected: manifest.keyFingerprint, found: fingerprint)
        }
        return manifest
    }

    /// Removes what the retention rules no longer keep, in both places.
    /// - Returns: names removed.
    package func prune(calendar: ClinicCalendar) throws -> [String] {
        var removed: Set<String> = []
        for place in [folder, second].compactMap({ $0 }) {
            let found = try Self.list(place)
            let old = BackupRetentionRules.expendable(found.map(\.madeAt), calendar: calendar)
            for manifest in found where old.contains(manifest.madeAt) {
                Self.remove("\(place)/\(manifest.file)")
                removed.insert(manifest.file)
            }
        }
        return removed.sorted()
    }

    /// The backups of a folder, oldest first. Files without manifest are not ours.
    package static func list(_ folder: String) throws -> [BackupManifest] {
        guard FileManager.default.fileExists(atPath: folder) else { return [] }
        return try FileManager.default.contentsOfDirectory(atPath: folder)
            .filter { $0.hasPrefix("menya-") && $0.hasSuffix(".json") }
            .compactMap { try? BackupManifest.read("\(folder)/\($0)") }
            .filter { FileManager.default.fileExists(atPath: "\(folder)/\($0.file)") }
            .sorted { $0.madeAt < $1.madeAt }
    }

    private func copy(_ manifest: BackupManifest, to place: String) throws {
        try Self.makeFolder(place)
        let (from, to) = ("\(folder)/\(manifest.file)", "\(place)/\(manifest.file)")
        try? FileManager.default.removeItem(atPath: to)
        try FileManager.default.copyItem(atPath: from, toPath: to)
        guard try BackupManifest.digest(of: to).sha256 == manifest.sha256 else {
            Self.remove(to)
            throw BackupError.damaged(file: to, reason: "第二份与第一份不同")
        }
        try manifest.write(to: BackupManifest.path(of: to))
    }

    private static func remove(_ path: String) {
        for file in [path, BackupManifest.path(of: path), path + "-wal", path + "-shm"] {
            try? FileManager.default.removeItem(atPath: file)
        }
    }

    private static func makeFolder(_ path: String) throws {
        try FileManager.default.createDirectory(
            atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    }

    /// `20261122T030000Z`: sorts by time, the same in every time zone.
    private static func stamp(_ now: Timestamp) -> String {
        let seconds = now.milliseconds / 1_000
        let (day, second) = (Day(number: Int(seconds / 86_400)), Int(seconds % 86_400))
        let clock = [second / 3_600, second / 60 % 60, second % 60].map { String($0).zeroPadded(2) }.joined()
        return "\(day.iso.replacing("-", with: ""))T\(clock)Z"
    }
}
