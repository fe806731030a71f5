import Kernel
import Storage

/// Posts that must not happen twice, however often the button is pressed or the browser sends again (design §6).
package enum Idempotency {
    /// Runs `body` for the first call with this key and keeps its answer; later calls get the stored answer.
    /// Writes of one lane are serial, so of parallel calls exactly one runs `body`.
    /// - Parameters:
    ///   - key: made with the form and sent with it.
    ///   - bodyHash: SHA-256 of what was asked for.
    /// - Throws: `KeyUsedForSomethingElse`; what `body` throws (then nothing is kept and the key may be used again).
    package static func once(
        key: String, bodyHash: String, by work: Work, in tx: any WriteTransaction, _ body: () throws -> String
    ) throws -> String {
        let lane = work.lane.key
        let stored = try tx.first(
            "SELECT body_hash, response FROM idempotency WHERE lane = \(lane) AND key = \(key)")
        if let stored {
            guard try stored.text("body_hash") == bodyHash else { throw KeyUsedForSomethingElse() }
            return try stored.text("response")
        }
        let response = try body()
        try tx.run(
            """
            INSERT INTO idempotency (lane, key, body_hash, response, created_at)
            VALUES (\(lane), \(key), \(bodyHash), \(response), \(work.now))
            """)
        return response
    }

    /// Forgets keys older than 30 days (design §9).
    /// - Returns: how many.
    @discardableResult
    package static func purge(now: Timestamp, in tx: any WriteTransaction) throws -> Int {
        try tx.run("DELETE FROM idempotency WHERE created_at < \(now.adding(days: -30))")
    }
}

/// The same form was sent with other content.
package struct KeyUsedForSomethingElse: UserFacingError, Hashable {
    package init() {}
    package var kind: FailureKind { .invalid }
    package var userMessage: String { "这张表单已经提交过一次，内容和这次不同；请刷新页面，核对后重新填写" }
}
