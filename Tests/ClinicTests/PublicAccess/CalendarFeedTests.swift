import Kernel
import Storage
import TestSupport
import Testing

@testable import Clinic

@Suite struct CalendarFeedTests {
    private static let token = PublicToken(bytes: Array(repeating: 5, count: PublicToken.byteCount))

    private func issue(_ book: BookFixture, _ token: PublicToken = token) async throws {
        let work = book.work()
        _ = try await book.write { tx in
            try PublicLinks.issueCalendar(for: book.lin, token: token, by: work, in: tx)
        }
    }

    @Test("医生的日历只有首字母和项目，没有姓名和电话；取消的标成取消 R16.19", arguments: Backend.allCases)
    func tellsNoNames(backend: Backend) async throws {
        let book = try await BookFixture(backend)
        try await issue(book)
        var command = book.command("10:00")
        command.items = [BookedItem(book.items[1])]
        let first = try await book.place(command)
        let second = try await book.place(book.command("15:00", patient: book.chunmei))
        let work = book.work()
        _ = try await book.write { tx in
            try Booking.cancel(
                CancelAppointment(id: second.id, version: second.version, reason: "busy"), by: work, in: tx)
        }

        let feed = try await book.db.read { tx in
            try CalendarFeed.load(Self.token, now: BookFixture.now, in: tx)
        }
        let text = feed.text(now: BookFixture.now, host: "menya")

        #expect(feed.entries.map(\.id) == [first.id, second.id])
        #expect(feed.entries.map(\.isCancelled) == [false, true])
        #expect(text.contains("SUMMARY:X 根管\r\n"))
        #expect(text.contains("DTSTART:20260313T020000Z\r\nDTEND:20260313T024500Z\r\n"))
        #expect(text.contains("STATUS:CANCELLED\r\n") && text.contains("SEQUENCE:1\r\n"))
        #expect(!text.contains("王小明") && !text.contains("138001380"))
    }

    @Test("换地址后旧的马上失效；别的医生没有权限 R16.03", arguments: Backend.allCases)
    func oneAddressAtATime(backend: Backend) async throws {
        let book = try await BookFixture(backend)
        try await issue(book)
        try await issue(book, PublicToken(bytes: Array(repeating: 6, count: PublicToken.byteCount)))

        await #expect(throws: LinkIsGone.self) {
            try await book.db.read { tx in try CalendarFeed.load(Self.token, now: BookFixture.now, in: tx) }
        }
        let work = book.work(without: [.manageRoster])
        await #expect(throws: NotAllowed.self) {
            try await book.write { tx in
                try PublicLinks.issueCalendar(for: book.chen, token: Self.token, by: work, in: tx)
            }
        }
    }

    @Test("一行最多 75 个字节，不在汉字中间断开；分号逗号换行要转义")
    func foldsLines() {
        let line = "SUMMARY:" + String(repeating: "根管治疗", count: 20)
        let folded = CalendarFeed.folded(line)

        #expect(folded.split(separator: "\r\n").allSatisfy { $0.utf8.count <= 75 })
        #expect(folded.replacing("\r\n ", with: "") == line)
        #expect(CalendarFeed.folded("SHORT") == "SHORT")
        #expect(CalendarFeed.escaped("a\\b;c,d\ne\rf") == "a\\\\b\\;c\\,d\\ne\\nf")
    }

    @Test(
        "首字母取自拼音，没有拼音取自姓名",
        arguments: [("王小明", "wang xiao ming", "WXM"), ("Alex Morgan", "", "AM"), ("欧阳", "ou yang", "OY")])
    func initials(name: String, pinyin: String, expected: String) {
        #expect(CalendarFeed.initials(name: name, pinyin: pinyin) == expected)
    }
}
