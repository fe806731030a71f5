import Kernel
import Storage

/// Gives out, opens and revokes secret addresses. Only a hash is stored: nobody can read an address back, a new copy is a
/// new link.
package enum PublicLinks {
    /// Links of one appointment that work at the same time; a further one revokes the oldest.
    static let mostOfOneAppointment = 5

    /// A link for the customer of a booking: confirm, move inside the offers, cancel (issue 4, R16.19).
    ///
    /// - Parameter token: fresh random bytes.
    /// - Throws: `NotAllowed`, `NotFound`, `BookingError` when the booking does not count any more.
    package static func issue(
        for appointment: ID<Appointment>, token: PublicToken, by work: Work, in tx: any WriteTransaction
    ) throws -> PublicLink {
        try work.actor.require(.bookAppointments)
        let booking = try AppointmentStore.get(appointment, clinic: work.clinic.id, in: tx)
        if booking.cancellation != nil { throw BookingError.alreadyCancelled }
        if booking.missed != nil { throw BookingError.alreadyMissed }
        let open = try PublicLinkStore.listOpen(.appointment, of: appointment.raw, now: work.now, in: tx)
        try PublicLinkStore.revoke(
            open.dropFirst(mostOfOneAppointment - 1).map(\.id), by: work.actor.id, at: work.now, in: tx)
        let link = try insert(
            .appointment, subject: appointment.raw, token: token,
            expiresAt: work.now.adding(days: work.playbook[.publicLinkDays]), by: work, in: tx)
        try Audit.append(
            Event("appointment.linkIssued", of: appointment, patient: booking.patientID, ["link": JSONValue(link.id)]),
            by: work, in: tx)
        return link
    }

    /// Takes back every link of a booking.
    /// - Returns: how many still worked.
    @discardableResult
    package static func revokeAll(
        of appointment: ID<Appointment>, by work: Work, in tx: any WriteTransaction
    ) throws -> Int {
        try work.actor.require(.bookAppointments)
        let booking = try AppointmentStore.get(appointment, clinic: work.clinic.id, in: tx)
        let open = try PublicLinkStore.listOpen(.appointment, of: appointment.raw, now: work.now, in: tx)
        let count = try PublicLinkStore.revoke(open.map(\.id), by: work.actor.id, at: work.now, in: tx)
        guard count > 0 else { return 0 }
        try Audit.append(
            Event("appointment.linksRevoked", of: appointment, patient: booking.patientID, ["count": JSONValue(count)]),
            by: work, in: tx)
        return count
    }

    /// How many links of a booking work now.
    package static func countOpen(
        of appointment: ID<Appointment>, now: Timestamp, in tx: any ReadTransaction
    ) throws -> Int {
        try PublicLinkStore.listOpen(.appointment, of: appointment.raw, now: now, in: tx).count
    }

    /// Whether somebody followed the address: found, of that purpose, neither used nor revoked nor expired.
    /// - Throws: `LinkIsGone` for every reason alike.
    package static func open(
        _ token: PublicToken, _ purpose: PublicLink.Purpose, now: Timestamp, in tx: any ReadTransaction
    ) throws -> PublicLink {
        guard let link = try PublicLinkStore.find(token.hash, in: tx), link.purpose == purpose, link.isOpen(at: now)
        else { throw LinkIsGone() }
        return link
    }

    /// Whether an address works, for a form that was sent twice.
    package static func works(
        _ token: PublicToken, _ purpose: PublicLink.Purpose, now: Timestamp, in tx: any ReadTransaction
    ) throws -> Bool {
        (try? open(token, purpose, now: now, in: tx)) != nil
    }

    /// Whether an address was ever given out, whatever became of it.
    package static func isKnown(_ token: PublicToken, in tx: any ReadTransaction) throws -> Bool {
        try PublicLinkStore.find(token.hash, in: tx) != nil
    }

    // MARK: Calendars

    /// The address of a doctor's feed; an older one stops working.
    /// - Throws: `NotAllowed`: a doctor's own, or by whoever keeps the roster; `NotFound`.
    package static func issueCalendar(
        for doctor: ID<Staff>, token: PublicToken, by work: Work, in tx: any WriteTransaction
    ) throws -> PublicLink {
        try checkCalendar(doctor, work)
        guard try StaffStore.findDoctor(doctor, clinic: work.clinic.id, in: tx) != nil else { throw NotFound("医生") }
        try revokeFeeds(of: doctor, work, in: tx)
        let link = try insert(.calendar, subject: doctor.raw, token: token, expiresAt: nil, by: work, in: tx)
        try Audit.append(Event("staff.calendarIssued", of: doctor, ["link": JSONValue(link.id)]), by: work, in: tx)
        return link
    }

    package static func revokeCalendar(of doctor: ID<Staff>, by work: Work, in tx: any WriteTransaction) throws {
        try checkCalendar(doctor, work)
        guard try revokeFeeds(of: doctor, work, in: tx) > 0 else { return }
        try Audit.append(Event("staff.calendarRevoked", of: doctor), by: work, in: tx)
    }

    /// When the feed of a doctor was given out; nil when none works.
    package static func calendarIssuedAt(
        _ doctor: ID<Staff>, now: Timestamp, in tx: any ReadTransaction
    ) throws -> Timestamp? {
        try PublicLinkStore.listOpen(.calendar, of: doctor.raw, now: now, in: tx).first?.issuedAt
    }

    private static func checkCalendar(_ doctor: ID<Staff>, _ work: Work) throws {
        if doctor != work.actor.id { try work.actor.require(.manageRoster) }
    }

    @discardableResult
    private static func revokeFeeds(of doctor: ID<Staff>, _ work: Work, in tx: any WriteTransaction) throws -> Int {
        let open = try PublicLinkStore.listOpen(.calendar, of: doctor.raw, now: work.now, in: tx)
        return try PublicLinkStore.revoke(
            open.filter { $0.clinicID == work.clinic.id }.map(\.id), by: work.actor.id, at: work.now, in: tx)
    }

    // MARK: Parts

    static func insert(
        _ purpose: PublicLink.Purpose, subject: Int64, token: PublicToken, expiresAt: Timestamp?, by work: Work,
        in tx: any WriteTransaction
    ) throws -> PublicLink {
        let link = PublicLink(
            id: work.newID(), purpose: purpose, subject: subject, clinicID: work.clinic.id, issuedAt: work.now,
            issuedBy: work.actor.id, expiresAt: expiresAt, usedAt: nil, revokedAt: nil)
        try PublicLinkStore.insert(link, hash: token.hash, in: tx)
        return link
    }
}
