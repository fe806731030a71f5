import Clinic
import ClinicWeb
import Kernel
import Storage
import Testing

@Suite struct TriagePagesTests {
    @Test("三次按键登记：打一个字，回车到唯一有约的客人，再回车登记 R2.08") func threeKeystrokes() async throws {
        let desk = try await ReceptionPagesFixture()
        let booked = try await desk.book.place("09:30", day: BookPagesFixture.today)
        try await desk.use { browser in
            let found = try await browser.get("/reception/arrivals/new?q=%E7%8E%8B", as: "guide")
            #expect(found.status == 303)
            let form = try await browser.get(
                "/reception/arrivals/new?appointment=\(booked.id.text)", as: "guide"
            ).body
            // Everything is known: the button has the focus.
            #expect(form.contains("<button class=\"btn btn-primary btn-lg end\" autofocus>"))
            let hits = try await browser.get("/reception/arrivals/people?q=%E7%8E%8B", as: "guide").body
            #expect(hits.contains("今天有约") && hits.contains("09:30 林书远"))
            let walkIn = try await browser.get("/reception/arrivals/new?q=%E8%B0%A2", as: "guide")
            #expect(walkIn.status == 303)
            #expect(try await browser.get("/reception/arrivals/new?q=nobody", as: "guide").status == 200)
        }
    }

    @Test("边填边说：建议的类型、特殊情况、可由谁看 R2.02 R2.13 R2.25") func advice() async throws {
        let desk = try await ReceptionPagesFixture()
        let patient = desk.book.patients[1].text
        try await desk.use { browser in
            let path = "/reception/arrivals/advice?patient=\(patient)&complaint="
            let plain = try await browser.get(path + "%E7%89%99%E7%96%BC", as: "guide")
            #expect(plain.status == 200 && plain.body.contains("<strong>初诊</strong>"))
            #expect(plain.body.contains("林书远医生") && !plain.body.contains("换药、拆线、复查"))
            let sutures = try await browser.get(path + "%E6%8B%86%E7%BA%BF", as: "guide").body
            #expect(sutures.contains("换药、拆线、复查") && sutures.contains("登记后先做：主刀医生和手术日期"))
            let asking = try await browser.get(path + "x&segment=latent", as: "guide").body
            #expect(asking.contains("<strong>咨询</strong>"))
            let emergency = try await browser.get(path + "%E6%8B%86%E7%BA%BF&emergency=trauma", as: "guide").body
            #expect(!emergency.contains("换药、拆线、复查"))
            #expect(try await browser.get(path + "x&other=1", as: "guide").status == 400)
        }
    }

    @Test("晚到的客人：登记后就到这一件事，决定了就没有了；感觉和心情也记下 R2.16 R2.12") func lateArrival() async throws {
        let desk = try await ReceptionPagesFixture()
        let booked = try await desk.book.place("09:30", day: BookPagesFixture.today)
        desk.wait(40)
        try await desk.use { browser in
            let form = try await browser.get(
                "/reception/arrivals/new?appointment=\(booked.id.text)", as: "guide")
            #expect(form.body.contains("约的是 09:30，晚到 30 分钟"))
            let made = try await browser.post(
                "/reception/arrivals",
                [
                    "patient": desk.book.patients[0].text, "appointment": booked.id.text, "complaint": "右下后牙疼",
                    "feeling": "咬东西疼", "mood": "nervous", "needs": "mobility", "phone": "138 **** 8010",
                ], as: "guide")
            let visit = try await desk.visit(of: 0).id
            #expect(made.status == 303 && made.location == "/visits/\(visit.text)/triage")
            let page = try await browser.get(made.location, as: "guide").body
            #expect(page.contains("没按预约时间来") && page.contains("由林书远医生看") && page.contains("行动不便，请上前引导"))
            #expect(page.contains("咬东西疼") && page.contains("紧张害怕"))
            let id = try await desk.cases(visit)[0].id
            let path = "/visits/\(visit.text)/cases/\(id.text)/decision"
            let none = try await browser.post(path, ["outcome": "?"], as: "guide")
            #expect(none.status == 422 && none.body.contains("请从列出的结果中选一项"))
            let noDoctor = try await browser.post(path, ["outcome": "otherDoctor"], as: "guide")
            #expect(noDoctor.status == 422 && noDoctor.body.contains("请选由哪位医生看"))
            #expect(try await browser.post(path, ["outcome": "mainDoctor"], as: "guide").status == 303)
            let again = try await browser.post(path, ["outcome": "mainDoctor"], as: "guide")
            #expect(again.status == 409 && again.body.contains("这件事已经有结果：由这位医生看"))
            #expect(try await browser.post(path, ["outcome": "mainDoctor"], as: "nurse").status == 403)
        }
    }

