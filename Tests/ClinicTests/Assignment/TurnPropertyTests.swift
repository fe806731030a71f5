import Clinic
import Kernel
import Storage
import TestSupport
import Testing

/// Two thousand random bookings, moves, rest days and cancellations: nothing is used twice, nothing vanishes, turns balance.
@Suite struct TurnPropertyTests {
    private struct Dice: RandomNumberGenerator {
        var state: UInt64
        mutating func next() -> UInt64 {
            state ^= state << 13
            state ^= state >> 7
            state ^= state << 17
            return state
        }
    }

    /// What a run did, and every booking it ever made.
    private struct Run: Sendable {
        var dice: Dice
        var made: [ID<Appointment>] = []
        var refused = 0
        var counts: [String: Int] = [:]
        /// Of each turn given: the accounts of those who could have had it were not above the taker's.
        var unfair: [String] = []
    }

    @Test(
        "两千次随机的约、改、休、消之后：没有重复占用，没有丢失，轮次相差不过一 R3.15 R3.32 R3.34",
        arguments: Backend.allCases)
    func twoThousandSteps(backend: Backend) async throws {
        let turn = try await TurnFixture(backend, doctors: 5, patients: 120)
        var run = Run(dice: Dice(state: 20_261_122))
        for _ in 0..<40 {
            let before = run
            run = try await turn.write { tx in
                var run = before
                for _ in 0..<50 { try Self.step(&run, turn, in: tx) }
                return run
            }
            try await check(turn, run)
        }
        #expect(run.unfair == [])
        #expect(run.counts["placed", default: 0] > 300)
        #expect(run.counts["moved", default: 0] > 50)
        #expect(run.counts["rested", default: 0] > 20)
        #expect(run.counts["cancelled", default: 0] > 100)
        #expect(run.refused > 100)
        try await settle(turn)
    }

    /// With everybody there and free, whoever is behind catches up: then nobody is more than one turn ahead of what the
    /// presence of each earned.
    private func settle(_ turn: TurnFixture) async throws {
        let clinic = turn.clinic.id
        let before = try await turn.read { tx in try RotationStore.balances(clinic: clinic, in: tx) }.map(\.value)
        let most = try #require(before.max())
        let missing = before.map { Int((most - $0) / RotationRules.turn) + 1 }.reduce(0, +)
        let day = TurnFixture.today.adding(days: 60)
        let (work, patients) = (turn.work(), turn.patients)
        try await turn.write { tx in
            for index in 0..<missing {
                let command = turn.request(
                    patients[index % patients.count], 34 + index % 14, units: 1, day: day.adding(days: index / 14))
                _ = try Assigning.place(command, by: work, in: tx)
            }
        }
        let after = try await turn.read { tx in try RotationStore.balances(clinic: clinic, in: tx) }
        #expect(after.count == 5)
        let values = after.map(\.value)
        #expect((values.max() ?? 0) - (values.min() ?? 0) <= RotationRules.turn)
        #expect(after.map(\.taken).reduce(0, +) > 200)
    }

