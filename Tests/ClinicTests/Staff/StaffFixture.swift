import Clinic
import Foundation
import Kernel
import Storage
import TestSupport

/// A clinic on its first morning: set up by the use case, with 林岚 as first administrator.
struct StaffFixture: Sendable {
    static let now = Timestamp(milliseconds: 1_773_278_400_000)  // 2026-03-12 09:20 in Shanghai
    static let password = "春风又绿江南岸1084"
    static let pin = "2580"
    static let policy = SecurityPolicy()

    let db: TestDatabase
    let playbook: Playbook
    let ids: IDSource
    let clinic: ClinicSite
    let head: Staff

    init(_ backend: Backend) async throws {
        db = try await backend.makeDatabase(migrations: Schema.migrations)
        let playbook = try Self.shippedPlaybook()
        let ids = IDSource()
        let run = try Self.firstRun()
        let made = try await db.write(in: .organisation) { tx in
            try Setup.firstRun(run, playbook: playbook, ids: ids, now: Self.now, in: tx)
        }
        self.playbook = playbook
        self.ids = ids
        clinic = made.clinic
        head = made.administrator
    }

    static func shippedPlaybook() throws -> Playbook {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        return try Playbook.load(from: root.appendingPathComponent("Playbook"))
    }

    static func firstRun() throws -> Setup.FirstRun {
        Setup.FirstRun(
            organisationName: "示例口腔",
            clinic: ClinicForm(code: "a", name: "示例口腔门诊", phone: "021-6888 1234", address: "示范路 1 号"),
            treatmentRooms: 3, communicationRooms: 1, chairs: 4,
            administrator: AccountForm(employeeNumber: "0001", name: "林岚", loginName: "LinLan"),
            passwordHash: try hash(password), keyFingerprint: "f00d", recoveryConfirmedAt: now)
    }

    /// With the lowest cost: what is tested is the rule, not the price of a guess.
    static func hash(_ secret: String) throws -> String {
        try PasswordHash.make(secret, salt: [UInt8](repeating: 7, count: PasswordHash.saltBytes), cost: .cheap)
    }

    func work(at now: Timestamp = now, as actor: Actor? = nil) -> Work {
        let account = Account(
            staff: head, phone: nil, mustChangePassword: false, hasPassword: true, hasPin: false, failedSignIns: 0,
            failedPins: 0, lockedUntil: nil,
            grants: Setup.firstRoles.map { RoleGrant(clinicID: nil, role: $0) })
        return Work(
            actor: actor ?? Actor(account, in: clinic.id, playbook: playbook), clinic: clinic, now: now,
            playbook: playbook, ids: ids)
    }

    func write<T: Sendable>(_ body: @escaping @Sendable (any WriteTransaction) throws -> T) async throws -> T {
        try await db.write(in: .organisation, body)
    }

    /// 王若彤, guide of this clinic, with password and PIN.
    func hireGuide(roles: [String] = ["guide"], login: String = "wangrt", number: String = "0102") async throws -> Staff
    {
        let work = work()
        let hash = try Self.hash(Self.password)
        let pin = try Self.hash(Self.pin)
        let clinic = clinic.id
        return try await write { tx in
            let staff = try Accounts.create(
                AccountForm(employeeNumber: number, name: "王若彤", phone: "138 0013 8000", loginName: login),
                grants: roles.map { RoleGrant(clinicID: clinic, role: $0) }, passwordHash: hash,
                mustChangePassword: false, by: work, in: tx)
            try OwnSecrets.install(pinHash: pin, for: staff.id, by: work, in: tx)
            return staff
        }
    }

    static func newSession(_ seed: UInt8 = 1) -> NewSession {
        NewSession(
            token: SessionToken(bytes: [UInt8](repeating: seed, count: 32)), csrf: "csrf\(seed)", device: "前台一号机")
    }

    /// As the sign-in page does it.
    func signIn(
        _ name: String, _ password: String, seed: UInt8 = 1, at now: Timestamp = now
    ) async throws -> SignIn.Outcome {
        let candidate = try await db.read { tx in try SignIn.candidate(named: name, in: tx) }
        let matches = try await HashingQueue.matches(password, stored: candidate.storedHash)
        return try await write { tx in
            try SignIn.finish(
                candidate, matches: matches, opening: Self.newSession(seed), clinic: nil, policy: Self.policy, now: now,
                in: tx)
        }
    }

    func signInWithPin(
        _ id: ID<Staff>, _ pin: String, seed: UInt8 = 9, at now: Timestamp = now
    ) async throws -> SignIn.Outcome {
        let candidate = try await db.read { tx in try SignIn.pinCandidate(id, in: tx) }
        let matches = try await HashingQueue.matches(pin, stored: candidate.storedHash)
        return try await write { tx in
            try SignIn.finishPin(
                candidate, matches: matches, opening: Self.newSession(seed), clinic: nil, policy: Self.policy, now: now,
                in: tx)
        }
    }

    func resolve(_ seed: UInt8 = 1, at now: Timestamp = now) async throws -> Sessions.SignedIn? {
        try await db.read { tx in try Sessions.resolve(Self.newSession(seed).token, now: now, in: tx) }
    }

    func eventKinds(_ kind: String) async throws -> Int {
        let count = try await db.read { tx in try tx.int64("SELECT COUNT(*) AS n FROM event WHERE kind = \(kind)") }
        return Int(count ?? 0)
    }
}

extension SignIn.Outcome {
    var isOpened: Bool {
        if case .opened = self { return true }
        return false
    }
    var refusal: SignInRefusal? {
        if case .refused(let refusal) = self { return refusal }
        return nil
    }
}
