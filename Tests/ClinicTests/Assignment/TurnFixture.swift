import Clinic
import Kernel
import Storage
import TestSupport

/// A clinic with as many doctors and chairs as a test wants, all on the same roster, on Thursday 2026-03-12 at 09:20.
struct TurnFixture: Sendable {
    static let now = BookFixture.now
    static let today = BookFixture.today
    static let tomorrow = BookFixture.tomorrow
    /// 08:30–12:00 and 13:30–18:00.
    static let spans = [WorkSpan(Unit(34), Unit(48)), WorkSpan(Unit(54), Unit(72))]

    let db: TestDatabase
    let playbook: Playbook
    let ids = IDSource()
    let clinic: ClinicSite
    let head: Staff
    let doctors: [ID<Staff>]
    let patients: [ID<Patient>]

    init(_ backend: Backend, doctors count: Int, patients patientCount: Int) async throws {
        db = try await backend.makeDatabase(migrations: Schema.migrations)
        let playbook = try ShippedPlaybook.load()
        self.playbook = playbook
        let ids = ids
        let then = Self.now.adding(days: -90)
        let made = try await db.write(in: .organisation) { tx in
            try Setup.firstRun(
                try StaffFixture.firstRun(), playbook: playbook, ids: ids, now: then, in: tx)
        }
        clinic = made.clinic
        head = made.administrator
        let site = made.clinic
        let boss = Work(actor: .system, clinic: site, now: then, playbook: playbook, ids: ids)
        doctors = try await db.write(in: .organisation) { tx in
            try (0..<count).map { index in
                try Accounts.create(
                    AccountForm(
                        employeeNumber: "02\(10 + index)", name: "医生\(index + 1)",
                        gender: index % 2 == 0 ? .male : .female,
                        loginName: "doctor\(index)", isDoctor: true),
                    grants: [RoleGrant(clinicID: site.id, role: "doctor")], passwordHash: nil,
                    mustChangePassword: false, by: boss, in: tx
                ).id
            }
        }
        let people = (0..<patientCount).map { _ in ids.next(Patient.self, at: Self.now) }
        patients = people
        let doctorIDs = doctors
        try await db.write(in: site.lane) { tx in
            for (index, id) in people.enumerated() {
                try BookFixture.insertPatient(id, "客人\(index)", number: index, clinic: site.id, in: tx)
            }
            let week = Dictionary(uniqueKeysWithValues: (1...7).map { ($0, Self.spans) })
            for doctor in doctorIDs {
                try RosterKeeping.setWeek(of: doctor, from: Self.today.adding(days: -90), week: week, by: boss, in: tx)
            }
        }
    }

    func work(at now: Timestamp = now, without missing: Set<Capability> = []) -> Work {
        Work(
            actor: Actor(
                id: head.id, name: head.name, roles: [], capabilities: Set(Capability.allCases).subtracting(missing)),
            clinic: clinic, now: now, playbook: playbook, ids: ids)
    }

    func request(
        _ patient: ID<Patient>, _ start: Int, units: Int = 2, day: Day = tomorrow, wish: ID<Staff>? = nil
    ) -> PlaceAssigned {
        PlaceAssigned(
            AssignmentRequest(
                patientID: patient, complaint: "检查", units: units, time: AskedTime(day: day, start: Unit(start)),
                wish: DoctorWish(doctorID: wish)), channel: "phone")
    }

    func place(_ command: PlaceAssigned, by work: Work? = nil) async throws -> Appointment {
        let work = work ?? self.work()
        return try await db.write(in: clinic.lane) { tx in try Assigning.place(command, by: work, in: tx) }
    }

    func write<T: Sendable>(_ body: @escaping @Sendable (any WriteTransaction) throws -> T) async throws -> T {
        try await db.write(in: clinic.lane, body)
    }

    func read<T: Sendable>(_ body: @escaping @Sendable (any ReadTransaction) throws -> T) async throws -> T {
        try await db.read(body)
    }

    /// Turns had, in the order of the doctors.
    func turns() async throws -> [Int] {
        let clinic = clinic.id
        let balances = try await read { tx in try RotationStore.balances(clinic: clinic, in: tx) }
        return doctors.map { doctor in balances.first { $0.doctorID == doctor }?.taken ?? 0 }
    }

    func ledger() async throws -> [RotationTurn] {
        let clinic = clinic.id
        return try await read { tx in try RotationStore.listTurns(clinic: clinic, limit: 1_000, in: tx) }
    }

    /// The row of a past visit, with `doctor` in the room.
    func treated(_ patient: ID<Patient>, by doctor: ID<Staff>, day: Day = today.adding(days: -30)) async throws {
        let (id, clinic) = (ids.next(Visit.self, at: Self.now), clinic)
        let at = clinic.calendar.instant(day, Unit(36))
        _ = try await write { tx in
            try tx.run(
                """
                INSERT INTO visit (id, clinic_id, business_day, patient_id, doctor_id, visit_type, proposed_type,
                    type_reason, complaint, arrived_at, seated_at, version)
                VALUES (\(id), \(clinic.id), \(day), \(patient), \(doctor), 'return', 'return', 'x', 'x', \(at),
                    \(at.adding(minutes: 5)), 1)
                """)
        }
    }
}
