import Kernel
import Storage

/// 诊室: who sits in the chairs today and how far the fees are, for doctors and nurses (R5.20).
package struct RoomList: Sendable {
    package struct Entry: Hashable, Sendable {
        package let visit: Visit
        package let sheet: ChargeSheet?
        /// The chair of now; nil when the customer has left it.
        package let chair: String?
        package let balance: Money
    }

    /// Of the person who asks first, then in order of time in the chair.
    package let entries: [Entry]
    package let patients: [ID<Patient>: PatientBrief]
    package let doctors: [ID<Staff>: String]

    package static func load(by work: Work, in tx: any ReadTransaction) throws -> RoomList {
        let clinic = work.clinic.id
        let visits = try VisitStore.listDay(clinic: clinic, day: work.today, in: tx)
            .filter { $0.seatedAt != nil && $0.leftAt == nil }
        let sheets = try ChargeSheetStore.listDay(clinic: clinic, day: work.today, in: tx)
        let ofVisit = Dictionary(sheets.map { ($0.visitID, $0) }, uniquingKeysWith: { first, _ in first })
        let people = visits.map(\.patientID)
        let owed = try Ledger.balances(of: people, clinic: clinic, besides: visits.map(\.id), in: tx)
        let chairs = try chairs(work, in: tx)
        let entries = visits.map {
            Entry(
                visit: $0, sheet: ofVisit[$0.id], chair: chairs[$0.id], balance: owed[$0.patientID] ?? .zero)
        }
        let briefs = try PatientStore.briefs(people, today: work.today, in: tx)
        return RoomList(
            entries: entries.sorted { rank($0, work) < rank($1, work) },
            patients: Dictionary(briefs.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first }),
            doctors: try StaffStore.names(Set(visits.compactMap(\.doctorID)), in: tx))
    }

    private static func rank(_ entry: Entry, _ work: Work) -> (Int, Int, Timestamp) {
        (
            entry.visit.doctorID == work.actor.id ? 0 : 1, entry.sheet?.noticeAt == nil ? 0 : 1,
            entry.visit.seatedAt ?? entry.visit.arrivedAt
        )
    }

    /// Names of the chairs that are taken, by visit.
    private static func chairs(_ work: Work, in tx: any ReadTransaction) throws -> [ID<Visit>: String] {
        let names = Dictionary(
            try PlaceStore.chairs(clinic: work.clinic.id, in: tx).map { ($0.id, $0.name) },
            uniquingKeysWith: { first, _ in first })
        let since = work.now.adding(days: -1)
        var chairs: [ID<Visit>: String] = [:]
        for (chair, movement) in try MovementStore.lastOfChairs(clinic: work.clinic.id, since: since, in: tx)
        where movement.exitedAt == nil {
            chairs[movement.visitID] = names[chair]
        }
        return chairs
    }
}
