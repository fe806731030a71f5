import Clinic
import Kernel
import Storage
import TestSupport
import Testing

/// Appendix D: whatever order people tap in, no guard is broken.
@Suite struct StateWalkTests {
    @Test("五千步随机操作，到访、候诊号、牙椅、预约的规矩一条不破 R3.32 R4.01 R4.11 R4.12", arguments: Backend.allCases)
    func fiveThousandSteps(backend: Backend) async throws {
        let desk = try await ReceptionFixture(backend)
        let people = try await desk.morePatients(14)
        let guests = people + desk.book.patients
        var done: [String: Int] = [:]
        var random = SeededRandom(seed: 20_260_312)
        // A hundred steps share a transaction: what is refused leaves no trace, what is done stands.
        for batch in 0..<50 {
            let seed = random.next()
            let counts = try await desk.write { tx in
                var walk = Walk(desk: desk, guests: guests, random: SeededRandom(seed: seed), seconds: batch * 600)
                for _ in 0..<100 { try walk.step(in: tx) }
                return walk.done
            }
            done.merge(counts, uniquingKeysWith: +)
            let broken = try await desk.book.db.read { tx in try Guards.broken(desk, in: tx) }
            #expect(broken == [], "batch \(batch)")
            if !broken.isEmpty { return }
            let board = try await desk.board(batch * 10 + 10)
            let order = board.waiting.map { $0.visit.emergency != nil }
            #expect(order == order.filter(\.self) + order.filter { !$0 })
        }
        // The walk went everywhere.
        let everywhere: Set = [
            "checkIn", "call", "skip", "requeue", "move", "leadIn", "leadInRepaired", "nearly", "treated", "leaving",
            "exit", "cleaned", "leave", "undo", "place", "moveBooking", "cancel", "miss", "companion",
        ]
        #expect(Set(done.keys) == everywhere)
    }
}

/// One person who taps anything, whether it fits or not.
private struct Walk {
    let desk: ReceptionFixture
    let guests: [ID<Patient>]
    var random: SeededRandom
    var seconds: Int
    var done: [String: Int] = [:]

    mutating func step(in tx: any WriteTransaction) throws {
        seconds += Int.random(in: 0...11, using: &random)
        let work = desk.work(seconds: seconds)
        let (name, act) = try choose(work, in: tx)
        do {
            try tx.savepoint { try act(tx) }
            done[name, default: 0] += 1
        } catch is any UserFacingError {}
    }

    private typealias Act = (any WriteTransaction) throws -> Void

    private mutating func choose(_ work: Work, in tx: any WriteTransaction) throws -> (String, Act) {
        // Names only: the walk itself is to be quick, whatever has gathered during the day.
        let open = try tx.rows("SELECT id FROM visit WHERE left_at IS NULL ORDER BY id").map {
            try $0.id("id", Visit.self)
        }
        let guest = guests[Int.random(in: 0..<guests.count, using: &random)]
        let chair = desk.chairs[Int.random(in: 0..<min(3, desk.chairs.count), using: &random)]
        guard let visit = open.randomElement(using: &random) else { return try checkIn(guest, work, in: tx) }
        let other = open.randomElement(using: &random) ?? visit
        let isRepaired = Int.random(in: 0..<4, using: &random) == 0
        switch Int.random(in: 0..<26, using: &random) {
        case 0...2: return try checkIn(guest, work, in: tx)
        case 3...5: return ("call", { try Queue.call(visit, chair: chair, version: nil, by: work, in: $0) })
        case 6: return ("skip", { try Queue.skip(visit, by: work, in: $0) })
        case 7: return ("requeue", { try Queue.requeue(visit, by: work, in: $0) })
        case 8:
            return (
                "move", { try Queue.move(visit, before: other, reason: "agreed", note: nil, by: work, in: $0) }
            )
        case 9...12:
            let command = ChairUse.LeadIn(
                visitID: visit, chairID: chair, alertsSpoken: true, previousLeftAt: isRepaired ? work.now : nil)
            // R4.11: the last customer is out, or it is said when he left.
            let wasTaken = try MovementStore.findOpen(chair: chair, in: tx) != nil
            return (
                wasTaken ? "leadInRepaired" : "leadIn",
                {
                    try ChairUse.leadIn(command, by: work, in: $0)
                    if wasTaken, !isRepaired { throw BrokenGuard() }
                }
            )
        case 13: return ("nearly", { try ChairUse.nearlyDone(visit, by: work, in: $0) })
        case 14: return ("treated", { try RoomTaps.treated(visit, by: work, in: $0) })
        case 15: return ("leaving", { try RoomTaps.leaving(visit, by: work, in: $0) })
        case 16...17: return ("exit", { try ChairUse.exit(visit, by: work, in: $0) })
        case 18: return ("cleaned", { try ChairUse.cleaned(chair: chair, by: work, in: $0) })
        case 19: return ("leave", { try Departure.leave(visit, outcome: "seen", reason: nil, by: work, in: $0) })
        case 20: return ("undo", { _ = try VisitFacts.undoLast(other, by: work, in: $0) })
        case 21: return ("companion", { try Companions.admit(.init(visitID: visit), by: work, in: $0) })
        default: return try booking(guest, chair, work, in: tx)
        }
    }

    private mutating func checkIn(
        _ guest: ID<Patient>, _ work: Work, in tx: any ReadTransaction
    ) throws -> (String, Act) {
        let booking = try AppointmentStore.nextOfPatient(guest, from: work.today, in: tx)?.id
        let isUrgent = Int.random(in: 0..<8, using: &random) == 0
        let doctor = [desk.book.lin, desk.book.chen].randomElement(using: &random)
        let arrival = Arrivals.Arrival(
            patientID: guest, appointmentID: Bool.random(using: &random) ? booking : nil, doctorID: doctor,
            complaint: "牙疼", emergency: isUrgent ? "trauma" : nil)
        return ("checkIn", { _ = try Arrivals.checkIn(arrival, by: work, in: $0) })
    }

