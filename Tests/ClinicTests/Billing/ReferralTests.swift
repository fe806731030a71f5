import Clinic
import Kernel
import Storage
import TestSupport
import Testing

@Suite struct ReferralTests {
    @Test("转诊：每位医生的项目费用和下次都要说清 R3.54")
    func unclear() {
        func part(_ doctor: String, _ charges: Bool, _ next: Bool) -> ReferralPart {
            ReferralPart(doctor: doctor, hasCharges: charges, hasNext: next)
        }
        #expect(ReferralRules.unclear([part("林书远", true, true), part("陈思敏", true, true)]).isEmpty)
        #expect(
            ReferralRules.unclear([part("林书远", true, false), part("陈思敏", false, true)])
                == ["林书远医生的下次预约还没说清", "陈思敏医生的项目和费用还没登记"])
        let (one, two) = (ID<Staff>(raw: 1), ID<Staff>(raw: 2))
        #expect(throws: FormErrors.self) { try ReferralRules.check(main: one, helper: one, words: "看牙周") }
        #expect(throws: FormErrors.self) { try ReferralRules.check(main: one, helper: two, words: " ") }
        #expect(throws: Never.self) { try ReferralRules.check(main: one, helper: two, words: "看牙周") }
    }

    @Test("当天没说清的转诊留在结账名单上，说清了才消 R3.54", arguments: Backend.allCases)
    func standsAgainstClosing(backend: Backend) async throws {
        let book = try await BookFixture(backend)
        let (work, today) = (book.work(), BookFixture.today)
        try await book.insertVisit(of: book.xiaoming, doctor: book.lin, day: today)
        let visit: ID<Visit> = try await book.db.read { tx in
            try #require(try VisitStore.listDay(clinic: book.clinic.id, day: today, in: tx).first?.id)
        }
        let referral = try await book.write { tx in
            try Referrals.record(visit, helper: book.chen, words: "看 16 的牙周", by: work, in: tx)
        }
        @Sendable func unclear() async throws -> [[String]] {
            try await book.db.read { tx in
                try Referrals.listUnclear(clinic: book.clinic.id, day: today, in: tx).map(\.unclear)
            }
        }
        #expect(
            try await unclear() == [
                ["林书远医生的项目和费用还没登记", "林书远医生的下次预约还没说清", "陈思敏医生的项目和费用还没登记", "陈思敏医生的下次预约还没说清"]
            ])
        await #expect(throws: FormErrors.self) {
            try await book.write { tx in
                _ = try Referrals.record(visit, helper: book.chen, words: "再来一次", by: work, in: tx)
            }
        }
        await #expect(throws: NotAllowed.self) {
            let guest = book.work(without: Set(Referrals.capabilities))
            try await book.write { tx in
                try Referrals.change(referral.id, of: visit, .noNext, by: guest, in: tx)
            }
        }
        _ = try await book.place(book.command("10:00"))
        try await book.write { tx in
            try Referrals.change(referral.id, of: visit, .noCharge, by: work, in: tx)
            try Referrals.change(referral.id, of: visit, .noNext, by: work, in: tx)
        }
        #expect(try await unclear() == [["林书远医生的项目和费用还没登记"]])
        try await book.write { tx in try Referrals.change(referral.id, of: visit, .cancelled, by: work, in: tx) }
        #expect(try await unclear().isEmpty)
    }

    @Test("收费时说出下次的日子，手术只报到院时间 R3.40 R3.56")
    func nextDateIsSaid() {
        let slot = Slot(day: BookFixture.tomorrow, start: Unit(40), units: 4, doctorID: ID(raw: 1))
        #expect(
            CheckoutWords.next(slot, doctor: "林书远", isOperation: false)
                == "下次是 3 月 13 日 星期五 10:00，林书远医生，前一天我们会通知您。")
        #expect(CheckoutWords.next(slot, doctor: "林书远", isOperation: true).contains("10:00 到院，"))
    }
}
