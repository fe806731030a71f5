import Kernel
import Storage

/// Everything a printed receipt says (R6.04, R6.05, R6.07), computed from the ledger: printing it again years later shows
/// the same figures.
package struct ReceiptPaper: Sendable {
    package let receipt: Receipt
    package let number: String
    package let patient: Patient
    package let greeting: String
    package let doctor: String
    package let cashier: String
    /// The lines of the sheet it was paid for.
    package let lines: [ChargeLine]
    /// Owed from earlier sheets before this payment.
    package let earlier: Money
    /// Of this sheet, paid by receipts before this one.
    package let paidBefore: Money
    /// The next booking after the payment.
    package let next: Appointment?
    package let nextDoctor: String?
    package let nextIsOperation: Bool
    package let advice: NextVisitAdvice?

    package var listTotal: Money { lines.map(\.listAmount).sum }
    package var total: Money { lines.map(\.amount).sum }
    /// Figures that must agree: list − discount + earlier − paid before = receivable = received + arrears.
    package var discount: Money { listTotal - total }
    /// On the total only when every line has the same ratio (R6.05).
    package var uniformDiscount: String? { DiscountText.uniform(lines) }

    /// - Throws: `NotFound`, also for a receipt of another clinic.
    package static func load(_ id: ID<Receipt>, by work: Work, in tx: any ReadTransaction) throws -> ReceiptPaper {
        let clinic = work.clinic
        let receipt = try ReceiptStore.get(id, clinic: clinic.id, in: tx)
        let patient = try PatientStore.get(receipt.patientID, in: tx)
        let sheet = try receipt.sheetID.map { try ChargeSheetStore.get($0, clinic: clinic.id, in: tx) }
        let before = try receipt.sheetID.map {
            try ReceiptStore.paidBefore(receipt.number, of: $0, clinic: clinic.id, in: tx)
        }
        let paid = before ?? .zero
        let next = try AppointmentStore.nextOfPatient(
            receipt.patientID, from: receipt.businessDay.adding(days: 1), in: tx)
        let people = Set([receipt.doctorID, receipt.cashierID] + [next?.doctorID].compactMap(\.self))
        let names = try StaffStore.names(people, in: tx)
        let brief = try PatientStore.briefs([patient.id], today: work.today, in: tx).first
        return ReceiptPaper(
            receipt: receipt, number: Receipt.numberText(receipt.number, clinic: clinic.code), patient: patient,
            greeting: brief?.greeting ?? patient.name, doctor: names[receipt.doctorID] ?? "",
            cashier: names[receipt.cashierID] ?? "", lines: sheet?.lines ?? [],
            earlier: receipt.receivable - ((sheet?.total ?? .zero) - paid), paidBefore: paid, next: next,
            nextDoctor: next.flatMap { names[$0.doctorID] },
            nextIsOperation: try next.map {
                try ItemStore.list(ids: $0.items.map(\.itemID), in: tx).contains(where: \.isOperation)
            } ?? false, advice: sheet?.advice)
    }
}
