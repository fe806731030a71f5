import Foundation
import Kernel
import Storage
import TestSupport
import Testing

@testable import Clinic

@Suite("同一个证件号")
struct SameDocumentTests {
    private func details(_ name: String, phone: String) -> PatientDetails {
        var details = PatientDetails.fixture(name: name, phone: phone)
        details.documentNumber = "11010519680702002X"
        return details
    }

    private func places(_ clinic: PatientFixture) async throws -> [Int64] {
        try await clinic.db.read { tx in
            try tx.rows("SELECT document_place FROM patient ORDER BY document_place").map {
                try $0.int64("document_place")
            }
        }
    }

    @Test("确认不是同一人后仍可登记，修改资料照常 R1.14", arguments: Backend.allCases)
    func confirmedIsAllowed(backend: Backend) async throws {
        let clinic = try await PatientFixture(backend)
        let first = try await clinic.register(details("谢春梅", phone: "136 0013 7715"))
        let other = details("谢春兰", phone: "136 0013 7716")

        await #expect(throws: PatientError.self) { try await clinic.register(other) }
        let second = try await clinic.register(RegisterPatient(details: other, notDuplicateOf: [first.id]))

        #expect(try await places(clinic) == [0, 1])
        var corrected = other
        corrected.address = "江南路 18 号"
        let (edit, work, cipher) = (
            EditPatient(id: second.id, version: 1, details: corrected), clinic.work(), clinic.cipher
        )
        let edited = try await clinic.write { tx in
            try PatientEditing.edit(edit, by: work, sealing: cipher, in: tx)
        }
        #expect(edited.address == "江南路 18 号")
        #expect(try await places(clinic) == [0, 1])
    }

    @Test("数据库不收第二份同样位置的证件号 R1.14", arguments: Backend.allCases)
    func theIndexIsTheGuard(backend: Backend) async throws {
        let clinic = try await PatientFixture(backend)
        let first = try await clinic.register(details("谢春梅", phone: "136 0013 7715"))
        let second = try await clinic.register(.fixture(name: "方志诚", bornOn: "1960-01-01", phone: "138 0013 8000"))
        let hash = try #require(first.documentHash)

        let error = await #expect(throws: StorageError.self) {
            try await clinic.write { tx in
                _ = try tx.run("UPDATE patient SET document_hash = \(hash) WHERE id = \(second.id)")
            }
        }

        guard case .conflict = error else {
            Issue.record("\(String(describing: error))")
            return
        }
    }

    @Test("两家门诊同一时刻登记同一个证件号：一家成功，另一家看到已有的档案 R1.14")
    func twoClinicsAtOnce() async throws {
        let clinic = try await PatientFixture(.postgres)
        let (work, cipher) = (clinic.work(), clinic.cipher)
        let elsewhere = try await clinic.db.write(in: .organisation) { tx in
            let system = Work(
                actor: .system, clinic: work.clinic, now: work.now, playbook: work.playbook, ids: work.ids)
            let site = try Places.addClinic(
                ClinicForm(code: "B", name: "示例口腔东门诊", phone: "021-6888 4321", address: "东路 2 号"), by: system,
                in: tx)
            return Work(actor: work.actor, clinic: site, now: work.now, playbook: work.playbook, ids: work.ids)
        }
        let (one, two) = (details("谢春梅", phone: "136 0013 7715"), details("谢春梅", phone: "136 0013 7715"))
        let (hasRead, hasWritten) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
        let attempts = Guarded(0)
        let late = Task { [db = clinic.db] in
            try await db.write(in: work.lane) { tx in
                let attempt = attempts.withLock { attempts in
                    attempts += 1
                    return attempts
                }
                if attempt == 1 {
                    // Fixes what this transaction sees before the other one commits.
                    _ = try tx.int64("SELECT COUNT(*) AS n FROM patient")
                    hasRead.signal()
                    _ = hasWritten.wait(timeout: .now() + 10)
                }
                return try Registration.register(RegisterPatient(details: one), by: work, sealing: cipher, in: tx)
            }
        }
        let made = try await clinic.db.write(in: elsewhere.lane) { tx in
            _ = hasRead.wait(timeout: .now() + 10)
            return try Registration.register(RegisterPatient(details: two), by: elsewhere, sealing: cipher, in: tx)
        }
        hasWritten.signal()

        let error = await #expect(throws: PatientError.self) { try await late.value }
        #expect(attempts.withLock { $0 } == 2)

        guard case .duplicates(let matches) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(matches.map(\.patient.id) == [made.id])
        #expect(try await places(clinic) == [0])
    }

    @Test("并入别人的档案不能登记到诊，说明用哪一份 R1.14", arguments: Backend.allCases)
    func mergedFilesAreNamed(backend: Backend) async throws {
        let clinic = try await PatientFixture(backend)
        let kept = try await clinic.register(.fixture())
        let middle = try await clinic.register(.fixture(name: "谢小梅", bornOn: "1970-01-01", phone: "138 0013 8001"))
        let gone = try await clinic.register(.fixture(name: "谢春", bornOn: "1971-01-01", phone: "138 0013 8002"))
        try await clinic.write { tx in
            _ = try tx.run("UPDATE patient SET merged_into_id = \(middle.id) WHERE id = \(gone.id)")
            _ = try tx.run("UPDATE patient SET merged_into_id = \(kept.id) WHERE id = \(middle.id)")
        }

        let error = await #expect(throws: MergedFile.self) {
            try await clinic.db.read { tx in _ = try PatientStore.requireLiving(gone.id, in: tx) }
        }

        #expect(error?.userMessage == "谢春的这份档案已并入谢春梅（病历号 A000001），请用那一份")
        #expect(error?.obstacle == Obstacle(kind: "patient", id: kept.id.raw, label: "谢春梅 A000001"))
        let found = try await clinic.db.read { tx in try PatientStore.requireLiving(kept.id, in: tx).id }
        #expect(found == kept.id)
        let work = clinic.work()
        let arrival = Arrivals.Arrival(patientID: gone.id)
        await #expect(throws: MergedFile.self) {
            try await clinic.write { tx in _ = try Arrivals.checkIn(arrival, by: work, in: tx) }
        }
    }
}
