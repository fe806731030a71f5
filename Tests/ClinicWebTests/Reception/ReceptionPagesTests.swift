import Clinic
import ClinicWeb
import Kernel
import Storage
import Testing

@Suite struct ReceptionPagesTests {
    @Test("从到诊到送别，一位客人走完 R4.01 R4.02 R4.10 R4.15 R4.33") func oneCustomersWay() async throws {
        let desk = try await ReceptionPagesFixture()
        let booked = try await desk.book.place("09:30", day: BookPagesFixture.today)
        let chair = try await desk.chairs[0].text
        try await desk.use { browser in
            let board = try await browser.get("/reception", as: "guide")
            #expect(board.status == 200 && board.body.contains("1 小时内 1") && board.body.contains("没有人候诊"))
            #expect(board.body.contains("/reception/arrivals/new?appointment=\(booked.id.text)"))

            let form = try await browser.get("/reception/arrivals/new?appointment=\(booked.id.text)", as: "guide")
            #expect(form.status == 200)
            #expect(form.body.contains("value=\"右下后牙疼\"") && form.body.contains("<strong>初诊</strong>"))
            #expect(form.body.contains("按椅位和候诊人数估计约 10 分钟") && form.body.contains("138 **** 8010"))

            let made = try await browser.post(
                "/reception/arrivals",
                [
                    "patient": desk.book.patients[0].text, "appointment": booked.id.text, "complaint": "右下后牙疼",
                    "toldWait": "１５", "phone": "138 **** 8010", "address": "", "contactChecked": "1",
                    "firstTime": "yes",
                ], as: "guide")
            let visit = try await desk.visit(of: 0)
            #expect(made.status == 303 && made.location == "/reception?arrived=\(visit.id.text)")
            #expect(visit.toldWaitMinutes == 15 && visit.doctorID == desk.book.doctors[0].id)
            #expect(try await desk.patient(0).phone == "13800138010")
            let shown = try await browser.get(made.location, as: "guide")
            #expect(shown.body.contains("<b class=\"num\">A001</b>") && shown.body.contains("大约等 15 分钟"))

            let called = try await browser.post("/visits/\(visit.id.text)/call", ["version": "1"], as: "guide")
            #expect(called.status == 303 && called.location == "/reception")
            let stale = try await browser.post("/visits/\(visit.id.text)/call", ["version": "1"], as: "guide")
            #expect(stale.status == 409 && stale.body.contains("林岚 09:20 叫号"))
            desk.wait(5)
            let led = try await browser.post("/visits/\(visit.id.text)/lead-in", ["chair": chair], as: "guide")
            #expect(led.status == 303)
            #expect(try await browser.get("/reception/board", as: "guide").body.contains("data-state=\"busy\""))
            desk.wait(20)
            #expect(try await browser.post("/visits/\(visit.id.text)/nearly-done", as: "nurse").status == 303)
            #expect(try await browser.get("/reception/board", as: "guide").body.contains("data-state=\"nearly\""))
            #expect(try await browser.post("/visits/\(visit.id.text)/exit", as: "nurse").status == 303)
            #expect(try await browser.post("/chairs/\(chair)/cleaning", as: "nurse").status == 303)
            let page = try await browser.get("/visits/\(visit.id.text)/departure", as: "guide")
            #expect(page.status == 200 && page.body.contains("09:20 到诊 · 09:25 入座"))
            let none = try await browser.post("/visits/\(visit.id.text)/departure", ["outcome": "?"], as: "guide")
            #expect(none.status == 422 && none.body.contains("每位到访客人都要有结果"))
            let bye = try await browser.post("/visits/\(visit.id.text)/departure", ["outcome": "seen"], as: "guide")
            #expect(bye.status == 303)
            let history = try await browser.get("/visits/\(visit.id.text)", as: "guide").body
            for step in ["到诊", "叫号", "引领入座", "快结束", "离开椅位", "清洁完", "离开诊所", "客人说第一次来"] {
                #expect(history.contains(step))
            }
        }
    }

