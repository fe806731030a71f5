import Kernel
import Storage

/// How full the days of a stretch are (R3.41), of a clinic or of one doctor: for the month view.
package struct BookLoad: Hashable, Sendable {
    package let days: [DayLoad]

    /// Half a day each: the morning ends at noon. A booking counts where it begins; squeezed ones use no doctor's time.
    package struct DayLoad: Hashable, Sendable {
        package let day: Day
        package let people: Int
        package let morning: Share
        package let afternoon: Share
    }

    /// Booked and rostered quarters of an hour.
    package struct Share: Hashable, Sendable {
        package let booked: Int
        package let working: Int
        package init(booked: Int, working: Int) {
            self.booked = booked
            self.working = working
        }
        /// 0 … 100, and more when doctors work beyond their roster; nil when nobody works.
        package var percent: Int? { working > 0 ? booked * 100 / working : nil }
    }

    static let noon = Unit(48)

    /// 3 statements.
    package static func load(
        clinic: ID<ClinicSite>, doctor: ID<Staff>?, from: Day, to: Day, in tx: any ReadTransaction
    ) throws -> BookLoad {
        let one: SQL = doctor.map { " AND doctor_id = \($0)" } ?? ""
        let rows = try tx.rows(
            """
            SELECT day, COUNT(*) AS people,
                CAST(COALESCE(SUM(CASE WHEN is_squeezed = 0 AND start_unit < \(noon) THEN units ELSE 0 END), 0) AS BIGINT)
                    AS morning,
                CAST(COALESCE(SUM(CASE WHEN is_squeezed = 0 AND start_unit >= \(noon) THEN units ELSE 0 END), 0) AS BIGINT)
                    AS afternoon
            FROM appointment
            WHERE clinic_id = \(clinic)
                AND day BETWEEN \(from) AND \(to)
                AND cancelled_at IS NULL
                AND missed_at IS NULL\(one)
            GROUP BY day
            ORDER BY day
            """)
        let doctors = try StaffStore.listDoctors(clinic: clinic, in: tx).map(\.id).filter {
            doctor == nil || $0 == doctor
        }
        let roster = try RosterStore.load(clinic: clinic, staff: doctor, from: from, to: to, in: tx)
        var booked: [Day: (people: Int, morning: Int, afternoon: Int)] = [:]
        for row in rows {
            booked[try row.day("day")] = (
                try row.int("people"), try row.int("morning"), try row.int("afternoon")
            )
        }
        return BookLoad(
            days: (from.number...max(from.number, to.number)).map { number in
                let day = Day(number: number)
                let spans = doctors.flatMap { RosterRules.spans(of: $0, on: day, roster) }
                let known = booked[day] ?? (0, 0, 0)
                return DayLoad(
                    day: day, people: known.people,
                    morning: Share(booked: known.morning, working: units(of: spans, in: 0..<noon.index)),
                    afternoon: Share(booked: known.afternoon, working: units(of: spans, in: noon.index..<Unit.perDay)))
            })
    }

    /// Pure: how many quarters of an hour of `spans` lie in `half`.
    static func units(of spans: [WorkSpan], in half: Range<Int>) -> Int {
        spans.reduce(0) { $0 + ($1.start.index..<max($1.start.index, $1.end.index)).clamped(to: half).count }
    }
}
