import Kernel
import Storage

/// A booking that a central desk took for another clinic (R3.23). It holds its units from the first moment and counts as a
/// booking; the receiving clinic confirms or declines it.
package struct BookingRequest: Hashable, Sendable {
    package enum Answer: String, Hashable, Sendable, SQLBindable {
        case confirmed, declined
        package var label: String { self == .confirmed ? "门诊已确认" : "门诊没有接" }
    }
    package let appointmentID: ID<Appointment>
    package let clinicID: ID<ClinicSite>
    package let fromClinicID: ID<ClinicSite>
    package let asked: Appointment.Mark
    package let answer: Answer?
    package let answered: Appointment.Mark?
    package let reason: String?

    package var isOpen: Bool { answer == nil }
}

package enum BookingRequestError: UserFacingError, Hashable {
    case answered(BookingRequest.Answer)
    case sameClinic

    package var kind: FailureKind { self == .sameClinic ? .invalid : .conflict }
    package var userMessage: String {
        switch self {
        case .answered(let answer): "这条请求已经处理过（\(answer.label)），请刷新名单"
        case .sameClinic: "本门诊的预约直接约，不用请求确认"
        }
    }
    package var field: String? { self == .sameClinic ? "clinic" : nil }
}

/// SQL of `appointment_request`.
package enum BookingRequestStore {
    private static let columns: SQL =
        "appointment_id, clinic_id, from_clinic_id, asked_by, asked_at, answer, answered_by, answered_at, reason"

    package static func find(_ id: ID<Appointment>, in tx: any ReadTransaction) throws -> BookingRequest? {
        try tx.first("SELECT \(columns) FROM appointment_request WHERE appointment_id = \(id)").map(request)
    }

    /// Waiting for this clinic's word, oldest first.
    package static func listOpen(clinic: ID<ClinicSite>, in tx: any ReadTransaction) throws -> [BookingRequest] {
        try tx.rows(
            """
            SELECT \(columns)
            FROM appointment_request
            WHERE clinic_id = \(clinic) AND answered_at IS NULL
            ORDER BY asked_at, appointment_id
            LIMIT 200
            """
        ).map(request)
    }

    /// What this desk asked of other clinics since `since`, newest first.
    package static func listAsked(
        from clinic: ID<ClinicSite>, since: Timestamp, in tx: any ReadTransaction
    ) throws -> [BookingRequest] {
        try tx.rows(
            """
            SELECT \(columns)
            FROM appointment_request
            WHERE from_clinic_id = \(clinic) AND asked_at >= \(since)
            ORDER BY asked_at DESC, appointment_id
            LIMIT 100
            """
        ).map(request)
    }

    static func insert(_ r: BookingRequest, in tx: any WriteTransaction) throws {
        try tx.run(
            """
            INSERT INTO appointment_request (appointment_id, clinic_id, from_clinic_id, asked_by, asked_at)
            VALUES (\(r.appointmentID), \(r.clinicID), \(r.fromClinicID), \(r.asked.by), \(r.asked.at))
            """)
    }

    /// - Returns: false when somebody else was faster.
    static func answer(
        _ id: ID<Appointment>, _ answer: BookingRequest.Answer, reason: String?, by mark: Appointment.Mark,
        in tx: any WriteTransaction
    ) throws -> Bool {
        try tx.run(
            """
            UPDATE appointment_request
            SET answer = \(answer), answered_by = \(mark.by), answered_at = \(mark.at), reason = \(reason)
            WHERE appointment_id = \(id) AND answered_at IS NULL
            """) == 1
    }

    private static func request(_ row: Row) throws -> BookingRequest {
        let answeredAt = try row.timestampIfAny("answered_at")
        return BookingRequest(
            appointmentID: try row.id("appointment_id"), clinicID: try row.id("clinic_id"),
            fromClinicID: try row.id("from_clinic_id"),
            asked: Appointment.Mark(at: try row.timestamp("asked_at"), by: try row.id("asked_by")),
            answer: try row.codeIfAny("answer"),
            answered: try answeredAt.map { Appointment.Mark(at: $0, by: try row.id("answered_by")) },
            reason: try row.textIfAny("reason"))
    }
}

