import Clinic
import Kernel

/// Emergencies that wait for a supervisor, above the work area of every page — templates/reception/_alerts.mustache
package struct EmergencyAlertsView: Fragment {
    package static let template = "reception/_alerts"
    let alerts: [Alert]
    package static let fields: [Field<Self>] = [Field("alerts", \.alerts)]

    struct Alert: Viewable {
        let text: String
        let taskHref: String
        let visitHref: String
        static let fields: [Field<Self>] = [
            Field("text", \.text), Field("taskHref", \.taskHref), Field("visitHref", \.visitHref),
        ]
    }

    package static var samples: [EmergencyAlertsView] {
        [
            EmergencyAlertsView(alerts: [
                Alert(text: "10:02 外伤 · 阿卜杜热西提·买买提江 · 摔断门牙，嘴唇出血", taskHref: "#", visitHref: "#")
            ]),
            EmergencyAlertsView(alerts: []),
        ]
    }
}

extension EmergencyAlertsView {
    init(_ open: [Emergencies.Waiting], by work: Work) {
        alerts = open.map {
            let category = work.playbook.label($0.category, in: .emergency)
            let at = work.clinic.calendar.clockText($0.arrivedAt)
            return Alert(
                text: "\(at) \(category) · \($0.patientName) · \($0.complaint)",
                taskHref: FollowUpPaths.task($0.taskID),
                visitHref: ReceptionPaths.visit($0.visitID))
        }
    }
}

extension StaffRequest {
    /// nil for whoever does not decide about emergencies.
    func emergencyAlerts() async throws -> EmergencyAlertsView? {
        guard web.app.routes.access(toPage: TriagePaths.alerts)?.allows(actor) ?? false else { return nil }
        let work = work
        return EmergencyAlertsView(try await read { tx in try Emergencies.open(by: work, in: tx) }, by: work)
    }
}
