import Kernel

/// Something that happened and may make work due, as the feature that owns the fact reports it.
package struct TaskFact: Hashable, Sendable {
    package let fact: TaskRule.Fact
    package let subject: TaskSubject
    /// Tells repeated obligations of one rule and subject apart: a day, a number; "" when there is only one.
    package let occurrence: String
    /// The instant and business day the rule's times count from.
    package let anchor: Timestamp
    package let anchorDay: Day
    package let patientID: ID<Patient>?
    /// The conditions that hold.
    package let holding: Set<TaskRule.Condition>
    package let recorder: ID<Staff>?
    package let treatingDoctor: ID<Staff>?
    package let assistant: ID<Staff>?
    /// Why it is due, one line in the clinic's words: "充填 16 · 林书远".
    package let reason: String
    /// Id of the register or checklist, for rules that name one.
    package let about: String?
    /// The role its own definition names; stands in for that of the rule.
    package let ownerRole: String?

    package init(
        _ fact: TaskRule.Fact, of subject: TaskSubject, occurrence: String = "", anchor: Timestamp, anchorDay: Day,
        patientID: ID<Patient>?, holding: Set<TaskRule.Condition>, recorder: ID<Staff>? = nil,
        treatingDoctor: ID<Staff>? = nil, assistant: ID<Staff>? = nil, reason: String, about: String? = nil,
        ownerRole: String? = nil
    ) {
        self.fact = fact
        self.subject = subject
        self.occurrence = occurrence
        self.anchor = anchor
        self.anchorDay = anchorDay
        self.patientID = patientID
        self.holding = holding
        self.recorder = recorder
        self.treatingDoctor = treatingDoctor
        self.assistant = assistant
        self.reason = reason
        self.about = about
        self.ownerRole = ownerRole
    }
}

/// The record a task is about.
package struct TaskSubject: Hashable, Sendable {
    package enum Kind: String, Sendable {
        case appointment, visit, sheet, receipt, task, patient, deferral, complaint, rosterRequest, handedCase,
            callRequest
        case visitCase, visitRequest
        case registerEntry, checklistRun
        case doctorNote
        case dayCarry
    }
    package let kind: Kind
    package let id: Int64
    package init<T>(_ kind: Kind, _ id: ID<T>) {
        self.kind = kind
        self.id = id.raw
    }
    package init(kind: Kind, raw: Int64) {
        self.kind = kind
        id = raw
    }
}

/// Work that is owed: what a task is made from. Same key = same work, whatever happened in between.
package struct Obligation: Hashable, Sendable {
    package let rule: String
    package let subject: TaskSubject
    package let occurrence: String
    package let patientID: ID<Patient>?
    /// Empty: only the named person.
    package let ownerRole: String
    package let ownerID: ID<Staff>?
    package let reason: String
    package let channel: TaskRule.Channel
    package let script: String?
    package let dueDay: Day
    /// Earliest instant at which it makes sense, and the instant after which it is overdue.
    package let dueFrom: Timestamp
    package let dueAt: Timestamp

    package var key: String { "\(rule):\(subject.kind.rawValue):\(subject.id):\(occurrence)" }
}

/// What is owed, from facts and rules. Pure (design idea 3).
package enum Obligations {
    /// - Returns: one obligation for each active rule whose fact occurred and whose conditions all hold.
    package static func of(_ facts: [TaskFact], playbook: Playbook, calendar: ClinicCalendar) -> [Obligation] {
        facts.flatMap { fact in
            playbook.taskRules
                .filter { $0.isActive && $0.fact == fact.fact && ($0.about ?? fact.about) == fact.about }
                .filter { Set($0.conditions).isSubset(of: fact.holding) }
                .map { obligation($0, fact, playbook, calendar) }
        }
    }

    private static func obligation(
        _ rule: TaskRule, _ fact: TaskFact, _ playbook: Playbook, _ calendar: ClinicCalendar
    ) -> Obligation {
        let owner: ID<Staff>? =
            switch rule.owner.person {
            case .recorder: fact.recorder
            case .treatingDoctor: fact.treatingDoctor
            case .assistant: fact.assistant
            case nil: nil
            }
        let dueAt = instant(rule.due, fact, playbook, calendar)
        return Obligation(
            rule: rule.id, subject: fact.subject, occurrence: fact.occurrence, patientID: fact.patientID,
            ownerRole: rule.owner.isPersonal && owner != nil ? "" : fact.ownerRole ?? rule.owner.role, ownerID: owner,
            reason: fact.reason, channel: rule.channel, script: rule.script,
            dueDay: calendar.businessDay(of: dueAt), dueFrom: instant(rule.opens, fact, playbook, calendar),
            dueAt: dueAt)
    }

    /// When an overdue task is reported to the role of its escalation (R3.26), counted from when it was due: both moments
    /// hang on the same anchor. A rule that mixes days and minutes is reported as soon as it is overdue.
    package static func reportedAt(
        _ task: TaskItem, by rule: TaskRule, _ escalation: TaskRule.Escalation, playbook: Playbook,
        calendar: ClinicCalendar
    ) -> Timestamp {
        switch (rule.due, escalation.at) {
        case (.day(let due, _), .day(let later, let clock)):
            calendar.instant(
                task.dueDay.adding(days: playbook.sum(later) - playbook.sum(due)), minute: playbook.minutes(clock))
        case (.minutes(let due), .minutes(let later)):
            task.dueAt.adding(minutes: playbook.sum(later) - playbook.sum(due))
        default: task.dueAt
        }
    }

    /// The instant a rule's moment means for a fact.
    static func instant(
        _ moment: TaskRule.Moment, _ fact: TaskFact, _ playbook: Playbook, _ calendar: ClinicCalendar
    ) -> Timestamp {
        switch moment {
        case .minutes(let amounts): fact.anchor.adding(minutes: playbook.sum(amounts))
        case .day(let amounts, let clock):
            calendar.instant(
                fact.anchorDay.adding(days: playbook.sum(amounts)), minute: playbook.minutes(clock))
        }
    }
}
