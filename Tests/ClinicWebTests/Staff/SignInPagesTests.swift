import Clinic
import ClinicWeb
import Kernel
import Storage
import TestSupport
import Testing

@Suite("登录页、换人、锁屏")
struct SignInPagesTests {
    @Test("没登录先去登录，登录后回到要去的页；密码错说同一句话 R16.02", arguments: Backend.allCases)
    func signsIn(backend: Backend) async throws {
        let house = try await HouseFixture(backend)
        try await house.use { client in
            let browser = WebBrowser(client)
            #expect(try await browser.get("/account").location == "/sign-in?next=%2Faccount")
            let page = try await browser.get("/sign-in?next=%2Faccount")
            #expect(page.status == 200)
            #expect(page.body.contains("示例口腔门诊"))
            #expect(page.body.contains(#"name="next" value="/account""#))

            let wrong = try await browser.post("/sign-in", ["name": "linlan", "password": "不是这个", "next": "/account"])
            let unknown = try await browser.post(
                "/sign-in", ["name": "nobody", "password": "不是这个", "next": "/account"])
            #expect([wrong.status, unknown.status] == [422, 422])
            #expect(wrong.body.contains("登录名或密码不对"))
            #expect(unknown.body.contains("登录名或密码不对"))
            #expect(await browser.cookie("menya_session") == nil)

            let right = try await browser.post(
                "/sign-in", ["name": "LinLan", "password": HouseFixture.password, "next": "/account"])
            #expect(right.status == 303)
            #expect(right.location == "/account")
            let account = try await browser.get("/account")
            #expect(account.status == 200)
            #expect(account.body.contains("林岚"))
        }
    }

    @Test("登录后只去本站的页面", arguments: ["//evil.example", "https://evil.example", "/\\evil.example"])
    func staysHome(next: String) async throws {
        let house = try await HouseFixture()
        try await house.use { client in
            let browser = WebBrowser(client)
            _ = try await browser.get("/sign-in")
            let answer = try await browser.post(
                "/sign-in", ["name": "linlan", "password": HouseFixture.password, "next": next])
            #expect(answer.location == "/")
        }
    }

