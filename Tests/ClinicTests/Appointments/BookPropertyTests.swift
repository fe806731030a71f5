import Clinic
import Kernel
import Storage
import TestSupport
import Testing

/// Whatever happens in whatever order, the table of units says exactly what the live bookings say.
@Suite struct BookPropertyTests {
    private struct Dice: RandomNumberGenerator {
        var state: UInt64
        mutating func next() -> UInt64 {
            state ^= state << 13
            state ^= state >> 7
            state ^= state << 17
            return state
        }
    }

    @Test("任意次约、改、取消之后，占用表等于有效预约 R3.32", arguments: Backend.allCases, [7, 20_260_312] as [UInt64])
    func unitsEqualLiveBookings(backend: Backend, seed: UInt64) async throws {
        let book = try await BookFixture(backend)
        var dice = Dice(state: seed)
        var known: [ID<Appointment>] = []
        var (done, refused) = (0, 0)
        for _ in 0..<60 {
            let start = ["08:30", "09:00", "10:00", "10:15", "11:00", "14:00", "14:30", "16:00"].randomElement(
                using: &dice)
            let doctor = [book.lin, book.chen].randomElement(using: &dice)
            let units = Int.random(in: 1...4, using: &dice)
            let chair = (book.chairs.map { Optional($0.id) } + [nil, nil, nil]).randomElement(using: &dice) ?? nil
            let id = known.randomElement(using: &dice)
            let kind = Int.random(in: 0..<4, using: &dice)
            do {
                if kind < 2 || id == nil {
                    let command = book.command(
                        start ?? "10:00", units: units, doctor: doctor,
                        patient: book.patients.randomElement(using: &dice),
                        chair: chair)
                    known.append(try await book.place(command).id)
                } else if let id {
                    let a = try await book.db.read { tx in
                        try AppointmentStore.get(id, clinic: book.clinic.id, in: tx)
                    }
                    let work = book.work()
                    if kind == 2 {
                        _ = try await book.move(a, to: start, doctor: doctor, chair: chair, units: units)
                    } else {
                        _ = try await book.write { tx in
                            try Booking.cancel(
                                CancelAppointment(id: id, version: a.version, reason: "busy"), by: work, in: tx)
                        }
                    }
                }
                done += 1
            } catch is BookingError { refused += 1 }
            try await check(book)
        }
        #expect(done > 10)
        #expect(refused > 5)
    }

    private func check(_ book: BookFixture) async throws {
        let bookings = try await book.db.read { tx in
            try AppointmentStore.listDay(clinic: book.clinic.id, day: BookFixture.tomorrow, in: tx)
        }
        let expected = bookings.filter(\.isLive).flatMap { a in
            BookingRules.claims(a).flatMap { claim in
                claim.units.map { "\(claim.kind.rawValue) \(claim.resourceID) \($0) \(a.id.raw)" }
            }
        }
        #expect(try await book.units().sorted() == expected.sorted())
    }
}
