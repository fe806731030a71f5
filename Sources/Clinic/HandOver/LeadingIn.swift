import Kernel
import Storage

/// Hands a customer over to doctor and nurse: one tap, many facts (design idea 11, R4.18–R4.21, R4.46).
package enum LeadingIn {
    package struct Command: Hashable, Sendable {
        package var leadIn: ChairUse.LeadIn
        package var rating: HandOver.Rating?
        package var remark: String?
        /// A word for the doctor, written on the way (R1.17).
        package var observation: String?
        /// The writer says that a word which often judges describes here.
        package var insists: Bool
        /// Strokes of the nurse who takes over, as the pad sends them (R4.18).
        package var signature: String?
        package init(
            _ leadIn: ChairUse.LeadIn, rating: HandOver.Rating? = nil, remark: String? = nil,
            observation: String? = nil, insists: Bool = false, signature: String? = nil
        ) {
            self.leadIn = leadIn
            self.rating = rating
            self.remark = remark
            self.observation = observation
            self.insists = insists
            self.signature = signature
        }
    }

    /// Leads the customer in and keeps the words of the introduction.
    ///
    /// - Throws: as `ChairUse.leadIn`; `FormErrors` for `remark` and `words`.
    @discardableResult
    package static func lead(_ command: Command, by work: Work, in tx: any WriteTransaction) throws -> HandOver {
        try HandOverRules.check(command.rating, remark: command.remark)
        let signature = try nurseSignature(command, work, in: tx)
        let seated = try ChairUse.leadIn(command.leadIn, by: work, in: tx)
        if let words = command.observation?.nonBlank {
            _ = try Observations.write(
                words, about: seated.visit.patientID, visit: seated.visit.id, insists: command.insists, by: work, in: tx
            )
        }
        let rates = work.playbook.level(of: .nurseReceptionRating) != .off
        let handOver = HandOver(
            id: work.newID(), clinicID: work.clinic.id, businessDay: seated.visit.businessDay, visitID: seated.visit.id,
            movementID: seated.movementID, doctorID: seated.doctorID,
            introduction: Introduction.text(try facts(of: seated.visit, doctor: seated.doctorID, by: work, in: tx)),
            assignedChairID: seated.assigned?.id,
            chairReason: seated.assigned == nil ? nil : command.leadIn.chairReason?.nonBlank,
            chairNote: seated.assigned == nil ? nil : command.leadIn.chairNote?.nonBlank,
            rating: rates ? command.rating : nil, remark: rates ? command.remark?.nonBlank : nil,
            handedAt: work.now, handedBy: work.actor.id)
        try HandOverStore.insert(handOver, in: tx)
        if let signature {
            let document = SignedDocument(
                kind: HandOver.signedKind, id: handOver.id.raw, contentHash: Audit.sha256(handOver.signedText))
            _ = try Signatures.add(
                signature, under: document, step: "nurse", patient: seated.visit.patientID, by: work, in: tx)
        }
        return handOver
    }

    /// What the nurse drew; nil where the clinic asks for none, or only reminds and none was given.
    private static func nurseSignature(
        _ command: Command, _ work: Work, in tx: any ReadTransaction
    ) throws -> NewSignature? {
        guard work.playbook.level(of: .handoverDrawnSignature) != .off else { return nil }
        guard let strokes = command.signature?.nonBlank else {
            if work.playbook.demands(.handoverDrawnSignature) { throw FormErrors("signature", "请接手的护士签名后再引领") }
            return nil
        }
        guard let nurse = try command.leadIn.nurseID.flatMap({ try StaffStore.find($0, in: tx) }) else {
            throw FormErrors("nurse", "请选签名的是哪位护士")
        }
        return NewSignature(signer: .staff(nurse.id, name: nurse.name), manner: .drawn(try SignaturePath(strokes)))
    }

    /// The attendant says afterwards how the nurse received the customer (R4.19).
    ///
    /// - Throws: `NotAllowed`, `NotFound`, `FormErrors` for `rating` and `remark`.
    /// - Returns: the visit it belongs to.
    @discardableResult
    package static func rate(
        _ id: ID<HandOver>, _ rating: HandOver.Rating?, remark: String?, by work: Work, in tx: any WriteTransaction
    ) throws -> ID<Visit> {
        try work.actor.require(.leadIn)
        let handOver = try HandOverStore.get(id, clinic: work.clinic.id, in: tx)
        guard let rating else { throw FormErrors("rating", "请选规范或不规范") }
        try HandOverRules.check(rating, remark: remark)
        try HandOverStore.rate(id, rating, remark: remark?.nonBlank, in: tx)
        try Audit.append(
            Event(
                "visit.receptionRated", of: handOver.visitID,
                ["rating": .text(rating.rawValue), "remark": JSONValue(remark?.nonBlank)]), by: work, in: tx)
        return handOver.visitID
    }

    /// What the introduction is made of.
    package static func facts(
        of visit: Visit, doctor: ID<Staff>?, by work: Work, in tx: any ReadTransaction
    ) throws -> Introduction.Facts {
        let brief = try PatientStore.briefs([visit.patientID], today: work.today, in: tx).first
        let booking = try visit.appointmentID.flatMap { id in
            try BookEntries.list(where: "a.id = \(id)", in: tx).first
        }
        let last = try Treatments.lasts(of: [visit.patientID], before: visit.businessDay, in: tx)[visit.patientID]
        return Introduction.Facts(
            doctor: try doctor.flatMap { try StaffStore.find($0, in: tx)?.name }, greeting: brief?.greeting ?? "客人",
            type: visit.type, purpose: booking?.purpose ?? visit.complaint, last: last,
            observation: try observation(of: visit, by: work, in: tx))
    }

    /// What the desk wrote for the doctor today, oldest first (R1.17).
    static func observation(of visit: Visit, by work: Work, in tx: any ReadTransaction) throws -> String? {
        let calendar = work.clinic.calendar
        let since = calendar.instant(visit.businessDay, minute: calendar.dayStartsAtMinutes)
        return try ObservationStore.list(visit.patientID, since: since, in: tx)
            .reversed().map(\.words).joined(separator: "；").nonBlank
    }
}
