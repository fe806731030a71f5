import Kernel
import Storage

/// Money adds up, to the fen (R6.01, R6.03, R6.07).
enum LedgerChecks {
    static let all = [lines, sheets, receipts, receiptMethods, allocations, overpaid, paid, owed, arrears]

    static let lines = Check(
        "ledger.lines", "收费行金额等于单价乘数量", counting: "SELECT COUNT(*) FROM charge_line", table: "charge_line",
        faulty: { _ in
            """
            SELECT id AS row_id, amount_fen
            FROM charge_line
            WHERE amount_fen <> price_fen * quantity
            ORDER BY id
            LIMIT 1
            """
        }, problem: { "金额 \(try $0.money("amount_fen").yuanText) 不等于单价乘数量" })

    static let sheets = Check(
        "ledger.sheets", "放行的收费单与应收账一致", counting: "SELECT COUNT(*) FROM charge_sheet", table: "charge_sheet",
        faulty: { _ in
            """
            SELECT s.id AS row_id, s.due_fen, s.booked_fen
            FROM (
                SELECT c.id,
                    CASE WHEN c.notice_at IS NULL OR c.cancelled_at IS NOT NULL THEN 0 ELSE (
                        SELECT CAST(COALESCE(SUM(l.amount_fen), 0) AS BIGINT)
                        FROM charge_line l
                        WHERE l.sheet_id = c.id
                    ) END AS due_fen,
                    (
                        SELECT CAST(COALESCE(SUM(CASE WHEN t.debit = 'receivable' THEN t.amount_fen
                            ELSE -t.amount_fen END), 0) AS BIGINT)
                        FROM transfer t
                        WHERE t.sheet_id = c.id AND ((t.debit = 'receivable' AND t.credit = 'income')
                            OR (t.debit = 'income' AND t.credit = 'receivable'))
                    ) AS booked_fen
                FROM charge_sheet c
            ) AS s
            WHERE s.due_fen <> s.booked_fen
            ORDER BY s.id
            LIMIT 1
            """
        },
        problem: {
            "收费行合计 \(try $0.money("due_fen").yuanText)，账上应收 \(try $0.money("booked_fen").yuanText)"
        })

    static let receipts = Check(
        "ledger.receipts", "每张收据等于它的各笔收款，也等于账上收回的应收",
        counting: "SELECT COUNT(*) FROM receipt", table: "receipt",
        faulty: { _ in
            """
            SELECT r.id AS row_id, r.received_fen, r.paid_fen, r.booked_fen
            FROM (
                SELECT c.id, c.received_fen, c.voided_at,
                    (
                        SELECT CAST(COALESCE(SUM(p.amount_fen), 0) AS BIGINT)
                        FROM payment p
                        WHERE p.receipt_id = c.id
                    ) AS paid_fen,
                    (
                        SELECT CAST(COALESCE(SUM(t.amount_fen), 0) AS BIGINT)
                        FROM transfer t
                        WHERE t.receipt_id = c.id AND t.credit = 'receivable'
                    ) AS booked_fen
                FROM receipt c
            ) AS r
            WHERE r.received_fen <> r.paid_fen OR (r.voided_at IS NULL AND r.received_fen <> r.booked_fen)
            ORDER BY r.id
            LIMIT 1
            """
        },
        problem: {
            "收据 \(try $0.money("received_fen").yuanText)，各笔收款合计 \(try $0.money("paid_fen").yuanText)，"
                + "账上收回 \(try $0.money("booked_fen").yuanText)"
        })

    static let receiptMethods = Check(
        "ledger.methods", "每种付款方式与账上一致", counting: "SELECT COUNT(*) FROM payment", table: "payment",
        faulty: { _ in
            """
            SELECT p.receipt_id AS row_id, p.method, p.paid_fen, p.booked_fen
            FROM (
                SELECT m.receipt_id, m.method, CAST(SUM(m.amount_fen) AS BIGINT) AS paid_fen,
                    (
                        SELECT CAST(COALESCE(SUM(t.amount_fen), 0) AS BIGINT)
                        FROM transfer t
                        WHERE t.receipt_id = m.receipt_id AND t.debit = m.method
                    ) AS booked_fen
                FROM payment m
                JOIN receipt r ON r.id = m.receipt_id
                WHERE r.voided_at IS NULL
                GROUP BY m.receipt_id, m.method
            ) AS p
            WHERE p.paid_fen <> p.booked_fen
            ORDER BY p.receipt_id
            LIMIT 1
            """
        },
        problem: {
            "\(try $0.text("method")) 收了 \(try $0.money("paid_fen").yuanText)，"
                + "账上记了 \(try $0.money("booked_fen").yuanText)"
        })

