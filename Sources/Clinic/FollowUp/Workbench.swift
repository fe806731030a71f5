import Kernel
import Storage

/// What is due for one person now, with what they need to see beside it. A read model in a fixed number of statements.
package struct Workbench: Sendable {
    /// Open tasks that make sense before tomorrow, first due first.
    package let tasks: [TaskItem]
    package let patients: [ID<Patient>: PatientBrief]
    package let ownerNames: [ID<Staff>: String]
    package let doneToday: Int
    /// Overdue tasks of others that were reported to the person's roles.
    package let reported: [TaskItem]
    package let plan: DayPlan
    package let visits: [Visit]

    /// More are not counted; nobody reads a hundred.
    package static let mostReported = 99

    package enum Scope: String, Sendable { case mine, all }

    /// - Parameter channel: only tasks of this channel; nil: all.
    package static func load(
        scope: Scope, channel: TaskRule.Channel? = nil, by work: Work, in tx: any ReadTransaction
    ) throws -> Workbench {
        let calendar = work.clinic.calendar
        let tomorrow = calendar.instant(work.today.adding(days: 1), minute: calendar.dayStartsAtMinutes)
        let owner = scope == .mine ? work.actor : nil
        let open = try TaskStore.listOpen(
            clinic: work.clinic.id, owner: owner, dueFromBefore: tomorrow, limit: 200, in: tx)
        let tasks = open.filter { channel == nil || $0.channel == channel }
        let reported = try TaskStore.listReported(
            clinic: work.clinic.id, roles: work.actor.roles, limit: mostReported, in: tx
        ).filter { !$0.belongs(to: work.actor) }
        let people = Set((tasks + reported).compactMap(\.patientID))
        let briefs = try PatientStore.briefs(people.sorted(), today: work.today, in: tx)
        return Workbench(
            tasks: tasks, patients: Dictionary(briefs.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first }),
            ownerNames: try StaffStore.names(Set(tasks.compactMap(\.ownerID)), in: tx),
            doneToday: try TaskStore.countDone(
                clinic: work.clinic.id, by: work.actor.id,
                since: calendar.instant(work.today, minute: calendar.dayStartsAtMinutes), in: tx),
            reported: reported, plan: try DayPlan.load(clinic: work.clinic.id, day: work.today, in: tx),
            visits: try VisitStore.listDay(clinic: work.clinic.id, day: work.today, in: tx))
    }
}
