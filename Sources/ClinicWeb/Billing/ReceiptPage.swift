import Clinic
import Kernel

/// 收据: what was taken, what to say, what comes next — templates/billing/receipt.mustache
struct ReceiptPage: Page {
    static let template = "billing/receipt"
    let shell: ShellView
    let paper: PaperView
    let patientHref: String
    let received: String
    let change: String?
    let owed: String?
    let say: String
    let facts: [BillFact]
    let printHref: String
    let printLabel: String
    let mayPrint: Bool
    let isBookingDue: Bool
    let booking: BookingActionView?
    let departureHref: String?
    let queueHref: String?
    static let fields: [Field<Self>] = [
        Field("paper", \.paper), Field("patientHref", \.patientHref), Field("received", \.received),
        Field("change", \.change), Field("owed", \.owed), Field("say", \.say), Field("facts", \.facts),
        Field("printHref", \.printHref), Field("printLabel", \.printLabel), Field("mayPrint", \.mayPrint),
        Field("isBookingDue", \.isBookingDue), Field("booking", \.booking),
        Field("departureHref", \.departureHref), Field("queueHref", \.queueHref),
    ]
}

extension ReceiptPage {
    /// - Parameters:
    ///   - prints: how often it was printed.
    ///   - visit: of the receipt, while the customer is still here.
    init(_ paper: ReceiptPaper, prints: Int, visit: Visit?, by work: Work, shell: ShellView) {
        self.shell = shell
        let receipt = paper.receipt
        self.paper = PaperView(paper, clinic: work.clinic, copy: 1, printedAt: nil)
        patientHref = "/patients/\(paper.patient.id.text)"
        received = receipt.received.yuanText
        change = receipt.change.flatMap { $0.fen > 0 ? $0.yuanText : nil }
        owed = receipt.arrears.fen > 0 ? receipt.arrears.yuanText : nil
        say =
            CheckoutWords.closing(
                greeting: paper.greeting, total: receipt.receivable, paid: receipt.received, balance: receipt.arrears,
                change: receipt.change)
            + (paper.next.map {
                CheckoutWords.next($0.slot, doctor: paper.nextDoctor ?? "", isOperation: paper.nextIsOperation)
            } ?? "")
        facts = Self.facts(paper, prints: prints)
        printHref = BillingPaths.prints(receipt.id)
        mayPrint = work.actor.may(prints == 0 ? .collectPayment : .reprintReceipt)
        printLabel = prints == 0 ? "打印" : "补打"
        let wantsVisit = if case .visit = paper.advice { true } else { false }
        isBookingDue = wantsVisit && paper.next == nil && work.actor.may(.bookAppointments)
        booking =
            work.actor.may(.bookAppointments)
            ? BookingActionView(
                href: BillingPaths.booking(paper), label: paper.next == nil ? "约复诊" : "再约一次",
                isDue: isBookingDue) : nil
        departureHref =
            visit != nil && work.actor.may(.closeVisit) ? BillingPaths.departure(receipt.id) : nil
        queueHref = work.actor.may(.collectPayment) ? BillingPaths.checkout : nil
    }

    private static func facts(_ paper: ReceiptPaper, prints: Int) -> [BillFact] {
        let next = paper.next.map {
            BillFact("下次", BillWords.booked($0, paper.nextDoctor), chip: BillChip("已约", "done"))
        }
        return [
            BillFact("收据号", paper.number), BillFact("医生", paper.doctor), BillFact("收银", paper.cashier),
            next ?? BillFact("下次", BillWords.advice(paper.advice)),
            BillFact("打印", prints == 0 ? "还没有打印" : "已打印 \(prints) 次"),
        ]
    }
}

/// The way to the next booking; due when the doctor asked for a visit and none is booked (R3.04).
struct BookingActionView: Viewable {
    let href: String
    let label: String
    let isDue: Bool
    static let fields: [Field<Self>] = [Field("href", \.href), Field("label", \.label), Field("isDue", \.isDue)]
}

/// 收据 of a day — templates/billing/receipts.mustache
struct ReceiptsPage: Page {
    static let template = "billing/receipts"
    let shell: ShellView
    let day: String
    let dayText: String
    let previousHref: String
    let nextHref: String?
    let number: String
    let fault: String?
    let rows: [ReceiptRowView]
    let isEmpty: Bool
    let sums: [BillFact]
    static let fields: [Field<Self>] = [
        Field("day", \.day), Field("dayText", \.dayText), Field("previousHref", \.previousHref),
        Field("nextHref", \.nextHref), Field("number", \.number), Field("fault", \.fault), Field("rows", \.rows),
        Field("isEmpty", \.isEmpty), Field("sums", \.sums),
    ]
}

struct ReceiptRowView: Viewable {
    let href: String
    let number: String
    let time: String
    let patient: String
    let doctor: String
    let methods: String
    let received: String
    let arrears: String
    static let fields: [Field<Self>] = [
        Field("href", \.href), Field("number", \.number), Field("time", \.time), Field("patient", \.patient),
        Field("doctor", \.doctor), Field("methods", \.methods), Field("received", \.received),
        Field("arrears", \.arrears),
    ]
}

extension ReceiptsPage {
    init(
        _ receipts: [Receipt], day: Day, number: String, fault: String?, patients: [ID<Patient>: String],
        doctors: [ID<Staff>: String], by work: Work, shell: ShellView
    ) {
        self.shell = shell
        self.day = day.iso
        dayText = day == work.today ? "今天 \(day.longText)" : day.longText
        previousHref = BillingPaths.receipts(day: day.adding(days: -1))
        nextHref = day < work.today ? BillingPaths.receipts(day: day.adding(days: 1)) : nil
        self.number = number
        self.fault = fault
        rows = receipts.map { receipt in
            ReceiptRowView(
                href: BillingPaths.receipt(receipt.id),
                number: Receipt.numberText(receipt.number, clinic: work.clinic.code),
                time: work.clinic.calendar.clockText(receipt.issuedAt), patient: patients[receipt.patientID] ?? "客人",
                doctor: doctors[receipt.doctorID] ?? "",
                methods: receipt.splits.map(\.method.label).joined(separator: "、"),
                received: receipt.received.figures, arrears: receipt.arrears.fen > 0 ? receipt.arrears.figures : "—")
        }
        isEmpty = rows.isEmpty
        sums = PaymentMethod.allCases.compactMap { method in
            let sum = receipts.flatMap(\.splits).filter { $0.method == method }.map(\.amount).sum
            return sum.fen > 0 ? BillFact(method.label, sum.figures) : nil
        }
    }
}
