import Clinic
import Kernel

/// A chip with a tone.
struct BillChip: Viewable {
    let text: String
    let tone: String
    static let fields: [Field<Self>] = [Field("text", \.text), Field("tone", \.tone)]
    init(_ text: String, _ tone: String = "neutral") {
        self.text = text
        self.tone = tone
    }
}

/// One entry of a choice.
struct BillOption: Viewable {
    let value: String
    let label: String
    let isChosen: Bool
    static let fields: [Field<Self>] = [
        Field("value", \.value), Field("label", \.label), Field("isChosen", \.isChosen),
    ]
    init(_ value: String, _ label: String, isChosen: Bool) {
        self.value = value
        self.label = label
        self.isChosen = isChosen
    }
}

/// A name and a value.
struct BillFact: Viewable {
    let term: String
    let text: String
    let href: String?
    let chip: BillChip?
    static let fields: [Field<Self>] = [
        Field("term", \.term), Field("text", \.text), Field("href", \.href), Field("chip", \.chip),
    ]
    init(_ term: String, _ text: String, href: String? = nil, chip: BillChip? = nil) {
        self.term = term
        self.text = text
        self.href = href
        self.chip = chip
    }
}

/// Words that several pages of this feature use.
enum BillWords {
    static func facts(_ patient: PatientBrief) -> String {
        "\(patient.gender.label) \(patient.ageText) · \(patient.recordNumber)"
    }

    /// Special conditions, spoken before anything is done.
    static func alerts(_ patient: PatientBrief, _ playbook: Playbook) -> [BillChip] {
        patient.specialAlerts.map { alert in
            let label = playbook.label(alert.code, in: .medicalHistory)
            return BillChip(alert.note.map { "\(label)：\($0)" } ?? label, "danger")
        }
    }

    static func stage(_ sheet: ChargeSheet?) -> BillChip {
        switch sheet?.stage {
        case nil: BillChip("未录入")
        case .draft: BillChip("录入中")
        case .explained: BillChip("待客人确认", "waiting")
        case .confirmed: BillChip("待医生放行", "waiting")
        case .released: BillChip("已通知收费", "done")
        }
    }

    static func advice(_ advice: NextVisitAdvice?) -> String {
        switch advice {
        case nil: "医生还没有说明"
        case .some(.none): "不需要复诊"
        case .visit(let units, let days, let note):
            ["\(days) 天后，\(units * Unit.minutes) 分钟", note].compactMap(\.self).joined(separator: " · ")
        }
    }

    static func booked(_ next: Appointment, _ doctor: String?) -> String {
        [next.day.monthDayText, next.start.clockText, doctor].compactMap(\.self).joined(separator: " ")
    }

    /// Things the customer takes along or gets done before leaving (R5.18).
    static func flags(_ item: Item?) -> [BillChip] {
        guard let item else { return [] }
        var chips = item.needsDispensing ? [BillChip("取药或注射", "warning")] : []
        if item.hasReaction { chips.append(BillChip("有术后反应", "info")) }
        return chips
    }
}

/// Amounts inside fields: no separators, no sign.
enum PlainAmount {
    static func text(_ money: Money) -> String { money.figures.replacing(",", with: "") }
}

extension Money {
    /// "−92.00", or "0.00": what is deducted.
    var deducted: String { fen > 0 ? "−" + figures : "0.00" }
}
