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

/// A server over a real database, with 周敏 (reception, sees phones), 王若彤 (guide, sees them masked), 叶青 (masked, may
/// reveal) and 汪洁 (no right to customers).
struct PatientPagesFixture {
    static let now = Timestamp(milliseconds: 1_773_278_400_000)  // 2026-03-12 09:20 in Shanghai

    let app: AppServices
    let clinic: ClinicSite
    let playbook: Playbook
    let cipher = FieldCipher(ring: KeyRing.generate())

    init() async throws {
        let db = try await Backend.sqlite.makeDatabase(migrations: Schema.migrations)
        let playbook = try ShippedPlaybook.load()
        let ids = IDSource()
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
        clinic = made.clinic
        self.playbook = playbook
        let people: [(String, Set<Capability>)] = [
            ("zhou", playbook.capabilities(ofRoles: ["reception"])),
            ("wang", playbook.capabilities(ofRoles: ["guide"])),
            ("ye", playbook.capabilities(ofRoles: ["guide"]).union([.revealProtected])), ("jie", [.seeWorkbench]),
        ]
        let sessions = Dictionary(
            uniqueKeysWithValues: people.map { name, capabilities in
                (
                    name,
                    SignedIn(
                        actor: Actor(id: made.administrator.id, name: name, roles: [], capabilities: capabilities),
                        clinic: made.clinic, sessionKey: name, csrf: "csrf")
                )
            })
        var app = AppServices(
            db: db, clock: { Self.now }, ids: ids,
            templates: try Templates.load(folder: WebResources.bundled.templates, views: Features.views),
            assets: try AssetStore(folder: WebResources.bundled.publicFiles), hub: LiveHub(epoch: "e"),
            sessions: KnownSessions(people: sessions), playbook: { _ in playbook }, routes: Features.routes,
            secret: SymmetricKey(data: Data(repeating: 1, count: 32)),
            logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() }))
        app.cipher = cipher
        self.app = app
    }

    func use(_ body: @escaping @Sendable (Browser) async throws -> Void) async throws {
        try await Application(router: WebServer(app).router()).test(.router) { client in
            try await body(Browser(client: client))
        }
    }

    /// What a person does at a browser.
    struct Browser: Sendable {
        let client: any TestClientProtocol

        func get(_ path: String, as person: String, part: Bool = false) async throws -> (status: Int, body: String) {
            var headers: HTTPFields = [.cookie: "menya_session=\(person)"]
            if part, let name = HTTPField.Name("HX-Request") { headers[name] = "true" }
            return try await client.execute(uri: path, method: .get, headers: headers) { answer($0) }
        }

        func post(
            _ path: String, _ fields: KeyValuePairs<String, String> = [:], as person: String, part: Bool = false
        ) async throws -> (status: Int, body: String, location: String) {
            var headers: HTTPFields = [
                .cookie: "menya_session=\(person)", .contentType: "application/x-www-form-urlencoded",
            ]
            if part, let name = HTTPField.Name("HX-Request") { headers[name] = "true" }
            let body = ([("csrf", "csrf")] + fields.map { ($0.key, $0.value) })
                .map { "\(URLText.encode($0.0))=\(URLText.encode($0.1))" }.joined(separator: "&")
            return try await client.execute(
                uri: path, method: .post, headers: headers, body: ByteBuffer(string: body)
            ) { response in
                let (status, text) = answer(response)
                return (status, text, response.headers[.location] ?? "")
            }
        }

        private func answer(_ response: TestResponse) -> (Int, String) {
            (response.status.code, String(buffer: response.body))
        }
    }
}

struct KnownSessions: SessionSource {
    let people: [String: SignedIn]
    func find(token: String, now: Timestamp) async throws -> SignedIn? { people[token] }
}
