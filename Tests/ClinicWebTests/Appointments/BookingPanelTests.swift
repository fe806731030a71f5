import Clinic
import ClinicWeb
import Kernel
import Storage
import TestSupport
import Testing

@Suite struct BookingPanelTests {
    @Test("来电的老客人：报时间、说理由，点一个就约好，再复述 R3.20 R3.17 R3.05")
    func knownCaller() async throws {
        let book = try await BookPagesFixture()
        let patient = book.patients[1].text
        try await book.use { browser in
            let page = try await browser.get("/appointments/new?patient=\(patient)", as: "zhou")
            #expect(page.body.contains("谢春梅"))
            #expect(page.body.contains("初诊"))
            let offers = try await browser.post(
                "/appointments/offers", ["patient": patient, "complaint": "yt", "channel": "phone"], as: "zhou")
            #expect(offers.status == 200)
            #expect(offers.body.contains("3 报时间"))
            #expect(offers.body.contains("data-key=\"1\" autofocus"))
            let value = try #require(offers.body.firstMatch(of: /name="offer" value="([^"]+)"/)?.1)

            let booked = try await browser.post(
                "/appointments",
                ["patient": patient, "complaint": "yt", "channel": "phone", "units": "", "offer": String(value)],
                as: "zhou")
            #expect(booked.status == 303)
            #expect(booked.location.hasSuffix("/booked"))
            let done = try await browser.get(booked.location, as: "zhou")
            #expect(done.body.contains("跟您核对一遍"))
            #expect(done.body.contains("牙痛，大约 30 分钟"))
            let path = booked.location.replacing("/booked", with: "/notes")
            #expect(try await browser.post(path, ["kind": "readBack"], as: "zhou").status == 303)
            #expect(try await browser.post(path, ["kind": "addressSent"], as: "zhou").status == 303)
            let id = try #require(ID<Appointment>(booked.location.split(separator: "/")[1]))
            let stored = try await book.stored(id)
            #expect(stored.complaint == "牙痛")
            #expect(stored.units == 2)
            let shown = try await browser.get("/appointments/\(id.text)", as: "zhou")
            #expect(shown.body.contains("已复述"))
            #expect(shown.body.contains("已发地址"))
        }
    }

    @Test("新客人没问姓名、年龄、主诉就不报时间，问齐后登记和预约一步完成 R3.16")
    func newCaller() async throws {
        let book = try await BookPagesFixture()
        try await book.use { browser in
            let page = try await browser.get("/appointments/new?q=13912345678", as: "zhou")
            #expect(page.status == 200)
            #expect(page.body.contains("value=\"13912345678\""))
            #expect(page.body.contains("name=\"isNew\""))
            let early = try await browser.post(
                "/appointments/offers", ["isNew": "1", "phone": "13912345678", "channel": "phone"], as: "zhou")
            #expect(early.status == 422)
            for message in ["请问客人贵姓大名", "请问客人的年龄", "请填写主诉，一句话即可"] {
                #expect(early.body.contains(message))
            }
            #expect(!early.body.contains("3 报时间"))

            let asked: KeyValuePairs<String, String> = [
                "isNew": "1", "name": "江一山", "age": "34", "phone": "13912345678", "complaint": "洗牙", "channel": "phone",
            ]
            let offers = try await browser.post("/appointments/offers", asked, as: "zhou")
            #expect(offers.status == 200)
            let value = try #require(offers.body.firstMatch(of: /name="offer" value="([^"]+)"/)?.1)
            let booked = try await browser.post(
                "/appointments",
                [
                    "isNew": "1", "name": "江一山", "age": "34", "phone": "13912345678", "complaint": "洗牙",
                    "channel": "phone", "offer": String(value),
                ], as: "zhou")
            #expect(booked.status == 303)
            // The same number again: the person on file is shown before any time.
            let again = try await browser.post("/appointments/offers", asked, as: "zhou")
            #expect(again.body.contains("可能已有档案"))
        }
    }

