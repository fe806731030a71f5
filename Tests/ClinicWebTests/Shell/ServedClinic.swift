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

/// A clinic just set up by 林岚 on a SQLite database, and a server for it whose sessions are given: what fixtures of pages
/// furnish and people.
struct ServedClinic: Sendable {
    static let now = Timestamp(milliseconds: 1_773_278_400_000)  // 2026-03-12 09:20 in Shanghai

    let db: any Database
    let playbook: Playbook
    let ids = IDSource()
    let clinic: ClinicSite
    let administrator: Staff

    /// - Parameter isDoctor: 林岚 treats as well.
    init(rooms: Int = 1, chairs: Int = 1, isDoctor: Bool = false) async throws {
        let db = try await Backend.sqlite.makeDatabase(migrations: Schema.migrations)
        let (playbook, ids) = (try ShippedPlaybook.load(), ids)
        let made = try await db.write(in: .organisation) { tx in
            try Setup.firstRun(
                Setup.FirstRun(
                    organisationName: "示例口腔",
                    clinic: ClinicForm(code: "A", name: "示例口腔门诊", phone: "021-6888 1234", address: "示范路 1 号"),
                    treatmentRooms: rooms, communicationRooms: 0, chairs: chairs,
                    administrator: AccountForm(
                        employeeNumber: "0001", name: "林岚", loginName: "linlan", isDoctor: isDoctor),
                    passwordHash: "x", keyFingerprint: "f00d", recoveryConfirmedAt: Self.now),
                playbook: playbook, ids: ids, now: Self.now, in: tx)
        }
        (self.db, self.playbook, clinic, administrator) = (db, playbook, made.clinic, made.administrator)
    }

    /// What one person may do; the token of the session is the name.
    struct Person {
        let name: String
        let roles: Set<String>
        let capabilities: Set<Capability>
    }

    /// Somebody who holds exactly the rights of one role, named after it.
    func person(ofRole role: String) -> Person {
        Person(name: role, roles: [role], capabilities: playbook.capabilities(ofRoles: [role]))
    }

    /// A server with these people signed in, all of them the administrator's account.
    /// - Parameter features: nil: all.
    func app(
        _ people: [Person], features: [any Feature.Type]? = nil, cipher: FieldCipher? = nil,
        clock: @escaping @Sendable () -> Timestamp = { now }
    ) throws -> AppServices {
        let sessions = people.map { person in
            SignedIn(
                actor: Actor(
                    id: administrator.id, name: person.name, roles: person.roles, capabilities: person.capabilities),
                clinic: clinic, sessionKey: person.name, csrf: "csrf")
        }
        var table = RouteTable()
        for feature in features ?? [] { feature.add(to: &table) }
        let playbook = playbook
        var app = AppServices(
            db: db, clock: clock, ids: ids,
            templates: try Templates.load(
                folder: WebResources.bundled.templates, views: features?.flatMap { $0.views } ?? Features.views),
            assets: try AssetStore(folder: WebResources.bundled.publicFiles), hub: LiveHub(epoch: "e"),
            sessions: KnownSessions(people: Dictionary(uniqueKeysWithValues: sessions.map { ($0.sessionKey, $0) })),
            playbook: { _ in playbook }, routes: features == nil ? Features.routes : table,
            secret: SymmetricKey(data: Data(repeating: 1, count: 32)),
            logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() }))
        app.cipher = cipher
        return app
    }
}

/// Sessions of a fixed cast: the token is the name.
struct KnownSessions: SessionSource {
    let people: [String: SignedIn]
    func find(token: String, now: Timestamp) async throws -> SignedIn? { people[token] }
}