    @Test("同一台电脑换人：点名字、输 PIN；没在这台登录过的不行，旧的登录结束 R16.08", arguments: Backend.allCases)
    func switches(backend: Backend) async throws {
        let house = try await HouseFixture(backend)
        let wang = try await house.hire("王若彤", login: "wangrt", number: "0102", roles: ["guide"])
        let guo = try await house.hire("郭晓晨", login: "guoxc", number: "0103", roles: ["cashier"])
        try await house.use { client in
            let browser = WebBrowser(client)
            #expect(try await browser.signIn("wangrt", HouseFixture.password).status == 303)
            let first = await browser.cookie("menya_session") ?? ""
            let switching = try await browser.get("/switch")
            #expect(switching.status == 200)
            #expect(!switching.body.contains("王若彤"))

            let refused = try await browser.post("/sign-in/pin", ["person": guo.id.text, "pin": "2580", "next": "/"])
            #expect(refused.status == 422)
            #expect(refused.body.contains("请输入密码"))
            #expect(!refused.body.contains("guoxc"))

            #expect(
                try await browser.post("/sign-in", ["name": "guoxc", "password": HouseFixture.password]).status == 303)
            let tiles = try await browser.get("/switch")
            #expect(tiles.body.contains("王若彤"))
            #expect(tiles.body.contains("/sign-in?person=\(wang.id.text)"))
            let asked = try await browser.get("/sign-in?person=\(wang.id.text)&next=%2F")
            #expect(asked.body.contains(#"name="pin""#))
            let wrong = try await browser.post("/sign-in/pin", ["person": wang.id.text, "pin": "1357", "next": "/"])
            #expect(wrong.body.contains("PIN 不对，还可以再试 4 次"))
            let back = try await browser.post(
                "/sign-in/pin", ["person": wang.id.text, "pin": "2580", "next": "/account"])
            #expect(back.location == "/account")
            #expect(try await browser.get("/account").body.contains("wangrt"))
            let old = try await house.app.db.read { tx in
                try SessionStore.find(SessionToken(first)?.hash ?? "", in: tx)
            }
            #expect(old?.revokedAt == HouseFixture.morning)
        }
    }

    @Test("密码登录过了一个班次，PIN 要先用密码 R16.02")
    func pinNeedsAFreshPassword() async throws {
        let house = try await HouseFixture()
        let wang = try await house.hire("王若彤", login: "wangrt", number: "0102", roles: ["guide"])
        try await house.use { client in
            let browser = WebBrowser(client)
            #expect(try await browser.signIn("wangrt", HouseFixture.password).status == 303)
            house.pass(minutes: 14 * 60)
            #expect(try await browser.get("/account").location?.hasPrefix("/sign-in") == true)
            let tiles = try await browser.get("/sign-in")
            #expect(tiles.body.contains("先用密码"))
            let answer = try await browser.post("/sign-in/pin", ["person": wang.id.text, "pin": "2580", "next": "/"])
            #expect(answer.status == 422)
            #expect(answer.body.contains("请输入密码"))
        }
    }

    @Test("没动十分钟锁屏，PIN 打开；手动锁也行 R16.02", arguments: Backend.allCases)
    func locks(backend: Backend) async throws {
        let house = try await HouseFixture(backend)
        try await house.hire("王若彤", login: "wangrt", number: "0102", roles: ["guide"])
        try await house.use { client in
            let browser = WebBrowser(client)
            #expect(try await browser.signIn("wangrt", HouseFixture.password).status == 303)
            house.pass(minutes: 10)
            #expect(try await browser.get("/account").status == 200)
            house.pass(minutes: 11)
            #expect(try await browser.get("/account").location == "/lock?next=%2Faccount")
            let page = try await browser.get("/lock?next=%2Faccount")
            #expect(page.body.contains("屏幕已锁定"))
            #expect(page.body.contains("王若彤"))
            let wrong = try await browser.post("/lock", ["pin": "1357", "next": "/account"])
            #expect(wrong.status == 422)
            // Looking at the lock page must not count as being at work.
            #expect(try await browser.get("/account").status == 303)
            #expect(try await browser.post("/lock", ["pin": "2580", "next": "/account"]).location == "/account")
            #expect(try await browser.get("/account").status == 200)

            #expect(try await browser.post("/session/lock").location == "/lock?next=%2F")
            #expect(try await browser.get("/account").location == "/lock?next=%2Faccount")
            _ = try await browser.get("/lock")
            #expect(
                try await browser.post("/lock", ["password": HouseFixture.password, "next": "/account"]).status == 303)
            #expect(try await browser.get("/account").status == 200)
        }
    }

    @Test("退出后旧的凭据不再有用")
    func signsOut() async throws {
        let house = try await HouseFixture()
        try await house.use { client in
            let browser = WebBrowser(client)
            #expect(try await browser.signIn("linlan", HouseFixture.password).status == 303)
            let token = await browser.cookie("menya_session") ?? ""
            _ = try await browser.get("/account")
            #expect(try await browser.post("/sign-out").location == "/sign-in")
            #expect(await browser.cookie("menya_session") == nil)
            let session = try await house.app.sessions.find(token: token, now: HouseFixture.morning)
            #expect(session == nil)
        }
    }

    @Test("没有令牌的表单一律拒绝", arguments: ["/sign-in", "/sign-in/pin", "/setup"])
    func refusesForeignForms(path: String) async throws {
        let house = try await HouseFixture()
        try await house.use { client in
            let answer = try await WebBrowser(client).post(path, ["name": "linlan"], csrf: "made-up")
            #expect(answer.status == 403)
        }
    }
}

@Suite("第一次使用与账号页")
struct SetupPagesTests {
    private static let typed: KeyValuePairs<String, String> = [
        "organisationName": "示例口腔", "clinicName": "示例口腔门诊", "code": "a", "clinicPhone": "021-68881234",
        "address": "示范路 1 号", "opens": "08:30", "closes": "18:00", "treatmentRooms": "3", "communicationRooms": "1",
        "chairs": "4", "name": "林岚", "employeeNumber": "0001", "loginName": "LinLan", "password": HouseFixture.password,
        "passwordAgain": HouseFixture.password,
    ]

    private static func with(_ code: String, _ proof: String) -> KeyValuePairs<String, String> {
        // KeyValuePairs cannot be added to: written out in the order of the page.
        [
            "setupCode": code, "proof": proof, "organisationName": "示例口腔", "clinicName": "示例口腔门诊", "code": "a",
            "clinicPhone": "021-68881234", "address": "示范路 1 号", "opens": "08:30", "closes": "18:00",
            "treatmentRooms": "3", "communicationRooms": "1", "chairs": "4", "name": "林岚", "employeeNumber": "0001",
            "loginName": "LinLan", "password": HouseFixture.password, "passwordAgain": HouseFixture.password,
        ]
    }

