import Clinic
import Kernel
import Storage
import TestSupport
import Testing

@Suite("欠多少由数据库守着")
struct OwedTests {
    @Test("收费行和收费单都收不过头：数据库自己拒绝 R6.07", arguments: Backend.allCases)
    func databaseRefusesOverpayment(backend: Backend) async throws {
        let fixture = try await BillingFixture(backend)
        let sheet = try await fixture.released([LineEntry(itemID: fixture.exam), LineEntry(itemID: fixture.paste)])
        _ = try await fixture.pay(fixture.payment(sheet, PaymentSplit(.cash, .yuan(20))))
        let statements: [SQL] = [
            "UPDATE charge_line SET paid_fen = amount_fen + 1 WHERE sheet_id = \(sheet.id)",
            "UPDATE charge_line SET paid_fen = -1 WHERE sheet_id = \(sheet.id)",
            "UPDATE charge_sheet SET owed_fen = owed_fen - 3801 WHERE id = \(sheet.id)",
        ]

        for statement in statements {
            let error = await #expect(throws: StorageError.self) {
                try await fixture.book.write { tx in _ = try tx.run(statement) }
            }
            guard case .conflict = error else {
                Issue.record("\(statement.rendered(backend == .sqlite ? .sqlite : .postgres).text)")
                continue
            }
        }
        #expect(try await fixture.balance() == .yuan(38))
    }

    @Test("已收和未付跟着每次收款走，与账一致 R6.07", arguments: Backend.allCases)
    func followsPayments(backend: Backend) async throws {
        let fixture = try await BillingFixture(backend)
        let older = try await fixture.released(
            [LineEntry(itemID: fixture.exam)], day: BillingFixture.today.adding(days: -9))
        let newer = try await fixture.released([LineEntry(itemID: fixture.exam), LineEntry(itemID: fixture.paste)])
        #expect(try await fixture.balance() == .yuan(78))

        // The oldest sheet first, then in proportion inside the next one.
        _ = try await fixture.pay(fixture.payment(newer, PaymentSplit(.wechat, .yuan(49))))

        let owed = try await fixture.db.read { tx in
            try tx.rows("SELECT owed_fen FROM charge_sheet ORDER BY id").map { try $0.int64("owed_fen") }
        }
        let paid = try await fixture.db.read { tx in
            try tx.rows("SELECT paid_fen FROM charge_line ORDER BY sheet_id, position").map { try $0.int64("paid_fen") }
        }
        #expect(owed == [0, 2_900])
        #expect(paid == [2_000, 1_000, 1_900])
        let clinic = fixture.clinic.id
        let open = try await fixture.db.read { tx in
            try Ledger.openLines(of: older.patientID, clinic: clinic, in: tx).map { $0.map(\.owed.fen) }
        }
        #expect(open == [[1_000, 1_900]])
        let scope = VerificationScope(now: BillingFixture.now, isComplete: true, cipher: nil)
        let results = try await Verification.run(fixture.db, scope: scope)
        #expect(results.last?.finding.breach == nil)
        #expect(results.contains { $0.id == "ledger.owed" } && results.contains { $0.id == "ledger.paid" })
    }

    @Test(
        "核对发现收费单的未付与账不符",
        arguments: ["UPDATE charge_sheet SET owed_fen = owed_fen + 100", "UPDATE charge_line SET paid_fen = 1"])
    func verifyNotices(tampering: String) async throws {
        let fixture = try await BillingFixture(.sqlite)
        _ = try await fixture.released([LineEntry(itemID: fixture.exam)])
        _ = try await fixture.book.write { tx in try tx.run(SQL(trusted: tampering)) }

        let scope = VerificationScope(now: BillingFixture.now, isComplete: true, cipher: nil)
        let last = try await Verification.run(fixture.db, scope: scope).last

        #expect(last?.id == (tampering.contains("sheet SET") ? "ledger.owed" : "ledger.paid"))
        #expect(last?.finding.breach != nil)
    }

    @Test("找欠费不翻历史：查询走未付清的索引", arguments: Backend.allCases)
    func usesTheIndexOfOpenSheets(backend: Backend) async throws {
        let fixture = try await BillingFixture(backend)
        let (patient, clinic) = (fixture.book.xiaoming, fixture.clinic.id)
        let query: SQL = """
            SELECT id FROM charge_sheet
            WHERE clinic_id = \(clinic) AND patient_id = \(patient) AND owed_fen > 0
            """
        let plan = try await fixture.book.write { tx in
            switch tx.dialect {
            case .sqlite: return try tx.rows("EXPLAIN QUERY PLAN \(query)").map { try $0.text("detail") }
            case .postgres:
                try tx.run("SET LOCAL enable_seqscan = off")
                return try tx.rows("EXPLAIN \(query)").map { try $0.text("QUERY PLAN") }
            }
        }
        #expect(plan.joined(separator: "\n").contains("charge_sheet_owed"), "\(plan)")
    }

    @Test("医生建议的改动写进日志，改前改后都有 R5.23", arguments: Backend.allCases)
    func adviceIsLogged(backend: Backend) async throws {
        let fixture = try await BillingFixture(backend)
        let sheet = try await fixture.released([LineEntry(itemID: fixture.exam)])
        let work = fixture.work()
        for advice in [NextVisitAdvice.visit(units: 2, afterDays: 7, note: "拆线"), .none] {
            try await fixture.book.write { tx in try ChargeSheets.advise(sheet.id, advice, by: work, in: tx) }
        }

        let payloads = try await fixture.db.read { tx in
            try tx.rows("SELECT payload FROM event WHERE kind = 'sheet.advised' ORDER BY seq").map {
                try $0.text("payload")
            }
        }

        #expect(
            payloads == [
                #"{"after":{"afterDays":7,"note":"拆线","units":2},"before":null}"#,
                #"{"after":"none","before":{"afterDays":7,"note":"拆线","units":2}}"#,
            ])
    }
}
