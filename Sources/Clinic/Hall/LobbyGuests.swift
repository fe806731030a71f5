import Kernel
import Storage

/// Somebody whom the lobby led to the desk (R4.23).
package struct LobbyGuest: Hashable, Sendable {
    package let id: ID<LobbyGuest>
    /// nil: nobody knows the person yet.
    package let patientID: ID<Patient>?
    package let label: String
    package let sentAt: Timestamp
    package let sentBy: ID<Staff>
    package let metAt: Timestamp?
}

/// The lobby checks in who was here before and leads everybody else to the desk (R4.23).
package enum LobbyGuests {
    /// Checks a returning customer in at the door.
    ///
    /// - Throws: `HallError.firstVisit`, and what `Arrivals.checkIn` throws.
    package static func checkIn(
        _ patient: ID<Patient>, appointment: ID<Appointment>?, complaint: String?, by work: Work,
        in tx: any WriteTransaction
    ) throws -> Arrivals.Registered {
        guard try LobbyStore.returning([patient], in: tx).contains(patient) else {
            throw HallError.firstVisit(name: try PatientStore.get(patient, in: tx).name)
        }
        return try Arrivals.checkIn(
            Arrivals.Arrival(patientID: patient, appointmentID: appointment, complaint: complaint?.nonBlank), by: work,
            in: tx)
    }

    /// Leads somebody to the desk; the desk sees it at once.
    ///
    /// - Parameter label: how to recognise a person without a file: "穿红外套的女士"; a customer's name is taken from the file.
    /// - Throws: `HallError.alreadySent`, `FormErrors` with HTML name `label`, `NotAllowed`.
    @discardableResult
    package static func send(
        _ patient: ID<Patient>?, label: String, by work: Work, in tx: any WriteTransaction
    ) throws -> LobbyGuest {
        try work.actor.require(.keepRegisters)
        let name = try patient.map { try PatientStore.requireLiving($0, in: tx).name }
        guard let label = (name ?? label).nonBlank, label.count <= 40 else {
            throw FormErrors("label", "请写怎么认出这位客人，最多 40 个字")
        }
        let open = try LobbyStore.listOpen(clinic: work.clinic.id, day: work.today, in: tx)
        if let patient, open.contains(where: { $0.patientID == patient }) {
            throw HallError.alreadySent(name: label)
        }
        let guest = LobbyGuest(
            id: work.newID(), patientID: patient, label: label, sentAt: work.now, sentBy: work.actor.id, metAt: nil)
        try LobbyStore.insert(guest, by: work, in: tx)
        try Audit.append(Event("lobby.sent", of: guest.id, patient: patient, ["label": .text(label)]), by: work, in: tx)
        return guest
    }

    /// The desk has taken over.
    package static func meet(_ id: ID<LobbyGuest>, by work: Work, in tx: any WriteTransaction) throws {
        try work.actor.require(.checkIn)
        guard try LobbyStore.setMet(id, by: work, in: tx) else { throw NotFound("门厅请来的客人") }
        try Audit.append(Event("lobby.met", of: id), by: work, in: tx)
    }

    /// Whom the desk has not met yet and who is not registered today, first come first.
    package static func listOpen(by work: Work, in tx: any ReadTransaction) throws -> [LobbyGuest] {
        try LobbyStore.listOpen(clinic: work.clinic.id, day: work.today, in: tx)
    }

    /// Which of these customers were treated here before.
    package static func returning(
        _ patients: [ID<Patient>], in tx: any ReadTransaction
    ) throws -> Set<ID<Patient>> {
        try LobbyStore.returning(patients, in: tx)
    }
}

/// Reminders to keep the hall quiet when it is full (R4.28).
package enum LobbyReminders {
    package struct Reminder: Hashable, Sendable {
        /// Customers who waited.
        package let waiting: Int
        package let at: Timestamp
        package let by: ID<Staff>
    }

    package static func record(by work: Work, in tx: any WriteTransaction) throws {
        try work.actor.require(.keepRegisters)
        let waiting = try LobbyStore.countWaiting(clinic: work.clinic.id, day: work.today, in: tx)
        let id = work.newID(Reminder.self)
        try LobbyStore.insertReminder(id, waiting: waiting, by: work, in: tx)
        try Audit.append(Event("lobby.reminded", of: id, ["waiting": JSONValue(waiting)]), by: work, in: tx)
    }

    /// Last first.
    package static func list(by work: Work, in tx: any ReadTransaction) throws -> [Reminder] {
        try LobbyStore.listReminders(clinic: work.clinic.id, day: work.today, in: tx)
    }
}
