import Kernel
import Storage

/// A doctor's bookings for a calendar program (RFC 5545): initials and item only, never a name or a number.
package struct CalendarFeed: Hashable, Sendable {
    package let doctorName: String
    package let clinicName: String
    package let entries: [Entry]

    package struct Entry: Hashable, Sendable {
        package let id: ID<Appointment>
        package let begin: Timestamp
        package let end: Timestamp
        /// "WXM"
        package let initials: String
        package let items: [String]
        /// Raised by every change of the booking.
        package let version: Int
        package let isCancelled: Bool
    }

    /// How far back and ahead the feed reaches, in days.
    static let pastDays = 30
    static let futureDays = 120

    /// - Throws: `LinkIsGone`.
    package static func load(
        _ token: PublicToken, now: Timestamp, in tx: any ReadTransaction
    ) throws -> CalendarFeed {
        let link = try PublicLinks.open(token, .calendar, now: now, in: tx)
        let clinic = try PlaceStore.clinic(link.clinicID, in: tx)
        guard let doctor = try StaffStore.findDoctor(ID(raw: link.subject), clinic: clinic.id, in: tx) else {
            throw LinkIsGone()
        }
        let today = clinic.calendar.businessDay(of: now)
        let entries = try listEntries(
            doctor.id, clinic, from: today.adding(days: -pastDays), to: today.adding(days: futureDays), in: tx)
        return CalendarFeed(doctorName: doctor.name, clinicName: clinic.name, entries: entries)
    }

    private static func listEntries(
        _ doctor: ID<Staff>, _ clinic: ClinicSite, from: Day, to: Day, in tx: any ReadTransaction
    ) throws -> [Entry] {
        let rows = try tx.rows(
            """
            SELECT a.id, a.day, a.start_unit, a.units, a.version, a.cancelled_at, p.name, p.pinyin
            FROM appointment a
            JOIN patient p ON p.id = a.patient_id
            WHERE a.clinic_id = \(clinic.id) AND a.doctor_id = \(doctor) AND a.day BETWEEN \(from) AND \(to)
            ORDER BY a.day, a.start_unit, a.id
            LIMIT 5000
            """)
        let items = try tx.rows(
            """
            SELECT ai.appointment_id, i.name
            FROM appointment_item ai
            JOIN appointment a ON a.id = ai.appointment_id
            JOIN item i ON i.id = ai.item_id
            WHERE a.clinic_id = \(clinic.id) AND a.doctor_id = \(doctor) AND a.day BETWEEN \(from) AND \(to)
            ORDER BY ai.appointment_id, ai.position
            """)
        var names: [ID<Appointment>: [String]] = [:]
        for row in items { names[try row.id("appointment_id"), default: []].append(try row.text("name")) }
        return try rows.map { row in
            let (id, day, start) = (try row.id("id", Appointment.self), try row.day("day"), try row.unit("start_unit"))
            return Entry(
                id: id, begin: clinic.calendar.instant(day, start),
                end: clinic.calendar.instant(day, start.adding(try row.int("units"))),
                initials: initials(name: try row.text("name"), pinyin: try row.text("pinyin")), items: names[id] ?? [],
                version: try row.int("version"), isCancelled: try !row.isNull("cancelled_at"))
        }
    }

    /// First letters of the syllables; of a Latin name, of its words.
    package static func initials(name: String, pinyin: String) -> String {
        let source = pinyin.isEmpty ? name : pinyin
        return source.split { $0 == " " || $0 == "-" || $0 == "·" }.compactMap(\.first)
            .map { String($0).uppercased() }.joined()
    }
}
