import Clinic
import Kernel
import Storage
import TestSupport
import Testing

/// Nobody changes history unseen (R16.11).
struct ChainTests {
    private func row(_ clinic: ProvenClinic, _ seq: Int) -> String { "lane \(clinic.clinic.id.raw) seq \(seq)" }

    @Test("改动记录内容会被查出来 R16.11", arguments: Backend.allCases)
    func changedPayload(backend: Backend) async throws {
        let clinic = try await ProvenClinic(backend)
        let first = try await clinic.firstSeq()

        try await clinic.spoil(
            "UPDATE event SET payload = '{\"line\":9}' WHERE lane = \(clinic.clinic.id) AND seq = \(first + 1)")

        #expect(try await clinic.firstBreach() == ["audit.events", "event", row(clinic, first + 1)])
    }

    @Test("改动记录的时间、人或对象会被查出来 R16.11", arguments: Backend.allCases, ["at", "actor_id", "subject_id"])
    func changedFact(backend: Backend, column: String) async throws {
        let clinic = try await ProvenClinic(backend)
        let first = try await clinic.firstSeq()

        try await clinic.spoil(
            SQL(trusted: "UPDATE event SET \(column) = \(column) + 1")
                + " WHERE lane = \(clinic.clinic.id) AND seq = \(first + 2)")

        #expect(try await clinic.firstBreach() == ["audit.events", "event", row(clinic, first + 2)])
    }

    @Test("删掉中间一条或最后一条都会被查出来 R16.11", arguments: Backend.allCases, [1, 2])
    func deletedEvent(backend: Backend, offset: Int) async throws {
        let clinic = try await ProvenClinic(backend)
        let seq = try await clinic.firstSeq() + offset

        try await clinic.spoil("DELETE FROM event WHERE lane = \(clinic.clinic.id) AND seq = \(seq)")

        let table = offset == 1 ? "event" : "event_head"
        #expect(try await clinic.firstBreach() == ["audit.events", table, row(clinic, seq)])
    }

    @Test("按规定抹去的内容不算破坏 R16.11", arguments: Backend.allCases)
    func redactedPayload(backend: Backend) async throws {
        let clinic = try await ProvenClinic(backend)

        try await clinic.spoil("UPDATE event SET payload = '' WHERE lane = \(clinic.clinic.id)")

        #expect(try await clinic.firstBreach() == [])
    }

    @Test("查看记录的链同样查得出改动 R16.11", arguments: Backend.allCases)
    func changedAccess(backend: Backend) async throws {
        let clinic = try await ProvenClinic(backend)

        try await clinic.spoil("UPDATE access_event SET actor_id = 7 WHERE seq = 2")

        #expect(try await clinic.firstBreach() == ["audit.accesses", "access_event", row(clinic, 2)])
    }

    @Test("记下查到哪里以后，从那里接着查；加 --all 从头查 R16.11", arguments: Backend.allCases)
    func anchored(backend: Backend) async throws {
        let clinic = try await ProvenClinic(backend)
        let first = try await clinic.firstSeq()
        let complete = try await clinic.verify().first { $0.id == "audit.events" }?.finding.looked ?? 0
        let heads = try await clinic.database.read { try Verification.heads(in: $0) }
        for head in heads {
            try await clinic.database.write(in: Lane(key: head.lane)) { tx in
                try Verification.anchor([head], at: ProvenClinic.now, in: tx)
            }
        }

        let rest = try await clinic.verify(isComplete: false).first { $0.id == "audit.events" }?.finding.looked
        try await clinic.spoil(
            "UPDATE event SET payload = '{}' WHERE lane = \(clinic.clinic.id) AND seq = \(first + 1)")

        #expect(rest == heads.count)
        #expect(complete > heads.count)
        #expect(try await clinic.verify(isComplete: false).last?.finding.breach == nil)
        #expect(try await clinic.firstBreach() == ["audit.events", "event", row(clinic, first + 1)])
    }
}

extension ProvenClinic {
    /// Number of the first of the three events the fixture adds to the clinic's lane.
    func firstSeq() async throws -> Int {
        let clinic = clinic.id
        return try await database.read { tx in
            Int(
                try tx.int64("SELECT MIN(seq) AS seq FROM event WHERE lane = \(clinic) AND kind = 'patient.noted'") ?? 0
            )
        }
    }
}
