import Kernel
import Storage

/// Notes to doctors: written at the desk, answered at the chair, carried out at the desk (R4.17).
package enum DoctorNotes {
    package struct Send: Hashable, Sendable {
        package var doctorID: ID<Staff>?
        package var visitID: ID<Visit>?
        package var body: String
        package init(doctorID: ID<Staff>?, visitID: ID<Visit>?, body: String) {
            self.doctorID = doctorID
            self.visitID = visitID
            self.body = body
        }
    }

    /// - Throws: `NotAllowed`, `NotFound`, `DoctorNoteError.doctorNeeded`, `FormErrors` for `body`.
    @discardableResult
    package static func send(_ command: Send, by work: Work, in tx: any WriteTransaction) throws -> DoctorNote {
        try work.actor.require(.noteDoctors)
        try DoctorNoteRules.check(body: command.body)
        let visit = try command.visitID.map { try VisitStore.get($0, clinic: work.clinic.id, in: tx) }
        guard let doctor = command.doctorID ?? visit?.doctorID,
            try StaffStore.findDoctor(doctor, clinic: work.clinic.id, in: tx) != nil
        else { throw DoctorNoteError.doctorNeeded }
        let note = DoctorNote(
            id: work.newID(), clinicID: work.clinic.id, businessDay: work.today, doctorID: doctor, visitID: visit?.id,
            patientID: visit?.patientID, body: command.body.trimmed, sentAt: work.now, sentBy: work.actor.id,
            answer: nil, minutes: nil, answerNote: nil, answeredAt: nil, answeredBy: nil, actedAt: nil, actedBy: nil,
            withdrawnAt: nil, version: 1)
        try DoctorNoteStore.insert(note, in: tx)
        try reconcile(note, by: work, in: tx)
        try Audit.append(event("note.sent", note, ["doctor": JSONValue(doctor)]), by: work, in: tx)
        return note
    }

    /// Doctor or nurse answers. "Come in" calls the customer at once, as far as there is a number to call.
    ///
    /// - Throws: `DoctorNoteError`, `FormErrors` for `minutes`.
    package static func answer(
        _ id: ID<DoctorNote>, _ answer: DoctorNote.Answer, minutes: Int? = nil, note: String? = nil, by work: Work,
        in tx: any WriteTransaction
    ) throws {
        let asked = try DoctorNoteStore.get(id, clinic: work.clinic.id, in: tx)
        guard ArrivalNotices.mayAnswer(work.actor, for: asked.doctorID) else { throw DoctorNoteError.notYours }
        try checkOpen(asked, in: tx)
        try DoctorNoteRules.check(answer, minutes: minutes)
        if (note ?? "").count > 60 { throw FormErrors("note", "最多 60 个字") }
        let saved = try DoctorNoteStore.answer(
            id, answer, minutes: answer == .wait ? minutes : nil, note: note?.nonBlank, by: work, in: tx)
        guard saved else { throw ChangedMeanwhile("纸条") }
        let current = try DoctorNoteStore.get(id, clinic: work.clinic.id, in: tx)
        try reconcile(current, by: work, in: tx)
        try Audit.append(
            event(
                "note.answered", current,
                ["answer": .text(answer.rawValue), "minutes": JSONValue(current.minutes)]), by: work, in: tx)
        if answer == .comeIn { try call(current, by: work, in: tx) }
    }

    /// The desk carried the answer out. "Wait" is what the customer is told now (R4.02).
    ///
    /// - Throws: `DoctorNoteError`, `NotAllowed`.
    package static func act(_ id: ID<DoctorNote>, by work: Work, in tx: any WriteTransaction) throws -> DoctorNote {
        try work.actor.require(.noteDoctors)
        let note = try DoctorNoteStore.get(id, clinic: work.clinic.id, in: tx)
        guard note.answer != nil else { throw DoctorNoteError.notAnswered }
        guard try DoctorNoteStore.setActed(id, by: work, in: tx) else { return note }
        if let minutes = note.minutes, let visit = try waitingVisit(note, work, in: tx), work.actor.may(.callQueue) {
            try Arrivals.tellWait(visit.id, minutes: minutes, by: work, in: tx)
        }
        try Audit.append(event("note.acted", note), by: work, in: tx)
        return note
    }

    /// The customer does not ask any more.
    package static func withdraw(_ id: ID<DoctorNote>, by work: Work, in tx: any WriteTransaction) throws {
        try work.actor.require(.noteDoctors)
        let note = try DoctorNoteStore.get(id, clinic: work.clinic.id, in: tx)
        try checkOpen(note, in: tx)
        guard try DoctorNoteStore.withdraw(id, by: work, in: tx) else { throw ChangedMeanwhile("纸条") }
        try reconcile(try DoctorNoteStore.get(id, clinic: work.clinic.id, in: tx), by: work, in: tx)
        try Audit.append(event("note.withdrawn", note), by: work, in: tx)
    }

    // MARK: Parts

    private static func checkOpen(_ note: DoctorNote, in tx: any ReadTransaction) throws {
        if note.withdrawnAt != nil { throw DoctorNoteError.withdrawn }
        guard let answer = note.answerText, let by = note.answeredBy else { return }
        throw DoctorNoteError.answered(answer, by: try StaffStore.names([by], in: tx)[by] ?? "同事")
    }

    private static func waitingVisit(
        _ note: DoctorNote, _ work: Work, in tx: any ReadTransaction
    ) throws -> Visit? {
        let visit = try note.visitID.map { try VisitStore.get($0, clinic: work.clinic.id, in: tx) }
        return visit?.stage == .waiting ? visit : nil
    }

    private static func call(_ note: DoctorNote, by work: Work, in tx: any WriteTransaction) throws {
        guard let visit = try waitingVisit(note, work, in: tx), work.actor.may(.callQueue),
            try QueueStore.findOpen(visit.id, in: tx) != nil
        else { return }
        try Queue.call(visit.id, chair: nil, version: nil, by: work, in: tx)
        _ = try DoctorNoteStore.setActed(note.id, by: work, in: tx)
    }

    /// Keeps the reminder of an unanswered note equal to what is owed.
    private static func reconcile(_ note: DoctorNote, by work: Work, in tx: any WriteTransaction) throws {
        let names = try StaffStore.names([note.doctorID], in: tx)
        try Tasks.reconcile(
            DoctorNoteObligations.facts(note, doctor: names[note.doctorID] ?? ""),
            of: TaskSubject(.doctorNote, note.id), scope: DoctorNoteObligations.scope,
            cause: note.withdrawnAt == nil ? "医生已答复" : "纸条已撤回", by: work, in: tx)
    }

    private static func event(
        _ kind: String, _ note: DoctorNote, _ values: JSONValue = [:]
    ) -> Event {
        Event(kind, of: note.id, patient: note.patientID, values)
    }
}

/// What an unanswered note makes due. Pure.
package enum DoctorNoteObligations {
    package static let scope: Set<TaskRule.Fact> = [.noteSent]

    package static func facts(_ note: DoctorNote, doctor: String) -> [TaskFact] {
        guard note.state == .open else { return [] }
        return [
            TaskFact(
                .noteSent, of: TaskSubject(.doctorNote, note.id), anchor: note.sentAt, anchorDay: note.businessDay,
                patientID: note.patientID, holding: [.unanswered], recorder: note.sentBy,
                treatingDoctor: note.doctorID, reason: "写给\(doctor)：\(note.body)")
        ]
    }
}
