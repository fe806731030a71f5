import Kernel
import Storage

/// Proves the promises of the design on live data (R16.11): `menya verify`, after a backup, at day close.
package enum Verification {
    /// Every check, in the order of the summary. A feature adds its own file of named checks and its line here.
    package static var checks: [Check] {
        ChainChecks.all + SecretChecks.all + CounterChecks.all + UnitChecks.all + RotationChecks.all + VisitChecks.all
            + LedgerChecks.all + TaskChecks.all + ObligationChecks.all
    }

    package struct Result: Hashable, Sendable {
        package let id: String
        package let title: String
        package let finding: Finding
    }

    /// Runs the checks, each on one consistent view, and ends at the first breach.
    ///
    /// - Parameter report: called after each check.
    /// - Returns: the results so far; only the last one can hold a breach.
    package static func run(
        _ database: any Database, checks: [Check] = checks, scope: VerificationScope,
        report: (Result) -> Void = { _ in }
    ) async throws -> [Result] {
        var results: [Result] = []
        for check in checks {
            let finding = try await database.read { tx in try check.prove(scope, tx) }
            let result = Result(id: check.id, title: check.title, finding: finding)
            results.append(result)
            report(result)
            if finding.breach != nil { break }
        }
        return results
    }

    /// The heads of the chains, to be written down: who changes history cannot change the paper.
    package static func heads(in tx: any ReadTransaction) throws -> [ChainHead] {
        try tx.rows("SELECT lane, seq, hash FROM event_head ORDER BY lane").map { row in
            ChainHead(lane: try row.int64("lane"), seq: try row.int64("seq"), hash: try row.text("hash"))
        }
    }

    /// Marks the heads as proved, so that the next `verify` begins there. Only after a complete run without breach.
    package static func anchor(_ heads: [ChainHead], at now: Timestamp, in tx: any WriteTransaction) throws {
        for head in heads {
            try Audit.append(
                [
                    Event(
                        ChainHead.anchorKind, of: ID<ChainHead>(raw: head.seq),
                        ["hash": .text(head.hash), "seq": .int(head.seq)])
                ], actor: Actor.system.id, at: now, lane: Lane(key: head.lane), in: tx)
        }
    }
}

/// The last link of a lane's chain.
package struct ChainHead: Hashable, Sendable {
    static let anchorKind = "chain.anchored"
    package let lane: Int64
    package let seq: Int64
    package let hash: String
}
