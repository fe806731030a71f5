import Clinic
import Kernel

/// 轮换: who is next and why, and the ledger of turns (R3.15, R15.20) — templates/assignment/rotation.mustache
package struct RotationPage: Page {
    package static let template = "assignment/rotation"
    package let shell: ShellView
    let heading: String
    let months: [LinkView]
    let next: String?
    let doctors: [DoctorLine]
    let hasDoctors: Bool
    let entries: [LedgerLine]
    let hasEntries: Bool
    let ledgerNote: String

    package static let fields: [Field<Self>] = [
        Field("heading", \.heading), Field("months", \.months), Field("next", \.next), Field("doctors", \.doctors),
        Field("hasDoctors", \.hasDoctors), Field("entries", \.entries), Field("hasEntries", \.hasEntries),
        Field("ledgerNote", \.ledgerNote),
    ]

    struct DoctorLine: Viewable {
        let name: String
        let number: String
        let isNext: Bool
        /// "今天休息", "不参加轮换"; nil when the doctor is in the rotation today.
        let note: String?
        let turns: String
        let newCustomers: String
        let total: String
        /// "应得 1.3 位", "多得 0.7 位", "持平".
        let owed: String
        static let fields: [Field<Self>] = [
            Field("name", \.name), Field("number", \.number), Field("isNext", \.isNext), Field("note", \.note),
            Field("turns", \.turns), Field("newCustomers", \.newCustomers), Field("total", \.total),
            Field("owed", \.owed),
        ]
    }

    struct LedgerLine: Viewable {
        let at: String
        let chip: ToneChip
        let doctor: String
        let customer: LinkView?
        let day: String
        let reason: String
        static let fields: [Field<Self>] = [
            Field("at", \.at), Field("chip", \.chip), Field("doctor", \.doctor), Field("customer", \.customer),
            Field("day", \.day), Field("reason", \.reason),
        ]
    }

    package static var samples: [RotationPage] {
        func line(_ name: String, next: Bool, note: String?, owed: String) -> DoctorLine {
            DoctorLine(
                name: name, number: "1002", isNext: next, note: note, turns: "12", newCustomers: "31", total: "140",
                owed: owed)
        }
        let entry = LedgerLine(
            at: "2026-03-12 10:24", chip: ToneChip("跳过（保留）", tone: "waiting"), doctor: "欧阳诗琪诗琪",
            customer: LinkView("#", "上官婉清婉清"), day: "3 月 13 日", reason: "10:00 已有预约")
        func page(_ doctors: [DoctorLine], _ entries: [LedgerLine]) -> RotationPage {
            RotationPage(
                shell: .sample(title: "轮换", area: .board), heading: "2026 年 3 月",
                months: [LinkView("#", "上个月"), LinkView("#", "本月", isNext: true)],
                next: doctors.first?.name, doctors: doctors, hasDoctors: !doctors.isEmpty, entries: entries,
                hasEntries: !entries.isEmpty, ledgerNote: entries.isEmpty ? "还没有" : "最近 60 条")
        }
        return [
            page(
                [
                    line("欧阳诗琪诗琪", next: true, note: nil, owed: "应得 1.3 位"),
                    line("林书远", next: false, note: "今天休息", owed: "多得 0.7 位"),
                ], [entry]), page([], []),
        ]
    }
}

extension RotationPage {
    init(shell: ShellView, sheet: RotationSheet, month: Day, today: Day, calendar: ClinicCalendar) {
        self.shell = shell
        let first = Day(year: month.components.year, month: month.components.month, day: 1) ?? month
        let this = Day(year: today.components.year, month: today.components.month, day: 1) ?? today
        heading = "\(first.components.year) 年 \(first.components.month) 月"
        months = [(-2, "前月"), (-1, "上个月"), (0, "本月")].map { offset, label in
            let day = this.adding(months: offset)
            return LinkView(AssignmentPaths.rotation(month: day), label, isNext: day == first)
        }
        let nextID = sheet.next?.doctorID
        next = sheet.next?.name
        doctors = sheet.lines.map { line in
            DoctorLine(
                name: line.name, number: line.employeeNumber, isNext: line.doctorID == nextID,
                note: line.takesRotation ? (line.worksToday ? nil : "今天休息") : "不参加轮换", turns: String(line.turns),
                newCustomers: String(line.newCustomers), total: String(line.balance.taken),
                owed: line.owedTenths.map(Self.owed) ?? "—")
        }
        hasDoctors = !doctors.isEmpty
        entries = sheet.entries.map { entry in
            LedgerLine(
                at: calendar.dateTimeText(entry.turn.recordedAt), chip: Self.chip(entry.turn.kind),
                doctor: entry.doctorName,
                customer: entry.turn.appointmentID.map {
                    LinkView(AppointmentPaths.appointment($0), entry.patientName ?? "")
                }, day: entry.turn.day.monthDayText, reason: entry.turn.reason)
        }
        hasEntries = !entries.isEmpty
        ledgerNote = entries.count == RotationSheet.shown ? "最近 \(RotationSheet.shown) 条" : "共 \(entries.count) 条"
    }

    private static func chip(_ kind: RotationTurn.Kind) -> ToneChip {
        switch kind {
        case .taken: ToneChip(kind.label, tone: "done")
        case .skipped: ToneChip(kind.label, tone: "waiting")
        case .returned: ToneChip(kind.label, tone: "danger")
        case .calibrated: ToneChip(kind.label, tone: "info")
        }
    }

    /// One decimal place; less than a twentieth of a turn is nothing.
    static func owed(_ tenths: Int) -> String {
        if tenths == 0 { return "持平" }
        let text = "\(abs(tenths) / 10).\(abs(tenths) % 10) 位"
        return tenths > 0 ? "应得 \(text)" : "多得 \(text)"
    }
}
