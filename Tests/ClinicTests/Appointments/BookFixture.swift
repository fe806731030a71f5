import Clinic
import Kernel
import Storage
import TestSupport

/// A clinic with two doctors, a guide, three customers and a roster, on Thursday 2026-03-12 at 09:20 in Shanghai.
struct BookFixture: Sendable {
    static let now = Timestamp(milliseconds: 1_773_278_400_000)
    static let today = Day(number: 20_524)  // 2026-03-12
    static let tomorrow = today.adding(days: 1)

    let db: TestDatabase
    let playbook: Playbook
    let ids = IDSource()
    let clinic: ClinicSite
    let head: Staff
    /// 林书远, 陈思敏
    let doctors: [Staff]
    let chairs: [Chair]
    /// 王小明, 谢春梅, 冯国栋
    let patients: [ID<Patient>]
    /// 洁治, 2 units; 根管, 4 units
    let items: [ID<Item>]

    var lin: ID<Staff> { doctors[0].id }
    var chen: ID<Staff> { doctors[1].id }
    var xiaoming: ID<Patient> { patients[0] }
    var chunmei: ID<Patient> { patients[1] }

    init(_ backend: Backend) async throws {
        db = try await backend.makeDatabase(migrations: Schema.migrations)
        let playbook = try ShippedPlaybook.load()
        self.playbook = playbook
        let ids = ids
        let made = try await db.write(in: .organisation) { tx in
            try Setup.firstRun(
                try StaffFixture.firstRun(), playbook: playbook, ids: ids, now: Self.now.adding(days: -90), in: tx)
        }
        clinic = made.clinic
        head = made.administrator
        let site = made.clinic
        let boss = Work(
            actor: .system, clinic: site, now: Self.now.adding(days: -90), playbook: playbook, ids: ids)
        doctors = try await db.write(in: .organisation) { tx in
            try [("0201", "林书远", "linsy"), ("0202", "陈思敏", "chensm")].map { number, name, login in
                try Accounts.create(
                    AccountForm(employeeNumber: number, name: name, loginName: login, isDoctor: true),
                    grants: [RoleGrant(clinicID: site.id, role: "doctor")], passwordHash: nil,
                    mustChangePassword: false,
                    by: boss, in: tx)
            }
        }
        chairs = try await db.read { tx in try PlaceStore.chairs(clinic: site.id, in: tx) }
        let people = ["王小明", "谢春梅", "冯国栋"]
        let patientIDs = people.map { _ in ids.next(Patient.self, at: Self.now) }
        patients = patientIDs
        let itemIDs = (0..<2).map { _ in ids.next(Item.self, at: Self.now) }
        items = itemIDs
        let doctorIDs = doctors.map(\.id)
        try await db.write(in: site.lane) { tx in
            for (index, id) in patientIDs.enumerated() {
                try Self.insertPatient(id, people[index], number: index, clinic: site.id, in: tx)
            }
            try Self.insertItem(itemIDs[0], "洁治", units: 2, in: tx)
            try Self.insertItem(itemIDs[1], "根管", units: 4, in: tx)
            let week = Dictionary(
                uniqueKeysWithValues: (1...6).map {
                    ($0, [WorkSpan(Unit(34), Unit(48)), WorkSpan(Unit(54), Unit(72))])
                })
            for doctor in doctorIDs {
                try RosterKeeping.setWeek(of: doctor, from: Self.today.adding(days: -90), week: week, by: boss, in: tx)
            }
        }
    }

    static func insertPatient(
        _ id: ID<Patient>, _ name: String, number: Int, clinic: ID<ClinicSite>, in tx: any WriteTransaction
    ) throws {
        try tx.run(
            """
            INSERT INTO patient (id, home_clinic_id, record_no, name, pinyin, gender, born_on, phone, complaint,
                registered_at, registered_by, version)
            VALUES (\(id), \(clinic), \("A\(100_000 + number)"), \(name), 'x', 'male', '1980-05-06',
                \("138001380\(10 + number)"), '检查', \(now), 1, 1)
            """)
    }

