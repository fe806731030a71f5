import Clinic
import Kernel
import TestSupport
import Testing

struct PlaybookResolutionTests {
    let playbook: Playbook
    let waiting = OverrideKey(.setting, "wait.actual_min")
    init() throws { playbook = try ShippedPlaybook.load() }

    @Test("取值顺序：默认、全机构、本门诊 R16.14")
    func clinicWinsOverOrganisation() {
        let organisation = playbook.resolved(organisation: [setting("wait.actual_min", "25")], clinic: [])
        let both = playbook.resolved(
            organisation: [setting("wait.actual_min", "25")], clinic: [setting("wait.actual_min", "30")])

        #expect(playbook[.waitActualMinutes] == 20)
        #expect(playbook.origin(of: waiting) == .shipped)
        #expect(organisation[.waitActualMinutes] == 25)
        #expect(organisation.origin(of: waiting) == .organisation)
        #expect(both[.waitActualMinutes] == 30)
        #expect(both.origin(of: waiting) == .clinic)
        #expect(both.currentJSON(waiting) == "30")
        #expect(both.shippedJSON(waiting) == "20")
    }

    @Test func resolvingAgainStartsFromTheShippedValues() {
        let changed = playbook.resolved(organisation: [], clinic: [setting("wait.actual_min", "30")])

        #expect(changed.resolved(organisation: [], clinic: [])[.waitActualMinutes] == 20)
    }

    @Test("新默认值可用：默认值在修改之后变了")
    func newDefaultIsAnnounced() {
        let same = playbook.resolved(organisation: [], clinic: [setting("wait.actual_min", "30", shipped: "20")])
        let older = playbook.resolved(organisation: [], clinic: [setting("wait.actual_min", "30", shipped: "25")])

        #expect(!same.hasNewDefault(waiting))
        #expect(older.hasNewDefault(waiting))
        #expect(!playbook.hasNewDefault(waiting))
        #expect(older[.waitActualMinutes] == 30)
    }

    @Test(
        "看不懂的改动忽略并说明，默认值照用",
        arguments: [
            (OverrideKind.setting, "wait.gone", "5", "setting wait.gone：没有这个设置"),
            (.setting, "wait.actual_min", "\"soon\"", "setting wait.actual_min：类型与这一项不符"),
            (.setting, "wait.actual_min", "{", "setting wait.actual_min：类型与这一项不符"),
            (.setting, "wait.actual_min", "9999", "setting wait.actual_min：应在 5 到 120 之间"),
            (.setting, "kpi.sections", "[100]", "setting kpi.sections：个数与原来不同"),
            (.level, "R99.99", "\"off\"", "level R99.99：没有这条规则"),
            (.level, "R3.14", "\"sometimes\"", "level R3.14：没有这个级别"),
            (.level, "R3.32", "\"off\"", "level R3.32：这条规则写在程序里，不能改"),
            (.level, "R3.14", "\"fixed\"", "level R3.14：不能设为固定"),
            (.role, "wizard", "[]", "role wizard：没有这个岗位"),
            (.role, "guide", "[\"fly\"]", "role guide：有不存在的权限"),
            (.taskRule, "nothing", "false", "task_rule nothing：没有这条任务规则"),
        ])
    func unfitOverridesAreIgnored(kind: OverrideKind, key: String, json: String, reason: String) {
        let override = PlaybookOverride(kind: kind, key: key, value: json, shippedValue: "0")
        let resolved = playbook.resolved(organisation: [], clinic: [override])

        #expect(resolved.ignoredOverrides.map(\.reason) == [reason])
        #expect(resolved[.waitActualMinutes] == 20)
        #expect(resolved.level(of: .doubleBooking) == .fixed)
        #expect(resolved.origin(of: override.id) == .shipped)
    }

    @Test func everyKindCanBeOverridden() {
        let resolved = playbook.resolved(
            organisation: [
                PlaybookOverride(
                    kind: .level, key: "R3.14", value: "\"require:assignAnyDoctor\"", shippedValue: "\"remind\""),
                PlaybookOverride(kind: .role, key: "guard", value: "[\"seeWorkbench\"]", shippedValue: "[]"),
                PlaybookOverride(kind: .taskRule, key: "wait.education", value: "false", shippedValue: "true"),
                setting("reminder.due_at", "\"17:30\""), setting("fever_c", "37.5"), setting("epidemic.mode", "true"),
                setting("phone.rings", "[1,2]"), setting("expiry.check", "\"firstDay\""),
            ], clinic: [])

        #expect(resolved.ignoredOverrides == [])
        #expect(resolved.level(of: .sameDoctor) == .require(.assignAnyDoctor))
        #expect(resolved.role("guard")?.capabilities == [.seeWorkbench])
        #expect(resolved.taskRule("wait.education")?.isActive == false)
        #expect(resolved[.reminderDueAt] == 1_050)
        #expect(resolved[.feverCelsius] == 37.5)
        #expect(resolved[.epidemicMode])
        #expect(resolved[.phoneRings] == [1, 2])
        #expect(resolved[.expiryCheck] == "firstDay")
    }

    @Test("改了提前天数，提醒任务的时间跟着变 R3.24")
    func taskTimesFollowTheSettings() throws {
        let calendar = try #require(ClinicCalendar(timeZoneName: "Asia/Shanghai"))
        let day = try #require(Day("2026-03-12"))
        let start = calendar.instant(day, Unit(38))
        let rule = try #require(playbook.taskRule("reminder.dayBefore"))
        let earlier = playbook.resolved(organisation: [], clinic: [setting("appt.reminder_days_before", "2")])

        #expect(calendar.dateTimeText(playbook.instant(rule.opens, anchor: start, in: calendar)) == "2026-03-11 09:00")
        #expect(calendar.dateTimeText(playbook.instant(rule.due, anchor: start, in: calendar)) == "2026-03-11 18:00")
        let escalation = try #require(rule.escalation)
        #expect(
            calendar.dateTimeText(playbook.instant(escalation.at, anchor: start, in: calendar)) == "2026-03-12 12:00")
        #expect(calendar.dateTimeText(earlier.instant(rule.due, anchor: start, in: calendar)) == "2026-03-10 18:00")
    }

    @Test("二十分钟未解释，再过五分钟上报 R4.04")
    func waitingTimesAddUp() throws {
        let calendar = try #require(ClinicCalendar(timeZoneName: "Asia/Shanghai"))
        let arrival = calendar.instant(try #require(Day("2026-03-12")), minute: 9 * 60 + 2)
        let rule = try #require(playbook.taskRule("wait.explain"))

        #expect(calendar.clockText(playbook.instant(rule.opens, anchor: arrival, in: calendar)) == "09:22")
        #expect(calendar.clockText(playbook.instant(rule.due, anchor: arrival, in: calendar)) == "09:27")
    }

    @Test(
        "页面上键入的值",
        arguments: [
            ("wait.actual_min", " ２５ ", "25"), ("appt.offer_window_days", "2，4", "[2,4]"), ("fever_c", "37.5", "37.5"),
            ("reminder.due_at", "9：30", "\"09:30\""), ("epidemic.mode", "true", "true"),
            ("wait.actual_min", "soon", nil),
            ("reminder.due_at", "25:00", nil), ("fever_c", "nan", nil),
        ])
    func typedValues(key: String, typed: String, json: String?) throws {
        let definition = try #require(playbook.setting(key))
        #expect(definition.value(typed: typed)?.json == json)
    }

    private func setting(_ key: String, _ json: String, shipped: String = "20") -> PlaybookOverride {
        PlaybookOverride(kind: .setting, key: key, value: json, shippedValue: shipped)
    }
}
