import Kernel
import Storage

/// The right to do one background job now: of several processes on one database, one has it.
package enum JobLease {
    /// Takes the lease when nobody holds it and the job is due.
    ///
    /// - Parameters:
    ///   - holder: token of this process.
    ///   - isDue: told when the job was last done.
    /// - Returns: whether this process is to do the job now.
    package static func take(
        _ job: String, holder: String, minutes: Int, now: Timestamp, in tx: any WriteTransaction,
        isDue: (_ lastDone: Timestamp?) -> Bool
    ) throws -> Bool {
        let row = try tx.first(
            "SELECT holder, expires_at, last_done_at FROM job_lease WHERE name = \(job)\(SQL.forUpdate)")
        if let row {
            let isHeld = try row.text("holder") != "" && row.timestamp("expires_at") > now
            guard !isHeld, isDue(try row.timestampIfAny("last_done_at")) else { return false }
        } else if !isDue(nil) {
            return false
        }
        try tx.run(
            """
            INSERT INTO job_lease (name, holder, expires_at) VALUES (\(job), \(holder), \(now.adding(minutes: minutes)))
            ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, expires_at = excluded.expires_at
            """)
        return true
    }

    /// Notes that the job was done and gives the lease back. After a failure it is not called: the lease runs out by
    /// itself, so that a job that fails is not tried again at once.
    package static func finish(_ job: String, holder: String, now: Timestamp, in tx: any WriteTransaction) throws {
        try tx.run(
            """
            UPDATE job_lease
            SET holder = '', expires_at = 0, last_done_at = \(now)
            WHERE name = \(job) AND holder = \(holder)
            """)
    }

    package static func lastDone(_ job: String, in tx: any ReadTransaction) throws -> Timestamp? {
        try tx.first("SELECT last_done_at FROM job_lease WHERE name = \(job)")?.timestampIfAny("last_done_at")
    }
}
