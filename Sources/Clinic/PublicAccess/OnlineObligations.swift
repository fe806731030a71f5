import Kernel
import Storage

/// Somebody at the desk finds out who booked on line. Pure (design idea 3).
package enum OnlineObligations {
    package static let scope: Set<TaskRule.Fact> = [.bookedOnline]
    /// Id of the rule in the playbook; its task leads to the page where files are compared.
    package static let rule = "online.verify"

    package static func facts(_ form: OnlineForm, doctorName: String) -> [TaskFact] {
        guard form.isOpen, let appointment = form.appointmentID, let submitted = form.submittedAt else { return [] }
        let when = "\(form.slot.day.monthDayText) \(form.slot.start.clockText)"
        return [
            TaskFact(
                .bookedOnline, of: TaskSubject(.appointment, appointment), anchor: submitted,
                anchorDay: form.startedDay, patientID: form.patientID, holding: [], treatingDoctor: form.slot.doctorID,
                reason: "网上约了 \(when) \(doctorName)医生 · \(form.need.complaint)，待核实")
        ]
    }

    static func reconcile(_ form: OnlineForm, by work: Work, in tx: any WriteTransaction) throws {
        guard let appointment = form.appointmentID else { return }
        let name = try StaffStore.names([form.slot.doctorID], in: tx)[form.slot.doctorID] ?? ""
        try Tasks.reconcile(
            facts(form, doctorName: name), of: TaskSubject(.appointment, appointment), scope: scope, cause: "已核实",
            by: work, in: tx)
    }
}
