import Kernel

/// Which work an open entry makes due. Pure.
package enum RegisterObligations {
    package static let scope: Set<TaskRule.Fact> = [.registerOpened]

    package static func facts(_ entry: RegisterEntry, summary: String, calendar: ClinicCalendar) -> [TaskFact] {
        guard entry.state == .open else { return [] }
        // What is written down later is due from now on, not from when it happened.
        let anchor = entry.isLate ? entry.recordedAt : entry.happenedAt
        return [
            TaskFact(
                .registerOpened, of: TaskSubject(.registerEntry, entry.id), anchor: anchor,
                anchorDay: calendar.businessDay(of: anchor), patientID: entry.patientID, holding: [.stillOpen],
                recorder: entry.recordedBy, reason: summary, about: entry.register)
        ]
    }
}
