import Clinic
import Kernel
import Storage

/// Makes a backup, notes it in the log of backups and clears old ones away. Run by hand and every night.
struct BackupJob: Sendable {
    let opened: OpenedDatabase
    let settings: Settings
    private let ids = IDSource()

    init(opened: OpenedDatabase, settings: Settings) {
        self.opened = opened
        self.settings = settings
    }

    func run(now: Timestamp) async throws -> BackupManifest {
        let backups = BackupFiles.backups(opened, settings)
        let id = ids.next(BackupRun.self, at: now)
        do {
            let manifest = try await backups.make(now: now)
            try await note(id, now, file: manifest.file, bytes: manifest.bytes, problem: nil)
            let calendar = try await opened.db.read { try PlaceStore.clinics(in: $0).first?.calendar }
            if let calendar { _ = try backups.prune(calendar: calendar) }
            return manifest
        } catch {
            let problem = (error as? any UserFacingError)?.userMessage ?? String(describing: error)
            try? await note(id, now, file: "", bytes: nil, problem: problem)
            throw error
        }
    }

    private func note(
        _ id: ID<BackupRun>, _ startedAt: Timestamp, file: String, bytes: Int64?, problem: String?
    ) async throws {
        let finishedAt = Now.timestamp
        try await opened.db.write(in: .organisation, telling: .nothing) { tx in
            try BackupLog.append(
                id, startedAt: startedAt, finishedAt: max(startedAt, finishedAt), file: file, bytes: bytes,
                problem: problem, in: tx)
        }
    }
}
