import Kernel
import Storage
import TestSupport
import Testing

@testable import Clinic

struct RegistrationTests {
    @Test("登记保存全部资料，病历号为门诊代码加六位 R1.01", arguments: Backend.allCases)
    func storesEverything(backend: Backend) async throws {
        let clinic = try await PatientFixture(backend)
        var details = PatientDetails.fixture()
        details.salutation = "女士"
        details.address = "江南路 18 号 3 栋"
        details.documentNumber = "11010519680702002X"
        details.sourceChannel = "friend"
        details.conditionNote = "晨起血压偏高"

        let first = try await clinic.register(
            PatientDetails.fixture(name: "方志诚", gender: "male", bornOn: "", age: "60", phone: "021-6888 1234"))
        details.referrerID = first.id
        let made = try await clinic.register(details)
        let stored = try await clinic.db.read { tx in try PatientStore.get(made.id, in: tx) }

        #expect(stored == made)
        #expect([first.recordNumber, made.recordNumber] == ["A000001", "A000002"])
        #expect(made.pinyin == "xie chun mei")
        #expect(made.phone == "13600137715")
        #expect(made.registeredBy == clinic.zhou.id)
        #expect(made.registeredAt == PatientFixture.now)
        #expect(made.referrerID == first.id)
        #expect(first.statedAge == 60)
        #expect(first.statedAgeOn == clinic.today)
    }

    @Test("身份证号在库里是密文，事件里只有遮挡 R1.11", arguments: Backend.allCases)
    func documentIsSealed(backend: Backend) async throws {
        let clinic = try await PatientFixture(backend)
        var details = PatientDetails.fixture()
        details.documentNumber = "11010519680702002X"

        let made = try await clinic.register(details)
        let cipher = clinic.cipher
        let sealed = try await clinic.db.read { tx in
            try tx.first("SELECT document_cipher, document_masked FROM patient WHERE id = \(made.id)")?.text(
                "document_cipher")
        }
        let opened = try sealed.map {
            try cipher.open($0, table: "patient", column: "document_cipher", row: made.id.raw)
        }
        let payloads = try await clinic.eventPayloads("patient.registered")

        #expect(opened == "11010519680702002X")
        #expect(sealed?.contains("19680702") == false)
        #expect(made.documentMasked == "110***********002X")
        #expect(payloads.count == 1)
        #expect(payloads.allSatisfy { !$0.contains("196807020") && !$0.contains("13600137715") })
        #expect(payloads.first?.contains("136 **** 7715") == true)
    }

