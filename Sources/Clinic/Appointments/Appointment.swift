import Kernel
import Storage

/// One booking (R3.06). Its id stays the same when it is moved; the moves are kept beside it (R3.31).
package struct Appointment: Hashable, Sendable {
    package let id: ID<Appointment>
    package let clinicID: ID<ClinicSite>
    package var day: Day
    package var start: Unit
    /// Quarters of an hour, at least 1 (R3.01).
    package var units: Int
    package let patientID: ID<Patient>
    package var doctorID: ID<Staff>
    package var assistantID: ID<Staff>?
    /// nil: not known yet.
    package var chairID: ID<Chair>?
    package var complaint: String
    package var items: [BookedItem]
    /// Code of list `bookingChannel`.
    package let channel: String
    /// Code of list `onSpotBooking` (R3.07); nil for other channels.
    package let deskReason: String?
    package var remark: String?
    /// 加号: code of list `squeezeIn`; such a booking holds no unit of the doctor. nil for ordinary bookings.
    package let squeezeReason: String?
    package var ruleApplied: DoctorRule
    /// The doctor this one helps out: shown everywhere as 帮XX医生 (R2.24).
    package var helpingForID: ID<Staff>?
    /// A warranty redo counts to the cost of the doctor who did the work (R2.21).
    package var costDoctorID: ID<Staff>?
    /// Code of list `doctorChange`: why not the doctor who treated the customer before (R3.14).
    package var doctorChangeReason: String?
    /// The rule that was passed with a reason, for example R3.08.
    package var override: RuleOverride?
    package let booked: Mark
    /// By the customer, the day before (R3.25).
    package var confirmed: Mark?
    package var cancellation: Cancellation?
    /// Marked as no-show: always somebody's act, never a side effect of time (R3.35).
    package var missed: Mark?
    package var moveCount: Int
    package var version: Int
    /// Needs of parts of the length; filled when a single booking is read, empty in lists.
    package var parts: [AppointmentPart] = []

    /// Who did something, and when.
    package struct Mark: Hashable, Sendable {
        package let at: Timestamp
        package let by: ID<Staff>
        package init(at: Timestamp, by: ID<Staff>) {
            self.at = at
            self.by = by
        }
    }

    package struct Cancellation: Hashable, Sendable {
        package let mark: Mark
        /// Code of list `cancellation`.
        package let reason: String
        package let side: CancelSide
        package let note: String?
        /// Minutes between the cancellation and the booked start (R3.36); negative when it came later.
        package let noticeMinutes: Int
    }

    /// The unit after the last one; 96 is midnight.
    package var end: Unit { start.adding(units) }
    package var isSqueezed: Bool { squeezeReason != nil }
    /// Holds units: neither cancelled nor missed.
    package var isLive: Bool { cancellation == nil && missed == nil }
    /// "10:00–10:45"
    package var timeText: String { "\(start.clockText)–\(end.clockText)" }
    /// "3 月 12 日 星期四 10:00–10:45"
    package var whenText: String { "\(day.longText) \(timeText)" }
}

/// An item of the price list that is planned, with its teeth.
package struct BookedItem: Hashable, Sendable {
    package let itemID: ID<Item>
    package let teeth: [Tooth]
    package init(_ itemID: ID<Item>, teeth: [Tooth] = []) {
        self.itemID = itemID
        self.teeth = teeth
    }
}

/// A rule of level "require" that a person with the capability passed, and why.
package struct RuleOverride: Hashable, Sendable {
    package let rule: RuleID
    /// Code of list `override`.
    package let reason: String
    package let note: String?
    package init(rule: RuleID, reason: String, note: String? = nil) {
        self.rule = rule
        self.reason = reason
        self.note = note
    }
}

/// Who started a cancellation.
package enum CancelSide: String, Hashable, Sendable, CaseIterable, SQLBindable {
    case patient, clinic
    package var label: String { self == .patient ? "客人" : "门诊" }
    init(_ initiator: Code.Initiator) { self = initiator == .customer ? .patient : .clinic }
}

/// Why this doctor (R3.17).
package enum DoctorRule: String, Hashable, Sendable, CaseIterable, SQLBindable {
    /// The doctor who treats the customer already (R3.14).
    case sameDoctor
    /// Nobody treated the customer before: the desk chose.
    case chosen
    /// Another than the treating doctor.
    case changed
    /// The customer asked for this doctor, or for one like this (R3.18).
    case wished
    /// The doctor whose work failed within its warranty (R2.21).
    case warranty
    /// The most specialised one for the complaint (R2.27, R3.19).
    case specialty
    /// The next in turn (R3.15).
    case rotation
    /// For a colleague who does not work then (R2.24).
    case helping
    /// Only the supervisor may name somebody (R2.17, R2.23).
    case supervisor
    package var label: String {
        switch self {
        case .sameDoctor: "从一"
        case .chosen: "指定"
        case .changed: "换医生"
        case .wished: "客人要求"
        case .warranty: "保修"
        case .specialty: "专长"
        case .rotation: "轮换"
        case .helping: "帮诊"
        case .supervisor: "主管安排"
        }
    }
}

/// One step of the history of a booking (R3.31).
package struct AppointmentMove: Hashable, Sendable {
    package let id: ID<AppointmentMove>
    package let appointmentID: ID<Appointment>
    package let from: Slot
    package let to: Slot
    /// Code of list `move`.
    package let reason: String
    package let note: String?
    package let moved: Appointment.Mark
}

/// When, how long, with whom and where.
package struct Slot: Hashable, Sendable {
    package let day: Day
    package let start: Unit
    package let units: Int
    package let doctorID: ID<Staff>
    package let chairID: ID<Chair>?
    package var end: Unit { start.adding(units) }
    package init(day: Day, start: Unit, units: Int, doctorID: ID<Staff>, chairID: ID<Chair>? = nil) {
        self.day = day
        self.start = start
        self.units = units
        self.doctorID = doctorID
        self.chairID = chairID
    }
}

extension Appointment {
    package var slot: Slot { Slot(day: day, start: start, units: units, doctorID: doctorID, chairID: chairID) }
}

extension Appointment {
    package var cancelledAt: Timestamp? { cancellation?.mark.at }
    package var missedAt: Timestamp? { missed?.at }
    package var confirmedAt: Timestamp? { confirmed?.at }
}
