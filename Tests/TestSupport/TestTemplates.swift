import Foundation
import Kernel
import Storage
import StorageSQLite

/// Migrated SQLite files that tests copy: copying takes a fraction of migrating.
actor TemplateFiles {
    static let shared = TemplateFiles()
    private var made: [String: Task<String, any Error>] = [:]

    func path(for migrations: [Migration]) async throws -> String {
        let key = fingerprint(of: migrations, .sqlite)
        let task =
            made[key]
            ?? Task {
                let folder = try TestFolder.makeUnique()
                let database = try SQLiteDatabase(path: folder + "/source.sqlite")
                _ = try await Migrator(migrations).migrate(database, now: Timestamp(milliseconds: 0))
                let path = folder + "/template.sqlite"
                try await database.backup(to: path)
                await database.close()
                return path
            }
        made[key] = task
        return try await task.value
    }
}

/// Names a list of migrations by its text, the same in every process.
func fingerprint(of migrations: [Migration], _ dialect: Dialect) -> String {
    let text = migrations.map { migration in
        migration.id + "\n" + migration.statements.map { $0.rendered(dialect).text }.joined(separator: "\n")
    }
    // FNV-1a.
    let hash = text.joined(separator: "\n").utf8.reduce(UInt64(0xcbf2_9ce4_8422_2325)) { hash, byte in
        (hash ^ UInt64(byte)) &* 0x100_0000_01b3
    }
    return String(hash, radix: 16)
}

/// Folders of this test process.
enum TestFolder {
    private static let root = FileManager.default.temporaryDirectory.path + "/menya-tests-\(getpid())"
    private static let setUp: Void = {
        // A file that a killed run left under the same process number must not count as ours.
        try? FileManager.default.removeItem(atPath: root)
        atexit { try? FileManager.default.removeItem(atPath: TestFolder.root) }
    }()

    static func makeUnique() throws -> String {
        _ = setUp
        let folder = root + "/" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        return folder
    }
}

/// How many databases tests may hold at once: Swift Testing starts all tests together, and files and connections end.
final class Slots: Sendable {
    private static let sqlite = Slots(count: 6)
    private static let postgres = Slots(count: 6)
    static func of(_ backend: Backend) -> Slots { backend == .sqlite ? sqlite : postgres }

    /// Gives its place back when it is released.
    final class Slot: Sendable {
        private let giveBack: @Sendable () -> Void
        init(giveBack: @escaping @Sendable () -> Void) { self.giveBack = giveBack }
        deinit { giveBack() }
    }

    private struct State: Sendable {
        var free: Int
        var lastNumber = 0
        var waiting: [(number: Int, continuation: CheckedContinuation<Void, Never>)] = []
    }
    private let state: Guarded<State>

    init(count: Int) { state = Guarded(State(free: count)) }

    func take() async throws -> Slot {
        await withCheckedContinuation { (continuation: CheckedContinuation<Void, Never>) in
            let waitingNumber = state.withLock { state -> Int? in
                if state.free > 0 {
                    state.free -= 1
                    return nil
                }
                state.lastNumber += 1
                state.waiting.append((state.lastNumber, continuation))
                return state.lastNumber
            }
            guard let waitingNumber else { return continuation.resume() }
            // Tests that hold one database and want a second must not wait for each other for ever.
            DispatchQueue.global().asyncAfter(deadline: .now() + 20) { self.letIn(waitingNumber) }
        }
        return Slot { self.giveBack() }
    }

    private func letIn(_ number: Int) {
        let continuation = state.withLock { state -> CheckedContinuation<Void, Never>? in
            guard let index = state.waiting.firstIndex(where: { $0.number == number }) else { return nil }
            state.free -= 1
            return state.waiting.remove(at: index).continuation
        }
        continuation?.resume()
    }

    private func giveBack() {
        let next = state.withLock { state -> CheckedContinuation<Void, Never>? in
            state.free += 1
            guard state.free > 0, !state.waiting.isEmpty else { return nil }
            state.free -= 1
            return state.waiting.removeFirst().continuation
        }
        next?.resume()
    }
}
