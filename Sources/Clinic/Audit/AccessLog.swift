import Kernel
import Storage

/// Who looked at what (R16.11): views of a record and protected values shown. Kept in memory for at most a second and
/// written together; a kill may lose that second. Lists and searches are not views.
///
/// One hash chain a lane, like the log of events.
package final class AccessLog: Sendable {
    /// One look.
    package struct Access: Hashable, Sendable {
        package let at: Timestamp
        package let actor: ID<Staff>
        /// `record.viewed`, `phone.revealed` …
        package let kind: String
        package let subjectKind: String
        package let subjectID: Int64
        package let patientID: ID<Patient>?
        package let lane: Lane

        /// The hash of this look as link `seq` of its lane's chain.
        func link(seq: Int64, previous: String) -> String {
            Audit.sha256(
                [
                    Audit.version, "access", String(lane.key), String(seq), String(at.milliseconds), String(actor.raw),
                    kind, subjectKind, String(subjectID), patientID.map { String($0.raw) } ?? "", previous,
                ].joined(separator: "|"))
        }
    }

    /// Beyond this the oldest are written at once by whoever flushes; a screen cannot fill the memory.
    package static let largestBatch = 500

    private let waiting = Guarded<[Access]>([])

    package init() {}

    /// Notes a look. Does not wait for the database.
    package func note<Subject>(
        _ kind: String, of subject: ID<Subject>, kindOfSubject: String, patient: ID<Patient>? = nil,
        by actor: Actor,
        clinic: ID<ClinicSite>, at now: Timestamp
    ) {
        let access = Access(
            at: now, actor: actor.id, kind: kind, subjectKind: kindOfSubject, subjectID: subject.raw,
            patientID: patient, lane: Lane(key: clinic.raw))
        waiting.withLock { $0.append(access) }
    }

    /// Number of looks not yet written.
    package var pending: Int { waiting.withLock { $0.count } }

    /// Writes what waits. What could not be written waits for the next call.
    package func flush(to database: any Database) async throws {
        while true {
            let batch = waiting.withLock { waiting in
                let batch = Array(waiting.prefix(Self.largestBatch))
                waiting.removeFirst(batch.count)
                return batch
            }
            if batch.isEmpty { return }
            let lanes = Dictionary(grouping: batch, by: \.lane)
            for lane in lanes.keys.sorted(by: { $0.key < $1.key }) {
                guard let accesses = lanes[lane] else { continue }
                do {
                    try await database.write(in: lane) { tx in try Self.append(accesses, lane: lane, in: tx) }
                } catch {
                    let left = lanes.filter { $0.key.key >= lane.key }.flatMap(\.value)
                    waiting.withLock { $0 = left + $0 }
                    throw error
                }
            }
        }
    }

    private static func append(_ accesses: [Access], lane: Lane, in tx: any WriteTransaction) throws {
        let head = try tx.first("SELECT seq, hash FROM access_head WHERE lane = \(lane.key)")
        var seq = try head?.int64("seq") ?? 0
        var previous = try head?.text("hash") ?? Audit.genesis
        var rows: [[any SQLBindable]] = []
        for access in accesses {
            seq += 1
            let hash = access.link(seq: seq, previous: previous)
            rows.append([
                lane.key, seq, access.at, access.actor, access.kind, access.subjectKind, access.subjectID,
                access.patientID, previous, hash,
            ])
            previous = hash
        }
        try tx.run(
            """
            INSERT INTO access_event (lane, seq, at, actor_id, kind, subject_kind, subject_id, patient_id,
                previous_hash, hash)
            VALUES \(rows: rows)
            """)
        try tx.run(
            """
            INSERT INTO access_head (lane, seq, hash) VALUES (\(lane.key), \(seq), \(previous))
            ON CONFLICT (lane) DO UPDATE SET seq = excluded.seq, hash = excluded.hash
            """)
    }
}
