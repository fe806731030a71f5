import Clinic
import Kernel
import Storage
import TestSupport
import Testing

/// Each promise is broken once, and found with the row that breaks it (R16.11).
struct VerificationTests {
    @Test("数据没有问题时全部通过，每项都真的看过 R16.11", arguments: Backend.allCases)
    func cleanDataPasses(backend: Backend) async throws {
        let results = try await ProvenClinic(backend).verify()

        #expect(results.map(\.id) == Verification.checks.map(\.id))
        #expect(results.allSatisfy { $0.finding.breach == nil })
        let looked = Dictionary(uniqueKeysWithValues: results.map { ($0.id, $0.finding.looked) })
        #expect(looked["audit.accesses"] == 3)
        #expect(looked["secrets.values"] == 1)
        #expect(looked["counters.receipts"] == 2)
        #expect(looked["units.owners"] == 6)
        #expect(looked["units.held"] == 1)
        #expect(results.filter { $0.finding.looked == 0 }.map(\.id) == [])
    }

    /// The statement that spoils, and where the breach must be found.
    struct Spoiling: Sendable, CustomTestStringConvertible {
        let name: String
        let statement: SQL
        let found: [String]
        var testDescription: String { name }
        init(_ name: String, _ statement: SQL, _ check: String, _ table: String, _ row: String) {
            self.name = name
            self.statement = statement
            found = [check, table, row]
        }
    }

    static let spoilings: [Spoiling] = [
        Spoiling(
            "加密内容换了位置", "UPDATE patient SET document_cipher = 'k1:AAAAAAAAAAAAAAAA:AAAAAAAAAAAAAAAAAAAAAA'",
            "secrets.values", "patient", "1"),
        Spoiling(
            "机构记的指纹变了", "UPDATE organisation SET key_fingerprint = 'other'", "secrets.fingerprint", "organisation", "1"),
        Spoiling("收据编号有空缺", "UPDATE receipt SET number = 3 WHERE id = 42", "counters.receipts", "receipt", "42"),
        Spoiling(
            "排队号超过计数", "UPDATE queue_ticket SET number = 2 WHERE id = 22", "counters.tickets", "queue_ticket", "22"),
        Spoiling(
            "占用没有主", "UPDATE appointment SET cancelled_at = 1 WHERE id = 12", "units.owners", "resource_unit", "12"),
        Spoiling(
            "预约少占一格", "DELETE FROM resource_unit WHERE kind = 'chair' AND unit = 41", "units.held", "appointment", "12"),
        Spoiling(
            "占了别人的椅子", "UPDATE resource_unit SET resource_id = resource_id + 1 WHERE kind = 'chair'", "units.held",
            "appointment", "12"),
        Spoiling("轮换没有记下", "DELETE FROM rotation_turn WHERE id = 81", "rotation.turns", "appointment", "12"),
        Spoiling(
            "同一个预约轮了两次",
            """
            INSERT INTO rotation_turn (id, clinic_id, doctor_id, kind, day, appointment_id, credit, reason, recorded_by,
                recorded_at)
            SELECT 82, clinic_id, doctor_id, 'taken', day, 12, 0, 'x', 1, 1
            FROM appointment
            WHERE id = 12
            """, "rotation.turns", "appointment", "12"),
        Spoiling("离开了还有排队号", "UPDATE visit SET left_at = 1 WHERE id = 21", "visits.tickets", "queue_ticket", "22"),
        Spoiling(
            "收费行与应收不符", "UPDATE transfer SET amount_fen = 19999 WHERE id = 52", "ledger.sheets", "charge_sheet", "31"),
        Spoiling(
            "没有放行却已入账", "UPDATE charge_sheet SET notice_at = NULL WHERE id = 31", "ledger.sheets", "charge_sheet", "31"),
        Spoiling("收款改少了一分", "UPDATE payment SET amount_fen = 9999 WHERE id = 43", "ledger.receipts", "receipt", "41"),
        Spoiling("收款没有入账", "DELETE FROM transfer WHERE id = 71", "ledger.receipts", "receipt", "41"),
        Spoiling("付款方式被改", "UPDATE payment SET method = 'alipay' WHERE id = 44", "ledger.methods", "payment", "42"),
        Spoiling(
            "分摊不等于收款", "UPDATE allocation SET amount_fen = 9999 WHERE id = 45", "ledger.allocations", "receipt", "41"),
        Spoiling("待办编号与规则不符", "UPDATE task SET rule = 'other' WHERE id = 61", "tasks.keys", "task", "61"),
        Spoiling(
            "待办又完又撤", "UPDATE task SET done_at = 1, done_by = 1, withdrawn_at = 1, withdrawn_cause = 'x' WHERE id = 61",
            "tasks.ends", "task", "61"),
    ]

