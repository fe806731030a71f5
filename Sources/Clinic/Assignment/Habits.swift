import Kernel
import Storage

/// How punctual people are (R3.33), from the visits of a year.
package enum Habits {
    /// Customers without a past booking are missing.
    package static func of(
        patients: Set<ID<Patient>>, by work: Work, in tx: any ReadTransaction
    ) throws -> [ID<Patient>: PatientHabits] {
        [:]
    }

    package static func of(
        doctors: Set<ID<Staff>>, by work: Work, in tx: any ReadTransaction
    ) throws -> [ID<Staff>: DoctorHabits] {
        [:]
    }
}

/// Bookings of one customer in the last year, by how they went.
package struct PatientHabits: Hashable, Sendable {
    package let bookings: Int
    package let arrived: Int
    package let late: Int
    /// Of the late arrivals, the middle one.
    package let typicalLateMinutes: Int
    package let early: Int
    package let missed: Int
    /// Cancelled by the customer with less notice than a day.
    package let shortNotice: Int

    /// Worth a chip: two late arrivals or one no-show, and not an exception among many.
    package var needsCare: Bool { missed >= 1 || (late >= 2 && late * 4 >= arrived) || shortNotice >= 2 }
    /// "近一年约 6 次：迟到 2 次（约 12 分钟）、未到 1 次"
    package var text: String { "" }
    /// "常迟到", "曾未到"; nil when nothing stands out.
    package var chip: String? { nil }
}

/// Treatments of one doctor in the last year, by how they kept to the booked time.
package struct DoctorHabits: Hashable, Sendable {
    package let treated: Int
    /// Ended later than booked.
    package let overrun: Int
    package let typicalOverrunMinutes: Int
    /// Began later than booked although the customer was there.
    package let startedLate: Int
    package let typicalLateMinutes: Int

    package var needsCare: Bool { treated >= 5 && (overrun * 3 >= treated || startedLate * 3 >= treated) }
    package var text: String { "" }
    package var chip: String? { nil }
}
