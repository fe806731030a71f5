import Kernel
import Storage

/// Reads the log back (R16.11): what was done, or who looked at what; newest first, a page at a time.
package enum EventSearch {
    package static let pageSize = 50
    /// Longest stretch of days of one search without a customer.
    package static let mostDays = 92

    package enum Log: String, Sendable, CaseIterable {
        /// What was changed.
        case changes
        /// Who opened a record.
        case looks
    }

    package struct Query: Hashable, Sendable {
        package var log: Log
        /// First instant, and the first one no longer asked for.
        package var from: Timestamp
        package var until: Timestamp
        package var actor: ID<Staff>?
        package var patient: ID<Patient>?
        /// Empty: every kind.
        package var subjectKinds: [String]
        /// nil: of every lane.
        package var lanes: [Lane]?
        package var after: Position?

        package init(
            log: Log, from: Timestamp, until: Timestamp, actor: ID<Staff>? = nil, patient: ID<Patient>? = nil,
            subjectKinds: [String] = [], lanes: [Lane]? = nil, after: Position? = nil
        ) {
            self.log = log
            self.from = from
            self.until = until
            self.actor = actor
            self.patient = patient
            self.subjectKinds = subjectKinds
            self.lanes = lanes
            self.after = after
        }
    }

    /// One line of the log, as the last of a page it is where the next begins.
    package struct Position: Hashable, Sendable {
        package let at: Timestamp
        package let lane: Int64
        package let seq: Int64

        package init(at: Timestamp, lane: Int64, seq: Int64) {
            self.at = at
            self.lane = lane
            self.seq = seq
        }

        /// "1773278400000.7.12" of an address.
        package var text: String { "\(at.milliseconds).\(lane).\(seq)" }
        package init?(_ text: String) {
            let parts = text.split(separator: ".").compactMap { Int64($0) }
            guard parts.count == 3 else { return nil }
            self.init(at: Timestamp(milliseconds: parts[0]), lane: parts[1], seq: parts[2])
        }
    }

    package struct Record: Hashable, Sendable {
        package let position: Position
        package let actor: ID<Staff>
        package let kind: String
        package let subjectKind: String
        package let subjectID: Int64
        package let patientID: ID<Patient>?
        /// Canonical JSON; empty for looks, and where it was redacted.
        package let payload: String
    }

    package struct Page: Hashable, Sendable {
        package let records: [Record]
        /// nil on the last page.
        package let next: Position?
        package init(records: [Record], next: Position?) {
            self.records = records
            self.next = next
        }
    }

    package static func search(_ query: Query, limit: Int = pageSize, in tx: any ReadTransaction) throws -> Page {
        let table: SQL = query.log == .changes ? "event" : "access_event"
        let payload: SQL = query.log == .changes ? "payload" : "'' AS payload"
        let found = try tx.rows(
            """
            SELECT lane, seq, at, actor_id, kind, subject_kind, subject_id, patient_id, \(payload)
            FROM \(table)
            WHERE at >= \(query.from) AND at < \(query.until)\(conditions(query))
            ORDER BY at DESC, lane DESC, seq DESC
            LIMIT \(limit + 1)
            """
        ).map(record)
        let records = Array(found.prefix(limit))
        return Page(records: records, next: found.count > limit ? records.last?.position : nil)
    }

    private static func conditions(_ query: Query) -> SQL {
        var all: SQL = ""
        if let after = query.after {
            all = all + "\n    AND (at, lane, seq) < (\(after.at), \(after.lane), \(after.seq))"
        }
        if let actor = query.actor { all = all + "\n    AND actor_id = \(actor)" }
        if let patient = query.patient { all = all + "\n    AND patient_id = \(patient)" }
        if !query.subjectKinds.isEmpty { all = all + "\n    AND subject_kind IN \(list: query.subjectKinds)" }
        if let lanes = query.lanes { all = all + "\n    AND lane IN \(list: lanes.map(\.key))" }
        return all
    }

    private static func record(_ row: Row) throws -> Record {
        Record(
            position: Position(
                at: try row.timestamp("at"), lane: try row.int64("lane"), seq: try row.int64("seq")),
            actor: try row.id("actor_id"), kind: try row.text("kind"), subjectKind: try row.text("subject_kind"),
            subjectID: try row.int64("subject_id"), patientID: try row.idIfAny("patient_id"),
            payload: try row.text("payload"))
    }
}
