import Clinic
import ClinicWeb
import Kernel
import Storage
import Testing

@Suite struct DisplacePagesTests {
    private static let tomorrow = BookPagesFixture.tomorrow

    /// 10:00 tomorrow with the first doctor.
    private static func asked(
        _ book: BookPagesFixture, item: ID<Item>, units: Int
    ) -> KeyValuePairs<String, String> {
        [
            "patient": book.patients[1].text, "day": tomorrow.iso, "unit": "40", "units": "\(units)",
            "doctor": book.doctors[0].id.text, "complaint": "牙痛", "channel": "phone", "item": item.text, "teeth": "16",
        ]
    }

    private static func bigItem(_ book: BookPagesFixture) async throws -> ID<Item> {
        let id = book.served.ids.next(Item.self, at: BookPagesFixture.now)
        _ = try await book.app.db.write(in: book.clinic.lane) { tx in
            try tx.run(
                """
                INSERT INTO item (id, code, name, category, units, size, urgency, is_pneumatic, is_operation, has_reaction,
                    calls_same_day, is_per_tooth, is_xray, is_impression, needs_dispensing, is_retail, warranty_months,
                    sort_rank)
                VALUES (\(id), 'root', '根管治疗', 'treatment', 6, 'big', 'normal', 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2)
                """)
        }
        return id
    }

    @Test("大项目被小项目挡住：看到让位的新时间，一步改好并预约 R3.51") func smallGivesWay() async throws {
        let book = try await BookPagesFixture()
        let small = try await book.place("10:00")
        let fields = Self.asked(book, item: try await Self.bigItem(book), units: 6)
        try await book.use { browser in
            let refused = try await browser.post("/appointments", fields, as: "zhou")
            #expect(refused.status == 409)
            #expect(refused.body.contains(#"formaction="/appointments/displace""#))

            let page = try await browser.post("/appointments/displace", fields, as: "zhou")
            #expect(page.status == 200)
            for text in ["谢春梅", "根管治疗", "王小明", "10:00–10:45", "13:30–14:15"] {
                #expect(page.body.contains(text), "\(text)")
            }
            #expect(try await book.stored(small.id).slot == small.slot)
            let value = try #require(page.body.firstMatch(of: /name="move" value="([^"]+)"/)?.1)
            let all = fields.map { ($0.key, $0.value) } + [("move", String(value))]

            let stale = String(value).replacing("|1|", with: "|9|")
            let late = try await browser.post(
                "/appointments/displacement", pairs: fields.map { ($0.key, $0.value) } + [("move", stale)], as: "zhou")
            #expect(late.status == 409)
            #expect(try await book.stored(small.id).slot == small.slot)

            let done = try await browser.post("/appointments/displacement", pairs: all, as: "zhou")
            #expect(done.status == 303)
            let id = try #require(done.location.firstMatch(of: /pick=(\w+)/).flatMap { ID<Appointment>(String($0.1)) })
            let big = try await book.stored(id)
            #expect(big.slot.start == Unit(40))
            #expect(big.units == 6)
            #expect(big.doctorID == book.doctors[0].id)
            let moved = try await book.stored(small.id)
            #expect(moved.day == Self.tomorrow)
            #expect(moved.start == Unit(54))
            #expect(moved.isLive)
        }
    }

    @Test("小项目不能请别人让位，没有权的岗位看不到 R3.51") func smallStays() async throws {
        let book = try await BookPagesFixture()
        let standing = try await book.place("10:00")
        let fields = Self.asked(book, item: book.items[0], units: 3)
        try await book.use { browser in
            let refused = try await browser.post("/appointments", fields, as: "zhou")
            #expect(refused.status == 409)
            #expect(!refused.body.contains("/appointments/displace"))
            let page = try await browser.post("/appointments/displace", fields, as: "zhou")
            #expect(page.status == 422)
            #expect(page.body.contains("没有可以让位的小项目"))
            #expect(try await browser.post("/appointments/displace", fields, as: "jie").status == 403)
            #expect(try await browser.post("/appointments/displacement", fields, as: "jie").status == 403)
        }
        #expect(try await book.stored(standing.id).slot == standing.slot)
    }

    @Test("候补名单上看得到客人的守时习惯 R3.33") func habitsOnTheWaitingList() async throws {
        let book = try await BookPagesFixture()
        let placed = try await book.place("09:30", day: BookPagesFixture.today)
        let later = Work(
            actor: book.work.actor, clinic: book.clinic, now: BookPagesFixture.now.adding(minutes: 60),
            playbook: book.work.playbook, ids: book.work.ids)
        _ = try await book.app.db.write(in: book.clinic.lane) { tx in
            _ = try Booking.markMissed(placed.id, version: 1, by: later, in: tx)
        }
        try await book.use { browser in
            for patient in book.patients.prefix(2) {
                let kept = try await browser.post(
                    "/waiting",
                    [
                        "patient": patient.text, "complaint": "想早点拔牙", "units": "2", "weekday": "5",
                        "urgency": "high", "from": "36", "to": "72",
                    ], as: "zhou")
                #expect(kept.location == "/waiting")
            }
            let list = try await browser.get("/waiting", as: "zhou").body
            for text in ["王小明", "谢春梅"] { #expect(list.contains(text), "\(text)") }
            #expect(list.matches(of: /未到过 1 次/).count == 1)
        }
    }
}
