import Kernel
import Storage

/// Every reserved quarter of an hour has an owner, and every coming appointment holds exactly its own (R3.01, R3.32).
enum UnitChecks {
    static let all = [owners, held]

    static let owners = Check(
        "units.owners", "每个占用的时段都有主", counting: "SELECT COUNT(*) FROM resource_unit", table: "resource_unit",
        faulty: { _ in
            """
            SELECT u.holder_id AS row_id, u.holder_kind, u.kind, u.day, u.unit
            FROM resource_unit u
            WHERE NOT (
                (u.holder_kind = 'appointment' AND EXISTS (
                    SELECT 1
                    FROM appointment a
                    WHERE a.id = u.holder_id AND a.clinic_id = u.clinic_id AND a.cancelled_at IS NULL
                        AND a.missed_at IS NULL AND a.day = u.day AND u.unit >= a.start_unit AND u.unit < a.start_unit + a.units
                ))
                OR (u.holder_kind = 'block' AND EXISTS (
                    SELECT 1
                    FROM schedule_block b
                    WHERE b.id = u.holder_id AND b.clinic_id = u.clinic_id AND b.ended_at IS NULL
                        AND b.kind = u.kind AND b.resource_id = u.resource_id
                        AND b.day = u.day AND u.unit >= b.start_unit AND u.unit < b.start_unit + b.units
                ))
                OR (u.holder_kind = 'hold' AND u.expires_at IS NOT NULL)
            )
            ORDER BY u.day, u.unit
            LIMIT 1
            """
        },
        problem: {
            "\(try $0.text("day")) 第 \(try $0.int64("unit")) 格被 \(try $0.text("holder_kind")) 占着，"
                + "但它已取消或不在这个时段"
        })

    static let held = Check("units.held", "每个将来的预约都占着自己的时段") { scope, tx in
        var looked = 0
        for clinic in try PlaceStore.clinics(in: tx) {
            let today = clinic.calendar.businessDay(of: scope.now)
            looked += Int(
                try tx.int64(
                    """
                    SELECT COUNT(*)
                    FROM appointment
                    WHERE clinic_id = \(clinic.id) AND day > \(today) AND cancelled_at IS NULL AND missed_at IS NULL
                    """) ?? 0)
            guard let row = try tx.first(wrongHolding(clinic: clinic.id, after: today)) else { continue }
            return Finding(
                looked: looked,
                breach: Breach(
                    table: "appointment", row: String(try row.int64("row_id")),
                    problem: "应占 \(try row.int64("due")) 格，占对了 \(try row.int64("right_count")) 格，"
                        + "一共占着 \(try row.int64("held_count")) 格"))
        }
        return Finding(looked: looked)
    }

    /// Today and who has arrived are left out: who leaves early gives back what is over.
    private static func wrongHolding(clinic: ID<ClinicSite>, after today: Day) -> SQL {
        """
        SELECT h.id AS row_id, h.due, h.right_count, h.held_count
        FROM (
            SELECT a.id,
                a.units * (1 + CASE WHEN a.chair_id IS NULL THEN 0 ELSE 1 END)
                    + CASE WHEN a.is_squeezed = 1 THEN 0 ELSE COALESCE((
                        SELECT SUM(p.units) FROM appointment_part p
                        WHERE p.appointment_id = a.id AND p.kind = 'doctor'), a.units) END
                    + CASE WHEN a.assistant_id IS NULL OR EXISTS (
                        SELECT 1 FROM appointment_part p
                        WHERE p.appointment_id = a.id AND p.kind = 'assistant' AND p.resource_id = a.assistant_id
                    ) THEN 0 ELSE a.units END
                    + COALESCE((
                        SELECT SUM(p.units) FROM appointment_part p
                        WHERE p.appointment_id = a.id AND p.kind <> 'doctor'), 0) AS due,
                (
                    SELECT COUNT(*)
                    FROM resource_unit u
                    WHERE u.holder_kind = 'appointment' AND u.holder_id = a.id AND u.day = a.day
                        AND u.unit >= a.start_unit AND u.unit < a.start_unit + a.units
                        AND ((u.kind = 'patient' AND u.resource_id = a.patient_id)
                            OR (u.kind = 'doctor' AND u.resource_id = a.doctor_id AND a.is_squeezed = 0)
                            OR (u.kind = 'chair' AND u.resource_id = a.chair_id)
                            OR (u.kind = 'assistant' AND u.resource_id = a.assistant_id)
                            OR EXISTS (
                                SELECT 1 FROM appointment_part p
                                WHERE p.appointment_id = a.id AND p.kind = u.kind AND p.resource_id = u.resource_id
                                    AND u.unit >= a.start_unit + p.offset_units
                                    AND u.unit < a.start_unit + p.offset_units + p.units
                            ))
                ) AS right_count,
                (
                    SELECT COUNT(*)
                    FROM resource_unit u
                    WHERE u.holder_kind = 'appointment' AND u.holder_id = a.id
                ) AS held_count
            FROM appointment a
            WHERE a.clinic_id = \(clinic) AND a.day > \(today) AND a.cancelled_at IS NULL AND a.missed_at IS NULL
                AND NOT EXISTS (SELECT 1 FROM visit v WHERE v.appointment_id = a.id)
        ) AS h
        WHERE h.due <> h.right_count OR h.due <> h.held_count
        ORDER BY h.id
        LIMIT 1
        """
    }
}
