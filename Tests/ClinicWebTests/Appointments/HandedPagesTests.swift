import Clinic
import ClinicWeb
import Foundation
import Kernel
import Storage
import TestSupport
import Testing

@Suite struct HandedPagesTests {
    @Test("交给主管的客人：名单上有，主管点安排就进预约，没有权的人只看 R2.23")
    func handedToTheSupervisor() async throws {
        let book = try await BookPagesFixture()
        let (patient, gone) = (book.patients[0], book.doctors[1].id)
        try await book.use { browser in
            let path = "/appointments/handed/new?kind=doctorGone&patient=\(patient.text)&doctor=\(gone.text)"
            let form = try await browser.get(path, as: "zhou")
            #expect(form.status == 200)
            #expect(form.body.contains("交给主管"))
            let fields: KeyValuePairs<String, String> = [
                "kind": "doctorGone", "patient": patient.text, "doctor": gone.text, "words": "36 补的牙掉了",
            ]
            let empty = try await browser.post(
                "/appointments/handed", ["kind": "doctorGone", "patient": patient.text, "words": ""], as: "zhou")
            #expect(empty.status == 422)
            #expect(empty.body.contains("请写明客人要什么、为什么定不下来"))
            #expect(
                try await browser.post("/appointments/handed", fields, as: "zhou").location == "/appointments/handed")
            #expect(try await browser.post("/appointments/handed", fields, as: "zhou").status == 409)

            let desk = try await browser.get("/appointments/handed", as: "zhou").body
            #expect(desk.contains("36 补的牙掉了") && desk.contains("原医生 陈思敏"))
            #expect(!desk.contains("安排医生"))
            let boss = try await browser.get("/appointments/handed", as: "lin").body
            #expect(boss.contains("/appointments/new?patient=\(patient.text)&amp;next="))
            let action = try #require(boss.firstMatch(of: /action="(\/appointments\/handed\/\w+\/outcome)"/)?.1)
            #expect(try await browser.post(String(action), ["outcome": "陈医生周五回来看"], as: "zhou").status == 403)
            #expect(try await browser.post(String(action), ["outcome": "陈医生周五回来看"], as: "lin").status == 303)
            let after = try await browser.get("/appointments/handed", as: "zhou").body
            #expect(after.contains("陈医生周五回来看 · 林岚"))
        }
    }

    @Test("来电面板一行一件：候补、改休待重排、交上级的事都看得到下一步 R3.34")
    func panelShowsWhatIsOpen() async throws {
        let book = try await BookPagesFixture()
        let (work, patient, doctor) = (book.work, book.patients[0], book.doctors[0].id)
        let placed = try await book.place("10:00")
        try await book.app.db.write(in: book.clinic.lane) { tx in
            _ = try RosterChanges.setDay(
                of: doctor, day: BookPagesFixture.tomorrow, spans: [], reason: "学术会议", by: work, in: tx)
            _ = try HandedCases.hand(
                HandCase(.difficult, patientID: patient, appointmentID: placed.id, words: "两台撞了"), by: work, in: tx)
            try ExpectedVisits.record(patient, on: BookPagesFixture.tomorrow, note: "说周五来", by: work, in: tx)
        }
        try await book.use { browser in
            let kept = try await browser.post(
                "/waiting",
                [
                    "patient": patient.text, "complaint": "想早点拔牙", "units": "2", "weekday": "5", "urgency": "high",
                    "from": "36", "to": "72",
                ], as: "zhou")
            #expect(kept.location == "/waiting")
            let panel = try await browser.get("/appointments/new?patient=\(patient.text)", as: "zhou").body
            #expect(panel.contains("<a class=\"link\" href=\"/roster/rearrange\">医生已休，待重排</a>"))
            #expect(panel.contains("（学术会议）"))
            #expect(panel.contains("想早点拔牙") && panel.contains("说周五来") && panel.contains("两台撞了"))
            #expect(panel.contains("<a class=\"link\" href=\"/appointments/handed\">等主任定</a>"))
        }
    }

    @Test("拖到别人头上：先给这位医生的空档，再给别的医生的时间 R3.20 R3.32")
    func alternativesAcrossDoctors() async throws {
        let book = try await BookPagesFixture()
        _ = try await book.place("10:00")
        let mine = try await book.place("14:00", patient: 1)
        let (one, two) = (book.doctors[0].id.text, book.doctors[1].id.text)
        try await book.use { browser in
            let check =
                "/appointments/check?appointment=\(mine.id.text)&day=2026-03-13&unit=40&units=3&doctor=\(one)&chair="
            let answer = try await browser.get(check, as: "zhou").body
            #expect(answer.contains("\"fits\":false"))
            #expect(answer.contains("\"doctor\":\"\(one)\""))
            #expect(answer.contains("\"doctor\":\"\(two)\""))
            #expect(answer.contains("陈思敏"))
        }
    }

    @Test("预约时加助手和沟通室，看板按诊室有沟通室一列，预约页能改 R3.06")
    func partsInTheForm() async throws {
        let book = try await BookPagesFixture()
        let work = book.work
        let room = try await book.app.db.write(in: book.clinic.lane) { tx in
            try Devices.add(kind: RoomUse.kind, name: "1 号沟通室", room: nil, by: work, in: tx)
        }
        let chair = try await book.app.db.read { tx in
            try PlaceStore.chairs(clinic: book.clinic.id, in: tx)[0].id
        }
        try await book.use { browser in
            let form = try await browser.get("/appointments/new?patient=\(book.patients[0].text)", as: "zhou").body
            #expect(form.contains("<option value=\"device-\(room.id.text)\">1 号沟通室</option>"))
            let fields: [(String, String)] = [
                ("patient", book.patients[0].text), ("day", "2026-03-13"), ("unit", "40"), ("units", "4"),
                ("doctor", book.doctors[0].id.text), ("chair", chair.text), ("complaint", "种植沟通"),
                ("channel", "phone"),
                ("part", "device-\(room.id.text)"), ("partFrom", "1"), ("partUnits", ""), ("part", "doctor"),
                ("partFrom", "0"), ("partUnits", "2"),
            ]
            let placed = try await browser.post("/appointments", pairs: fields, as: "zhou")
            #expect(placed.status == 303)
            let id = try #require(
                placed.location.firstMatch(of: /pick=(\w+)/).flatMap { ID<Appointment>(String($0.1)) })
            let stored = try await book.stored(id)
            #expect(stored.parts == [.device(room.id, offset: 1, units: 3), .doctor(offset: 0, units: 2)])
            let rooms = try await browser.get("/appointments?day=2026-03-13&by=room", as: "zhou").body
            #expect(rooms.contains("data-column=\"\(room.id.text)\""))
            #expect(rooms.contains("<b>王小明 林书远</b>"))
            let page = try await browser.get("/appointments/\(id.text)", as: "zhou").body
            #expect(page.contains("1 号沟通室 15–60 分钟 · 医生 0–30 分钟"))
            let bad = try await browser.post(
                "/appointments/\(id.text)/parts",
                pairs: [
                    ("version", "1"), ("part", "device-\(room.id.text)"), ("partFrom", "3"), ("partUnits", "4"),
                ], as: "zhou")
            #expect(bad.status == 422)
            #expect(bad.body.contains("分段时间要在预约的 60 分钟以内"))
            let changed = try await browser.post(
                "/appointments/\(id.text)/parts",
                pairs: [("version", "1"), ("part", "device-\(room.id.text)"), ("partFrom", "0"), ("partUnits", "1")],
                as: "zhou")
            #expect(changed.location == "/appointments/\(id.text)")
            #expect(try await book.stored(id).parts == [.device(room.id, offset: 0, units: 1)])
        }
    }

    @Test("每周开诊日：勾掉星期五，周五的预约变红 R3.11 R3.34")
    func openDays() async throws {
        let book = try await BookPagesFixture()
        _ = try await book.place("10:00")
        try await book.use { browser in
            let form = try await browser.get("/roster/days", as: "lin").body
            #expect(form.contains("现在每天按排班开诊"))
            let saved = try await browser.post(
                "/roster/days/week",
                pairs: [("from", "2026-03-13")] + ["1", "2", "3", "4", "6"].map { ("weekday", $0) }, as: "lin")
            #expect(saved.status == 303)
            let after = try await browser.get("/roster/days", as: "lin").body
            #expect(after.contains("3 月 13 日起星期一、二、三、四、六"))
            let board = try await browser.get("/appointments?day=2026-03-13", as: "zhou").body
            #expect(board.components(separatedBy: " data-displaced").count == 2)
            let none = try await browser.post("/roster/days/week", pairs: [("from", "2026-03-13")], as: "lin")
            #expect(none.status == 422)
            #expect(none.body.contains("请至少选一天开诊"))
        }
    }
}
