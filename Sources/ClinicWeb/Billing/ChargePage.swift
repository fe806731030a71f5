import Clinic
import Kernel

/// 收费单 in the treatment room — templates/billing/charge.mustache
struct ChargePage: Page {
    static let template = "billing/charge"
    let shell: ShellView
    let patient: ChargePatientView
    let action: String
    let rowsAction: String
    let version: String
    let lines: [ChargeLineView]
    let choices: [ItemChoice]
    let mayOverride: Bool
    let isEditable: Bool
    let isReleased: Bool
    let total: String
    let saving: String?
    let fault: String?
    let steps: [ChargeStepView]
    let hint: String?
    let next: ChargeActionView?
    let others: [ChargeActionView]
    let cancelHref: String?
    let checkoutHref: String?
    let advice: AdviceView
    let adviceHref: String?
    /// Another doctor was asked for help (R3.54); nil for who may not register it.
    let referralHref: String?

    static let fields: [Field<Self>] = [
        Field("patient", \.patient), Field("action", \.action), Field("rowsAction", \.rowsAction),
        Field("version", \.version), Field("lines", \.lines), Field("choices", \.choices),
        Field("mayOverride", \.mayOverride), Field("isEditable", \.isEditable), Field("isReleased", \.isReleased),
        Field("total", \.total), Field("saving", \.saving), Field("fault", \.fault), Field("steps", \.steps),
        Field("hint", \.hint), Field("next", \.next), Field("others", \.others), Field("cancelHref", \.cancelHref),
        Field("checkoutHref", \.checkoutHref), Field("advice", \.advice), Field("adviceHref", \.adviceHref),
        Field("referralHref", \.referralHref),
    ]
}

/// What the page is drawn from.
struct ChargeReading: Sendable {
    let visit: Visit
    let patient: PatientBrief
    let sheet: ChargeSheet?
    let items: [Item]
    let prices: [ID<Item>: Money]
    let past: [Treatments.Entry]
    let booked: [BookedItem]
    let balance: Money
    let names: [ID<Staff>: String]

    var doctorName: String { visit.doctorID.flatMap { names[$0] } ?? "未定医生" }
}

extension ChargePage {
    /// - Parameters:
    ///   - typed: what was sent and could not be saved; nil shows what is stored.
    ///   - extraRows: blank lines asked for.
    init(_ read: ChargeReading, form typed: ChargeForm?, extraRows: Int = 0, by work: Work, shell: ShellView) {
        self.shell = shell
        let sheet = read.sheet
        patient = ChargePatientView(read, by: work)
        action = BillingPaths.charges(read.visit.id)
        rowsAction = BillingPaths.chargeStep(read.visit.id, "rows")
        let form = typed ?? Self.form(read)
        version = form.version.map(String.init) ?? ""
        isReleased = sheet?.noticeAt != nil
        mayOverride = work.actor.may(.overridePrice)
        isEditable = sheet?.noticeAt == nil && (work.actor.may(.enterCharges) || mayOverride)
        lines = Self.lines(form, read, isEditable: isEditable, extraRows: extraRows, by: work)
        choices = isEditable ? read.items.map { ItemChoice($0, price: read.prices[$0.id]) } : []
        total = (sheet?.total ?? .zero).yuanText
        saving = sheet.map { $0.listTotal - $0.total }.flatMap { $0.fen > 0 ? "已优惠 \($0.yuanText)" : nil }
        fault = Self.fault(form.faults)
        steps = ChargeStepView.steps(sheet, read.names, work.clinic.calendar)
        let actions = isEditable ? ChargeActionView.actions(read.visit.id, sheet, by: work) : []
        next = actions.first
        others = Array(actions.dropFirst())
        hint = Self.hint(sheet, read, by: work)
        cancelHref =
            isEditable && sheet != nil && work.actor.may(.enterCharges)
            ? BillingPaths.chargeStep(read.visit.id, "cancellation") : nil
        checkoutHref = isReleased && work.actor.may(.collectPayment) ? sheet.map { BillingPaths.checkout($0.id) } : nil
        advice = AdviceView(form, isEditable: work.actor.may(.enterCharges))
        adviceHref =
            isReleased && work.actor.may(.enterCharges) ? BillingPaths.chargeStep(read.visit.id, "advice") : nil
        referralHref =
            Referrals.capabilities.contains(where: work.actor.may) ? BillingPaths.referrals(read.visit.id) : nil
    }

    /// Faults of lines stand beside their fields; above the table the first of them, so that nobody has to look for it.
    private static func fault(_ faults: FormErrors) -> String? {
        guard !faults.isEmpty else { return nil }
        return faults.order.count == 1 ? faults.userMessage : "有 \(faults.order.count) 处要改：\(faults.userMessage)"
    }

