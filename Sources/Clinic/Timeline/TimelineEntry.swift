import Kernel

/// One line of a customer's thread (R1.35).
package struct TimelineEntry: Hashable, Sendable {
    package enum Kind: String, Hashable, Sendable, CaseIterable {
        case booking, visit, payment, followUp, register, file
        package var label: String {
            switch self {
            case .booking: "预约"
            case .visit: "就诊"
            case .payment: "付款"
            case .followUp: "回访"
            case .register: "登记"
            case .file: "资料"
            }
        }
    }

    /// How it went, for mark and colour.
    package enum Mark: String, Hashable, Sendable {
        case booked, confirmed, waiting, chair, done, missed, late, neutral
    }

    /// The record behind it, for a link; its kind is the live topic's: appointment, visit, receipt, task.
    package struct Subject: Hashable, Sendable {
        package let kind: String
        package let id: Int64
    }

    package let kind: Kind
    package let mark: Mark
    package let at: Timestamp
    /// A whole sentence in Chinese.
    package let text: String
    package let details: [String]
    /// Who did it; nil when nobody in particular.
    package let who: String?
    package let subject: Subject?

    package init(
        _ kind: Kind, _ mark: Mark, at: Timestamp, _ text: String, details: [String] = [], who: String? = nil,
        subject: Subject? = nil
    ) {
        self.kind = kind
        self.mark = mark
        self.at = at
        self.text = text
        self.details = details
        self.who = who
        self.subject = subject
    }
}

/// A stretch of a customer's thread.
package struct Timeline: Hashable, Sendable {
    /// Bookings and tasks that are still to come, earliest first.
    package let coming: [TimelineEntry]
    /// Newest first.
    package let past: [TimelineEntry]
    /// The instant to ask on from; nil when this is the beginning.
    package let earlier: Timestamp?
}

/// Through whose eyes a thread is read: records of other clinics, medical content and money need their rights.
package struct TimelineViewer: Sendable {
    package let clinic: ClinicSite
    package let playbook: Playbook
    package let seesOtherClinics: Bool
    package let seesMedicalRecord: Bool
    package let seesBalances: Bool
    /// Ids of registers.
    let readsRegisters: Set<String>

    package init(_ actor: Actor, clinic: ClinicSite, playbook: Playbook) {
        self.clinic = clinic
        self.playbook = playbook
        seesOtherClinics = actor.may(.seeOtherClinics)
        seesMedicalRecord = actor.may(.seeMedicalRecord)
        seesBalances = actor.may(.seeBalances)
        readsRegisters = Set(playbook.liveRegisters.filter { RegisterRules.mayRead($0, actor) }.map(\.id))
    }

    func mayOpen(_ clinicID: ID<ClinicSite>) -> Bool { seesOtherClinics || clinicID == clinic.id }
}