    @Test("空库先去设置页；要一次性代码和恢复单；建好即登录，再来不行", arguments: Backend.allCases)
    func setsUp(backend: Backend) async throws {
        let house = try await HouseFixture(backend, isSetUp: false)
        try await house.use { client in
            let browser = WebBrowser(client)
            #expect(try await browser.get("/sign-in").location == "/setup")
            let page = try await browser.get("/setup")
            #expect(page.body.contains(house.ring.fingerprint))

            let empty = try await browser.post("/setup", Self.typed)
            #expect(empty.status == 422)
            #expect(empty.body.contains("一次性代码不对"))
            #expect(empty.body.contains("和恢复单最后两组对不上"))
            #expect(empty.body.contains(#"value="示例口腔门诊""#))
            #expect(!empty.body.contains(HouseFixture.password))

            let proof = RecoverySheet(house.ring).proof
            let made = try await browser.post("/setup", Self.with("A1B2C3D4E5", proof.lowercased()))
            #expect(made.status == 303)
            #expect(made.location == "/")
            let settings = try await browser.get("/settings/clinics")
            #expect(settings.body.contains("示例口腔门诊"))
            #expect(settings.body.contains("08:30–"))

            #expect(try await browser.get("/setup").status == 303)
            #expect(try await browser.post("/setup", Self.with("a1b2c3d4e5", proof)).status == 409)
        }
    }

    @Test("新同事：一次性密码登录后只能先改密码 R16.02", arguments: Backend.allCases)
    func firstSignIn(backend: Backend) async throws {
        let house = try await HouseFixture(backend)
        try await house.use { client in
            let head = WebBrowser(client)
            #expect(try await head.signIn("linlan", HouseFixture.password).status == 303)
            #expect(try await head.get("/staff/new").status == 200)
            let faulty = try await head.post("/staff", ["name": "", "employeeNumber": "0001", "loginName": "wangrt"])
            #expect(faulty.status == 422)
            #expect(faulty.body.contains("请填写姓名"))
            let made = try await head.post(
                "/staff", ["name": "王若彤", "employeeNumber": "0102", "loginName": "wangrt", "grant": "guide@"])
            #expect(made.status == 200)
            let match = try #require(made.body.firstMatch(of: /class="secret">([^<]+)</))
            let password = String(match.1)
            #expect(password.count == 14)
            #expect(try await head.get("/staff").body.contains("等本人改密码"))

            let guide = WebBrowser(client)
            let entered = try await guide.signIn("wangrt", password)
            #expect(entered.location == "/password?next=%2F")
            #expect(try await guide.get("/account").status == 303)
            _ = try await guide.get("/password")
            let weak = try await guide.post(
                "/password", ["currentPassword": password, "password": "12345678", "passwordAgain": "12345678"])
            #expect(weak.status == 422)
            #expect(weak.body.contains("太容易猜到"))
            let changed = try await guide.post(
                "/password", ["currentPassword": password, "password": "明月何时照我还2026", "passwordAgain": "明月何时照我还2026"])
            #expect(changed.status == 303)
            #expect(try await guide.get("/account").status == 200)
            let pin = try await guide.post(
                "/account/pin", ["currentPassword": "明月何时照我还2026", "pin": "２５８０", "pinAgain": "2580"])
            #expect(pin.location == "/account")
        }
    }

    @Test("停用、全部退出和改岗位马上生效 R16.03", arguments: Backend.allCases)
    func actsAtOnce(backend: Backend) async throws {
        let house = try await HouseFixture(backend)
        let wang = try await house.hire("王若彤", login: "wangrt", number: "0102", roles: ["administrator"])
        try await house.use { client in
            let (head, guide) = (WebBrowser(client), WebBrowser(client))
            #expect(try await head.signIn("linlan", HouseFixture.password).status == 303)
            #expect(try await guide.signIn("wangrt", HouseFixture.password).status == 303)
            #expect(try await guide.get("/staff").status == 200)
            let page = try await head.get("/staff/\(wang.id.text)")
            #expect(page.body.contains("wangrt"))
            #expect(try await head.post("/staff/\(wang.id.text)/roles", ["grant": "guide@"]).status == 303)
            #expect(try await guide.get("/staff").status == 403)
            #expect(try await head.post("/staff/\(wang.id.text)/sessions").status == 303)
            #expect(try await guide.get("/account").location?.hasPrefix("/sign-in") == true)
            #expect(try await guide.signIn("wangrt", HouseFixture.password).status == 303)
            #expect(try await head.post("/staff/\(wang.id.text)/disable").status == 303)
            #expect(try await guide.get("/account").location?.hasPrefix("/sign-in") == true)
            #expect(try await guide.signIn("wangrt", HouseFixture.password).status == 422)
        }
    }
}
