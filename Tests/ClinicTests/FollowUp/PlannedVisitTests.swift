import Kernel
import Storage
import TestSupport
import Testing

@testable import Clinic

@Suite struct PlannedVisitTests {
    @Test("医生说要复诊而没有约的列为待约，约了就不再列 R3.04", arguments: Backend.allCases)
    func plannedUntilBooked(backend: Backend) async throws {
        let fixture = try await BillingFixture(backend)
        let book = fixture.book
        let work = fixture.work()
        let visit = try await fixture.visit()
        try await book.write { tx in
            let sheet = try ChargeSheets.enter(
                [LineEntry(itemID: fixture.exam)], visit: visit, version: nil, by: work,
                in: tx)
            try ChargeSheets.advise(sheet.id, .visit(units: 4, afterDays: 7, note: "换药"), by: work, in: tx)
        }
        func planned() async throws -> [PlannedVisit] {
            try await book.db.read { tx in try PlannedVisits.listPlanned(by: work, in: tx) }
        }

        let before = try await planned()
        #expect(before.map(\.patientName) == ["王小明"])
        #expect(before.first?.units == 4)
        #expect(before.first?.wantedOn == BillingFixture.today.adding(days: 7))
        #expect(before.first?.note == "换药")
        let placed = try await book.place(book.command("10:00", day: BookFixture.today.adding(days: 7)))
        #expect(try await planned().isEmpty)
        _ = try await book.write { tx in
            try Booking.cancel(
                CancelAppointment(id: placed.id, version: placed.version, reason: "busy"), by: work, in: tx)
        }
        #expect(try await planned().count == 1)
    }

    @Test("取消或未到又没有新时间的列出一次，另有预约就不列 R3.35 R3.36", arguments: Backend.allCases)
    func unscheduled(backend: Backend) async throws {
        let book = try await BookFixture(backend)
        let work = book.work()
        for start in ["10:00", "14:00"] {
            let placed = try await book.place(book.command(start))
            _ = try await book.write { tx in
                try Booking.cancel(
                    CancelAppointment(id: placed.id, version: placed.version, reason: "busy"), by: work, in: tx)
            }
        }
        func list() async throws -> [UnscheduledVisit] {
            try await book.db.read { tx in try PlannedVisits.listUnscheduled(by: work, in: tx) }
        }
        #expect(try await list().map(\.reason) == ["busy"])
        _ = try await book.place(book.command("16:00", day: BookFixture.today.adding(days: 5)))
        #expect(try await list().isEmpty)
    }
}

@Suite struct BookingPromotionTests {
    @Test("向候诊客人介绍过预约只记一次，覆盖率只算没有预约来的 R3.55", arguments: Backend.allCases)
    func notedOnce(backend: Backend) async throws {
        let fixture = try await BillingFixture(backend)
        let work = fixture.work()
        let told = try await fixture.visit()
        _ = try await fixture.visit(fixture.book.chunmei)
        try await fixture.book.write { tx in
            try BookingPromotion.note(told, by: work, in: tx)
            try BookingPromotion.note(told, by: work, in: tx)
        }
        let (facts, coverage) = try await fixture.db.read { tx in
            (
                try VisitFactStore.list(told, in: tx).filter { $0.kind == .bookingExplained },
                try BookingPromotion.coverage(BillingFixture.today, clinic: fixture.clinic.id, in: tx)
            )
        }
        #expect(facts.count == 1)
        #expect(coverage.told == 1)
        #expect(coverage.of == 2)
    }
}
