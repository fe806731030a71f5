import Clinic
import Kernel
import Storage
import TestSupport
import Testing

@Suite struct CallSheetTests {
    @Test("打电话的页面写着客人什么时候方便，没问过就不写 R1.22", arguments: Backend.allCases)
    func contactWindow(backend: Backend) async throws {
        let book = try await BookFixture(backend)
        let work = book.work()
        let booked = try await book.place(book.command("10:00", day: BookFixture.today.adding(days: 4)))
        let task = try #require(
            try await book.db.read { tx in try TaskStore.list(of: TaskSubject(.appointment, booked.id), in: tx) }.first)
        func contact() async throws -> String? {
            try await book.db.read { tx in try CallSheet.load(task.id, by: work, in: tx).contact }
        }
        #expect(try await contact() == nil)

        var typed = ProfileDetails()
        typed.contactFrom = "10:00"
        typed.contactUntil = "12:00"
        let given = typed
        _ = try await book.write { tx in
            try PatientProfiles.save(given, of: book.xiaoming, version: 0, by: work, in: tx)
        }
        #expect(try await contact() == "10:00–12:00 联系")
    }
}