    private mutating func booking(
        _ guest: ID<Patient>, _ chair: ID<Chair>, _ work: Work, in tx: any ReadTransaction
    ) throws -> (String, Act) {
        let start = Unit(Int.random(in: 36..<70, using: &random))
        let one = try AppointmentStore.nextOfPatient(guest, from: work.today, in: tx)
        let kind = Int.random(in: 0..<5, using: &random)
        guard let one, kind > 1 else {
            let command = desk.book.command(
                start.clockText, units: 2, day: work.today, doctor: Bool.random(using: &random) ? nil : desk.book.chen,
                patient: guest, chair: Bool.random(using: &random) ? chair : nil)
            return ("place", { _ = try Booking.place(command, by: work, in: $0) })
        }
        switch kind {
        case 2:
            let command = MoveAppointment(
                id: one.id, version: one.version,
                to: Slot(
                    day: one.day, start: start, units: one.units, doctorID: one.doctorID, chairID: one.chairID),
                reason: "customerTime")
            return ("moveBooking", { _ = try Booking.move(command, by: work, in: $0) })
        case 3:
            let command = CancelAppointment(
                id: one.id, version: one.version, reason: "busy", callbackOn: work.today.adding(days: 7))
            return ("cancel", { _ = try Booking.cancel(command, by: work, in: $0) })
        default: return ("miss", { _ = try Booking.markMissed(one.id, version: one.version, by: work, in: $0) })
        }
    }
}

private struct BrokenGuard: Error {}

/// What must hold whenever nobody writes.
private enum Guards {
    static func broken(_ desk: ReceptionFixture, in tx: any ReadTransaction) throws -> [String] {
        try rules.compactMap { name, sql in try tx.rows(sql).isEmpty ? nil : name }
    }

    private static let rules: [(String, SQL)] = [
        (
            "two customers in one chair",
            """
            SELECT chair_id FROM movement WHERE exited_at IS NULL AND person = 'patient'
            GROUP BY chair_id HAVING COUNT(*) > 1
            """
        ),
        (
            "two open tickets of one visit",
            "SELECT visit_id FROM queue_ticket WHERE closed_at IS NULL GROUP BY visit_id HAVING COUNT(*) > 1"
        ),
        (
            "a waiting visit without ticket, or a ticket of somebody who does not wait",
            """
            SELECT v.id FROM visit v
            LEFT JOIN queue_ticket t ON t.visit_id = v.id AND t.closed_at IS NULL
            WHERE (v.seated_at IS NULL AND v.left_at IS NULL AND t.id IS NULL)
                OR ((v.seated_at IS NOT NULL OR v.left_at IS NOT NULL) AND t.id IS NOT NULL)
            """
        ),
        (
            "in a chair without movement, or a movement of somebody who is not in a chair",
            """
            SELECT v.id FROM visit v
            LEFT JOIN movement m ON m.visit_id = v.id AND m.exited_at IS NULL AND m.person = 'patient'
            WHERE (v.seated_at IS NOT NULL AND v.finished_at IS NULL AND v.left_at IS NULL AND m.id IS NULL)
                OR ((v.seated_at IS NULL OR v.finished_at IS NOT NULL OR v.left_at IS NOT NULL) AND m.id IS NOT NULL)
            """
        ),
        (
            "a companion inside without the customer",
            """
            SELECT c.id FROM movement c
            WHERE c.person = 'companion' AND c.exited_at IS NULL
                AND NOT EXISTS (SELECT 1 FROM movement m WHERE m.visit_id = c.visit_id AND m.person = 'patient'
                    AND m.exited_at IS NULL)
            """
        ),
        (
            "two open visits of one customer",
            """
            SELECT patient_id FROM visit WHERE left_at IS NULL
            GROUP BY clinic_id, business_day, patient_id HAVING COUNT(*) > 1
            """
        ),
        (
            "times in the wrong order",
            """
            SELECT id FROM visit
            WHERE seated_at < arrived_at OR finished_at < seated_at OR left_at < arrived_at OR left_at < finished_at
            """
        ),
        (
            "a cancelled booking that somebody came with",
            """
            SELECT a.id FROM appointment a
            JOIN visit v ON v.appointment_id = a.id
            WHERE a.cancel_side IS NOT NULL
            """
        ),
        (
            "two customers in one quarter of an hour of a doctor or a chair",
            "SELECT kind FROM resource_unit GROUP BY kind, resource_id, day, unit HAVING COUNT(*) > 1"
        ),
        (
            "a wait task of somebody who does not wait",
            """
            SELECT t.id FROM task t
            JOIN visit v ON v.id = t.subject_id
            WHERE t.subject_kind = 'visit' AND t.rule IN ('wait.explain', 'wait.education') AND t.done_at IS NULL
                AND t.withdrawn_at IS NULL AND (v.seated_at IS NOT NULL OR v.left_at IS NOT NULL)
            """
        ),
        (
            "somebody waits and no explanation will ever be due",
            """
            SELECT v.id FROM visit v
            WHERE v.seated_at IS NULL AND v.left_at IS NULL
                AND NOT EXISTS (SELECT 1 FROM task t WHERE t.subject_kind = 'visit' AND t.subject_id = v.id
                    AND t.rule = 'wait.explain' AND t.withdrawn_at IS NULL)
            """
        ),
    ]
}

/// SplitMix64: the same walk every time.
private struct SeededRandom: RandomNumberGenerator {
    private var state: UInt64
    init(seed: UInt64) { state = seed }
    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}
