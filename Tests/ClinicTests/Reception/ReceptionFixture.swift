import Clinic
import Kernel
import Storage
import TestSupport

/// The clinic of `BookFixture` on its morning, with short words for what the desk does.
struct ReceptionFixture: Sendable {
    let book: BookFixture
    /// 09:20 on 2026-03-12.
    static let now = BookFixture.now

    init(_ backend: Backend) async throws { book = try await BookFixture(backend) }

    var chairs: [ID<Chair>] { book.chairs.map(\.id) }

    /// The desk `minutes` after 09:20. `person`: another author than the head.
    /// - Parameter demanding: rules that this clinic made mandatory.
    func work(
        _ minutes: Int = 0, seconds: Int = 0, person: Int64? = nil, only: Set<Capability>? = nil,
        demanding: [RuleID] = []
    ) -> Work {
        let now = Self.now.adding(seconds: minutes * 60 + seconds)
        let actor = Actor(
            id: person.map { ID(raw: $0) } ?? book.head.id, name: "王若彤", roles: ["guide"],
            capabilities: only ?? Set(Capability.allCases))
        let levels = demanding.map {
            PlaybookOverride(
                kind: .level, key: $0.rawValue, value: "\"require:overrideRules\"", shippedValue: "\"remind\"")
        }
        let playbook = book.playbook.resolved(organisation: [], clinic: levels)
        return Work(actor: actor, clinic: book.clinic, now: now, playbook: playbook, ids: book.ids)
    }

    func write<T: Sendable>(_ body: @escaping @Sendable (any WriteTransaction) throws -> T) async throws -> T {
        try await book.write(body)
    }

    func checkIn(
        _ patient: ID<Patient>, appointment: ID<Appointment>? = nil, doctor: ID<Staff>? = nil, told: Int? = nil,
        emergency: String? = nil, at minutes: Int = 0
    ) async throws -> Arrivals.Registered {
        let work = work(minutes)
        let arrival = Arrivals.Arrival(
            patientID: patient, appointmentID: appointment, doctorID: doctor ?? book.lin, complaint: "牙疼",
            emergency: emergency, toldWaitMinutes: told)
        return try await write { tx in try Arrivals.checkIn(arrival, by: work, in: tx) }
    }

    func leadIn(
        _ visit: ID<Visit>, chair: Int = 0, at minutes: Int, leftAt: Timestamp? = nil, spoken: Bool = true
    ) async throws {
        let work = work(minutes)
        let command = ChairUse.LeadIn(
            visitID: visit, chairID: chairs[chair], alertsSpoken: spoken, previousLeftAt: leftAt)
        _ = try await write { tx in try ChairUse.leadIn(command, by: work, in: tx) }
    }

    func visit(_ id: ID<Visit>) async throws -> Visit {
        let clinic = book.clinic.id
        return try await book.db.read { tx in try VisitStore.get(id, clinic: clinic, in: tx) }
    }

    func facts(_ id: ID<Visit>) async throws -> [VisitFact] {
        try await book.db.read { tx in try VisitFactStore.list(id, in: tx) }
    }

    func ticket(_ id: ID<Visit>) async throws -> QueueTicket? {
        try await book.db.read { tx in try QueueStore.findOpen(id, in: tx) }
    }

    func board(_ minutes: Int = 0) async throws -> ReceptionBoard {
        let work = work(minutes)
        return try await book.db.read { tx in try ReceptionBoard.load(by: work, in: tx) }
    }

    /// Rules of the waits that are due `minutes` after 09:20.
    func dueTasks(_ visit: ID<Visit>, at minutes: Int) async throws -> [String] {
        let now = Self.now.adding(minutes: minutes)
        return try await book.db.read { tx in
            try TaskStore.list(of: TaskSubject(.visit, visit), in: tx)
                .filter { $0.isOpen && $0.urgency(at: now) != .later && $0.rule.hasPrefix("wait.") }.map(\.rule)
                .sorted()
        }
    }

    /// A special condition of a customer, as the registration records it.
    func addAlert(_ patient: ID<Patient>) async throws {
        let work = work()
        _ = try await write { tx in
            try PatientAlerts.record(code: "hypertension", note: "160/100", of: patient, by: work, in: tx)
        }
    }

    /// One treatment without tooth on an earlier day, as a released charge sheet leaves it.
    func addTreatment(of patient: ID<Patient>, on day: Day) async throws {
        try await book.insertVisit(of: patient, doctor: book.lin, day: day)
        let (clinic, lin, item, sheet) = (
            book.clinic.id, book.lin, book.items[0], book.ids.next(ChargeSheet.self, at: Self.now)
        )
        try await write { tx in
            let visit =
                try tx.int64("SELECT id FROM visit WHERE patient_id = \(patient) AND business_day = \(day)") ?? 0
            try tx.run(
                """
                INSERT INTO charge_sheet (id, clinic_id, business_day, visit_id, patient_id, doctor_id, entered_by,
                    entered_at, version)
                VALUES (\(sheet), \(clinic), \(day), \(visit), \(patient), \(lin), \(lin), 1, 1)
                """)
            try tx.run(
                """
                INSERT INTO charge_line (id, sheet_id, position, item_id, item_name, category, teeth, quantity,
                    list_price_fen, price_fen, amount_fen, doctor_id)
                VALUES (\(sheet), \(sheet), 1, \(item), '洁治', 'treatment', '', 1, 100, 100, 100, \(lin))
                """)
            try tx.run(
                """
                INSERT INTO tooth_treatment (id, clinic_id, patient_id, visit_id, charge_line_id, tooth, item_id, doctor_id,
                    business_day)
                VALUES (\(sheet), \(clinic), \(patient), \(visit), \(sheet), 0, \(item), \(lin), \(day))
                """)
        }
    }

    func morePatients(_ count: Int, from number: Int = 30) async throws -> [ID<Patient>] {
        let ids = (0..<count).map { _ in book.ids.next(Patient.self, at: Self.now) }
        let clinic = book.clinic.id
        try await write { tx in
            for (index, id) in ids.enumerated() {
                try BookFixture.insertPatient(id, "客人\(index)", number: number + index, clinic: clinic, in: tx)
            }
        }
        return ids
    }
}

/// The refusal that `body` throws, if it is one of reception.
func refusal(_ body: () async throws -> Void) async -> ReceptionError? {
    do {
        try await body()
        return nil
    } catch { return error as? ReceptionError }
}
