import Kernel
import Storage

/// What the customer answered beyond what the visit itself holds: feeling and mood of a return (R2.12), help needed at the
/// door (R1.25), why nothing is charged (R2.06).
package struct TriageAnswers: Hashable, Sendable {
    /// How the tooth feels now, in the customer's words.
    package var feeling: String?
    /// Code of list `visitMood`.
    package var mood: String?
    /// Codes of list `assistanceNeed`.
    package var needs: [String]
    package var exempt: Exemption?

    /// Why the doctor saw the customer and nothing was charged.
    package struct Exemption: Hashable, Sendable {
        /// Code of list `exemptReason`.
        package var reason: String
        package var note: String?
        package init(reason: String, note: String? = nil) {
            self.reason = reason
            self.note = note
        }
    }

    package init(
        feeling: String? = nil, mood: String? = nil, needs: [String] = [], exempt: Exemption? = nil
    ) {
        self.feeling = feeling
        self.mood = mood
        self.needs = needs
        self.exempt = exempt
    }

    var isEmpty: Bool { feeling == nil && mood == nil && needs.isEmpty && exempt == nil }

    /// Adds what is wrong with the answers to `faults`.
    func check(_ playbook: Playbook, _ faults: inout FormErrors) {
        if let feeling, feeling.count > 100 { faults.add("feeling", "最多 100 个字") }
        if let mood, !playbook.codes(.visitMood).contains(where: { $0.code == mood }) {
            faults.add("mood", "请从列出的心情中选一项")
        }
        let known = Set(playbook.codes(.assistanceNeed).map(\.code))
        if !known.isSuperset(of: needs) { faults.add("needs", "请从列出的项目中选择") }
        if let exempt {
            guard let code = playbook.codes(.exemptReason).first(where: { $0.code == exempt.reason }) else {
                return faults.add("exemptReason", "请选择免检的原因")
            }
            if code.needsNote, exempt.note == nil { faults.add("exemptNote", "选“\(code.label)”时请写一句说明") }
        }
    }
}

/// SQL of `visit_answer`.
package enum TriageAnswerStore {
    /// nil when nothing was answered.
    package static func find(_ visit: ID<Visit>, in tx: any ReadTransaction) throws -> TriageAnswers? {
        try tx.first(
            """
            SELECT feeling, mood, needs, exempt_reason, exempt_note
            FROM visit_answer
            WHERE visit_id = \(visit)
            """
        ).map { row in
            TriageAnswers(
                feeling: try row.textIfAny("feeling"), mood: try row.textIfAny("mood"),
                needs: try row.text("needs").split(separator: ",").map(String.init),
                exempt: try row.textIfAny("exempt_reason").map {
                    TriageAnswers.Exemption(reason: $0, note: try row.textIfAny("exempt_note"))
                })
        }
    }

    /// Replaces what was answered before.
    static func save(_ answers: TriageAnswers, of visit: ID<Visit>, by work: Work, in tx: any WriteTransaction) throws {
        try tx.run("DELETE FROM visit_answer WHERE visit_id = \(visit)")
        guard !answers.isEmpty else { return }
        try tx.run(
            """
            INSERT INTO visit_answer (visit_id, feeling, mood, needs, exempt_reason, exempt_note, recorded_by, recorded_at)
            VALUES (\(visit), \(answers.feeling), \(answers.mood), \(answers.needs.joined(separator: ",")),
                \(answers.exempt?.reason), \(answers.exempt?.note), \(work.actor.id), \(work.now))
            """)
    }
}