    @Test("没有登记权限的岗位不能登记 R16.03", arguments: Backend.allCases)
    func needsTheRight(backend: Backend) async throws {
        let clinic = try await PatientFixture(backend)
        let cashier = Actor(id: clinic.zhou.id, name: "周敏", roles: [], capabilities: [.seePatients])

        await #expect(throws: NotAllowed(capability: .registerPatients)) {
            try await clinic.register(RegisterPatient(details: .fixture()), as: cashier)
        }
    }

    @Test("疑似重复先提示，确认不是同一人后才保存 R1.14", arguments: Backend.allCases)
    func warnsOfDuplicates(backend: Backend) async throws {
        let clinic = try await PatientFixture(backend)
        let mother = try await clinic.register(.fixture())
        let daughter = PatientDetails.fixture(name: "方圆圆", bornOn: "2016-05-01")

        let warning = await #expect(throws: PatientError.self) { try await clinic.register(daughter) }
        let saved = try await clinic.register(RegisterPatient(details: daughter, notDuplicateOf: [mother.id]))
        let payload = try await clinic.eventPayloads("patient.registered").last

        #expect(warning == .duplicates([DuplicateMatch(patient: mother, reasons: [.samePhone])]))
        #expect(
            warning?.userMessage
                == "可能已有档案：谢春梅（A000001）。请核对，同一人就用原档案，不是同一人请确认后再保存")
        #expect(saved.recordNumber == "A000002")
        #expect(payload?.contains(mother.id.text) == true)
    }

    @Test("同一证件号换一种写法也认得出 R1.14", arguments: Backend.allCases)
    func sameDocument(backend: Backend) async throws {
        let clinic = try await PatientFixture(backend)
        var first = PatientDetails.fixture(name: "王建国", gender: "female", bornOn: "1949-12-31", phone: "13800000001")
        first.documentNumber = "11010519491231002X"
        let known = try await clinic.register(first)
        var second = PatientDetails.fixture(name: "王建帼", gender: "female", bornOn: "1949-12-31", phone: "13800000002")
        second.documentNumber = "１１０１０５１９４９１２３１００２ｘ"

        let probe = second
        let cipher = clinic.cipher
        let found = try await clinic.db.read { tx in try Registration.probe(probe, cipher: cipher, in: tx) }

        #expect(found == [DuplicateMatch(patient: known, reasons: [.sameDocument])])
    }

    @Test("登记时一并记下病史、要求、同意和家人 R1.08 R1.19 R1.24", arguments: Backend.allCases)
    func recordsAlongside(backend: Backend) async throws {
        let clinic = try await PatientFixture(backend)
        let mother = try await clinic.register(.fixture())
        let command = RegisterPatient(
            details: .fixture(name: "方圆圆", bornOn: "2016-05-01", phone: "13600137716"),
            histories: ["asthma": "", "dentalFear": "怕钻"],
            wishes: [NewWish(kind: "doctorGender", value: "女", isHard: true)], consents: [.privacy, .health],
            guardianName: "谢春梅", guardianPhone: "13600137715", relativeID: mother.id)

        let child = try await clinic.register(command)
        let (alerts, wishes, consents, relatives) = try await clinic.db.read { tx in
            let stored = try PatientStore.get(child.id, in: tx)
            return (
                try PatientAlerts.list(child.id, in: tx), try PatientWishes.list(child.id, in: tx),
                try Consents.list(child.id, in: tx), try Households.relatives(of: stored, in: tx)
            )
        }

        #expect(alerts.map(\.code) == ["asthma", "dentalFear"])
        #expect(alerts.map(\.isSpecial) == [true, false])
        #expect(wishes.map(\.text) == ["医生性别：女（必须）"])
        #expect(Set(consents.map(\.kind)) == [.privacy, .health])
        #expect(consents.allSatisfy { $0.guardianName == "谢春梅" && $0.noticeVersion == PrivacyNotice.currentVersion })
        #expect(consents.first?.noticeHash == PrivacyNotice(clinic: clinic.clinic).hash)
        #expect(relatives.map(\.name) == ["谢春梅"])
    }

    @Test("未满十四岁没有监护人不能记同意，整笔不保存", arguments: Backend.allCases)
    func childNeedsGuardian(backend: Backend) async throws {
        let clinic = try await PatientFixture(backend)
        let command = RegisterPatient(
            details: .fixture(name: "方圆圆", bornOn: "2016-05-01"), consents: [.privacy])

        let error = await #expect(throws: FormErrors.self) { try await clinic.register(command) }
        let count = try await clinic.db.read { tx in try tx.int64("SELECT COUNT(*) AS n FROM patient") }

        #expect(error?.messages == ["guardianName": "未满 14 周岁由监护人同意，请填写监护人姓名"])
        #expect(count == 0)
    }

    @Test("缺电话率按登记人统计，渠道按来源统计 R1.12 R1.18", arguments: Backend.allCases)
    func counts(backend: Backend) async throws {
        let clinic = try await PatientFixture(backend)
        var silent = PatientDetails.fixture(name: "甲", phone: "")
        silent.phoneMissingReason = "refused"
        silent.sourceChannel = "friend"
        let made = try await clinic.register(silent)
        var second = PatientDetails.fixture(name: "乙", bornOn: "1970-01-01")
        second.sourceChannel = "friend"
        second.referrerID = made.id
        try await clinic.register(second)
        try await clinic.register(
            RegisterPatient(details: .fixture(name: "丙", bornOn: "1971-01-01", phone: "13900000003")), as: clinic.wang)

        let (registrars, channels) = try await clinic.db.read { tx in
            let (from, until) = (PatientFixture.now, PatientFixture.now.adding(minutes: 1))
            return (
                try RegistrationCounts.byRegistrar(from: from, until: until, in: tx),
                try RegistrationCounts.byChannel(from: from, until: until, in: tx)
            )
        }

        #expect(
            registrars == [
                .init(staffID: clinic.zhou.id, registered: 2, missingPhone: 1),
                .init(staffID: clinic.wang.id, registered: 1, missingPhone: 0),
            ])
        #expect(
            channels == [
                .init(code: "friend", registered: 2, referred: 1), .init(code: nil, registered: 1, referred: 0),
            ])
    }
}