    @Test("不愿再等：同一步约好时间，接着送别，结果已选好 R3.39 R4.06") func unwilling() async throws {
        let desk = try await ReceptionPagesFixture()
        let doctor = desk.book.doctors[0].id.text
        try await desk.use { browser in
            _ = try await browser.post(
                "/reception/arrivals",
                [
                    "patient": desk.book.patients[1].text, "complaint": "洗牙", "doctor": doctor,
                    "phone": "138 0013 8011",
                ], as: "reception")
            let visit = try await desk.visit(of: 1).id
            let opened = try await browser.post(
                "/visits/\(visit.text)/cases", ["kind": "unwilling", "why": "等了半小时"], as: "reception")
            #expect(opened.status == 303)
            let id = try await desk.cases(visit)[0].id
            let page = try await browser.get("/visits/\(visit.text)/triage", as: "reception").body
            #expect(page.contains("等了半小时") && page.contains("报护士长"))
            let slot = "\(BookPagesFixture.tomorrow.iso) 40 3 \(doctor)"
            let booked = try await browser.post(
                "/visits/\(visit.text)/cases/\(id.text)/decision", ["outcome": "booked", "slot": slot],
                as: "reception")
            #expect(booked.status == 303 && booked.location == "/visits/\(visit.text)/departure?outcome=booked")
            let farewell = try await browser.get(booked.location, as: "reception").body
            #expect(farewell.contains("value=\"booked\" checked"))
            let left = try await browser.post(
                "/visits/\(visit.text)/departure", ["outcome": "booked"], as: "reception")
            #expect(left.status == 303)
        }
    }

    @Test("急诊一登记，主管每一页上方就有，处理了就没有；别人看不到 R2.09") func emergencyReachesTheSupervisor() async throws {
        let desk = try await ReceptionPagesFixture()
        try await desk.use { browser in
            let quiet = try await browser.get("/reception", as: "supervisor").body
            #expect(quiet.contains("data-live-src=\"/reception/alerts\"") && !quiet.contains("急诊到店"))
            _ = try await browser.post(
                "/reception/arrivals",
                [
                    "patient": desk.book.patients[1].text, "complaint": "摔断门牙", "emergency": "trauma",
                    "phone": "138 **** 8011",
                ], as: "guide")
            let visit = try await desk.visit(of: 1)
            let alert = try await browser.get("/reception/alerts", as: "supervisor").body
            #expect(alert.contains("外伤 · 谢春梅 · 摔断门牙"))
            #expect(try await browser.get("/workbench", as: "supervisor").body.contains("急诊到店"))
            #expect(try await browser.get("/reception/alerts", as: "guide").status == 403)
            #expect(try await !browser.get("/reception", as: "guide").body.contains("/reception/alerts"))
            let changed = try await browser.post(
                "/visits/\(visit.id.text)/emergency", ["emergency": ""], as: "guide")
            #expect(changed.status == 303)
            #expect(try await !browser.get("/reception/alerts", as: "supervisor").body.contains("谢春梅"))
        }
    }

