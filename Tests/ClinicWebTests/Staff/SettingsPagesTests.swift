import Clinic
import ClinicWeb
import Foundation
import Kernel
import Storage
import TestSupport
import Testing

@Suite("设置页")
struct SettingsPagesTests {
    @Test("改一个数值：要写原因，来源变成本门诊，下一次点击生效，恢复回出厂 R16.14", arguments: Backend.allCases)
    func changesAValue(backend: Backend) async throws {
        let house = try await HouseFixture(backend)
        try await house.use { client in
            let browser = WebBrowser(client)
            #expect(try await browser.signIn("linlan", HouseFixture.password).status == 303)
            #expect(try await browser.get("/settings").body.contains("实际等候超过此时间须当面说明"))
            let path = "/settings/values/wait.actual_min"
            #expect(try await browser.get(path).body.contains("从没有改过"))
            let bare = try await browser.post(path, ["value": "25", "scope": "clinic", "reason": ""])
            #expect(bare.status == 422)
            #expect(bare.body.contains("请写明修改原因"))
            let wide = try await browser.post(path, ["value": "999", "scope": "clinic", "reason": "试试"])
            #expect(wide.status == 422)
            #expect(wide.body.contains("应在 5 到 120 之间"))
            #expect(wide.body.contains(#"value="999""#))
            let saved = try await browser.post(path, ["value": "２５", "scope": "clinic", "reason": "春节后人手少"])
            #expect(saved.location == "/settings")
            let page = try await browser.get(path)
            #expect(page.body.contains("25 分钟（本门诊）"))
            #expect(page.body.contains("春节后人手少"))
            let clinic = try await house.app.db.read { tx in try PlaceStore.clinics(in: tx)[0] }
            #expect(house.app.playbook(clinic.id)[.waitActualMinutes] == 25)
            #expect(try await browser.post(path + "/reset", ["scope": "clinic"]).status == 303)
            #expect(try await browser.get(path).body.contains("20 分钟（出厂）"))
            #expect(house.app.playbook(clinic.id)[.waitActualMinutes] == 20)
        }
    }

