import Clinic
import Kernel
import TestSupport
import Testing

@Suite struct HolidayTests {
    let playbook: Playbook
    init() throws { playbook = try ShippedPlaybook.load() }

    @Test("2026 年法定节假日：33 天放假，6 天调休上班")
    func everyDayOf2026() {
        let of2026 = playbook.holidays.filter { $0.day.components.year == 2026 }

        #expect(of2026.count { $0.kind == .rest } == 33)
        #expect(
            of2026.filter { $0.kind == .work }.map(\.day.iso) == [
                "2026-01-04", "2026-02-14", "2026-02-28", "2026-05-09", "2026-09-20", "2026-10-10",
            ])
        // A clinic's standard knows them as the shipped one does.
        #expect(playbook.resolved(organisation: [], clinic: []).holidays == playbook.holidays)
        // Work days in exchange are always on a weekend.
        #expect(of2026.allSatisfy { $0.kind == .rest || $0.day.weekday > 5 })
    }

    @Test(
        "节日各在哪几天",
        arguments: [
            ("元旦", "2026-01-01", "2026-01-03", 3), ("春节", "2026-02-15", "2026-02-23", 9),
            ("清明节", "2026-04-04", "2026-04-06", 3), ("劳动节", "2026-05-01", "2026-05-05", 5),
            ("端午节", "2026-06-19", "2026-06-21", 3), ("中秋节", "2026-09-25", "2026-09-27", 3),
            ("国庆节", "2026-10-01", "2026-10-07", 7),
        ])
    func spans(name: String, first: String, last: String, count: Int) {
        let days = playbook.holidays.filter { $0.name == name && $0.kind == .rest }.map(\.day).sorted()

        #expect(days.first?.iso == first)
        #expect(days.last?.iso == last)
        #expect(days.count == count)
    }
}
