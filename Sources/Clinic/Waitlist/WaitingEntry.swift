import Kernel

/// A customer who would come earlier, or at all, when a unit frees (候补).
package struct WaitingEntry: Hashable, Sendable {
    package let id: ID<WaitingEntry>
    package let clinicID: ID<ClinicSite>
    package let patientID: ID<Patient>
    /// nil: any doctor.
    package let doctorID: ID<Staff>?
    /// A later booking that is moved forward instead of making a second one; nil: nothing is booked yet.
    package let held: HeldBooking?
    package let complaint: String
    package let items: [BookedItem]
    package let units: Int
    package let suits: SuitingTimes
    package let urgency: CatalogueItem.Urgency
    package let note: String?
    package let asked: Appointment.Mark
    package let lastCalledAt: Timestamp?
    package let calls: Int
    package let closed: Closing?
    package let version: Int

    package var isOpen: Bool { closed == nil }

    package struct Closing: Hashable, Sendable {
        package let mark: Appointment.Mark
        /// `booked`, or code of list `waitingAnswer`.
        package let outcome: String
    }

    /// The booking the customer has meanwhile, as far as the list needs it.
    package struct HeldBooking: Hashable, Sendable {
        package let id: ID<Appointment>
        package let day: Day
        package let start: Unit
        package let version: Int
        package init(id: ID<Appointment>, day: Day, start: Unit, version: Int) {
            self.id = id
            self.day = day
            self.start = start
            self.version = version
        }
    }
}

/// Which days and hours suit somebody who waits.
package struct SuitingTimes: Hashable, Sendable {
    /// 1 = Monday; never empty.
    package let weekdays: Set<Int>
    package let from: Unit
    /// Exclusive; the visit ends by then.
    package let to: Unit
    package let firstDay: Day
    /// Inclusive; nil: until further notice.
    package let lastDay: Day?

    package init(
        weekdays: Set<Int> = Set(1...7), from: Unit = Unit(0), to: Unit = Unit(Unit.perDay), firstDay: Day,
        lastDay: Day? = nil
    ) {
        self.weekdays = weekdays
        self.from = from
        self.to = to
        self.firstDay = firstDay
        self.lastDay = lastDay
    }

    /// Bit 0 = Monday.
    package var mask: Int { weekdays.reduce(0) { $0 | 1 << ($1 - 1) } }
    package static func weekdays(mask: Int) -> Set<Int> { Set((1...7).filter { mask & 1 << ($0 - 1) != 0 }) }

    /// "每天", "周一至周五", "周二、周四", with the hours when they are narrower than the day.
    package var text: String {
        let names = ["一", "二", "三", "四", "五", "六", "日"]
        let sorted = weekdays.sorted()
        let days: String =
            switch sorted {
            case Array(1...7): "每天"
            case Array(1...5): "周一至周五"
            case [6, 7]: "周末"
            default: sorted.map { "周\(names[$0 - 1])" }.joined(separator: "、")
            }
        guard from.index > 0 || to.index < Unit.perDay else { return days }
        return "\(days) \(from.clockText)–\(to.clockText)"
    }
}

extension CatalogueItem.Urgency {
    /// How badly somebody waits.
    package var waitingLabel: String {
        switch self {
        case .low: "不急"
        case .normal: "一般"
        case .high: "着急"
        }
    }
}

/// One call to somebody who waits: what was offered and what the customer said.
package struct WaitingCall: Hashable, Sendable {
    package let id: ID<WaitingCall>
    package let entryID: ID<WaitingEntry>
    package let called: Appointment.Mark
    /// nil: only asked whether the customer still waits.
    package let offered: Slot?
    /// `booked`, or code of list `waitingAnswer`.
    package let answer: String
    package let note: String?
}

/// What the desk writes down when a customer wants to wait.
package struct AskToWait: Hashable, Sendable {
    package var patientID: ID<Patient>
    package var doctorID: ID<Staff>?
    package var held: ID<Appointment>?
    package var complaint: String
    package var items: [BookedItem]
    /// nil: from the items (R3.03).
    package var units: Int?
    package var suits: SuitingTimes
    package var urgency: CatalogueItem.Urgency
    package var note: String?

    package init(
        patientID: ID<Patient>, doctorID: ID<Staff>? = nil, held: ID<Appointment>? = nil, complaint: String,
        items: [BookedItem] = [], units: Int? = nil, suits: SuitingTimes, urgency: CatalogueItem.Urgency = .normal,
        note: String? = nil
    ) {
        self.patientID = patientID
        self.doctorID = doctorID
        self.held = held
        self.complaint = complaint
        self.items = items
        self.units = units
        self.suits = suits
        self.urgency = urgency
        self.note = note
    }
}
