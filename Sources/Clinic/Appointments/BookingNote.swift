import Kernel
import Storage

/// Something said, sent or agreed about a booking: a fact with person and time, never changed.
package struct BookingNote: Hashable, Sendable {
    package enum Kind: String, Hashable, Sendable, CaseIterable, SQLBindable {
        /// Time, doctor and item were read back to the customer.
        case readBack
        /// The text of the card was copied to be sent (R3.05).
        case textCopied
        /// The address was copied to be sent (R3.29).
        case addressSent
        /// A difficult day: the doctor was told in the system (R3.37) …
        case toldInSystem
        /// … and in person.
        case toldOrally
        /// The duty doctor agreed to the booking (R3.37).
        case coordinated
        /// The customer says to be late (R3.35); detail: when.
        case late
        /// A wish that could not be met (R2.20); detail: the wish.
        case wishUnmet
        /// No next date was agreed (R3.30); detail: the day to call back.
        case noNextDate

        package var label: String {
            switch self {
            case .readBack: "已复述"
            case .textCopied: "已发预约信息"
            case .addressSent: "已发地址"
            case .toldInSystem: "已在系统里告知医生"
            case .toldOrally: "已当面告知医生"
            case .coordinated: "行政班医生已同意"
            case .late: "客人说会晚到"
            case .wishUnmet: "没能满足的要求"
            case .noNextDate: "没有下次时间，约好回电"
            }
        }
    }

    package let id: ID<BookingNote>
    package let appointmentID: ID<Appointment>
    package let kind: Kind
    package let detail: String?
    package let noted: Appointment.Mark

    /// "没能满足的要求：女医生"
    package var text: String { [kind.label, detail].compactMap(\.self).joined(separator: "：") }
}

/// SQL of `appointment_note`.
package enum BookingNoteStore {
    /// Oldest first.
    package static func list(of id: ID<Appointment>, in tx: any ReadTransaction) throws -> [BookingNote] {
        try tx.rows(
            """
            SELECT id, appointment_id, kind, detail, noted_by, noted_at
            FROM appointment_note
            WHERE appointment_id = \(id)
            ORDER BY noted_at, id
            """
        ).map(note)
    }

    /// The newest note of a kind for each of these bookings.
    package static func latest(
        _ kind: BookingNote.Kind, of ids: [ID<Appointment>], in tx: any ReadTransaction
    ) throws -> [ID<Appointment>: BookingNote] {
        guard !ids.isEmpty else { return [:] }
        let notes = try tx.rows(
            """
            SELECT id, appointment_id, kind, detail, noted_by, noted_at
            FROM appointment_note
            WHERE appointment_id IN \(list: ids) AND kind = \(kind)
            ORDER BY noted_at, id
            """
        ).map(note)
        return Dictionary(notes.map { ($0.appointmentID, $0) }, uniquingKeysWith: { _, last in last })
    }

    static func insert(_ n: BookingNote, in tx: any WriteTransaction) throws {
        try tx.run(
            """
            INSERT INTO appointment_note (id, appointment_id, kind, detail, noted_by, noted_at)
            VALUES (\(n.id), \(n.appointmentID), \(n.kind), \(n.detail), \(n.noted.by), \(n.noted.at))
            """)
    }

    private static func note(_ row: Row) throws -> BookingNote {
        BookingNote(
            id: try row.id("id"), appointmentID: try row.id("appointment_id"), kind: try row.code("kind"),
            detail: try row.textIfAny("detail"),
            noted: Appointment.Mark(at: try row.timestamp("noted_at"), by: try row.id("noted_by")))
    }
}

/// Notes what was said and sent about a booking.
package enum BookingNotes {
    static let longestDetail = 100

    /// - Throws: `NotAllowed`, `NotFound`, `FormErrors` for `detail`.
    @discardableResult
    package static func add(
        _ kind: BookingNote.Kind, detail: String? = nil, to id: ID<Appointment>, by work: Work,
        in tx: any WriteTransaction
    ) throws -> BookingNote {
        // The duty doctor agrees to difficult days (R3.37); everything else is the desk's word.
        try work.actor.require(kind == .coordinated ? .confirmDayPlan : .bookAppointments)
        let appointment = try AppointmentStore.get(id, clinic: work.clinic.id, in: tx)
        let detail = detail?.nonBlank
        if let detail, detail.count > longestDetail { throw FormErrors("detail", "最多 \(longestDetail) 个字") }
        if kind == .late, detail == nil { throw FormErrors("detail", "请写客人说几点到") }
        let note = BookingNote(
            id: work.newID(), appointmentID: id, kind: kind, detail: detail,
            noted: Appointment.Mark(at: work.now, by: work.actor.id))
        try BookingNoteStore.insert(note, in: tx)
        try Audit.append(
            Event(
                AppointmentEvent.noted, of: id, patient: appointment.patientID,
                ["kind": .text(kind.rawValue), "detail": JSONValue(detail)]), by: work, in: tx)
        return note
    }
}
