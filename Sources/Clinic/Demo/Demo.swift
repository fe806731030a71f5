import Kernel
import Storage

/// A believable clinic with a past, played through the use cases: if the program forbids it, the demo cannot contain it.
package enum Demo {
    /// Days played before today.
    package static let days = 90

    /// - Parameters:
    ///   - endingAt: the present of the demo; the last day is played up to here.
    ///   - days: business days before the last.
    ///   - hash: `PasswordHash.make` of `DemoSummary.password`; made by the caller, off the request threads.
    /// - Throws: `AlreadySetUp` when the database holds anything.
    package static func fill(
        database: any Database, playbook: Playbook, fingerprint: String, endingAt: Timestamp, seed: UInt64 = 42,
        days: Int = Demo.days, hash: String, pinHash: String, progress: (String) -> Void
    ) async throws -> DemoSummary {
        guard let calendar = ClinicCalendar(timeZoneName: "Asia/Shanghai") else { throw AlreadySetUp() }
        let last = calendar.businessDay(of: endingAt)
        let first = last.adding(days: -days)
        let ids = IDSource(random: DemoDice(seed: seed &+ 1))
        let opening = calendar.instant(first, minute: 7 * 60)
        let clinic = try await DemoSetup.make(
            playbook: playbook, fingerprint: fingerprint, ids: ids, opening: opening, hash: hash, pinHash: pinHash,
            in: database)
        var state = try await prebook(clinic, DemoState(seed: seed), on: first, at: opening, in: database)
        for offset in 0...days {
            let day = first.adding(days: offset)
            state.forget(before: day)
            let before = state
            state = try await database.write(in: clinic.site.lane) { tx in
                var playing = DemoDay(clinic, day: day, until: endingAt, state: before)
                try playing.play(in: tx)
                return playing.state
            }
            if offset.isMultiple(of: 10) || offset == days { progress("第 \(offset) 天 / \(days) 天  \(day.iso)") }
        }
        let token = try await database.write(in: clinic.site.lane) { tx in
            try DemoHall.furnish(clinic, at: endingAt, seed: seed &+ 2, in: tx)
        }
        return DemoSummary(
            clinic: clinic.site.name, patients: state.people.count, days: days, hallScreen: token)
    }

    /// The book is not empty on the first day.
    private static func prebook(
        _ clinic: DemoClinic, _ state: DemoState, on first: Day, at opening: Timestamp, in database: any Database
    ) async throws -> DemoState {
        try await database.write(in: clinic.site.lane) { tx in
            var state = state
            for _ in 0..<70 {
                try DemoPhone.book(clinic, &state, from: first, at: opening, within: 0...3, in: tx)
            }
            return state
        }
    }
}

/// What `menya demo` prints at the end.
package struct DemoSummary: Sendable {
    package let clinic: String
    package let patients: Int
    package let days: Int
    /// Of the paired television.
    package let hallScreen: PublicToken
    package static let password = DemoCast.password
    package static let pin = DemoCast.pin

    /// One line a sign-in: login name, person, roles.
    package static let signIns: [(login: String, name: String, roles: [String])] =
        [("yuanzhang", "方维", Setup.firstRoles)]
        + (DemoCast.others + DemoCast.doctors).map { ($0.login, $0.name, $0.roles) }
}
