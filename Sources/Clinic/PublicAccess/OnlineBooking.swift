import Kernel
import Storage

/// A customer books on line: times of the same engine, a hold of five minutes, a booking under the same rules (R3.09).
///
/// The file it makes is new and unverified, whoever is on file: the answer never tells who is a patient. The desk compares
/// and joins (`OnlineDesk`).
package enum OnlineBooking {
    /// Whether the clinic takes bookings on line.
    package static func isOpen(_ playbook: Playbook) -> Bool { playbook[.publicBookingOpen] }

    /// Free times for a need, from a day on, in order of time.
    package static func offers(
        _ need: OnlineNeed, from day: Day?, by work: Work, in tx: any ReadTransaction
    ) throws -> [Offer] {
        guard isOpen(work.playbook), need.isPossible(work.playbook) else { throw OnlineRefusal.closed }
        let last = work.today.adding(days: work.playbook[.publicBookingDays])
        let first = max(day ?? work.today, work.today)
        guard first <= last else { return [] }
        let request = OfferRequest(
            try assignment(need, in: tx), from: day.map { max($0, work.today) },
            days: min(last.days(since: first) + 1, offerDays), count: mostOffers)
        return try spread(request, by: work, in: tx).filter { $0.slot.day <= last }
    }

    /// The engine says the best time of each half of a day; a visitor who reads instead of listening gets a few more, each
    /// the best one not before a later hour.
    static func spread(_ request: OfferRequest, by work: Work, in tx: any ReadTransaction) throws -> [Offer] {
        var found: [AskedTime: Offer] = [:]
        for earliest in [nil, 40, 44, 60, 64] {
            var asked = request
            asked.earliest = earliest.map { Unit($0) }
            for offer in try Offers.find(asked, by: work, in: tx) {
                let time = AskedTime(day: offer.slot.day, start: offer.slot.start)
                if found[time] == nil { found[time] = offer }
            }
        }
        return found.values.sorted { ($0.slot.day, $0.slot.start) < ($1.slot.day, $1.slot.start) }
    }

    /// The offer behind a button, searched before the write: only taking it needs the clinic's turn.
    /// - Throws: `OnlineRefusal.timeIsGone` when it is not offered any more.
    package static func offered(
        _ need: OnlineNeed, _ time: AskedTime, by work: Work, in tx: any ReadTransaction
    ) throws -> Slot {
        let offer = try offers(need, from: time.day, by: work, in: tx)
            .first { $0.slot.day == time.day && $0.slot.start == time.start }
        guard let offer else { throw OnlineRefusal.timeIsGone }
        return offer.slot
    }

    /// What a visitor wants to keep, and who asks, as hashes.
    package struct HoldRequest: Hashable, Sendable {
        package let need: OnlineNeed
        package let slot: Slot
        /// Keyed hash of the network address.
        package let addressHash: String
        /// Keyed hash of the browser's mark.
        package let visitorHash: String
        package let language: Language
        package init(
            need: OnlineNeed, slot: Slot, addressHash: String, visitorHash: String, language: Language
        ) {
            self.need = need
            self.slot = slot
            self.addressHash = addressHash
            self.visitorHash = visitorHash
            self.language = language
        }
    }

    /// Keeps an offer for five minutes, atomically; another time the same browser keeps is given back for it. The same
    /// token again is the same form.
    ///
    /// - Parameter token: the address of the form.
    /// - Throws: `OnlineRefusal`.
    package static func hold(
        _ request: HoldRequest, token: PublicToken, by work: Work, in tx: any WriteTransaction
    ) throws -> OnlineForm {
        guard isOpen(work.playbook), request.need.isPossible(work.playbook) else { throw OnlineRefusal.closed }
        if let held = try? form(token, now: work.now, in: tx) { return held }
        let before = try OnlineFormStore.listHeld(
            visitorHash: request.visitorHash, clinic: work.clinic.id, now: work.now, in: tx)
        for form in before { try OnlineFormStore.setGivenUp(form.id, at: work.now, in: tx) }
        let counts = try OnlineFormStore.counts(
            addressHash: request.addressHash, phoneHash: nil, day: work.today, clinic: work.clinic.id, now: work.now,
            in: tx)
        try OnlineRules.checkHold(counts, work.playbook)
        for form in before.dropLast() { try Holds.release(form.holdID, in: tx) }
        let hold: Hold
        do {
            hold = try Holds.take(request.slot, instead: before.last?.holdID, by: work, in: tx)
        } catch is BookingError {
            throw OnlineRefusal.timeIsGone
        }
        let form = OnlineForm(
            id: work.newID(), clinicID: work.clinic.id, holdID: hold.id, need: request.need, slot: request.slot,
            addressHash: request.addressHash, visitorHash: request.visitorHash, startedAt: work.now,
            expiresAt: hold.expiresAt, startedDay: work.today, language: request.language, answers: [])
        try OnlineFormStore.insert(form, in: tx)
        _ = try PublicLinks.insert(
            .hold, subject: form.id.raw, token: token, expiresAt: hold.expiresAt, by: work, in: tx)
        return form
    }

    /// The form behind its address, while the time is kept.
    /// - Throws: `LinkIsGone`.
    package static func form(
        _ token: PublicToken, now: Timestamp, in tx: any ReadTransaction
    ) throws -> OnlineForm {
        let link = try PublicLinks.open(token, .hold, now: now, in: tx)
        guard let form = try OnlineFormStore.find(ID(raw: link.subject), clinic: link.clinicID, in: tx),
            form.submittedAt != nil || now < form.expiresAt
        else { throw LinkIsGone() }
        return form
    }

    /// What a sent form leads to.
    package struct Booked: Hashable, Sendable {
        package let form: OnlineForm
        package let appointment: Appointment
    }

    /// Books the held time for an unverified file; writes both, a task for the desk and the customer's link, or nothing.
    ///
    /// - Parameters:
    ///   - phoneHash: keyed hash of the number's digits.
    ///   - own: the address of the customer's own booking.
    ///   - language: of the page as it was sent: in it the privacy notice was read.
    /// - Throws: `OnlineFaults`, `OnlineRefusal`, `LinkIsGone`.
    package static func submit(
        _ entry: OnlineEntry, hold token: PublicToken, phoneHash: String, own: PublicToken, language: Language,
        by work: Work, in tx: any WriteTransaction
    ) throws -> Booked {
        let link = try PublicLinks.open(token, .hold, now: work.now, in: tx)
        guard var form = try OnlineFormStore.find(ID(raw: link.subject), clinic: work.clinic.id, in: tx),
            work.now < form.expiresAt
        else { throw LinkIsGone() }
        form.language = language
        let playbook = work.playbook
        guard
            !OnlineRules.isProgram(
                entry, startedAt: form.startedAt, now: work.now, minimumSeconds: playbook[.publicMinimumSeconds])
        else { throw OnlineRefusal.notAccepted }
        let faults = OnlineRules.faults(entry)
        guard faults.isEmpty else { throw OnlineFaults(faults) }
        let counts = try OnlineFormStore.counts(
            addressHash: form.addressHash, phoneHash: phoneHash, day: form.startedDay, clinic: work.clinic.id,
            now: work.now, in: tx)
        try OnlineRules.checkBooking(counts, playbook)
        let patient = try Registration.register(command(entry, form, playbook), by: work, in: tx)
        let appointment = try place(form, for: patient.id, entry, by: work, in: tx)
        form.phoneHash = phoneHash
        let asked = OnlineQuestion.asked(playbook)
        form.answers = asked.filter(entry.answers.contains)
        form.denied = asked.filter { entry.denied.contains($0) && !entry.answers.contains($0) }
        form.submittedAt = work.now
        form.appointmentID = appointment.id
        form.patientID = patient.id
        guard try OnlineFormStore.setSubmitted(form, in: tx), try PublicLinkStore.setUsed(link.id, at: work.now, in: tx)
        else { throw OnlineRefusal.timeIsGone }
        _ = try PublicLinks.issue(for: appointment.id, token: own, by: work, in: tx)
        try OnlineObligations.reconcile(form, by: work, in: tx)
        try screen(form, patient: patient.id, appointment: appointment.id, by: work, in: tx)
        try Audit.append(
            Event(
                "appointment.bookedOnline", of: appointment.id, patient: patient.id,
                [
                    "form": JSONValue(form.id), "need": .text(form.need.rawValue),
                    "answers": .list(form.answers.map { .text($0.rawValue) }),
                    "language": .text(form.language.rawValue),
                ]), by: work, in: tx)
        return Booked(form: form, appointment: appointment)
    }

    /// Forgets links that are over and forms that led to nobody, 30 days later (design §9).
    /// - Returns: how many forms.
    @discardableResult
    package static func purge(now: Timestamp, keepDays: Int, in tx: any WriteTransaction) throws -> Int {
        let before = now.adding(days: -keepDays)
        _ = try PublicLinkStore.purge(before: before, in: tx)
        _ = try CallRequestStore.purge(before: before, in: tx)
        _ = try SelfRegistrationStore.purge(before: before, in: tx)
        return try OnlineFormStore.purge(before: before, in: tx)
    }

    // MARK: Parts

    /// Days looked at for one page of times, and times on it.
    static let offerDays = 7
    static let mostOffers = 2 * offerDays

    static func assignment(_ need: OnlineNeed, in tx: any ReadTransaction) throws -> AssignmentRequest {
        let item = try need.item(in: tx)
        return AssignmentRequest(
            patientID: nil, complaint: need.complaint, items: item.map { [BookedItem($0.id)] } ?? [])
    }

    private static func place(
        _ form: OnlineForm, for patient: ID<Patient>, _ entry: OnlineEntry, by work: Work, in tx: any WriteTransaction
    ) throws -> Appointment {
        var request = try assignment(form.need, in: tx)
        request.patientID = patient
        request.units = form.slot.units
        request.time = AskedTime(day: form.slot.day, start: form.slot.start)
        request.offered = form.slot.doctorID
        do {
            return try Assigning.place(
                PlaceAssigned(
                    request, channel: "website", chairID: form.slot.chairID, remark: entry.note.nonBlank,
                    holdID: form.holdID), by: work, in: tx)
        } catch is AssignmentError { throw OnlineRefusal.timeIsGone } catch is BookingError {
            throw OnlineRefusal.timeIsGone
        }
    }

    /// The answers stand where those of the telephone stand, once there is one to each question (R3.45). What a visitor left
    /// open stays open: somebody asks on the telephone, and nothing says no in the visitor's place.
    private static func screen(
        _ form: OnlineForm, patient: ID<Patient>, appointment: ID<Appointment>, by work: Work,
        in tx: any WriteTransaction
    ) throws {
        let questions = Screening.questions(work.playbook)
        let (yes, no) = (Set(form.answers.map(\.rawValue)), Set(form.denied.map(\.rawValue)))
        let isComplete = questions.allSatisfy { yes.contains($0.code) || no.contains($0.code) }
        guard !questions.isEmpty, isComplete else { return }
        let answers = Dictionary(
            questions.map { ($0.code, yes.contains($0.code)) }, uniquingKeysWith: { first, _ in first })
        _ = try Screenings.record(
            patient: patient, appointment: appointment, channel: "website", answers: answers, isReminded: true,
            by: work.bySystem, in: tx)
    }

    private static func command(_ entry: OnlineEntry, _ form: OnlineForm, _ playbook: Playbook) -> RegisterPatient {
        let isChannel = playbook.registrationPolicy.sourceChannels.contains("website")
        var command = RegisterPatient(
            details: PatientDetails(
                name: entry.name, gender: entry.gender, age: entry.age, phone: entry.phone,
                complaint: form.need.complaint, sourceChannel: isChannel ? "website" : ""),
            histories: Dictionary(
                entry.answers.compactMap(\.history).map { ($0, "客人网上填写") }, uniquingKeysWith: { first, _ in first }),
            consents: entry.agreesHealth ? [.privacy, .health] : [.privacy], guardianName: entry.guardianName)
        command.isUnverified = true
        command.noticeLanguage = form.language
        return command
    }
}