    private static func step(_ run: inout Run, _ turn: TurnFixture, in tx: any WriteTransaction) throws {
        let work = turn.work()
        let day = TurnFixture.tomorrow.adding(days: Int.random(in: 0..<10, using: &run.dice))
        let start = Int.random(in: 34..<70, using: &run.dice)
        let units = Int.random(in: 1...3, using: &run.dice)
        let known = run.made.randomElement(using: &run.dice)
        let choice = Int.random(in: 0..<20, using: &run.dice)
        // All presents of the doctors stay equal: a rest day is taken by everybody in turn, and given back.
        let resting = turn.doctors[Int.random(in: 0..<turn.doctors.count, using: &run.dice)]
        let patient = turn.patients[Int.random(in: 0..<turn.patients.count, using: &run.dice)]
        do {
            try tx.savepoint {
                if choice < 10 || known == nil {
                    let before = try RotationStore.balances(clinic: turn.clinic.id, in: tx)
                    let booked = try Assigning.place(
                        turn.request(patient, start, units: units, day: day), by: work, in: tx)
                    run.made.append(booked.id)
                    run.counts["placed", default: 0] += 1
                    try checkFair(booked, before, &run, in: tx)
                } else if choice < 14, let known {
                    let a = try AppointmentStore.get(known, clinic: turn.clinic.id, in: tx)
                    let doctor = choice == 10 ? resting : a.doctorID
                    _ = try Booking.move(
                        MoveAppointment(
                            id: a.id, version: a.version,
                            to: Slot(day: day, start: Unit(start), units: units, doctorID: doctor),
                            reason: "customerTime"), by: work, in: tx)
                    run.counts["moved", default: 0] += 1
                } else if choice < 18, let known {
                    let a = try AppointmentStore.get(known, clinic: turn.clinic.id, in: tx)
                    _ = try Booking.cancel(
                        CancelAppointment(id: a.id, version: a.version, reason: choice < 16 ? "busy" : "equipment"),
                        by: work, in: tx)
                    run.counts["cancelled", default: 0] += 1
                } else {
                    try rest(resting, on: day, &run, turn, in: tx)
                }
            }
        } catch is BookingError { run.refused += 1 } catch is AssignmentError { run.refused += 1 }
    }

    /// The doctor rests that day: every booking goes to a colleague or is cancelled by the clinic; then the doctor is back.
    private static func rest(
        _ doctor: ID<Staff>, on day: Day, _ run: inout Run, _ turn: TurnFixture, in tx: any WriteTransaction
    ) throws {
        let work = turn.work()
        try RosterKeeping.setException(of: doctor, day: day, spans: [], reason: "进修", by: work, in: tx)
        for a in try AppointmentStore.listOfDoctor(doctor, clinic: turn.clinic.id, from: day, to: day, in: tx) {
            do {
                _ = try tx.savepoint {
                    try Assigning.reassign(a.id, version: a.version, reason: "doctorOff", by: work, in: tx)
                }
            } catch is AssignmentError {
                _ = try Booking.cancel(
                    CancelAppointment(id: a.id, version: a.version, reason: "doctorOff"), by: work, in: tx)
            }
        }
        try RosterKeeping.endException(of: doctor, day: day, by: work, in: tx)
        run.counts["rested", default: 0] += 1
    }

    /// Whoever is skipped had no time: nobody free stood before the doctor who was taken.
    private static func checkFair(
        _ booked: Appointment, _ before: [RotationBalance], _ run: inout Run, in tx: any ReadTransaction
    ) throws {
        guard booked.ruleApplied == .rotation, let stored = try Assigning.stored(of: booked.id, in: tx),
            let taker = before.first(where: { $0.doctorID == booked.doctorID })
        else { return }
        for other in stored.alternatives where other.isPossible {
            if let account = before.first(where: { $0.doctorID == other.doctorID }), account.value > taker.value {
                run.unfair.append("\(booked.id) \(other.doctorName)")
            }
        }
    }

    private func check(_ turn: TurnFixture, _ run: Run) async throws {
        let (from, to) = (TurnFixture.tomorrow, TurnFixture.tomorrow.adding(days: 10))
        let made = run.made
        let (bookings, units) = try await turn.read { tx in
            let bookings = try made.map { try AppointmentStore.get($0, clinic: turn.clinic.id, in: tx) }
            let rows = try tx.rows(
                "SELECT kind, resource_id, day, unit, holder_id FROM resource_unit WHERE day BETWEEN \(from) AND \(to)")
            let units = try rows.map {
                "\(try $0.text("kind")) \(try $0.int64("resource_id")) \(try $0.text("day")) \(try $0.int("unit")) "
                    + "\(try $0.int64("holder_id"))"
            }
            return (bookings, units)
        }
        let expected = bookings.filter(\.isLive).flatMap { a in
            BookingRules.claims(a).flatMap { claim in
                claim.units.map { "\(claim.kind.rawValue) \(claim.resourceID) \(a.day.iso) \($0) \(a.id.raw)" }
            }
        }
        #expect(bookings.count == made.count)
        #expect(units.sorted() == expected.sorted())
    }
}
