import Clinic
import ClinicWeb
import Hummingbird
import HummingbirdTesting
import Kernel
import Storage
import TestSupport

/// A server with two doctors on a roster and three customers, on Thursday 2026-03-12 at 09:20. Signed in: 周敏 (reception),
/// 林岚 (director) and 汪洁 (no right to the book).
struct BookPagesFixture: Sendable {
    static let now = ServedClinic.now
    static let today = Day(number: 20_524)
    static let tomorrow = today.adding(days: 1)

    let served: ServedClinic
    let app: AppServices
    let clinic: ClinicSite
    let doctors: [Staff]
    let patients: [ID<Patient>]
    let items: [ID<Item>]
    let work: Work

    init() async throws {
        let served = try await ServedClinic(rooms: 2, chairs: 2)
        let (db, playbook, ids, site) = (served.db, served.playbook, served.ids, served.clinic)
        (self.served, clinic) = (served, site)
        let boss = Work(
            actor: .system, clinic: site, now: Self.now.adding(days: -30), playbook: playbook, ids: ids)
        doctors = try await db.write(in: .organisation) { tx in
            try [("0201", "林书远", "linsy"), ("0202", "陈思敏", "chensm")].map { number, name, login in
                try Accounts.create(
                    AccountForm(employeeNumber: number, name: name, loginName: login, isDoctor: true),
                    grants: [RoleGrant(clinicID: site.id, role: "doctor")], passwordHash: nil,
                    mustChangePassword: false,
                    by: boss, in: tx)
            }
        }
        let patientIDs = (0..<3).map { _ in ids.next(Patient.self, at: Self.now) }
        let itemIDs = [ids.next(Item.self, at: Self.now)]
        patients = patientIDs
        items = itemIDs
        let doctorIDs = doctors.map(\.id)
        try await db.write(in: site.lane) { tx in
            for (index, name) in ["王小明", "谢春梅", "冯<国>栋"].enumerated() {
                try Self.insertPatient(patientIDs[index], name, number: index, clinic: site.id, in: tx)
            }
            try tx.run(
                """
                INSERT INTO item (id, code, name, category, units, size, urgency, is_pneumatic, is_operation, has_reaction,
                    calls_same_day, is_per_tooth, is_xray, is_impression, needs_dispensing, is_retail, warranty_months,
                    sort_rank)
                VALUES (\(itemIDs[0]), 'clean', '洁治', 'scaling', 3, 'small', 'normal', 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1)
                """)
            let day = [WorkSpan(Unit(34), Unit(48)), WorkSpan(Unit(54), Unit(72))]
            for doctor in doctorIDs {
                try RosterKeeping.setWeek(
                    of: doctor, from: Self.today.adding(days: -30),
                    week: Dictionary(uniqueKeysWithValues: (1...6).map { ($0, day) }), by: boss, in: tx)
            }
        }
        let people: [(String, Set<Capability>)] = [
            ("zhou", playbook.capabilities(ofRoles: ["reception"])), ("lin", Set(Capability.allCases)),
            ("jie", [.seeWorkbench]),
        ]
        work = Work(
            actor: Actor(
                id: served.administrator.id, name: "林岚", roles: [], capabilities: Set(Capability.allCases)),
            clinic: site, now: Self.now, playbook: playbook, ids: ids)
        app = try served.app(
            people.map { ServedClinic.Person(name: $0.0, roles: [], capabilities: $0.1) },
            features: [
                ShellRoutes.self, BoardRoutes.self, AppointmentRoutes.self, RosterRoutes.self, WaitlistRoutes.self,
            ])
    }

    static func insertPatient(
        _ id: ID<Patient>, _ name: String, number: Int, clinic: ID<ClinicSite>, in tx: any WriteTransaction
    ) throws {
        try tx.run(
            """
            INSERT INTO patient (id, home_clinic_id, record_no, name, pinyin, gender, born_on, phone, complaint,
                registered_at, registered_by, version)
            VALUES (\(id), \(clinic), \("A\(100_000 + number)"), \(name), 'x', 'male', '1980-05-06',
                \("138001380\(10 + number % 90)"), '检查', \(now), 1, 1)
            """)
        try tx.run("INSERT INTO patient_term (term, patient_id) VALUES (\(name), \(id))")
    }

    func place(
        _ start: String, patient: Int = 0, doctor: Int = 0, day: Day = tomorrow, units: Int = 3
    ) async throws -> Appointment {
        let command = PlaceAppointment(
            patientID: patients[patient], day: day, start: Unit(clock: start) ?? Unit(0), units: units,
            doctorID: doctors[doctor].id, complaint: "右下后牙疼", channel: "phone")
        let work = work
        return try await app.db.write(in: clinic.lane) { tx in try Booking.place(command, by: work, in: tx) }
    }

    func stored(_ id: ID<Appointment>) async throws -> Appointment {
        let clinic = clinic.id
        return try await app.db.read { tx in try AppointmentStore.get(id, clinic: clinic, in: tx) }
    }

    func use(_ body: @escaping @Sendable (PatientPagesFixture.Browser) async throws -> Void) async throws {
        try await Application(router: WebServer(app).router()).test(.router) { client in
            try await body(PatientPagesFixture.Browser(client: client))
        }
    }
}
