import Kernel
import Storage

/// The check at the door while the epidemic mode is on (R2.30, R4.38): temperature, the question, hands, mask, before
/// anybody is received at the desk.
package enum DoorCheck {
    package static let checklist = "doorCheck"
    /// The mark of somebody with the right to pass the rule, not an item of the list.
    static let passItem = "pass"

    /// What stands between a customer and the desk.
    package enum Verdict: Hashable, Sendable {
        /// The mode, or the rule, is off.
        case notNeeded
        case passed
        case missing
        /// With the answers that are out of limit: 体温 37.8 ℃.
        case stopped([String])
    }

    package struct Answers: Hashable, Sendable {
        package var name: String
        package var temperature: String
        package var travel: String
        package var hands: Bool
        package var mask: String
        package init(name: String, temperature: String, travel: String, hands: Bool, mask: String) {
            self.name = name
            self.temperature = temperature
            self.travel = travel
            self.hands = hands
            self.mask = mask
        }
    }

    /// The last check of today counts.
    /// - Parameter marks: of that run; nil when there is none.
    package static func verdict(_ marks: [ChecklistMark]?, _ playbook: Playbook) -> Verdict {
        guard playbook.level(of: .epidemicPreCheck) != .off, let list = playbook.checklist(checklist),
            playbook.isLive(list)
        else { return .notNeeded }
        guard let marks else { return .missing }
        let latest = ChecklistRules.latest(marks)
        if latest[passItem] != nil { return .passed }
        let faults = list.items.compactMap { item in
            latest[item.id].flatMap { mark in
                mark.isOut ? "\(item.label) \(ChecklistObligations.answer(item, mark.value))" : nil
            }
        }
        return faults.isEmpty ? .passed : .stopped(faults)
    }

    package static func verdict(
        of patient: ID<Patient>, by work: Work, in tx: any ReadTransaction
    ) throws -> Verdict {
        guard work.playbook.level(of: .epidemicPreCheck) != .off else { return .notNeeded }
        let last = try ChecklistStore.list(checklist, of: patient, clinic: work.clinic.id, day: work.today, in: tx)
            .first
        return verdict(try last.map { try ChecklistStore.marks(of: [$0.id], in: tx)[$0.id] ?? [] }, work.playbook)
    }

    /// For the desk: nobody is checked in without (R2.30). A rule that only reminds does not stop.
    /// - Throws: `DoorCheckError`.
    package static func require(of patient: ID<Patient>, by work: Work, in tx: any ReadTransaction) throws {
        guard work.playbook.demands(.epidemicPreCheck) else { return }
        switch try verdict(of: patient, by: work, in: tx) {
        case .notNeeded, .passed: return
        case .missing: throw DoorCheckError.missing(patient)
        case .stopped(let faults): throw DoorCheckError.stopped(patient, faults)
        }
    }

    /// - Parameter patient: nil while nobody knows who it is; the desk says so later.
    /// - Throws: `ChecklistError`, `NotFound`, `NotAllowed`.
    package static func record(
        _ answers: Answers, patient: ID<Patient>?, by work: Work, in tx: any WriteTransaction
    ) throws -> ChecklistRun {
        var name = answers.name
        if let patient { name = try PatientStore.requireLiving(patient, in: tx).name }
        return try Checklists.record(
            checklist, occurrence: work.newID(ChecklistRun.self).text, label: name, patient: patient,
            values: [
                "name": name, "temperature": answers.temperature, "travel": answers.travel,
                "hands": answers.hands ? "1" : "", "mask": answers.mask,
            ], note: "门口已拦下，请到场", by: work, in: tx)
    }

    /// The desk says who was checked.
    /// - Throws: `DoorCheckError`, `NotFound`, `NotAllowed`.
    package static func identify(
        _ id: ID<ChecklistRun>, as patient: ID<Patient>, by work: Work, in tx: any WriteTransaction
    ) throws {
        try work.actor.require(.keepRegisters)
        let run = try ChecklistStore.get(id, clinic: work.clinic.id, in: tx)
        guard run.checklist == checklist, run.businessDay == work.today else { throw NotFound("预检") }
        _ = try PatientStore.requireLiving(patient, in: tx)
        guard try ChecklistStore.setPatient(id, to: patient, in: tx) else { throw DoorCheckError.known }
        try Audit.append(Event("checklistRun.identified", of: id, patient: patient), by: work, in: tx)
    }

    /// Somebody with the right lets the customer in all the same, with a reason.
    /// - Throws: `FormErrors`, `NotFound`, `NotAllowed`.
    package static func pass(
        _ patient: ID<Patient>, reason: String, note: String?, by work: Work, in tx: any WriteTransaction
    ) throws {
        guard case .require(let capability) = work.playbook.level(of: .epidemicPreCheck) else { throw NotFound("预检") }
        try work.actor.require(capability)
        guard let code = work.playbook.code(reason, in: .override) else { throw FormErrors("reason", "请选择放行的原因") }
        if code.needsNote, note?.nonBlank == nil { throw FormErrors("note", "请写一句说明") }
        let person = try PatientStore.requireLiving(patient, in: tx)
        let last = try ChecklistStore.list(checklist, of: patient, clinic: work.clinic.id, day: work.today, in: tx)
            .first
        let run = try last ?? open(person, by: work, in: tx)
        let words = [code.label, note?.nonBlank].compactMap(\.self).joined(separator: "：")
        try Checklists.add(.init(value: reason, isOut: false), note: words, to: run, item: passItem, by: work, in: tx)
    }

    private static func open(_ person: Patient, by work: Work, in tx: any WriteTransaction) throws -> ChecklistRun {
        let run = ChecklistRun(
            id: work.newID(), clinicID: work.clinic.id, checklist: checklist, businessDay: work.today,
            occurrence: work.newID(ChecklistRun.self).text, label: person.name, patientID: person.id,
            opensAt: work.now, dueAt: nil, completedAt: nil, completedBy: nil, version: 1)
        guard try ChecklistStore.insert(run, in: tx) else { throw ChecklistError.completed }
        return run
    }
}

package enum DoorCheckError: UserFacingError, Hashable {
    case missing(ID<Patient>)
    case stopped(ID<Patient>, [String])
    case known

    package var kind: FailureKind { .conflict }
    package var userMessage: String {
        switch self {
        case .missing: "还没有门口预检：先量体温、问询、手部消毒，再登记到诊"
        case .stopped(_, let faults): "预检没有通过（\(faults.joined(separator: "、"))），请主管到场，不登记到诊"
        case .known: "这条预检已经有客人，请刷新后再看"
        }
    }
    package var obstacle: Obstacle? {
        switch self {
        case .missing(let id), .stopped(let id, _): Obstacle(kind: "doorCheck", id: id.raw, label: "去预检")
        case .known: nil
        }
    }
}
