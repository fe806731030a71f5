import Kernel
import Storage
import TestSupport
import Testing

@testable import Clinic

@Suite struct SelfRegistrationTests {
    private static let now = BookFixture.now
    private static let today = Day("2026-03-12") ?? Day(number: 0)

    private static func token(_ byte: UInt8) -> PublicToken {
        PublicToken(bytes: Array(repeating: byte, count: PublicToken.byteCount))
    }

    private static func answers(_ change: (inout SelfAnswers) -> Void = { _ in }) -> SelfAnswers {
        var answers = SelfAnswers()
        answers.name = "罗晓燕"
        answers.gender = "female"
        answers.bornOn = "1990-05-06"
        answers.phone = "13722220001"
        answers.complaint = "右下牙疼两天"
        answers.histories = ["anticoagulant"]
        answers.allergies = "青霉素，起疹子"
        answers.consents = ["privacy", "health"]
        change(&answers)
        return answers
    }

    private func visitor(_ book: BookFixture, at now: Timestamp = now) -> Work {
        Work(actor: .customer, clinic: book.clinic, now: now, playbook: book.playbook, ids: book.ids)
    }

    private func begin(_ book: BookFixture, _ byte: UInt8, address: String = "a") async throws -> SelfRegistration {
        let work = visitor(book)
        return try await book.write { tx in
            try SelfRegistrations.begin(token: Self.token(byte), addressHash: address, by: work, in: tx)
        }
    }

    private func send(
        _ book: BookFixture, _ byte: UInt8, _ answers: SelfAnswers = answers(), after minutes: Int = 5
    ) async throws -> SelfRegistration {
        let work = visitor(book, at: Self.now.adding(minutes: minutes))
        return try await book.write { tx in
            try SelfRegistrations.submit(answers, token: Self.token(byte), language: .english, by: work, in: tx)
        }
    }

    private func faults(_ change: (inout SelfAnswers) -> Void) -> [String: SelfFault] {
        SelfRules.faults(Self.answers(change), known: ["anticoagulant", "heart"], today: Self.today)
    }

