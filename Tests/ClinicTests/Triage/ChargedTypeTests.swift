import Clinic
import Kernel
import Storage
import TestSupport
import Testing

@Suite struct ChargedTypeTests {
    @Test(
        "收了费，咨询变初诊，免检变回本来的类型；零元不变 R2.04 R2.06",
        arguments: [
            (.consultation, .consultation, true, 1, .first), (.consultation, .consultation, true, 0, nil),
            (.exempt, .returning, false, 1, .returning), (.exempt, .first, true, 1, .first),
            (.exempt, .consultation, true, 1, .first), (.exempt, .exempt, false, 1, .returning),
            (.exempt, .returning, false, 0, nil), (.checkUp, .checkUp, false, 9_900, nil),
            (.first, .first, true, 9_900, nil), (.orthodontics, .orthodontics, false, 9_900, nil),
        ] as [(VisitType, VisitType, Bool, Int64, VisitType?)])
    func afterCharge(type: VisitType, proposed: VisitType, isFirstTime: Bool, fen: Int64, after: VisitType?) {
        #expect(
            VisitTypeRules.afterCharge(type, proposed: proposed, isFirstTime: isFirstTime, total: Money(fen: fen))
                == after)
    }

    private func release(_ clinic: BillingFixture, _ visit: ID<Visit>, _ item: ID<Item>) async throws {
        let work = clinic.work()
        try await clinic.book.write { tx in
            let sheet = try ChargeSheets.enter(
                [LineEntry(itemID: item)], visit: visit, version: nil, by: work, in: tx)
            try ChargeSheets.issueNotice(sheet.id, version: sheet.version, by: work, in: tx)
        }
    }

    private func type(_ clinic: BillingFixture, _ visit: ID<Visit>) async throws -> VisitType {
        let id = clinic.clinic.id
        return try await clinic.db.read { tx in try VisitStore.get(visit, clinic: id, in: tx).type }
    }

    @Test("医生放行收费单时，咨询转为初诊，记录里看得出 R2.04", arguments: Backend.allCases)
    func consultationBecomesFirstVisit(backend: Backend) async throws {
        let clinic = try await BillingFixture(backend)
        let visit = try await clinic.visit()
        let work = clinic.work()
        try await clinic.book.write { tx in
            try Arrivals.changeType(visit, to: .consultation, reason: "只是问问", by: work, in: tx)
        }
        try await release(clinic, visit, clinic.exam)
        #expect(try await type(clinic, visit) == .first)
        let logged = try await clinic.db.read { tx in
            try tx.int64("SELECT COUNT(*) FROM event WHERE kind = 'visit.typeFollowedCharge'")
        }
        #expect(logged == 1)
    }

    @Test("免检要选原因，有收费就不能免检；后来收了费就不再是免检 R2.06", arguments: Backend.allCases)
    func exemption(backend: Backend) async throws {
        let clinic = try await BillingFixture(backend)
        let visit = try await clinic.visit()
        let work = clinic.work()
        func mark(_ reason: String, note: String? = nil, charged: Int64 = 0) async -> (any Error)? {
            do {
                try await clinic.book.write { tx in
                    try ExemptVisits.mark(
                        visit, .init(reason: reason, note: note), charged: Money(fen: charged), by: work, in: tx)
                }
                return nil
            } catch { return error }
        }
        #expect((await mark("?") as? FormErrors)?.order == ["exemptReason"])
        #expect((await mark("principle") as? FormErrors)?.order == ["exemptNote"])
        #expect(await mark("milkTooth", charged: 1) as? ReceptionError == .chargedNotExempt)
        #expect(await mark("milkTooth") == nil)
        #expect(try await type(clinic, visit) == .exempt)
        let answers = try await clinic.db.read { tx in try TriageAnswerStore.find(visit, in: tx) }
        #expect(answers?.exempt == .init(reason: "milkTooth"))

        try await release(clinic, visit, clinic.exam)
        #expect(try await type(clinic, visit) != .exempt)
        let after = try await clinic.db.read { tx in try TriageAnswerStore.find(visit, in: tx) }
        #expect(after?.exempt == nil)
    }
}
