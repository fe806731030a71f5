import Kernel

/// Which work a run makes due. Pure.
package enum ChecklistObligations {
    /// Done by doing the checklist: its task leads there.
    package static let dueRule = "checklist.due"
    package static let scope: Set<TaskRule.Fact> = [.checklistDue, .markOutOfLimit]

    /// - Parameter marks: every mark of the run.
    package static func facts(
        _ run: ChecklistRun, _ list: ChecklistDefinition, _ marks: [ChecklistMark], calendar: ClinicCalendar
    ) -> [TaskFact] {
        let subject = TaskSubject(.checklistRun, run.id)
        let name = [list.title, run.label].filter { !$0.isEmpty }.joined(separator: " · ")
        var facts: [TaskFact] = []
        if let dueAt = run.dueAt, !run.isComplete {
            facts.append(
                TaskFact(
                    .checklistDue, of: subject, anchor: dueAt, anchorDay: calendar.businessDay(of: dueAt),
                    patientID: nil, holding: [.stillOpen], reason: name, about: list.id, ownerRole: list.role))
        }
        for mark in ChecklistRules.latest(marks).values.sorted(by: { $0.item < $1.item }) where mark.isOut {
            guard let item = list.item(mark.item) else { continue }
            facts.append(
                TaskFact(
                    .markOutOfLimit, of: subject, occurrence: item.id, anchor: mark.markedAt,
                    anchorDay: calendar.businessDay(of: mark.markedAt), patientID: run.patientID,
                    holding: [.stillOpen], recorder: mark.markedBy,
                    reason: [name, "\(item.label) \(answer(item, mark.value))", mark.note].compactMap(\.self)
                        .joined(separator: " · "), about: list.id))
        }
        return facts
    }

    /// "37.8 ℃", "有故障", "是"
    package static func answer(_ item: ChecklistItem, _ value: String) -> String {
        switch item.kind {
        case .tick: "是"
        case .number: value + (item.unit.map { " \($0)" } ?? "")
        case .choice: item.choices.first { $0.code == value }?.label ?? value
        case .text: value
        }
    }
}
