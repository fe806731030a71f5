import Kernel
import Storage

/// The record of every backup made: when, how big, and what went wrong.
package struct BackupRun: Hashable, Sendable {
    package let id: ID<BackupRun>
    package let startedAt: Timestamp
    package let finishedAt: Timestamp?
    package let file: String
    package let bytes: Int64?
    /// nil: made, opened again and verified.
    package let problem: String?
}

package enum BackupLog {
    /// A good backup older than this is shown as a red banner.
    package static let staleHours = 26

    package static func append(
        _ id: ID<BackupRun>, startedAt: Timestamp, finishedAt: Timestamp, file: String, bytes: Int64?, problem: String?,
        in tx: any WriteTransaction
    ) throws {
        try tx.run(
            """
            INSERT INTO backup_run (id, started_at, finished_at, file_name, bytes, problem)
            VALUES (\(id), \(startedAt), \(finishedAt), \(file), \(bytes), \(problem))
            """)
    }

    /// Newest first.
    package static func list(limit: Int, in tx: any ReadTransaction) throws -> [BackupRun] {
        try tx.rows(
            """
            SELECT id, started_at, finished_at, file_name, bytes, problem
            FROM backup_run
            ORDER BY started_at DESC
            LIMIT \(limit)
            """
        ).map { row in
            BackupRun(
                id: try row.id("id"), startedAt: try row.timestamp("started_at"),
                finishedAt: try row.timestampIfAny("finished_at"), file: try row.text("file_name"),
                bytes: try row.int64IfAny("bytes"), problem: try row.textIfAny("problem"))
        }
    }

    /// When the last good backup was made.
    package static func lastGood(in tx: any ReadTransaction) throws -> Timestamp? {
        try tx.first(
            """
            SELECT started_at
            FROM backup_run
            WHERE problem IS NULL AND finished_at IS NOT NULL
            ORDER BY started_at DESC
            LIMIT 1
            """)?.timestamp("started_at")
    }
}
