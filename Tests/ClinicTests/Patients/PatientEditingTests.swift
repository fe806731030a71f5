import Kernel
import Storage
import TestSupport
import Testing

@testable import Clinic

struct PatientEditingTests {
    private func edit(
        _ clinic: PatientFixture, _ patient: Patient, version: Int? = nil, as actor: Actor? = nil,
        after minutes: Int = 5,
        removesDocument: Bool = false, _ change: (inout PatientDetails) -> Void
    ) async throws -> Patient {
        var details = PatientDetails(patient)
        change(&details)
        let command = EditPatient(
            id: patient.id, version: version ?? patient.version, details: details, removesDocument: removesDocument)
        let (work, cipher) = (clinic.work(as: actor, after: minutes), clinic.cipher)
        return try await clinic.write { tx in try PatientEditing.edit(command, by: work, sealing: cipher, in: tx) }
    }

    @Test("改资料留下旧值、新值、谁、何时，事件里电话遮挡 R1.04", arguments: Backend.allCases)
    func keepsHistory(backend: Backend) async throws {
        let clinic = try await PatientFixture(backend)
        let made = try await clinic.register(.fixture())

        let edited = try await edit(clinic, made) {
            $0.phone = "13900139000"
            $0.address = "滨江路 2 号"
        }
        let changes = try await clinic.db.read { tx in try PatientChangeStore.list(made.id, limit: 10, in: tx) }
        let payloads = try await clinic.eventPayloads("patient.edited")

        #expect(edited.version == 2)
        #expect(Set(changes.map(\.field)) == [.phone, .address])
        let phone = try #require(changes.first { $0.field == .phone })
        #expect([phone.oldValue, phone.newValue] == ["13600137715", "13900139000"])
        #expect(phone.changedBy == clinic.zhou.id)
        #expect(phone.changedAt == PatientFixture.now.adding(minutes: 5))
        #expect(phone.occasion == .edit)
        #expect(payloads.count == 1)
        #expect(payloads.first?.contains("139 **** 9000") == true)
        #expect(payloads.first?.contains("13900139000") == false)
        #expect(payloads.first?.contains("滨江路") == false)
        #expect(try await clinic.names("9000") == ["谢春梅"])
        #expect(try await clinic.names("7715") == [])
    }

    @Test("后保存的人被告知是谁改了什么，改动不覆盖 R1.04", arguments: Backend.allCases)
    func namesTheWinner(backend: Backend) async throws {
        let clinic = try await PatientFixture(backend)
        let made = try await clinic.register(.fixture())
        _ = try await edit(clinic, made, as: clinic.wang, after: 5) { $0.address = "滨江路 2 号" }

        let error = await #expect(throws: ChangedMeanwhile.self) {
            _ = try await edit(clinic, made, after: 6) { $0.remark = "慢性子" }
        }
        let stored = try await clinic.db.read { tx in try PatientStore.get(made.id, in: tx) }

        #expect(error?.userMessage == "这条客人资料刚刚被改过（王若彤 09:25 改了住址），您的改动没有保存，请刷新后再改")
        #expect(stored.address == "滨江路 2 号")
        #expect(stored.remark == nil)
    }

    @Test("改名重算拼音，没有变化不留记录 R1.13", arguments: Backend.allCases)
    func renaming(backend: Backend) async throws {
        let clinic = try await PatientFixture(backend)
        let made = try await clinic.register(.fixture())

        let same = try await edit(clinic, made) { _ in }
        let renamed = try await edit(clinic, made) { $0.name = "谢冬梅" }

        #expect(same.version == 1)
        #expect(renamed.pinyin == "xie dong mei")
        #expect(try await clinic.names("xdm") == ["谢冬梅"])
        #expect(try await clinic.names("xcm") == [])
    }

    @Test("看不到全号的人交回遮挡的号码，号码不变 R16.06", arguments: Backend.allCases)
    func maskedPhoneStays(backend: Backend) async throws {
        let clinic = try await PatientFixture(backend)
        let made = try await clinic.register(.fixture())

        let edited = try await edit(clinic, made, as: clinic.wang) {
            $0.phone = "136 **** 7715"
            $0.remark = "怕冷"
        }

        #expect(edited.phone == "13600137715")
        #expect(edited.remark == "怕冷")
    }

    @Test("证件号留空不变，可以更换和移除，历史里只有遮挡 R1.11", arguments: Backend.allCases)
    func documents(backend: Backend) async throws {
        let clinic = try await PatientFixture(backend)
        var details = PatientDetails.fixture()
        details.documentNumber = "11010519680702002X"
        let made = try await clinic.register(details)

        let untouched = try await edit(clinic, made) { $0.remark = "怕冷" }
        let passport = try await edit(clinic, untouched) {
            $0.documentKind = "passport"
            $0.documentNumber = "E12345678"
        }
        let removed = try await edit(clinic, passport, removesDocument: true) { _ in }
        let changes = try await clinic.db.read { tx in try PatientChangeStore.list(made.id, limit: 10, in: tx) }

        #expect(untouched.documentCipher == made.documentCipher)
        #expect(passport.documentMasked == "E******78")
        #expect(removed.documentCipher == nil)
        #expect(
            changes.filter { $0.field == .document }.map(\.oldValue) == ["E******78", "110***********002X"])
    }

    @Test("到诊核对：未变只记确认，改了留历史 R1.04", arguments: Backend.allCases)
    func contactCheck(backend: Backend) async throws {
        let clinic = try await PatientFixture(backend)
        let made = try await clinic.register(.fixture())
        let (first, second) = (clinic.work(as: clinic.wang, after: 10), clinic.work(as: clinic.wang, after: 20))

        let confirmed = try await clinic.write { tx in
            try ContactCheck.confirm(made.id, .init(phone: "136 **** 7715", address: ""), by: first, in: tx)
        }
        let moved = try await clinic.write { tx in
            try ContactCheck.confirm(made.id, phone: "13900139000", address: "滨江路 2 号", by: second, in: tx)
        }
        let changes = try await clinic.db.read { tx in try PatientChangeStore.list(made.id, limit: 10, in: tx) }

        #expect(confirmed.phone == "13600137715")
        #expect(confirmed.phoneConfirmedAt == first.now)
        #expect(try await clinic.eventPayloads("patient.contactConfirmed").count == 1)
        #expect(moved.phoneConfirmedAt == second.now)
        #expect(changes.allSatisfy { $0.occasion == .checkIn })
        #expect(Set(changes.map(\.field)) == [.phone, .address])
        await #expect(throws: FormErrors("phone", "请与客人核对电话；号码停用时在“修改”里选择原因")) {
            try await clinic.write { tx in try ContactCheck.confirm(made.id, phone: "", address: "", by: second, in: tx)
            }
        }
    }
}
