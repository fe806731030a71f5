import Clinic
import Kernel

/// What stands on the paper, in both sizes — templates/billing/_roll.mustache, _a5.mustache
struct PaperView: Viewable {
    let clinic: String
    let contact: String
    let number: String
    let time: String
    let patient: String
    let record: String
    let doctor: String
    let cashier: String
    let lines: [PaperLineView]
    let isDense: Bool
    let sums: [BillFact]
    let listTotal: String
    let saved: String
    let total: String
    let received: String
    let capitals: String
    let payments: [BillFact]
    let paymentText: String
    let arrears: String
    let ratioText: String
    let next: String?
    /// "补打 第 1 次 2026-03-12 15:40" on every copy but the first.
    let reprint: String?
    static let fields: [Field<Self>] = [
        Field("clinic", \.clinic), Field("contact", \.contact), Field("number", \.number), Field("time", \.time),
        Field("patient", \.patient), Field("record", \.record), Field("doctor", \.doctor), Field("cashier", \.cashier),
        Field("lines", \.lines), Field("isDense", \.isDense), Field("sums", \.sums), Field("listTotal", \.listTotal),
        Field("saved", \.saved), Field("total", \.total), Field("received", \.received), Field("capitals", \.capitals),
        Field("payments", \.payments), Field("paymentText", \.paymentText), Field("arrears", \.arrears),
        Field("ratioText", \.ratioText), Field("next", \.next), Field("reprint", \.reprint),
    ]
}

extension PaperView {
    /// - Parameters:
    ///   - copy: 1 is the original.
    ///   - printedAt: of a reprint.
    init(_ paper: ReceiptPaper, clinic site: ClinicSite, copy: Int, printedAt: Timestamp?) {
        let receipt = paper.receipt
        let calendar = site.calendar
        clinic = site.name
        contact = [site.address, site.phone].filter { !$0.isEmpty }.joined(separator: " · ")
        number = paper.number
        time = calendar.dateTimeText(receipt.issuedAt)
        patient = paper.patient.name
        record = paper.patient.recordNumber
        doctor = paper.doctor
        cashier = paper.cashier
        lines = paper.lines.map { PaperLineView($0) }
        isDense = lines.count > 6
        let saving = max(paper.discount, .zero)
        listTotal = (paper.total + saving).figures
        saved = saving.deducted
        total = paper.total.figures
        received = receipt.received.yuanText
        capitals = receipt.capitals
        sums = Self.sums(paper, saving: saving)
        payments = Self.payments(receipt)
        paymentText = payments.map { "\($0.term) \($0.text)" }.joined(separator: " · ")
        arrears = receipt.arrears.figures
        ratioText = Self.ratio(paper, saving)
        next =
            paper.next.map { "\($0.day.iso) \($0.start.clockText) \(paper.nextDoctor ?? "")" }
            ?? { if case .visit = paper.advice { BillWords.advice(paper.advice) } else { nil } }()
        reprint = copy > 1 ? "补打 第 \(copy - 1) 次 \(printedAt.map(calendar.dateTimeText) ?? "")" : nil
    }

    /// List − discount + owed before − paid before = to pay; paid now and still owed follow below (R6.05, R6.07).
    private static func sums(_ paper: ReceiptPaper, saving: Money) -> [BillFact] {
        var sums = [BillFact("应收", (paper.total + saving).figures)]
        if saving.fen > 0 { sums.append(BillFact("打折（\(ratio(paper, saving))）", saving.deducted)) }
        if paper.earlier.fen > 0 { sums.append(BillFact("以前欠费", paper.earlier.figures)) }
        if paper.paidBefore.fen > 0 { sums.append(BillFact("这张单已付", "−" + paper.paidBefore.figures)) }
        if sums.count > 1 { sums.append(BillFact("应付", paper.receipt.receivable.figures)) }
        return sums
    }

    /// On the total only when every line has the same ratio; otherwise it stands at the lines (R6.05).
    private static func ratio(_ paper: ReceiptPaper, _ saving: Money) -> String {
        saving.fen == 0 ? "不打折" : paper.uniformDiscount ?? "比例见各行"
    }

    private static func payments(_ receipt: Receipt) -> [BillFact] {
        var facts = receipt.splits.map { split in
            let card = split.cardType.map { " \($0.label) \(split.cardLast4 ?? "")" } ?? ""
            return BillFact("\(split.method.label)\(card)", split.amount.figures)
        }
        if let tendered = receipt.tendered, let change = receipt.change {
            facts.append(BillFact("收到 / 找零", "\(tendered.figures) / \(change.figures)"))
        }
        return facts
    }
}

struct PaperLineView: Viewable {
    let name: String
    /// "充填 16、17": on the roll name and teeth share a column.
    let label: String
    let teeth: String
    let quantity: String
    let price: String
    let list: String
    let saved: String
    let amount: String
    let discount: String?
    static let fields: [Field<Self>] = [
        Field("name", \.name), Field("label", \.label), Field("teeth", \.teeth), Field("quantity", \.quantity),
        Field("price", \.price),
        Field("list", \.list), Field("saved", \.saved), Field("amount", \.amount), Field("discount", \.discount),
    ]
}

extension PaperLineView {
    init(_ line: ChargeLine) {
        name = line.itemName
        label = line.teeth.isEmpty ? name : "\(name) \(Tooth.text(line.teeth))"
        teeth = line.teeth.isEmpty ? "—" : Tooth.text(line.teeth)
        quantity = String(line.quantity)
        price = max(line.listPrice, line.price).figures
        let saving = max(line.listAmount - line.amount, .zero)
        list = (line.amount + saving).figures
        saved = saving.deducted
        amount = line.amount.figures
        discount = line.discountText
    }
}

/// 80 mm paper — templates/billing/roll.mustache
struct RollPage: Page {
    static let template = "billing/roll"
    let shell: ShellView
    let paper: PaperView
    let backHref: String
    let printsNow: Bool
    static let fields: [Field<Self>] = [
        Field("paper", \.paper), Field("backHref", \.backHref), Field("printsNow", \.printsNow),
    ]
}

/// A5 paper — templates/billing/a5.mustache
struct A5Page: Page {
    static let template = "billing/a5"
    let shell: ShellView
    let paper: PaperView
    let backHref: String
    let printsNow: Bool
    static let fields: [Field<Self>] = [
        Field("paper", \.paper), Field("backHref", \.backHref), Field("printsNow", \.printsNow),
    ]
}