    @Test("每种破坏都能查出来，并指出是哪一行 R16.11", arguments: Backend.allCases, spoilings)
    func plantedBreachIsFound(backend: Backend, spoiling: Spoiling) async throws {
        let clinic = try await ProvenClinic(backend)

        try await clinic.spoil(spoiling.statement)

        #expect(try await clinic.firstBreach() == spoiling.found)
    }

    @Test(
        "该做而没有待办的事会被查出来 R16.11", arguments: Backend.allCases,
        [
            ["obligations.bookings", "appointment", "12"], ["obligations.waiting", "visit", "24"],
            ["obligations.treatments", "charge_sheet", "31"], ["obligations.deferrals", "deferral", "91"],
            ["obligations.complaints", "complaint", "92"], ["obligations.handed", "handed_case", "93"],
        ])
    func missingTask(backend: Backend, found: [String]) async throws {
        let clinic = try await ProvenClinic(backend)
        let kinds = ["charge_sheet": "visit", "handed_case": "handedCase"]
        let subject = kinds[found[1]] ?? found[1]
        let id = found[1] == "charge_sheet" ? 21 : Int(found[2]) ?? 0

        try await clinic.spoil("DELETE FROM task WHERE subject_kind = \(subject) AND subject_id = \(id) AND id <> 61")

        #expect(try await clinic.firstBreach() == found)
    }

    @Test("轮换次数被改会被查出来 R3.15 R16.11", arguments: Backend.allCases)
    func changedTurns(backend: Backend) async throws {
        let clinic = try await ProvenClinic(backend)

        try await clinic.spoil("UPDATE rotation_balance SET taken = 2")

        #expect(
            try await clinic.firstBreach() == ["rotation.balances", "rotation_balance", String(clinic.staff.raw)])
    }

    @Test("多收的钱会被查出来 R16.11", arguments: Backend.allCases)
    func overpaidLine(backend: Backend) async throws {
        let clinic = try await ProvenClinic(backend)

        // Both receipts on the line of 100 yuan; every sum still agrees.
        try await clinic.spoil("UPDATE allocation SET charge_line_id = 33 WHERE id = 45")

        #expect(try await clinic.firstBreach() == ["ledger.overpaid", "charge_line", "33"])
    }

    @Test("同一天第二次未结束的到诊会被查出来", arguments: Backend.allCases)
    func secondOpenVisit(backend: Backend) async throws {
        let clinic = try await ProvenClinic(backend)

        // The guard of the database is taken away first, as a hand in the file could do.
        try await clinic.database.write(in: .organisation) { tx in
            try tx.run("DROP INDEX visit_one_open")
            try tx.run(
                """
                INSERT INTO visit (id, clinic_id, business_day, patient_id, visit_type, proposed_type, type_reason,
                    complaint, arrived_at, version)
                VALUES (29, \(clinic.clinic.id), \(ProvenClinic.today), 1, 'return', 'return', '', '', 1, 1)
                """)
        }

        #expect(try await clinic.firstBreach() == ["visits.open", "visit", "29"])
    }
}
