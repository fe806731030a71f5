import Clinic
import ClinicWeb
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Kernel
import NIOCore
import Storage
import TestSupport
import Testing

@Suite struct BoardPagesTests {
    private static let day = "2026-03-13"

    @Test("每一格都能用键盘走到：空格和预约有名字，空格的编号不变")
    func cellsHaveNames() async throws {
        let book = try await BookPagesFixture()
        let placed = try await book.place("10:00")
        let doctor = book.doctors[0].id.text
        try await book.use { browser in
            let (_, body) = try await browser.get("/appointments?day=\(Self.day)", as: "zhou")
            #expect(body.contains("id=\"f-\(doctor)-45\" data-unit=\"45\" aria-label=\"林书远 11:15 空\""))
            #expect(
                body.contains(
                    "id=\"a-\(placed.id.text)\" href=\"/appointments/\(placed.id.text)\" aria-label=\"10:00–10:45 王小明 右下后牙疼 已约 初诊\""
                ))
            #expect(body.contains("<kbd>H</kbd>放进待定"))
            let part = try await browser.get("/appointments/board?day=\(Self.day)", as: "zhou", part: true)
            #expect(part.body.contains("id=\"f-\(doctor)-45\""))
        }
    }

    @Test("加号站在医生列旁边的窄条里，不占格子")
    func squeezedStandsBeside() async throws {
        let book = try await BookPagesFixture()
        _ = try await book.place("10:00")
        let (work, clinic) = (book.work, book.clinic)
        let (patient, doctor) = (book.patients[1], book.doctors[0].id)
        _ = try await book.app.db.write(in: clinic.lane) { tx in
            try Booking.place(
                PlaceAppointment(
                    patientID: patient, day: BookPagesFixture.tomorrow, start: Unit(40), units: 1, doctorID: doctor,
                    complaint: "疼", channel: "phone", squeezeReason: "pain"), by: work, in: tx)
        }
        try await book.use { browser in
            let (_, body) = try await browser.get("/appointments?day=\(Self.day)", as: "zhou")
            let strip = try #require(body.components(separatedBy: "<div class=\"strip strip-1").last)
            #expect(body.components(separatedBy: "<div class=\"strip ").count == 2)
            #expect(strip.contains("aria-label=\"林书远 加号 1 位\""))
            #expect(strip.contains("10:00–10:15 谢春梅 疼 已约 加号 初诊"))
            let column = try #require(body.components(separatedBy: "data-doctor=\"\(doctor.text)\" data-chairs").last)
            #expect(!column.components(separatedBy: "<div class=\"strip ")[0].contains("谢春梅"))
        }
    }

    @Test("正在预约的时间画成占用，不能点")
    func heldTimeIsDrawn() async throws {
        let book = try await BookPagesFixture()
        let (clinic, doctor, work) = (book.clinic, book.doctors[0].id, book.work)
        try await book.app.db.write(in: clinic.lane) { tx in
            try ResourceUnits.occupy(
                [Claim(.doctor, doctor, 45..<47)], day: BookPagesFixture.tomorrow,
                holder: UnitHolder(.hold, work.newID(Appointment.self)), clinic: clinic.id,
                expiresAt: BookPagesFixture.now.adding(minutes: 5), now: BookPagesFixture.now, in: tx)
        }
        try await book.use { browser in
            let (_, body) = try await browser.get("/appointments?day=\(Self.day)", as: "zhou")
            #expect(body.contains("data-hold><b>正在预约，留到 09:25</b>"))
            #expect(!body.contains("f-\(doctor.text)-45\""))
            #expect(body.contains("f-\(doctor.text)-47\""))
        }
    }

    @Test("医生改休，当天的预约在看板上变红，去重排的链接看得到；排班恢复就不红了 R3.34")
    func displacedIsRed() async throws {
        let book = try await BookPagesFixture()
        let placed = try await book.place("10:00")
        _ = try await book.place("10:00", patient: 1, doctor: 1)
        let (work, doctor, clinic) = (book.work, book.doctors[0].id, book.clinic)
        @Sendable func change(_ spans: [WorkSpan]) async throws {
            _ = try await book.app.db.write(in: clinic.lane) { tx in
                try RosterChanges.setDay(
                    of: doctor, day: BookPagesFixture.tomorrow, spans: spans, reason: "学术会议", by: work, in: tx)
            }
        }
        try await change([])
        try await book.use { browser in
            let (_, red) = try await browser.get("/appointments?day=\(Self.day)", as: "zhou")
            #expect(red.contains("10:00–10:45 王小明 右下后牙疼 已约 初诊 医生已休，待重排"))
            #expect(red.components(separatedBy: " data-displaced").count == 2)
            #expect(red.contains("href=\"/roster/rearrange\""))
            #expect(red.contains("医生已休，待重排 1</a>"))
            let panel = try await browser.get("/appointments/\(placed.id.text)/panel", as: "zhou", part: true)
            #expect(panel.body.contains("医生已休，待重排（学术会议） <a href=\"/roster/rearrange\">去重排</a>"))
        }
        try await change([WorkSpan(Unit(34), Unit(48))])
        try await book.use { browser in
            let (_, calm) = try await browser.get("/appointments?day=\(Self.day)&by=room", as: "zhou")
            #expect(calm.contains("王小明") && !calm.contains("待重排"))
        }
    }

    @Test("只看选中的列；按诊室分列写出谁在那里 R3.12")
    func filterAndRooms() async throws {
        let book = try await BookPagesFixture()
        _ = try await book.place("10:00")
        let other = book.doctors[1].id.text
        try await book.use { browser in
            let only = try await browser.get("/appointments?day=\(Self.day)&only=\(other)", as: "zhou")
            #expect(only.body.components(separatedBy: "class=\"col ").count == 2)
            #expect(only.body.contains("value=\"\(other)\" checked"))
            #expect(only.body.contains("1 列"))
            let rooms = try await browser.get("/appointments?day=\(Self.day)&by=room", as: "zhou")
            #expect(rooms.body.contains("1 诊室"))
            #expect(rooms.body.contains("title=\"没有医生\""))
            #expect(rooms.body.contains("未定椅位"))
        }
    }

    @Test("其他门诊的医生：全院权限的人可以同时看，只看不改；别人看不到 R16.03")
    func otherClinics() async throws {
        let book = try await BookPagesFixture()
        let boss = book.work
        let other = try await book.app.db.write(in: .organisation) { tx in
            let site = try Places.addClinic(
                ClinicForm(code: "B", name: "滨江分院", phone: "021-6888 5678", address: "滨江路 2 号"), by: boss, in: tx)
            let doctor = try Accounts.create(
                AccountForm(employeeNumber: "0301", name: "沈佳宁", loginName: "shenjn", isDoctor: true),
                grants: [RoleGrant(clinicID: site.id, role: "doctor")], passwordHash: nil, mustChangePassword: false,
                by: boss, in: tx)
            return (site, doctor)
        }
        let there = Work(
            actor: boss.actor, clinic: other.0, now: boss.now, playbook: boss.playbook, ids: boss.ids)
        let patient = book.patients[0]
        let placed = try await book.app.db.write(in: other.0.lane) { tx in
            try RosterKeeping.setWeek(
                of: other.1.id, from: BookPagesFixture.tomorrow, week: [5: [WorkSpan(Unit(34), Unit(72))]], by: there,
                in: tx)
            return try Booking.place(
                PlaceAppointment(
                    patientID: patient, day: BookPagesFixture.tomorrow, start: Unit(40), units: 2, doctorID: other.1.id,
                    complaint: "检查", channel: "phone"), by: there, in: tx)
        }
        try await book.use { browser in
            let alone = try await browser.get("/appointments?day=\(Self.day)", as: "lin")
            #expect(alone.body.contains("同时看其他门诊"))
            #expect(!alone.body.contains("沈佳宁"))
            let both = try await browser.get("/appointments?day=\(Self.day)&with=\(other.0.id.text)", as: "lin")
            #expect(both.body.contains("aria-label=\"沈佳宁\""))
            #expect(both.body.contains("滨江分院"))
            #expect(both.body.contains("id=\"a-\(placed.id.text)\" aria-label"))
            #expect(!both.body.contains("f-\(other.1.id.text)-"))
            #expect(both.body.contains("其他门诊只看不改"))
        }
    }

    @Test("一位医生的一周和一个月的密度 R3.41")
    func weekAndMonth() async throws {
        let book = try await BookPagesFixture()
        _ = try await book.place("10:00", units: 7)
        let doctor = book.doctors[0].id.text
        try await book.use { browser in
            let week = try await browser.get("/appointments/week?day=\(Self.day)&doctor=\(doctor)", as: "zhou")
            #expect(week.status == 200)
            #expect(week.body.components(separatedBy: "class=\"col ").count == 8)
            #expect(week.body.contains("data-day=\"2026-03-14\""))
            #expect(week.body.contains("王小明"))
            #expect(week.body.contains("f-2026-03-14-40"))
            let part = try await browser.get(
                "/appointments/week/board?day=\(Self.day)&doctor=\(doctor)", as: "zhou", part: true)
            #expect(!part.body.contains("<html"))
            #expect(
                try await browser.get("/appointments/week?doctor=\(book.patients[0].text)", as: "zhou").status == 404)
            let month = try await browser.get("/appointments/month?day=\(Self.day)&doctor=\(doctor)", as: "zhou")
            #expect(month.body.contains("3 月 13 日 星期五，1 位，上午 50%，下午 0%"))
            #expect(month.body.contains("3 月 15 日 星期日，0 位，没有医生上班"))
            #expect(try await browser.get("/appointments/month", as: "jie").status == 403)
        }
    }

    @Test("待定：放进去原来的时间还在，换一天还拿得到，改约以后自己出来 R3.31")
    func tray() async throws {
        let book = try await BookPagesFixture()
        let placed = try await book.place("10:00")
        let path = "/appointments/\(placed.id.text)"
        try await book.use { browser in
            func cookie(_ fields: String, _ action: String) async throws -> (value: String, location: String) {
                try await browser.client.execute(
                    uri: "\(path)/\(action)", method: .post,
                    headers: [
                        .cookie: "menya_session=zhou", .contentType: "application/x-www-form-urlencoded",
                    ], body: ByteBuffer(string: "csrf=csrf&\(fields)")
                ) { response in
                    let set = response.headers[values: .setCookie].first { $0.hasPrefix("menya_tray=") } ?? ""
                    return (
                        String(set.dropFirst("menya_tray=".count).prefix { $0 != ";" }),
                        response.headers[.location] ?? ""
                    )
                }
            }
            let put = try await cookie("back=%2Fappointments%3Fday%3D2026-03-16&carry=1", "tray")
            #expect(put.location == "/appointments?day=2026-03-16&carry=\(placed.id.text)")
            #expect(put.value.contains(placed.id.text))
            let person = "zhou; menya_tray=\(put.value)"
            let monday = try await browser.get("/appointments?day=2026-03-16", as: person)
            #expect(monday.body.contains("data-carry=\"\(placed.id.text)\""))
            #expect(monday.body.contains("原来 3 月 13 日 星期五 10:00–10:45 林书远"))
            // Nobody else's tray: the cookie names its person.
            let strange = put.value.replacingOccurrences(of: book.work.actor.id.text, with: book.patients[0].text)
            #expect(
                try await !browser.get("/appointments?day=2026-03-16", as: "zhou; menya_tray=\(strange)").body
                    .contains("data-carry"))
            #expect(try await book.stored(placed.id) == placed)

            let moved = try await browser.post(
                "\(path)/slot",
                [
                    "version": "1", "day": "2026-03-16", "unit": "60", "units": "3", "doctor": placed.doctorID.text,
                    "chair": "", "reason": "customerTime",
                ], as: person)
            #expect(moved.status == 303)
            #expect(
                try await !browser.get("/appointments?day=2026-03-16", as: person).body.contains("data-carry"))
        }
    }

    @Test("已取消、已到店的预约放不进待定")
    func trayRefuses() async throws {
        let book = try await BookPagesFixture()
        let placed = try await book.place("10:00")
        try await book.use { browser in
            let path = "/appointments/\(placed.id.text)"
            _ = try await browser.post(
                "\(path)/cancellation", ["version": "1", "reason": "ill", "side": ""], as: "zhou")
            let refused = try await browser.post("\(path)/tray", as: "zhou")
            #expect(refused.status == 409)
            #expect(refused.body.contains("这条预约已经取消"))
            #expect(try await browser.post("\(path)/tray", as: "jie").status == 403)
        }
    }

    @Test("放不下时说出撞到谁，并给出这位医生接下来的空档 R3.32")
    func checkOffersOthers() async throws {
        let book = try await BookPagesFixture()
        let mine = try await book.place("10:00")
        let hit = try await book.place("14:00", patient: 1)
        try await book.use { browser in
            let answer = try await browser.get(
                "/appointments/check?appointment=\(mine.id.text)&day=\(Self.day)&unit=57&units=3&doctor=\(book.doctors[0].id.text)&chair=",
                as: "zhou"
            ).body
            #expect(answer.contains("\"hits\":[\"\(hit.id.text)\"]"))
            #expect(answer.contains("\"label\":\"14:45 林书远\""))
        }
    }

    @Test("次日联系表：电话、已联系一栏；看不到电话的人打印出来也是掩码 R3.27")
    func contactList() async throws {
        let book = try await BookPagesFixture()
        let placed = try await book.place("10:00")
        _ = try await book.place("09:00", patient: 1, doctor: 1)
        try await book.use { browser in
            _ = try await browser.post(
                "/appointments/\(placed.id.text)/confirmation", ["version": "1"], as: "zhou")
            let list = try await browser.get("/appointments/contacts", as: "lin")
            #expect(list.body.contains("2026 年 3 月 13 日 星期五 预约客人联系表"))
            #expect(list.body.contains("共 2 位，已联系 1 位"))
            #expect(list.body.contains("138 0013 8010"))
            #expect(list.body.contains("<td class=\"called\">✓</td>"))
            #expect(list.body.contains("<td class=\"called\">□</td>"))
        }
    }

    @Test("到访安排写出每间诊室的医生和客人 R3.28")
    func planByRoom() async throws {
        let book = try await BookPagesFixture()
        let (clinic, work) = (book.clinic, book.work)
        let doctor = book.doctors[0].id
        let patient = book.patients[0]
        _ = try await book.app.db.write(in: clinic.lane) { tx in
            let chairs = try PlaceStore.chairs(clinic: clinic.id, in: tx)
            return try Booking.place(
                PlaceAppointment(
                    patientID: patient, day: BookPagesFixture.tomorrow, start: Unit(40), units: 2, doctorID: doctor,
                    chairID: chairs[1].id, complaint: "检查", channel: "phone"), by: work, in: tx)
        }
        try await book.use { browser in
            let plan = try await browser.get("/appointments/plan", as: "zhou")
            #expect(plan.body.contains("诊室一览"))
            #expect(plan.body.contains("10:00 王小明（林书远）"))
        }
    }
}
