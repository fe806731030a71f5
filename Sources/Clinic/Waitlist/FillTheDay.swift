import Kernel
import Storage

/// Customers who wait and whose items can be done, so that a quiet day is filled (R3.47, R3.48).
package struct FillTheDay: Hashable, Sendable {
    package let day: Day
    package let rows: [Row]
    /// Those who wait but whose items are suspended that day.
    package let impossible: Int

    package struct Row: Hashable, Sendable {
        package let source: Source
        package let patientID: ID<Patient>
        package let doctorID: ID<Staff>?
        package let items: [BookedItem]
        package let complaint: String
        package let units: Int
        package let since: Timestamp
        package let suits: String?
    }

    package enum Source: Hashable, Sendable {
        case waiting(ID<WaitingEntry>)
        case deferred(ID<Deferral>)
    }

    /// Waiting entries that suit the day, and deferrals whose item is back, longest wait first.
    package static func load(day: Day, by work: Work, in tx: any ReadTransaction) throws -> FillTheDay {
        let entries = try WaitingStore.listOpen(clinic: work.clinic.id, in: tx).filter {
            $0.suits.weekdays.contains(day.weekday) && $0.suits.firstDay <= day
                && $0.suits.lastDay.map { day <= $0 } ?? true
        }
        let deferrals = try DeferralStore.listOpen(clinic: work.clinic.id, in: tx)
        let ids = Set(entries.flatMap { $0.items.map(\.itemID) } + deferrals.map(\.itemID))
        let items = try ItemStore.list(ids: Array(ids), in: tx)
        let suspended = Set(try EpidemicItems.suspended(items, on: day, by: work, in: tx).map(\.id))
        let byID = Dictionary(items.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        let all =
            entries.map { entry in
                Row(
                    source: .waiting(entry.id), patientID: entry.patientID, doctorID: entry.doctorID,
                    items: entry.items, complaint: entry.complaint, units: entry.units, since: entry.asked.at,
                    suits: entry.suits.text)
            }
            + deferrals.map { deferral in
                Row(
                    source: .deferred(deferral.id), patientID: deferral.patientID, doctorID: deferral.doctorID,
                    items: [BookedItem(deferral.itemID, teeth: deferral.teeth)], complaint: deferral.complaint,
                    units: max(1, byID[deferral.itemID]?.units ?? 1), since: deferral.deferredAt, suits: nil)
            }
        let rows = all.filter { row in !row.items.contains { suspended.contains($0.itemID) } }
            .sorted { $0.since < $1.since }
        return FillTheDay(day: day, rows: rows, impossible: all.count - rows.count)
    }
}
