import Kernel
import Storage

/// SQL of `inside_message` and `inside_message_to`.
package enum InsideMessageStore {
    /// A day's messages that a place sent or got, newest first; nil: of every place. At most 200.
    package static func listDay(
        clinic: ID<ClinicSite>, day: Day, place: String?, in tx: any ReadTransaction
    ) throws -> [InsideMessage] {
        let ofPlace: SQL =
            place.map { place in
                """
                 AND (message.from_place = \(place) OR EXISTS (
                    SELECT 1 AS one FROM inside_message_to AS mine
                    WHERE mine.message_id = message.id AND mine.place = \(place)
                ))
                """
            } ?? ""
        let rows = try tx.rows(
            """
            SELECT message.id, message.business_day, message.from_place, message.body, message.visit_id,
                message.answers_id, message.sent_at, message.sent_by
            FROM inside_message AS message
            WHERE message.clinic_id = \(clinic) AND message.business_day = \(day)\(ofPlace)
            ORDER BY message.sent_at DESC, message.id DESC
            LIMIT 200
            """)
        let ids = try rows.map { try $0.id("id", InsideMessage.self) }
        let receipts = try receipts(ids, in: tx)
        return try rows.map { row in
            let id = try row.id("id", InsideMessage.self)
            return InsideMessage(
                id: id, businessDay: try row.day("business_day"), from: try row.text("from_place"),
                body: try row.text("body"), visitID: try row.idIfAny("visit_id"),
                answersID: try row.idIfAny("answers_id"), sentAt: try row.timestamp("sent_at"),
                sentBy: try row.id("sent_by"), to: receipts[id] ?? [])
        }
    }

    /// What a place has not read today.
    package static func countUnread(
        clinic: ID<ClinicSite>, day: Day, place: String, in tx: any ReadTransaction
    ) throws -> Int {
        Int(
            try tx.int64(
                """
                SELECT COUNT(*) AS n
                FROM inside_message_to
                WHERE clinic_id = \(clinic) AND business_day = \(day) AND place = \(place) AND read_at IS NULL
                """) ?? 0)
    }

    /// - Returns: nil for a message of another clinic too.
    static func findSender(
        _ id: ID<InsideMessage>, clinic: ID<ClinicSite>, in tx: any ReadTransaction
    ) throws -> String? {
        try tx.first("SELECT from_place FROM inside_message WHERE id = \(id) AND clinic_id = \(clinic)")
            .map { try $0.text("from_place") }
    }

    static func insert(_ m: InsideMessage, clinic: ID<ClinicSite>, in tx: any WriteTransaction) throws {
        let values: [any SQLBindable] = [
            m.id, clinic, m.businessDay, m.from, m.body, m.visitID, m.answersID, m.sentAt, m.sentBy,
        ]
        try tx.run(
            """
            INSERT INTO inside_message (id, clinic_id, business_day, from_place, body, visit_id, answers_id, sent_at,
                sent_by)
            VALUES \(rows: [values])
            """)
        let receipts: [[any SQLBindable]] = m.to.map { [m.id, $0.place, clinic, m.businessDay] }
        try tx.run(
            "INSERT INTO inside_message_to (message_id, place, clinic_id, business_day) VALUES \(rows: receipts)")
    }

    /// - Returns: how many became read.
    static func markRead(
        clinic: ID<ClinicSite>, day: Day, place: String, by actor: ID<Staff>, at now: Timestamp,
        in tx: any WriteTransaction
    ) throws -> Int {
        try tx.run(
            """
            UPDATE inside_message_to
            SET read_at = \(now), read_by = \(actor)
            WHERE clinic_id = \(clinic) AND business_day = \(day) AND place = \(place) AND read_at IS NULL
            """)
    }

    /// The words go, who wrote to whom and when stays.
    static func emptyBodies(
        clinic: ID<ClinicSite>, before: Timestamp, in tx: any WriteTransaction
    ) throws -> Int {
        try tx.run(
            """
            UPDATE inside_message
            SET body = ''
            WHERE clinic_id = \(clinic) AND sent_at < \(before) AND body <> ''
            """)
    }

    private static func receipts(
        _ ids: [ID<InsideMessage>], in tx: any ReadTransaction
    ) throws -> [ID<InsideMessage>: [InsideMessage.Receipt]] {
        guard !ids.isEmpty else { return [:] }
        let rows = try tx.rows(
            """
            SELECT message_id, place, read_at, read_by
            FROM inside_message_to
            WHERE message_id IN \(list: ids)
            ORDER BY message_id, place
            """)
        var found: [ID<InsideMessage>: [InsideMessage.Receipt]] = [:]
        for row in rows {
            found[try row.id("message_id"), default: []].append(
                InsideMessage.Receipt(
                    place: try row.text("place"), readAt: try row.timestampIfAny("read_at"),
                    readBy: try row.idIfAny("read_by")))
        }
        return found
    }
}
