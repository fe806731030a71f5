import Kernel
import Storage

/// 待收费: who stands at the till, and who will soon (R6.01).
package struct CheckoutQueue: Sendable {
    /// Somebody who owes and is here today.
    package struct Waiting: Hashable, Sendable {
        /// Today's released sheet, or the oldest one that is still owed.
        package let sheet: ChargeSheet
        /// Everything owed in this clinic, earlier sheets included (R6.09).
        package let due: Money
        package let state: State
        package enum State: Int, Comparable, Sendable {
            /// At the till; part of it paid and the rest noted as arrears; gone; owes from an earlier day.
            case now, arrears, left, earlier
            package static func < (a: State, b: State) -> Bool { a.rawValue < b.rawValue }
        }
        /// Whole minutes since the charge notice.
        package func minutes(at now: Timestamp) -> Int { sheet.noticeAt.map { now.minutes(since: $0) } ?? 0 }
    }

    /// In the chair or done there, without a charge notice.
    package struct Coming: Hashable, Sendable {
        package let visit: Visit
        package let sheet: ChargeSheet?
    }

    package let waiting: [Waiting]
    package let coming: [Coming]
    package let patients: [ID<Patient>: PatientBrief]
    package let doctors: [ID<Staff>: String]

    /// Costs what the day holds, not what the years hold.
    package static func load(by work: Work, in tx: any ReadTransaction) throws -> CheckoutQueue {
        let clinic = work.clinic.id
        let visits = try VisitStore.listDay(clinic: clinic, day: work.today, in: tx)
        let sheets = try ChargeSheetStore.listDay(clinic: clinic, day: work.today, in: tx)
        let waiting = try waiting(visits, sheets, work, in: tx)
        let ofVisit = Dictionary(sheets.map { ($0.visitID, $0) }, uniquingKeysWith: { first, _ in first })
        let coming = visits.compactMap { visit -> Coming? in
            let sheet = ofVisit[visit.id]
            guard visit.leftAt == nil, sheet?.noticeAt == nil, sheet != nil || visit.seatedAt != nil else { return nil }
            return Coming(visit: visit, sheet: sheet)
        }
        let people = Set(waiting.map(\.sheet.patientID) + coming.map(\.visit.patientID))
        let briefs = try PatientStore.briefs(people.sorted(), today: work.today, in: tx)
        let doctors = Set(waiting.map(\.sheet.doctorID) + coming.compactMap(\.visit.doctorID))
        return CheckoutQueue(
            waiting: waiting, coming: coming,
            patients: Dictionary(briefs.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first }),
            doctors: try StaffStore.names(doctors, in: tx))
    }

    private static func waiting(
        _ visits: [Visit], _ sheets: [ChargeSheet], _ work: Work, in tx: any ReadTransaction
    ) throws -> [Waiting] {
        let owed = try Ledger.balances(
            of: Set(visits.map(\.patientID)).sorted(), clinic: work.clinic.id, in: tx)
        guard !owed.isEmpty else { return [] }
        let paid = try ReceiptStore.sheetsPaid(clinic: work.clinic.id, day: work.today, in: tx)
        let released = Dictionary(grouping: sheets.filter { $0.noticeAt != nil }, by: \.patientID)
        let present = Set(visits.filter { $0.leftAt == nil }.map(\.patientID))
        var waiting: [Waiting] = []
        for (patient, due) in owed {
            if let sheet = released[patient]?.last {
                let state: Waiting.State =
                    paid.contains(sheet.id) ? .arrears : present.contains(patient) ? .now : .left
                waiting.append(Waiting(sheet: sheet, due: due, state: state))
            } else if present.contains(patient),
                let sheet = try oldestOpen(of: patient, clinic: work.clinic.id, in: tx)
            {
                waiting.append(Waiting(sheet: sheet, due: due, state: paid.contains(sheet.id) ? .arrears : .earlier))
            }
        }
        return waiting.sorted {
            ($0.state, $0.sheet.noticeAt ?? work.now, $0.sheet.id) < (
                $1.state, $1.sheet.noticeAt ?? work.now, $1.sheet.id
            )
        }
    }

    /// The sheet at which a customer's arrears are paid; nil when nothing is owed here.
    package static func oldestOpen(
        of patient: ID<Patient>, clinic: ID<ClinicSite>, in tx: any ReadTransaction
    ) throws -> ChargeSheet? {
        let open = try Ledger.openLines(of: patient, clinic: clinic, in: tx)
        return try open.first?.first.map { try ChargeSheetStore.get($0.sheetID, clinic: clinic, in: tx) }
    }
}
