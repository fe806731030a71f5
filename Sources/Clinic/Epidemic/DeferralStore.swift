import Kernel
import Storage

/// SQL of `deferral`.
package enum DeferralStore {
    private static let columns: SQL = """
        id, clinic_id, patient_id, item_id, teeth, doctor_id, complaint, note, follow_up_on, deferred_at, deferred_by,
            reopened_at, closed_at, outcome, version
        """

    /// - Throws: `NotFound` also for another clinic's.
    package static func get(_ id: ID<Deferral>, clinic: ID<ClinicSite>, in tx: any ReadTransaction) throws -> Deferral {
        let row = try tx.first("SELECT \(columns) FROM deferral WHERE id = \(id) AND clinic_id = \(clinic)")
        guard let row else { throw NotFound("延期记录") }
        return try deferral(row)
    }

    /// What waits, the item that is back first, then by the day of the call.
    package static func listOpen(
        clinic: ID<ClinicSite>, limit: Int = 200, in tx: any ReadTransaction
    ) throws -> [Deferral] {
        try tx.rows(
            """
            SELECT \(columns)
            FROM deferral
            WHERE clinic_id = \(clinic) AND closed_at IS NULL
            ORDER BY CASE WHEN reopened_at IS NULL THEN 1 ELSE 0 END, follow_up_on, id
            LIMIT \(limit)
            """
        ).map(deferral)
    }

    package static func countOpen(clinic: ID<ClinicSite>, in tx: any ReadTransaction) throws -> Int {
        Int(try tx.int64("SELECT COUNT(*) AS n FROM deferral WHERE clinic_id = \(clinic) AND closed_at IS NULL") ?? 0)
    }

    static func listOpen(
        of patient: ID<Patient>, items: [ID<Item>], clinic: ID<ClinicSite>, in tx: any ReadTransaction
    ) throws -> [Deferral] {
        try tx.rows(
            """
            SELECT \(columns)
            FROM deferral
            WHERE patient_id = \(patient) AND clinic_id = \(clinic) AND closed_at IS NULL AND item_id IN \(list: items)
            ORDER BY id
            """
        ).map(deferral)
    }

    package static func listOpen(
        of patient: ID<Patient>, clinic: ID<ClinicSite>, in tx: any ReadTransaction
    ) throws -> [Deferral] {
        try tx.rows(
            """
            SELECT \(columns)
            FROM deferral
            WHERE patient_id = \(patient) AND clinic_id = \(clinic) AND closed_at IS NULL
            ORDER BY id
            LIMIT 20
            """
        ).map(deferral)
    }

    static func listOpen(
        items: [ID<Item>], clinic: ID<ClinicSite>, in tx: any ReadTransaction
    ) throws -> [Deferral] {
        try tx.rows(
            """
            SELECT \(columns)
            FROM deferral
            WHERE clinic_id = \(clinic) AND closed_at IS NULL AND item_id IN \(list: items)
            ORDER BY id
            """
        ).map(deferral)
    }

    static func insert(_ d: Deferral, in tx: any WriteTransaction) throws {
        let values: [any SQLBindable] = [
            d.id, d.clinicID, d.patientID, d.itemID, teeth(d.teeth), d.doctorID, d.complaint, d.note, d.followUpOn,
            d.deferredAt, d.deferredBy, d.version,
        ]
        try tx.run(
            """
            INSERT INTO deferral (id, clinic_id, patient_id, item_id, teeth, doctor_id, complaint, note, follow_up_on,
                deferred_at, deferred_by, version)
            VALUES \(rows: [values])
            """)
    }

    static func setFollowUp(_ id: ID<Deferral>, day: Day, note: String?, in tx: any WriteTransaction) throws {
        try tx.run(
            """
            UPDATE deferral
            SET follow_up_on = \(day), note = \(note), version = version + 1
            WHERE id = \(id)
            """)
    }

    static func setReopened(_ ids: [ID<Deferral>], at instant: Timestamp?, in tx: any WriteTransaction) throws {
        try tx.run(
            """
            UPDATE deferral
            SET reopened_at = \(instant), version = version + 1
            WHERE id IN \(list: ids)
            """)
    }

    static func close(
        _ ids: [ID<Deferral>], outcome: String, appointment: ID<Appointment>?, by work: Work,
        in tx: any WriteTransaction
    ) throws {
        try tx.run(
            """
            UPDATE deferral
            SET closed_at = \(work.now), closed_by = \(work.actor.id), outcome = \(outcome),
                appointment_id = \(appointment), version = version + 1
            WHERE id IN \(list: ids) AND closed_at IS NULL
            """)
    }

    private static func teeth(_ teeth: [Tooth]) -> String { teeth.map(\.description).joined(separator: ",") }

    private static func deferral(_ row: Row) throws -> Deferral {
        Deferral(
            id: try row.id("id"), clinicID: try row.id("clinic_id"), patientID: try row.id("patient_id"),
            itemID: try row.id("item_id"),
            teeth: try row.text("teeth").split(separator: ",").compactMap { Int($0).flatMap(Tooth.init) },
            doctorID: try row.idIfAny("doctor_id"), complaint: try row.text("complaint"),
            note: try row.textIfAny("note"), followUpOn: try row.day("follow_up_on"),
            deferredAt: try row.timestamp("deferred_at"), deferredBy: try row.id("deferred_by"),
            reopenedAt: try row.timestampIfAny("reopened_at"), closedAt: try row.timestampIfAny("closed_at"),
            outcome: try row.textIfAny("outcome"), version: try row.int("version"))
    }
}
