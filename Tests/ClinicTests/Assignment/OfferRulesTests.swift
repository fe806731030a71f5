import Kernel
import Testing

@testable import Clinic

@Suite struct OfferRulesTests {
    private let today = AssignmentCase.today

    private func start(_ days: Int, _ unit: Int, visitors: Int = 0, touching: Int = 0) -> OfferRules.Start {
        OfferRules.Start(
            day: today.adding(days: days), start: Unit(unit), doctor: 0, chairID: nil, visitors: visitors,
            touching: touching)
    }

    @Test("报价窗口：从提前天数起到两三天内，客人要求的日期另算 R3.20 R3.21")
    func window() {
        func window(_ from: Int?, _ days: Int?, now: Bool) -> [Int] {
            let w = OfferRules.window(
                today: today, from: from.map { today.adding(days: $0) }, days: days, startsNow: now, leadDays: [1, 2],
                windowDays: [2, 3])
            return [w.first, w.promised, w.last, w.lead].map { $0.days(since: today) }
        }
        #expect(window(nil, nil, now: false) == [1, 3, 14, 1])
        #expect(window(nil, nil, now: true) == [0, 3, 13, 1])
        #expect(window(7, nil, now: false) == [7, 9, 20, 1])
        #expect(window(-2, 14, now: false) == [0, 0, 13, 1])
        #expect(window(nil, 1, now: false) == [1, 1, 1, 1])
    }

    @Test("先报窗口内的，按时间顺序，最多三个 R3.20")
    func chosen() {
        let window = OfferRules.window(
            today: today, from: nil, days: nil, startsNow: false, leadDays: [1, 2], windowDays: [2, 3])
        let found = [start(5, 36), start(2, 60), start(1, 36), start(1, 60)]
        let chosen = OfferRules.choose(
            found, count: 3, window: window, isBig: false, ceiling: 8, quietPercent: 60)
        #expect(chosen == [start(1, 36), start(1, 60), start(2, 60)])
        let more = OfferRules.choose(
            found, count: 4, window: window, isBig: false, ceiling: 8, quietPercent: 60)
        #expect(more.last == start(5, 36))
    }

    @Test("大项目先报人少的时段 R3.49")
    func bigItems() {
        let window = OfferRules.window(
            today: today, from: nil, days: nil, startsNow: false, leadDays: [1, 2], windowDays: [2, 3])
        let found = [start(1, 36, visitors: 4), start(1, 60, visitors: 3), start(3, 36, visitors: 0)]
        func choose(_ isBig: Bool) -> [OfferRules.Start] {
            OfferRules.choose(found, count: 1, window: window, isBig: isBig, ceiling: 6, quietPercent: 60)
        }
        #expect(choose(false) == [found[0]])
        #expect(choose(true) == [found[2]])
    }

    @Test("人少的界限 R3.49", arguments: [(2, true), (3, false)])
    func quiet(visitors: Int, isQuiet: Bool) {
        #expect(OfferRules.isQuiet(visitors: visitors, ceiling: 5, percent: 60) == isQuiet)
        #expect(OfferRules.isQuiet(visitors: visitors, ceiling: 0, percent: 60))
    }

    @Test("小项目紧挨着已有预约，不留空档 R3.32")
    func compact() {
        #expect(OfferRules.isBetter(start(1, 40, touching: 2), than: start(1, 36, touching: 1), isBig: false))
        #expect(OfferRules.isBetter(start(1, 36, touching: 1), than: start(1, 40, touching: 1), isBig: false))
        #expect(!OfferRules.isBetter(start(1, 40, visitors: 3), than: start(1, 44, visitors: 1), isBig: true))
    }

    @Test("提前时间的界限 R3.21", arguments: [(0, true), (1, false), (2, false)])
    func shortLead(days: Int, isShort: Bool) {
        #expect(BookingRules.isShortLead(today.adding(days: days), today: today, leadDays: [1, 2]) == isShort)
    }

