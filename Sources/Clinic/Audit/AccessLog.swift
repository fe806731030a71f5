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

    /// Looks written by one transaction.
    package static let largestBatch = 500
    /// Looks kept while the database cannot be written. Beyond it the oldest are dropped and counted: the desk goes on
    /// reading, and memory has an end.
    package static let largestWaiting = 20_000

    private struct State: Sendable {
        var waiting: [Access] = []
        var dropped = 0

        /// Drops a batch at a time: dropping one by one would move everything behind it each time.
        mutating func shorten(to capacity: Int) {
            guard waiting.count > capacity else { return }
            let excess = min(waiting.count, waiting.count - capacity + largestBatch - 1)
            waiting.removeFirst(excess)
            dropped += excess
        }
    }
    private let state = Guarded(State())
    private let capacity: Int

    package init(capacity: Int = largestWaiting) { self.capacity = capacity }

    /// Notes a look. Does not wait for the database.
    package func note<Subject>(
        _ kind: String, of subject: ID<Subject>, kindOfSubject: String, patient: ID<Patient>? = nil,
        by actor: Actor,
        clinic: ID<ClinicSite>, at now: Timestamp
    ) {
        let access = Access(
            at: now, actor: actor.id, kind: kind, subjectKind: kindOfSubject, subjectID: subject.raw,
            patientID: patient, lane: Lane(key: clinic.raw))
        state.withLock { state in
            state.waiting.append(access)
            state.shorten(to: capacity)
        }
    }

    /// Number of looks not yet written.
    package var pending: Int { state.withLock { $0.waiting.count } }

    /// - Returns: how many looks were dropped since it was last asked.
    package func takeDropped() -> Int {
        state.withLock { state in
            defer { state.dropped = 0 }
            return state.dropped
        }
    }

    /// Writes what waits. What could not be written waits for the next call.
    package func flush(to database: any Database) async throws {
        while true {
            let batch = state.withLock { state in
                let batch = Array(state.waiting.prefix(Self.largestBatch))
                state.waiting.removeFirst(batch.count)
                return batch
            }
            if batch.isEmpty { return }
            let lanes = Dictionary(grouping: batch, by: \.lane)
            for lane in lanes.keys.sorted(by: { $0.key < $1.key }) {
                guard let accesses = lanes[lane] else { continue }
                do {
                    try await database.write(in: lane, telling: .nothing) { tx in
                        try Self.append(accesses, lane: lane, in: tx)
                    }
                } catch {
                    let left = lanes.filter { $0.key.key >= lane.key }.flatMap(\.value)
                    state.withLock { state in
                        state.waiting = left + state.waiting
                        state.shorten(to: capacity)
                    }
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
