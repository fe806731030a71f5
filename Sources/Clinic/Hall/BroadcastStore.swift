import Kernel
import Storage

/// SQL of `broadcast_slot` and `broadcast_play`.
enum BroadcastStore {
    static func listOwn(clinic: ID<ClinicSite>, in tx: any ReadTransaction) throws -> [Broadcast] {
        try tx.rows(
            """
            SELECT code, kind, weekdays, minute, title, words, is_on
            FROM broadcast_slot
            WHERE clinic_id = \(clinic)
            ORDER BY id
            """
        ).map { row in
            Broadcast(
                code: try row.text("code"), kind: try row.code("kind"),
                weekdays: Set(try row.text("weekdays").compactMap(\.wholeNumberValue)), minute: try row.int("minute"),
                title: try row.text("title"), words: try row.textIfAny("words"), isOn: try row.bool("is_on"))
        }
    }

    static func save(_ broadcast: Broadcast, id: ID<Broadcast>, by work: Work, in tx: any WriteTransaction) throws {
        let days = broadcast.weekdays.sorted().map(String.init).joined()
        try tx.run(
            """
            INSERT INTO broadcast_slot (id, clinic_id, code, kind, weekdays, minute, title, words, is_on, set_by, set_at)
            VALUES (\(id), \(work.clinic.id), \(broadcast.code), \(broadcast.kind.rawValue), \(days),
                \(broadcast.minute), \(broadcast.title), \(broadcast.words), \(broadcast.isOn), \(work.actor.id),
                \(work.now))
            ON CONFLICT (clinic_id, code) DO UPDATE
            SET kind = excluded.kind, weekdays = excluded.weekdays, minute = excluded.minute, title = excluded.title,
                words = excluded.words, is_on = excluded.is_on, set_by = excluded.set_by, set_at = excluded.set_at
            """)
    }

    /// First to last.
    static func listDay(clinic: ID<ClinicSite>, day: Day, in tx: any ReadTransaction) throws -> [BroadcastPlay] {
        try tx.rows(
            """
            SELECT \(columns)
            FROM broadcast_play
            WHERE clinic_id = \(clinic) AND business_day = \(day)
            ORDER BY played_at, id
            LIMIT 500
            """
        ).map(play)
    }

    /// What screens still have to say or show.
    static func listOnScreen(
        clinic: ID<ClinicSite>, day: Day, since: Timestamp, in tx: any ReadTransaction
    ) throws -> [BroadcastPlay] {
        try tx.rows(
            """
            SELECT \(columns)
            FROM broadcast_play
            WHERE clinic_id = \(clinic) AND business_day = \(day) AND on_screen = 1 AND played_at >= \(since)
            ORDER BY played_at, id
            LIMIT 20
            """
        ).map(play)
    }

    /// - Returns: false when the programme was ticked before.
    static func insert(_ play: BroadcastPlay, by work: Work, in tx: any WriteTransaction) throws -> Bool {
        try tx.run(
            """
            INSERT INTO broadcast_play (id, clinic_id, business_day, slot_code, kind, title, words, outcome, reason,
                on_screen, played_at, played_by)
            VALUES (\(play.id), \(work.clinic.id), \(work.today), \(play.slotCode), \(play.kind.rawValue),
                \(play.title), \(play.words), \(play.outcome.rawValue), \(play.reason), \(play.onScreen),
                \(play.playedAt), \(play.playedBy))
            ON CONFLICT DO NOTHING
            """) == 1
    }

    private static let columns: SQL =
        "id, slot_code, kind, title, words, outcome, reason, on_screen, played_at, played_by"

    private static func play(_ row: Row) throws -> BroadcastPlay {
        BroadcastPlay(
            id: try row.id("id"), slotCode: try row.textIfAny("slot_code"), kind: try row.code("kind"),
            title: try row.text("title"), words: try row.textIfAny("words"), outcome: try row.code("outcome"),
            reason: try row.textIfAny("reason"), onScreen: try row.bool("on_screen"),
            playedAt: try row.timestamp("played_at"), playedBy: try row.id("played_by"))
    }
}
