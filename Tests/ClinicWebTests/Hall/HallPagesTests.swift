import Clinic
import ClinicWeb
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Kernel
import Storage
import TestSupport
import Testing

@Suite("大厅的页面") struct HallPagesTests {
    @Test("大厅屏的页面和片段里没有全名、电话、病历号、主诉和钟点 R4.10 R16.07 R3.56")
    func revealsNothing() async throws {
        let desk = try await ReceptionPagesFixture()
        let address = try await desk.pair()
        let booked = try await desk.book.place("09:30", patient: 2, day: BookPagesFixture.today)
        try await desk.use { browser in
            for (patient, appointment) in [(0, ""), (2, booked.id.text)] {
                let made = try await browser.post(
                    "/reception/arrivals",
                    [
                        "patient": desk.book.patients[patient].text, "appointment": appointment, "complaint": "右下后牙疼",
                        "phone": "138 0013 801\(patient)", "contactChecked": "1",
                    ], as: "reception")
                #expect(made.status == 303)
            }
            let visit = try await desk.visit(of: 0)
            #expect(
                try await browser.post("/visits/\(visit.id.text)/call", ["version": "1"], as: "guide").status == 303)

            for path in [address, address + "/screen"] {
                let answer = try await browser.client.execute(uri: path, method: .get)
                let body = String(buffer: answer.body)
                #expect(answer.status == .ok)
                #expect(body.contains("王*明") && body.contains("A001") && body.contains("冯***栋"))
                for secret in [
                    "王小明", "谢春梅", "国", "13800138010", "138 0013", "A100000", "A100002", "牙疼", "09:30", "林书远",
                    desk.book.patients[0].text, visit.id.text, "csrf",
                ] {
                    #expect(!body.contains(secret), "\(path) tells \(secret)")
                }
                #expect(body.contains("请 A 零零一 号，到 前台") && body.contains("data-key=\"A001-1\""))
                // Nobody is signed in on a television, and nobody becomes so.
                #expect(answer.headers[values: .setCookie].allSatisfy { !$0.contains("menya_session") })
            }
        }
    }

    @Test("没有登录也能看，密钥不对或停用就什么都没有 R4.10 R16.07")
    func needsItsSecret() async throws {
        let desk = try await ReceptionPagesFixture()
        let address = try await desk.pair()
        try await desk.use { browser in
            let client = browser.client
            func status(_ path: String) async throws -> Int {
                try await client.execute(uri: path, method: .get).status.code
            }
            #expect(try await status(address) == 200)
            let wrong = "/hall/" + String(repeating: "A", count: 24)
            for path in [wrong, wrong + "/screen", wrong + "/live", "/hall/x"] {
                #expect(try await status(path) == 404)
            }
            let gone = try await client.execute(uri: wrong, method: .get)
            #expect(String(buffer: gone.body).contains("这个屏幕没有登记"))

            let page = try await browser.get("/settings/devices", as: "head")
            #expect(page.body.contains("候诊区大屏") && page.body.contains("正在显示"))
            #expect(!page.body.contains(address))
            let revoke = try #require(page.body.firstMatch(of: /\/settings\/devices\/\w+\/revocation/)?.output)
            #expect(try await browser.post(String(revoke), as: "guide").status == 403)
            #expect(try await browser.post(String(revoke), as: "head").status == 303)
            for path in [address, address + "/screen", address + "/live"] { #expect(try await status(path) == 404) }
        }
    }

    @Test("大厅屏不在对外端口上 R16.01")
    func staysInside() async throws {
        let desk = try await ReceptionPagesFixture()
        let address = try await desk.pair()
        try await Application(router: WebServer(desk.app, side: .visitors).router()).test(.router) { client in
            for path in [address, address + "/screen", address + "/live"] {
                let answer = try await client.execute(uri: path, method: .get)
                #expect(answer.status == .notFound)
            }
        }
    }

    @Test("配对只显示一次地址；没写名称当场说明 R4.39")
    func pairsOnce() async throws {
        let desk = try await ReceptionPagesFixture()
        try await desk.use { browser in
            let missing = try await browser.post("/settings/devices", ["name": " "], as: "head")
            #expect(missing.status == 422 && missing.body.contains("请写屏幕挂在哪里"))
            let made = try await browser.post("/settings/devices", ["name": "二楼电视"], as: "head")
            #expect(made.status == 200 && made.body.contains("/hall/") && made.body.contains("只显示这一次"))
            #expect(try await browser.get("/settings/devices", as: "head").body.contains("还没有打开过"))
            #expect(try await browser.get("/settings/devices", as: "guide").status == 403)
        }
    }

    @Test("门厅：来过的一点就到诊，第一次来的请到前台，接待页看得到 R4.23")
    func lobby() async throws {
        let desk = try await ReceptionPagesFixture()
        let booked = try await desk.book.place("09:30", patient: 1, day: BookPagesFixture.today)
        try await desk.treatBefore(1)
        try await desk.use { browser in
            let page = try await browser.get("/lobby", as: "lobby")
            #expect(page.status == 200 && page.body.contains("谢春梅 到诊") && !page.body.contains("门口迎送"))
            let made = try await browser.post(
                "/lobby/check-ins", ["patient": desk.book.patients[1].text, "appointment": booked.id.text], as: "lobby")
            #expect(made.status == 303 && made.location == "/lobby")
            #expect(try await desk.visit(of: 1).appointmentID == booked.id)

            let first = desk.book.patients[0].text
            let refused = try await browser.post("/lobby/check-ins", ["patient": first], as: "lobby")
            #expect(refused.status == 303)
            let visits = try await desk.visits()
            #expect(visits.count == 1)
            #expect(try await browser.post("/lobby/guests", ["patient": first], as: "lobby").status == 303)
            let board = try await browser.get("/reception/board", as: "reception").body
            #expect(board.contains("王小明 已接待") && board.contains("门厅 09:20 请来"))
            let met = try #require(board.firstMatch(of: /\/lobby\/guests\/\w+\/met/)?.output)
            #expect(try await browser.post(String(met), as: "lobby").status == 403)
            #expect(try await browser.post(String(met), as: "reception").status == 303)
            let after = try await browser.get("/reception/board", as: "reception").body
            #expect(!after.contains("已接待"))
        }
    }

    @Test("没有预约的复诊客人先问来意，不写不登记 R4.23")
    func lobbyAsks() async throws {
        let desk = try await ReceptionPagesFixture()
        try await desk.treatBefore(1)
        let patient = desk.book.patients[1].text
        try await desk.use { browser in
            let hits = try await browser.get("/lobby/people?q=%E8%B0%A2%E6%98%A5%E6%A2%85", as: "lobby", part: true)
            #expect(hits.body.contains("/lobby/check-ins/new?patient=\(patient)"))
            let form = try await browser.get("/lobby/check-ins/new?patient=\(patient)", as: "lobby")
            #expect(form.status == 200 && form.body.contains("今天来看什么"))
            let empty = try await browser.post(
                "/lobby/check-ins", ["patient": patient, "complaint": " "], as: "lobby")
            #expect(empty.status == 422 && empty.body.contains("请填写哪里不舒服"))
            let made = try await browser.post(
                "/lobby/check-ins", ["patient": patient, "complaint": "复查"], as: "lobby")
            #expect(made.status == 303)
            #expect(try await desk.visit(of: 1).complaint == "复查")
            let again = try await browser.get("/lobby/people?q=%E8%B0%A2%E6%98%A5%E6%A2%85", as: "lobby", part: true)
            #expect(again.body.contains("已到 09:20"))
        }
    }

    @Test("广播：到点的节目打勾，临时广播由大厅屏念，改节目表要主管 R4.30 R3.10")
    func broadcasts() async throws {
        let desk = try await ReceptionPagesFixture()
        let address = try await desk.pair()
        try await desk.use { browser in
            let page = try await browser.get("/broadcasts", as: "attendant")
            #expect(page.status == 200 && page.body.contains("开诊问候") && page.body.contains("还没播"))
            #expect(page.body.contains("本门诊实行预约制") && !page.body.contains("/broadcasts/schedule"))
            let ticked = try await browser.post(
                "/broadcasts", ["slot": "words.welcome", "how": "played"], as: "attendant")
            #expect(ticked.status == 303)
            #expect(try await browser.get("/broadcasts/part", as: "attendant").body.contains("09:20 播了"))

            let said = try await browser.post(
                "/broadcasts/announcements", ["words": "请 5188 挪车", "how": "screen"], as: "attendant")
            #expect(said.status == 303)
            let screen = try await browser.client.execute(uri: address + "/screen", method: .get)
            #expect(String(buffer: screen.body).contains("请 5188 挪车"))
            let empty = try await browser.post("/broadcasts/announcements", ["words": ""], as: "attendant")
            #expect(empty.status == 422 && empty.body.contains("请写要广播的话"))

            #expect(try await browser.get("/broadcasts/schedule", as: "attendant").status == 403)
            let saved = try await browser.post(
                "/broadcasts/schedule",
                pairs: [
                    ("slot", ""), ("kind", "words"), ("title", "通风提醒"), ("at", "09:10"), ("weekday", "4"),
                    ("words", "马上开窗通风"), ("isOn", "1"),
                ], as: "head")
            #expect(saved.status == 303)
            #expect(try await browser.get("/broadcasts/part", as: "attendant").body.contains("通风提醒"))
            let notice = try await browser.post(
                "/broadcasts/notices", ["chinese": "儿童候诊区在二楼", "english": ""], as: "head")
            #expect(notice.status == 303)
            let shown = try await browser.client.execute(uri: address + "/screen", method: .get)
            #expect(String(buffer: shown.body).contains("儿童候诊区在二楼"))
        }
    }

    @Test("叫号、公告、接诊都通知大厅屏的主题 R4.10")
    func isToldOfCalls() async throws {
        let desk = try await ReceptionPagesFixture()
        try await desk.use { browser in
            _ = try await browser.post(
                "/broadcasts/announcements", ["words": "请安静", "how": "screen"], as: "attendant")
            _ = try await browser.post(
                "/reception/arrivals",
                ["patient": desk.book.patients[0].text, "complaint": "牙疼", "phone": "138 0013 8010"], as: "reception")
        }
        let (_, stream) = desk.app.hub.subscribe(
            desk.book.clinic.lane, topics: [.hall, .reception], since: "e-0")
        desk.app.hub.close()
        var topics: Set<Topic> = []
        for await event in stream { if case .change(_, let changed) = event { topics.formUnion(changed) } }
        #expect(topics == [.hall, .reception])
    }
}

