import Kernel
import Storage
import TestSupport

@testable import Clinic

/// A clinic on a Thursday morning, with 林岚 (administrator), 周敏 (reception, sees phones) and 王若彤 (guide, sees them masked).
struct PatientFixture: Sendable {
    static let now = Timestamp(milliseconds: 1_773_278_400_000)  // 2026-03-12 09:20 in Shanghai

    let db: TestDatabase
    let playbook: Playbook
    let ids = IDSource()
    let clinic: ClinicSite
    let zhou: Actor
    let wang: Actor
    let cipher = FieldCipher(ring: KeyRing.generate())

    init(_ backend: Backend) async throws {
        db = try await backend.makeDatabase(migrations: Schema.migrations)
        let playbook = try ShippedPlaybook.load()
        let ids = ids
        let made = try await db.write(in: .organisation) { tx in
            try Setup.firstRun(
                Setup.FirstRun(
                    organisationName: "示例口腔",
                    clinic: ClinicForm(code: "A", name: "示例口腔门诊", phone: "021-6888 1234", address: "示范路 1 号"),
                    treatmentRooms: 1, communicationRooms: 0, chairs: 1,
                    administrator: AccountForm(employeeNumber: "0001", name: "林岚", loginName: "linlan"),
                    passwordHash: "x", keyFingerprint: "f00d", recoveryConfirmedAt: Self.now),
                playbook: playbook, ids: ids, now: Self.now, in: tx)
        }
        let clinic = made.clinic
        let admin = Actor(
            id: made.administrator.id, name: "林岚", roles: ["administrator"], capabilities: Set(Capability.allCases))
        let work = Work(actor: admin, clinic: clinic, now: Self.now, playbook: playbook, ids: ids)
        let staff = try await db.write(in: .organisation) { tx in
            try [("0101", "周敏", "zhoumin", "reception"), ("0102", "王若彤", "wangrt", "guide")].map {
                number, name, login, role in
                try Accounts.create(
                    AccountForm(employeeNumber: number, name: name, loginName: login),
                    grants: [RoleGrant(clinicID: clinic.id, role: role)], passwordHash: "x", mustChangePassword: false,
                    by: work, in: tx)
            }
        }
        self.playbook = playbook
        self.clinic = clinic
        zhou = Actor(
            id: staff[0].id, name: "周敏", roles: ["reception"],
            capabilities: playbook.capabilities(ofRoles: ["reception"]))
        wang = Actor(
            id: staff[1].id, name: "王若彤", roles: ["guide"], capabilities: playbook.capabilities(ofRoles: ["guide"]))
    }

    var today: Day { clinic.calendar.businessDay(of: Self.now) }

    func work(as actor: Actor? = nil, after minutes: Int = 0) -> Work {
        Work(
            actor: actor ?? zhou, clinic: clinic, now: Self.now.adding(minutes: minutes), playbook: playbook, ids: ids)
    }

    func write<T: Sendable>(_ body: @escaping @Sendable (any WriteTransaction) throws -> T) async throws -> T {
        try await db.write(in: clinic.lane, body)
    }

    @discardableResult
    func register(_ command: RegisterPatient, as actor: Actor? = nil, after minutes: Int = 0) async throws -> Patient {
        let (work, cipher) = (work(as: actor, after: minutes), cipher)
        return try await write { tx in try Registration.register(command, by: work, sealing: cipher, in: tx) }
    }

    @discardableResult
    func register(_ details: PatientDetails) async throws -> Patient {
        try await register(RegisterPatient(details: details))
    }

    func find(
        _ query: String, todays: [ID<Patient>] = [], phoneDigits: Int = 1
    ) async throws -> PatientSearchResult {
        let today = today
        return try await db.read { tx in
            try PatientSearch.search(query, todays: todays, phoneDigits: phoneDigits, today: today, in: tx)
        }
    }

    func names(_ query: String) async throws -> [String] { try await find(query).people.map(\.name) }

    func eventPayloads(_ kind: String) async throws -> [String] {
        try await db.read { tx in
            try tx.rows("SELECT payload FROM event WHERE kind = \(kind) ORDER BY seq").map { try $0.text("payload") }
        }
    }
}

extension PatientDetails {
    /// 谢春梅, 57, with toothache.
    static func fixture(
        name: String = "谢春梅", gender: String = "female", bornOn: String = "1968-07-02", age: String = "",
        phone: String = "136 0013 7715", complaint: String = "右上后牙出血"
    ) -> PatientDetails {
        PatientDetails(name: name, gender: gender, bornOn: bornOn, age: age, phone: phone, complaint: complaint)
    }
}
