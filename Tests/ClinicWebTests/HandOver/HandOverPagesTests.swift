import Clinic
import ClinicWeb
import Kernel
import Storage
import Testing

@Suite struct HandOverPagesTests {
    @Test("写纸条、诊室答复、接待台看到、转告客人 R4.17 R4.02") func noteAndAnswer() async throws {
        let desk = try await ReceptionPagesFixture()
        let booked = try await desk.book.place("09:30", day: BookPagesFixture.today)
        try await desk.use { browser in
            let arrived = try await browser.post(
                "/reception/arrivals",
                [
                    "appointment": booked.id.text, "patient": desk.book.patients[0].text, "complaint": "右下后牙疼",
                    "phone": "138 **** 8010", "address": "", "contactChecked": "1",
                ], as: "guide")
            #expect(arrived.status == 303)
            let visit = try await desk.visit(of: 0)
            let page = try await browser.get("/visits/\(visit.id.text)", as: "guide").body
            #expect(page.contains("/reception/notes?visit=\(visit.id.text)") && page.contains("还没有进诊室"))
            let form = try await browser.get("/reception/notes?visit=\(visit.id.text)", as: "guide")
            #expect(form.status == 200 && form.body.contains("关于 A001"))
            let empty = try await browser.post(
                "/reception/notes", ["visit": visit.id.text, "doctor": "", "body": ""], as: "guide")
            #expect(empty.status == 422 && empty.body.contains("请写下要问医生的事"))
            #expect(try await browser.post("/reception/notes", ["body": "x"], as: "cashier").status == 403)

            let sent = try await browser.post(
                "/reception/notes", ["visit": visit.id.text, "doctor": "", "body": "能不能今天拔"], as: "guide")
            #expect(sent.status == 303 && sent.location == "/reception")
            #expect(try await browser.get("/reception", as: "guide").body.contains("能不能今天拔"))
            desk.wait(3)
            let late = try await browser.get("/reception/notes/open", as: "guide").body
            #expect(late.contains("等答复 3 分钟") && late.contains("data-tone=\"danger\""))
            let room = try await browser.get("/treatment", as: "nurse").body
            #expect(room.contains("能不能今天拔") && room.contains("请进来") && room.contains("value=\"wait-15\""))

            let note = try #require(try await desk.notes().first)
            let action = "/notes/\(note.id.text)"
            #expect(try await browser.post(action + "/answer", ["answer": "nonsense"], as: "nurse").status == 422)
            #expect(try await browser.post(action + "/answer", ["answer": "wait-15"], as: "guide").status == 403)
            #expect(try await browser.post(action + "/answer", ["answer": "wait-15"], as: "nurse").status == 303)
            #expect(try await browser.post(action + "/answer", ["answer": "book"], as: "nurse").status == 409)
            #expect(try await browser.get("/reception/notes/open", as: "guide").body.contains("已转告客人"))
            #expect(try await browser.post(action + "/act", as: "guide").status == 303)
            #expect(try await desk.visit(of: 0).toldWaitMinutes == 15)
            #expect(try await browser.get("/reception/notes/open", as: "guide").body.contains("能不能今天拔") == false)
        }
    }

    @Test("诊室确认到诊后接待台看到；引领写下介绍词和护士，楼层登记里有 R4.21 R4.18 R4.20") func knownAndHandedOver() async throws {
        let desk = try await ReceptionPagesFixture()
        let booked = try await desk.book.place("09:30", day: BookPagesFixture.today)
        let chair = try await desk.chairs[1].text
        try await desk.use { browser in
            let arrived = try await browser.post(
                "/reception/arrivals",
                [
                    "appointment": booked.id.text, "patient": desk.book.patients[0].text, "complaint": "右下后牙疼",
                    "phone": "138 **** 8010", "address": "", "contactChecked": "1",
                ], as: "guide")
            #expect(arrived.status == 303)
            let visit = try await desk.visit(of: 0)
            #expect(try await browser.get("/treatment", as: "nurse").body.contains("知道了"))
            #expect(try await browser.post("/visits/\(visit.id.text)/acknowledgement", as: "guide").status == 403)
            #expect(try await browser.post("/visits/\(visit.id.text)/acknowledgement", as: "nurse").status == 303)
            #expect(try await browser.get("/reception/board", as: "guide").body.contains("医生已知悉"))

            let page = try await browser.get("/visits/\(visit.id.text)/lead-in", as: "guide").body
            #expect(page.contains("医生您好，这位是") && page.contains("给医生的一句话"))
            let judged = try await browser.post(
                "/visits/\(visit.id.text)/lead-in", ["chair": chair, "observation": "有点难缠"], as: "guide")
            #expect(judged.status == 422 && judged.body.contains("难缠") && judged.body.contains("不是评价"))
            let led = try await browser.post(
                "/visits/\(visit.id.text)/lead-in",
                ["chair": chair, "observation": "有些紧张", "chairReason": "cleaning"], as: "guide")
            #expect(led.status == 303)

            let register = try await browser.get("/reception/floor-register", as: "guide")
            #expect(register.status == 200 && register.body.contains("林岚") && register.body.contains("客人 1 人次"))
            #expect(try await browser.get("/visits/\(visit.id.text)", as: "guide").body.contains("有些紧张"))
            let room = try await browser.get("/treatment/list?of=all", as: "nurse").body
            #expect(room.contains("录入收费") && room.contains("快结束"))
        }
    }

    @Test("内部消息：位置、未读数、已读是谁、金额不收 R4.32") func messages() async throws {
        let desk = try await ReceptionPagesFixture()
        try await desk.use { browser in
            let page = try await browser.get("/messages", as: "guide")
            #expect(page.status == 200 && page.body.contains("前台") && page.body.contains("常用的话"))
            let money = try await browser.post("/messages", ["to": "cashier", "body": "还差 300 元"], as: "guide")
            #expect(money.status == 422 && money.body.contains("不写金额"))
            let nobody = try await browser.post("/messages", ["body": "来一下"], as: "guide")
            #expect(nobody.status == 422 && nobody.body.contains("请选发给哪里"))
            let sent = try await browser.post(
                "/messages", ["to": "cashier", "to": "waitingArea", "quick": "请带下一位客人", "body": ""], as: "guide")
            #expect(sent.status == 303)

            let badge = try await browser.get("/messages/badge", as: "cashier").body
            #expect(badge.contains("收银") && badge.contains("未读消息"))
            #expect(try await browser.get("/checkout", as: "cashier").body.contains("未读消息"))
            #expect(try await browser.get("/messages/list", as: "cashier").body.contains("请带下一位客人"))
            #expect(try await browser.post("/messages/reading", as: "cashier").status == 303)
            #expect(try await browser.get("/messages/badge", as: "cashier").body.contains("未读消息") == false)
            let list = try await browser.get("/messages/list", as: "guide").body
            #expect(list.contains("已读") && list.contains("候诊区 未读"))
            #expect(try await browser.post("/messages/place", ["place": "lobby"], as: "guide").status == 303)
            #expect(try await browser.post("/messages/place", ["place": "moon"], as: "guide").status == 422)
        }
    }
}

extension ReceptionPagesFixture {
    fileprivate func notes() async throws -> [DoctorNote] {
        let clinic = book.clinic.id
        return try await app.db.read { tx in
            try DoctorNoteStore.listDay(clinic: clinic, day: BookPagesFixture.today, in: tx)
        }
    }
}