extension ReceptionPagesFixture {
    /// - Returns: the address of a new screen.
    func pair() async throws -> String {
        let (work, token) = (book.work, PublicToken(bytes: Array(7...24)))
        try await app.db.write(in: book.clinic.lane) { tx in
            _ = try DeviceLinks.pair(name: "候诊区大屏", token: token, by: work, in: tx)
        }
        return HallPaths.screen(token)
    }

    /// A treatment on an earlier day: the customer is no stranger.
    func treatBefore(_ patient: Int) async throws {
        let (id, clinic, doctor, item) = (book.patients[patient], book.clinic.id, book.doctors[0].id, book.items[0])
        let day = BookPagesFixture.today.adding(days: -30)
        let visit = app.ids.next(Visit.self, at: BookPagesFixture.now)
        try await app.db.write(in: book.clinic.lane) { tx in
            try tx.run(
                """
                INSERT INTO visit (id, clinic_id, business_day, patient_id, visit_type, proposed_type, type_reason, complaint,
                    arrived_at, left_at, outcome, version)
                VALUES (\(visit), \(clinic), \(day), \(id), 'first', 'first', '', '检查', 1, 2, 'seen', 1)
                """)
            try tx.run(
                """
                INSERT INTO charge_sheet (id, clinic_id, business_day, visit_id, patient_id, doctor_id, entered_by,
                    entered_at, version)
                VALUES (\(visit.raw), \(clinic), \(day), \(visit), \(id), \(doctor), \(doctor), 1, 1)
                """)
            try tx.run(
                """
                INSERT INTO charge_line (id, sheet_id, position, item_id, item_name, category, teeth, quantity,
                    list_price_fen, price_fen, amount_fen, doctor_id)
                VALUES (\(visit.raw), \(visit.raw), 1, \(item), '洁治', 'scaling', '', 1, 100, 100, 100, \(doctor))
                """)
            try tx.run(
                """
                INSERT INTO tooth_treatment (id, clinic_id, patient_id, visit_id, charge_line_id, tooth, item_id, doctor_id,
                    business_day)
                VALUES (\(visit.raw), \(clinic), \(id), \(visit), \(visit.raw), 0, \(item), \(doctor), \(day))
                """)
        }
    }
}