    @Test("自助登记的表：少什么说什么，边界两边都对 R1.10 R1.05")
    func tellsWhatIsWrong() {
        #expect(faults { _ in }.isEmpty)
        #expect(faults { $0.name = "" } == ["name": .nameMissing])
        #expect(faults { $0.gender = "x" } == ["gender": .genderMissing])
        #expect(faults { $0.bornOn = "2026-03-13" } == ["bornOn": .birthWrong])
        #expect(
            faults {
                $0.bornOn = ""
                $0.age = ""
            } == ["age": .ageWrong])
        #expect(faults { $0.phone = "123" } == ["phone": .phoneWrong])
        #expect(faults { $0.complaint = " " } == ["complaint": .complaintMissing])
        #expect(faults { $0.address = String(repeating: "路", count: 201) } == ["address": .textTooLong])
        #expect(faults { $0.consents = ["health"] } == ["privacy": .consentMissing])
    }

    @Test("未满 14 岁要有监护人，14 岁当天不用 R1.10")
    func asksForAGuardian() {
        #expect(faults { $0.bornOn = "2012-03-13" } == ["guardianName": .guardianMissing])
        #expect(faults { $0.bornOn = "2012-03-12" }.isEmpty)
        #expect(
            faults {
                $0.bornOn = "2012-03-13"
                $0.guardianName = "罗妈妈"
                $0.guardianPhone = "12"
            } == ["guardianPhone": .guardianPhoneWrong])
    }

    @Test("病史：不同意就不收；同意了要有回答，“都没有”不能和别的一起 R1.05")
    func historyNeedsConsentAndAnAnswer() {
        #expect(faults { $0.consents = ["privacy"] } == ["health": .healthConsentMissing])
        #expect(
            faults {
                $0.consents = ["privacy"]
                $0.histories = []
                $0.allergies = ""
            }.isEmpty)
        #expect(
            faults {
                $0.histories = []
                $0.allergies = ""
            } == ["history": .historyMissing])
        #expect(faults { $0.hasNoHistory = true } == ["history": .historyBoth])
    }

    @Test("一个地址一张表：发送一次就失效，过期、错的都一样 R16.19", arguments: Backend.allCases)
    func oneAddressOneForm(backend: Backend) async throws {
        let book = try await BookFixture(backend)
        let begun = try await begin(book, 1)
        #expect(begun.expiresAt == Self.now.adding(minutes: book.playbook[.selfRegistrationMinutes]))
        _ = try await begin(book, 2)

        let sent = try await send(book, 1)

        #expect(sent.language == .english && sent.noticeVersion == "2026-11-en")
        await #expect(throws: LinkIsGone.self) { try await send(book, 1) }
        await #expect(throws: LinkIsGone.self) { try await send(book, 2, after: 61) }
        await #expect(throws: LinkIsGone.self) { try await send(book, 77) }
        #expect(try await book.db.read { tx in try SelfRegistrations.wasSent(Self.token(1), in: tx) })
        #expect(try await book.db.read { tx in try !SelfRegistrations.wasSent(Self.token(2), in: tx) })
        // Nothing is a file before the desk has looked.
        let files = try await book.db.read { tx in
            try tx.int64("SELECT COUNT(*) AS n FROM patient WHERE name = '罗晓燕'")
        }
        #expect(files == 0)
    }

    @Test("前台逐项核对后建档：病史成提醒，同意按看到的语言，没核对的不许存 R1.03 R1.10", arguments: Backend.allCases)
    func becomesAFile(backend: Backend) async throws {
        let book = try await BookFixture(backend)
        _ = try await begin(book, 1)
        let sent = try await send(book, 1)
        let work = book.work(at: Self.now.adding(minutes: 10))
        let waiting = try await book.db.read { tx in try SelfDesk.listWaiting(by: work, in: tx) }
        #expect(waiting.map(\.registration.id) == [sent.id])

        await #expect(throws: SelfDeskError.unchecked(["电话"])) {
            try await book.write { tx in
                try SelfDesk.acceptAsNew(
                    sent.id, fields: [.name, .gender, .birth, .complaint, .history], by: work, in: tx)
            }
        }
        let settled = try await book.write { tx in
            try SelfDesk.acceptAsNew(sent.id, fields: Set(SelfField.allCases), by: work, in: tx)
        }

        let id = try #require(settled.patientID)
        let (patient, alerts, consents) = try await book.db.read { tx in
            (
                try PatientStore.get(id, in: tx), try PatientAlerts.list(id, in: tx), try Consents.list(id, in: tx)
            )
        }
        #expect(patient.name == "罗晓燕" && patient.bornOn == Day("1990-05-06") && patient.phone == "13722220001")
        #expect(Set(alerts.map(\.code)) == ["anticoagulant", "otherAllergy"])
        #expect(alerts.first { $0.code == "otherAllergy" }?.note == "青霉素，起疹子")
        #expect(Set(consents.map(\.kind)) == [.privacy, .health])
        // Both forms of a first visit are there, filled in alone and checked; what is not ticked is a no (R1.05, R1.06).
        let forms = try await book.db.read { tx in
            try IntakeStore.list(of: id, in: tx).map { try Intake.sheet($0.id, clinic: book.clinic.id, in: tx) }
        }
        #expect(Set(forms.map(\.form.kind)) == [.registration, .inquiry])
        #expect(forms.allSatisfy { $0.form.source == .selfService && $0.form.fill == .alone && $0.unchecked == 0 })
        let inquiry = try #require(forms.first { $0.form.kind == .inquiry })
        #expect(inquiry.fields.first { $0.field == "history.heart" }?.value == "no")
        #expect(inquiry.fields.first { $0.field == "history.anticoagulant" }?.value == "yes")
        #expect(consents.allSatisfy { $0.noticeVersion == "2026-11-en" })
        await #expect(throws: SelfDeskError.settled) {
            try await book.write { tx in try SelfDesk.refuse(sent.id, by: work, in: tx) }
        }
    }

    @Test("随预约的登记只填那位客人的档案，不会有第二份 R1.02", arguments: Backend.allCases)
    func fillsTheFileOfTheBooking(backend: Backend) async throws {
        let book = try await BookFixture(backend)
        let booking = try await book.place(book.command("10:00", patient: book.xiaoming))
        let desk = book.work()
        _ = try await book.write { tx in
            try SelfRegistrations.invite(booking.id, token: Self.token(3), by: desk, in: tx)
        }
        _ = try await book.write { tx in
            try SelfRegistrations.invite(booking.id, token: Self.token(4), by: desk, in: tx)
        }
        // The newer code makes the older one useless.
        await #expect(throws: LinkIsGone.self) { try await send(book, 3) }
        let sent = try await send(book, 4)
        let before = try await book.db.read { tx in try tx.int64("SELECT COUNT(*) AS n FROM patient") }
        let work = book.work(at: Self.now.adding(minutes: 10))

        await #expect(throws: SelfDeskError.hasFile) {
            try await book.write { tx in
                try SelfDesk.acceptAsNew(sent.id, fields: Set(SelfField.allCases), by: work, in: tx)
            }
        }
        await #expect(throws: SelfDeskError.hasFile) {
            try await book.write { tx in
                try SelfDesk.fill(sent.id, into: book.chunmei, fields: [.phone], by: work, in: tx)
            }
        }
        _ = try await book.write { tx in
            try SelfDesk.fill(sent.id, into: book.xiaoming, fields: [.phone, .history], by: work, in: tx)
        }

        let (patient, alerts, after) = try await book.db.read { tx in
            (
                try PatientStore.get(book.xiaoming, in: tx), try PatientAlerts.list(book.xiaoming, in: tx),
                try tx.int64("SELECT COUNT(*) AS n FROM patient")
            )
        }
        #expect(after == before)
        // Only what was ticked is taken over.
        #expect(patient.phone == "13722220001" && patient.name != "罗晓燕")
        #expect(alerts.map(\.code).contains("anticoagulant"))
    }

    @Test("电话相同的档案列出来，填进去就不另建 R1.14", arguments: Backend.allCases)
    func findsTheFileOnTheShelf(backend: Backend) async throws {
        let book = try await BookFixture(backend)
        let known = try await book.db.read { tx in try PatientStore.get(book.xiaoming, in: tx) }
        _ = try await begin(book, 1)
        let sent = try await send(book, 1, Self.answers { $0.phone = known.phone ?? "" })
        let work = book.work(at: Self.now.adding(minutes: 10))

        let found = try await book.db.read { tx in try SelfDesk.load(sent.id, by: work, in: tx) }
        #expect(found.matches.map(\.patient.id) == [book.xiaoming])
        let settled = try await book.write { tx in
            try SelfDesk.fill(sent.id, into: book.xiaoming, fields: [.address, .history], by: work, in: tx)
        }
        #expect(settled.outcome == .known && settled.patientID == book.xiaoming)
    }

    @Test("同一地址一天有上限；没用过的码和无人认领的表会清除，等着核对的留着", arguments: Backend.allCases)
    func boundsAndForgets(backend: Backend) async throws {
        let book = try await BookFixture(backend)
        var strict = book.playbook
        strict.values["registration.self_per_address"] = .int(2)
        let work = Work(actor: .customer, clinic: book.clinic, now: Self.now, playbook: strict, ids: book.ids)
        func begin(_ byte: UInt8) async throws {
            _ = try await book.write { tx in
                try SelfRegistrations.begin(token: Self.token(byte), addressHash: "a", by: work, in: tx)
            }
        }
        try await begin(1)
        try await begin(2)
        await #expect(throws: OnlineRefusal.notAccepted) { try await begin(3) }
        _ = try await send(book, 1)

        _ = try await book.write { tx in
            try OnlineBooking.purge(now: Self.now.adding(days: 40), keepDays: 30, in: tx)
        }
        let left = try await book.db.read { tx in try tx.int64("SELECT COUNT(*) AS n FROM self_registration") }
        #expect(left == 1)
    }
}
