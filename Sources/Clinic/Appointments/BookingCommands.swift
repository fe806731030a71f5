import Kernel

/// What the desk wants to book.
package struct PlaceAppointment: Hashable, Sendable {
    package var patientID: ID<Patient>
    package var day: Day
    package var start: Unit
    /// nil: from the items (R3.03).
    package var units: Int?
    package var doctorID: ID<Staff>
    package var assistantID: ID<Staff>?
    package var chairID: ID<Chair>?
    package var complaint: String
    package var items: [BookedItem]
    /// Code of list `bookingChannel`.
    package var channel: String
    /// Code of list `onSpotBooking`, for the channel `onSpot` (R3.07).
    package var deskReason: String?
    package var remark: String?
    /// 加号: code of list `squeezeIn`; nil for an ordinary booking.
    package var squeezeReason: String?
    /// Code of list `doctorChange` (R3.14).
    package var doctorChangeReason: String?
    /// Code of list `override`, to book outside the roster (R3.08).
    package var overrideReason: String?
    package var overrideNote: String?
    /// Doctor, assistant and devices for parts of the length.
    package var parts: [AppointmentPart] = []
    /// What the customer asks of the doctor this time (R3.18).
    package var wish: String?
    /// Which rule named the doctor; nil: as the treating doctor says (R3.17).
    package var rule: DoctorRule?
    package var helpingForID: ID<Staff>?
    package var costDoctorID: ID<Staff>?
    /// The own hold; its units are taken over.
    package var holdID: ID<Hold>?

    package init(
        patientID: ID<Patient>, day: Day, start: Unit, units: Int? = nil, doctorID: ID<Staff>,
        assistantID: ID<Staff>? = nil, chairID: ID<Chair>? = nil, complaint: String, items: [BookedItem] = [],
        channel: String, deskReason: String? = nil, remark: String? = nil, squeezeReason: String? = nil,
        doctorChangeReason: String? = nil, overrideReason: String? = nil, overrideNote: String? = nil,
        rule: DoctorRule? = nil, helpingForID: ID<Staff>? = nil, costDoctorID: ID<Staff>? = nil,
        holdID: ID<Hold>? = nil
    ) {
        self.patientID = patientID
        self.day = day
        self.start = start
        self.units = units
        self.doctorID = doctorID
        self.assistantID = assistantID
        self.chairID = chairID
        self.complaint = complaint
        self.items = items
        self.channel = channel
        self.deskReason = deskReason
        self.remark = remark
        self.squeezeReason = squeezeReason
        self.doctorChangeReason = doctorChangeReason
        self.overrideReason = overrideReason
        self.overrideNote = overrideNote
        self.rule = rule
        self.helpingForID = helpingForID
        self.costDoctorID = costDoctorID
        self.holdID = holdID
    }
}

/// Where a booking is to go. `version` is the one the page showed.
package struct MoveAppointment: Hashable, Sendable {
    package var id: ID<Appointment>
    package var version: Int
    package var to: Slot
    /// Code of list `move` (R3.31).
    package var reason: String
    package var note: String?
    package var doctorChangeReason: String?
    package var overrideReason: String?
    package var overrideNote: String?
    /// Which rule named another doctor; nil: as the treating doctor says (R3.17).
    package var rule: DoctorRule?
    package var helpingForID: ID<Staff>?
    package var holdID: ID<Hold>?

    package init(
        id: ID<Appointment>, version: Int, to: Slot, reason: String, note: String? = nil,
        doctorChangeReason: String? = nil, overrideReason: String? = nil, overrideNote: String? = nil,
        rule: DoctorRule? = nil, helpingForID: ID<Staff>? = nil, holdID: ID<Hold>? = nil
    ) {
        self.id = id
        self.version = version
        self.to = to
        self.reason = reason
        self.note = note
        self.doctorChangeReason = doctorChangeReason
        self.overrideReason = overrideReason
        self.overrideNote = overrideNote
        self.rule = rule
        self.helpingForID = helpingForID
        self.holdID = holdID
    }
}

package struct CancelAppointment: Hashable, Sendable {
    package var id: ID<Appointment>
    package var version: Int
    /// Code of list `cancellation`.
    package var reason: String
    /// nil: as the list says for the reason.
    package var side: CancelSide?
    package var note: String?
    /// No next date was agreed: the day to call the customer about one (R3.30).
    package var callbackOn: Day?

    package init(
        id: ID<Appointment>, version: Int, reason: String, side: CancelSide? = nil, note: String? = nil,
        callbackOn: Day? = nil
    ) {
        self.callbackOn = callbackOn
        self.id = id
        self.version = version
        self.reason = reason
        self.side = side
        self.note = note
    }
}
