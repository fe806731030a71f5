import Clinic
import HTTPTypes
import Hummingbird
import Kernel
import Storage

/// 广播与公告: the day's programmes and their ticks, announcements, notices of the hall screen, the schedule (R4.30, R3.10).
package enum BroadcastRoutes: Feature {
    package static var views: [any Fragment.Type] {
        [BroadcastPage.self, BroadcastPartView.self, SchedulePage.self]
    }

    package static func add(to table: inout RouteTable) {
        table.get(HallPaths.broadcasts, .needsAny([.keepRegisters, .manageScripts]), use: show)
        table.get(HallPaths.broadcastsPart, .needsAny([.keepRegisters, .manageScripts]), use: part)
        table.post(HallPaths.broadcasts, .needs(.keepRegisters), use: tick)
        table.post(HallPaths.announcements, .needs(.keepRegisters), use: announce)
        table.post(HallPaths.notices, .needs(.manageScripts), use: setNotice)
        table.post("/broadcasts/notices/:id/end", .needs(.manageScripts), use: endNotice)
        table.get(HallPaths.schedule, .needs(.manageScripts), use: schedule)
        table.post(HallPaths.schedule, .needs(.manageScripts), use: setSlot)
    }

    static func show(_ request: StaffRequest) async throws -> Response {
        try request.allowQuery("notice")
        let edited = ID<HallNotice>(request.query["notice"])
        let clinic = request.clinic.id
        let notice = try await request.read { tx in
            try HallNotices.list(clinic: clinic, in: tx).first { $0.id == edited }
        }
        let typed = notice.map {
            Form(["notice": $0.id.text, "chinese": $0.chinese, "english": $0.english ?? ""])
        }
        return try await page(request, typed: typed ?? Form())
    }

    static func part(_ request: StaffRequest) async throws -> Response { try request.fragment(try await load(request)) }

    static func tick(_ request: StaffRequest) async throws -> Response {
        let (work, form) = (request.work, request.form)
        let outcome: BroadcastPlay.Outcome = form["how"] == "left" ? .left : .played
        let onScreen = form["how"] == "screen"
        let back = URLText.localPath(form["next"]) ?? HallPaths.broadcasts
        do {
            let play = try await request.write(changing: .hall) { tx in
                try Broadcasts.tick(
                    form["slot"], outcome, reason: form["reason"], onScreen: onScreen, by: work, in: tx)
            }
            return request.redirect(
                back, flash: "\(play.title)：\(outcome == .left ? "记为没有播" : onScreen ? "大厅屏正在播报" : "播放了")")
        } catch let refusal as BroadcastError {
            return request.redirect(back, flash: FlashView(text: refusal.userMessage, tone: "warning"))
        }
    }

    static func announce(_ request: StaffRequest) async throws -> Response {
        let (work, form) = (request.work, request.form)
        let onScreen = form["how"] == "screen"
        do {
            try await request.write(changing: .hall) { tx in
                _ = try Broadcasts.announce(form["words"], onScreen: onScreen, by: work, in: tx)
            }
            return request.redirect(HallPaths.broadcasts, flash: onScreen ? "大厅屏正在播报" : "已记下这次临时广播")
        } catch let faults as FormErrors {
            return try await page(request, typed: form, faults: faults)
        }
    }

    static func setNotice(_ request: StaffRequest) async throws -> Response {
        let (work, form) = (request.work, request.form)
        do {
            try await request.write(changing: .hall) { tx in
                _ = try HallNotices.set(
                    chinese: form["chinese"], english: form["english"], replacing: ID<HallNotice>(form["notice"]),
                    by: work, in: tx)
            }
            return request.redirect(HallPaths.broadcasts, flash: "公告已经在大厅屏上")
        } catch let faults as FormErrors {
            return try await page(request, typed: form, faults: faults)
        }
    }

    static func endNotice(_ request: StaffRequest) async throws -> Response {
        let (work, id) = (request.work, try request.id("id", HallNotice.self, what: "公告"))
        try await request.write(changing: .hall) { tx in try HallNotices.end(id, by: work, in: tx) }
        return request.redirect(HallPaths.broadcasts, flash: "公告已撤下")
    }

    // MARK: Schedule

    static func schedule(_ request: StaffRequest) async throws -> Response {
        try request.allowQuery("slot")
        return try await schedulePage(request, slot: request.query["slot"], form: nil)
    }

    static func setSlot(_ request: StaffRequest) async throws -> Response {
        let (work, form) = (request.work, request.form)
        let entry = BroadcastForm(
            kind: Broadcast.Kind(rawValue: form["kind"]) ?? .words, title: form["title"], at: form["at"],
            weekdays: Set(form.all("weekday").compactMap { Int($0) }), words: form["words"],
            isOn: form["isOn"] == "1")
        let slot = form["slot"].nonBlank
        do {
            let saved = try await request.write(changing: .hall) { tx in
                try Broadcasts.set(slot, entry, by: work, in: tx)
            }
            return request.redirect(HallPaths.schedule, flash: "\(saved.title) 已保存")
        } catch let faults as FormErrors {
            return try await schedulePage(request, slot: slot ?? "", form: entry, faults: faults)
        }
    }

    private static func schedulePage(
        _ request: StaffRequest, slot: String, form: BroadcastForm?, faults: FormErrors = FormErrors()
    ) async throws -> Response {
        let work = request.work
        let schedule = try await request.read { tx in try Broadcasts.schedule(by: work, in: tx) }
        let edited = schedule.first { $0.code == slot }
        let fresh = BroadcastForm(kind: .words, title: "", at: "", weekdays: Set(1...7))
        return try request.page(
            SchedulePage(
                shell: try await request.shell(title: "节目表", area: .reception), schedule: schedule,
                slot: edited?.code ?? "", form: form ?? edited.map(BroadcastForm.init) ?? fresh, faults: faults),
            status: faults.isEmpty ? .ok : .unprocessableContent)
    }

    // MARK: Parts

    private static func page(
        _ request: StaffRequest, typed: Form = Form(), faults: FormErrors = FormErrors()
    ) async throws -> Response {
        let part = try await load(request)
        return try request.page(
            BroadcastPage(
                shell: try await request.shell(title: "广播与公告", note: request.today.longText, area: .reception),
                part: part, typed: typed, faults: faults, mayManage: request.may(.manageScripts)),
            status: faults.isEmpty ? .ok : .unprocessableContent)
    }

    private static func load(_ request: StaffRequest) async throws -> BroadcastPartView {
        let work = request.work
        let mayManage = request.may(.manageScripts)
        return try await request.read { tx in
            let calendar = work.clinic.calendar
            let plays = try Broadcasts.log(of: work.today, by: work, in: tx)
            let names = try StaffStore.names(Set(plays.map(\.playedBy)), in: tx)
            return BroadcastPartView(
                turns: try Broadcasts.today(by: work, in: tx).map { BroadcastTurnView($0, calendar: calendar) },
                plays: plays.suffix(30).reversed().map { BroadcastPlayView($0, names: names, calendar: calendar) },
                notices: try HallNotices.list(clinic: work.clinic.id, in: tx).map { notice in
                    NoticeRowView(
                        text: notice.chinese, translation: notice.english,
                        editHref: URLText.address(HallPaths.broadcasts, ["notice": notice.id.text]),
                        endAction: HallPaths.endNotice(notice.id), mayEdit: mayManage)
                },
                standing: work.playbook.publicNotice(.chinese))
        }
    }
}