    private static func hint(_ sheet: ChargeSheet?, _ read: ChargeReading, by work: Work) -> String? {
        if read.visit.doctorID == nil { return "还没有接诊医生，请先在接待页选定医生，再录入收费" }
        guard let sheet else { return nil }
        if sheet.noticeAt == nil, sheet.explainedAt != nil, !work.actor.may(.issueChargeNotice) {
            return "收费通知由\(read.doctorName)医生在这一页发出"
        }
        return sheet.noticeAt != nil ? "收费通知已发出，收费单不能再改" : nil
    }

    /// A new sheet begins with what was booked: nothing is typed twice.
    private static func form(_ read: ChargeReading) -> ChargeForm {
        let codes = Dictionary(read.items.map { ($0.id, $0.code) }, uniquingKeysWith: { first, _ in first })
        if let sheet = read.sheet { return ChargeForm(sheet, codes: codes) }
        var form = ChargeForm()
        form.lines = read.booked.compactMap { booked in
            read.items.first { $0.id == booked.itemID }.map {
                ChargeForm.Line(
                    item: "\($0.code) \($0.name)", teeth: Tooth.text(booked.teeth),
                    quantity: String(max(1, $0.isPerTooth ? booked.teeth.count : 1)))
            }
        }
        return form
    }

    private static func lines(
        _ form: ChargeForm, _ read: ChargeReading, isEditable: Bool, extraRows: Int, by work: Work
    ) -> [ChargeLineView] {
        let blank = isEditable ? max(2, 5 - form.lines.count) + extraRows : 0
        let reasons = work.playbook.codes(.priceOverride).filter { !$0.needsNote }
        let items = Dictionary(read.items.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        return (form.lines + Array(repeating: ChargeForm.Line(), count: blank)).enumerated().map { index, line in
            let stored = read.sheet.flatMap { $0.lines.indices.contains(index) ? $0.lines[index] : nil }
            return ChargeLineView(
                line, index: index, stored: form.faults.isEmpty && !line.isBlank ? stored : nil,
                flags: BillWords.flags(stored.flatMap { items[$0.itemID] }), faults: form.faults, reasons: reasons,
                mayOverride: work.actor.may(.overridePrice), isEditable: isEditable)
        }
    }
}

/// The customer beside the sheet.
struct ChargePatientView: Viewable {
    let href: String
    let name: String
    let facts: String
    let alerts: [BillChip]
    let visitText: String
    let complaint: String
    let balance: String?
    let past: [PastView]
    let hasPast: Bool
    static let fields: [Field<Self>] = [
        Field("href", \.href), Field("name", \.name), Field("facts", \.facts), Field("alerts", \.alerts),
        Field("visitText", \.visitText), Field("complaint", \.complaint), Field("balance", \.balance),
        Field("past", \.past), Field("hasPast", \.hasPast),
    ]
}

extension ChargePatientView {
    init(_ read: ChargeReading, by work: Work) {
        href = "/patients/\(read.patient.id.text)"
        name = read.patient.name
        facts = BillWords.facts(read.patient)
        // R1.27: a reminder; the sheet itself is on paper.
        alerts =
            (read.patient.isEmployee ? [BillChip("本院员工，凭护士长派工单收费，没有派工单先不收", "warning")] : [])
            + BillWords.alerts(read.patient, work.playbook)
        visitText =
            "\(read.visit.type.label) · \(read.doctorName) · \(work.clinic.calendar.clockText(read.visit.arrivedAt)) 到诊"
        complaint = read.visit.complaint
        balance = work.actor.may(.seeBalances) && read.balance.fen > 0 ? "欠费 \(read.balance.yuanText)" : nil
        past = ToothPast.grouped(read.past).prefix(16).map { PastView($0) }
        hasPast = !past.isEmpty
    }
}

/// Treatments of one tooth, newest first (R1.09).
struct ToothPast {
    let tooth: Tooth?
    let entries: [Treatments.Entry]

    /// In order of the newest treatment.
    static func grouped(_ past: [Treatments.Entry]) -> [ToothPast] {
        var order: [Int] = []
        var byTooth: [Int: [Treatments.Entry]] = [:]
        for entry in past {
            let number = entry.tooth?.number ?? 0
            if byTooth[number] == nil { order.append(number) }
            byTooth[number, default: []].append(entry)
        }
        return order.map { ToothPast(tooth: Tooth($0), entries: byTooth[$0] ?? []) }
    }
}

struct PastView: Viewable {
    let tooth: String
    let entries: [String]
    let warranty: String?
    static let fields: [Field<Self>] = [
        Field("tooth", \.tooth), Field("entries", \.entries), Field("warranty", \.warranty),
    ]
}

extension PastView {
    init(_ past: ToothPast) {
        tooth = past.tooth?.description ?? "全口"
        entries = past.entries.prefix(4).map { "\($0.day.iso) \($0.itemName)" }
        warranty = past.entries.compactMap(\.warrantyUntil).max().map { "保修至 \($0.iso)" }
    }
}
