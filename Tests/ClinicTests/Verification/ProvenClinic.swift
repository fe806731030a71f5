import Foundation
import Kernel
import Storage
import TestSupport

@testable import Clinic

/// A clinic with one of everything that is verified, all in order: two paid receipts, a coming appointment, a customer
/// with a ticket, a protected value, a task, events and looks. Rows are written one by one, so that a test can spoil one.
struct ProvenClinic {
    static let now = Timestamp(milliseconds: 1_773_280_800_000)
    static let today = Day("2026-03-12") ?? Day(number: 0)
    let database: TestDatabase
    let cipher: FieldCipher
    let clinic: ClinicSite
    let staff: ID<Staff>

    init(_ backend: Backend, cipher: FieldCipher = FieldCipher(ring: .generate())) async throws {
        database = try await backend.makeDatabase(migrations: Schema.migrations)
        self.cipher = cipher
        let playbook = try ShippedPlaybook.load()
        let run = Setup.FirstRun(
            organisationName: "口腔", clinic: ClinicForm(code: "A", name: "徐汇", phone: "021-68881234", address: "路 1 号"),
            treatmentRooms: 1, communicationRooms: 0, chairs: 1,
            administrator: AccountForm(employeeNumber: "1", name: "周姐", loginName: "zhou"), passwordHash: "scrypt$",
            keyFingerprint: cipher.fingerprint, recoveryConfirmedAt: nil, isDemo: true)
        let made = try await database.write(in: .organisation) { tx in
            try Setup.firstRun(run, playbook: playbook, ids: IDSource(), now: Self.now, in: tx)
        }
        clinic = made.clinic
        staff = made.administrator.id
        let (clinic, staff) = (made.clinic, made.administrator.id)
        try await database.write(in: clinic.lane) { tx in
            try Self.furnish(clinic, staff, cipher, in: tx)
            try Self.owe(
                Work(actor: .system, clinic: clinic, now: Self.now, playbook: playbook, ids: IDSource()), in: tx)
            for index in 1...3 {
                try Audit.append(
                    [Event("patient.noted", of: ID<Patient>(raw: 1), ["line": .int(Int64(index))])], actor: staff,
                    at: Self.now.adding(minutes: index), lane: clinic.lane, in: tx)
            }
        }
        let log = AccessLog()
        for index in 1...3 {
            log.note(
                "record.viewed", of: ID<Patient>(raw: 1), kindOfSubject: "patient", patient: ID(raw: 1), by: .system,
                clinic: clinic.id, at: Self.now.adding(minutes: index))
        }
        try await log.flush(to: database)
    }

    func verify(isComplete: Bool = true) async throws -> [Verification.Result] {
        let scope = VerificationScope(
            now: Self.now, isComplete: isComplete, cipher: cipher, playbook: try ShippedPlaybook.load())
        return try await Verification.run(database, scope: scope)
    }

    /// Changes the data behind the program's back.
    func spoil(_ statement: SQL) async throws {
        try await database.write(in: clinic.lane) { tx in
            guard try tx.run(statement) > 0 else { throw StorageError.failed(detail: "nothing was spoilt") }
        }
    }

    /// Where the first breach is: check id, table and row.
    func firstBreach() async throws -> [String] {
        guard let last = try await verify().last, let breach = last.finding.breach else { return [] }
        return [last.id, breach.table, breach.row]
    }

    private static func furnish(
        _ clinic: ClinicSite, _ staff: ID<Staff>, _ cipher: FieldCipher, in tx: any WriteTransaction
    ) throws {
        let (item, chair) = (
            try tx.int64("SELECT MIN(id) AS id FROM item WHERE calls_same_day = 1") ?? 0,
            try tx.int64("SELECT MIN(id) AS id FROM chair") ?? 0
        )
        let sealed = try cipher.seal("11010519491231002X", table: "patient", column: "document_cipher", row: 1)
        try tx.run(
            """
            INSERT INTO patient (id, home_clinic_id, record_no, name, pinyin, gender, stated_age, phone, document_cipher,
                complaint, registered_at, registered_by, version)
            VALUES (1, \(clinic.id), 'A000001', '王小明', 'wang xiao ming', 'male', 30, '13800000000', \(sealed), '牙痛',
                \(now), \(staff), 1),
                (2, \(clinic.id), 'A000002', '李红', 'li hong', 'female', 40, '13800000001', NULL, '牙痛', \(now), \(staff),
                1)
            """)
        for (id, day, start) in [(11, today, 36), (12, today.adding(days: 1), 40)] {
            try tx.run(
                """
                INSERT INTO appointment (id, clinic_id, day, start_unit, units, patient_id, doctor_id, chair_id, complaint,
                    channel, is_squeezed, rule_applied, booked_at, booked_by, move_count, version)
                VALUES (\(id), \(clinic.id), \(day), \(start), 2, 1, \(staff), \(chair), '牙痛', 'phone', 0, 'chosen',
                    \(now.adding(days: -3)), \(staff), 0, 1)
                """)
        }
        try rotation(clinic, staff, in: tx)
        let claims: [(String, Int64)] = [("doctor", staff.raw), ("patient", 1), ("chair", chair)]
        for (kind, resource) in claims {
            for unit in 40...41 {
                try tx.run(
                    """
                    INSERT INTO resource_unit (kind, resource_id, day, unit, place, holder_kind, holder_id, clinic_id)
                    VALUES (\(kind), \(resource), \(today.adding(days: 1)), \(unit), 0, 'appointment', 12, \(clinic.id))
                    """)
            }
        }
        try visit(clinic, staff, chair, in: tx)
        try money(clinic, staff, item, in: tx)
        try tx.run(
            """
            INSERT INTO task (id, clinic_id, key, rule, subject_kind, subject_id, patient_id, owner_role, reason, channel,
                due_day, due_from, due_at, attempts, created_at, version)
            VALUES (61, \(clinic.id), 'reminder:appointment:12:', 'reminder', 'appointment', 12, 1, 'guide', '提醒', 'phone',
                \(today), \(now), \(now), 0, \(now), 1)
            """)
    }

