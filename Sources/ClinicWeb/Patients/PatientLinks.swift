import Clinic
import Kernel

/// Links to pages of other features: only to those that exist and that the person may open.
struct PatientLinks: Sendable {
    private let routes: RouteTable
    private let actor: Actor

    init(_ request: StaffRequest) {
        routes = request.web.app.routes
        actor = request.actor
    }

    func book(_ patient: ID<Patient>) -> String? { open("/appointments/new", PatientPaths.book(patient)) }
    func checkIn(_ patient: ID<Patient>) -> String? {
        open(ReceptionPaths.newArrival, ReceptionPaths.arrival(patient: patient))
    }
    /// Less frequent steps: 候补, 投诉.
    func more(_ patient: ID<Patient>) -> [LinkView] {
        [
            open(WaitlistPaths.new, WaitlistPaths.new(patient: patient)).map { LinkView($0, "记候补") },
            open(ComplaintPaths.new, ComplaintPaths.new(patient: patient)).map { LinkView($0, "记投诉") },
        ].compactMap(\.self)
    }
    /// Lists about files: forms to check, paper charts and copies, audits, channels.
    func lists() -> [LinkView] {
        [
            open(IntakePaths.list, IntakePaths.list).map { LinkView($0, "初诊表待查核") },
            open(ChartPaths.list, ChartPaths.list).map { LinkView($0, "病历与复印") },
            open(FileAuditRoutes.path, FileAuditRoutes.path).map { LinkView($0, "资料抽查") },
            open(ReportPaths.channels, ReportPaths.channels).map { LinkView($0, "来源统计") },
        ].compactMap(\.self)
    }
    func papers(_ patient: ID<Patient>) -> LinkView? {
        open("/patients/:id/papers", ChartPaths.papers(patient)).map { LinkView($0, "病历与复印") }
    }
    func merge(_ patient: ID<Patient>) -> LinkView? {
        open("/patients/:id/merge", PatientPaths.action(patient, "merge")).map { LinkView($0, "合并档案") }
    }
    func leadIn(_ visit: ID<Visit>) -> String? {
        open("/visits/:id/lead-in", ReceptionPaths.action(visit, "lead-in"))
    }
    func charges(_ visit: ID<Visit>) -> String? { open("/visits/:id/charges", BillingPaths.charges(visit)) }
    func departure(_ visit: ID<Visit>) -> String? {
        open("/visits/:id/departure", ReceptionPaths.action(visit, "departure"))
    }
    func arrears(_ patient: ID<Patient>) -> String? { open("/patients/:id/arrears", BillingPaths.arrears(patient)) }

    /// The page of the record behind an entry of the thread.
    func subject(_ subject: TimelineEntry.Subject) -> String? {
        let id = subject.id
        switch subject.kind {
        case "appointment": return open("/appointments/:id", AppointmentPaths.appointment(ID(raw: id)))
        case "visit": return open("/visits/:id", ReceptionPaths.visit(ID(raw: id)))
        case "registerEntry": return open("/register-entries/:id", RegisterPaths.entry(ID(raw: id)))
        case "receipt": return open("/receipts/:id", BillingPaths.receipt(ID(raw: id)))
        default: return nil
        }
    }

    private func open(_ pattern: String, _ href: String) -> String? {
        routes.access(toPage: pattern)?.allows(actor) == true ? href : nil
    }
}
