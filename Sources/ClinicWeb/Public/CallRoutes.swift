import Clinic
import Hummingbird
import Kernel
import Storage

/// 请给我回电: the customer's form, and the list at the desk.
package enum CallRoutes: Feature {
    package static var views: [any Fragment.Type] { [CallAskPage.self, CallListPage.self] }

    package static func add(to table: inout RouteTable) {
        table.publicGet(PublicPaths.call, limit: .publicPage, use: show)
        table.publicPost(PublicPaths.call, limit: .publicPost, use: ask)
        table.publicGet(PublicPaths.called, limit: .publicPage, use: asked)
        table.get(CallPaths.list, .needs(.bookAppointments), use: list)
        table.post("/call-requests/:id/outcome", .needs(.bookAppointments), use: settle)
    }

    static func show(_ web: WebRequest) async throws -> Response {
        let clinic = try await clinic(web.query["clinic"], web)
        return try web.page(page(clinic, web, command: PublicToken.random().text))
    }

    /// A second tap sends the same number and is the same request.
    static func ask(_ web: WebRequest) async throws -> Response {
        let clinic = try await clinic(web.form["clinic"], web)
        let work = web.visitorWork(clinic)
        let entry = CallEntry(
            name: web.form["name"], phone: web.form["phone"], wish: web.form["wish"], note: web.form["note"],
            agrees: web.form["agrees"] == "1", trap: web.form["website"])
        let command = String(web.form["command"].prefix(64))
        let (address, language) = (web.addressHash, web.language)
        let hash = Signature.sign("call:\(web.csrf):\(command)", web.app.secret)
        do {
            _ = try await web.app.db.write(in: work.lane) { tx in
                try CallRequests.ask(
                    entry, addressHash: address, commandHash: hash, language: language, by: work, in: tx)
            }
        } catch let faults as OnlineFaults {
            return try web.page(
                page(clinic, web, entry: entry, faults: faults.faults, command: command), status: .unprocessableContent)
        }
        web.app.hub.publish(work.lane, [.tasks])
        return web.redirect(PublicAddress(PublicPaths.called).text(language))
    }

    /// Tells nothing about anybody.
    static func asked(_ web: WebRequest) async throws -> Response {
        let (language, name) = (web.language, web.app.options.siteName)
        return try web.page(
            PublicNoticePage(
                .calledTitle, .calledText, language: language, clinicName: name, phone: web.app.options.sitePhone,
                shell: web.publicShell(title: PhraseBook.text(.calledTitle, language), clinicName: name),
                here: PublicAddress(PublicPaths.called)))
    }

    // MARK: The desk

    static func list(_ request: StaffRequest) async throws -> Response {
        try request.allowQuery()
        let work = request.work
        let open = try await request.read { tx in try CallRequests.listOpen(by: work, in: tx) }
        return try request.page(
            CallListPage(
                shell: try await request.shell(title: "预约", note: "\(open.count) 位客人请回电", area: .board),
                rows: open.map { CallRowView($0, for: request) }))
    }

    static func settle(_ request: StaffRequest) async throws -> Response {
        let id = try request.id("id", CallRequest.self, what: "回电请求")
        guard let outcome = CallRequest.Outcome(rawValue: request.form["outcome"]) else { throw NotFound("结果") }
        let work = request.work
        try await request.write(changing: .tasks) { tx in
            _ = try CallRequests.settle(id, outcome, by: work, in: tx)
        }
        return request.redirect(CallPaths.list, flash: "已记下：\(outcome.label)")
    }

    // MARK: Parts

    private static func clinic(_ text: String, _ web: WebRequest) async throws -> ClinicSite {
        let clinics = try await web.app.db.read { tx in try PlaceStore.clinics(in: tx) }
        let asked = ID<ClinicSite>(text)
        guard let clinic = clinics.first(where: { $0.id == asked }) ?? (clinics.count == 1 ? clinics.first : nil)
        else { throw LinkIsGone() }
        guard OnlineBooking.isOpen(web.visitorWork(clinic).playbook) else { throw OnlineRefusal.closed }
        return clinic
    }

    private static func page(
        _ clinic: ClinicSite, _ web: WebRequest, entry: CallEntry = CallEntry(name: "", phone: "", agrees: false),
        faults: [String: OnlineFault] = [:], command: String
    ) -> CallAskPage {
        CallAskPage(
            clinic, web.language, entry: entry, faults: faults, command: command,
            shell: web.publicShell(title: PhraseBook.text(.callTitle, web.language), clinicName: clinic.name))
    }
}

package enum CallPaths {
    package static let list = "/call-requests"
    static func outcome(_ id: ID<CallRequest>) -> String { "/call-requests/\(id.text)/outcome" }
}