    static let allocations = Check(
        "ledger.allocations", "收到的钱全部分到收费行", counting: "SELECT COUNT(*) FROM allocation", table: "receipt",
        faulty: { _ in
            """
            SELECT r.id AS row_id, r.received_fen, r.spread_fen
            FROM (
                SELECT c.id, c.received_fen,
                    (
                        SELECT CAST(COALESCE(SUM(a.amount_fen), 0) AS BIGINT)
                        FROM allocation a
                        WHERE a.receipt_id = c.id
                    ) AS spread_fen
                FROM receipt c
                WHERE c.voided_at IS NULL
            ) AS r
            WHERE r.received_fen <> r.spread_fen
            ORDER BY r.id
            LIMIT 1
            """
        },
        problem: {
            "收到 \(try $0.money("received_fen").yuanText)，分到收费行 \(try $0.money("spread_fen").yuanText)"
        })

    static let overpaid = Check(
        "ledger.overpaid", "没有收费行收过了头", counting: "SELECT COUNT(*) FROM charge_line", table: "charge_line",
        faulty: { _ in
            """
            SELECT l.id AS row_id, l.amount_fen, CAST(SUM(a.amount_fen) AS BIGINT) AS paid_fen
            FROM charge_line l
            JOIN allocation a ON a.charge_line_id = l.id
            JOIN receipt r ON r.id = a.receipt_id
            WHERE r.voided_at IS NULL
            GROUP BY l.id, l.amount_fen
            HAVING SUM(a.amount_fen) > l.amount_fen
            ORDER BY l.id
            LIMIT 1
            """
        },
        problem: { "应收 \(try $0.money("amount_fen").yuanText)，已收 \(try $0.money("paid_fen").yuanText)" })

    static let paid = Check(
        "ledger.paid", "收费行的已收等于分到它的钱", counting: "SELECT COUNT(*) FROM charge_line", table: "charge_line",
        faulty: { _ in
            """
            SELECT l.id AS row_id, l.paid_fen, l.spread_fen
            FROM (
                SELECT c.id, c.paid_fen,
                    (
                        SELECT CAST(COALESCE(SUM(a.amount_fen), 0) AS BIGINT)
                        FROM allocation a
                        JOIN receipt r ON r.id = a.receipt_id
                        WHERE a.charge_line_id = c.id AND r.voided_at IS NULL
                    ) AS spread_fen
                FROM charge_line c
            ) AS l
            WHERE l.paid_fen <> l.spread_fen
            ORDER BY l.id
            LIMIT 1
            """
        },
        problem: {
            "记着已收 \(try $0.money("paid_fen").yuanText)，分到它的钱是 \(try $0.money("spread_fen").yuanText)"
        })

    static let owed = Check(
        "ledger.owed", "收费单的未付清等于账上的应收余额", counting: "SELECT COUNT(*) FROM charge_sheet", table: "charge_sheet",
        faulty: { _ in
            """
            SELECT s.id AS row_id, s.owed_fen, s.balance_fen
            FROM (
                SELECT c.id, c.owed_fen,
                    (
                        SELECT CAST(COALESCE(SUM(CASE WHEN t.debit = 'receivable' THEN t.amount_fen
                            ELSE -t.amount_fen END), 0) AS BIGINT)
                        FROM transfer t
                        WHERE t.sheet_id = c.id AND (t.debit = 'receivable' OR t.credit = 'receivable')
                    ) AS balance_fen
                FROM charge_sheet c
            ) AS s
            WHERE s.owed_fen <> s.balance_fen
            ORDER BY s.id
            LIMIT 1
            """
        },
        problem: {
            "记着未付 \(try $0.money("owed_fen").yuanText)，账上余额 \(try $0.money("balance_fen").yuanText)"
        })

    static let arrears = Check(
        "ledger.arrears", "每张收费单的欠款不为负",
        counting: "SELECT COUNT(DISTINCT sheet_id) FROM transfer WHERE sheet_id IS NOT NULL", table: "charge_sheet",
        faulty: { _ in
            """
            SELECT t.sheet_id AS row_id,
                CAST(SUM(CASE WHEN t.debit = 'receivable' THEN t.amount_fen ELSE -t.amount_fen END) AS BIGINT)
                    AS balance_fen
            FROM transfer t
            WHERE t.sheet_id IS NOT NULL AND (t.debit = 'receivable' OR t.credit = 'receivable')
            GROUP BY t.sheet_id
            HAVING SUM(CASE WHEN t.debit = 'receivable' THEN t.amount_fen ELSE -t.amount_fen END) < 0
            ORDER BY t.sheet_id
            LIMIT 1
            """
        }, problem: { "欠款是 \(try $0.money("balance_fen").yuanText)" })
}
