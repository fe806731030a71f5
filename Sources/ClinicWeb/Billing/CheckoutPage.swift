import Clinic
import Kernel

/// 收费: the queue, and the sheet that is paid now — templates/billing/checkout.mustache
struct CheckoutPage: Page {
    static let template = "billing/checkout"
    let shell: ShellView
    let queueHref: String
    let queue: QueueView
    let till: TillView?
    let receiptsHref: String
    static let fields: [Field<Self>] = [
        Field("queueHref", \.queueHref), Field("queue", \.queue), Field("till", \.till),
        Field("receiptsHref", \.receiptsHref),
    ]
}

/// 待收费, the live part — templates/billing/_queue.mustache
struct QueueView: Fragment {
    static let template = "billing/_queue"
    let count: String
    let waiting: [QueueEntryView]
    let isEmpty: Bool
    let comingCount: String
    let coming: [QueueEntryView]
    let hasComing: Bool
    static let fields: [Field<Self>] = [
        Field("count", \.count), Field("waiting", \.waiting), Field("isEmpty", \.isEmpty),
        Field("comingCount", \.comingCount), Field("coming", \.coming), Field("hasComing", \.hasComing),
    ]
}

extension QueueView {
    init(_ queue: CheckoutQueue, current: ID<ChargeSheet>?, now: Timestamp) {
        waiting = queue.waiting.map { entry in
            let chip: BillChip? =
                switch entry.state {
                case .now: nil
                case .arrears: BillChip("已记欠费", "warning")
                case .left: BillChip("未付离开", "danger")
                case .earlier: BillChip("以前欠费", "warning")
                }
            return QueueEntryView(
                href: BillingPaths.checkout(entry.sheet.id), name: queue.patients[entry.sheet.patientID]?.name ?? "客人",
                amount: entry.due.yuanText, doctor: queue.doctors[entry.sheet.doctorID] ?? "", chip: chip,
                wait: entry.state == .now ? "等 \(max(0, entry.minutes(at: now))) 分" : "",
                isCurrent: entry.sheet.id == current)
        }
        count = "\(queue.waiting.filter { $0.state == .now }.count) 位"
        isEmpty = waiting.isEmpty
        coming = queue.coming.map { entry in
            QueueEntryView(
                href: BillingPaths.charges(entry.visit.id), name: queue.patients[entry.visit.patientID]?.name ?? "客人",
                amount: entry.sheet?.total.yuanText ?? "—",
                doctor: entry.visit.doctorID.flatMap { queue.doctors[$0] } ?? "未定医生",
                chip: BillWords.stage(entry.sheet), wait: "", isCurrent: false)
        }
        comingCount = "\(coming.count) 位"
        hasComing = !coming.isEmpty
    }
}

struct QueueEntryView: Viewable {
    let href: String
    let name: String
    let amount: String
    let doctor: String
    let chip: BillChip?
    let wait: String
    let isCurrent: Bool
    static let fields: [Field<Self>] = [
        Field("href", \.href), Field("name", \.name), Field("amount", \.amount), Field("doctor", \.doctor),
        Field("chip", \.chip), Field("wait", \.wait), Field("isCurrent", \.isCurrent),
    ]
}

/// The sheet with its money.
struct TillView: Viewable {
    let name: String
    let patientHref: String
    let facts: String
    let alerts: [BillChip]
    let stepsText: String
    let lines: [TillLineView]
    let count: String
    let listTotal: String
    let saved: String
    let total: String
    let extras: [BillFact]
    let say: String
    let notes: [BillFact]
    let due: String
    let dueFen: String
    let capitals: String
    let isPaid: Bool
    let isReleased: Bool
    let chargesHref: String
    /// Calls somebody to the till without shouting (R4.32).
    let messageHref: String
    let form: PayView?
    static let fields: [Field<Self>] = [
        Field("name", \.name), Field("patientHref", \.patientHref), Field("facts", \.facts), Field("alerts", \.alerts),
        Field("stepsText", \.stepsText), Field("lines", \.lines), Field("count", \.count),
        Field("listTotal", \.listTotal), Field("saved", \.saved), Field("total", \.total), Field("extras", \.extras),
        Field("say", \.say), Field("notes", \.notes), Field("due", \.due), Field("dueFen", \.dueFen),
        Field("capitals", \.capitals), Field("isPaid", \.isPaid), Field("isReleased", \.isReleased),
        Field("chargesHref", \.chargesHref), Field("messageHref", \.messageHref), Field("form", \.form),
    ]
}

