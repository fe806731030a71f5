import Clinic
import Kernel
import Storage
import TestSupport
import Testing

@Suite struct MergedBookingTests {
    @Test("并入别人的档案不能预约，说明用哪一份 R1.14", arguments: Backend.allCases)
    func namesTheFileThatCounts(backend: Backend) async throws {
        let book = try await BookFixture(backend)
        let (gone, kept) = (book.xiaoming, book.chunmei)
        _ = try await book.write { tx in try tx.run("UPDATE patient SET merged_into_id = \(kept) WHERE id = \(gone)") }

        let error = await #expect(throws: MergedFile.self) { try await book.place(book.command("10:00")) }

        #expect(error?.livingID == kept)
        #expect(error?.userMessage == "王小明的这份档案已并入谢春梅（病历号 A100001），请用那一份")
        #expect(error?.field == "patient")
        #expect(try await book.units().isEmpty)
    }
}
