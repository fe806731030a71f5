import Kernel
import Storage

/// Numbers people read have no gaps (R6.03).
enum CounterChecks {
    static let all = [receipts, receiptCounters, tickets]

    static let receipts = Check(
        "counters.receipts", "收据编号从 1 起连续", counting: "SELECT COUNT(*) FROM receipt", table: "receipt",
        faulty: { _ in
            """
            SELECT id AS row_id, number, place
            FROM (
                SELECT id, clinic_id, number, ROW_NUMBER() OVER (PARTITION BY clinic_id ORDER BY number) AS place
                FROM receipt
            ) AS numbered
            WHERE number <> place
            ORDER BY clinic_id, number
            LIMIT 1
            """
        }, problem: { "收据编号是 \(try $0.int64("number"))，按次序应为 \(try $0.int64("place"))" })

    static let receiptCounters = Check(
        "counters.receiptCounter", "收据计数器等于最后一张收据",
        counting: "SELECT COUNT(*) FROM counter WHERE name = 'receipt'", table: "counter",
        faulty: { _ in
            """
            SELECT c.id AS row_id, COALESCE(k.value, 0) AS value, CAST(COALESCE(MAX(r.number), 0) AS BIGINT) AS last_number
            FROM clinic c
            LEFT JOIN counter k ON k.clinic_id = c.id AND k.name = 'receipt'
            LEFT JOIN receipt r ON r.clinic_id = c.id
            GROUP BY c.id, k.value
            HAVING COALESCE(k.value, 0) <> COALESCE(MAX(r.number), 0)
            ORDER BY c.id
            LIMIT 1
            """
        },
        problem: { "计数器是 \(try $0.int64("value"))，最后一张收据是 \(try $0.int64("last_number"))" })

    static let tickets = Check(
        "counters.tickets", "排队号不重复、不超过计数器", counting: "SELECT COUNT(*) FROM queue_ticket",
        table: "queue_ticket",
        faulty: { _ in
            """
            SELECT t.id AS row_id, t.number, COALESCE(k.value, 0) AS value
            FROM queue_ticket t
            LEFT JOIN counter k ON k.clinic_id = t.clinic_id AND k.name = 'queue:' || t.business_day
            WHERE t.number < 1 OR t.number > COALESCE(k.value, 0) OR EXISTS (
                SELECT 1
                FROM queue_ticket o
                WHERE o.clinic_id = t.clinic_id AND o.business_day = t.business_day AND o.number = t.number
                    AND o.id < t.id
            )
            ORDER BY t.id
            LIMIT 1
            """
        },
        problem: { "排队号 \(try $0.int64("number")) 重复，或超过了当天的计数 \(try $0.int64("value"))" })
}
