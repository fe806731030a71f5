import Kernel
import Storage

/// Customers in chairs. The open movement of a customer locks the chair (R4.11, R4.12).
package enum ChairUse {
    package struct LeadIn: Hashable, Sendable {
        package var visitID: ID<Visit>
        package var chairID: ID<Chair>
        /// The customer's special conditions were told aloud to doctor or nurse (R1.07).
        package var alertsSpoken: Bool
        /// Repairs a forgotten exit: when the chair's last customer left.
        package var previousLeftAt: Timestamp?
        /// nil: the visit's doctor.
        package var doctorID: ID<Staff>?
        /// Why the conditions were not spoken; only for those the level of R1.07 names.
        package var overrideReason: String?
        /// Who takes the customer over in the room (R4.18); nil: nobody was named.
        package var nurseID: ID<Staff>?
        /// Why it is not the arranged chair: code of list `chairChange` (R4.46).
        package var chairReason: String?
        package var chairNote: String?

        package init(
            visitID: ID<Visit>, chairID: ID<Chair>, alertsSpoken: Bool = false, previousLeftAt: Timestamp? = nil,
            doctorID: ID<Staff>? = nil, overrideReason: String? = nil, nurseID: ID<Staff>? = nil,
            chairReason: String? = nil, chairNote: String? = nil
        ) {
            self.visitID = visitID
            self.chairID = chairID
            self.alertsSpoken = alertsSpoken
            self.previousLeftAt = previousLeftAt
            self.doctorID = doctorID
            self.overrideReason = overrideReason
            self.nurseID = nurseID
            self.chairReason = chairReason
            self.chairNote = chairNote
        }
    }

    /// Who sits where now.
    package struct Seated: Hashable, Sendable {
        package let movementID: ID<Movement>
        package let visit: Visit
        package let doctorID: ID<Staff>
        package let chair: Chair
        /// The arranged chair, when it was another one.
        package let assigned: Chair?
    }

    /// One action, many facts: exit of the last person if forgotten, alerts spoken, in-time, chair, ticket (design idea 11).
    ///
    /// - Throws: `ReceptionError.chairTaken` naming who still sits there; `.alertsNotSpoken`; `.otherChair`.
    @discardableResult
    package static func leadIn(_ command: LeadIn, by work: Work, in tx: any WriteTransaction) throws -> Seated {
        try work.actor.require(.leadIn)
        let visit = try Arrivals.open(command.visitID, work, in: tx)
        let chairs = try PlaceStore.chairs(clinic: work.clinic.id, in: tx)
        guard let chair = chairs.first(where: { $0.id == command.chairID }) else { throw NotFound("牙椅") }
        if let seated = try MovementStore.findOpen(visit: visit.id, in: tx) {
            let name = chairs.first { $0.id == seated.chairID }?.name ?? "另一张牙椅"
            throw ReceptionError.alreadyInChair(chair: name)
        }
        guard let doctorID = command.doctorID ?? visit.doctorID else { throw ReceptionError.doctorNeeded }
        if doctorID != visit.doctorID,
            try StaffStore.findDoctor(doctorID, clinic: work.clinic.id, in: tx) == nil
        {
            throw FormErrors("doctor", "请从列出的医生中选一位")
        }
        try checkNurse(command.nurseID, work, in: tx)
        let assigned = try otherChair(than: chair, for: visit, doctorID, command, among: chairs, work, in: tx)
        try checkAlerts(visit, command, work, in: tx)
        try vacate(chair, leftAt: command.previousLeftAt, work, in: tx)
        let movement = work.newID(Movement.self)
        let entered = try MovementStore.enter(
            id: movement, visit: visit, chair: chair.id, handedTo: command.nurseID,
            alertsSpokenAt: command.alertsSpoken ? work.now : nil, by: work.actor.id, at: work.now, in: tx)
        guard entered else { throw try taken(chair, work, in: tx) }
        if visit.doctorID != doctorID { try VisitStore.setDoctor(visit.id, doctor: doctorID, in: tx) }
        try VisitStore.setSeated(visit.id, at: visit.seatedAt ?? work.now, in: tx)
        try VisitStore.setFinished(visit.id, at: nil, in: tx)
        try QueueStore.close(visit.id, at: work.now, in: tx)
        try VisitFacts.record(
            .ledIn, of: visit.id, detail: detail(chair, assigned, command, work.playbook), by: work, in: tx)
        try VisitTasks.reconcile(try VisitStore.get(visit.id, clinic: work.clinic.id, in: tx), by: work, in: tx)
        try Audit.append(
            Event(
                "visit.ledIn", of: visit.id, patient: visit.patientID,
                [
                    "chair": JSONValue(chair.number), "doctor": JSONValue(doctorID),
                    "alertsSpoken": .bool(command.alertsSpoken), "nurse": JSONValue(command.nurseID),
                    "assigned": JSONValue(assigned?.number), "chairReason": JSONValue(command.chairReason?.nonBlank),
                    "override": JSONValue(command.overrideReason?.nonBlank),
                ]),
            by: work, in: tx)
        return Seated(
            movementID: movement, visit: visit, doctorID: doctorID, chair: chair, assigned: assigned)
    }

    /// Tap of the room: the treatment ends soon (R4.15).
    package static func nearlyDone(_ id: ID<Visit>, by work: Work, in tx: any WriteTransaction) throws {
        try work.actor.require(.updateChairs)
        let visit = try Arrivals.open(id, work, in: tx)
        guard let movement = try MovementStore.findOpen(visit: id, in: tx) else { throw ReceptionError.notInChair }
        try MovementStore.setNearlyDone(movement, at: work.now, in: tx)
        try VisitFacts.record(.nearlyDone, of: id, by: work, in: tx)
        try Audit.append(Event("visit.nearlyDone", of: id, patient: visit.patientID), by: work, in: tx)
    }

    /// The customer left the chair; the visit goes on at the desk.
    package static func exit(_ id: ID<Visit>, by work: Work, in tx: any WriteTransaction) throws {
        try work.actor.require(.updateChairs)
        let visit = try Arrivals.open(id, work, in: tx)
        guard let movement = try MovementStore.findOpen(visit: id, in: tx) else { throw ReceptionError.notInChair }
        try recordExit(movement, visit, at: work.now, lateReason: nil, work, in: tx)
    }

    /// Tap of the room: the chair is clean and free.
    package static func cleaned(chair: ID<Chair>, by work: Work, in tx: any WriteTransaction) throws {
        try work.actor.require(.updateChairs)
        let since = work.clinic.calendar.instant(work.today, minute: 0)
        guard let last = try MovementStore.lastOfChairs(clinic: work.clinic.id, since: since, in: tx)[chair],
            last.exitedAt != nil, last.cleanedAt == nil
        else { throw ReceptionError.nothingToClean }
        try MovementStore.setCleaned(last, at: work.now, in: tx)
        try VisitFacts.record(.cleaned, of: last.visitID, by: work, in: tx)
        try Audit.append(Event("visit.chairCleaned", of: last.visitID), by: work, in: tx)
    }

    /// Records an exit; also used when the customer leaves the clinic straight from the chair.
    static func recordExit(
        _ movement: Movement, _ visit: Visit, at happenedAt: Timestamp, lateReason: String?, _ work: Work,
        in tx: any WriteTransaction
    ) throws {
        guard happenedAt >= movement.enteredAt else { throw ReceptionError.exitBeforeEntry }
        try MovementStore.exit(
            movement, happenedAt: happenedAt, recordedAt: work.now, by: work.actor.id, in: tx)
        try MovementStore.exitCompanions(
            of: visit.id, happenedAt: happenedAt, recordedAt: work.now, by: work.actor.id, in: tx)
        try VisitStore.setFinished(visit.id, at: happenedAt, in: tx)
        try VisitFacts.record(
            .exited, of: visit.id, happenedAt: happenedAt, lateReason: lateReason, by: work, in: tx)
        try Audit.append(
            Event(
                "visit.exited", of: visit.id, patient: visit.patientID,
                ["at": JSONValue(happenedAt), "isLate": .bool(lateReason != nil)]),
            by: work, in: tx)
    }

    private static func checkNurse(_ id: ID<Staff>?, _ work: Work, in tx: any ReadTransaction) throws {
        guard let id else { return }
        guard try StaffStore.listActive(clinic: work.clinic.id, in: tx).contains(where: { $0.id == id }) else {
            throw FormErrors("nurse", "请从列出的护士中选一位")
        }
    }

    /// The arranged chair when the customer is led to another one (R4.46).
    private static func otherChair(
        than chair: Chair, for visit: Visit, _ doctor: ID<Staff>, _ command: LeadIn, among chairs: [Chair],
        _ work: Work, in tx: any ReadTransaction
    ) throws -> Chair? {
        let booking = try visit.appointmentID.map { try AppointmentStore.get($0, clinic: work.clinic.id, in: tx) }
        let arranged = ChairRules.assigned(
            called: try QueueStore.findOpen(visit.id, in: tx)?.calledChairID, booked: booking?.chairID,
            ofDoctor: try StaffStore.find(doctor, in: tx)?.chairID)
        // A chair that was taken out of use arranges nothing.
        guard let assigned = chairs.first(where: { $0.id == arranged }), assigned.id != chair.id else { return nil }
        guard let reason = command.chairReason?.nonBlank else {
            if work.playbook.demands(.leadToAssignedChair) { throw ReceptionError.otherChair(assigned: assigned.name) }
            return assigned
        }
        guard let code = work.playbook.code(reason, in: .chairChange) else {
            throw FormErrors("chairReason", "请从列出的原因中选一项")
        }
        if code.needsNote, command.chairNote?.nonBlank == nil { throw FormErrors("chairReason", "请写一句说明") }
        if (command.chairNote ?? "").count > 60 { throw FormErrors("chairReason", "最多 60 个字") }
        return assigned
    }

    private static func detail(_ chair: Chair, _ assigned: Chair?, _ command: LeadIn, _ playbook: Playbook) -> String {
        guard let assigned else { return chair.name }
        let reason = command.chairReason?.nonBlank.map { playbook.label($0, in: .chairChange) }
        let why = [reason, command.chairNote?.nonBlank].compactMap(\.self).joined(separator: "：")
        return "\(chair.name)，原安排\(assigned.name)（\(why.nonBlank ?? Arrivals.noReason)）"
    }

    private static func checkAlerts(
        _ visit: Visit, _ command: LeadIn, _ work: Work, in tx: any ReadTransaction
    ) throws {
        guard !command.alertsSpoken,
            case .require(let capability) = work.playbook.level(of: .specialConditionsSpoken)
        else { return }
        let alerts = try PatientStore.briefs([visit.patientID], today: work.today, in: tx)
            .flatMap(\.specialAlerts)
        if alerts.isEmpty { return }
        if command.overrideReason?.nonBlank != nil, work.actor.may(capability) { return }
        throw ReceptionError.alertsNotSpoken(alerts.map { AlertText.text($0.code, $0.note, work.playbook) })
    }

    /// Ends the forgotten stay of the chair's last customer at the stated time, or refuses (R4.11: fixed).
    private static func vacate(
        _ chair: Chair, leftAt: Timestamp?, _ work: Work, in tx: any WriteTransaction
    ) throws {
        guard let previous = try MovementStore.findOpen(chair: chair.id, in: tx) else { return }
        guard let leftAt else { throw try taken(chair, work, in: tx) }
        guard leftAt <= work.now else { throw ReceptionError.timeInFuture }
        let visit = try VisitStore.get(previous.visitID, clinic: work.clinic.id, in: tx)
        try recordExit(previous, visit, at: leftAt, lateReason: "引领下一位时补录", work, in: tx)
    }

    private static func taken(_ chair: Chair, _ work: Work, in tx: any ReadTransaction) throws -> ReceptionError {
        guard let open = try MovementStore.findOpen(chair: chair.id, in: tx) else { return .notInChair }
        let visit = try VisitStore.get(open.visitID, clinic: work.clinic.id, in: tx)
        let patient = try PatientStore.get(visit.patientID, in: tx)
        return .chairTaken(
            visit: visit.id, patient: patient.name, since: work.clinic.calendar.clockText(open.enteredAt),
            chair: chair.name)
    }
}
