import Clinic
import Kernel
import Storage

/// Who fits into a free unit, best first; stands on the page of the booking that gave it back and on its own —
/// templates/waitlist/_fits.mustache
struct WaitingFits: Fragment {
    static let template = "waitlist/_fits"
    /// "3 月 13 日 星期五 10:00–10:45 林书远"
    let slotText: String
    let rows: [Row]
    let isEmpty: Bool
    static let fields: [Field<Self>] = [
        Field("slotText", \.slotText), Field("rows", \.rows), Field("isEmpty", \.isEmpty),
    ]

    struct Row: Viewable {
        let name: String
        let phone: String
        let purpose: String
        /// "约在 10:00–10:30"
        let time: String
        let chips: [ToneChip]
        let href: String
        let action: String
        let hidden: [OptionView]
        let isFirst: Bool
        static let fields: [Field<Self>] = [
            Field("name", \.name), Field("phone", \.phone), Field("purpose", \.purpose), Field("time", \.time),
            Field("chips", \.chips), Field("href", \.href), Field("action", \.action), Field("hidden", \.hidden),
            Field("isFirst", \.isFirst),
        ]
    }

    static var samples: [WaitingFits] {
        let row = Row(
            name: "欧阳诗琪诗琪诗琪", phone: "138 **** 8000", purpose: "根管治疗（磨牙）16", time: "10:00–11:00",
            chips: [ToneChip("等了 12 天"), ToneChip("点名这位医生", tone: "info"), ToneChip("昨天问过", tone: "waiting")],
            href: "#",
            action: "#", hidden: [OptionView("1", "version")], isFirst: true)
        return [
            WaitingFits(slotText: "3 月 13 日 星期五 10:00–11:00 林书远", rows: [row], isEmpty: false),
            WaitingFits(slotText: "3 月 13 日 星期五 10:00–11:00 林书远", rows: [], isEmpty: true),
        ]
    }
}

extension WaitingFits {
    /// - Parameters:
    ///   - freed: the booking that gave the unit back.
    ///   - next: where an answer leads; the page itself when nil.
    static func load(
        _ free: Slot, freed: ID<Appointment>?, next: String, for request: StaffRequest, in tx: any ReadTransaction
    ) throws -> WaitingFits {
        let work = request.work
        let fits = try FreedUnits.fits(free, by: work, in: tx)
        let names = try WaitingNames.load(fits.map(\.entry), for: request, in: tx)
        let doctor = try StaffStore.names([free.doctorID], in: tx)[free.doctorID] ?? ""
        let rows = fits.enumerated().map { index, fit in
            let slot = fit.slot
            return Row(
                name: names.name(of: fit.entry), phone: names.phone(of: fit.entry),
                purpose: names.purpose(of: fit.entry), time: "\(slot.start.clockText)–\(slot.end.clockText)",
                chips: chips(fit, work) + names.habits(of: fit.entry), href: WaitlistPaths.entry(fit.entry.id),
                action: WaitlistPaths.answers(fit.entry.id),
                hidden: [
                    OptionView(String(fit.entry.version), "version"), OptionView(slot.day.iso, "day"),
                    OptionView(String(slot.start.index), "unit"), OptionView(String(slot.units), "units"),
                    OptionView(slot.doctorID.text, "doctor"), OptionView(slot.chairID?.text ?? "", "chair"),
                    OptionView(freed?.text ?? "", "freed"), OptionView(next, "next"),
                ], isFirst: index == 0)
        }
        return WaitingFits(
            slotText: "\(free.day.longText) \(free.start.clockText)–\(free.end.clockText) \(doctor)", rows: rows,
            isEmpty: rows.isEmpty)
    }

    private static func chips(_ fit: WaitingRules.Fit, _ work: Work) -> [ToneChip] {
        var chips = [ToneChip(fit.waitedDays == 0 ? "今天登记" : "等了 \(fit.waitedDays) 天")]
        if fit.entry.urgency == .high { chips.append(ToneChip("着急", tone: "danger")) }
        if fit.isNamed { chips.append(ToneChip("点名这位医生", tone: "info")) }
        if fit.spare == 0 { chips.append(ToneChip("正好填满", tone: "done")) }
        if let held = fit.entry.held { chips.append(ToneChip("原约 \(held.day.monthDayText)，提前")) }
        if let called = fit.entry.lastCalledAt {
            let text = "上次联系 \(WaitingNames.ago(called, work))"
            chips.append(ToneChip(text, tone: fit.isFreshlyAsked ? "waiting" : "neutral"))
        }
        return chips
    }
}

/// Words for the people of a list of waiting entries.
struct WaitingNames {
    private let briefs: [ID<Patient>: PatientBrief]
    private let items: [ID<Item>: String]
    let doctors: [ID<Staff>: String]
    private let habits: [ID<Patient>: PatientHabits]
    private let masks: Bool

    static func load(
        _ entries: [WaitingEntry], for request: StaffRequest, in tx: any ReadTransaction
    ) throws -> WaitingNames {
        let people = try PatientStore.briefs(Array(Set(entries.map(\.patientID))), today: request.today, in: tx)
        let items = try ItemStore.list(ids: Array(Set(entries.flatMap { $0.items.map(\.itemID) })), in: tx)
        return WaitingNames(
            briefs: Dictionary(people.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first }),
            items: Dictionary(items.map { ($0.id, $0.name) }, uniquingKeysWith: { first, _ in first }),
            doctors: try StaffStore.names(Set(entries.compactMap(\.doctorID)), in: tx),
            habits: try Habits.of(patients: Set(entries.map(\.patientID)), by: request.work, in: tx),
            masks: !request.may(.seePhones))
    }

    func name(of entry: WaitingEntry) -> String { briefs[entry.patientID]?.name ?? "" }
    func phone(of entry: WaitingEntry) -> String { briefs[entry.patientID]?.phoneText(masked: masks) ?? "" }
    /// "未到过 1 次"; empty when nothing stands out (R3.33).
    func habits(of entry: WaitingEntry) -> [ToneChip] {
        habits[entry.patientID]?.chip.map { [ToneChip($0, tone: "warning")] } ?? []
    }
    func purpose(of entry: WaitingEntry) -> String {
        let texts = entry.items.map { item in
            let name = items[item.itemID] ?? ""
            return item.teeth.isEmpty ? name : "\(name) \(Tooth.text(item.teeth))"
        }
        return (texts.isEmpty ? entry.complaint : texts.joined(separator: " + ")) + " · \(entry.units) 单位"
    }

    /// "今天 10:24", "昨天 10:24", "3 天前"
    static func ago(_ instant: Timestamp, _ work: Work) -> String {
        let calendar = work.clinic.calendar
        let days = work.today.days(since: calendar.businessDay(of: instant))
        let clock = calendar.clockText(instant)
        return days <= 0 ? "今天 \(clock)" : days == 1 ? "昨天 \(clock)" : "\(days) 天前"
    }
}
