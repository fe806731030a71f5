import Clinic
import Kernel
import Storage
import TestSupport
import Testing

@Suite struct ReleaseRuleTests {
    enum Ending: String, CaseIterable {
        case booked, confirmed, cancelledByCustomer, cancelledByClinic, missed, arrived, restored
        /// Whether the quarters of an hour are still taken afterwards.
        var holds: Bool { ![.cancelledByCustomer, .cancelledByClinic, .missed].contains(self) }
    }

    @Test("每种状态占不占时间：取消和未到放掉，其余都占着 R3.32 R3.35 R3.36", arguments: Backend.allCases, Ending.allCases)
    func release(backend: Backend, ending: Ending) async throws {
        let book = try await BookFixture(backend)
        let day = BookFixture.today
        let placed = try await book.place(book.command("10:00", day: day))
        let work = book.work(at: book.clinic.calendar.instant(day, Unit(42)))
        if ending == .arrived {
            try await book.insertVisit(of: placed.patientID, doctor: book.lin, appointment: placed.id, day: day)
        }
        try await book.write { tx in
            let (id, version) = (placed.id, placed.version)
            switch ending {
            case .booked, .arrived: break
            case .confirmed: _ = try Booking.confirm(id, version: version, by: work, in: tx)
            case .cancelledByCustomer:
                _ = try Booking.cancel(
                    CancelAppointment(id: id, version: version, reason: "busy", side: .patient), by: work, in: tx)
            case .cancelledByClinic:
                _ = try Booking.cancel(
                    CancelAppointment(id: id, version: version, reason: "doctorOff", side: .clinic), by: work, in: tx)
            case .missed: _ = try Booking.markMissed(id, version: version, by: work, in: tx)
            case .restored:
                _ = try Booking.markMissed(id, version: version, by: work, in: tx)
                _ = try Booking.undo(id, by: work, in: tx)
            }
        }
        let held = try await book.units(day).filter { $0.hasSuffix(" \(placed.id.raw)") }
        #expect(held.count == (ending.holds ? 6 : 0))
    }
}
