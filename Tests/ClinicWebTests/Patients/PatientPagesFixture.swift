import Clinic
import ClinicWeb
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Kernel
import NIOCore
import Storage
import TestSupport

/// A server over a real database, with 周敏 (reception, sees phones), 王若彤 (guide, sees them masked), 叶青 (masked, may
/// reveal), 顾问 (guide, may judge who is important) and 汪洁 (no right to customers).
struct PatientPagesFixture {
    static let now = ServedClinic.now

    let app: AppServices
    let clinic: ClinicSite
    let playbook: Playbook
    let cipher = FieldCipher(ring: KeyRing.generate())

    init() async throws {
        let served = try await ServedClinic()
        (clinic, playbook) = (served.clinic, served.playbook)
        let (reception, guide) = (
            playbook.capabilities(ofRoles: ["reception"]), playbook.capabilities(ofRoles: ["guide"])
        )
        let people: [(String, Set<Capability>)] = [
            ("zhou", reception), ("gu", guide.union([.assignAnyDoctor])), ("wang", guide),
            ("ye", guide.union([.revealProtected])), ("jie", [.seeWorkbench]),
        ]
        app = try served.app(
            people.map { ServedClinic.Person(name: $0.0, roles: [], capabilities: $0.1) }, cipher: cipher)
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
            try await post(path, pairs: fields.map { ($0.key, $0.value) }, as: person, part: part)
        }

        func post(
            _ path: String, pairs fields: [(String, String)], as person: String, part: Bool = false
        ) async throws -> (status: Int, body: String, location: String) {
            var headers: HTTPFields = [
                .cookie: "menya_session=\(person)", .contentType: "application/x-www-form-urlencoded",
            ]
            if part, let name = HTTPField.Name("HX-Request") { headers[name] = "true" }
            let body = ([("csrf", "csrf")] + fields)
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
