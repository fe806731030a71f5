import Clinic
import ClinicWeb
import Crypto
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Kernel
import Logging
import NIOCore
import Storage
import TestSupport

/// The whole server over a real database with real sessions, and a clock that tests move.
struct HouseFixture: Sendable {
    static let morning = Timestamp(milliseconds: 1_773_278_400_000)  // 2026-03-12 09:20 in Shanghai
    static let password = "春风又绿江南岸1084"

    let app: AppServices
    let time: Guarded<Timestamp>
    let ring: KeyRing
    let playbooks: PlaybookCache

    /// - Parameter isSetUp: with the clinic and 林岚 (linlan), its first administrator.
    init(_ backend: Backend = .sqlite, isSetUp: Bool = true) async throws {
        let db = try await backend.makeDatabase(migrations: Schema.migrations)
        let (ring, time) = (KeyRing.generate(), Guarded(Self.morning))
        let playbooks = PlaybookCache(shipped: try ShippedPlaybook.load())
        var app = AppServices(
            db: db, clock: { time.withLock { $0 } }, ids: IDSource(),
            templates: try Templates.load(folder: WebResources.bundled.templates, views: Features.views),
            assets: try AssetStore(folder: WebResources.bundled.publicFiles), hub: LiveHub(epoch: "e"),
            sessions: DatabaseSessions(db: db, playbooks: playbooks), playbook: { playbooks.playbook($0) },
            routes: Features.routes, secret: ring.signingKey,
            logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() }))
        app.cipher = FieldCipher(ring: ring)
        app.setupCode = "a1b2c3d4e5"
        (self.app, self.time, self.ring, self.playbooks) = (app, time, ring, playbooks)
        guard isSetUp else { return }
        let run = Setup.FirstRun(
            organisationName: "示例口腔",
            clinic: ClinicForm(code: "A", name: "示例口腔门诊", phone: "021-6888 1234", address: "示范路 1 号"),
            treatmentRooms: 2, communicationRooms: 1, chairs: 2,
            administrator: AccountForm(employeeNumber: "0001", name: "林岚", loginName: "linlan"),
            passwordHash: try Self.hash(Self.password), keyFingerprint: ring.fingerprint,
            recoveryConfirmedAt: Self.morning)
        let (shipped, ids) = (playbooks.shipped, app.ids)
        _ = try await db.write(in: .organisation) { tx in
            try Setup.firstRun(run, playbook: shipped, ids: ids, now: Self.morning, in: tx)
        }
        try await db.read { tx in try playbooks.refresh(in: tx) }
    }

    static func hash(_ secret: String) throws -> String {
        try PasswordHash.make(secret, salt: [UInt8](repeating: 7, count: PasswordHash.saltBytes), cost: .cheap)
    }

    /// An account of this clinic with the password of all, and a PIN.
    @discardableResult
    func hire(
        _ name: String, login: String, number: String, roles: [String], pin: String? = "2580"
    ) async throws -> Staff {
        let (hash, playbook, ids, now) = (try Self.hash(Self.password), playbooks.shipped, app.ids, app.clock())
        let pinHash = try pin.map(Self.hash)
        return try await app.db.write(in: .organisation) { tx in
            let clinic = try PlaceStore.clinics(in: tx)[0]
            let work = Work(actor: .system, clinic: clinic, now: now, playbook: playbook, ids: ids)
            let staff = try Accounts.create(
                AccountForm(employeeNumber: number, name: name, loginName: login),
                grants: roles.map { RoleGrant(clinicID: clinic.id, role: $0) }, passwordHash: hash,
                mustChangePassword: false, by: work, in: tx)
            if let pinHash { try OwnSecrets.install(pinHash: pinHash, for: staff.id, by: work, in: tx) }
            return staff
        }
    }

    func pass(minutes: Int) { time.withLock { $0 = $0.adding(minutes: minutes) } }

    func use(_ body: @escaping @Sendable (any TestClientProtocol) async throws -> Void) async throws {
        try await Application(router: WebServer(app).router()).test(.router) { client in try await body(client) }
    }
}

/// What a browser does: keeps cookies, sends the token of the last form.
actor WebBrowser {
    struct Answer: Sendable {
        let status: Int
        let body: String
        let location: String?
    }
    private let client: any TestClientProtocol
    private var cookies: [String: String] = [:]
    private var csrf = ""

    init(_ client: any TestClientProtocol) { self.client = client }

    func get(_ path: String) async throws -> Answer { try await send(.get, path, nil) }

    func post(_ path: String, _ fields: KeyValuePairs<String, String> = [:], csrf: String? = nil) async throws -> Answer
    {
        let pairs = [("csrf", csrf ?? self.csrf)] + fields.map { ($0.key, $0.value) }
        let body = pairs.map { "\(URLText.encode($0.0))=\(URLText.encode($0.1))" }.joined(separator: "&")
        return try await send(.post, path, body)
    }

    func cookie(_ name: String) -> String? { cookies[name] }
    func forgetCookies() { cookies = [:] }

    /// Opens the page first, as a person does, so that the form has its token.
    func signIn(_ name: String, _ password: String) async throws -> Answer {
        _ = try await get("/sign-in?with=password")
        return try await post("/sign-in", ["name": name, "password": password, "next": "/"])
    }

    private func send(_ method: HTTPRequest.Method, _ path: String, _ body: String?) async throws -> Answer {
        var headers: HTTPFields = [:]
        if !cookies.isEmpty {
            headers[.cookie] = cookies.map { "\($0.key)=\($0.value)" }.sorted().joined(separator: "; ")
        }
        if body != nil { headers[.contentType] = "application/x-www-form-urlencoded" }
        let response = try await client.execute(
            uri: path, method: method, headers: headers, body: body.map { ByteBuffer(string: $0) })
        for line in response.headers[values: .setCookie] { keep(line) }
        let text = String(buffer: response.body)
        if let token = text.firstMatch(of: /name="csrf" value="([^"]*)"/) { csrf = String(token.1) }
        return Answer(status: response.status.code, body: text, location: response.headers[.location])
    }

    private func keep(_ line: String) {
        guard let pair = line.split(separator: ";").first, let separator = pair.firstIndex(of: "=") else { return }
        let (name, value) = (String(pair[..<separator]), String(pair[pair.index(after: separator)...]))
        if value.isEmpty || line.contains("Max-Age=0") { cookies[name] = nil } else { cookies[name] = value }
    }
}
