import Kernel
import Storage

/// Counts over registrations, for the reports.
package enum RegistrationCounts {
    package struct Registrar: Hashable, Sendable {
        package let staffID: ID<Staff>
        package let registered: Int
        /// Without a phone number (R1.12).
        package let missingPhone: Int
    }

    package struct Channel: Hashable, Sendable {
        /// Code of the list `sourceChannel`; nil when nobody asked (R1.18).
        package let code: String?
        package let registered: Int
        /// Of these, with a referrer on file (R1.19).
        package let referred: Int
    }

    /// Per registrar, most registrations first. `until` is exclusive.
    package static func byRegistrar(
        from: Timestamp, until: Timestamp, in tx: any ReadTransaction
    ) throws -> [Registrar] {
        try tx.rows(
            """
            SELECT registered_by, COUNT(*) AS n, COUNT(phone_missing_reason) AS missing
            FROM patient
            WHERE registered_at >= \(from) AND registered_at < \(until)
            GROUP BY registered_by
            ORDER BY n DESC, registered_by
            """
        ).map {
            Registrar(
                staffID: try $0.id("registered_by"), registered: try $0.int("n"), missingPhone: try $0.int("missing"))
        }
    }

    /// Per source channel, most registrations first. `until` is exclusive.
    package static func byChannel(from: Timestamp, until: Timestamp, in tx: any ReadTransaction) throws -> [Channel] {
        try tx.rows(
            """
            SELECT source_channel, COUNT(*) AS n, COUNT(referrer_id) AS referred
            FROM patient
            WHERE registered_at >= \(from) AND registered_at < \(until)
            GROUP BY source_channel
            ORDER BY n DESC, source_channel NULLS LAST
            """
        ).map {
            Channel(
                code: try $0.textIfAny("source_channel"), registered: try $0.int("n"), referred: try $0.int("referred"))
        }
    }
}
