import Foundation
import Kernel
import Testing

@testable import Clinic

/// Friday 2026-03-13; the free unit is 10:00–11:00 with doctor 1.
@Suite struct WaitingRulesTests {
    static let today = Day(number: 20_524)
    static let now = Timestamp(milliseconds: 1_773_278_400_000)
    static let free = Slot(day: today.adding(days: 1), start: Unit(40), units: 4, doctorID: ID(raw: 1))
    static let calendar = ClinicCalendar(timeZone: TimeZone(secondsFromGMT: 8 * 3_600) ?? .gmt)
    static let context = WaitingRules.Today(now: now, day: today, askAgainHours: 24, calendar: calendar)

    static func entry(
        _ id: Int64, doctor: Int64? = nil, units: Int = 4, weekdays: Set<Int> = Set(1...7), from: Int = 0, to: Int = 96,
        first: Day = today, last: Day? = nil, urgency: CatalogueItem.Urgency = .normal, days: Int = 1,
        held: WaitingEntry.HeldBooking? = nil, calledHoursAgo: Int? = nil, items: [BookedItem] = [],
        closed: Bool = false
    ) -> WaitingEntry {
        WaitingEntry(
            id: ID(raw: id), clinicID: ID(raw: 1), patientID: ID(raw: id), doctorID: doctor.map { ID(raw: $0) },
            held: held, complaint: "疼", items: items, units: units,
            suits: SuitingTimes(
                weekdays: weekdays, from: Unit(from), to: Unit(to), firstDay: first, lastDay: last), urgency: urgency,
            note: nil, asked: Appointment.Mark(at: now.adding(days: -days), by: ID(raw: 9)),
            lastCalledAt: calledHoursAgo.map { now.adding(hours: -$0) }, calls: calledHoursAgo == nil ? 0 : 1,
            closed: closed
                ? WaitingEntry.Closing(mark: Appointment.Mark(at: now, by: ID(raw: 9)), outcome: "booked") : nil,
            version: 1)
    }

    static func start(_ entry: WaitingEntry, impossible: Set<ID<Item>> = []) -> Int? {
        WaitingRules.start(of: entry, in: free, impossible: impossible)?.index
    }

    @Test("时长：正好放下、多一个单位就放不下、短的从头开始")
    func length() {
        #expect(Self.start(Self.entry(1, units: 4)) == 40)
        #expect(Self.start(Self.entry(1, units: 5)) == nil)
        #expect(Self.start(Self.entry(1, units: 1)) == 40)
    }

    @Test("方便的时间：从里面最早的一刻开始，到点要结束")
    func hours() {
        #expect(Self.start(Self.entry(1, units: 2, from: 42)) == 42)
        #expect(Self.start(Self.entry(1, units: 2, from: 43)) == nil)
        #expect(Self.start(Self.entry(1, units: 2, to: 42)) == 40)
        #expect(Self.start(Self.entry(1, units: 2, to: 41)) == nil)
    }

    @Test("日子：星期、第一天、最后一天都算在内")
    func days() {
        #expect(Self.start(Self.entry(1, weekdays: [5])) == 40)
        #expect(Self.start(Self.entry(1, weekdays: [1, 2, 3, 4, 6, 7])) == nil)
        #expect(Self.start(Self.entry(1, first: Self.free.day)) == 40)
        #expect(Self.start(Self.entry(1, first: Self.free.day.adding(days: 1))) == nil)
        #expect(Self.start(Self.entry(1, last: Self.free.day)) == 40)
        #expect(Self.start(Self.entry(1, last: Self.today)) == nil)
    }

    @Test("点名的医生、已经约上的、暂停的项目 R3.43")
    func people() {
        let item = BookedItem(ID<Item>(raw: 7))
        #expect(Self.start(Self.entry(1, doctor: 1)) == 40)
        #expect(Self.start(Self.entry(1, doctor: 2)) == nil)
        #expect(Self.start(Self.entry(1, closed: true)) == nil)
        #expect(Self.start(Self.entry(1, items: [item]), impossible: [ID(raw: 8)]) == 40)
        #expect(Self.start(Self.entry(1, items: [item]), impossible: [ID(raw: 7)]) == nil)
    }

    @Test("有预约的人只要更早的：早一刻要，同一刻不要")
    func held() {
        func holding(_ day: Day, _ unit: Int) -> WaitingEntry {
            Self.entry(1, held: WaitingEntry.HeldBooking(id: ID(raw: 5), day: day, start: Unit(unit), version: 1))
        }
        #expect(Self.start(holding(Self.free.day, 41)) == 40)
        #expect(Self.start(holding(Self.free.day, 40)) == nil)
        #expect(Self.start(holding(Self.today, 90)) == nil)
    }

    @Test("先后：刚问过的最后，着急的先，点名的先，正好填满的先，等得久的先")
    func order() {
        let entries = [
            Self.entry(1, urgency: .high, days: 90, calledHoursAgo: 23), Self.entry(2, units: 2, days: 60),
            Self.entry(3, days: 10), Self.entry(4, days: 20), Self.entry(5, doctor: 1, days: 1),
            Self.entry(6, urgency: .high, days: 2, calledHoursAgo: 24), Self.entry(7, urgency: .low, days: 300),
        ]
        let fits = WaitingRules.ranked(entries, for: Self.free, impossible: [], today: Self.context)
        #expect(fits.map(\.entry.id.raw) == [6, 5, 4, 3, 2, 7, 1])
        #expect(fits.map(\.spare) == [0, 0, 0, 0, 2, 0, 0])
        #expect(fits[1].isNamed)
        #expect(fits[2].waitedDays == 20)
        #expect(fits.last?.isFreshlyAsked == true)
        #expect(fits[0].isFreshlyAsked == false)
    }

    @Test("已经开始的时间不再给人")
    func past() {
        let late = WaitingRules.Today(
            now: Self.calendar.instant(Self.free.day, Unit(41)), day: Self.free.day, askAgainHours: 24,
            calendar: Self.calendar)
        let justBefore = WaitingRules.Today(
            now: late.now.adding(seconds: -1), day: Self.free.day, askAgainHours: 24, calendar: Self.calendar)
        #expect(WaitingRules.ranked([Self.entry(1)], for: Self.free, impossible: [], today: late).isEmpty)
        #expect(WaitingRules.ranked([Self.entry(1)], for: Self.free, impossible: [], today: justBefore).count == 1)
    }

    @Test("方便的日子读写不变、说成人话")
    func words() {
        let some = SuitingTimes(weekdays: [2, 4], from: Unit(54), to: Unit(72), firstDay: Self.today)
        #expect(SuitingTimes.weekdays(mask: some.mask) == [2, 4])
        #expect(some.text == "周二、周四 13:30–18:00")
        #expect(SuitingTimes(firstDay: Self.today).text == "每天")
        #expect(SuitingTimes(weekdays: Set(1...5), firstDay: Self.today).text == "周一至周五")
        #expect(SuitingTimes(weekdays: [6, 7], firstDay: Self.today).text == "周末")
    }
}
