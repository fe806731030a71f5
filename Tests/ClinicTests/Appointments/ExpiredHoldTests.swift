import Clinic
import Kernel
import Storage
import TestSupport
import Testing

@Suite struct ExpiredHoldTests {
    @Test("过期的占位由后台清走，没过期的和别家的留着 R3.32", arguments: Backend.allCases)
    func purges(backend: Backend) async throws {
        let book = try await BookFixture(backend)
        let now = BookFixture.now
        let holder = { @Sendable in UnitHolder(.hold, book.ids.next(Appointment.self, at: now)) }
        let clinic = book.clinic.id
        let booked = try await book.place(book.command("10:00", units: 1))
        try await book.write { tx in
            func hold(_ units: Range<Int>, minutes: Int, clinic: ID<ClinicSite>) throws {
                try ResourceUnits.occupy(
                    [Claim(.doctor, book.chen, units)], day: BookFixture.tomorrow, holder: holder(), clinic: clinic,
                    expiresAt: now.adding(minutes: minutes), now: now, in: tx)
            }
            try hold(36..<39, minutes: 5, clinic: clinic)
            try hold(40..<42, minutes: 6, clinic: clinic)
            try hold(44..<45, minutes: 5, clinic: ID(raw: 99))
        }

        let freed = try await book.write { tx in
            try ResourceUnits.purgeExpired(clinic: clinic, now: now.adding(minutes: 5), in: tx)
        }

        #expect(freed == 3)
        let left = try await book.units()
        #expect(
            left.filter { $0.hasPrefix("doctor \(book.chen.raw) ") }.map { $0.split(separator: " ")[2] } == [
                "40", "41", "44",
            ])
        #expect(left.contains { $0.hasSuffix(" \(booked.id.raw)") })
    }
}
