import Kernel

/// Bookings of one customer in the last year, by how they went (R3.33).
package struct PatientHabits: Hashable, Sendable {
    /// Past bookings, without those the clinic cancelled.
    package let bookings: Int
    package let arrived: Int
    package let late: Int
    /// Of the late arrivals, the middle one; 0 without any.
    package let typicalLateMinutes: Int
    /// Came so early that a gap could be filled.
    package let early: Int
    package let missed: Int
    /// Cancelled by the customer with less notice than a day (R3.36).
    package let shortNotice: Int

    package init(
        bookings: Int, arrived: Int, late: Int, typicalLateMinutes: Int, early: Int, missed: Int, shortNotice: Int
    ) {
        self.bookings = bookings
        self.arrived = arrived
        self.late = late
        self.typicalLateMinutes = typicalLateMinutes
        self.early = early
        self.missed = missed
        self.shortNotice = shortNotice
    }

    /// Worth a chip: a no-show, two late arrivals that are a quarter of all, or two cancellations on short notice.
    package var needsCare: Bool { missed >= 1 || isOftenLate || shortNotice >= 2 }
    private var isOftenLate: Bool { late >= 2 && late * 4 >= arrived }

    /// "常晚到 12 分钟", "未到过 1 次"; nil when nothing stands out.
    package var chip: String? {
        if missed >= 1 { return "未到过 \(missed) 次" }
        if isOftenLate { return "常晚到 \(typicalLateMinutes) 分钟" }
        return shortNotice >= 2 ? "常临时取消" : nil
    }

    /// "近一年约 6 次：晚到 2 次（约 12 分钟）、未到 1 次"
    package var text: String {
        var parts: [String] = []
        if late > 0 { parts.append("晚到 \(late) 次（约 \(typicalLateMinutes) 分钟）") }
        if early > 0 { parts.append("早到 \(early) 次") }
        if missed > 0 { parts.append("未到 \(missed) 次") }
        if shortNotice > 0 { parts.append("临时取消 \(shortNotice) 次") }
        return "近一年约 \(bookings) 次：\(parts.isEmpty ? "都守时" : parts.joined(separator: "、"))"
    }
}

/// Treatments of one doctor in the last weeks, by how they kept to the booked time (R3.33).
package struct DoctorHabits: Hashable, Sendable {
    package let treated: Int
    /// Ended later than booked.
    package let overrun: Int
    package let typicalOverrunMinutes: Int
    /// Began later than booked although the customer was there.
    package let startedLate: Int
    package let typicalLateMinutes: Int

    package init(
        treated: Int, overrun: Int, typicalOverrunMinutes: Int, startedLate: Int, typicalLateMinutes: Int
    ) {
        self.treated = treated
        self.overrun = overrun
        self.typicalOverrunMinutes = typicalOverrunMinutes
        self.startedLate = startedLate
        self.typicalLateMinutes = typicalLateMinutes
    }

    /// A third of at least five treatments.
    package var needsCare: Bool { treated >= 5 && (overrun * 3 >= treated || startedLate * 3 >= treated) }

    package var chip: String? {
        guard needsCare else { return nil }
        return overrun >= startedLate ? "常超时 \(typicalOverrunMinutes) 分钟" : "常晚开始 \(typicalLateMinutes) 分钟"
    }

    /// "近两个月看诊 40 次：超时 12 次（约 15 分钟）、晚开始 3 次（约 10 分钟）"
    package var text: String {
        var parts: [String] = []
        if overrun > 0 { parts.append("超时 \(overrun) 次（约 \(typicalOverrunMinutes) 分钟）") }
        if startedLate > 0 { parts.append("晚开始 \(startedLate) 次（约 \(typicalLateMinutes) 分钟）") }
        return "近两个月看诊 \(treated) 次：\(parts.isEmpty ? "都按时" : parts.joined(separator: "、"))"
    }
}

/// Counts habits. Pure.
enum HabitRules {
    /// One past booking of a customer. Minutes are against the booked start; nil: did not come.
    struct Booking: Hashable {
        let arrivedMinutes: Int?
        let isMissed: Bool
        /// Of a cancellation by the customer; nil: none.
        let noticeMinutes: Int?
    }

    static let shortNoticeMinutes = 24 * 60

    static func patient(_ bookings: [Booking], toleranceMinutes: Int) -> PatientHabits {
        let arrivals = bookings.compactMap(\.arrivedMinutes)
        let late = arrivals.filter { $0 >= toleranceMinutes }
        return PatientHabits(
            bookings: bookings.count, arrived: arrivals.count, late: late.count, typicalLateMinutes: middle(late),
            early: arrivals.filter { $0 <= -Unit.minutes * 2 }.count, missed: bookings.filter(\.isMissed).count,
            shortNotice: bookings.filter { $0.noticeMinutes.map { $0 < shortNoticeMinutes } ?? false }.count)
    }

    /// One past treatment. Minutes are against the booked start and end.
    struct Treatment: Hashable {
        let arrivedMinutes: Int
        let seatedMinutes: Int
        /// nil: the end was not recorded.
        let finishedMinutes: Int?
    }

    /// A treatment that could not begin because the customer was late is nobody's overrun.
    static func doctor(_ treatments: [Treatment], toleranceMinutes: Int) -> DoctorHabits {
        let punctual = treatments.filter { $0.arrivedMinutes < toleranceMinutes }
        let late = punctual.map(\.seatedMinutes).filter { $0 >= toleranceMinutes }
        let over = punctual.compactMap(\.finishedMinutes).filter { $0 >= toleranceMinutes }
        return DoctorHabits(
            treated: treatments.count, overrun: over.count, typicalOverrunMinutes: middle(over),
            startedLate: late.count, typicalLateMinutes: middle(late))
    }

    /// The lower middle of the sorted numbers; 0 of none.
    static func middle(_ numbers: [Int]) -> Int {
        numbers.isEmpty ? 0 : numbers.sorted()[(numbers.count - 1) / 2]
    }
}
