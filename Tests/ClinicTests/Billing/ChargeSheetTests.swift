import Clinic
import Kernel
import Storage
import TestSupport
import Testing

@Suite struct ChargeSheetTests {
    @Test("录入、说明、确认、通知一步一步走，每步有人有时间 R5.20 R6.01", arguments: Backend.allCases)
    func lifeCycle(backend: Backend) async throws {
        let fixture = try await BillingFixture(backend)
        let visit = try await fixture.visit()
        let lines = [LineEntry(itemID: fixture.filling, teeth: teeth(16, 17)), LineEntry(itemID: fixture.paste)]

        let entered = try await fixture.proceed(.enter, lines, visit, version: nil).sheet
        let explained = try await fixture.proceed(.explain, lines, visit, version: entered.version).sheet
        let later = fixture.work(at: BillingFixture.now.adding(minutes: 2))
        let confirmed = try await fixture.proceed(.confirm, lines, visit, version: explained.version, by: later).sheet
        let released = try await fixture.proceed(.release, lines, visit, version: confirmed.version).sheet

        #expect([entered, explained, confirmed, released].map(\.stage) == [.draft, .explained, .confirmed, .released])
        #expect(confirmed.explainedAt == BillingFixture.now && confirmed.confirmedAt == later.now)
        #expect(released.total == .yuan(998) && released.lines.map(\.quantity) == [2, 1])
        #expect(try await fixture.balance() == .yuan(998))
        let refused = await refusal(ChargeError.self) {
            try await fixture.enter(lines, visit, version: released.version)
        }
        #expect(refused == .alreadyReleased(by: "林岚"))
        #expect(refused?.userMessage == "收费通知已由林岚发出，收费单不能再改；需要更正请走更正流程")
    }

    @Test("改了项目，原来的说明和确认就作废；没有改动则保留 R5.20", arguments: Backend.allCases)
    func changesVoidTheConfirmation(backend: Backend) async throws {
        let fixture = try await BillingFixture(backend)
        let visit = try await fixture.visit()
        let first = [LineEntry(itemID: fixture.exam)]
        let entered = try await fixture.proceed(.enter, first, visit, version: nil).sheet
        let confirmed = try await fixture.proceed(.confirm, first, visit, version: entered.version).sheet

        let same = try await fixture.proceed(.enter, first, visit, version: confirmed.version)
        #expect(same.sheet.stage == .confirmed && !same.isVoided && same.sheet.version == confirmed.version)

        let more = first + [LineEntry(itemID: fixture.paste)]
        let changed = try await fixture.proceed(.release, more, visit, version: confirmed.version)
        #expect(changed.isVoided && changed.sheet.stage == .draft && changed.sheet.lines.count == 2)
        #expect(try await fixture.balance() == .zero)
        let again = try await fixture.proceed(.confirm, more, visit, version: changed.sheet.version)
        #expect(again.sheet.stage == .confirmed && !again.isVoided)
    }

