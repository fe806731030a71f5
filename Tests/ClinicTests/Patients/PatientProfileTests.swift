import Kernel
import Storage
import TestSupport
import Testing

@testable import Clinic

struct PatientProfileTests {
    @Test("语言、转述人、协助、联系时间存入并显示在名单上，改动留记录 R1.21 R1.22 R1.23 R1.25 R1.26 R1.27", arguments: Backend.allCases)
    func reception(backend: Backend) async throws {
        let clinic = try await PatientFixture(backend)
        let patient = try await clinic.register(.fixture())
        let (work, today) = (clinic.work(), clinic.today)
        var typed = ProfileDetails()
        typed.language = "cantonese"
        typed.relayName = "方志诚"
        typed.relayPhone = "139 0000 0001"
        typed.contactFrom = "10:00"
        typed.contactUntil = "12:00"
        typed.needs = ["wheelchair", "mobility"]
        typed.intention = "compare"
        typed.drink = "tea"
        typed.employeeNumber = "0101"
        let given = typed

        let stored = try await clinic.write { tx in
            try PatientProfiles.save(given, of: patient.id, version: 0, by: work, in: tx)
        }
        let (read, brief, changes) = try await clinic.db.read { tx in
            (
                try PatientProfiles.get(patient.id, in: tx),
                try PatientStore.briefs([patient.id], today: today, in: tx).first,
                try PatientChangeStore.list(patient.id, limit: 20, in: tx)
            )
        }

        #expect(read == stored)
        #expect(read.contact == .between(Unit(40), Unit(48)))
        #expect(read.contact.text == "10:00–12:00 联系")
        #expect(read.needs == ["mobility", "wheelchair"])
        #expect(read.employeeID == clinic.zhou.id)
        #expect(brief?.language == "cantonese")
        #expect(brief?.relayName == "方志诚")
        #expect(brief?.needs == ["mobility", "wheelchair"])
        #expect(brief?.isEmployee == true)
        #expect(brief?.drink == "tea")
        #expect(
            Set(changes.map(\.field)) == [.language, .relay, .contactWindow, .needs, .intention, .drink, .employee])
        #expect(try await clinic.eventPayloads("patient.edited").allSatisfy { !$0.contains("13900000001") })
        await #expect(throws: ChangedMeanwhile("客人资料")) {
            _ = try await clinic.write { tx in
                try PatientProfiles.save(given, of: patient.id, version: 0, by: work, in: tx)
            }
        }
    }

    @Test("写错的联系时间、没有人的工号都说明白 R1.22 R1.27", arguments: Backend.allCases)
    func faults(backend: Backend) async throws {
        let clinic = try await PatientFixture(backend)
        let patient = try await clinic.register(.fixture())
        let work = clinic.work()
        var typed = ProfileDetails()
        typed.contactFrom = "12:00"
        typed.contactUntil = "10:00"
        typed.employeeNumber = "9999"
        typed.needs = ["x"]
        let given = typed

        let error = await #expect(throws: FormErrors.self) {
            _ = try await clinic.write { tx in
                try PatientProfiles.save(given, of: patient.id, version: 0, by: work, in: tx)
            }
        }
        #expect(error?.order == ["contactFrom", "needs", "employeeNumber"])
    }

    @Test("电话里登记的，没有复述就显示未核对，复述后消失 R1.15", arguments: Backend.allCases)
    func readBack(backend: Backend) async throws {
        let clinic = try await PatientFixture(backend)
        let patient = try await clinic.register(.fixture())
        let (work, today) = (clinic.work(), clinic.today)
        @Sendable func isDue(_ tx: any ReadTransaction) throws -> Bool? {
            try PatientStore.briefs([patient.id], today: today, in: tx).first?.isReadBackDue
        }

        try await clinic.write { tx in
            try PatientProfiles.takenOnPhone(patient.id, readBack: false, by: work, in: tx)
        }
        let before = try await clinic.db.read { tx in try isDue(tx) }
        try await clinic.write { tx in try PatientProfiles.readBack(patient.id, by: work, in: tx) }
        let after = try await clinic.db.read { tx in try isDue(tx) }

        #expect(before == true)
        #expect(after == false)
        await #expect(throws: PatientError.alreadyEnded) {
            try await clinic.write { tx in try PatientProfiles.readBack(patient.id, by: work, in: tx) }
        }
    }

    @Test("给医生的提示写看到的，不写评价；可由本人撤下 R1.17", arguments: Backend.allCases)
    func observations(backend: Backend) async throws {
        let clinic = try await PatientFixture(backend)
        let patient = try await clinic.register(.fixture())
        let (work, other) = (clinic.work(as: clinic.wang), clinic.work())

        let written = try await clinic.write { tx in
            try Observations.write("五十多岁，说话轻，容易紧张", about: patient.id, by: work, in: tx)
        }
        let error = await #expect(throws: FormErrors.self) {
            _ = try await clinic.write { tx in try Observations.write("这个人很难缠", about: patient.id, by: work, in: tx) }
        }
        #expect(error?.messages["words"]?.contains("难缠") == true)
        let listed = try await clinic.db.read { tx in try ObservationStore.list(patient.id, since: work.now, in: tx) }
        #expect(listed.map(\.words) == ["五十多岁，说话轻，容易紧张"])
        #expect(try await clinic.eventPayloads("observation.written").first?.contains("容易紧张") == true)
        await #expect(throws: NotAllowed(capability: .editOtherPatients)) {
            try await clinic.write { tx in try Observations.withdraw(written.id, of: patient.id, by: other, in: tx) }
        }
        try await clinic.write { tx in try Observations.withdraw(written.id, of: patient.id, by: work, in: tx) }
        #expect(try await clinic.db.read { tx in try ObservationStore.list(patient.id, since: nil, in: tx) } == [])
    }

    @Test("咨询档案出厂关闭；打开后只有有权的人读写，库里是密文 R1.20 R16.08", arguments: Backend.allCases)
    func sensitive(backend: Backend) async throws {
        let clinic = try await PatientFixture(backend)
        let patient = try await clinic.register(.fixture())
        let cipher = clinic.cipher
        let open = clinic.playbook.resolved(
            organisation: [],
            clinic: [
                PlaybookOverride(kind: .level, key: "R1.20", value: "\"remind\"", shippedValue: "\"off\"")
            ])
        let consultant = Actor(
            id: clinic.zhou.id, name: "周敏", roles: ["consultant"],
            capabilities: clinic.playbook.capabilities(ofRoles: ["consultant"]))
        func work(_ actor: Actor, _ playbook: Playbook) -> Work {
            Work(actor: actor, clinic: clinic.clinic, now: PatientFixture.now, playbook: playbook, ids: clinic.ids)
        }
        let (off, desk, right) = (work(consultant, clinic.playbook), work(clinic.zhou, open), work(consultant, open))
        let profile = ConsultationProfile(origin: "上海", occupation: "教师", family: "两个孩子")

        await #expect(throws: NotFound("咨询档案")) {
            try await clinic.write { tx in
                try ConsultationProfiles.write(profile, of: patient.id, sealing: cipher, by: off, in: tx)
            }
        }
        await #expect(throws: NotAllowed(capability: .seeSensitiveProfile)) {
            try await clinic.write { tx in
                try ConsultationProfiles.write(profile, of: patient.id, sealing: cipher, by: desk, in: tx)
            }
        }
        try await clinic.write { tx in
            try ConsultationProfiles.write(profile, of: patient.id, sealing: cipher, by: right, in: tx)
        }
        let (read, stored) = try await clinic.db.read { tx in
            (
                try ConsultationProfiles.read(patient.id, opening: cipher, by: right, in: tx),
                try tx.rows("SELECT content_cipher FROM consultation_profile").map { try $0.text("content_cipher") }
            )
        }
        #expect(read == profile)
        #expect(stored.count == 1)
        #expect(stored.allSatisfy { !$0.contains("教师") })
        await #expect(throws: NotAllowed(capability: .seeSensitiveProfile)) {
            _ = try await clinic.db.read { tx in
                try ConsultationProfiles.read(patient.id, opening: cipher, by: desk, in: tx)
            }
        }
    }

    @Test("抽查出差错记在登记人名下，建议扣五分，不查自己的 R1.36", arguments: Backend.allCases)
    func audits(backend: Backend) async throws {
        let clinic = try await PatientFixture(backend)
        let patient = try await clinic.register(.fixture())
        let reviewer = Actor(
            id: clinic.wang.id, name: "王若彤", roles: [], capabilities: Set(Capability.allCases))
        let (work, own) = (
            clinic.work(as: reviewer),
            clinic.work(as: Actor(id: clinic.zhou.id, name: "周敏", roles: [], capabilities: Set(Capability.allCases)))
        )
        #expect(FileAudits.suspicions(patient, hasHistory: false) == ["addressMissing", "historyNotAsked"])

        let before = try await clinic.db.read { tx in
            try FileAuditStore.listUnaudited(clinic: work.clinic.id, since: work.now, limit: 10, in: tx)
        }
        let audit = try await clinic.write { tx in
            try FileAudits.record(["addressMissing"], note: "问一下", of: patient.id, by: work, in: tx)
        }
        let (left, listed) = try await clinic.db.read { tx in
            (
                try FileAuditStore.listUnaudited(clinic: work.clinic.id, since: work.now, limit: 10, in: tx),
                try FileAuditStore.list(clinic: work.clinic.id, since: work.now, in: tx)
            )
        }
        #expect(before == [patient.id])
        #expect(audit.points == 5)
        #expect(audit.registrarID == clinic.zhou.id)
        #expect(left == [])
        #expect(listed == [audit])
        await #expect(throws: FileAuditError.ownWork) {
            _ = try await clinic.write { tx in try FileAudits.record([], note: "", of: patient.id, by: own, in: tx) }
        }
    }
}
