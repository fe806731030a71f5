import Kernel
import Storage

/// The log is complete and nobody changed it (R16.11).
enum ChainChecks {
    static let all = [events, accesses]

    static let events = Check("audit.events", "操作记录一环扣一环") { scope, tx in
        try walk(tx, head: "event_head", lanes: "SELECT DISTINCT lane FROM event ORDER BY lane") { lane in
            var start = try scope.isComplete ? nil : anchor(of: lane, in: tx)
            if let known = start, try hash(of: lane, known.seq, in: tx) != known.hash { start = nil }
            return Chain(table: "event", start: start) { seq in try listEvents(lane, after: seq, in: tx) }
        }
    }

    static let accesses = Check("audit.accesses", "查看记录一环扣一环") { _, tx in
        try walk(tx, head: "access_head", lanes: "SELECT DISTINCT lane FROM access_event ORDER BY lane") { lane in
            Chain(table: "access_event", start: nil) { seq in try listAccesses(lane, after: seq, in: tx) }
        }
    }

    /// One stored link, and what is wrong inside it, seen alone.
    private struct Link {
        let seq: Int64
        let previous: String
        let hash: String
        /// The hash its content gives.
        let recomputed: String
        let problem: String?
    }

    private struct Chain {
        let table: String
        /// The link to begin behind; nil: the beginning.
        let start: (seq: Int64, hash: String)?
        let next: (_ after: Int64) throws -> [Link]
    }

    private static func walk(
        _ tx: any ReadTransaction, head: String, lanes: SQL, chain: (_ lane: Int64) throws -> Chain
    ) throws -> Finding {
        var looked = 0
        let heads = try tx.rows(SQL(trusted: "SELECT lane, seq, hash FROM \(head) ORDER BY lane"))
        let ends = try Dictionary(
            heads.map { (try $0.int64("lane"), (try $0.int64("seq"), try $0.text("hash"))) },
            uniquingKeysWith: { first, _ in first })
        let written = try tx.rows(lanes).map { try $0.int64("lane") }
        for lane in Set(written).union(ends.keys).sorted() {
            let finding = try follow(try chain(lane), lane: lane, end: ends[lane], headTable: head)
            looked += finding.looked
            if let breach = finding.breach { return Finding(looked: looked, breach: breach) }
        }
        return Finding(looked: looked)
    }

    private static func follow(
        _ chain: Chain, lane: Int64, end: (seq: Int64, hash: String)?, headTable: String
    ) throws -> Finding {
        var (seq, hash) = chain.start ?? (0, Audit.genesis)
        var looked = 0
        func breach(_ table: String, _ seq: Int64, _ problem: String) -> Finding {
            Finding(looked: looked, breach: Breach(table: table, row: "lane \(lane) seq \(seq)", problem: problem))
        }
        while true {
            let links = try chain.next(seq)
            if links.isEmpty { break }
            for link in links {
                looked += 1
                if link.seq != seq + 1 { return breach(chain.table, seq + 1, "这一条记录不见了，下一条是 \(link.seq)") }
                if let problem = link.problem { return breach(chain.table, link.seq, problem) }
                if link.previous != hash { return breach(chain.table, link.seq, "与上一条接不上") }
                if link.recomputed != link.hash { return breach(chain.table, link.seq, "内容被改动过，指纹对不上") }
                (seq, hash) = (link.seq, link.hash)
            }
        }
        guard let end else { return breach(headTable, seq, "记录还在，链头不见了") }
        if end.seq != seq { return breach(headTable, end.seq, "链头是第 \(end.seq) 条，记录到第 \(seq) 条为止") }
        if end.hash != hash { return breach(headTable, end.seq, "链头的指纹与最后一条对不上") }
        return Finding(looked: looked)
    }

    private static let page = 2_000

    private static func listEvents(_ lane: Int64, after: Int64, in tx: any ReadTransaction) throws -> [Link] {
        try tx.rows(
            """
            SELECT seq, at, actor_id, kind, subject_kind, subject_id, patient_id, command_id, payload, payload_hash,
                previous_hash, hash
            FROM event
            WHERE lane = \(lane) AND seq > \(after)
            ORDER BY seq
            LIMIT \(page)
            """
        ).map { row in
            let payload = try row.text("payload")
            let payloadHash = try row.text("payload_hash")
            let seq = try row.int64("seq")
            let previous = try row.text("previous_hash")
            let recomputed = Audit.link(
                lane: lane, seq: seq, at: try row.timestamp("at"), actor: try row.int64("actor_id"),
                kind: try row.text("kind"), subjectKind: try row.text("subject_kind"),
                subjectID: try row.int64("subject_id"), patientID: try row.int64IfAny("patient_id"),
                commandID: try row.textIfAny("command_id"), payloadHash: payloadHash, previous: previous)
            // A redacted payload is empty; its hash still holds the chain together.
            let isGenuine = payload.isEmpty || Audit.sha256(payload) == payloadHash
            return Link(
                seq: seq, previous: previous, hash: try row.text("hash"), recomputed: recomputed,
                problem: isGenuine ? nil : "记录的内容被改动过")
        }
    }

    private static func listAccesses(_ lane: Int64, after: Int64, in tx: any ReadTransaction) throws -> [Link] {
        try tx.rows(
            """
            SELECT seq, at, actor_id, kind, subject_kind, subject_id, patient_id, previous_hash, hash
            FROM access_event
            WHERE lane = \(lane) AND seq > \(after)
            ORDER BY seq
            LIMIT \(page)
            """
        ).map { row in
            let seq = try row.int64("seq")
            let previous = try row.text("previous_hash")
            let access = AccessLog.Access(
                at: try row.timestamp("at"), actor: try row.id("actor_id"), kind: try row.text("kind"),
                subjectKind: try row.text("subject_kind"), subjectID: try row.int64("subject_id"),
                patientID: try row.idIfAny("patient_id"), lane: Lane(key: lane))
            return Link(
                seq: seq, previous: previous, hash: try row.text("hash"),
                recomputed: access.link(seq: seq, previous: previous), problem: nil)
        }
    }

    /// The link the last complete verification proved.
    private static func anchor(of lane: Int64, in tx: any ReadTransaction) throws -> (seq: Int64, hash: String)? {
        let row = try tx.first(
            """
            SELECT subject_id
            FROM event
            WHERE lane = \(lane) AND kind = \(ChainHead.anchorKind)
            ORDER BY seq DESC
            LIMIT 1
            """)
        guard let seq = try row?.int64("subject_id"), let hash = try hash(of: lane, seq, in: tx) else { return nil }
        return (seq, hash)
    }

    private static func hash(of lane: Int64, _ seq: Int64, in tx: any ReadTransaction) throws -> String? {
        try tx.first("SELECT hash FROM event WHERE lane = \(lane) AND seq = \(seq)")?.text("hash")
    }
}
