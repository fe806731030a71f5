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

/// Sessions of a fixed cast: the token is the name.
struct FakeSessions: SessionSource {
    let people: [String: SignedIn]
    func find(token: String, now: Timestamp) async throws -> SignedIn? { people[token] }
}

/// A web server over an empty database, with a few routes of its own.
struct ShellFixture {
    static let site = ClinicSite(
        id: ID(raw: 1), code: "A", name: "示例口腔门诊", phone: "020-00000000", address: "示例市江南路 66 号",
        calendar: ClinicCalendar(timeZone: .gmt), opens: Unit(32), closes: Unit(72))

    static func person(_ name: String, _ capabilities: Set<Capability>, isLocked: Bool = false) -> SignedIn {
        SignedIn(
            actor: Actor(id: ID(raw: 5), name: name, roles: [], capabilities: capabilities), clinic: site,
            sessionKey: name, csrf: "csrf-of-\(name)", isLocked: isLocked, roleText: "导诊")
    }

    static func app(
        routes: RouteTable? = nil, options: WebOptions = WebOptions(), hub: LiveHub = LiveHub(epoch: "e"),
        now: Timestamp = Timestamp(milliseconds: 1_773_282_245_000)
    ) async throws -> AppServices {
        let playbook = try ShippedPlaybook.load()
        return AppServices(
            db: try await Backend.sqlite.makeDatabase(), clock: { now }, ids: IDSource(),
            templates: try Templates.load(folder: WebResources.bundled.templates, views: Features.views),
            assets: try AssetStore(folder: WebResources.bundled.publicFiles), hub: hub,
            sessions: FakeSessions(people: [
                "guide": person("guide", [.seeReception]), "locked": person("locked", [.seeReception], isLocked: true),
                "admin": person("admin", [.seeReception, .manageSystem]),
            ]),
            playbook: { _ in playbook }, routes: routes ?? table,
            secret: SymmetricKey(data: Data(repeating: 1, count: 32)),
            options: options, logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() }))
    }

    static var table: RouteTable {
        // The shell alone: the areas of features are stood in for.
        var table = RouteTable()
        for feature in [ShellRoutes.self, LiveRoutes.self, GalleryRoutes.self] as [any Feature.Type] {
            feature.add(to: &table)
        }
        table.get(Area.reception.path, .needs(.seeReception)) { request in
            request.text("reception of \(request.actor.name)")
        }
        table.get("/money", .needs(.collectPayment)) { request in request.text("money") }
        table.get("/unlock", .whileLocked) { request in request.text("pin") }
        table.post("/echo", .signedIn) { request in request.text("got \(request.form["name"])") }
        table.post("/done", .signedIn) { request in request.redirect("/flash", flash: "已预约 <王小明>", undo: "/undo") }
        table.get("/flash", .signedIn) { request in
            try request.page(SampleFramePage(shell: try await request.shell(title: "看消息")))
        }
        table.get("/fail/:kind", .signedIn) { request in try fail(request.parameters.get("kind") ?? "", request) }
        table.openPost("/knock", limit: RateLimit(burst: 2, perMinute: 6)) { request in request.text("knocked") }
        table.openGet("/door") { request in try request.page(SampleFramePage(shell: request.bareShell(title: "门"))) }
        return table
    }

    private static func fail(_ kind: String, _ request: StaffRequest) throws -> Response {
        switch kind {
        case "invalid": throw FormErrors("phone", "电话号码少一位，应为 11 位")
        case "missing": throw NotFound("预约")
        case "conflict": throw ChangedMeanwhile("预约", change: "周敏 10:24 改了时间")
        case "forbidden": try request.require(.collectPayment)
        case "storage": throw StorageError.conflict(detail: "UNIQUE constraint failed: secret_table.secret_column")
        case "unknown": throw StorageError.outcomeUnknown
        case "lost": throw OutcomeUnknown(commandID: "06h3k2m9qx7vd")
        case "down": throw StorageError.unavailable(detail: "no connection")
        case "query": try request.allowQuery("day")
        default: throw RowError(column: "secret_column", problem: "王小明")
        }
        return request.text("no failure")
    }
}

/// A header by name.
func header(_ name: String) -> HTTPField.Name {
    guard let field = HTTPField.Name(name) else { preconditionFailure("\(name) is not a header name") }
    return field
}