/// What the till is drawn from.
struct TillReading: Sendable {
    let sheet: ChargeSheet
    let patient: PatientBrief
    let items: [ID<Item>: Item]
    let names: [ID<Staff>: String]
    let open: [[PaymentRules.OpenLine]]
    let receipts: [Receipt]
    let next: Appointment?

    var due: Money { open.flatMap(\.self).map(\.owed).sum }
    var owedHere: Money { open.flatMap(\.self).filter { $0.sheetID == sheet.id }.map(\.owed).sum }
    var earlier: Money { due - owedHere }
}

extension TillView {
    init(_ read: TillReading, form typed: CheckoutForm, by work: Work) {
        let sheet = read.sheet
        let calendar = work.clinic.calendar
        name = read.patient.name
        patientHref = "/patients/\(read.patient.id.text)"
        facts = BillWords.facts(read.patient)
        alerts = BillWords.alerts(read.patient, work.playbook)
        isReleased = sheet.noticeAt != nil
        isPaid = isReleased && read.due.fen == 0
        stepsText = Self.steps(read, calendar)
        lines = sheet.lines.map { TillLineView($0, item: read.items[$0.itemID]) }
        count = "合计 \(sheet.lines.count) 项"
        let saving = max(sheet.listTotal - sheet.total, .zero)
        listTotal = (sheet.total + saving).figures
        saved = saving.deducted
        total = sheet.total.figures
        extras = Self.extras(read, paid: isReleased ? sheet.total - read.owedHere : .zero)
        say = CheckoutWords.asking(
            greeting: read.patient.greeting, sheet: sheet.total, saved: saving, earlier: read.earlier, due: read.due)
        notes = Self.notes(read, work)
        due = read.due.yuanText
        dueFen = String(read.due.fen)
        capitals = ChineseAmount.text(read.due)
        chargesHref = BillingPaths.charges(sheet.visitID)
        messageHref = MessagePaths.new(to: "frontDesk", visit: sheet.visitID)
        form = isReleased && !isPaid ? PayView(typed, sheet: sheet.id, due: read.due) : nil
    }

    private static func steps(_ read: TillReading, _ calendar: ClinicCalendar) -> String {
        func who(_ id: ID<Staff>?) -> String { id.flatMap { read.names[$0] } ?? "" }
        let sheet = read.sheet
        return [
            "\(who(sheet.enteredBy)) \(calendar.clockText(sheet.enteredAt)) 录入",
            sheet.confirmedAt.map { "\(read.patient.name) \(calendar.clockText($0)) 在诊室确认" }
                ?? (sheet.noticeAt == nil ? nil : "诊室没有记录客人确认，请当面核对项目"),
            sheet.noticeAt.map { "\(who(sheet.noticeBy)) \(calendar.clockText($0)) 放行" },
        ].compactMap(\.self).joined(separator: " · ")
    }

    /// What changes the sum of the sheet into the amount that is due now: earlier arrears, earlier payments.
    private static func extras(_ read: TillReading, paid: Money) -> [BillFact] {
        (read.earlier.fen > 0 ? [BillFact("以前欠费（先付）", read.earlier.figures)] : [])
            + (paid.fen > 0 ? [BillFact("这张单已付", "−" + paid.figures)] : [])
    }

    /// R3.04: the doctor wants the customer back, or something big was done and nobody said what comes next.
    private static func nextWarning(_ read: TillReading, _ work: Work) -> String? {
        guard read.next == nil, work.playbook.level(of: .nextVisitCard) != .off else { return nil }
        switch read.sheet.advice {
        case .visit: return "还没有约，离店前约好"
        case .some(.none): return nil
        case nil:
            let isBig = read.sheet.lines.contains { read.items[$0.itemID]?.size == .big }
            return isBig ? "做了大项目，请问清医生下次时间" : nil
        }
    }

