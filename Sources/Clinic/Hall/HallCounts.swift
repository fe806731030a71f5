import Kernel
import Storage

/// People through the door of the lobby, by half hours (R4.22). Ships switched off (`hall.count_on`).
package enum HallCounts {
    package enum Way: String, Sendable, CaseIterable {
        case inside = "in"
        case outside = "out"
    }

    /// One half hour of the wall clock.
    package struct HalfHour: Hashable, Sendable {
        /// 0 (00:00) … 47 (23:30)
        package let index: Int
        package let came: Int
        package let went: Int
        package init(index: Int, came: Int, went: Int) {
            self.index = index
            self.came = came
            self.went = went
        }
        /// "09:30"
        package var clockText: String { Unit(index * 2).clockText }
    }

    /// Somebody was greeted at the door, or seen off there. `-1` takes the last tap back.
    ///
    /// - Parameter people: 1 or -1.
    /// - Throws: `HallError.countOff`, `NotAllowed`.
    package static func tap(_ way: Way, _ people: Int, by work: Work, in tx: any WriteTransaction) throws {
        try work.actor.require(.keepRegisters)
        guard work.playbook[.hallCountOn] else { throw HallError.countOff }
        let halfHour = work.clinic.calendar.wallClock(work.now).second / 1_800
        let step = people < 0 ? -1 : 1
        let changed = try HallCountStore.add(
            step, way, clinic: work.clinic.id, day: work.today, halfHour: halfHour, in: tx)
        guard changed else { return }
        try Audit.append(
            Event("hall.counted", of: work.clinic.id, ["way": .text(way.rawValue), "people": JSONValue(step)]),
            by: work, in: tx)
    }

    /// Half hours with somebody, first to last.
    package static func list(by work: Work, in tx: any ReadTransaction) throws -> [HalfHour] {
        let rows = try HallCountStore.list(clinic: work.clinic.id, day: work.today, in: tx)
        return summed(rows)
    }

    /// Rows of one way each as one line a half hour. Pure.
    static func summed(_ rows: [(halfHour: Int, way: Way, people: Int)]) -> [HalfHour] {
        Dictionary(grouping: rows, by: \.halfHour).map { index, rows in
            HalfHour(
                index: index, came: rows.filter { $0.way == .inside }.map(\.people).reduce(0, +),
                went: rows.filter { $0.way == .outside }.map(\.people).reduce(0, +))
        }
        .filter { $0.came + $0.went > 0 }.sorted { $0.index < $1.index }
    }
}

/// SQL of `hall_count`.
enum HallCountStore {
    /// - Returns: false when there was nothing to take back.
    static func add(
        _ step: Int, _ way: HallCounts.Way, clinic: ID<ClinicSite>, day: Day, halfHour: Int,
        in tx: any WriteTransaction
    ) throws -> Bool {
        guard step > 0 else {
            return try tx.run(
                """
                UPDATE hall_count
                SET people = people - 1
                WHERE clinic_id = \(clinic) AND business_day = \(day) AND half_hour = \(halfHour)
                    AND way = \(way.rawValue) AND people > 0
                """) == 1
        }
        return try tx.run(
            """
            INSERT INTO hall_count (clinic_id, business_day, half_hour, way, people)
            VALUES (\(clinic), \(day), \(halfHour), \(way.rawValue), 1)
            ON CONFLICT (clinic_id, business_day, half_hour, way) DO UPDATE
            SET people = hall_count.people + 1
            """) == 1
    }

    static func list(
        clinic: ID<ClinicSite>, day: Day, in tx: any ReadTransaction
    ) throws -> [(halfHour: Int, way: HallCounts.Way, people: Int)] {
        try tx.rows(
            """
            SELECT half_hour, way, people
            FROM hall_count
            WHERE clinic_id = \(clinic) AND business_day = \(day)
            ORDER BY half_hour, way
            """
        ).map { (try $0.int("half_hour"), try $0.code("way"), try $0.int("people")) }
    }
}

package enum HallError: UserFacingError, Hashable {
    case countOff
    case firstVisit(name: String)
    case alreadySent(name: String)

    package var kind: FailureKind {
        switch self {
        case .countOff, .alreadySent: .conflict
        case .firstVisit: .forbidden
        }
    }
    package var userMessage: String {
        switch self {
        case .countOff: "门厅计数没有打开，可由主任在设置里打开"
        case .firstVisit(let name): "\(name) 是第一次来，请陪到前台登记；点“请到前台”，前台会看到"
        case .alreadySent(let name): "\(name) 已经请到前台了，前台看得到"
        }
    }
}
