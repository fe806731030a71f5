import Crypto
import Foundation
import Kernel
import Storage

/// Something that happened, as a use case reports it.
package struct Event: Hashable, Sendable {
    /// `subject.pastTense`: `appointment.placed`, `visit.ledIn`. The part before the dot is the live topic.
    package let kind: String
    package let subjectKind: String
    package let subjectID: Int64
    package let patientID: ID<Patient>?
    /// What changed, before → after. Never a protected value (national ID, password, PIN) in clear.
    package let payload: JSONValue

    package init<Subject>(
        _ kind: String, of subject: ID<Subject>, patient: ID<Patient>? = nil, _ payload: JSONValue = [:]
    ) {
        self.kind = kind
        subjectKind = String(kind.prefix { $0 != "." })
        subjectID = subject.raw
        patientID = patient
        self.payload = payload
    }
}

/// The append-only log (R16.11): one hash chain per lane, written in the transaction of what it reports.
package enum Audit {
    static let version = "1"
    /// Previous hash of the first entry.
    static let genesis = String(repeating: "0", count: 64)

    /// Appends events to the chain of the clinic's lane.
    package static func append(_ events: Event..., by work: Work, in tx: any WriteTransaction) throws {
        try append(events, by: work, lane: work.lane, in: tx)
    }

    /// Appends events to the chain of `lane`; the first of the transaction carries the command id.
    package static func append(_ events: [Event], by work: Work, lane: Lane, in tx: any WriteTransaction) throws {
        try append(events, actor: work.actor.id, at: work.now, commandID: work.commandID, lane: lane, in: tx)
    }

    /// For work outside any clinic: setting up, administration from the console.
    package static func append(
        _ events: [Event], actor: ID<Staff>, at now: Timestamp, commandID: String? = nil, lane: Lane,
        in tx: any WriteTransaction
    ) throws {
        guard !events.isEmpty else { return }
        // A use case made of others appends more than once: the command is on the first event of the transaction only.
        let isFirst: SQL = commandID.map { "(SELECT COUNT(*) FROM event WHERE command_id = \($0))" } ?? "1"
        let head = try tx.first(
            """
            SELECT (SELECT seq FROM event_head WHERE lane = \(lane.key)) AS seq,
                (SELECT hash FROM event_head WHERE lane = \(lane.key)) AS hash, \(isFirst) AS known
            """)
        var seq = try head?.int64IfAny("seq") ?? 0
        var previous = try head?.textIfAny("hash") ?? genesis
        let newCommand = try head?.int64("known") == 0 ? commandID : nil
        var rows: [[any SQLBindable]] = []
        for (index, event) in events.enumerated() {
            seq += 1
            let command = index == 0 ? newCommand : nil
            let payload = event.payload.text
            let payloadHash = sha256(payload)
            let hash = link(
                lane: lane.key, seq: seq, at: now, actor: actor.raw, kind: event.kind, subjectKind: event.subjectKind,
                subjectID: event.subjectID, patientID: event.patientID?.raw, commandID: command,
                payloadHash: payloadHash, previous: previous)
            rows.append([
                lane.key, seq, now, actor, event.kind, event.subjectKind, event.subjectID, event.patientID,
                command, payload, payloadHash, previous, hash,
            ])
            previous = hash
        }
        try tx.run(
            """
            INSERT INTO event (lane, seq, at, actor_id, kind, subject_kind, subject_id, patient_id, command_id,
                payload, payload_hash, previous_hash, hash)
            VALUES \(rows: rows)
            """)
        try tx.run(
            """
            INSERT INTO event_head (lane, seq, hash) VALUES (\(lane.key), \(seq), \(previous))
            ON CONFLICT (lane) DO UPDATE SET seq = excluded.seq, hash = excluded.hash
            """)
    }

    /// The hash of one link of the chain.
    static func link(
        lane: Int64, seq: Int64, at: Timestamp, actor: Int64, kind: String, subjectKind: String, subjectID: Int64,
        patientID: Int64?, commandID: String?, payloadHash: String, previous: String
    ) -> String {
        sha256(
            [
                version, String(lane), String(seq), String(at.milliseconds), String(actor), kind, subjectKind,
                String(subjectID), patientID.map(String.init) ?? "", commandID.map(sha256) ?? "", payloadHash,
                previous,
            ].joined(separator: "|"))
    }

    /// SHA-256 of UTF-8 text, 64 lower-case hexadecimal digits.
    package static func sha256(_ text: String) -> String {
        let digits = Array("0123456789abcdef".utf8)
        var hex: [UInt8] = []
        hex.reserveCapacity(64)
        for byte in SHA256.hash(data: Data(text.utf8)) {
            hex.append(digits[Int(byte >> 4)])
            hex.append(digits[Int(byte & 15)])
        }
        return String(decoding: hex, as: UTF8.self)
    }
}
