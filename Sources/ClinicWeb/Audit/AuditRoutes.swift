import Clinic
import Hummingbird
import Kernel
import Storage

/// Searching the log of what was done and of who looked (R16.11). Each search is itself a look.
package enum AuditRoutes: Feature {
    package static var views: [any Fragment.Type] { [AuditPage.self] }

    package static func add(to table: inout RouteTable) {
        table.get(AuditPaths.log, .needs(.seeAudit), use: show)
    }

    static func show(_ request: StaffRequest) async throws -> Response {
        try request.allowQuery("log", "from", "to", "actor", "group", "patient", "after")
        let typed = request.web.query
        let shell = try await request.shell(title: "设置", note: "操作记录", area: .settings)
        let tabs = SettingsTab.all(for: request, current: .audit)
        do {
            let found = try await search(AuditForm(typed, today: request.today), request)
            note(found.patient, request)
            return try request.page(AuditPage(typed, found, tabs: tabs, shell: shell, request: request))
        } catch let faults as FormErrors {
            let everybody = try await request.read { tx in try people(request, in: tx) }
            let page = AuditPage(
                typed, Found(people: everybody), faults: faults, tabs: tabs, shell: shell, request: request)
            return try request.page(page, status: .unprocessableContent)
        }
    }

    /// What one search brought, with the names it needs.
    struct Found: Sendable {
        var people: [Staff] = []
        var patient: ID<Patient>?
        var page = EventSearch.Page(records: [], next: nil)
        var names: [ID<Staff>: String] = [:]
        var patients: [ID<Patient>: String] = [:]
    }

    private static func search(_ form: AuditForm, _ request: StaffRequest) async throws -> Found {
        let (calendar, lanes) = (request.clinic.calendar, lanes(of: request))
        return try await request.read { tx in
            var found = Found(people: try people(request, in: tx))
            found.patient = try form.patient(in: tx)
            let query = try form.query(patient: found.patient, lanes: lanes, calendar: calendar)
            found.page = try EventSearch.search(query, in: tx)
            let records = found.page.records
            let subjects = records.filter { ["staff", "roster"].contains($0.subjectKind) }.map {
                ID<Staff>(raw: $0.subjectID)
            }
            found.names = try StaffStore.names(Set(records.map(\.actor) + subjects), in: tx)
            let patients = Array(Set(records.compactMap(\.patientID)))
            for patient in try PatientStore.list(patients, in: tx) { found.patients[patient.id] = patient.name }
            return found
        }
    }

    /// Who reads the log of one clinic reads nothing of others, nor of the organisation's accounts and settings (R16.15).
    private static func lanes(of request: StaffRequest) -> [Lane]? {
        request.actor.organisationWide.contains(.seeAudit) ? nil : [request.clinic.lane]
    }

    private static func people(_ request: StaffRequest, in tx: any ReadTransaction) throws -> [Staff] {
        let accounts = try AccountStore.list(in: tx)
        if lanes(of: request) == nil { return accounts.map(\.staff) }
        return accounts.filter { !$0.roles(in: request.clinic.id).isEmpty }.map(\.staff)
    }

    private static func note(_ patient: ID<Patient>?, _ request: StaffRequest) {
        request.web.app.accesses.note(
            "log.searched", of: request.clinic.id, kindOfSubject: "audit", patient: patient, by: request.actor,
            clinic: request.clinic.id, at: request.now)
    }
}

package enum AuditPaths {
    package static let log = "/audit"
    /// The log of one customer.
    package static func patient(recordNumber: String) -> String { URLText.address(log, ["patient": recordNumber]) }
}

/// The search as typed.
struct AuditForm: Sendable {
    let log: EventSearch.Log
    let from: Day?
    let to: Day?
    let actor: ID<Staff>?
    let group: EventGroup?
    let recordNumber: String?
    let after: EventSearch.Position?

    /// The last seven days when nothing is said.
    init(_ typed: Form, today: Day) {
        log = EventSearch.Log(rawValue: typed["log"]) ?? .changes
        from = typed.has("from") ? Day(typed["from"]) : today.adding(days: -6)
        to = typed.has("to") ? Day(typed["to"]) : today
        actor = ID<Staff>(typed["actor"])
        group = EventGroup(rawValue: typed["group"])
        recordNumber = typed["patient"].halfWidth.trimmed.split(separator: " ").first.map(String.init)
        after = EventSearch.Position(typed["after"])
    }

    func patient(in tx: any ReadTransaction) throws -> ID<Patient>? {
        guard let recordNumber else { return nil }
        guard let id = try PatientStore.findID(recordNumber: recordNumber, in: tx) else {
            throw FormErrors("patient", "没有病历号为 \(recordNumber) 的客人，请核对")
        }
        return id
    }

    /// - Throws: `FormErrors` with HTML names from, to.
    func query(
        patient: ID<Patient>?, lanes: [Lane]?, calendar: ClinicCalendar
    ) throws(FormErrors) -> EventSearch.Query {
        guard let from else { throw FormErrors("from", "请填开始的日期") }
        guard let to else { throw FormErrors("to", "请填结束的日期") }
        guard from <= to else { throw FormErrors("to", "结束的日期不能早于开始的日期") }
        guard patient != nil || to.number - from.number < EventSearch.mostDays else {
            throw FormErrors("from", "一次最多查 \(EventSearch.mostDays) 天；查更长的时间请填病历号")
        }
        let start = calendar.dayStartsAtMinutes
        return EventSearch.Query(
            log: log, from: calendar.instant(from, minute: start),
            until: calendar.instant(to.adding(days: 1), minute: start), actor: actor, patient: patient,
            subjectKinds: group?.subjectKinds ?? [], lanes: lanes, after: after)
    }
}
