import Clinic
import ClinicWeb
import Crypto
import Foundation
import Hummingbird
import HummingbirdTesting
import Kernel
import Logging
import Storage
import TestSupport

/// A server with two doctors on a roster and three customers, on Thursday 2026-03-12 at 09:20. Signed in: 周敏 (reception),
/// 林岚 (director) and 汪洁 (no right to the book).
struct BookPagesFixture: Sendable {
    static let now = Timestamp(milliseconds: 1_773_278_400_000)
    static let today = Day(number: 20_524)
    static let tomorrow = today.adding(days: 1)

    let app: AppServices
    let clinic: ClinicSite
    let doctors: [Staff]
    let patients: [ID<Patient>]
    let items: [ID<Item>]
    let work: Work

    init() async throws {
        let db = try await Backend.sqlite.makeDatabase(migrations: Schema.migrations)
        let playbook = try ShippedPlaybook.load()
        let ids = IDSource()
        let made = try await db.write(in: .organisation) { tx in
            try Setup.firstRun(
                Setup.FirstRun(
                    organisationName: "示例口腔",
                    clinic: ClinicForm(code: "A", name: "示例口腔门诊", phone: "021-6888 1234", address: "示范路 1 号"),
                    treatmentRooms: 2, communicationRooms: 0, chairs: 2,
                    administrator: AccountForm(employeeNumber: "0001", name: "林岚", loginName: "linlan"),
                    passwordHash: "x", keyFingerprint: "f00d", recoveryConfirmedAt: Self.now),
                playbook: playbook, ids: ids, now: Self.now, in: tx)
        }
        let site = made.clinic
        clinic = site
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
        let sessions = Dictionary(
            uniqueKeysWithValues: people.map { name, capabilities in
                (
                    name,
                    SignedIn(
                        actor: Actor(id: made.administrator.id, name: name, roles: [], capabilities: capabilities),
                        clinic: site, sessionKey: name, csrf: "csrf")
                )
            })
        work = Work(
            actor: Actor(
                id: made.administrator.id, name: "林岚", roles: [], capabilities: Set(Capability.allCases)),
            clinic: site, now: Self.now, playbook: playbook, ids: ids)
        var table = RouteTable()
        for feature in [ShellRoutes.self, BoardRoutes.self, AppointmentRoutes.self] as [any Feature.Type] { feature.add(to: &table) }
        app = AppServices(
            db: db, clock: { Self.now }, ids: ids,
            templates: try Templates.load(
                folder: WebResources.bundled.templates, views: ShellRoutes.views + BoardRoutes.views + AppointmentRoutes.views),
            assets: try AssetStore(folder: WebResources.bundled.publicFiles), hub: LiveHub(epoch: "e"),
            sessions: KnownSessions(people: sessions), playbook: { _ in playbook }, routes: table,
            secret: SymmetricKey(data: Data(repeating: 1, count: 32)),
            logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() }))
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
