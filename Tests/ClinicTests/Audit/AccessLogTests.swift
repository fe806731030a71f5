import Clinic
import Kernel
import Storage
import TestSupport
import Testing

struct AccessLogTests {
    private let now = Timestamp(milliseconds: 1_773_280_800_000)

    private func note(_ log: AccessLog, clinic: Int64, patient: Int64, minute: Int) {
        log.note(
            "record.viewed", of: ID<Patient>(raw: patient), kindOfSubject: "patient", patient: ID(raw: patient),
            by: .system, clinic: ID<ClinicSite>(raw: clinic), at: now.adding(minutes: minute))
    }

    @Test("看过谁的资料按门诊各成一链，接着上次写 R16.11", arguments: Backend.allCases)
    func chainsPerLane(backend: Backend) async throws {
        let database = try await backend.makeDatabase(migrations: Schema.migrations)
        let log = AccessLog()
        for minute in 1...3 { note(log, clinic: 1, patient: Int64(minute), minute: minute) }
        note(log, clinic: 2, patient: 9, minute: 4)
        #expect(log.pending == 4)

        try await log.flush(to: database)
        note(log, clinic: 1, patient: 4, minute: 5)
        try await log.flush(to: database)

        let rows = try await database.read { tx in
            try tx.rows("SELECT lane, seq, subject_id, previous_hash, hash FROM access_event ORDER BY lane, seq").map {
                [try $0.int64("lane"), try $0.int64("seq"), try $0.int64("subject_id")]
            }
        }
        #expect(rows == [[1, 1, 1], [1, 2, 2], [1, 3, 3], [1, 4, 4], [2, 1, 9]])
        #expect(log.pending == 0)
        let scope = VerificationScope(now: now, isComplete: true, cipher: nil)
        let results = try await Verification.run(database, scope: scope)
        #expect(results.last?.finding.breach == nil)
        #expect(results.first { $0.id == "audit.accesses" }?.finding.looked == 5)
    }

    @Test("一次写不下的分几批，一条不少 R16.11") func batches() async throws {
        let database = try await Backend.sqlite.makeDatabase(migrations: Schema.migrations)
        let log = AccessLog()
        let count = AccessLog.largestBatch * 2 + 7
        for minute in 1...count { note(log, clinic: 1, patient: 1, minute: minute) }

        try await log.flush(to: database)

        #expect(try await database.read { try $0.int64("SELECT MAX(seq) AS seq FROM access_event") } == Int64(count))
    }

    @Test("数据库写不进时留着，下次再写 R16.11") func keepsWhatCouldNotBeWritten() async throws {
        let empty = try await Backend.sqlite.makeDatabase()
        let log = AccessLog()
        note(log, clinic: 1, patient: 1, minute: 1)
        note(log, clinic: 2, patient: 2, minute: 2)

        await #expect(throws: StorageError.self) { try await log.flush(to: empty) }

        #expect(log.pending == 2)
        let database = try await Backend.sqlite.makeDatabase(migrations: Schema.migrations)
        try await log.flush(to: database)
        #expect(try await database.read { try $0.int64("SELECT COUNT(*) AS n FROM access_event") } == 2)
    }

    @Test("数据库一直写不进时只留最新的，丢了多少条说得出 R16.11") func bounded() async throws {
        let empty = try await Backend.sqlite.makeDatabase()
        let log = AccessLog(capacity: 1_000)
        for minute in 1...1_001 { note(log, clinic: 1, patient: 1, minute: minute) }
        // A batch goes at once.
        #expect(log.pending == 501)
        for minute in 1_002...1_400 { note(log, clinic: 1, patient: 1, minute: minute) }

        await #expect(throws: StorageError.self) { try await log.flush(to: empty) }

        #expect(log.pending == 900)
        #expect(log.takeDropped() == 500)
        #expect(log.takeDropped() == 0)
        let database = try await Backend.sqlite.makeDatabase(migrations: Schema.migrations)
        try await log.flush(to: database)
        let first = try await database.read { try $0.int64("SELECT MIN(at) AS at FROM access_event") }
        #expect(first == now.adding(minutes: 501).milliseconds)
    }
}
