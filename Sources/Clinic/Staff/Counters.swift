import Kernel
import Storage

/// Numbers that people read: record, receipt and queue numbers. Rows incremented in the transaction that uses the
/// number, so a rolled-back use leaves no gap (design idea 6).
package enum Counters {
    /// The next number, beginning with 1.
    /// - Parameters:
    ///   - name: `receipt`, `queue:2026-03-12` …
    ///   - clinic: nil for numbers of the whole organisation.
    package static func next(
        _ name: String, clinic: ID<ClinicSite>?, in tx: any WriteTransaction
    ) throws -> Int64 {
        let scope = clinic?.raw ?? 0
        let row = try tx.first(
            """
            INSERT INTO counter (clinic_id, name, value) VALUES (\(scope), \(name), 1)
            ON CONFLICT (clinic_id, name) DO UPDATE SET value = counter.value + 1
            RETURNING value
            """)
        guard let row else { throw StorageError.failed(detail: "counter '\(name)' gave no number") }
        return try row.int64("value")
    }

    /// The last number given; 0 before the first.
    package static func last(_ name: String, clinic: ID<ClinicSite>?, in tx: any ReadTransaction) throws -> Int64 {
        let scope = clinic?.raw ?? 0
        return try tx.int64("SELECT value FROM counter WHERE clinic_id = \(scope) AND name = \(name)") ?? 0
    }
}
