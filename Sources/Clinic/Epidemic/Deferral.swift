import Kernel

/// A treatment that was put off because its item is suspended, with the day the customer is called (R3.46).
package struct Deferral: Hashable, Sendable {
    package let id: ID<Deferral>
    package let clinicID: ID<ClinicSite>
    package let patientID: ID<Patient>
    package let itemID: ID<Item>
    package let teeth: [Tooth]
    /// nil: any doctor.
    package let doctorID: ID<Staff>?
    package let complaint: String
    package let note: String?
    package let followUpOn: Day
    package let deferredAt: Timestamp
    package let deferredBy: ID<Staff>
    /// The item can be done again; nil while it is suspended.
    package let reopenedAt: Timestamp?
    package let closedAt: Timestamp?
    /// Code of list `deferralOutcome`.
    package let outcome: String?
    package let version: Int

    package var isOpen: Bool { closedAt == nil }
}

/// What the desk puts off: one deferral an item.
package struct DeferTreatment: Hashable, Sendable {
    package var patientID: ID<Patient>
    package var items: [Planned]
    package var doctorID: ID<Staff>?
    package var complaint: String
    /// nil: the day the setting proposes.
    package var followUpOn: Day?
    package var note: String?

    package struct Planned: Hashable, Sendable {
        package let itemID: ID<Item>
        package let teeth: [Tooth]
        package init(_ itemID: ID<Item>, teeth: [Tooth] = []) {
            self.itemID = itemID
            self.teeth = teeth
        }
    }

    package init(
        patientID: ID<Patient>, items: [Planned], doctorID: ID<Staff>? = nil, complaint: String,
        followUpOn: Day? = nil, note: String? = nil
    ) {
        self.patientID = patientID
        self.items = items
        self.doctorID = doctorID
        self.complaint = complaint
        self.followUpOn = followUpOn
        self.note = note
    }
}

/// Which call a deferral makes due. Pure.
package enum DeferralObligations {
    package static let scope: Set<TaskRule.Fact> = [.treatmentDeferred, .itemReopened]

    /// The call on the agreed day; once the item is back, the call now instead of it.
    package static func facts(_ d: Deferral, itemName: String, calendar: ClinicCalendar) -> [TaskFact] {
        guard d.isOpen else { return [] }
        let subject = TaskSubject(.deferral, d.id)
        if let reopenedAt = d.reopenedAt {
            return [
                TaskFact(
                    .itemReopened, of: subject, occurrence: String(reopenedAt.milliseconds), anchor: reopenedAt,
                    anchorDay: calendar.businessDay(of: reopenedAt), patientID: d.patientID, holding: [.stillDeferred],
                    recorder: d.deferredBy, treatingDoctor: d.doctorID, reason: "\(itemName)可以做了")
            ]
        }
        return [
            TaskFact(
                .treatmentDeferred, of: subject, occurrence: d.followUpOn.iso,
                anchor: calendar.instant(d.followUpOn, minute: 540), anchorDay: d.followUpOn, patientID: d.patientID,
                holding: [.stillDeferred], recorder: d.deferredBy, treatingDoctor: d.doctorID, reason: "延期：\(itemName)")
        ]
    }
}