    @Test("客人已经到诊：档案和名单不再给到诊登记，给下一步 R4.01 R1.35") func customerWhoIsHere() async throws {
        let desk = try await ReceptionPagesFixture()
        let (here, other) = (desk.book.patients[1].text, desk.book.patients[0].text)
        let fields: KeyValuePairs = ["patient": here, "complaint": "洗牙", "phone": "138 0013 8011"]
        try await desk.use { browser in
            #expect(try await browser.get("/patients/\(here)", as: "guide").body.contains("到诊登记"))
            #expect(try await browser.post("/reception/arrivals", fields, as: "reception").status == 303)
            let visit = try await desk.visit(of: 1)

            let waiting = try await browser.get("/patients/\(here)", as: "guide").body
            #expect(!waiting.contains("到诊登记") && waiting.contains("候诊中"))
            #expect(waiting.contains("href=\"/visits/\(visit.id.text)/lead-in\"") && waiting.contains("引领入座"))
            // Who may not lead in gets no dead end.
            let cashier = try await browser.get("/patients/\(here)", as: "cashier").body
            #expect(!cashier.contains("/lead-in") && cashier.contains("候诊中"))
            #expect(try await browser.get("/patients/\(other)", as: "guide").body.contains("到诊登记"))
            let list = try await browser.get("/patients", as: "guide").body
            #expect(!list.contains("/reception/arrivals/new?patient=\(here)"))
            #expect(list.contains("/reception/arrivals/new?patient=\(other)"))

            let page = try await browser.get("/visits/\(visit.id.text)", as: "guide").body
            #expect(page.contains("候诊 0 分钟：叫号，椅位空出后引领入座"))
        }
    }

    @Test("工作台：迟到的也在将到里，直接到诊登记 R3.35") func lateOnTheWorkbench() async throws {
        let desk = try await ReceptionPagesFixture()
        let booked = try await desk.book.place("09:30", day: BookPagesFixture.today)
        try await desk.use { browser in
            desk.wait(22)
            let bench = try await browser.get("/workbench", as: "guide").body
            #expect(bench.contains("迟 12 分") && bench.contains("迟到 1"))
            #expect(bench.contains("/reception/arrivals/new?appointment=\(booked.id.text)"))
            let nurse = try await browser.get("/workbench", as: "nurse").body
            #expect(nurse.contains("迟 12 分") && !nurse.contains("/reception/arrivals/new?appointment"))
        }
    }

    @Test("重复登记说出时间和号，并给出已有到访 R4.01") func secondCheckIn() async throws {
        let desk = try await ReceptionPagesFixture()
        let fields: KeyValuePairs = [
            "patient": desk.book.patients[1].text, "complaint": "洗牙", "phone": "138 0013 8011",
        ]
        try await desk.use { browser in
            #expect(try await browser.post("/reception/arrivals", fields, as: "reception").status == 303)
            desk.wait(3)
            let again = try await browser.post("/reception/arrivals", fields, as: "reception")
            #expect(again.status == 409 && again.body.contains("这位客人 09:20 已经到诊，候诊号 A001"))
            #expect(again.body.contains("href=\"/visits/\(try await desk.visit(of: 1).id.text)\""))
            #expect(again.body.contains("value=\"洗牙\""))
        }
    }

