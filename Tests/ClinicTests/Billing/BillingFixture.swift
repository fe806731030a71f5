import Clinic
import Kernel
import Storage
import TestSupport

/// The clinic of `BookFixture` with a price list, where 王小明 and 谢春梅 are in the chair of 林书远.
struct BillingFixture: Sendable {
    static let now = BookFixture.now
    static let today = BookFixture.today

    let book: BookFixture
    /// 充填, by the tooth, 480.00, warranty; 拔牙, by the tooth, 600.00, reaction; 牙膏, retail, 38.00; 检查, 20.00, same-day call
    let filling: ID<Item>
    let extraction: ID<Item>
    let paste: ID<Item>
    let exam: ID<Item>
    /// Without a price.
    let unpriced: ID<Item>

    var db: TestDatabase { book.db }
    var clinic: ClinicSite { book.clinic }

    init(_ backend: Backend) async throws {
        book = try await BookFixture(backend)
        let ids = book.ids
        func newItem() -> ID<Item> { ids.next(Item.self, at: Self.now) }
        (filling, extraction, paste, exam, unpriced) = (newItem(), newItem(), newItem(), newItem(), newItem())
        let (filling, extraction, paste, exam, unpriced) = (filling, extraction, paste, exam, unpriced)
        try await book.write { tx in
            try Self.insertItem(filling, "充填", isPerTooth: true, warranty: 12, in: tx)
            try Self.insertItem(extraction, "拔牙", isPerTooth: true, reaction: true, dispensing: true, in: tx)
            try Self.insertItem(paste, "牙膏", retail: true, in: tx)
            try Self.insertItem(exam, "检查", sameDay: true, in: tx)
            try Self.insertItem(unpriced, "新项目", in: tx)
            for (item, fen) in [(filling, 48_000), (extraction, 60_000), (paste, 3_800), (exam, 2_000)] {
                try tx.run(
                    """
                    INSERT INTO item_price (id, item_id, clinic_id, valid_from, price_fen, set_by, set_at)
                    VALUES (\(ids.next(Item.self, at: Self.now)), \(item), 0, '2025-01-01', \(fen), 1, \(Self.now))
                    """)
            }
        }
    }

    private static func insertItem(
        _ id: ID<Item>, _ name: String, isPerTooth: Bool = false, reaction: Bool = false, sameDay: Bool = false,
        dispensing: Bool = false, retail: Bool = false, warranty: Int = 0, in tx: any WriteTransaction
    ) throws {
        try tx.run(
            """
            INSERT INTO item (id, code, name, category, units, size, urgency, is_pneumatic, is_operation, has_reaction,
                calls_same_day, is_per_tooth, is_xray, is_impression, needs_dispensing, is_retail, warranty_months,
                sort_rank)
            VALUES (\(id), \("b\(id.raw)"), \(name), 'treatment', 1, 'small', 'normal', 0, 0, \(reaction), \(sameDay),
                \(isPerTooth), 0, 0, \(dispensing), \(retail), \(warranty), 1)
            """)
    }

    func work(at now: Timestamp = now, without missing: Set<Capability> = []) -> Work {
        book.work(at: now, without: missing)
    }

    /// Somebody who holds exactly the rights of one role.
    func work(as role: String, at now: Timestamp = now) -> Work {
        let work = book.work(at: now)
        return Work(
            actor: Actor(
                id: work.actor.id, name: role, roles: [role], capabilities: book.playbook.capabilities(ofRoles: [role])),
            clinic: clinic, now: now, playbook: book.playbook, ids: book.ids)
    }

    /// A visit in the chair.
    func visit(_ patient: ID<Patient>? = nil, day: Day = today, doctor: ID<Staff>? = nil) async throws -> ID<Visit> {
        let id = book.ids.next(Visit.self, at: Self.now)
        let (patient, doctor, clinic) = (patient ?? book.xiaoming, doctor ?? book.lin, clinic.id)
        let at = self.clinic.calendar.instant(day, Unit(36))
        _ = try await book.write { tx in
            try tx.run(
                """
                INSERT INTO visit (id, clinic_id, business_day, patient_id, doctor_id, visit_type, proposed_type,
                    type_reason, complaint, arrived_at, seated_at, version)
                VALUES (\(id), \(clinic), \(day), \(patient), \(doctor), 'return', 'return', 'x', '牙疼', \(at),
                    \(at.adding(minutes: 5)), 1)
                """)
        }
        return id
    }

    func enter(
        _ entries: [LineEntry], _ visit: ID<Visit>, version: Int? = nil, by work: Work? = nil
    ) async throws -> ChargeSheet {
        let work = work ?? self.work()
        return try await book.write { tx in
            try ChargeSheets.enter(entries, visit: visit, version: version, by: work, in: tx)
        }
    }

    func proceed(
        _ step: ChargeStep, _ entries: [LineEntry], _ visit: ID<Visit>, version: Int?, advice: NextVisitAdvice? = nil,
        by work: Work? = nil
    ) async throws -> ChargeSheets.Outcome {
        let work = work ?? self.work()
        return try await book.write { tx in
            try ChargeSheets.proceed(
                to: step, entries, advice: advice, visit: visit, version: version, by: work, in: tx)
        }
    }

    /// A released sheet of one visit.
    func released(
        _ entries: [LineEntry], patient: ID<Patient>? = nil, day: Day = today, at now: Timestamp = now
    ) async throws -> ChargeSheet {
        let visit = try await visit(patient, day: day)
        return try await proceed(.release, entries, visit, version: nil, by: work(at: now)).sheet
    }

    func pay(_ payment: Checkout.Payment, by work: Work? = nil) async throws -> Receipt {
        let work = work ?? self.work()
        return try await book.write { tx in try Checkout.pay(payment, by: work, in: tx) }
    }

    func payment(
        _ sheet: ChargeSheet, _ splits: PaymentSplit..., tendered: Money? = nil, expected: Money? = nil,
        key: String? = nil
    ) -> Checkout.Payment {
        Checkout.Payment(
            sheetID: sheet.id, splits: splits, tendered: tendered, expectedDue: expected,
            key: key ?? book.ids.next(Receipt.self, at: Self.now).text)
    }

    func balance(_ patient: ID<Patient>? = nil) async throws -> Money {
        let (patient, clinic) = (patient ?? book.xiaoming, clinic.id)
        return try await db.read { tx in try Ledger.balance(of: patient, clinic: clinic, in: tx) }
    }

    func int(_ sql: SQL) async throws -> Int64 { try await db.read { tx in try tx.int64(sql) ?? -1 } }

    /// "followUp.nextDay 2026-03-13 18:00" and "done"/"withdrawn" behind those that are closed.
    func tasks(of subject: TaskSubject) async throws -> [String] {
        let calendar = clinic.calendar
        return try await db.read { tx in
            try TaskStore.list(of: subject, in: tx).map {
                "\($0.rule) \(calendar.dateTimeText($0.dueAt))" + ($0.withdrawnAt == nil ? "" : " withdrawn")
            }.sorted()
        }
    }
}

/// The refusal that `body` throws.
func refusal<E: UserFacingError>(_ type: E.Type, _ body: () async throws -> some Any) async -> E? {
    do {
        _ = try await body()
        return nil
    } catch { return error as? E }
}

extension Money {
    static func fen(_ fen: Int64) -> Money { Money(fen: fen) }
}
