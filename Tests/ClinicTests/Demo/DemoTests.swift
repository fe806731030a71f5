import Clinic
import Foundation
import Kernel
import Storage
import TestSupport
import Testing

@Suite("示例门诊") struct DemoTests {
    @Test("示例门诊逐日演出后通过全部核查", arguments: Backend.allCases)
    func playsAndVerifies(backend: Backend) async throws {
        let db = try await backend.makeDatabase(migrations: Schema.migrations)
        let playbook = try ShippedPlaybook.load()
        let calendar = try #require(ClinicCalendar(timeZoneName: "Asia/Shanghai"))
        let present = calendar.instant(try #require(Day("2026-03-12")), minute: 10 * 60 + 24)
        let hash = try PasswordHash.make("menya2026", salt: Array(repeating: 7, count: 16), cost: .cheap)

        let summary = try await Demo.fill(
            database: db, playbook: playbook, fingerprint: "test", endingAt: present, days: 5, hash: hash, pinHash: hash
        ) { _ in }

        #expect(summary.patients > 50)
        let counts = try await db.read { tx in
            [
                try tx.int64("SELECT COUNT(*) AS n FROM receipt") ?? 0,
                try tx.int64("SELECT COUNT(*) AS n FROM visit WHERE left_at IS NULL") ?? 0,
                try tx.int64("SELECT COUNT(*) AS n FROM task WHERE done_at IS NOT NULL") ?? 0,
            ]
        }
        #expect(counts[0] > 20)
        #expect(counts[1] > 1)
        #expect(counts[2] > 5)
    }
}
