import Kernel

/// 收据: the proof of one payment (R6.03–R6.07). Not an invoice.
package struct Receipt: Hashable, Sendable {
    package let id: ID<Receipt>
    package let clinicID: ID<ClinicSite>
    /// Gapless in its clinic.
    package let number: Int
    package let businessDay: Day
    package let issuedAt: Timestamp
    package let patientID: ID<Patient>
    package let visitID: ID<Visit>?
    package let sheetID: ID<ChargeSheet>?
    package let doctorID: ID<Staff>
    package let cashierID: ID<Staff>
    /// Lines of the sheet at list price, plus what was owed from before.
    package let list: Money
    /// Owed before this payment.
    package let receivable: Money
    package let received: Money
    /// Owed after it.
    package let arrears: Money
    package let tendered: Money?
    package let change: Money?
    package let splits: [PaymentSplit]

    /// "SW-000123"
    package static func numberText(_ number: Int, clinic code: String) -> String {
        "\(code)-\(String(number).zeroPadded(6))"
    }

    /// The figure in words, from the same value (R6.04).
    package var capitals: String { ChineseAmount.text(received) }
}
