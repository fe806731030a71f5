import Kernel

/// Who is looked for, for whom and when: what `Assigning.propose` decides about.
package struct AssignmentRequest: Hashable, Sendable {
    /// nil: somebody who is not on file yet; needed to place.
    package var patientID: ID<Patient>?
    package var complaint: String
    package var items: [BookedItem]
    /// Quarters of an hour; nil: from the items (R3.03).
    package var units: Int?
    /// The time asked about; nil: whoever it would be at any time.
    package var time: AskedTime?
    /// What the customer asks of the doctor now; standing wishes of the customer's page are added (R1.24).
    package var wish: DoctorWish
    /// The doctor of an offer the customer accepted: taken before equals, so that what was promised holds.
    package var offered: ID<Staff>?
    /// Code of list `doctorChange`: why not the doctor who treated the customer before (R3.14).
    package var doctorChangeReason: String?
    /// The complaint about the first doctor was taken in and reported (R2.22, R3.60).
    package var complaintRecorded: Bool
    /// The customer says the last work failed: a warranty case although no tooth was named (R2.21).
    package var isRedo: Bool
    /// Doctors who are out of the question, for example the one whose day is being cleared (R3.34).
    package var without: Set<ID<Staff>>
    package var occasion: Occasion

    package init(
        patientID: ID<Patient>?, complaint: String, items: [BookedItem] = [], units: Int? = nil,
        time: AskedTime? = nil, wish: DoctorWish = DoctorWish(), offered: ID<Staff>? = nil,
        doctorChangeReason: String? = nil, complaintRecorded: Bool = false, isRedo: Bool = false,
        without: Set<ID<Staff>> = [], occasion: Occasion = .booking
    ) {
        self.patientID = patientID
        self.complaint = complaint
        self.items = items
        self.units = units
        self.time = time
        self.wish = wish
        self.offered = offered
        self.doctorChangeReason = doctorChangeReason
        self.complaintRecorded = complaintRecorded
        self.isRedo = isRedo
        self.without = without
        self.occasion = occasion
    }

    /// A tooth is named, or the customer says that the last work failed: a warranty case is looked for (R2.21).
    package var mayBeRedo: Bool { isRedo || items.contains { !$0.teeth.isEmpty } }

    package enum Occasion: Hashable, Sendable {
        /// Somebody books ahead: a busy doctor means another time.
        case booking
        /// The customer stands here, or the booked doctor does not work: the time is given, a colleague helps (R2.24).
        case timeIsFixed
        /// The doctor's rest was announced to nobody and the customer came on time (R2.17).
        /// - Parameter doctorCalled: the call to the doctor is in the log.
        case unannouncedRest(doctorCalled: Bool)
    }
}

/// A day and a start.
package struct AskedTime: Hashable, Sendable {
    package var day: Day
    package var start: Unit
    package init(day: Day, start: Unit) {
        self.day = day
        self.start = start
    }
}

/// What a customer asks of the doctor (R2.20, R3.18).
package struct DoctorWish: Hashable, Sendable {
    package var doctorID: ID<Staff>?
    package var gender: Gender?
    /// Full years.
    package var minimumAge: Int?
    package var maximumAge: Int?
    /// Part of the title: 主任.
    package var title: String?
    /// Must, not only would like. A named doctor is always a must.
    package var isHard: Bool

    package init(
        doctorID: ID<Staff>? = nil, gender: Gender? = nil, minimumAge: Int? = nil, maximumAge: Int? = nil,
        title: String? = nil, isHard: Bool = false
    ) {
        self.doctorID = doctorID
        self.gender = gender
        self.minimumAge = minimumAge
        self.maximumAge = maximumAge
        self.title = title
        self.isHard = isHard
    }

    /// Something besides a name is asked.
    package var hasTraits: Bool { gender != nil || minimumAge != nil || maximumAge != nil || title != nil }

    /// "指定林书远医生、女医生": what the doctor who sees the customer should know (R3.18).
    package func said(named name: String?) -> String? {
        ((name.map { ["指定\($0)医生"] } ?? []) + (hasTraits ? [text] : [])).joined(separator: "、").nonBlank
    }

    /// "女医生、40 岁以上、主任"
    package var text: String {
        var parts: [String] = []
        if let gender { parts.append("\(gender.label)医生") }
        if let minimumAge { parts.append("\(minimumAge) 岁以上") }
        if let maximumAge { parts.append("\(maximumAge) 岁以下") }
        if let title { parts.append(title) }
        return parts.joined(separator: "、")
    }
}

/// A booking whose doctor the engine decides inside the transaction.
package struct PlaceAssigned: Hashable, Sendable {
    /// With customer and time.
    package var request: AssignmentRequest
    /// nil: the chair of the doctor's shift, or the usual one, when it is free.
    package var chairID: ID<Chair>?
    package var assistantID: ID<Staff>?
    /// Code of list `bookingChannel`.
    package var channel: String
    /// Code of list `onSpotBooking`, for the channel `onSpot` (R3.07).
    package var deskReason: String?
    package var remark: String?
    /// 加号: code of list `squeezeIn`.
    package var squeezeReason: String?
    /// Code of list `override`.
    package var overrideReason: String?
    package var overrideNote: String?
    /// The own hold; its units are taken over.
    package var holdID: ID<Hold>?
    /// After a first examination by a colleague, the specialist's booking is made in the same step (R3.19).
    package var booksSpecialist: Bool
    /// People and devices for parts of the length.
    package var parts: [AppointmentPart] = []

    package init(
        _ request: AssignmentRequest, channel: String, chairID: ID<Chair>? = nil, assistantID: ID<Staff>? = nil,
        deskReason: String? = nil, remark: String? = nil, squeezeReason: String? = nil, overrideReason: String? = nil,
        overrideNote: String? = nil, holdID: ID<Hold>? = nil, booksSpecialist: Bool = true
    ) {
        self.request = request
        self.channel = channel
        self.chairID = chairID
        self.assistantID = assistantID
        self.deskReason = deskReason
        self.remark = remark
        self.squeezeReason = squeezeReason
        self.overrideReason = overrideReason
        self.overrideNote = overrideNote
        self.holdID = holdID
        self.booksSpecialist = booksSpecialist
    }
}
