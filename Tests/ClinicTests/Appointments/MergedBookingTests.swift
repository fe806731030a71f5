import Dispatch
import Kernel
import Storage
import TestSupport
import Testing

@testable import Clinic

@Suite struct MergedBookingTests {
    @Test("并入别人的档案不能预约，说明用哪一份 R1.14", arguments: Backend.allCases)
    func namesTheFileThatCounts(backend: Backend) async throws {
        let book = try await BookFixture(backend)
        let (gone, kept) = (book.xiaoming, book.chunmei)
        _ = try await book.write { tx in try tx.run("UPDATE patient SET merged_into_id = \(kept) WHERE id = \(gone)") }

        let error = await #expect(throws: MergedFile.self) { try await book.place(book.command("10:00")) }

        #expect(error?.livingID == kept)
        #expect(error?.userMessage == "王小明的这份档案已并入谢春梅（病历号 A100001），请用那一份")
        #expect(error?.field == "patient")
        #expect(try await book.units().isEmpty)
    }

    @Test("一家门诊正在合并，另一家同时给被并入的档案预约：预约看到合并，约到保留的那份 R1.14 R3.32")
    func raceWithBooking() async throws {
        let book = try await BookFixture(.postgres)
        let (kept, merged, work) = (book.chunmei, book.xiaoming, book.work())
        let elsewhere = try await book.db.write(in: .organisation) { tx in
            let system = Work(
                actor: .system, clinic: work.clinic, now: work.now, playbook: work.playbook, ids: work.ids)
            let site = try Places.addClinic(
                ClinicForm(code: "B", name: "示例口腔东门诊", phone: "021-6888 4321", address: "东路 2 号"), by: system,
                in: tx)
            // The doctors work in both, whenever they like.
            try tx.run("UPDATE role_grant SET clinic_id = 0")
            return Work(actor: work.actor, clinic: site, now: work.now, playbook: work.playbook, ids: work.ids)
        }
        let code = try #require(work.playbook.codes(.override).first { !$0.needsNote }).code
        let (hasRead, hasMerged) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
        let attempts = Guarded(0)
        func command(_ patient: ID<Patient>) -> PlaceAppointment {
            var command = book.command("10:00", patient: patient)
            command.overrideReason = code
            return command
        }
        let (late, again) = (command(merged), command(kept))
        let placing = Task { [db = book.db] in
            try await db.write(in: elsewhere.lane) { tx in
                let attempt = attempts.withLock { attempts in
                    attempts += 1
                    return attempts
                }
                if attempt == 1 {
                    // Fixes what this transaction sees before the merge commits.
                    _ = try tx.int64("SELECT COUNT(*) AS n FROM patient")
                    hasRead.signal()
                    _ = hasMerged.wait(timeout: .now() + 10)
                }
                return try Booking.place(late, by: elsewhere, in: tx)
            }
        }
        _ = try await book.write { tx in
            _ = hasRead.wait(timeout: .now() + 10)
            return try Merging.merge(merged, into: kept, versions: (1, 1), taking: [], by: work, in: tx)
        }
        hasMerged.signal()

        await #expect(throws: MergedFile.self) { _ = try await placing.value }
        #expect(attempts.withLock { $0 } == 2)
        // Nothing but the merge stood in the way.
        let placed = try await book.db.write(in: elsewhere.lane) { tx in
            try Booking.place(again, by: elsewhere, in: tx)
        }
        let whose = try await book.db.read { tx in
            try tx.rows("SELECT patient_id FROM appointment ORDER BY id").map { try $0.id("patient_id", Patient.self) }
        }
        #expect(whose == [kept] && placed.patientID == kept)
    }
}