    @Test("医生和客人的时间都被占时，两个原因都说出来 R3.32")
    func everyObstacleIsNamed() async throws {
        let book = try await BookPagesFixture()
        _ = try await book.place("10:00")
        _ = try await book.place("10:00", patient: 1, doctor: 1)
        try await book.use { browser in
            let refused = try await browser.post(
                "/appointments",
                [
                    "patient": book.patients[1].text, "day": "2026-03-13", "unit": "40", "units": "2",
                    "doctor": book.doctors[0].id.text, "complaint": "牙痛", "channel": "phone",
                ], as: "zhou")
            #expect(refused.status == 409)
            #expect(refused.body.contains("林书远医生 10:00–10:45 已约王小明"))
            #expect(refused.body.contains("谢春梅 10:00–10:45 已约陈思敏医生"))
        }
    }

    @Test("没到的客人：晚到的话记下，该定的才能标记未到 R3.35")
    func absences() async throws {
        let book = try await BookPagesFixture()
        let placed = try await book.place("09:30", day: BookPagesFixture.today)
        try await book.use { browser in
            let none = try await browser.get("/appointments/absences", as: "zhou")
            #expect(none.body.contains("没有迟到或没到的客人"))
            let path = "/appointments/\(placed.id.text)/notes"
            let said = try await browser.post(path, ["kind": "late", "detail": "10 点到"], as: "zhou")
            #expect(said.status == 303)
            let unsaid = try await browser.post(path, ["kind": "late"], as: "zhou")
            #expect(unsaid.status == 422)
        }
    }

    @Test("确认名单：一键一个答案，取消要写原因和回电日期 R3.25 R3.30")
    func confirmations() async throws {
        let book = try await BookPagesFixture()
        let first = try await book.place("10:00")
        let second = try await book.place("11:00", patient: 1)
        try await book.use { browser in
            let page = try await browser.get("/appointments/confirmations?day=2026-03-13", as: "zhou")
            #expect(page.status == 200)
            #expect(page.body.contains("已定 0 / 2"))
            let path = "/appointments/\(first.id.text)/answer"
            let yes = try await browser.post(path, ["outcome": "confirmed", "day": "2026-03-13"], as: "zhou")
            #expect(yes.status == 303)
            #expect(try await book.stored(first.id).confirmed != nil)
            let bare = try await browser.post(
                "/appointments/\(second.id.text)/answer",
                ["outcome": "cancelled", "day": "2026-03-13", "version": "1", "callbackOn": "x"], as: "zhou")
            #expect(bare.status == 422)
            #expect(bare.body.contains("请选择取消原因"))
            #expect(bare.body.contains("日期写成 2026-03-20"))
            let no = try await browser.post(
                "/appointments/\(second.id.text)/answer",
                [
                    "outcome": "cancelled", "day": "2026-03-13", "version": "1", "reason": "busy",
                    "callbackOn": "2026-03-20",
                ], as: "zhou")
            #expect(no.status == 303)
            #expect(try await book.stored(second.id).cancellation != nil)
            #expect(
                try await browser.get("/appointments/\(second.id.text)", as: "zhou").body
                    .contains("没有下次时间，约好回电：2026-03-20"))
        }
    }

    @Test("说好哪天来而不定时间，列在待约里 R3.57")
    func expectedDay() async throws {
        let book = try await BookPagesFixture()
        try await book.use { browser in
            let saved = try await browser.post(
                "/appointments/expected",
                ["patient": book.patients[0].text, "complaint": "种植咨询", "day": "2026-03-20", "channel": "phone"],
                as: "zhou")
            #expect(saved.status == 303)
            let list = try await browser.get("/appointments/planned", as: "zhou")
            #expect(list.body.contains("3 月 20 日 星期五"))
            #expect(list.body.contains("种植咨询"))
        }
    }
}
