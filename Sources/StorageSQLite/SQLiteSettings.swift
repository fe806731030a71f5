import GRDB
import Storage

/// The settings of a connection, and the proof that those which protect data are in force.
enum SQLiteSettings {
    static let busyMilliseconds: Int32 = 5_000
    /// 8 MB a connection. More buys nothing measurable and costs memory.
    static let cacheSize = -8_192

    /// GRDB puts `synchronous` back to NORMAL after `prepareDatabase`, so this runs on the finished pool and reads back.
    static func secure(_ pool: DatabasePool) throws {
        try pool.writeWithoutTransaction { database in
            try database.execute(
                sql: """
                    PRAGMA synchronous = FULL;
                    PRAGMA cache_size = \(cacheSize);
                    PRAGMA journal_size_limit = 67108864;
                    """)
            try require(
                synchronous: try Int.fetchOne(database, sql: "PRAGMA synchronous"),
                journalMode: try String.fetchOne(database, sql: "PRAGMA journal_mode"),
                foreignKeys: try Int.fetchOne(database, sql: "PRAGMA foreign_keys"))
        }
    }

    /// - Throws: `StorageError.failed` when an acknowledged write could be lost in a power cut, or keys are not checked.
    static func require(synchronous: Int?, journalMode: String?, foreignKeys: Int?) throws {
        guard synchronous == 2 else {
            throw StorageError.failed(detail: "PRAGMA synchronous is \(synchronous ?? -1), not 2 (FULL)")
        }
        guard journalMode == "wal" else {
            throw StorageError.failed(
                detail: "journal mode is \(journalMode ?? "unknown"), not wal: is this a network disk?")
        }
        guard foreignKeys == 1 else { throw StorageError.failed(detail: "PRAGMA foreign_keys is off") }
    }
}