    @Test("两人同时改一张单，后保存的被拒绝，不会悄悄盖掉 R5.20", arguments: Backend.allCases)
    func aLostRaceIsTold(backend: Backend) async throws {
        let fixture = try await BillingFixture(backend)
        let visit = try await fixture.visit()
        let nurse = [LineEntry(itemID: fixture.exam)]
        let doctor = [LineEntry(itemID: fixture.paste)]
        let sheet = try await fixture.enter(nurse, visit)

        #expect(await refusal(ChangedMeanwhile.self) { try await fixture.enter(doctor, visit) } != nil)
        let edited = try await fixture.enter(doctor, visit, version: sheet.version)
        #expect(edited.version == sheet.version + 1)
        #expect(
            await refusal(ChangedMeanwhile.self) { try await fixture.enter(nurse, visit, version: sheet.version) }
                != nil)
        let (clinic, db) = (fixture.clinic.id, fixture.db)
        let stored = try await db.read { tx in try ChargeSheetStore.get(sheet.id, clinic: clinic, in: tx) }
        #expect(stored.lines.map(\.itemName) == ["牙膏"])
    }

    @Test("收费通知只有医生能发，收银和护士不能 R6.01", arguments: Backend.allCases)
    func onlyADoctorReleases(backend: Backend) async throws {
        let fixture = try await BillingFixture(backend)
        let visit = try await fixture.visit()
        let lines = [LineEntry(itemID: fixture.exam)]
        let sheet = try await fixture.enter(lines, visit, by: fixture.work(as: "nurse"))
        for role in ["nurse", "cashier", "guide", "supervisor"] {
            let refused = await refusal(ChargeError.self) {
                try await fixture.book.write { tx in
                    try ChargeSheets.issueNotice(sheet.id, version: 1, by: fixture.work(as: role), in: tx)
                }
            }
            #expect(refused == .doctorOnly, "\(role)")
        }
        let released = try await fixture.proceed(
            .release, lines, visit, version: 1, by: fixture.work(as: "doctor")
        ).sheet
        #expect(released.stage == .released)
    }

    @Test("护士不能改价，主管改的价护士可以保留 R6.02", arguments: Backend.allCases)
    func pricesAreTheSupervisors(backend: Backend) async throws {
        let fixture = try await BillingFixture(backend)
        let visit = try await fixture.visit()
        let cheap = LineEntry(itemID: fixture.exam, price: .yuan(10), priceReason: "agreed")
        let nurse = fixture.work(as: "nurse")
        #expect(
            await refusal(ChargeError.self) { try await fixture.enter([cheap], visit, by: nurse) }
                == .priceRight(line: 0, name: "检查"))
        let set = try await fixture.enter([cheap], visit, by: fixture.work(as: "supervisor"))
        let kept = try await fixture.enter(
            [cheap, LineEntry(itemID: fixture.paste)], visit, version: set.version, by: nurse)
        #expect(kept.lines.map(\.price) == [.yuan(10), .yuan(38)])
        #expect(kept.lines[0].priceReason == "agreed" && kept.listTotal - kept.total == .yuan(10))
    }

    @Test("别的门诊的收费单和到访找不到 R16.03", arguments: Backend.allCases)
    func anotherClinicSeesNothing(backend: Backend) async throws {
        let fixture = try await BillingFixture(backend)
        let sheet = try await fixture.released([LineEntry(itemID: fixture.exam)])
        let own = fixture.work()
        let site = ClinicSite(
            id: ID(raw: 77), code: "B", name: "二店", phone: "", address: "", calendar: fixture.clinic.calendar,
            opens: Unit(32), closes: Unit(72))
        let other = Work(actor: own.actor, clinic: site, now: own.now, playbook: own.playbook, ids: own.ids)
        for attempt in 0..<4 {
            let refused = await refusal(NotFound.self) {
                try await fixture.db.write(in: fixture.clinic.lane) { tx in
                    switch attempt {
                    case 0: _ = try ChargeSheetStore.get(sheet.id, clinic: site.id, in: tx)
                    case 1:
                        _ = try Checkout.pay(fixture.payment(sheet, PaymentSplit(.cash, .yuan(20))), by: other, in: tx)
                    case 2: try ChargeSheets.advise(sheet.id, .none, by: other, in: tx)
                    default: _ = try ChargeSheets.enter([], visit: sheet.visitID, version: nil, by: other, in: tx)
                    }
                }
            }
            #expect(refused != nil, "\(attempt)")
        }
        #expect(try await fixture.int("SELECT COUNT(*) AS n FROM receipt") == 0)
    }

    @Test("复诊嘱咐写在单上，通知后也能写，单位和天数有范围 R5.23 R3.04", arguments: Backend.allCases)
    func adviceIsKept(backend: Backend) async throws {
        let fixture = try await BillingFixture(backend)
        let sheet = try await fixture.released([LineEntry(itemID: fixture.exam)])
        let work = fixture.work(as: "doctor")
        func advise(_ advice: NextVisitAdvice) async throws -> NextVisitAdvice? {
            try await fixture.book.write { tx in
                try ChargeSheets.advise(sheet.id, advice, by: work, in: tx)
                return try ChargeSheetStore.get(sheet.id, clinic: work.clinic.id, in: tx).advice
            }
        }
        let visit = NextVisitAdvice.visit(units: 2, afterDays: 28, note: "复查")
        #expect(try await advise(visit) == visit)
        #expect(try await advise(.none) == NextVisitAdvice.none)
        for wrong in [(0, 5), (33, 5), (2, -1), (2, 731)] {
            #expect(
                await refusal(ChargeError.self) {
                    try await advise(.visit(units: wrong.0, afterDays: wrong.1, note: nil))
                } == .adviceNeeded)
        }
    }

    @Test("几年后仍能按牙查到每次治疗 R1.09 R5.02", arguments: Backend.allCases)
    func teethRemember(backend: Backend) async throws {
        let fixture = try await BillingFixture(backend)
        let past = BillingFixture.today.adding(days: -90)
        _ = try await fixture.released([LineEntry(itemID: fixture.filling, teeth: teeth(16, 17))], day: past)
        _ = try await fixture.released(
            [
                LineEntry(itemID: fixture.extraction, teeth: teeth(16)), LineEntry(itemID: fixture.exam),
                LineEntry(itemID: fixture.paste),
            ])
        let (patient, clinic) = (fixture.book.xiaoming, fixture.clinic.id)
        func history(_ tooth: Tooth?, clinic: ID<ClinicSite>? = nil) async throws -> [String] {
            try await fixture.db.read { tx in
                try Treatments.list(of: patient, tooth: tooth, clinic: clinic, in: tx).map {
                    "\($0.day) \($0.tooth?.description ?? "-") \($0.itemName) \($0.warrantyUntil?.iso ?? "")"
                }
            }
        }
        #expect(try await history(Tooth(16)) == ["2026-03-12 16 拔牙 ", "2025-12-12 16 充填 2026-12-12"])
        #expect(try await history(Tooth(17), clinic: clinic) == ["2025-12-12 17 充填 2026-12-12"])
        #expect(try await history(Tooth(18)) == [])
        #expect(try await history(nil).count == 4, "goods are no treatment")
        #expect(try await history(nil, clinic: ID(raw: 77)) == [])
    }

    @Test("通知后当日回访和术后次日回访到点到人 R8.02 R8.03", arguments: Backend.allCases)
    func followUpIsOwed(backend: Backend) async throws {
        let fixture = try await BillingFixture(backend)
        let both = try await fixture.released(
            [LineEntry(itemID: fixture.extraction, teeth: teeth(38)), LineEntry(itemID: fixture.exam)])
        #expect(
            try await fixture.tasks(of: TaskSubject(.visit, both.visitID))
                == ["followUp.nextDay 2026-03-13 18:00", "followUp.sameDay 2026-03-12 20:30"])
        let none = try await fixture.released([LineEntry(itemID: fixture.paste)], patient: fixture.book.chunmei)
        #expect(try await fixture.tasks(of: TaskSubject(.visit, none.visitID)) == [])
    }

    @Test("作废的草稿不再出现，可以重新录入", arguments: Backend.allCases)
    func cancelledDraftsAreGone(backend: Backend) async throws {
        let fixture = try await BillingFixture(backend)
        let visit = try await fixture.visit()
        let sheet = try await fixture.enter([LineEntry(itemID: fixture.exam)], visit)
        let work = fixture.work()
        try await fixture.book.write { tx in
            try ChargeSheets.cancel(sheet.id, version: sheet.version, by: work, in: tx)
        }
        let gone = await refusal(NotFound.self) {
            try await fixture.db.read { tx in try ChargeSheetStore.get(sheet.id, clinic: work.clinic.id, in: tx) }
        }
        #expect(gone == NotFound("收费单"))
        let next = try await fixture.enter([LineEntry(itemID: fixture.paste)], visit)
        #expect(next.id != sheet.id && next.version == 1)
    }

    private func teeth(_ numbers: Int...) -> [Tooth] { numbers.compactMap { Tooth($0) } }
}
