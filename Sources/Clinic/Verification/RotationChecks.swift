import Kernel
import Storage

/// The ledger of turns says what became of the bookings, and the accounts say what the ledger says (R3.15).
enum RotationChecks {
    static let all = [turns, balances]

    static let turns = Check(
        "rotation.turns", "每次轮换与它的预约一致，未到和门诊取消已退回",
        counting: "SELECT COUNT(*) FROM appointment WHERE rule_applied = 'rotation'", table: "appointment",
        faulty: { _ in
            """
            SELECT h.id AS row_id, h.due, h.had
            FROM (
                SELECT a.id,
                    CASE WHEN a.missed_at IS NOT NULL OR a.cancel_side = 'clinic' THEN 0 ELSE 1 END AS due,
                    (
                        SELECT CAST(COALESCE(SUM(CASE WHEN t.kind = 'taken' THEN 1 ELSE -1 END), 0) AS BIGINT)
                        FROM rotation_turn t
                        WHERE t.appointment_id = a.id AND t.clinic_id = a.clinic_id AND t.doctor_id = a.doctor_id
                            AND t.kind IN ('taken', 'returned')
                    ) AS had
                FROM appointment a
                WHERE a.rule_applied = 'rotation'
            ) AS h
            WHERE h.due <> h.had
            ORDER BY h.id
            LIMIT 1
            """
        }, problem: { "应有 \(try $0.int64("due")) 次轮换，记录里有 \(try $0.int64("had")) 次" })

    static let balances = Check(
        "rotation.balances", "每位医生的轮换次数等于记录里的次数", counting: "SELECT COUNT(*) FROM rotation_balance",
        table: "rotation_balance",
        faulty: { _ in
            """
            SELECT h.doctor_id AS row_id, h.taken, h.had
            FROM (
                SELECT b.doctor_id, b.taken,
                    (
                        SELECT CAST(
                            COALESCE(SUM(CASE t.kind WHEN 'taken' THEN 1 WHEN 'returned' THEN -1 ELSE 0 END), 0) AS BIGINT)
                        FROM rotation_turn t
                        WHERE t.clinic_id = b.clinic_id AND t.doctor_id = b.doctor_id
                    ) AS had
                FROM rotation_balance b
            ) AS h
            WHERE h.taken <> h.had
            ORDER BY h.doctor_id
            LIMIT 1
            """
        }, problem: { "账上 \(try $0.int64("taken")) 次，记录里 \(try $0.int64("had")) 次" })
}
