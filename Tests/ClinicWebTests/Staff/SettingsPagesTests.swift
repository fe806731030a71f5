import Clinic
import ClinicWeb
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
            _ = try await browser.get("/settings/levels")
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
            let edited = try await browser.post(
                "/settings/clinic",
                [
                    "clinicName": "示例口腔西门诊", "clinicPhone": "021-68880000", "address": "西路 9 号", "opens": "09:00",
                    "closes": "17:30",
                ])
            #expect(edited.status == 303)
            #expect(try await browser.get("/settings/clinic").body.contains("示例口腔西门诊"))
        }
    }

    @Test("没有权限的岗位打不开设置 R16.03", arguments: ["/settings", "/settings/levels", "/settings/rooms", "/staff"])
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