    /// The coming appointment was somebody's turn.
    private static func rotation(_ clinic: ClinicSite, _ staff: ID<Staff>, in tx: any WriteTransaction) throws {
        try tx.run("UPDATE appointment SET rule_applied = 'rotation' WHERE id = 12")
        try tx.run(
            """
            INSERT INTO rotation_turn (id, clinic_id, doctor_id, kind, day, appointment_id, credit, reason, recorded_by,
                recorded_at)
            VALUES (81, \(clinic.id), \(staff), 'taken', \(today.adding(days: 1)), 12, 720720, '轮换', \(staff), \(now))
            """)
        try tx.run(
            """
            INSERT INTO rotation_balance (clinic_id, doctor_id, credit, taken)
            VALUES (\(clinic.id), \(staff), 720720, 1)
            """)
    }

    /// What is due by the playbook: a reminder, a customer who waits, a call in the evening.
    private static func owe(_ work: Work, in tx: any WriteTransaction) throws {
        let booked = try AppointmentStore.get(ID(raw: 12), clinic: work.clinic.id, in: tx)
        try AppointmentTasks.reconcile(booked, hasArrived: false, by: work, in: tx)
        try VisitTasks.reconcile(try VisitStore.get(ID(raw: 24), clinic: work.clinic.id, in: tx), by: work, in: tx)
        let sheet = try ChargeSheetStore.get(ID(raw: 31), clinic: work.clinic.id, in: tx)
        let items = try ItemStore.list(ids: Array(Set(sheet.lines.map(\.itemID))), in: tx)
        let facts = FollowUpObligations.facts(
            of: sheet, items: Dictionary(uniqueKeysWithValues: items.map { ($0.id, $0) }), endedAt: work.now,
            doctorName: "")
        try Tasks.reconcile(
            facts, of: TaskSubject(.visit, sheet.visitID), scope: FollowUpObligations.scope, cause: "", by: work, in: tx
        )
        try promise(work, in: tx)
    }

    /// An item that was put off, a complaint that waits for its answer, and a case with the supervisor.
    private static func promise(_ work: Work, in tx: any WriteTransaction) throws {
        let item = try tx.int64("SELECT MIN(id) AS id FROM item") ?? 0
        try tx.run(
            """
            INSERT INTO deferral (id, clinic_id, patient_id, item_id, teeth, complaint, follow_up_on, deferred_at,
                deferred_by, version)
            VALUES (91, \(work.clinic.id), 2, \(item), '', '牙痛', \(today.adding(days: 7)), \(now), \(work.actor.id), 1)
            """)
        try tx.run(
            """
            INSERT INTO complaint (id, clinic_id, patient_id, contact, situation, content, channel, level, cause,
                received_at, received_by, answer_by, version)
            VALUES (92, \(work.clinic.id), 2, '13800000001', '复诊', '等得太久', 'desk', 'normal', 'waiting', \(now),
                \(work.actor.id), \(now.adding(days: 1)), 1)
            """)
        let deferral = try DeferralStore.get(ID(raw: 91), clinic: work.clinic.id, in: tx)
        try Tasks.reconcile(
            DeferralObligations.facts(deferral, itemName: "", calendar: work.clinic.calendar),
            of: TaskSubject(.deferral, deferral.id), scope: DeferralObligations.scope, cause: "", by: work, in: tx)
        let complaint = try ComplaintStore.get(ID(raw: 92), clinic: work.clinic.id, in: tx)
        try Tasks.reconcile(
            ComplaintObligations.facts(complaint, patientName: "", cause: "", calendar: work.clinic.calendar),
            of: TaskSubject(.complaint, complaint.id), scope: ComplaintObligations.scope, cause: "", by: work, in: tx)
        try tx.run(
            """
            INSERT INTO handed_case (id, clinic_id, kind, patient_id, words, asked_by, asked_at)
            VALUES (93, \(work.clinic.id), 'doctorGone', 2, '原医生不在', \(work.actor.id), \(now))
            """)
        let handed = try HandedCaseStore.get(ID(raw: 93), clinic: work.clinic.id, in: tx)
        try Tasks.reconcile(
            HandedCaseObligations.facts(handed, name: "", calendar: work.clinic.calendar),
            of: TaskSubject(.handedCase, handed.id), scope: HandedCaseObligations.scope, cause: "", by: work, in: tx)
    }

