import Clinic
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Kernel
import Storage
import TestSupport
import Testing

@testable import ClinicWeb

@Suite struct BoardPartsTests {
    private static let address = "/appointments/board?day=2026-03-13"

    /// Versions of the parts in the order of the page, as the screen sends them.
    private static func have(_ body: String) -> String {
        body.matches(of: /data-part="[^"]+" data-v="([^"]+)"/).map { String($0.1) }.joined(separator: " ")
    }

    @Test("看板只取变了的列：没变什么都不发，变了一列只发这一列，多了医生就整张重发")
    func onlyChangedColumns() async throws {
        let book = try await BookPagesFixture()
        _ = try await book.place("10:00")
        _ = try await book.place("10:00", patient: 1, doctor: 1)
        let other = book.doctors[1].id.text
        try await book.use { browser in
            let whole = try await browser.fetch(Self.address, have: "", as: "zhou")
            let have = Self.have(whole.body)
            #expect(have.split(separator: " ").count == 5)
            #expect(whole.parts == nil)

            let same = try await browser.fetch(Self.address, have: have, as: "zhou")
            #expect(same.status == 204)
            #expect(same.body.isEmpty)

            let placed = try await book.place("14:00", patient: 2)
            book.app.hub.publish(book.clinic.lane, [.board])
            let changed = try await browser.fetch(Self.address, have: have, as: "zhou")
            #expect(changed.parts == "1")
            #expect(changed.body.contains("id=\"a-\(placed.id.text)\""))
            #expect(changed.body.contains("data-part=\"c-0\""))
            #expect(changed.body.contains("data-part=\"h-0\""))
            #expect(changed.body.contains("data-part=\"bar\""))
            #expect(!changed.body.contains("data-column=\"\(other)\""))
            #expect(changed.body.count < whole.body.count * 2 / 3)

            for stale in ["", "x", have + " more", "a b c d e"] {
                let again = try await browser.fetch(Self.address, have: stale, as: "zhou")
                #expect(again.parts == nil)
                #expect(again.body.contains("id=\"board-grid\""))
            }
        }
    }

    @Test("别人的权限、别的分法不混用：各自的版本各自比")
    func framesDiffer() async throws {
        let book = try await BookPagesFixture()
        _ = try await book.place("10:00")
        try await book.use { browser in
            let doctors = Self.have(try await browser.get(Self.address, as: "zhou", part: true).body)
            let chairs = try await browser.fetch(Self.address + "&by=chair", have: doctors, as: "zhou")
            #expect(chairs.parts == nil)
            #expect(chairs.body.contains("data-by=\"chair\""))
        }
    }

    @Test("版本跟着内容走：同样的内容同样的版本，改一张卡只改那一列")
    func versionsFollowContent() {
        let board = BoardSamples.board.versioned()
        #expect(board.versions == BoardSamples.board.versioned().versioned().versions)
        var other = BoardSamples.board
        other.columns[1].strip = nil
        #expect(other.versioned().versions == board.versions)
        other.columns[0].strip = nil
        let changed = other.versioned().versions
        #expect(changed[1] != board.versions[1])
        #expect(changed[4] == board.versions[4])
        #expect(BoardParts(board, since: changed) == nil)
        #expect(BoardParts(board, since: board.versions)?.isEmpty == true)
    }
}

extension PatientPagesFixture.Browser {
    /// As a live screen asks that shows `have`; `parts` is the mark on the answer.
    fileprivate func fetch(
        _ path: String, have: String, as person: String
    ) async throws -> (status: Int, body: String, parts: String?) {
        var headers: HTTPFields = [.cookie: "menya_session=\(person)"]
        if let name = HTTPField.Name("X-Menya-Live") { headers[name] = "1" }
        if let name = BoardParts.have { headers[name] = have }
        return try await client.execute(uri: path, method: .get, headers: headers) { response in
            (
                response.status.code, String(buffer: response.body),
                BoardParts.mark.flatMap { response.headers[$0] }
            )
        }
    }
}
