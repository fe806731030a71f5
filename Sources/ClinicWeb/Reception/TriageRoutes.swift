import Clinic
import Hummingbird
import Kernel

/// 分诊: special cases of an arrival, requests of waiting customers, emergencies.
package enum TriageRoutes: Feature {
    package static var views: [any Fragment.Type] {
        [TriagePage.self, ArrivalAdviceView.self, EmergencyAlertsView.self]
    }

    package static func add(to table: inout RouteTable) {
        let desk = Access.needsAny([.triage, .checkIn, .checkInReturning])
        let hosts = Access.needsAny(VisitRequests.capabilities)
        table.get(ReceptionPaths.arrivalAdvice, .needsAny([.checkIn, .checkInReturning]), use: ArrivalHandlers.advice)
        table.get("/visits/:id/triage", .needs(.seeReception), use: TriageHandlers.page)
        table.get("/triage/cases/:case", .needs(.seeReception), use: TriageHandlers.caseOf)
        table.get("/triage/requests/:request", .needs(.seeReception), use: TriageHandlers.requestOf)
        table.get(TriagePaths.alerts, .needs(.assignSpecialCases), use: TriageHandlers.alerts)
        table.post("/visits/:id/cases", desk, use: TriageHandlers.open)
        table.post("/visits/:id/cases/:case/step", desk, use: TriageHandlers.step)
        table.post("/visits/:id/cases/:case/decision", desk, use: TriageHandlers.decide)
        table.post("/visits/:id/requests", hosts, use: TriageHandlers.ask)
        // The doctor who was asked answers without any right of the desk; the use case looks.
        table.post("/visits/:id/requests/:request", .needs(.seeReception), use: TriageHandlers.closeRequest)
        table.post("/visits/:id/emergency", .needs(.triage), use: TriageHandlers.setEmergency)
        table.post("/visits/:id/exemption", .needsAny([.triage, .closeVisit]), use: TriageHandlers.exempt)
    }
}
