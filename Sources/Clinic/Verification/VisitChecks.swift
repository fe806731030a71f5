import Kernel
import Storage

/// Nobody is in two places (R4.11, design idea 6).
enum VisitChecks {
    static let all = [openVisits, openTickets, chairs]

    static let openVisits = Check(
        "visits.open", "每人每天只有一次未结束的到诊", counting: "SELECT COUNT(*) FROM visit WHERE left_at IS NULL",
        table: "visit",
        faulty: { _ in
            """
            SELECT v.id AS row_id
            FROM visit v
            JOIN visit o ON o.clinic_id = v.clinic_id AND o.business_day = v.business_day
                AND o.patient_id = v.patient_id AND o.left_at IS NULL AND o.id < v.id
            WHERE v.left_at IS NULL
            ORDER BY v.id
            LIMIT 1
            """
        }, problem: { _ in "这位客人当天已有另一次未结束的到诊" })

    static let openTickets = Check(
        "visits.tickets", "每次到诊最多一张有效排队号，离开后没有",
        counting: "SELECT COUNT(*) FROM queue_ticket WHERE closed_at IS NULL", table: "queue_ticket",
        faulty: { _ in
            """
            SELECT t.id AS row_id
            FROM queue_ticket t
            JOIN visit v ON v.id = t.visit_id
            WHERE t.closed_at IS NULL AND (v.left_at IS NOT NULL OR EXISTS (
                SELECT 1
                FROM queue_ticket o
                WHERE o.visit_id = t.visit_id AND o.closed_at IS NULL AND o.id < t.id
            ))
            ORDER BY t.id
            LIMIT 1
            """
        }, problem: { _ in "客人已经离开，或另有一张有效的排队号" })

    static let chairs = Check(
        "visits.chairs", "一张牙椅上只有一位客人，离开的客人不在椅上",
        counting: "SELECT COUNT(*) FROM movement WHERE exited_at IS NULL", table: "movement",
        faulty: { _ in
            """
            SELECT m.id AS row_id
            FROM movement m
            JOIN visit v ON v.id = m.visit_id
            WHERE m.exited_at IS NULL AND m.person = 'patient' AND (v.left_at IS NOT NULL OR EXISTS (
                SELECT 1
                FROM movement o
                WHERE o.chair_id = m.chair_id AND o.exited_at IS NULL AND o.person = 'patient' AND o.id < m.id
            ))
            ORDER BY m.id
            LIMIT 1
            """
        }, problem: { _ in "牙椅上还有别人，或客人已经离开" })
}
