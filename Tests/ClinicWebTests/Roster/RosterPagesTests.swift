import Clinic
import ClinicWeb
import Kernel
import Storage
import TestSupport
import Testing

@Suite struct RosterPagesTests {
    @Test("排班页：前台都看得到，改的人才有“改排班”；医生改休后逐条处理 R3.11 R3.34")
    func restAndRearranging() async throws {
        let book = try await BookPagesFixture()
        let booked = try await book.place("10:00")
        let later = try await book.place("14:00", patient: 1)
        let path = "/roster/\(book.doctors[0].id.text)"
        try await book.use { browser in
            let seen = try await browser.get("/roster?week=2026-03-12", as: "zhou")
            #expect(seen.status == 200)
            #expect(seen.body.contains("08:30–12:00") && !seen.body.contains("改排班"))
            #expect(try await browser.get("/roster?week=2026-03-12", as: "lin").body.contains("改排班"))
            #expect(try await browser.get("/roster", as: "jie").status == 403)
            #expect(try await browser.get(path, as: "zhou").status == 403)

            let rest = try await browser.post(
                "\(path)/exception", ["day": "2026-03-13", "kind": "rest", "reason": "学术会议"], as: "lin")
            #expect(rest.status == 303)
            let list = try await browser.get("/roster/rearrange", as: "lin").body
            #expect(list.contains("2 条待安排") && list.contains("换给陈思敏医生") && list.contains("学术会议"))

            let moved = try await browser.post(
                "/roster/rearrange/\(booked.id.text)/doctor", ["version": "1"], as: "lin")
            #expect(moved.status == 303)
            let cancelled = try await browser.post(
                "/roster/rearrange/\(later.id.text)/cancellation", ["version": "1"], as: "lin")
            #expect(cancelled.status == 303)
            #expect(try await browser.get("/roster/rearrange", as: "lin").body.contains("没有要重新安排的预约"))
            #expect(try await browser.get("/roster?week=2026-03-12", as: "zhou").body.contains("学术会议"))
        }
        let stored = try await book.stored(booked.id)
        #expect(stored.doctorID == book.doctors[1].id)
        #expect(stored.start == booked.start && stored.moveCount == 1)
    }

    @Test("每周排班写错，422 并说哪里错；备班在表上")
    func weekForm() async throws {
        let book = try await BookPagesFixture()
        let path = "/roster/\(book.doctors[0].id.text)"
        try await book.use { browser in
            let wrong = try await browser.post(
                "\(path)/week", ["from": "2026-03-16", "start-1a": "40", "end-1a": "36"], as: "lin")
            #expect(wrong.status == 422)
            #expect(wrong.body.contains("下班时间要晚于上班时间"))
            let right = try await browser.post(
                "\(path)/week",
                [
                    "from": "2026-03-16", "start-1a": "34", "end-1a": "48", "start-1b": "72", "end-1b": "84",
                    "place-1b": "standby",
                ], as: "lin")
            #expect(right.status == 303)
            let week = try await browser.get("/roster?week=2026-03-16", as: "zhou").body
            #expect(week.contains("18:00–21:00 <span class=\"chip\" data-tone=\"neutral\">备班</span>"))
            #expect(try await browser.get("/roster/month?day=2026-03-16", as: "zhou").body.contains("2026 年 3 月"))
        }
    }

    @Test("椅位图：谁坐哪张椅，今天带状态 R3.12")
    func chairMap() async throws {
        let book = try await BookPagesFixture()
        let work = book.work
        let (lin, clinic) = (book.doctors[0].id, book.clinic)
        try await book.app.db.write(in: clinic.lane) { tx in
            let chair = try PlaceStore.chairs(clinic: clinic.id, in: tx)[1]
            try RosterChanges.setDay(
                of: lin, day: BookPagesFixture.today, spans: [WorkSpan(Unit(34), Unit(48), chairID: chair.id)],
                reason: "换椅", by: work, in: tx)
        }
        try await book.use { browser in
            let today = try await browser.get("/roster/chairs", as: "zhou").body
            #expect(today.contains("08:30–12:00 林书远") && today.contains("可用"))
            #expect(today.contains("data-live-src=\"/roster/chairs/map\""))
            #expect(try await browser.get("/roster/chairs/map", as: "zhou").body.contains("08:30–12:00 林书远"))
            let sunday = try await browser.get("/roster/chairs?day=2026-03-15", as: "zhou").body
            #expect(sunday.contains("没有人") && !sunday.contains("data-live-src=\"/roster/chairs/map\""))
        }
    }

    @Test("请假：任何岗位能提，错处在栏目旁；主管批 R13.02")
    func requests() async throws {
        let book = try await BookPagesFixture()
        try await book.use { browser in
            let wrong = try await browser.post(
                "/roster/requests", ["kind": "leave", "firstDay": "2026-03-01", "reason": "sick"], as: "jie")
            #expect(wrong.status == 422)
            #expect(wrong.body.contains("请选今天或以后的日期"))
            let asked = try await browser.post(
                "/roster/requests", ["kind": "leave", "firstDay": "2026-03-13", "reason": "sick"], as: "jie")
            #expect(asked.status == 303)
            #expect(try await browser.get("/roster/requests", as: "jie").body.contains("待批"))
            #expect(try await browser.get("/roster/requests", as: "lin").body.contains("等您批准"))
            #expect(
                try await browser.post("/roster/requests/0000000000000/decision", [:], as: "jie").status == 403)
        }
    }

    @Test("节假日：国家安排列出，照着定；占用与设备有自己的页")
    func daysAndResources() async throws {
        let book = try await BookPagesFixture()
        try await book.use { browser in
            #expect(try await browser.get("/roster/days", as: "lin").body.contains("24 天未定"))
            #expect(try await browser.post("/roster/days/holidays", [:], as: "lin").status == 303)
            #expect(try await browser.get("/roster?week=2026-10-01", as: "zhou").body.contains("国庆节 休诊"))
            let device = try await browser.post(
                "/roster/devices", ["kind": "panoramic", "name": "全景机"], as: "lin")
            #expect(device.status == 303)
            #expect(try await browser.get("/roster/resources", as: "lin").body.contains("全景机"))
            let block = try await browser.post(
                "/roster/blocks",
                [
                    "resource": "doctor:\(book.doctors[0].id.text)", "day": "2026-03-13", "start": "48", "end": "54",
                    "reason": "午休",
                ], as: "lin")
            #expect(block.status == 303)
            #expect(
                try await browser.get("/roster/resources?day=2026-03-13", as: "lin").body.contains("12:00–13:30"))
        }
    }
}