package enum BookingRequests {
    /// Marks a booking just placed by a central desk as waiting for the clinic it was placed in; in the same transaction.
    ///
    /// - Parameters:
    ///   - work: of the receiving clinic, as the booking was placed with.
    ///   - desk: the clinic where the person sits.
    /// - Throws: `NotAllowed` unless the person may book everywhere, `BookingRequestError.sameClinic`.
    package static func ask(
        _ appointment: Appointment, from desk: ID<ClinicSite>, by work: Work, in tx: any WriteTransaction
    ) throws {
        try work.actor.requireEverywhere(.bookAppointments)
        guard desk != appointment.clinicID else { throw BookingRequestError.sameClinic }
        let request = BookingRequest(
            appointmentID: appointment.id, clinicID: appointment.clinicID, fromClinicID: desk,
            asked: Appointment.Mark(at: work.now, by: work.actor.id), answer: nil, answered: nil, reason: nil)
        try BookingRequestStore.insert(request, in: tx)
        try Audit.append(
            Event(
                AppointmentEvent.requested, of: appointment.id, patient: appointment.patientID,
                ["from": JSONValue(desk)]), by: work, in: tx)
    }

    /// The receiving clinic takes the booking as it is.
    /// - Throws: `NotAllowed`, `NotFound`, `BookingRequestError.answered`.
    package static func confirm(_ id: ID<Appointment>, by work: Work, in tx: any WriteTransaction) throws {
        try work.actor.require(.bookAppointments)
        let request = try open(id, work, in: tx)
        try answer(request, .confirmed, reason: nil, work, in: tx)
    }

    /// The receiving clinic cannot take it: the booking is cancelled by the clinic, its units are free at once, and the
    /// contact about another time falls due as for every cancellation (R3.30).
    /// - Throws: `NotAllowed`, `NotFound`, `BookingRequestError.answered`, `FormErrors` for `reason`.
    package static func decline(
        _ id: ID<Appointment>, reason: String, by work: Work, in tx: any WriteTransaction
    ) throws {
        try work.actor.require(.cancelAppointments)
        let request = try open(id, work, in: tx)
        guard let reason = reason.nonBlank else { throw FormErrors("reason", "请写明为什么不能接，总台要答复客人") }
        try answer(request, .declined, reason: reason, work, in: tx)
        let appointment = try AppointmentStore.get(id, clinic: work.clinic.id, in: tx)
        guard appointment.isLive else { return }
        _ = try Booking.cancel(
            CancelAppointment(
                id: id, version: appointment.version, reason: "other", side: .clinic, note: "门诊没有接：\(reason)"),
            by: work, in: tx)
    }

    private static func open(
        _ id: ID<Appointment>, _ work: Work, in tx: any ReadTransaction
    ) throws -> BookingRequest {
        guard let request = try BookingRequestStore.find(id, in: tx), request.clinicID == work.clinic.id else {
            throw NotFound("请求")
        }
        if let answer = request.answer { throw BookingRequestError.answered(answer) }
        return request
    }

    private static func answer(
        _ request: BookingRequest, _ answer: BookingRequest.Answer, reason: String?, _ work: Work,
        in tx: any WriteTransaction
    ) throws {
        let mark = Appointment.Mark(at: work.now, by: work.actor.id)
        guard try BookingRequestStore.answer(request.appointmentID, answer, reason: reason, by: mark, in: tx) else {
            throw BookingRequestError.answered(answer)
        }
        try Audit.append(
            Event(
                AppointmentEvent.answered, of: request.appointmentID,
                ["answer": .text(answer.rawValue), "reason": JSONValue(reason)]), by: work, in: tx)
    }
}
