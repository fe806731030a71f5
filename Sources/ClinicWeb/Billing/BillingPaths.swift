import Clinic
import Kernel

/// Addresses of the treatment room, charge sheets, checkout and receipts.
package enum BillingPaths {
    package static let checkout = "/checkout"
    package static let checkoutQueue = "/checkout/queue"
    package static let receipts = "/receipts"

    package static func charges(_ visit: ID<Visit>) -> String { "/visits/\(visit.text)/charges" }
    static func chargeStep(_ visit: ID<Visit>, _ name: String) -> String { "/visits/\(visit.text)/charges/\(name)" }
    package static func checkout(_ sheet: ID<ChargeSheet>) -> String { "/checkout/\(sheet.text)" }
    static func payments(_ sheet: ID<ChargeSheet>) -> String { "/checkout/\(sheet.text)/payments" }
    static func queue(current: ID<ChargeSheet>?) -> String {
        current.map { URLText.address(checkoutQueue, ["current": $0.text]) } ?? checkoutQueue
    }
    /// Where a customer pays what is owed, whichever sheet it is from.
    package static func arrears(_ patient: ID<Patient>) -> String { "/patients/\(patient.text)/arrears" }
    package static func receipt(_ id: ID<Receipt>) -> String { "/receipts/\(id.text)" }
    static func receipts(day: Day) -> String { URLText.address(receipts, ["day": day.iso]) }
    static func prints(_ id: ID<Receipt>) -> String { "/receipts/\(id.text)/prints" }
    static func departure(_ id: ID<Receipt>) -> String { "/receipts/\(id.text)/departure" }
    static func paper(_ id: ID<Receipt>, _ layout: ReceiptLayout, copy: Int) -> String {
        URLText.address("/receipts/\(id.text)/paper/\(layout.rawValue)", ["copy": String(copy)])
    }
    package static func referrals(_ visit: ID<Visit>) -> String { "/visits/\(visit.text)/referrals" }
    static func referralStep(_ visit: ID<Visit>, _ id: ID<Referral>) -> String {
        "/visits/\(visit.text)/referrals/\(id.text)"
    }

    /// The booking form with what the doctor said, before the customer pays (R3.04); it leads back to the till.
    static func booking(_ sheet: ChargeSheet) -> String {
        var query = "patient=\(sheet.patientID.text)&doctor=\(sheet.doctorID.text)"
        if case .visit(let units, let days, let note) = sheet.advice {
            query += "&day=\(sheet.businessDay.adding(days: days).iso)&units=\(units)"
            if let note { query += "&complaint=\(URLText.encode(note))" }
        }
        return "/appointments/new?\(query)&channel=checkout&next=\(URLText.encode(checkout(sheet.id)))"
    }

    /// The booking form with what the doctor said (R3.04); it leads back to the receipt, which shows the new booking.
    static func booking(_ paper: ReceiptPaper) -> String {
        var query = "patient=\(paper.patient.id.text)&doctor=\(paper.receipt.doctorID.text)"
        if case .visit(let units, let days, let note) = paper.advice {
            query += "&day=\(paper.receipt.businessDay.adding(days: days).iso)&units=\(units)"
            if let note { query += "&complaint=\(URLText.encode(note))" }
        }
        query += "&channel=checkout&next=\(URLText.encode(receipt(paper.receipt.id)))"
        return "/appointments/new?\(query)"
    }
}