    static func insertItem(_ id: ID<Item>, _ name: String, units: Int, in tx: any WriteTransaction) throws {
        try tx.run(
            """
            INSERT INTO item (id, code, name, category, units, size, urgency, is_pneumatic, is_operation, has_reaction,
                calls_same_day, is_per_tooth, is_xray, is_impression, needs_dispensing, is_retail, warranty_months,
                sort_rank)
            VALUES (\(id), \("t\(id.raw)"), \(name), 'treatment', \(units), 'small', 'normal', 0, 0, 0, 0, 0, 0, 0, 0, 0,
                0, 1)
            """)
    }

    func work(at now: Timestamp = now, without missing: Set<Capability> = []) -> Work {
        Work(
            actor: Actor(
                id: head.id, name: head.name, roles: [], capabilities: Set(Capability.allCases).subtracting(missing)),
            clinic: clinic, now: now, playbook: playbook, ids: ids)
    }

    func command(
        _ start: String, units: Int? = 3, day: Day = tomorrow, doctor: ID<Staff>? = nil, patient: ID<Patient>? = nil,
        chair: ID<Chair>? = nil
    ) -> PlaceAppointment {
        PlaceAppointment(
            patientID: patient ?? xiaoming, day: day, start: Unit(clock: start) ?? Unit(0), units: units,
            doctorID: doctor ?? lin, chairID: chair, complaint: "右下后牙疼", channel: "phone")
    }

    func place(_ command: PlaceAppointment, by work: Work? = nil) async throws -> Appointment {
        let work = work ?? self.work()
        return try await db.write(in: clinic.lane) { tx in try Booking.place(command, by: work, in: tx) }
    }

    func write<T: Sendable>(_ body: @escaping @Sendable (any WriteTransaction) throws -> T) async throws -> T {
        try await db.write(in: clinic.lane, body)
    }

    func move(
        _ a: Appointment, to start: String? = nil, day: Day? = nil, doctor: ID<Staff>? = nil, chair: ID<Chair>? = nil,
        units: Int? = nil, by work: Work? = nil
    ) async throws -> Appointment {
        let work = work ?? self.work()
        let command = MoveAppointment(
            id: a.id, version: a.version,
            to: Slot(
                day: day ?? a.day, start: start.flatMap { Unit(clock: $0) } ?? a.start, units: units ?? a.units,
                doctorID: doctor ?? a.doctorID, chairID: chair ?? a.chairID), reason: "customerTime")
        return try await write { tx in try Booking.move(command, by: work, in: tx) }
    }

    /// "doctor 36 1": kind, unit and holder of every unit of a day.
    func units(_ day: Day = tomorrow) async throws -> [String] {
        try await db.read { tx in
            try tx.rows(
                "SELECT kind, resource_id, unit, holder_id FROM resource_unit WHERE day = \(day) ORDER BY kind, resource_id, unit"
            ).map {
                "\(try $0.text("kind")) \(try $0.int64("resource_id")) \(try $0.int("unit")) \(try $0.int64("holder_id"))"
            }
        }
    }

    func openTasks() async throws -> [String] {
        try await db.read { tx in
            try tx.rows(
                "SELECT rule, due_day FROM task WHERE done_at IS NULL AND withdrawn_at IS NULL ORDER BY due_day, rule"
            ).map { "\(try $0.text("rule")) \(try $0.text("due_day"))" }
        }
    }

    /// A visit of a past day, with `doctor` in the room.
    func insertVisit(
        of patient: ID<Patient>, doctor: ID<Staff>, appointment: ID<Appointment>? = nil, day: Day, seated: Bool = true
    ) async throws {
        let (id, clinic) = (ids.next(Appointment.self, at: Self.now).raw, clinic.id)
        let at = self.clinic.calendar.instant(day, Unit(36))
        _ = try await write { tx in
            try tx.run(
                """
                INSERT INTO visit (id, clinic_id, business_day, patient_id, appointment_id, doctor_id, visit_type,
                    proposed_type, type_reason, complaint, arrived_at, seated_at, version)
                VALUES (\(id), \(clinic), \(day), \(patient), \(appointment), \(doctor), 'return', 'return', 'x', 'x',
                    \(at), \(seated ? at.adding(minutes: 5) : nil), 1)
                """)
        }
    }
}

/// The booking refusal that `body` throws.
func bookingError(_ body: () async throws -> some Any) async -> BookingError? {
    do {
        _ = try await body()
        return nil
    } catch { return error as? BookingError }
}