    @Test("规则级别：固定的不能改，可改的改了生效 R16.14")
    func changesALevel() async throws {
        let house = try await HouseFixture()
        try await house.use { client in
            let browser = WebBrowser(client)
            #expect(try await browser.signIn("linlan", HouseFixture.password).status == 303)
            let list = try await browser.get("/settings/levels")
            #expect(list.body.contains("R3.08"))
            #expect(try await browser.get("/settings/levels/R3.32").body.contains("这条规则写在程序里"))
            let fixed = try await browser.post(
                "/settings/levels/R3.32", ["value": "off", "scope": "clinic", "reason": "试试"])
            #expect(fixed.status == 422)
            #expect(
                try await browser.post(
                    "/settings/levels/R3.08", ["value": "remind", "scope": "organisation", "reason": "周末灵活"]
                ).status == 303)
            let changed = try await browser.get("/settings/levels")
            #expect(changed.body.contains("林岚 3 月 12 日"))
            #expect(changed.body.contains("门诊主任、院长"))
            let clinic = try await house.app.db.read { tx in try PlaceStore.clinics(in: tx)[0] }
            #expect(house.app.playbook(clinic.id).level(of: .bookingOutsideRoster) == .remind)
        }
    }

    @Test("价目：查找、从某天起定价、停用", arguments: Backend.allCases)
    func setsPrices(backend: Backend) async throws {
        let house = try await HouseFixture(backend)
        let item = try await house.app.db.read { tx in try ItemStore.listActive(in: tx)[0] }
        try await house.use { client in
            let browser = WebBrowser(client)
            #expect(try await browser.signIn("linlan", HouseFixture.password).status == 303)
            let all = try await browser.get("/settings/prices")
            #expect(all.body.contains(item.name))
            let found = try await browser.get("/settings/prices?q=\(URLText.encode(item.code.lowercased()))")
            #expect(found.body.contains(item.name))
            #expect(try await browser.get("/settings/prices?q=qqqq").body.contains("没有这样的项目"))

            let path = "/settings/prices/\(item.id.text)"
            #expect(try await browser.get(path).status == 200)
            let faulty = try await browser.post(path, ["price": "七百", "from": "2026-03-11"])
            #expect(faulty.status == 422)
            #expect(faulty.body.contains("请填写价格"))
            let past = try await browser.post(path, ["price": "700", "from": "2026-03-11"])
            #expect(past.body.contains("不能改过去的价格"))
            #expect(try await browser.post(path, ["price": "721.50", "from": "2026-03-20"]).status == 303)
            #expect(try await browser.get("/settings/prices").body.contains("3 月 20 日起 721.50"))
            #expect(try await browser.post(path + "/retire").status == 303)
            #expect(try await browser.get(path).body.contains("恢复项目"))
        }
    }

    @Test("诊室与牙椅：加、改名、停用；门诊资料", arguments: Backend.allCases)
    func changesPlaces(backend: Backend) async throws {
        let house = try await HouseFixture(backend)
        let rooms = try await house.app.db.read { tx in
            try PlaceStore.rooms(clinic: try PlaceStore.clinics(in: tx)[0].id, in: tx)
        }
        try await house.use { client in
            let browser = WebBrowser(client)
            #expect(try await browser.signIn("linlan", HouseFixture.password).status == 303)
            #expect(try await browser.get("/settings/rooms").body.contains("1 号牙椅"))
            let double = try await browser.post(
                "/settings/chairs", ["number": "1", "name": "新椅", "room": rooms[0].id.text])
            #expect(double.status == 422)
            #expect(double.body.contains("1 号已经有了"))
            #expect(
                try await browser.post("/settings/chairs", ["number": "9", "name": "新椅", "room": rooms[0].id.text])
                    .status == 303)
            #expect(try await browser.get("/settings/rooms").body.contains("新椅"))
            let used = try await browser.post("/settings/rooms/\(rooms[0].id.text)/retire")
            #expect(used.status == 422)
            #expect(used.body.contains("里面还有 2 台牙椅"))
            let id = try await house.app.db.read { tx in try PlaceStore.clinics(in: tx)[0].id.text }
            #expect(try await browser.get("/settings/clinics/\(id)").body.contains("示例口腔门诊"))
            let edited = try await browser.post(
                "/settings/clinics/\(id)",
                [
                    "clinicName": "示例口腔西门诊", "clinicPhone": "021-68880000", "address": "西路 9 号", "opens": "09:00",
                    "closes": "17:30",
                ])
            #expect(edited.status == 303)
            #expect(try await browser.get("/settings/clinics").body.contains("示例口腔西门诊"))
        }
    }

    @Test("加第二家门诊，两家各自显示、各自修改 R16.15", arguments: Backend.allCases)
    func addsAClinic(backend: Backend) async throws {
        let house = try await HouseFixture(backend)
        try await house.use { client in
            let browser = WebBrowser(client)
            #expect(try await browser.signIn("linlan", HouseFixture.password).status == 303)
            #expect(try await browser.get("/settings/clinics/new").status == 200)
            let faulty = try await browser.post(
                "/settings/clinics",
                [
                    "clinicName": "", "clinicPhone": "021-68880001", "address": "东路 2 号", "opens": "09:00",
                    "closes": "18:00",
                    "code": "A", "timeZone": "Asia/Nowhere", "dayStarts": "04:00",
                ])
            #expect(faulty.status == 422)
            #expect(faulty.body.contains("请填写门诊名称"))
            #expect(faulty.body.contains("没有这个时区"))
            let made = try await browser.post(
                "/settings/clinics",
                [
                    "clinicName": "示例口腔东门诊", "clinicPhone": "021-68880001", "address": "东路 2 号", "opens": "09:00",
                    "closes": "18:00", "code": "B", "timeZone": "Asia/Urumqi", "dayStarts": "05:00",
                ])
            #expect(made.location == "/settings/clinics")
            let list = try await browser.get("/settings/clinics")
            #expect(list.body.contains("示例口腔东门诊"))
            #expect(list.body.contains("示例口腔门诊"))
            let east = try await house.app.db.read { tx in try PlaceStore.clinics(in: tx).first { $0.code == "B" } }
            let site = try #require(east)
            #expect(site.calendar.timeZone.identifier == "Asia/Urumqi")
            #expect(site.calendar.dayStartsAtMinutes == 300)
            let edited = try await browser.post(
                "/settings/clinics/\(site.id.text)",
                [
                    "clinicName": "示例口腔东门诊", "clinicPhone": "021-68880002", "address": "东路 3 号", "opens": "09:00",
                    "closes": "18:00",
                ])
            #expect(edited.status == 303)
            #expect(try await browser.get("/settings/clinics").body.contains("东路 3 号"))
        }
    }

    @Test("岗位权限：表里看得到，改了下一次点击生效，不能把自己锁在外面 R16.03", arguments: Backend.allCases)
    func changesRoles(backend: Backend) async throws {
        let house = try await HouseFixture(backend)
        try await house.hire("王若彤", login: "wangrt", number: "0102", roles: ["guide"])
        try await house.use { client in
            let head = WebBrowser(client)
            #expect(try await head.signIn("linlan", HouseFixture.password).status == 303)
            let matrix = try await head.get("/settings/roles")
            #expect(matrix.body.contains("导诊"))
            #expect(matrix.body.contains("显示遮盖的内容（留记录）"))
            #expect(try await head.get("/settings/roles/guide").body.contains("导诊的权限"))
            let guide = WebBrowser(client)
            #expect(try await guide.signIn("wangrt", HouseFixture.password).status == 303)
            #expect(try await guide.get("/receipts").status == 403)
            let bare = try await head.post("/settings/roles/guide", ["capability": "seeTill", "reason": " "])
            #expect(bare.status == 422)
            let saved = try await head.post(
                "/settings/roles/guide",
                ["capability": "seeTill", "scope": "organisation", "reason": "兼收据查询"])
            #expect(saved.location == "/settings/roles")
            #expect(try await guide.get("/receipts").status == 200)
            #expect(try await guide.get("/reception").status == 403)
            #expect(try await head.get("/settings/roles/guide").body.contains("兼收据查询"))
            // 院长 also administers accounts: one of the two may lose it, not both.
            _ = try await head.post(
                "/settings/roles/head", ["capability": "seeWorkbench", "scope": "organisation", "reason": "试试"])
            let last = try await head.post(
                "/settings/roles/administrator",
                ["capability": "seeWorkbench", "scope": "organisation", "reason": "试试"])
            #expect(last.status == 422)
            #expect(last.body.contains("最后一位能在全机构管理员工账号的人"))
        }
    }

    @Test("任务规则用话说清，关了以后不再生成 R16.18")
    func switchesTaskRules() async throws {
        let house = try await HouseFixture()
        try await house.use { client in
            let browser = WebBrowser(client)
            #expect(try await browser.signIn("linlan", HouseFixture.password).status == 303)
            let list = try await browser.get("/settings/tasks")
            #expect(list.body.contains("前一天 09:00 出现，前一天 18:00 前做完"))
            #expect(list.body.contains("没做完，当天 12:00 报主管"))
            let page = try await browser.get("/settings/tasks/wait.education")
            #expect(page.body.contains("医生报出等候时间时，且预估超过上限、仍在候诊"))
            #expect(page.body.contains("门诊主任、院长"))
            let saved = try await browser.post(
                "/settings/tasks/wait.education", ["value": "false", "scope": "clinic", "reason": "不做"])
            #expect(saved.location == "/settings/tasks")
            #expect(try await browser.get("/settings/tasks").body.contains("关了 1 条"))
            let clinic = try await house.app.db.read { tx in try PlaceStore.clinics(in: tx)[0] }
            #expect(house.app.playbook(clinic.id).taskRule("wait.education")?.isActive == false)
        }
    }

    @Test(
        "没有权限的岗位打不开设置 R16.03",
        arguments: [
            "/settings", "/settings/levels", "/settings/tasks", "/settings/rooms", "/settings/clinics",
            "/settings/clinics/new",
            "/settings/roles", "/staff", "/audit",
        ])
    func refusesOthers(path: String) async throws {
        let house = try await HouseFixture()
        try await house.hire("王若彤", login: "wangrt", number: "0102", roles: ["guide"])
        try await house.use { (client) async throws in
            let browser = WebBrowser(client)
            #expect(try await browser.signIn("wangrt", HouseFixture.password).status == 303)
            #expect(try await browser.get(path).status == 403)
        }
    }
}