    private static func notes(_ read: TillReading, _ work: Work) -> [BillFact] {
        var notes: [BillFact] = []
        if let next = read.next {
            notes.append(
                BillFact("下次", BillWords.booked(next, read.names[next.doctorID]), chip: BillChip("已约", "done")))
        } else if let warning = nextWarning(read, work) {
            notes.append(
                BillFact(
                    "下次", BillWords.advice(read.sheet.advice),
                    href: work.actor.may(.bookAppointments) ? BillingPaths.booking(read.sheet) : nil,
                    chip: BillChip(warning, "warning")))
        } else {
            notes.append(BillFact("下次", BillWords.advice(read.sheet.advice)))
        }
        let dispensed = read.sheet.lines.filter { read.items[$0.itemID]?.needsDispensing == true }.map(\.itemName)
        notes.append(
            BillFact(
                "药品", dispensed.isEmpty ? "没有取药或注射" : dispensed.joined(separator: "、"),
                chip: dispensed.isEmpty ? nil : BillChip("提醒客人", "warning")))
        // R6.15, R3.42: cash is discouraged, not refused.
        if work.playbook.isEpidemic { notes.append(BillFact("防疫", "请客人尽量用微信、支付宝，少用现金")) }
        notes.append(BillFact("以往", read.earlier.fen > 0 ? "欠费 \(read.earlier.yuanText)" : "没有欠费"))
        notes += read.receipts.prefix(3).map {
            BillFact(
                "收据", "\(Receipt.numberText($0.number, clinic: work.clinic.code)) · \($0.received.yuanText)",
                href: BillingPaths.receipt($0.id))
        }
        return notes
    }
}

struct TillLineView: Viewable {
    let name: String
    let code: String
    let teeth: [String]
    let hasTeeth: Bool
    let quantity: String
    let price: String
    let saved: String
    let discount: String?
    let amount: String
    let flags: [BillChip]
    static let fields: [Field<Self>] = [
        Field("name", \.name), Field("code", \.code), Field("teeth", \.teeth), Field("hasTeeth", \.hasTeeth),
        Field("quantity", \.quantity), Field("price", \.price), Field("saved", \.saved), Field("discount", \.discount),
        Field("amount", \.amount), Field("flags", \.flags),
    ]
}

extension TillLineView {
    init(_ line: ChargeLine, item: Item?) {
        name = line.itemName
        code = item?.code ?? ""
        teeth = line.teeth.map(\.description)
        hasTeeth = !teeth.isEmpty
        quantity = String(line.quantity)
        price = max(line.listPrice, line.price).figures
        saved = max(line.listAmount - line.amount, .zero).deducted
        discount = line.discountText
        amount = line.amount.figures
        flags = BillWords.flags(item)
    }
}

/// The form that takes the money.
struct PayView: Viewable {
    let action: String
    let key: String
    let expectedDue: String
    let due: String
    let methods: [MethodView]
    let cardTypes: [BillOption]
    let cardLast4: String
    let reference: String
    let cardError: String?
    let tendered: String
    let tenderedError: String?
    let fault: String?
    static let fields: [Field<Self>] = [
        Field("action", \.action), Field("key", \.key), Field("expectedDue", \.expectedDue), Field("due", \.due),
        Field("methods", \.methods), Field("cardTypes", \.cardTypes), Field("cardLast4", \.cardLast4),
        Field("reference", \.reference), Field("cardError", \.cardError), Field("tendered", \.tendered),
        Field("tenderedError", \.tenderedError), Field("fault", \.fault),
    ]
}

extension PayView {
    init(_ form: CheckoutForm, sheet: ID<ChargeSheet>, due: Money) {
        action = BillingPaths.payments(sheet)
        key = form.key
        expectedDue = String(due.fen)
        self.due = due.yuanText
        let faults = form.faults
        methods = CheckoutForm.methods.enumerated().map { index, method in
            MethodView(
                name: method.rawValue, label: method.label, key: String(index + 1), value: form.amounts[method] ?? "",
                error: faults.messages[method.rawValue])
        }
        cardTypes = BankCardType.allCases.map {
            BillOption($0.rawValue, $0.label, isChosen: $0.rawValue == form.cardType)
        }
        cardLast4 = form.cardLast4
        reference = form.reference
        cardError = faults.messages["cardLast4"]
        tendered = form.tendered
        tenderedError = faults.messages["tendered"]
        let shown = Set(CheckoutForm.methods.map(\.rawValue) + ["cardLast4", "tendered"])
        fault = faults.messages(outside: shown)
    }
}

struct MethodView: Viewable {
    let name: String
    let label: String
    let key: String
    let value: String
    let error: String?
    static let fields: [Field<Self>] = [
        Field("name", \.name), Field("label", \.label), Field("key", \.key), Field("value", \.value),
        Field("error", \.error),
    ]
}
