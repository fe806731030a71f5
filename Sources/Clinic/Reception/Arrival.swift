import Kernel

extension Arrivals {
    /// What the desk states about an arrival.
    package struct Arrival: Hashable, Sendable {
        package var patientID: ID<Patient>
        /// nil: came without booking.
        package var appointmentID: ID<Appointment>?
        /// nil: the booked doctor, or not decided yet.
        package var doctorID: ID<Staff>?
        /// nil: the booked complaint.
        package var complaint: String?
        /// nil: as proposed.
        package var type: VisitType?
        /// Needed when `type` differs from the proposal (R2.28).
        package var typeReason: String?
        package var segment: String?
        package var emergency: String?
        /// Minutes told to the customer (R4.02); nil: nothing told yet.
        package var toldWaitMinutes: Int?
        /// What was estimated when that was told; nil: the estimate of now is kept beside it.
        package var estimatedWaitMinutes: Int?
        /// The customer's answer to "is it your first time here?" (R2.08); nil: not asked.
        package var saysFirstTime: Bool?
        /// The tooth the customer names, if known (R2.08).
        package var tooth: Tooth?
        /// The phone and address as read out to the customer (R1.04); nil: not asked.
        package var contact: Contact?
        /// Feeling, mood, help needed, reason of an exempt visit.
        package var answers = TriageAnswers()

        package init(
            patientID: ID<Patient>, appointmentID: ID<Appointment>? = nil, doctorID: ID<Staff>? = nil,
            complaint: String? = nil, type: VisitType? = nil, typeReason: String? = nil, segment: String? = nil,
            emergency: String? = nil, toldWaitMinutes: Int? = nil, saysFirstTime: Bool? = nil,
            tooth: Tooth? = nil, contact: Contact? = nil
        ) {
            self.patientID = patientID
            self.appointmentID = appointmentID
            self.doctorID = doctorID
            self.complaint = complaint
            self.type = type
            self.typeReason = typeReason
            self.segment = segment
            self.emergency = emergency
            self.toldWaitMinutes = toldWaitMinutes
            self.saysFirstTime = saysFirstTime
            self.tooth = tooth
            self.contact = contact
        }

        /// Wants to know first, not to be treated (R2.04, R2.05).
        var isInquiring: Bool { segment == "latent" }
    }

    /// As confirmed or corrected with the customer.
    package struct Contact: Hashable, Sendable {
        package let phone: String
        package let address: String
        package init(phone: String, address: String) {
            self.phone = phone
            self.address = address
        }
    }

    package struct Registered: Hashable, Sendable {
        package let visit: Visit
        /// "A021"
        package let ticket: String
    }
}