    @Test("椅上还有人：拒绝、预填现在、补录后引领；别的椅不受影响 R4.11") func occupiedChair() async throws {
        let desk = try await ReceptionPagesFixture()
        let chairs = try await desk.chairs.map(\.text)
        let doctor = desk.book.doctors[0].id.text
        try await desk.use { browser in
            for patient in 0...2 {
                let made = try await browser.post(
                    "/reception/arrivals",
                    [
                        "patient": desk.book.patients[patient].text, "complaint": "牙疼", "doctor": doctor,
                        "phone": "138 0013 80\(10 + patient)",
                    ], as: "reception")
                #expect(made.status == 303)
            }
            let visits = try await [desk.visit(of: 0).id, desk.visit(of: 1).id, desk.visit(of: 2).id]
            let first = try await browser.post("/visits/\(visits[0].text)/lead-in", ["chair": chairs[0]], as: "guide")
            #expect(first.status == 303)
            #expect(
                try await browser.post("/visits/\(visits[2].text)/lead-in", ["chair": chairs[1]], as: "guide").status
                    == 303)
            desk.wait(30)

            let path = "/visits/\(visits[1].text)/lead-in"
            let refused = try await browser.post(path, ["chair": chairs[0]], as: "guide")
            #expect(refused.status == 409 && refused.body.contains("还有 王小明（09:20 入座）没有离开"))
            #expect(refused.body.contains("name=\"exitedAt\" type=\"text\" value=\"09:50\""))
            #expect(refused.body.contains("name=\"repairChair\" value=\"\(chairs[0])\""))
            // The time was stated for one chair: it ends nobody's stay in the other.
            let other = try await browser.post(
                path, ["chair": chairs[1], "repairChair": chairs[0], "exitedAt": "09:45"], as: "guide")
            #expect(other.status == 409 && other.body.contains("冯&lt;国&gt;栋"))
            let early = try await browser.post(
                path, ["chair": chairs[0], "repairChair": chairs[0], "exitedAt": "09:10"], as: "guide")
            #expect(early.status == 422 && early.body.contains("离开时间早于入座时间"))
            let repaired = try await browser.post(
                path, ["chair": chairs[0], "repairChair": chairs[0], "exitedAt": "09:45"], as: "guide")
            #expect(repaired.status == 303)
            let left = try await desk.visit(of: 0)
            #expect(left.finishedAt == BookPagesFixture.now.adding(minutes: 25) && left.stage == .checkingOut)
            let history = try await browser.get("/visits/\(visits[0].text)", as: "guide").body
            #expect(history.contains("09:50 补录：引领下一位时补录"))
        }
    }

    @Test("特殊情况在引领页上，没勾选不能引 R1.07") func alertsAreTicked() async throws {
        let desk = try await ReceptionPagesFixture()
        try await desk.addAlert(0)
        let (chair, doctor) = (try await desk.chairs[0].text, desk.book.doctors[0].id.text)
        try await desk.use { browser in
            _ = try await browser.post(
                "/reception/arrivals",
                ["patient": desk.book.patients[0].text, "complaint": "牙疼", "doctor": doctor, "phone": "138 0013 8010"],
                as: "reception")
            let path = "/visits/\(try await desk.visit(of: 0).id.text)/lead-in"
            #expect(try await browser.get(path, as: "attendant").body.contains("高血压"))
            let silent = try await browser.post(path, ["chair": chair], as: "attendant")
            #expect(silent.status == 422 && silent.body.contains("请先向医生或护士口头交代：高血压"))
            let spoken = try await browser.post(path, ["chair": chair, "alertsSpoken": "1"], as: "attendant")
            #expect(spoken.status == 303)
        }
    }

    @Test("门厅只登记来过的，收银不能引领，候诊服务不能送别 R16.03") func rolesAreKept() async throws {
        let desk = try await ReceptionPagesFixture()
        try await desk.use { browser in
            let fields: KeyValuePairs = [
                "patient": desk.book.patients[0].text, "complaint": "牙疼", "phone": "138 **** 8010",
            ]
            let lobby = try await browser.post("/reception/arrivals", fields, as: "lobby")
            #expect(lobby.status == 403 && lobby.body.contains("您的岗位没有这项权限"))
            #expect(try await desk.visits().isEmpty)
            #expect(try await browser.post("/reception/arrivals", fields, as: "cashier").status == 403)
            #expect(try await browser.post("/reception/arrivals", fields, as: "guide").status == 303)
            let visit = try await desk.visit(of: 0).id.text
            #expect(try await browser.get("/visits/\(visit)/lead-in", as: "cashier").status == 403)
            #expect(try await browser.post("/visits/\(visit)/lead-in", as: "cashier").status == 403)
            #expect(try await browser.post("/visits/\(visit)/call", as: "lobby").status == 403)
            #expect(
                try await browser.post("/visits/\(visit)/departure", ["outcome": "left"], as: "attendant").status == 403
            )
            // Their boards show no button they may not press.
            let board = try await browser.get("/reception", as: "cashier").body
            #expect(board.contains("A001") && !board.contains("叫号 <kbd>") && !board.contains("/lead-in\""))
        }
    }

    @Test("十秒内撤销，之后用更正") func undoAndCorrection() async throws {
        let desk = try await ReceptionPagesFixture()
        try await desk.use { browser in
            let fields: KeyValuePairs = [
                "patient": desk.book.patients[0].text, "complaint": "牙疼", "phone": "138 **** 8010",
            ]
            _ = try await browser.post("/reception/arrivals", fields, as: "guide")
            let first = try await desk.visit(of: 0).id.text
            #expect(try await browser.post("/visits/\(first)/undo", as: "guide").status == 303)
            #expect(try await desk.visits().isEmpty)
            _ = try await browser.post("/reception/arrivals", fields, as: "guide")
            let second = try await desk.visit(of: 0)
            desk.wait(10)
            let late = try await browser.post("/visits/\(second.id.text)/undo", as: "guide")
            #expect(late.status == 409 && late.body.contains("撤销时间已过"))
            let path = "/visits/\(second.id.text)/times"
            let silent = try await browser.post(path, ["kind": "arrived", "happenedAt": "09:15"], as: "guide")
            #expect(silent.status == 422 && silent.body.contains("请选择补录原因"))
            let corrected = try await browser.post(
                path, ["kind": "arrived", "happenedAt": "0915", "lateReason": "other", "lateNote": "先扶客人坐下"],
                as: "guide")
            #expect(corrected.status == 303)
            #expect(try await desk.visit(of: 0).arrivedAt == BookPagesFixture.now.adding(minutes: -5))
            let history = try await browser.get("/visits/\(second.id.text)", as: "guide").body
            #expect(history.contains("09:30 补录：其他：先扶客人坐下"))
        }
    }

    @Test("等得久的显示等级和任务，改正电话存历史，不等的当场约时间 R1.04 R3.39 R4.04 R4.05") func longWait() async throws {
        let desk = try await ReceptionPagesFixture()
        try await desk.use { browser in
            _ = try await browser.post(
                "/reception/arrivals",
                ["patient": desk.book.patients[0].text, "complaint": "牙疼", "phone": "139 0013 9000", "toldWait": "10"],
                as: "guide")
            #expect(try await desk.patient(0).phone == "13900139000")
            #expect(try await browser.get("/reception/board", as: "guide").body.contains("data-level=\"ok\""))
            desk.wait(15)
            let ask = try await browser.get("/reception/board", as: "guide").body
            #expect(ask.contains("data-level=\"ask\"") && ask.contains("超 15 分，可宣教") && !ask.contains("去说明"))
            desk.wait(6)
            let over = try await browser.get("/reception/board", as: "guide").body
            #expect(over.contains("data-level=\"over\"") && over.contains("超 20 分，须说明") && over.contains("去说明"))
            let visit = try await desk.visit(of: 0)
            let page = try await browser.get("/visits/\(visit.id.text)", as: "reception").body
            #expect(page.contains("不等了，约时间") && page.contains("deskReason=waitTooLong"))
            let query = "patient=\(visit.patientID.text)&channel=onSpot&deskReason=waitTooLong"
            let form = try await browser.get("/appointments/new?\(query)", as: "reception").body
            #expect(form.contains("王小明") && form.contains("等候太久"))
        }
    }

    @Test("预约页和客人页给记候补、记投诉，只给有权的人 R9.01") func furtherSteps() async throws {
        let desk = try await ReceptionPagesFixture()
        let placed = try await desk.book.place("10:00")
        let (id, patient) = (placed.id.text, desk.book.patients[0].text)
        try await desk.use { browser in
            let booking = try await browser.get("/appointments/\(id)", as: "reception").body
            #expect(booking.contains("/waiting/new?") && booking.contains(">想提前，记候补</a>"))
            #expect(booking.contains("/complaints/new?") && booking.contains(">记投诉</a>"))
            #expect(!booking.contains("预检筛查"))
            let customer = try await browser.get("/patients/\(patient)", as: "reception").body
            #expect(customer.contains(">记候补</a>") && customer.contains(">记投诉</a>"))
            let nurse = try await browser.get("/patients/\(patient)", as: "nurse").body
            #expect(nurse.contains(">记投诉</a>") && !nurse.contains(">记候补</a>"))
        }
    }

    @Test("没有预约的人先找后登记，找不到的客人和门诊外的到访都说没有") func walkIn() async throws {
        let desk = try await ReceptionPagesFixture()
        try await desk.use { browser in
            let start = try await browser.get("/reception/arrivals/new", as: "guide")
            #expect(start.status == 200 && start.body.contains("/patients/new?next=arrival"))
            let hits = try await browser.get(
                "/reception/arrivals/people?q=\(URLText.encode("谢"))", as: "guide", part: true)
            #expect(hits.body.contains("/reception/arrivals/new?patient=\(desk.book.patients[1].text)"))
            #expect(hits.body.contains("138 **** 8011") && !hits.body.contains("<html"))
            let form = try await browser.get(
                "/reception/arrivals/new?patient=\(desk.book.patients[1].text)", as: "guide")
            #expect(form.body.contains("没有预约，直接到访") && form.body.contains("林书远 · "))
            #expect(try await browser.get("/reception/arrivals/new?patient=0000000000001", as: "guide").status == 404)
            #expect(try await browser.get("/visits/0000000000001", as: "guide").status == 404)
            #expect(try await browser.get("/reception?nonsense=1", as: "guide").status == 400)
        }
    }
}
