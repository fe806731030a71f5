import Kernel
import Storage

/// What the doctor should know before the customer comes (R3.18, R3.38).
package struct Preparation: Hashable, Sendable {
    /// Codes of the list `medicalHistory` with their notes.
    package let alerts: [PatientAlert]
    package let wishes: [PatientWish]
    /// Asked of the doctor with this booking only.
    package let said: String?
    package static let none = Preparation(alerts: [], wishes: [])

    package init(alerts: [PatientAlert], wishes: [PatientWish], said: String? = nil) {
        self.alerts = alerts.filter(\.isSpecial)
        self.wishes = wishes
        self.said = said
    }

    package var isEmpty: Bool { alerts.isEmpty && wishes.isEmpty && said == nil }

    /// "青霉素过敏；医生性别：女（必须）；这次要求：女医生"
    package func text(_ playbook: Playbook) -> String {
        (alerts.map { AlertText.text($0.code, $0.note, playbook) } + wishes.map(\.text)
            + (said.map { ["这次要求：\($0)"] } ?? [])).joined(separator: "；")
    }

    /// Of one booking: what stands in the file, and what was said with it.
    package static func load(_ a: Appointment, in tx: any ReadTransaction) throws -> Preparation {
        Preparation(
            alerts: try PatientAlerts.list(a.patientID, in: tx), wishes: try PatientWishes.list(a.patientID, in: tx),
            said: try BookingWishStore.find(a.id, in: tx))
    }
}
