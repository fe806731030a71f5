import Kernel
import Storage
import TestSupport
import Testing

@testable import Clinic

struct PatientFilesTests {
    @Test("病史可记录、更新说明、停用，停用后不再提示 R1.08", arguments: Backend.allCases)
    func alerts(backend: Backend) async throws {
        let clinic = try await PatientFixture(backend)
        let made = try await clinic.register(.fixture())
        let work = clinic.work()

        let first = try await clinic.write { tx in
            try PatientAlerts.record(code: "diabetes", note: "", of: made.id, by: work, in: tx)
        }
        let second = try await clinic.write { tx in
            try PatientAlerts.record(code: "diabetes", note: "空腹 7.2", of: made.id, by: work, in: tx)
        }
        let inForce = try await clinic.db.read { tx in try PatientAlerts.list(made.id, in: tx) }
        try await clinic.write { tx in try PatientAlerts.end(second.id, of: made.id, by: work, in: tx) }
        let specials = try await clinic.db.read { tx in try PatientAlertStore.specials(of: [made.id], in: tx) }

        #expect(inForce.map(\.id) == [second.id])
        #expect(inForce.first?.note == "空腹 7.2")
        #expect(specials == [:])
        await #expect(throws: PatientError.alreadyEnded) {
            try await clinic.write { tx in try PatientAlerts.end(first.id, of: made.id, by: work, in: tx) }
        }
        await #expect(throws: FormErrors("note", "请写明其他过敏的具体内容")) {
            _ = try await clinic.write { tx in
                try PatientAlerts.record(code: "otherAllergy", note: " ", of: made.id, by: work, in: tx)
            }
        }
        await #expect(throws: PatientError.unknownCode) {
            _ = try await clinic.write { tx in
                try PatientAlerts.record(code: "x", note: "", of: made.id, by: work, in: tx)
            }
        }
        #expect(try await clinic.eventPayloads("patient.alertRecorded").allSatisfy { !$0.contains("空腹") })
    }

    @Test("别人的病史编号等于没有 R16.03", arguments: Backend.allCases)
    func alertOfSomebodyElse(backend: Backend) async throws {
        let clinic = try await PatientFixture(backend)
        let one = try await clinic.register(RegisterPatient(details: .fixture(), histories: ["asthma": ""]))
        let other = try await clinic.register(.fixture(name: "方志诚", bornOn: "1966-01-01", phone: "13900000001"))
        let work = clinic.work()
        let alert = try #require(try await clinic.db.read { tx in try PatientAlerts.list(one.id, in: tx) }.first)

        await #expect(throws: NotFound("病史")) {
            try await clinic.write { tx in try PatientAlerts.end(alert.id, of: other.id, by: work, in: tx) }
        }
    }

    @Test("对医生的要求分必须与希望，可停用 R1.24", arguments: Backend.allCases)
    func wishes(backend: Backend) async throws {
        let clinic = try await PatientFixture(backend)
        let made = try await clinic.register(.fixture())
        let work = clinic.work()

        let (soft, hard) = try await clinic.write { tx in
            (
                try PatientWishes.record(
                    NewWish(kind: "doctorTitle", value: "主任医师", isHard: false), of: made.id, by: work, in: tx),
                try PatientWishes.record(
                    NewWish(kind: "doctorGender", value: "female", isHard: true), of: made.id, by: work, in: tx)
            )
        }
        let listed = try await clinic.db.read { tx in try PatientWishes.list(made.id, in: tx) }
        try await clinic.write { tx in try PatientWishes.end(soft.id, of: made.id, by: work, in: tx) }

        #expect(listed.map(\.text) == ["医生性别：女（必须）", "医生职称：主任医师（希望）"])
        #expect(try await clinic.db.read { tx in try PatientWishes.list(made.id, in: tx) }.map(\.id) == [hard.id])
        await #expect(throws: FormErrors("wishValue", "医生性别填“男”或“女”")) {
            _ = try await clinic.write { tx in
                try PatientWishes.record(
                    NewWish(kind: "doctorGender", value: "都行", isHard: true), of: made.id, by: work, in: tx)
            }
        }
    }

    @Test("同意可撤回，撤回后不再成立，再次同意另存一条", arguments: Backend.allCases)
    func consents(backend: Backend) async throws {
        let clinic = try await PatientFixture(backend)
        let made = try await clinic.register(RegisterPatient(details: .fixture(), consents: [.privacy, .marketing]))
        let (now, later) = (clinic.work(after: 10), clinic.work(after: 20))

        try await clinic.write { tx in try Consents.withdraw(.marketing, of: made.id, by: now, in: tx) }
        let holds = try await clinic.db.read { tx in
            (try Consents.holds(.marketing, of: made.id, in: tx), try Consents.holds(.privacy, of: made.id, in: tx))
        }
        try await clinic.write { tx in try Consents.give([.marketing, .privacy], of: made.id, by: later, in: tx) }
        let all = try await clinic.db.read { tx in try Consents.list(made.id, in: tx) }

        #expect(holds == (false, true))
        #expect(all.map(\.kind) == [.marketing, .marketing, .privacy])
        #expect(all.map(\.withdrawnAt) == [nil, now.now, nil])
        await #expect(throws: PatientError.alreadyEnded) {
            try await clinic.write { tx in try Consents.withdraw(.photo, of: made.id, by: later, in: tx) }
        }
    }

    @Test("家人互相看得到，退出后只剩一人就解散 R1.19", arguments: Backend.allCases)
    func households(backend: Backend) async throws {
        let clinic = try await PatientFixture(backend)
        let mother = try await clinic.register(.fixture())
        let father = try await clinic.register(
            .fixture(name: "方志诚", gender: "male", bornOn: "1966-01-01", phone: "13900000001"))
        let child = try await clinic.register(.fixture(name: "方圆圆", bornOn: "2016-05-01", phone: "13900000002"))
        let work = clinic.work()
        try await clinic.write { tx in
            try Households.link(father.id, with: mother.id, by: work, in: tx)
            try Households.link(child.id, with: father.id, by: work, in: tx)
        }

        let together = try await relatives(of: mother.id, clinic)
        try await clinic.write { tx in try Households.leave(child.id, by: work, in: tx) }
        let two = try await relatives(of: mother.id, clinic)
        try await clinic.write { tx in try Households.leave(mother.id, by: work, in: tx) }
        let alone = try await clinic.db.read { tx in try PatientStore.get(father.id, in: tx).householdID }

        #expect(together == ["方志诚", "方圆圆"])
        #expect(two == ["方志诚"])
        #expect(alone == nil)
        await #expect(throws: PatientError.householdIsSelf) {
            try await clinic.write { tx in try Households.link(child.id, with: child.id, by: work, in: tx) }
        }
    }

    private func relatives(of id: ID<Patient>, _ clinic: PatientFixture) async throws -> [String] {
        try await clinic.db.read { tx in
            try Households.relatives(of: try PatientStore.get(id, in: tx), in: tx).map(\.name)
        }
    }

    @Test("查看完整电话和证件号要有权限，每次留痕 R16.06", arguments: Backend.allCases)
    func revealing(backend: Backend) async throws {
        let clinic = try await PatientFixture(backend)
        var details = PatientDetails.fixture()
        details.documentNumber = "11010519680702002X"
        let made = try await clinic.register(details)
        let (allowed, refused, cipher) = (clinic.work(), clinic.work(as: clinic.wang), clinic.cipher)

        let phone = try await clinic.write { tx in
            try ProtectedValues.revealPhone(made.id, reason: "call", by: allowed, in: tx)
        }
        let number = try await clinic.write { tx in
            try ProtectedValues.revealDocument(made.id, opening: cipher, by: allowed, in: tx)
        }

        #expect(phone == "136 0013 7715")
        #expect(number == "11010519680702002X")
        #expect(try await clinic.eventPayloads("phone.revealed") == [#"{"reason":"call"}"#])
        #expect(try await clinic.eventPayloads("document.revealed") == [#"{"reason":null}"#])
        await #expect(throws: NotAllowed(capability: .revealProtected)) {
            _ = try await clinic.write { tx in try ProtectedValues.revealPhone(made.id, by: refused, in: tx) }
        }
    }
}
