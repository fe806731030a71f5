import Kernel
import Storage

/// A customer registers on the own telephone (R1.10, R16.19). Nothing the customer types becomes a file before somebody at
/// the desk has compared it with the person; no answer here depends on who is on file.
package enum SelfRegistrations {
    /// A form behind the clinic's own code: one address for one form, good for a while.
    ///
    /// - Parameters:
    ///   - token: the address of the form; the same token again is the same form.
    ///   - addressHash: keyed hash of the network address.
    /// - Throws: `OnlineRefusal`.
    @discardableResult
    package static func begin(
        token: PublicToken, addressHash: String, by work: Work, in tx: any WriteTransaction
    ) throws -> SelfRegistration {
        guard isOpen(work.playbook) else { throw OnlineRefusal.closed }
        if let known = try SelfRegistrationStore.find(token: token.hash, in: tx) { return known }
        let today = try SelfRegistrationStore.count(addressHash: addressHash, day: work.today, in: tx)
        let waiting = try SelfRegistrationStore.countWaiting(clinic: work.clinic.id, in: tx)
        guard today < work.playbook[.selfRegistrationsPerAddress], waiting < mostWaiting else {
            throw OnlineRefusal.notAccepted
        }
        let expires = work.now.adding(minutes: work.playbook[.selfRegistrationMinutes])
        let registration = new(appointment: nil, expiresAt: expires, addressHash: addressHash, work)
        try SelfRegistrationStore.insert(registration, hash: token.hash, in: tx)
        return registration
    }

    /// A form for the customer of a booking; an earlier code of it stops working.
    /// - Throws: `NotAllowed`, `NotFound`, `BookingError` when the booking does not count any more.
    package static func invite(
        _ appointment: ID<Appointment>, token: PublicToken, by work: Work, in tx: any WriteTransaction
    ) throws -> SelfRegistration {
        try work.actor.require(.bookAppointments)
        guard isOpen(work.playbook) else { throw SelfDeskError.off }
        let booking = try AppointmentStore.get(appointment, clinic: work.clinic.id, in: tx)
        if booking.cancellation != nil { throw BookingError.alreadyCancelled }
        if booking.missed != nil { throw BookingError.alreadyMissed }
        try SelfRegistrationStore.revoke(of: appointment, at: work.now, in: tx)
        // Until the evening of the visit, and at least as long as a code at the door.
        let end = work.clinic.calendar.instant(booking.day, booking.start).adding(minutes: 12 * 60)
        let soonest = work.now.adding(minutes: work.playbook[.selfRegistrationMinutes])
        let registration = new(appointment: appointment, expiresAt: max(end, soonest), addressHash: nil, work)
        try SelfRegistrationStore.insert(registration, hash: token.hash, in: tx)
        try Audit.append(
            Event(
                "appointment.registrationInvited", of: appointment, patient: booking.patientID,
                ["registration": JSONValue(registration.id)]), by: work, in: tx)
        return registration
    }

    /// The empty form behind its address.
    /// - Throws: `LinkIsGone` for wrong, used, revoked and expired ones alike.
    package static func form(
        _ token: PublicToken, now: Timestamp, in tx: any ReadTransaction
    ) throws -> SelfRegistration {
        guard let found = try SelfRegistrationStore.find(token: token.hash, in: tx), found.isFillable(at: now) else {
            throw LinkIsGone()
        }
        return found
    }

    /// Whether the form behind this address was sent: a second tap on the button is told the same as the first.
    package static func wasSent(_ token: PublicToken, in tx: any ReadTransaction) throws -> Bool {
        try SelfRegistrationStore.find(token: token.hash, in: tx)?.submittedAt != nil
    }

    /// Takes the form; it waits for the desk.
    /// - Throws: `LinkIsGone`, `SelfFaults`.
    @discardableResult
    package static func submit(
        _ typed: SelfAnswers, token: PublicToken, language: Language, by work: Work, in tx: any WriteTransaction
    ) throws -> SelfRegistration {
        var registration = try form(token, now: work.now, in: tx)
        let known = Set(work.playbook.codes(.medicalHistory).map(\.code))
        let faults = SelfRules.faults(typed, known: known, today: work.today)
        guard faults.isEmpty else { throw SelfFaults(faults) }
        let notice = PrivacyNotice(clinic: work.clinic, language: language)
        registration.language = language
        registration.answers = cleaned(typed, known: known)
        registration.noticeVersion = notice.version
        registration.noticeHash = notice.hash
        registration.submittedAt = work.now
        guard try SelfRegistrationStore.setSubmitted(registration, in: tx) else { throw LinkIsGone() }
        try Audit.append(
            Event(
                "selfRegistration.sent", of: registration.id,
                ["language": .text(language.rawValue), "appointment": JSONValue(registration.appointmentID)]),
            by: work, in: tx)
        return registration
    }

    package static func isOpen(_ playbook: Playbook) -> Bool { playbook[.registrationSelfOpen] }

    // MARK: Parts

    /// Forms that wait for the desk at most; beyond it somebody plays with the code at the door.
    static let mostWaiting = 200

    private static func new(
        appointment: ID<Appointment>?, expiresAt: Timestamp, addressHash: String?, _ work: Work
    ) -> SelfRegistration {
        SelfRegistration(
            id: work.newID(), clinicID: work.clinic.id, appointmentID: appointment, issuedAt: work.now,
            issuedDay: work.today, issuedBy: work.actor.id, expiresAt: expiresAt, addressHash: addressHash)
    }

    /// Only codes of the lists; nothing about health without the consent for it.
    private static func cleaned(_ typed: SelfAnswers, known: Set<String>) -> SelfAnswers {
        var answers = typed
        answers.histories = typed.histories.filter(known.contains).sorted()
        answers.consents = typed.consents.filter { ConsentKind(rawValue: $0) != nil }.sorted()
        return answers
    }
}