    @Test("问医生的问题，医生自己答；别的要求由接待办 R4.41 R4.47 R4.48") func requests() async throws {
        let desk = try await ReceptionPagesFixture()
        let doctor = desk.book.doctors[0].id.text
        try await desk.use { browser in
            _ = try await browser.post(
                "/reception/arrivals",
                [
                    "patient": desk.book.patients[1].text, "complaint": "洗牙", "doctor": doctor,
                    "phone": "138 0013 8011",
                ], as: "reception")
            let visit = try await desk.visit(of: 1).id
            let path = "/visits/\(visit.text)/requests"
            let empty = try await browser.post(path, ["kind": "wish", "text": " "], as: "guide")
            #expect(empty.status == 422 && empty.body.contains("请写一句客人要什么"))
            #expect(try await browser.post(path, ["kind": "help", "need": "cold"], as: "attendant").status == 303)
            #expect(try await browser.post(path, ["kind": "question", "text": "孕期能拍片吗"], as: "guide").status == 303)
            let ids = try await desk.requests(visit).map(\.id.text)
            let page = try await browser.get("/visits/\(visit.text)/triage", as: "guide").body
            #expect(page.contains("觉得冷或热") && page.contains("问林书远医生"))
            let bare = try await browser.post("\(path)/\(ids[1])", ["result": "answered"], as: "guide")
            #expect(bare.status == 422 && bare.body.contains("请写下答复"))
            let told = try await browser.post(
                "\(path)/\(ids[1])", ["result": "answered", "note": "可以，穿铅衣"], as: "guide")
            #expect(told.status == 303)
            #expect(try await browser.post("\(path)/\(ids[0])", ["result": "done"], as: "cashier").status == 403)
            #expect(try await desk.requests(visit).map { $0.closed?.result } == [nil, .answered])
        }
    }

    @Test("送别时没有收费可以记为免检，要选原因；没就诊的写原因 R2.06 R2.29") func farewell() async throws {
        let desk = try await ReceptionPagesFixture()
        let (chair, doctor) = (try await desk.chairs[0].text, desk.book.doctors[0].id.text)
        try await desk.use { browser in
            for patient in 0...1 {
                _ = try await browser.post(
                    "/reception/arrivals",
                    [
                        "patient": desk.book.patients[patient].text, "complaint": "检查", "doctor": doctor,
                        "phone": "138 0013 80\(10 + patient)",
                    ], as: "reception")
            }
            let (seen, unseen) = (try await desk.visit(of: 0).id, try await desk.visit(of: 1).id)
            _ = try await browser.post("/visits/\(seen.text)/lead-in", ["chair": chair], as: "guide")
            desk.wait(10)
            _ = try await browser.post("/visits/\(seen.text)/exit", as: "nurse")
            let path = "/visits/\(seen.text)/departure"
            #expect(try await browser.get(path, as: "guide").body.contains("没有收费，是免检吗"))
            #expect(try await !browser.get("/visits/\(unseen.text)/departure", as: "guide").body.contains("没有收费，是免检吗"))
            let bare = try await browser.post(path, ["outcome": "seen", "exemptReason": "principle"], as: "guide")
            #expect(bare.status == 422 && bare.body.contains("时请写一句说明"))
            let done = try await browser.post(path, ["outcome": "seen", "exemptReason": "milkTooth"], as: "guide")
            #expect(done.status == 303)
            #expect(try await desk.visit(of: 0).type == .exempt)
            let left = try await browser.post(
                "/visits/\(unseen.text)/departure", ["outcome": "left", "leftReason": "price"], as: "guide")
            #expect(left.status == 303)
            let reason = try await desk.outcomeReason(unseen)
            #expect(reason == "费用考虑")
        }
    }
}

extension ReceptionPagesFixture {
    func cases(_ visit: ID<Visit>) async throws -> [VisitCase] {
        try await app.db.read { tx in try CaseStore.list(of: visit, in: tx) }
    }

    func requests(_ visit: ID<Visit>) async throws -> [VisitRequest] {
        try await app.db.read { tx in try VisitRequestStore.list(of: visit, in: tx) }
    }

    func outcomeReason(_ visit: ID<Visit>) async throws -> String? {
        try await app.db.read { tx in
            try tx.first("SELECT outcome_reason FROM visit WHERE id = \(visit)")?.textIfAny("outcome_reason")
        }
    }
}