    @Test("同时到店人数的上限 R3.41")
    func capacity() throws {
        let person = Actor(id: ID(raw: 5), name: "李", roles: [], capabilities: [])
        let override = RuleOverride(rule: .slotCapacity, reason: "emergency")
        func check(_ visitors: Int, _ level: Level, _ actor: Actor, _ given: RuleOverride?) throws -> RuleOverride? {
            try BookingRules.checkCapacity(visitors: visitors, ceiling: 3, level: level, actor: actor, override: given)
        }
        #expect(try check(2, .fixed, person, nil) == nil)
        #expect(throws: BookingError.crowded(visitors: 3, ceiling: 3)) { try check(3, .fixed, person, override) }
        #expect(try check(3, .remind, person, nil) == nil)
        #expect(throws: BookingError.crowded(visitors: 3, ceiling: 3)) {
            try check(3, .require(.overrideRules), person, override)
        }
        #expect(throws: BookingError.crowded(visitors: 3, ceiling: 3)) {
            try check(3, .require(.overrideRules), .system, nil)
        }
        #expect(try check(3, .require(.overrideRules), .system, override) == override)
    }

    @Test("时段人数按一刻钟数，首尾相接不相加 R3.41")
    func visitors() {
        var counts = Array(repeating: 0, count: 96)
        for unit in 40..<44 { counts[unit] = 2 }
        counts[43] = 3
        let visitors = Visitors([today: counts], ceiling: 3)
        #expect(visitors.most(on: today, 40..<43) == 2)
        #expect(visitors.hasRoom(on: today, 40..<43))
        #expect(!visitors.hasRoom(on: today, 42..<44))
        #expect(visitors.hasRoom(on: today, 44..<48))
        #expect(visitors.hasRoom(on: today.adding(days: 1), 40..<44))
        #expect(Visitors([today: counts], ceiling: 0).hasRoom(on: today, 40..<44))
    }

    @Test("位图与时段一致")
    func masks() {
        #expect(UnitMask(0..<96).contains(UnitMask(90..<96)))
        #expect(UnitMask(94..<100) == UnitMask(94..<96))
        #expect(UnitMask(40..<40) == UnitMask())
        #expect(!UnitMask(40..<44).overlaps(UnitMask(44..<48)))
        #expect(UnitMask(low: 1 << 47, high: 1) == UnitMask(47..<49))
        #expect(UnitMask(47..<49).contains(48))
        #expect(!UnitMask(47..<49).contains(-1))
    }

    @Test(
        "守时习惯的界限 R3.33",
        arguments: [
            ([9], 0, nil), ([10], 1, nil), ([10, 12, 0, 0, 0, 0, 0, 0], 2, "常晚到 10 分钟"),
            ([10, 12] + Array(repeating: 0, count: 7), 2, nil),
        ]
            as [([Int], Int, String?)])
    func habits(arrivals: [Int], late: Int, chip: String?) {
        let habits = HabitRules.patient(
            arrivals.map { HabitRules.Booking(arrivedMinutes: $0, isMissed: false, noticeMinutes: nil) },
            toleranceMinutes: 10)
        #expect(habits.late == late)
        #expect(habits.chip == chip)
    }

    @Test("未到、临时取消和医生超时 R3.33")
    func otherHabits() {
        let missed = HabitRules.patient(
            [HabitRules.Booking(arrivedMinutes: nil, isMissed: true, noticeMinutes: nil)], toleranceMinutes: 10)
        #expect(missed.text == "近一年约 1 次：未到 1 次")
        #expect(missed.chip == "未到过 1 次")
        let late = HabitRules.patient(
            [1_439, 1_440, -5].map { HabitRules.Booking(arrivedMinutes: nil, isMissed: false, noticeMinutes: $0) },
            toleranceMinutes: 10)
        #expect(late.shortNotice == 2)
        let doctor = HabitRules.doctor(
            [
                HabitRules.Treatment(arrivedMinutes: -5, seatedMinutes: 12, finishedMinutes: 15),
                HabitRules.Treatment(arrivedMinutes: 20, seatedMinutes: 25, finishedMinutes: 30),
                HabitRules.Treatment(arrivedMinutes: 0, seatedMinutes: 3, finishedMinutes: 9),
                HabitRules.Treatment(arrivedMinutes: 0, seatedMinutes: 3, finishedMinutes: 22),
                HabitRules.Treatment(arrivedMinutes: 0, seatedMinutes: 3, finishedMinutes: nil),
            ], toleranceMinutes: 10)
        #expect(doctor.overrun == 2)
        #expect(doctor.typicalOverrunMinutes == 15)
        #expect(doctor.startedLate == 1)
        #expect(doctor.chip == "常超时 15 分钟")
    }
}
