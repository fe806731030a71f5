import Kernel
import Storage

/// What an arrival looks like to `TriageCases`.
package struct TriageQuery: Hashable, Sendable {
    package var patientID: ID<Patient>
    /// Today's booking.
    package var appointment: Appointment?
    /// Chosen at the desk; nil: the booked one.
    package var doctorID: ID<Staff>?
    package var complaint: String
    package var tooth: Tooth?
    /// Code of list `emergency`.
    package var emergency: String?

    package init(
        patientID: ID<Patient>, appointment: Appointment?, doctorID: ID<Staff>? = nil, complaint: String = "",
        tooth: Tooth? = nil, emergency: String? = nil
    ) {
        self.patientID = patientID
        self.appointment = appointment
        self.doctorID = doctorID
        self.complaint = complaint
        self.tooth = tooth
        self.emergency = emergency
    }

    var words: String { complaint.nonBlank ?? appointment?.complaint ?? "" }
}

/// Reads what the rules of special cases look at.
package enum TriageFactStore {
    /// How far a booking of another day counts as the one the customer meant (R2.16).
    static let nearDays = 14
    static let pastDays = 7

    /// - Parameter board: of this moment.
    package static func load(
        _ query: TriageQuery, board: ReceptionBoard, by work: Work, in tx: any ReadTransaction
    ) throws -> TriageFacts {
        let (playbook, calendar) = (work.playbook, work.clinic.calendar)
        var facts = TriageFacts(now: work.now)
        facts.limits.late = playbook[.arrivalLateMinutes]
        facts.limits.early = playbook[.arrivalEarlyMinutes]
        facts.limits.busy = playbook[.waitDoctorEstimateMinutes]
        facts.isEmergency = query.emergency != nil
        facts.isEpidemic = playbook.isEpidemic
        facts.isAcutePain = TriageWords.find(query.words, playbook.codes(.acutePainWords)) != nil
        facts.operationWord = TriageWords.find(query.words, playbook.codes(.postOperativeWords))
        let items = try ItemStore.list(ids: query.appointment?.items.map(\.itemID) ?? [], in: tx)
        facts.plannedMinutes =
            Unit.minutes
            * (query.appointment?.units
                ?? ChiefComplaints.proposedUnits(items: [], complaint: query.words, playbook: playbook))
        facts.bigItem = items.first { $0.size == .big }?.name
        var doctor = query.doctorID ?? query.appointment?.doctorID
        if let booked = query.appointment {
            let at = calendar.instant(booked.day, booked.start)
            facts.booked = TriageFacts.Booked(at: at, clock: booked.start.clockText)
            facts.isDisplaced = try DisplacedStore.findOpen(booked.id, in: tx) != nil
        } else if let other = try otherBooking(query.patientID, work, in: tx) {
            let name = try StaffStore.names([other.doctorID], in: tx)[other.doctorID] ?? ""
            facts.otherBooking = "\(other.day.monthDayText) \(other.start.clockText) \(name)医生"
            doctor = doctor ?? other.doctorID
        }
        try addDoctor(doctor, query, board, &facts, work, in: tx)
        try addCustomer(query, &facts, work, in: tx)
        return facts
    }

    // MARK: Parts

    private static func addDoctor(
        _ id: ID<Staff>?, _ query: TriageQuery, _ board: ReceptionBoard, _ facts: inout TriageFacts, _ work: Work,
        in tx: any ReadTransaction
    ) throws {
        guard let id, let doctor = try StaffStore.find(id, in: tx) else { return }
        let calendar = work.clinic.calendar
        let wait = WaitEstimates(board).minutesForArrival(
            doctor: id, bookedFor: id == query.appointment?.doctorID ? facts.booked?.at : nil)
        let untilBooked = id == query.appointment?.doctorID ? max(0, facts.booked?.at.minutes(since: work.now) ?? 0) : 0
        let profile = try DoctorProfileStore.list(clinic: work.clinic.id, in: tx).first { $0.staffID == id }
        facts.doctor = TriageFacts.AskedDoctor(
            id: id, name: doctor.name, gender: doctor.gender,
            isOnDuty: board.plan.spans(of: id).contains { calendar.instant(work.today, $0.end) > work.now },
            delay: max(0, wait - untilBooked),
            isOrthodontist: profile?.specialties.contains("orthodontics") ?? false)
        facts.nextBig = board.plan.entries.filter {
            $0.isBig && $0.appointment.doctorID == id && $0.state.isExpected
                && $0.appointment.id != query.appointment?.id
        }.map { calendar.instant($0.appointment.day, $0.appointment.start) }.filter { $0 >= work.now }.min()
    }

    private static func addCustomer(
        _ query: TriageQuery, _ facts: inout TriageFacts, _ work: Work, in tx: any ReadTransaction
    ) throws {
        facts.wishedGender = try PatientWishes.list(query.patientID, in: tx).first { $0.kind == .doctorGender }
            .flatMap { Gender(rawValue: $0.value) }
        facts.level = try PatientLevels.find(query.patientID, in: tx)?.label
        // The doctor of the booking was decided when it was made; here the desk or the customer names another one.
        if query.appointment == nil || facts.doctor?.id != query.appointment?.doctorID {
            facts.redo = try redo(query, work, in: tx)
        }
        let type = try Arrivals.proposal(
            patient: query.patientID, appointment: query.appointment, tooth: query.tooth, complaint: query.complaint,
            by: work, in: tx
        ).type
        facts.isNewOrthodontic =
            try type == .orthodontics
            && !VisitStore.hasBeenHere(query.patientID, before: work.today, type: .orthodontics, in: tx)
    }

    /// A tooth under warranty: one of the booking, or the one named at the desk (R2.21).
    private static func redo(_ query: TriageQuery, _ work: Work, in tx: any ReadTransaction) throws -> Redo? {
        let teeth = Set((query.appointment?.items.flatMap(\.teeth) ?? []) + (query.tooth.map { [$0] } ?? []))
        guard !teeth.isEmpty else { return nil }
        let here = Set(try DoctorProfileStore.list(clinic: work.clinic.id, in: tx).map(\.staffID))
        return WarrantyRules.redo(
            try AssignmentFactStore.past(of: query.patientID, here: here, by: work, in: tx), teeth: teeth,
            isRedo: false, today: work.today, months: work.playbook[.warrantyMonths],
            graceDays: work.playbook[.warrantyGraceDays])
    }

    /// The nearest booking of another day that the customer may have meant.
    private static func otherBooking(
        _ patient: ID<Patient>, _ work: Work, in tx: any ReadTransaction
    ) throws -> Appointment? {
        let (from, to) = (work.today.adding(days: -pastDays), work.today.adding(days: nearDays))
        let near = try AppointmentStore.listOfPatient(patient, limit: 20, in: tx).filter {
            $0.clinicID == work.clinic.id && $0.cancellation == nil && from <= $0.day && $0.day <= to
                && $0.day != work.today
        }
        let arrived = try AppointmentStore.arrived(near.map(\.id), in: tx)
        return near.filter { !arrived.contains($0.id) }
            .min { abs($0.day.days(since: work.today)) < abs($1.day.days(since: work.today)) }
    }
}

/// Words of a complaint. Pure.
package enum TriageWords {
    /// The first word of `entries` (words separated by 、) that stands in the complaint.
    package static func find(_ complaint: String, _ entries: [Code]) -> String? {
        entries.lazy.flatMap { $0.label.split(separator: "、") }.first { complaint.contains($0) }.map(String.init)
    }
}