    private static func visit(
        _ clinic: ClinicSite, _ staff: ID<Staff>, _ chair: Int64, in tx: any WriteTransaction
    ) throws {
        try tx.run(
            """
            INSERT INTO visit (id, clinic_id, business_day, patient_id, appointment_id, doctor_id, visit_type, proposed_type,
                type_reason, complaint, arrived_at, seated_at, version)
            VALUES (21, \(clinic.id), \(today), 1, 11, \(staff), 'return', 'return', '', '牙痛', \(now), \(now), 1),
                (24, \(clinic.id), \(today), 2, NULL, NULL, 'return', 'return', '', '牙痛', \(now), NULL, 1)
            """)
        try tx.run(
            """
            INSERT INTO queue_ticket (id, clinic_id, business_day, visit_id, number, issued_at, call_count, version)
            VALUES (22, \(clinic.id), \(today), 21, 1, \(now), 0, 1)
            """)
        try tx.run(
            """
            INSERT INTO movement (id, clinic_id, visit_id, chair_id, person, entered_at, entered_by)
            VALUES (23, \(clinic.id), 21, \(chair), 'patient', \(now), \(staff))
            """)
        try tx.run(
            """
            INSERT INTO counter (clinic_id, name, value)
            VALUES (\(clinic.id), \("queue:\(today.iso)"), 1), (\(clinic.id), 'receipt', 2)
            """)
    }

    /// One sheet of 300.00 yuan: 100 in cash and 100 by WeChat are paid, 100 are owed.
    private static func money(
        _ clinic: ClinicSite, _ staff: ID<Staff>, _ item: Int64, in tx: any WriteTransaction
    ) throws {
        try tx.run(
            """
            INSERT INTO charge_sheet (id, clinic_id, business_day, visit_id, patient_id, doctor_id, entered_by, entered_at,
                notice_by, notice_at, owed_fen, version)
            VALUES (31, \(clinic.id), \(today), 21, 1, \(staff), \(staff), \(now), \(staff), \(now), 10000, 1)
            """)
        for (id, position, quantity, price) in [(32, 1, 2, 10_000), (33, 2, 1, 10_000)] {
            try tx.run(
                """
                INSERT INTO charge_line (id, sheet_id, position, item_id, item_name, category, teeth, quantity,
                    list_price_fen, price_fen, amount_fen, doctor_id)
                VALUES (\(id), 31, \(position), \(item), '充填', 'treatment', '', \(quantity), \(price), \(price),
                    \(price * quantity), \(staff))
                """)
            try transfer(
                id + 20, "receivable", "income", price * quantity, line: id, receipt: nil, clinic, staff, in: tx)
        }
        for (id, number, line, method, amount) in [(41, 1, 32, "cash", 10_000), (42, 2, 33, "wechat", 10_000)] {
            try tx.run(
                """
                INSERT INTO receipt (id, clinic_id, number, business_day, issued_at, patient_id, visit_id, sheet_id,
                    doctor_id, cashier_id, list_fen, receivable_fen, received_fen, arrears_fen)
                VALUES (\(id), \(clinic.id), \(number), \(today), \(now), 1, 21, 31, \(staff), \(staff), 30000, 30000,
                    \(amount), \(30_000 - number * 10_000))
                """)
            try tx.run(
                """
                INSERT INTO payment (id, receipt_id, position, method, amount_fen)
                VALUES (\(id + 2), \(id), 1, \(method), \(amount))
                """)
            try tx.run(
                """
                INSERT INTO allocation (id, receipt_id, charge_line_id, amount_fen)
                VALUES (\(id + 4), \(id), \(line), \(amount))
                """)
            try tx.run("UPDATE charge_line SET paid_fen = \(amount) WHERE id = \(line)")
            try transfer(id + 30, method, "receivable", amount, line: line, receipt: id, clinic, staff, in: tx)
        }
    }

    private static func transfer(
        _ id: Int, _ debit: String, _ credit: String, _ amount: Int, line: Int, receipt: Int?, _ clinic: ClinicSite,
        _ staff: ID<Staff>, in tx: any WriteTransaction
    ) throws {
        try tx.run(
            """
            INSERT INTO transfer (id, clinic_id, business_day, at, debit, credit, amount_fen, patient_id, visit_id,
                sheet_id, charge_line_id, receipt_id, recorded_by)
            VALUES (\(id), \(clinic.id), \(today), \(now), \(debit), \(credit), \(amount), 1, 21, 31, \(line), \(receipt),
                \(staff))
            """)
    }
}
