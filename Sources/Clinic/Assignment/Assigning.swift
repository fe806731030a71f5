import Kernel
import Storage

/// Decides who sees a customer, and books it (R3.14–R3.19, R2.20–R2.24, R2.27).
package enum Assigning {
    /// Who would be assigned, with reasons and alternatives; writes nothing.
    /// - Throws: `NotAllowed`, `FormErrors`.
    package static func propose(
        _ request: AssignmentRequest, by work: Work, in tx: any ReadTransaction
    ) throws -> Assignment {
        try work.actor.require(.bookAppointments)
        let decided = try decide(request, by: work, in: tx)
        return Assignment(decided.ranking, taken: decided.ranking.ranked.first)
    }

    /// Books with the doctor the rules give, chosen inside the transaction; when somebody was faster the next one is taken.
    /// Stores the assignment with the booking.
    /// - Throws: `AssignmentError`, `BookingError`, `FormErrors`, `NotFound`, `NotAllowed`.
    package static func place(
        _ command: PlaceAssigned, by work: Work, in tx: any WriteTransaction
    ) throws -> Appointment {
        try work.actor.require(.bookAppointments)
        let request = command.request
        guard let patient = request.patientID else { throw AssignmentError.patientMissing }
        guard let time = request.time else { throw AssignmentError.timeMissing }
        let decided = try decide(
            request, chair: command.chairID, hold: command.holdID, squeezed: command.squeezeReason != nil, by: work,
            in: tx)
        let (appointment, taken) = try firstPossible(decided.ranking, in: tx) { ranked in
            try Booking.place(
                booking(command, of: patient, at: time, decided, ranked), by: work, in: tx)
        }
        try settle(appointment, taken, decided, command: command, by: work, in: tx)
        return appointment
    }

    /// Moves a booking to whoever the rules give at `time` (or at its own time): for a doctor who rests (R3.34, R2.24).
    /// - Parameters:
    ///   - reason: code of list `move`.
    ///   - request: nil: the booking's own customer, items and complaint, without its doctor.
    /// - Throws: as `place`.
    package static func reassign(
        _ id: ID<Appointment>, version: Int, time: AskedTime? = nil, request: AssignmentRequest? = nil, reason: String,
        note: String? = nil, by work: Work, in tx: any WriteTransaction
    ) throws -> Appointment {
        try work.actor.require(.moveAppointments)
        let before = try AppointmentStore.get(id, clinic: work.clinic.id, in: tx)
        var request = request ?? self.request(for: before)
        let at = time ?? request.time ?? AskedTime(day: before.day, start: before.start)
        request.patientID = before.patientID
        request.time = at
        if request.units == nil { request.units = before.units }
        let decided = try decide(request, squeezed: before.isSqueezed, by: work, in: tx)
        let (appointment, taken) = try firstPossible(decided.ranking, in: tx) { ranked in
            try Booking.move(
                MoveAppointment(
                    id: id, version: version,
                    to: Slot(
                        day: at.day, start: at.start, units: decided.known.units, doctorID: ranked.doctor.id,
                        chairID: ranked.doctor.chairID), reason: reason, note: note,
                    doctorChangeReason: changeReason(request, decided.ranking, ranked), rule: ranked.rule,
                    helpingForID: decided.ranking.helpingForID), by: work, in: tx)
        }
        try settle(appointment, taken, decided, command: nil, by: work, in: tx)
        return appointment
    }

    /// What stands before a doctor who was chosen by hand: a refusal under warranty that was not reported, a warranty
    /// doctor who is gone (R2.22, R2.23).
    /// - Throws: `AssignmentError.demanded`.
    package static func checkChosen(
        _ doctor: ID<Staff>, _ request: AssignmentRequest, by work: Work, in tx: any ReadTransaction
    ) throws {
        guard request.mayBeRedo else { return }
        var request = request
        request.wish = DoctorWish(doctorID: doctor)
        request.time = nil
        let ranking = try decide(request, by: work, in: tx).ranking
        guard ranking.redo != nil, let demand = ranking.demands.first(where: \.blocks) else { return }
        throw AssignmentError.demanded(text: demand.text, field: demand.kind.field, doctor: demand.doctorID)
    }

    /// What `reassign` asks for a booking whose doctor does not work then.
    package static func request(for a: Appointment) -> AssignmentRequest {
        AssignmentRequest(
            patientID: a.patientID, complaint: a.complaint, items: a.items, units: a.units,
            time: AskedTime(day: a.day, start: a.start), without: [a.doctorID], occasion: .timeIsFixed)
    }

    /// Why a booking has its doctor; nil for one whose doctor was simply chosen.
    package static func stored(
        of id: ID<Appointment>, in tx: any ReadTransaction
    ) throws -> Assignment? {
        try AssignmentStore.find(id, in: tx)
    }

    /// The specialist's booking that was made together with a first examination (R3.19).
    package static func specialistBooking(
        of id: ID<Appointment>, by work: Work, in tx: any ReadTransaction
    ) throws -> Appointment? {
        try AssignmentStore.specialistBooking(of: id, in: tx).flatMap {
            try AppointmentStore.find($0, clinic: work.clinic.id, in: tx)
        }
    }

    // MARK: - Deciding

    struct Decided {
        let known: AssignmentFactStore.Case
        let ranking: AssignmentRules.Ranking
    }

    private static func decide(
        _ request: AssignmentRequest, chair: ID<Chair>? = nil, hold: ID<Hold>? = nil, squeezed: Bool = false,
        by work: Work, in tx: any ReadTransaction
    ) throws -> Decided {
        let known = try AssignmentFactStore.loadCase(request, by: work, in: tx)
        var availability: ((DoctorProfile) -> (Availability, ID<Chair>?))?
        if let time = request.time {
            let day = try Availabilities.load(
                doctors: known.profiles.map(\.staffID), from: time.day, to: time.day, hold: hold, by: work, in: tx)
            let units = time.start.index..<time.start.index + known.units
            availability = { profile in
                day.availability(of: profile.staffID, on: time.day, units, chair: chair, squeezed: squeezed)
            }
        }
        let facts = AssignmentFactStore.facts(known, availability: availability, by: work)
        return Decided(
            known: known,
            ranking: AssignmentRules.decide(request, facts, hasTime: request.time != nil, today: work.today))
    }

    /// The first of the ranked doctors whose units can be had. Only a doctor or chair that somebody else took in between
    /// leads to the next one: every other refusal is the caller's to hear.
    private static func firstPossible(
        _ ranking: AssignmentRules.Ranking, in tx: any WriteTransaction,
        _ book: (AssignmentRules.Ranked) throws -> Appointment
    ) throws -> (Appointment, AssignmentRules.Ranked) {
        if let demand = ranking.demands.first(where: \.blocks) {
            throw AssignmentError.demanded(text: demand.text, field: demand.kind.field, doctor: demand.doctorID)
        }
        var refusal: BookingError?
        for ranked in ranking.ranked {
            do {
                return (try tx.savepoint { try book(ranked) }, ranked)
            } catch BookingError.taken(let units) where units.resource == .doctor || units.resource == .chair {
                refusal = .taken(units)
            }
        }
        if let refusal { throw refusal }
        throw nobody(ranking)
    }

    private static func nobody(_ ranking: AssignmentRules.Ranking) -> AssignmentError {
        if let wish = ranking.unmetWish, ranking.nobody?.kind == .wishUnmet { return .nobodyAsWished(wish: wish) }
        if ranking.nobody?.kind == .excluded { return .unknownDoctor }
        if ranking.nobody?.kind == .supervisor {
            return .demanded(text: ranking.nobody?.text ?? "", field: "doctor", doctor: nil)
        }
        return ranking.nobody?.kind == .original
            ? .originalBusy(why: ranking.nobody?.text ?? "") : .nobodyFree(why: ranking.nobody?.text ?? "")
    }

    private static func booking(
        _ command: PlaceAssigned, of patient: ID<Patient>, at time: AskedTime, _ decided: Decided,
        _ ranked: AssignmentRules.Ranked
    ) -> PlaceAppointment {
        let ranking = decided.ranking
        var booking = PlaceAppointment(
            patientID: patient, day: time.day, start: time.start, units: decided.known.units,
            doctorID: ranked.doctor.id, assistantID: command.assistantID,
            chairID: command.chairID ?? ranked.doctor.chairID, complaint: command.request.complaint,
            items: command.request.items, channel: command.channel, deskReason: command.deskReason,
            remark: command.remark, squeezeReason: command.squeezeReason,
            doctorChangeReason: changeReason(command.request, ranking, ranked),
            overrideReason: command.overrideReason, overrideNote: command.overrideNote, rule: ranked.rule,
            helpingForID: ranking.helpingForID, costDoctorID: ranking.costDoctor(of: ranked), holdID: command.holdID)
        booking.parts = command.parts
        let wish = command.request.wish
        booking.wish = wish.said(named: wish.doctorID == ranked.doctor.id ? ranked.doctor.name : nil)
        return booking
    }

    private static func changeReason(
        _ request: AssignmentRequest, _ ranking: AssignmentRules.Ranking, _ ranked: AssignmentRules.Ranked
    ) -> String? {
        ranked.rule == .sameDoctor || ranked.rule == .warranty
            ? nil : request.doctorChangeReason?.nonBlank ?? ranking.changeReason
    }

    // MARK: - After the booking

    private static func settle(
        _ appointment: Appointment, _ taken: AssignmentRules.Ranked, _ decided: Decided, command: PlaceAssigned?,
        by work: Work, in tx: any WriteTransaction
    ) throws {
        let ranking = decided.ranking
        if taken.rule == .rotation {
            let present = ranking.present
            let ahead = present.prefix { $0.id != taken.doctor.id }
            try Rotation.take(
                Rotation.Turn(
                    appointmentID: appointment.id, day: appointment.day, taker: taken.doctor.id,
                    present: present.map(\.id),
                    skipped: ahead.compactMap { doctor in
                        doctor.availability.text.map { (doctor: doctor.id, why: $0) }
                    }), known: decided.known.balances, by: work, in: tx)
        }
        var specialist: ID<Appointment>?
        if let command, command.booksSpecialist, let id = ranking.specialistID {
            specialist = try bookSpecialist(id, after: appointment, by: work, in: tx)?.id
        }
        try AssignmentStore.save(
            Assignment(ranking, taken: taken), doctor: taken.doctor.id, of: appointment, specialist: specialist,
            by: work, in: tx)
        if let wish = ranking.unmetWish {
            try BookingNotes.add(.wishUnmet, detail: wish, to: appointment.id, by: work, in: tx)
        }
        if command != nil { try recordLateForLevel(appointment, by: work, in: tx) }
    }

    /// R3.19: the specialist's next free time after the first examination; none within four weeks books none.
    private static func bookSpecialist(
        _ doctor: ID<Staff>, after first: Appointment, by work: Work, in tx: any WriteTransaction
    ) throws -> Appointment? {
        let times = try FreeTimes.next(
            doctor: doctor, units: first.units,
            from: Slot(day: first.day.adding(days: 1), start: Unit(0), units: first.units, doctorID: doctor), by: work,
            in: tx)
        for slot in times {
            do {
                return try tx.savepoint {
                    try Booking.place(
                        PlaceAppointment(
                            patientID: first.patientID, day: slot.day, start: slot.start, units: slot.units,
                            doctorID: doctor, complaint: first.complaint, items: first.items, channel: first.channel,
                            deskReason: first.deskReason, remark: "首诊检查准备：\(first.day.iso) \(first.start.clockText)",
                            doctorChangeReason: "specialist", rule: .specialty), by: work, in: tx)
                }
            } catch BookingError.taken {
                continue
            }
        }
        return nil
    }

    /// R3.50: an important customer who could not be given a time inside the window is put on record.
    private static func recordLateForLevel(
        _ a: Appointment, by work: Work, in tx: any WriteTransaction
    ) throws {
        let window = work.playbook[.appointmentOfferWindowDays].max() ?? 0
        guard a.day > work.today.adding(days: window),
            let level = try PatientLevels.find(a.patientID, in: tx), level.level > 0
        else { return }
        try Audit.append(
            Event(
                "appointment.lateForLevel", of: a.id, patient: a.patientID,
                ["level": JSONValue(level.level), "day": JSONValue(a.day)]), by: work, in: tx)
    }
}

