import Kernel
import Storage

/// Guides special cases: opened with the arrival or by hand, step by step, to an outcome (R2.14–R2.26).
package enum Cases {
    /// What is put on record for one step.
    package struct StepInput: Hashable, Sendable {
        package var staffID: ID<Staff>?
        package var minutes: Int?
        package var day: Day?
        /// Words, or the code the step asks for: `doctorCall` of a call, yes or no of the willingness.
        package var code: String?
        package var note: String?
        package init(
            staffID: ID<Staff>? = nil, minutes: Int? = nil, day: Day? = nil, code: String? = nil, note: String? = nil
        ) {
            self.staffID = staffID
            self.minutes = minutes
            self.day = day
            self.code = code
            self.note = note
        }
    }

    /// How somebody decides.
    package struct Decision: Hashable, Sendable {
        package var outcome: VisitCase.Outcome
        package var doctorID: ID<Staff>?
        /// What is booked instead.
        package var slot: Slot?
        package var note: String?
        package init(_ outcome: VisitCase.Outcome, doctorID: ID<Staff>? = nil, slot: Slot? = nil, note: String? = nil) {
            self.outcome = outcome
            self.doctorID = doctorID
            self.slot = slot
            self.note = note
        }
    }

    /// Opens a case of a visit; the one that is there already is returned. The purpose of the visit is known from the
    /// arrival and counts as asked (R2.16, R2.18, R2.19).
    /// - Throws: `NotAllowed`, `NotFound`, `ReceptionError`, `FormErrors` for a doctor of another clinic.
    @discardableResult
    package static func open(
        _ cue: TriageCases.Cue, of id: ID<Visit>, by work: Work, in tx: any WriteTransaction
    ) throws -> VisitCase {
        try requireDesk(work)
        let visit = try VisitStore.get(id, clinic: work.clinic.id, in: tx)
        guard visit.leftAt == nil else {
            throw ReceptionError.alreadyLeft(at: work.clinic.calendar.clockText(visit.leftAt ?? work.now))
        }
        let made = VisitCase(
            id: work.newID(), visitID: id, day: visit.businessDay, kind: cue.kind, doctorID: cue.doctorID, why: cue.why,
            openedAt: work.now, openedBy: work.actor.id, steps: [], closed: nil)
        guard try CaseStore.insert(made, clinic: work.clinic.id, in: tx) else {
            let known = try CaseStore.list(of: id, in: tx)
            return known.first { $0.kind == cue.kind } ?? made
        }
        if CaseRules.steps(cue.kind).contains(.purpose) {
            try record(.purpose, StepInput(note: visit.complaint), of: made.id, work, in: tx)
        }
        try Audit.append(
            Event(
                "case.opened", of: made.id, patient: visit.patientID,
                ["kind": .text(cue.kind.rawValue), "why": .text(cue.why), "doctor": JSONValue(cue.doctorID)]),
            by: work, in: tx)
        return try CaseStore.get(made.id, clinic: work.clinic.id, in: tx)
    }

    /// Puts one step on record. The last step of a case that nobody has to decide closes it.
    /// - Throws: `FormErrors`, `CaseError`, `NotFound`, `NotAllowed`.
    @discardableResult
    package static func step(
        _ id: ID<VisitCase>, _ kind: VisitCase.Step.Kind, _ input: StepInput, by work: Work,
        in tx: any WriteTransaction
    ) throws -> VisitCase {
        try requireDesk(work)
        let found = try open(id, work, in: tx)
        guard CaseRules.steps(found.kind).contains(kind), kind != .complaint else { throw NotFound("步骤") }
        let input = try StepRules.checked(kind, input, work)
        if let staff = input.staffID, try StaffStore.find(staff, in: tx)?.disabledAt != nil {
            throw FormErrors("staff", "请从列出的同事中选一位")
        }
        if kind == .doctorCalled, let doctor = found.doctorID {
            try DoctorCalls.log(
                doctor, about: found.day, result: input.code ?? "", note: input.note, by: work, in: tx)
        }
        if kind == .expertTold, let minutes = input.minutes, work.actor.may(.callQueue) {
            try Arrivals.tellWait(found.visitID, minutes: minutes, by: work, in: tx)
        }
        try record(kind, StepRules.stored(kind, input, work.playbook), of: id, work, in: tx)
        try Audit.append(
            Event(
                "case.step", of: id, patient: try patient(found, work, in: tx),
                [
                    "step": .text(kind.rawValue), "staff": JSONValue(input.staffID),
                    "minutes": JSONValue(input.minutes), "day": JSONValue(input.day),
                ]), by: work, in: tx)
        let after = try CaseStore.get(id, clinic: work.clinic.id, in: tx)
        if let outcome = CaseRules.settled(after.kind), try nextStep(after, work, in: tx) == nil {
            return try close(after, Decision(outcome), work, in: tx)
        }
        return after
    }

    /// Decides a case, and does what follows: another doctor, a booking, the supervisor, a callback (R2.16–R2.20, R4.06).
    /// - Throws: `FormErrors` (outcome, doctor, slot, note), `CaseError`, `BookingError`, `ReceptionError`, `NotAllowed`.
    @discardableResult
    package static func decide(
        _ id: ID<VisitCase>, _ decision: Decision, by work: Work, in tx: any WriteTransaction
    ) throws -> VisitCase {
        try requireDesk(work)
        let found = try open(id, work, in: tx)
        let isKnown =
            CaseRules.outcomes(found.kind, isOnDuty: true).contains(decision.outcome)
            || CaseRules.outcomes(found.kind, isOnDuty: false).contains(decision.outcome)
            || CaseRules.always.contains(decision.outcome)
        guard isKnown else { throw CaseError.unknownOutcome }
        try CaseRules.check(
            decision.outcome, of: found.kind, missing: try nextStep(found, work, in: tx),
            level: found.kind.rule.map { work.playbook.level(of: $0) } ?? .remind, actor: work.actor)
        return try close(found, decision, work, in: tx)
    }

    /// What is to be done next in a case; nil: to decide.
    package static func nextStep(
        _ c: VisitCase, _ work: Work, in tx: any ReadTransaction
    ) throws -> VisitCase.Step.Kind? {
        var isReported = false
        if CaseRules.steps(c.kind).contains(.complaint) {
            isReported = try Complaints.refusal(of: try patient(c, work, in: tx), by: work, in: tx) == .reported
        }
        return CaseRules.nextStep(c.kind, done: Set(c.steps.map(\.kind)), isReported: isReported)
    }

    // MARK: Parts

    static func requireDesk(_ work: Work) throws(NotAllowed) {
        guard [Capability.triage, .checkIn, .checkInReturning].contains(where: work.actor.may) else {
            throw NotAllowed(capability: .triage)
        }
    }

    private static func open(_ id: ID<VisitCase>, _ work: Work, in tx: any ReadTransaction) throws -> VisitCase {
        let found = try CaseStore.get(id, clinic: work.clinic.id, in: tx)
        if let closed = found.closed { throw CaseError.alreadyClosed(outcome: closed.outcome.label) }
        return found
    }

    private static func patient(_ c: VisitCase, _ work: Work, in tx: any ReadTransaction) throws -> ID<Patient> {
        try VisitStore.get(c.visitID, clinic: work.clinic.id, in: tx).patientID
    }

    private static func record(
        _ kind: VisitCase.Step.Kind, _ input: StepInput, of id: ID<VisitCase>, _ work: Work,
        in tx: any WriteTransaction
    ) throws {
        try CaseStore.insert(
            VisitCase.Step(
                kind: kind, staffID: input.staffID, minutes: input.minutes, day: input.day, note: input.note?.nonBlank,
                recordedAt: work.now, recordedBy: work.actor.id), id: work.newID(), of: id, in: tx)
    }
}
