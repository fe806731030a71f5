import Kernel
import Storage

extension TimelineSource {
    /// Entries of registers that name the customer: luggage, wishes, incidents. Only of registers the viewer may read.
    func registers() throws -> [TimelineEntry] {
        let entries = try RegisterStore.list(
            of: patient, clinic: viewer.seesOtherClinics ? nil : viewer.clinic.id, before: before, limit: limit, in: tx)
        let names = try RegisterNames.load(entries, viewer.playbook, clinic: viewer.clinic.id, in: tx)
        return entries.compactMap { entry in
            guard let register = viewer.playbook.register(entry.register), viewer.readsRegisters.contains(register.id)
            else { return nil }
            let state = Registers.stateText(entry, register)
            return TimelineEntry(
                .register, entry.state == .open ? .waiting : .done, at: entry.happenedAt,
                "\(RegisterText.summary(entry, register, names)) · \(state)", who: names.staff[entry.recordedBy],
                subject: .init(kind: "registerEntry", id: entry.id.raw))
        }
    }
}
