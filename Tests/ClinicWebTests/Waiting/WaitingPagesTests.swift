import Clinic
import ClinicWeb
import Kernel
import Storage
import Testing

@Suite struct WaitingPagesTests {
    private func checkIn(
        _ desk: ReceptionPagesFixture, _ browser: PatientPagesFixture.Browser, _ index: Int, told: String
    )
        async throws -> ID<Visit>
    {
        let made = try await browser.post(
            "/reception/arrivals",
            [
                "patient": desk.book.patients[index].text, "complaint": "牙疼", "toldWait": told,
                "doctor": desk.book.doctors[0].id.text, "phone": "138 0013 80\(10 + index)", "segment": "care",
            ], as: "guide")
        #expect(made.status == 303)
        return try await desk.visit(of: index).id
    }

    @Test("候诊区平板：谁可以进、椅位一点一步、带陪同 R4.14 R4.15 R4.16") func attendantsTablet() async throws {
        let desk = try await ReceptionPagesFixture()
        let chair = try await desk.chairs[0].text
        try await desk.use { browser in
            #expect(try await browser.get("/waiting-room", as: "attendant").body.contains("没有人候诊"))
            let visit = try await checkIn(desk, browser, 0, told: "5").text
            let page = try await browser.get("/waiting-room", as: "attendant")
            #expect(page.status == 200 && page.body.contains("候诊 1 位") && page.body.contains("可以进"))
            // Rounds and ticks are off until the clinic wants them.
            #expect(!page.body.contains("巡视一圈") && !page.body.contains("/care\""))

            #expect(
                try await browser.post(
                    "/visits/\(visit)/lead-in", ["chair": chair, "next": "/waiting-room"], as: "attendant"
                ).location == "/waiting-room")
            for (step, state) in [("nearly-done", "nearly"), ("treated", "finished"), ("leaving", "leaving")] {
                let tapped = try await browser.post(
                    "/visits/\(visit)/\(step)", ["next": "/waiting-room"], as: "attendant")
                #expect(tapped.status == 303 && tapped.location == "/waiting-room")
                // The desk sees it at once.
                #expect(
                    try await browser.get("/reception/board", as: "guide").body.contains("data-state=\"\(state)\""))
            }
            let asks = try await browser.get("/visits/\(visit)/companions", as: "attendant")
            #expect(asks.status == 200 && asks.body.contains("12 岁及以下、70 岁及以上可以有 1 位陪同"))
            let made = try await browser.post(
                "/visits/\(visit)/companions", ["companionRelation": "妈妈", "companionReason": "frail"], as: "attendant")
            #expect(made.status == 303)
            let inside = try await browser.get("/visits/\(visit)/companions", as: "attendant").body
            #expect(inside.contains("妈妈") && inside.contains("破例：行动不便") && inside.contains("1 位在诊区"))
            #expect(try await browser.get("/reception/board", as: "guide").body.contains("+ 陪同 1"))
            #expect(try await browser.get("/waiting-room", as: "cashier").status == 200)
        }
    }

    @Test("估计超过十五分钟去宣教，接受和不需要都记下 R4.03 R3.39") func education() async throws {
        let desk = try await ReceptionPagesFixture()
        try await desk.use { browser in
            let visit = try await checkIn(desk, browser, 0, told: "15").text
            #expect(!(try await browser.get("/reception/board", as: "guide").body.contains("/education")))
            #expect(try await browser.post("/visits/\(visit)/told-wait", ["minutes": "16"], as: "guide").status == 303)
            #expect(try await browser.get("/reception/board", as: "guide").body.contains("/visits/\(visit)/education"))
            #expect(try await browser.get("/waiting-room", as: "attendant").body.contains("/visits/\(visit)/education"))

            let page = try await browser.get("/visits/\(visit)/education", as: "guide").body
            #expect(page.contains("大约还要 16 分钟") && page.contains("value=\"beauty\" checked"))
            #expect(page.contains("deskReason=waitTooLong"))
            let empty = try await browser.post("/visits/\(visit)/education", ["answer": "accepted"], as: "guide")
            #expect(empty.status == 422 && empty.body.contains("请选择讲了什么"))
            let done = try await browser.post(
                "/visits/\(visit)/education", ["answer": "accepted", "topic": "beauty"], as: "attendant")
            #expect(done.status == 303)
            #expect(!(try await browser.get("/reception/board", as: "guide").body.contains("/education")))
            #expect(try await browser.get("/visits/\(visit)", as: "guide").body.contains("美白与整齐"))
        }
    }

    @Test("调整顺序要原因，接待台看得到，十秒内可撤销 R4.01") func place() async throws {
        let desk = try await ReceptionPagesFixture()
        try await desk.use { browser in
            let first = try await checkIn(desk, browser, 0, told: "5").text
            desk.wait(1)
            let second = try await checkIn(desk, browser, 1, told: "5").text
            let page = try await browser.get("/visits/\(second)/place", as: "guide")
            #expect(page.status == 200 && page.body.contains("现在的位置：09:21 到达") && page.body.contains("A001"))
            let bare = try await browser.post("/visits/\(second)/place", ["before": first], as: "guide")
            #expect(bare.status == 422 && bare.body.contains("请选择调整顺序的原因"))
            let moved = try await browser.post(
                "/visits/\(second)/place", ["before": first, "reason": "frail"], as: "guide")
            #expect(moved.status == 303)
            #expect(try await browser.get("/reception/board", as: "guide").body.contains("排前：老人、孕妇或行动不便"))
            #expect(try await browser.post("/visits/\(second)/undo", as: "guide").status == 303)
            #expect(!(try await browser.get("/reception/board", as: "guide").body.contains("排前：")))
            #expect(try await browser.post("/visits/\(second)/place", ["before": first], as: "attendant").status == 403)
        }
    }

    @Test("客人的需要一点就记，办好就消失 R4.09 R4.41 R4.47") func needs() async throws {
        let desk = try await ReceptionPagesFixture()
        try await desk.use { browser in
            let visit = try await checkIn(desk, browser, 0, told: "5").text
            #expect(
                try await browser.get("/waiting-room/needs/new?visit=\(visit)", as: "attendant").body.contains("要喝水"))
            let other = try await browser.post(
                "/waiting-room/needs", ["visit": visit, "need": "other"], as: "attendant")
            #expect(other.status == 422 && other.body.contains("请写一句说明"))
            #expect(
                try await browser.post("/waiting-room/needs", ["visit": visit, "need": "water"], as: "attendant").status
                    == 303)
            let room = try await browser.get("/waiting-room/live", as: "attendant").body
            #expect(room.contains("要喝水") && room.contains("A001"))
            #expect(try await browser.get("/reception/board", as: "guide").body.contains("客人的需要 1 件"))
            let met = try #require(room.firstMatch(of: /\/waiting-room\/needs\/[0-9A-Za-z]+\/met/)).output
            #expect(try await browser.post(String(met), as: "attendant").status == 303)
            #expect(try await browser.get("/waiting-room/live", as: "attendant").body.contains("没有还没办的"))
        }
    }
}
