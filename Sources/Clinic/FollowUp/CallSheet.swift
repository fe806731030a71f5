import Kernel
import Storage

/// Everything the caller needs on one page: who, why, what to say, what may be answered (R10.38, R8.27).
package struct CallSheet: Sendable {
    package struct Step: Hashable, Sendable {
        package let say: String
        package let note: String?
    }

    package let task: TaskItem
    package let rule: TaskRule?
    package let patient: PatientBrief?
    /// When a call suits: "10:00–12:00 联系" (R1.22); nil where nobody asked.
    package let contact: String?
    package let scriptTitle: String?
    package let steps: [Step]
    package let forbidden: [String]
    package let outcomes: [Code]
    package let attempts: [Attempt]
    /// Other open tasks of the same customer: all reasons to call are shown at once (R8.27).
    package let others: [TaskItem]
    package let appointmentID: ID<Appointment>?

    package struct Attempt: Hashable, Sendable {
        package let at: Timestamp
        package let name: String
        package let outcome: String
        package let note: String?
    }

    /// - Throws: `NotFound`.
    package static func load(_ id: ID<TaskItem>, by work: Work, in tx: any ReadTransaction) throws -> CallSheet {
        let task = try TaskStore.get(id, clinic: work.clinic.id, in: tx)
        let patient = try task.patientID.flatMap {
            try PatientStore.briefs([$0], today: work.today, in: tx).first
        }
        let script = task.script.flatMap { work.playbook.script($0) }
        let values = try variables(task, patient, work, in: tx)
        let outcomes = TaskWork.outcomes(of: task, playbook: work.playbook)
        return CallSheet(
            task: task, rule: work.playbook.taskRules.first { $0.id == task.rule }, patient: patient,
            contact: try task.patientID.flatMap { try PatientProfileStore.find($0, in: tx)?.contact.text },
            scriptTitle: script?.title,
            steps: script.map { steps($0, values, notice: notice(task, outcomes, work.playbook)) } ?? [],
            forbidden: script?.forbidden ?? [], outcomes: outcomes,
            attempts: try attempts(task, outcomes, in: tx),
            others: try task.patientID.map {
                try TaskStore.listOpen(of: $0, in: tx).filter { $0.id != task.id && $0.clinicID == work.clinic.id }
            } ?? [],
            appointmentID: task.subject.kind == .appointment ? ID(raw: task.subject.id) : nil)
    }

    static func steps(
        _ script: Script, _ values: [Script.Variable: String], notice: String?
    ) -> [Step] {
        script.steps.map { Step(say: Script.filled($0.say, values), note: $0.note) }
            + (notice.map { [Step(say: $0, note: "客人说“到时候直接过来”时这样告诉他。")] } ?? [])
    }

    /// "By appointment only", where a call about a booking may end with a new time (R3.10).
    private static func notice(_ task: TaskItem, _ outcomes: [Code], _ playbook: Playbook) -> String? {
        guard task.subject.kind == .appointment, outcomes.contains(where: { $0.next == .book }) else { return nil }
        return playbook.publicNotice(.chinese)
    }

    private static func attempts(
        _ task: TaskItem, _ outcomes: [Code], in tx: any ReadTransaction
    ) throws -> [Attempt] {
        let rows = try TaskStore.attempts(of: task.id, in: tx)
        let names = try StaffStore.names(Set(rows.map(\.by)), in: tx)
        return rows.map { row in
            Attempt(
                at: row.at, name: names[row.by] ?? "",
                outcome: outcomes.first { $0.code == row.outcome }?.label ?? row.outcome, note: row.note)
        }
    }

    private static func variables(
        _ task: TaskItem, _ patient: PatientBrief?, _ work: Work, in tx: any ReadTransaction
    ) throws -> [Script.Variable: String] {
        var values: [Script.Variable: String] = [
            .clinic: work.clinic.name, .operator: work.actor.name, .phone: work.clinic.phone,
            .address: work.clinic.address, .greeting: greeting(at: work.now, work.clinic.calendar),
        ]
        values[.patient] = patient?.name
        values[.salutation] = patient?.title
        switch task.subject.kind {
        case .appointment:
            let appointment = try AppointmentStore.get(ID(raw: task.subject.id), clinic: work.clinic.id, in: tx)
            values[.date] = appointment.day.longText
            values[.time] = appointment.start.clockText
            values[.minutes] = String(appointment.units * Unit.minutes)
            values[.doctor] = try StaffStore.find(appointment.doctorID, in: tx)?.name
            let items = try ItemStore.list(ids: appointment.items.map(\.itemID), in: tx).map(\.name)
            values[.item] = items.isEmpty ? appointment.complaint : items.joined(separator: "、")
        case .visit:
            let visit = try VisitStore.get(ID(raw: task.subject.id), clinic: work.clinic.id, in: tx)
            values[.date] = visit.businessDay.longText
            values[.minutes] = visit.toldWaitMinutes.map(String.init)
            values[.doctor] = try visit.doctorID.flatMap { try StaffStore.find($0, in: tx)?.name }
            let lines = try ChargeSheetStore.find(visit: visit.id, in: tx)?.lines.map(\.itemName) ?? []
            values[.item] = lines.isEmpty ? visit.complaint : lines.joined(separator: "、")
        case .deferral:
            let deferral = try DeferralStore.get(ID(raw: task.subject.id), clinic: work.clinic.id, in: tx)
            values[.item] = try ItemStore.find(deferral.itemID, in: tx)?.name
        default: break
        }
        return values
    }

    /// 上午好, 下午好, 晚上好 by the clinic's wall clock.
    static func greeting(at now: Timestamp, _ calendar: ClinicCalendar) -> String {
        switch calendar.wallClock(now).second / 3_600 {
        case ..<12: "上午好"
        case ..<18: "下午好"
        default: "晚上好"
        }
    }
}
