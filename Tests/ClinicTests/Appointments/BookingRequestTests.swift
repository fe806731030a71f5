import Kernel
import Storage
import TestSupport
import Testing

@testable import Clinic

@Suite struct BookingRequestTests {
    /// A central desk in another clinic, and the booking it took for the clinic of `book`.
    private static func asked(_ book: BookFixture) async throws -> (desk: ClinicSite, booking: Appointment) {
        let work = book.work()
        let desk = try await book.db.write(in: .organisation) { tx in
            try Places.addClinic(
                ClinicForm(code: "Z", name: "总台", phone: "021-6000 0000", address: "总部路 1 号"), by: work, in: tx)
        }
        let placed = try await book.write { tx in
            let placed = try Booking.place(book.command("10:00"), by: work, in: tx)
            try BookingRequests.ask(placed, from: desk.id, by: work, in: tx)
            return placed
        }
        return (desk, placed)
    }

    @Test("总台替门诊约的先等门诊确认，时间已占住，确认后不再列出 R3.23", arguments: Backend.allCases)
    func clinicConfirms(backend: Backend) async throws {
        let book = try await BookFixture(backend)
        let (desk, placed) = try await Self.asked(book)
        let work = book.work()

        #expect(try await book.units().filter { $0.hasPrefix("doctor") }.count == 3)
        let open = try await book.db.read { tx in try BookingRequestStore.listOpen(clinic: book.clinic.id, in: tx) }
        #expect(open.map(\.appointmentID) == [placed.id])
        try await book.write { tx in try BookingRequests.confirm(placed.id, by: work, in: tx) }

        let (left, asked) = try await book.db.read { tx in
            (
                try BookingRequestStore.listOpen(clinic: book.clinic.id, in: tx),
                try BookingRequestStore.listAsked(from: desk.id, since: BookFixture.now, in: tx)
            )
        }
        #expect(left.isEmpty)
        #expect(asked.map(\.answer) == [.confirmed])
        #expect(asked.first?.answered == Appointment.Mark(at: BookFixture.now, by: book.head.id))
        await #expect(throws: BookingRequestError.answered(.confirmed)) {
            try await book.write { tx in try BookingRequests.decline(placed.id, reason: "满了", by: work, in: tx) }
        }
    }

    @Test("门诊不能接要写原因，时间马上放出，由门诊方取消 R3.23", arguments: Backend.allCases)
    func clinicDeclines(backend: Backend) async throws {
        let book = try await BookFixture(backend)
        let (_, placed) = try await Self.asked(book)
        let work = book.work()

        await #expect(throws: FormErrors("reason", "请写明为什么不能接，总台要答复客人")) {
            try await book.write { tx in try BookingRequests.decline(placed.id, reason: " ", by: work, in: tx) }
        }
        try await book.write { tx in try BookingRequests.decline(placed.id, reason: "设备检修", by: work, in: tx) }

        let stored = try await book.db.read { tx in
            try AppointmentStore.get(placed.id, clinic: book.clinic.id, in: tx)
        }
        #expect(stored.cancellation?.side == .clinic)
        #expect(stored.cancellation?.note == "门诊没有接：设备检修")
        #expect(try await book.units().isEmpty)
    }

    @Test("只有在所有门诊都能预约的人才能替别家约；本门诊的不用请求 R3.23", arguments: [Backend.sqlite])
    func onlyForOthers(backend: Backend) async throws {
        let book = try await BookFixture(backend)
        let placed = try await book.place(book.command("10:00"))
        let work = book.work()
        let local = Work(
            actor: Actor(
                id: book.head.id, name: "前台", roles: [], capabilities: [.bookAppointments], organisationWide: []),
            clinic: book.clinic, now: BookFixture.now, playbook: book.playbook, ids: book.ids)

        await #expect(throws: BookingRequestError.sameClinic) {
            try await book.write { tx in try BookingRequests.ask(placed, from: book.clinic.id, by: work, in: tx) }
        }
        await #expect(throws: NotAllowed(capability: .bookAppointments)) {
            try await book.write { tx in try BookingRequests.ask(placed, from: ID(raw: 77), by: local, in: tx) }
        }
    }
}
