import Kernel
import Storage

/// What the doctor should know before the customer comes (R3.18, R3.38).
package struct Preparation: Hashable, Sendable {
    /// Codes of the list `medicalHistory` with their notes.
    package let alerts: [PatientAlert]
    package let wishes: [PatientWish]
    package static let none = Preparation(alerts: [], wishes: [])

    package init(alerts: [PatientAlert], wishes: [PatientWish]) {
        self.alerts = alerts.filter(\.isSpecial)
        self.wishes = wishes
    }

    package var isEmpty: Bool { alerts.isEmpty && wishes.isEmpty }

    /// "青霉素过敏；医生性别：女（必须）"
    package func text(_ playbook: Playbook) -> String {
        (alerts.map { AlertText.text($0.code, $0.note, playbook) } + wishes.map(\.text)).joined(separator: "；")
    }

    package static func load(_ patient: ID<Patient>, in tx: any ReadTransaction) throws -> Preparation {
        Preparation(
            alerts: try PatientAlerts.list(patient, in: tx), wishes: try PatientWishes.list(patient, in: tx))
    }
}