extension AssignmentRules.Ranking {
    /// A redo by somebody else still counts to the doctor whose work failed (R2.21).
    func costDoctor(of ranked: AssignmentRules.Ranked) -> ID<Staff>? {
        redo.flatMap { $0.doctorID == ranked.doctor.id ? nil : $0.doctorID }
    }
}

extension AssignmentDemand.Kind {
    /// The field of a form that answers it.
    var field: String {
        switch self {
        case .doctorChangeReason: "doctorChangeReason"
        case .complaintRecord: "complaintRecorded"
        case .supervisor: "doctor"
        case .callDoctor: "doctorCalled"
        }
    }
}

extension Assignment {
    /// - Parameter taken: whom it is; nil: nobody.
    init(_ ranking: AssignmentRules.Ranking, taken: AssignmentRules.Ranked?) {
        let others = ranking.ranked.filter { $0.doctor.id != taken?.doctor.id }.map {
            Alternative(
                doctorID: $0.doctor.id, doctorName: $0.doctor.name, isPossible: true,
                whyNot: ranking.rule == .helping
                    ? AssignmentReason(.laterRoom, "诊室号在后") : AssignmentReason(.laterTurn, "轮次在后"))
        }
        let cost = taken.flatMap { ranking.costDoctor(of: $0) }
        self.init(
            rule: taken?.rule ?? ranking.rule, doctorID: taken?.doctor.id, doctorName: taken?.doctor.name,
            chairID: taken?.doctor.chairID, reasons: taken?.reasons ?? ranking.nobody.map { [$0] } ?? [],
            alternatives: others + ranking.rejected, demands: ranking.demands.sorted { $0.blocks && !$1.blocks },
            helpingForID: ranking.helpingForID, costDoctorID: cost, specialistID: ranking.specialistID)
    }
}
