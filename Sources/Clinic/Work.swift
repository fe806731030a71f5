import Kernel
import Storage

/// Who acts, where, when and by which standard: the fixed circumstances of one use case. A value; nothing ambient.
package struct Work: Sendable {
    package let actor: Actor
    package let clinic: ClinicSite
    package let now: Timestamp
    package let playbook: Playbook
    package let ids: IDSource
    /// Made with the form and unique for ever: after a lost connection the log tells whether the command was done.
    package let commandID: String?

    package init(
        actor: Actor, clinic: ClinicSite, now: Timestamp, playbook: Playbook, ids: IDSource, commandID: String? = nil
    ) {
        self.actor = actor
        self.clinic = clinic
        self.now = now
        self.playbook = playbook.on(clinic.calendar.businessDay(of: now))
        self.ids = ids
        self.commandID = commandID
    }

    /// The business day of `now` in this clinic.
    package var today: Day { clinic.calendar.businessDay(of: now) }
    /// The lane in which this clinic's writes are serial.
    package var lane: Lane { clinic.lane }
    package func newID<T>(_ type: T.Type = T.self) -> ID<T> { ids.next(type, at: now) }

    /// The same work done by the program itself, for what follows from an act without anybody's decision.
    package var bySystem: Work {
        Work(actor: .system, clinic: clinic, now: now, playbook: playbook, ids: ids, commandID: nil)
    }
}

/// One clinic of the organisation, with its wall clock. (`Clinic` is the name of the module.)
package struct ClinicSite: Hashable, Sendable {
    package let id: ID<ClinicSite>
    /// Short, in record and receipt numbers.
    package let code: String
    package let name: String
    package let phone: String
    package let address: String
    package let calendar: ClinicCalendar
    /// First quarter of an hour the board shows, and the first one it does not.
    package let opens: Unit
    package let closes: Unit

    package init(
        id: ID<ClinicSite>, code: String, name: String, phone: String, address: String, calendar: ClinicCalendar,
        opens: Unit, closes: Unit
    ) {
        self.id = id
        self.code = code
        self.name = name
        self.phone = phone
        self.address = address
        self.calendar = calendar
        self.opens = opens
        self.closes = closes
    }

    package var lane: Lane { Lane(key: id.raw) }
}
