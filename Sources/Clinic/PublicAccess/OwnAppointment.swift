import Kernel
import Storage

/// What a customer sees of the own booking: no record, no phone, nothing about anybody else (R16.19).
package struct OwnAppointment: Hashable, Sendable {
    package let appointment: Appointment
    package let clinic: ClinicSite
    package let link: PublicLink
    /// 谢女士; the name for whoever is neither 女士 nor 先生. nil, like the name, where the visitor's link leads to a file that
    /// was there before.
    package let greeting: String?
    package let name: String?
    package let doctorName: String
    package let itemNames: [String]
    /// The booking came from the public page and the desk has not looked at it yet.
    package let isUnverified: Bool
}

/// A customer confirms, moves or cancels by a link (issue 4). The same rules as at the desk; who = the customer.
package enum OwnAppointments {
    /// - Throws: `LinkIsGone` for a wrong, used, expired or revoked link, and when the booking is over: cancelled, missed,
    ///   arrived or begun. One answer for all.
    package static func find(
        _ token: PublicToken, now: Timestamp, in tx: any ReadTransaction
    ) throws -> OwnAppointment {
        let link = try PublicLinks.open(token, .appointment, now: now, in: tx)
        let clinic = try PlaceStore.clinic(link.clinicID, in: tx)
        guard let booking = try AppointmentStore.find(ID(raw: link.subject), clinic: clinic.id, in: tx), booking.isLive,
            now < clinic.calendar.instant(booking.day, booking.start),
            try AppointmentStore.visit(of: booking.id, in: tx) == nil,
            let patient = try PatientStore.find(booking.patientID, in: tx)
        else { throw LinkIsGone() }
        let items = try ItemStore.list(ids: booking.items.map(\.itemID), in: tx)
        let form = try OnlineFormStore.find(of: booking.id, clinic: clinic.id, in: tx)
        // Joined to a file on the shelf: what stands there was typed by others, and the link may be in anybody's hands.
        let isJoined = form?.knownAs != nil && link.issuedBy == Actor.customer.id
        return OwnAppointment(
            appointment: booking, clinic: clinic, link: link,
            greeting: isJoined
                ? nil
                : PersonName.greeting(
                    name: patient.name, salutation: patient.salutation, gender: patient.gender,
                    age: patient.age(on: clinic.calendar.businessDay(of: now))),
            name: isJoined ? nil : patient.name,
            doctorName: try StaffStore.names([booking.doctorID], in: tx)[booking.doctorID] ?? "",
            itemNames: items.map(\.name), isUnverified: form?.isOpen ?? false)
    }

    /// "I will come" (R3.25). Twice is once.
    /// - Throws: `LinkIsGone`, `ChangedMeanwhile` when the desk moved it since the page was drawn.
    package static func confirm(
        _ token: PublicToken, version: Int, by work: Work, in tx: any WriteTransaction
    ) throws -> Appointment {
        let own = try find(token, now: work.now, in: tx)
        if own.appointment.confirmed != nil { return own.appointment }
        return try Booking.confirm(own.appointment.id, version: version, by: work, in: tx)
    }

    /// Times the booking may move to: the same doctor, items and length (R3.14).
    package static func offers(
        _ own: OwnAppointment, from day: Day?, by work: Work, in tx: any ReadTransaction
    ) throws -> [Offer] {
        let booking = own.appointment
        let last = work.today.adding(days: work.playbook[.publicBookingDays])
        let first = max(day ?? work.today.adding(days: 1), work.today)
        guard first <= last else { return [] }
        let request = AssignmentRequest(
            patientID: booking.patientID, complaint: booking.complaint, items: booking.items, units: booking.units,
            wish: DoctorWish(doctorID: booking.doctorID, isHard: true))
        let found = try OnlineBooking.spread(
            OfferRequest(
                request, from: first, days: min(last.days(since: first) + 1, OnlineBooking.offerDays),
                count: OnlineBooking.mostOffers), by: work, in: tx)
        return found.filter {
            $0.slot.doctorID == booking.doctorID && $0.slot.day <= last
                && ($0.slot.day, $0.slot.start) != (booking.day, booking.start)
        }
    }

    /// The offer behind a button, searched before the write.
    /// - Throws: `LinkIsGone`, `OnlineRefusal.timeIsGone` for anything that is not offered.
    package static func offered(
        _ token: PublicToken, _ time: AskedTime, by work: Work, in tx: any ReadTransaction
    ) throws -> Slot {
        let own = try find(token, now: work.now, in: tx)
        let offer = try offers(own, from: time.day, by: work, in: tx)
            .first { $0.slot.day == time.day && $0.slot.start == time.start }
        guard let offer else { throw OnlineRefusal.timeIsGone }
        return offer.slot
    }

    /// Moves to an offer of `offered`; the clinic's reason list says the customer's time changed (R3.31).
    /// - Throws: `LinkIsGone`, `ChangedMeanwhile`, `OnlineRefusal.timeIsGone` when somebody was faster.
    package static func move(
        _ token: PublicToken, version: Int, to slot: Slot, by work: Work, in tx: any WriteTransaction
    ) throws -> Appointment {
        let own = try find(token, now: work.now, in: tx)
        guard slot.doctorID == own.appointment.doctorID else { throw OnlineRefusal.timeIsGone }
        do {
            return try Booking.move(
                MoveAppointment(
                    id: own.appointment.id, version: version,
                    to: Slot(
                        day: slot.day, start: slot.start, units: own.appointment.units, doctorID: slot.doctorID,
                        chairID: slot.chairID),
                    reason: "customerTime", note: "客人用链接改约"), by: work, in: tx)
        } catch let error as BookingError where error.kind == .conflict { throw OnlineRefusal.timeIsGone }
    }

    /// Reasons a customer may give: those that begin with the customer and need no sentence.
    package static func reasons(_ playbook: Playbook) -> [Code] {
        playbook.codes(.cancellation).filter { $0.initiator == .customer && !$0.needsNote }
    }

    /// Cancels; the notice is kept (R3.36) and the link is used up.
    /// - Throws: `LinkIsGone`, `ChangedMeanwhile`, `FormErrors` for `reason`.
    package static func cancel(
        _ token: PublicToken, version: Int, reason: String, by work: Work, in tx: any WriteTransaction
    ) throws -> Appointment {
        let own = try find(token, now: work.now, in: tx)
        guard reasons(work.playbook).contains(where: { $0.code == reason }) else {
            throw FormErrors("reason", "请选择原因")
        }
        let cancelled = try Booking.cancel(
            CancelAppointment(
                id: own.appointment.id, version: version, reason: reason, side: .patient, note: "客人用链接取消"), by: work,
            in: tx)
        _ = try PublicLinkStore.setUsed(own.link.id, at: work.now, in: tx)
        return cancelled
    }
}
