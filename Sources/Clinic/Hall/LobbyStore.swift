import Kernel
import Storage

/// SQL of `lobby_guest` and `lobby_reminder`.
enum LobbyStore {
    /// Sent to the desk, not met there, and not checked in since.
    static func listOpen(clinic: ID<ClinicSite>, day: Day, in tx: any ReadTransaction) throws -> [LobbyGuest] {
        try tx.rows(
            """
            SELECT g.id, g.patient_id, g.label, g.sent_at, g.sent_by, g.met_at
            FROM lobby_guest g
            LEFT JOIN visit v ON v.patient_id = g.patient_id AND v.clinic_id = g.clinic_id
                AND v.business_day = g.business_day
            WHERE g.clinic_id = \(clinic) AND g.business_day = \(day) AND g.met_at IS NULL AND v.id IS NULL
            ORDER BY g.sent_at, g.id
            LIMIT 50
            """
        ).map { row in
            LobbyGuest(
                id: try row.id("id"), patientID: try row.idIfAny("patient_id"), label: try row.text("label"),
                sentAt: try row.timestamp("sent_at"), sentBy: try row.id("sent_by"),
                metAt: try row.timestampIfAny("met_at"))
        }
    }

    static func insert(_ guest: LobbyGuest, by work: Work, in tx: any WriteTransaction) throws {
        try tx.run(
            """
            INSERT INTO lobby_guest (id, clinic_id, business_day, patient_id, label, sent_at, sent_by)
            VALUES (\(guest.id), \(work.clinic.id), \(work.today), \(guest.patientID), \(guest.label),
                \(guest.sentAt), \(guest.sentBy))
            """)
    }

    /// - Returns: false when there is no such guest, or the desk has met it before.
    static func setMet(_ id: ID<LobbyGuest>, by work: Work, in tx: any WriteTransaction) throws -> Bool {
        try tx.run(
            """
            UPDATE lobby_guest
            SET met_at = \(work.now), met_by = \(work.actor.id)
            WHERE id = \(id) AND clinic_id = \(work.clinic.id) AND met_at IS NULL
            """) == 1
    }

    static func returning(_ patients: [ID<Patient>], in tx: any ReadTransaction) throws -> Set<ID<Patient>> {
        guard !patients.isEmpty else { return [] }
        return Set(
            try tx.rows(
                """
                SELECT DISTINCT patient_id
                FROM tooth_treatment
                WHERE patient_id IN \(list: patients)
                """
            ).map { try $0.id("patient_id") })
    }

    static func countWaiting(clinic: ID<ClinicSite>, day: Day, in tx: any ReadTransaction) throws -> Int {
        Int(
            try tx.int64(
                """
                SELECT COUNT(*) AS n
                FROM visit
                WHERE clinic_id = \(clinic) AND business_day = \(day) AND seated_at IS NULL AND left_at IS NULL
                """) ?? 0)
    }

    static func insertReminder(
        _ id: ID<LobbyReminders.Reminder>, waiting: Int, by work: Work, in tx: any WriteTransaction
    ) throws {
        try tx.run(
            """
            INSERT INTO lobby_reminder (id, clinic_id, business_day, waiting, reminded_at, reminded_by)
            VALUES (\(id), \(work.clinic.id), \(work.today), \(waiting), \(work.now), \(work.actor.id))
            """)
    }

    static func listReminders(
        clinic: ID<ClinicSite>, day: Day, in tx: any ReadTransaction
    ) throws -> [LobbyReminders.Reminder] {
        try tx.rows(
            """
            SELECT waiting, reminded_at, reminded_by
            FROM lobby_reminder
            WHERE clinic_id = \(clinic) AND business_day = \(day)
            ORDER BY reminded_at DESC, id DESC
            LIMIT 20
            """
        ).map { row in
            LobbyReminders.Reminder(
                waiting: try row.int("waiting"), at: try row.timestamp("reminded_at"), by: try row.id("reminded_by"))
        }
    }
}
