import Clinic
import Kernel

/// Addresses of triage: special cases, requests, what is marked on a visit.
package enum TriagePaths {
    package static func page(_ visit: ID<Visit>) -> String { "/visits/\(visit.text)/triage" }
    static func cases(_ visit: ID<Visit>) -> String { "/visits/\(visit.text)/cases" }
    static func step(_ visit: ID<Visit>, _ id: ID<VisitCase>) -> String { "\(cases(visit))/\(id.text)/step" }
    static func decision(_ visit: ID<Visit>, _ id: ID<VisitCase>) -> String { "\(cases(visit))/\(id.text)/decision" }
    static func requests(_ visit: ID<Visit>) -> String { "/visits/\(visit.text)/requests" }
    static func request(_ visit: ID<Visit>, _ id: ID<VisitRequest>) -> String { "\(requests(visit))/\(id.text)" }
    static func emergency(_ visit: ID<Visit>) -> String { "/visits/\(visit.text)/emergency" }
    static func exemption(_ visit: ID<Visit>) -> String { "/visits/\(visit.text)/exemption" }
    /// Leads to the page of the visit.
    package static func caseOf(_ id: ID<VisitCase>) -> String { "/triage/cases/\(id.text)" }
    package static func requestOf(_ id: ID<VisitRequest>) -> String { "/triage/requests/\(id.text)" }
    package static let alerts = "/reception/alerts"
}
