import Kernel
import Storage

/// The ledger of turns and the accounts of the doctors.
package enum RotationStore {
    /// Accounts of a clinic; doctors who never stood in the rotation are missing. In order of employee number.
    package static func balances(
        clinic: ID<ClinicSite>, in tx: any ReadTransaction
    ) throws -> [RotationBalance] {
        try tx.rows(
            """
            SELECT b.doctor_id, b.credit, b.taken, s.employee_no
            FROM rotation_balance b
            JOIN staff s ON s.id = b.doctor_id
            WHERE b.clinic_id = \(clinic)
            ORDER BY s.employee_no
            """
        ).map {
            RotationBalance(
                doctorID: try $0.id("doctor_id"), employeeNumber: try $0.text("employee_no"),
                credit: try $0.int64("credit"), taken: try $0.int("taken"))
        }
    }

    /// Newest first.
    package static func listTurns(
        clinic: ID<ClinicSite>, limit: Int, in tx: any ReadTransaction
    ) throws -> [RotationTurn] {
        try turns(where: "clinic_id = \(clinic)", limit: limit, in: tx)
    }

    /// What stands last for a booking: taken or returned; nil when it used no turn.
    static func last(of appointment: ID<Appointment>, in tx: any ReadTransaction) throws -> RotationTurn? {
        try turns(where: "appointment_id = \(appointment) AND kind IN ('taken', 'returned')", limit: 1, in: tx).first
    }

    /// Turns had for bookings between two days, by doctor: `taken` lines less `returned` ones (R15.20).
    package static func counts(
        clinic: ID<ClinicSite>, from: Day, to: Day, in tx: any ReadTransaction
    ) throws -> [ID<Staff>: Int] {
        var counts: [ID<Staff>: Int] = [:]
        for row in try tx.rows(
            """
            SELECT doctor_id, CAST(SUM(CASE WHEN kind = 'taken' THEN 1 ELSE -1 END) AS BIGINT) AS turns
            FROM rotation_turn
            WHERE clinic_id = \(clinic) AND day BETWEEN \(from) AND \(to) AND kind IN ('taken', 'returned')
            GROUP BY doctor_id
            """)
        {
            counts[try row.id("doctor_id")] = try row.int("turns")
        }
        return counts
    }

    private static func turns(
        where condition: SQL, limit: Int, in tx: any ReadTransaction
    ) throws -> [RotationTurn] {
        try tx.rows(
            """
            SELECT id, doctor_id, kind, day, appointment_id, reason, recorded_at
            FROM rotation_turn
            WHERE \(condition)
            ORDER BY recorded_at DESC, id DESC
            LIMIT \(limit)
            """
        ).map {
            RotationTurn(
                id: try $0.id("id"), doctorID: try $0.id("doctor_id"), kind: try $0.code("kind"),
                day: try $0.day("day"), appointmentID: try $0.idIfAny("appointment_id"),
                reason: try $0.text("reason"), recordedAt: try $0.timestamp("recorded_at"))
        }
    }

    // MARK: - Writing

    /// A new line. `credit` are the shares it gave.
    struct Line {
        let doctorID: ID<Staff>
        let kind: RotationTurn.Kind
        let day: Day
        let appointmentID: ID<Appointment>?
        let credit: Int64
        let reason: String
    }

    static func append(_ lines: [Line], by work: Work, in tx: any WriteTransaction) throws {
        guard !lines.isEmpty else { return }
        let rows = lines.map { line -> [any SQLBindable] in
            [
                work.newID(RotationTurn.self), work.clinic.id, line.doctorID, line.kind, line.day, line.appointmentID,
                line.credit, line.reason, work.actor.id, work.now,
            ]
        }
        try tx.run(
            """
            INSERT INTO rotation_turn (id, clinic_id, doctor_id, kind, day, appointment_id, credit, reason, recorded_by,
                recorded_at)
            VALUES \(rows: rows)
            """)
    }

    static func open(
        _ doctors: [ID<Staff>], credit: Int64, clinic: ID<ClinicSite>, in tx: any WriteTransaction
    ) throws {
        guard !doctors.isEmpty else { return }
        let rows = doctors.map { doctor -> [any SQLBindable] in [clinic, doctor, credit, 0] }
        try tx.run(
            """
            INSERT INTO rotation_balance (clinic_id, doctor_id, credit, taken)
            VALUES \(rows: rows)
            """)
    }

    /// Everybody present earns `share`, `taker` pays a turn.
    static func settle(
        share: Int64, present: [ID<Staff>], taker: ID<Staff>, clinic: ID<ClinicSite>, in tx: any WriteTransaction
    ) throws {
        try tx.run(
            """
            UPDATE rotation_balance
            SET credit = credit + \(share), taken = taken + CASE WHEN doctor_id = \(taker) THEN 1 ELSE 0 END
            WHERE clinic_id = \(clinic) AND doctor_id IN \(list: present)
            """)
    }

    static func change(
        taken difference: Int, of doctor: ID<Staff>, clinic: ID<ClinicSite>, in tx: any WriteTransaction
    ) throws {
        try tx.run(
            """
            UPDATE rotation_balance
            SET taken = taken + \(difference)
            WHERE clinic_id = \(clinic) AND doctor_id = \(doctor)
            """)
    }
}
