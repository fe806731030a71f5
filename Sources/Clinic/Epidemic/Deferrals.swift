import Kernel
import Storage

/// Puts treatments off and works the list off (R3.46).
package enum Deferrals {
    /// One deferral an item, with the call on its day. An item the customer already waits for only gets the new day.
    /// - Throws: `FormErrors`, `NotFound`, `NotAllowed`.
    package static func register(
        _ command: DeferTreatment, by work: Work, in tx: any WriteTransaction
    ) throws -> [Deferral] {
        try work.actor.require(.bookAppointments)
        let day = command.followUpOn ?? EpidemicRules.followUpDay(today: work.today, playbook: work.playbook)
        guard day > work.today else { throw FormErrors("followUpOn", "回访日期要在今天以后") }
        guard let complaint = command.complaint.nonBlank else { throw FormErrors("complaint", "请填写主诉，一句话即可") }
        _ = try PatientStore.get(command.patientID, in: tx)
        let names = try names(of: command.items.map(\.itemID), in: tx)
        guard !command.items.isEmpty, names.count == Set(command.items.map(\.itemID)).count else {
            throw FormErrors("item", "请选择要延期的项目")
        }
        let known = try DeferralStore.listOpen(
            of: command.patientID, items: command.items.map(\.itemID), clinic: work.clinic.id, in: tx)
        var stored: [Deferral] = []
        for planned in command.items where !stored.contains(where: { $0.itemID == planned.itemID }) {
            let id: ID<Deferral>
            if let waiting = known.first(where: { $0.itemID == planned.itemID }) {
                id = waiting.id
                try DeferralStore.setFollowUp(id, day: day, note: command.note?.nonBlank ?? waiting.note, in: tx)
            } else {
                id = work.newID()
                try DeferralStore.insert(
                    Deferral(
                        id: id, clinicID: work.clinic.id, patientID: command.patientID, itemID: planned.itemID,
                        teeth: planned.teeth, doctorID: command.doctorID, complaint: complaint,
                        note: command.note?.nonBlank, followUpOn: day, deferredAt: work.now,
                        deferredBy: work.actor.id, reopenedAt: nil, closedAt: nil, outcome: nil, version: 1), in: tx)
            }
            let deferral = try DeferralStore.get(id, clinic: work.clinic.id, in: tx)
            try reconcile(deferral, itemName: names[deferral.itemID] ?? "", cause: "回访日期已改", by: work, in: tx)
            try Audit.append(
                Event(
                    "deferral.registered", of: id, patient: command.patientID,
                    ["item": JSONValue(planned.itemID), "followUpOn": JSONValue(day)]), by: work, in: tx)
            stored.append(deferral)
        }
        return stored
    }

    /// Ends a deferral without a booking.
    /// - Throws: `NotFound`, `NotAllowed`, `ChangedMeanwhile`.
    package static func giveUp(
        _ id: ID<Deferral>, note: String?, by work: Work, in tx: any WriteTransaction
    ) throws -> Deferral {
        try work.actor.require(.bookAppointments)
        let deferral = try DeferralStore.get(id, clinic: work.clinic.id, in: tx)
        guard deferral.isOpen else { throw ChangedMeanwhile("延期记录") }
        try close([deferral], outcome: "gaveUp", appointment: nil, note: note, by: work, in: tx)
        return deferral
    }

    /// A booking settles what the customer was waiting for.
    package static func settle(
        patient: ID<Patient>, items: [ID<Item>], appointment: ID<Appointment>, by work: Work,
        in tx: any WriteTransaction
    ) throws {
        guard !items.isEmpty else { return }
        let open = try DeferralStore.listOpen(of: patient, items: items, clinic: work.clinic.id, in: tx)
        guard !open.isEmpty else { return }
        try close(open, outcome: "rebooked", appointment: appointment, note: nil, by: work, in: tx)
    }

    /// The mode ended, or began again: whoever waits for an item that can be done now is to be called.
    /// - Returns: how many customers are to be called.
    package static func refresh(by work: Work, in tx: any WriteTransaction) throws -> Int {
        let open = try DeferralStore.listOpen(clinic: work.clinic.id, limit: 5_000, in: tx)
        let items = try ItemStore.list(ids: Array(Set(open.map(\.itemID))), in: tx)
        let suspended = Set(try EpidemicItems.suspended(items, on: work.today, by: work, in: tx).map(\.id))
        let ids = items.map(\.id)
        _ = try mark(items: ids.filter(suspended.contains), isPossible: false, by: work, in: tx)
        return try mark(items: ids.filter { !suspended.contains($0) }, isPossible: true, by: work, in: tx)
    }

    static func mark(
        items: [ID<Item>], isPossible: Bool, by work: Work, in tx: any WriteTransaction
    ) throws -> Int {
        guard !items.isEmpty else { return 0 }
        let changed = try DeferralStore.listOpen(items: items, clinic: work.clinic.id, in: tx)
            .filter { ($0.reopenedAt != nil) != isPossible }
        guard !changed.isEmpty else { return 0 }
        try DeferralStore.setReopened(changed.map(\.id), at: isPossible ? work.now : nil, in: tx)
        let names = try names(of: changed.map(\.itemID), in: tx)
        for deferral in changed {
            let stored = try DeferralStore.get(deferral.id, clinic: work.clinic.id, in: tx)
            try reconcile(
                stored, itemName: names[stored.itemID] ?? "", cause: isPossible ? "项目已恢复" : "项目又暂停", by: work,
                in: tx)
        }
        return isPossible ? Set(changed.map(\.patientID)).count : 0
    }

    private static func close(
        _ deferrals: [Deferral], outcome: String, appointment: ID<Appointment>?, note: String?, by work: Work,
        in tx: any WriteTransaction
    ) throws {
        try DeferralStore.close(deferrals.map(\.id), outcome: outcome, appointment: appointment, by: work, in: tx)
        for deferral in deferrals {
            try Tasks.reconcile(
                [], of: TaskSubject(.deferral, deferral.id), scope: DeferralObligations.scope,
                cause: outcome == "rebooked" ? "已约时间" : "客人不做了", by: work, in: tx)
            try Audit.append(
                Event(
                    "deferral.closed", of: deferral.id, patient: deferral.patientID,
                    [
                        "outcome": .text(outcome), "appointment": JSONValue(appointment),
                        "note": JSONValue(note?.nonBlank),
                    ]), by: work, in: tx)
        }
    }

    private static func reconcile(
        _ deferral: Deferral, itemName: String, cause: String, by work: Work, in tx: any WriteTransaction
    ) throws {
        try Tasks.reconcile(
            DeferralObligations.facts(deferral, itemName: itemName, calendar: work.clinic.calendar),
            of: TaskSubject(.deferral, deferral.id), scope: DeferralObligations.scope, cause: cause, by: work, in: tx)
    }

    private static func names(of ids: [ID<Item>], in tx: any ReadTransaction) throws -> [ID<Item>: String] {
        Dictionary(
            try ItemStore.list(ids: Array(Set(ids)), in: tx).map { ($0.id, $0.name) },
            uniquingKeysWith: { first, _ in first })
    }
}
