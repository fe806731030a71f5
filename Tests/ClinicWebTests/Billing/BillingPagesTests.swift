import Clinic
import ClinicWeb
import Kernel
import Storage
import Testing

@Suite struct BillingPagesTests {
    private static let lines: KeyValuePairs<String, String> = [
        "version": "", "item": "T1 补牙", "teeth": "16、17", "quantity": "1", "price": "", "priceReason": "",
        "item": "检查费", "teeth": "", "quantity": "１", "price": "", "priceReason": "", "item": "", "teeth": "",
        "quantity": "1", "next": "visit", "nextDays": "28", "nextUnits": "2", "nextNote": "复查",
    ]

    private func again(_ version: Int) -> KeyValuePairs<String, String> {
        [
            "version": String(version), "item": "T1", "teeth": "16-17", "quantity": "2", "item": "T2", "teeth": "",
            "quantity": "1", "next": "visit", "nextDays": "28", "nextUnits": "2", "nextNote": "复查",
        ]
    }

    @Test("诊室录入、说明、确认，医生放行，收银出现这位客人 R5.20 R5.23 R6.01") func fromTheRoomToTheTill() async throws {
        let fixture = try await BillingPagesFixture()
        let charges = BillingPaths.charges(fixture.visit)
        try await fixture.use { browser in
            let room = try await browser.get(HandOverPaths.room, as: "nurse")
            #expect(room.status == 200 && room.body.contains("谢春梅") && room.body.contains("录入收费"))
            let saved = try await browser.post(charges, Self.lines, as: "nurse")
            #expect(saved.status == 303 && saved.location == charges)
            let page = try await browser.get(charges, as: "nurse")
            #expect(page.body.contains("¥980.00") && page.body.contains("已向客人说明费用"))
            #expect(page.body.contains("取药或注射") && !page.body.contains("发出收费通知 ¥"))
            let early = try await browser.get(BillingPaths.checkoutQueue, as: "cashier")
            #expect(early.body.contains("录入中") && early.body.contains("现在没有待收的费用"))

            let explained = try await browser.post(charges + "/explanation", again(2), as: "nurse")
            #expect(explained.status == 303)
            let confirmed = try await browser.post(charges + "/confirmation", again(3), as: "nurse")
            #expect(confirmed.status == 303)
            #expect(try await browser.post(charges + "/notice", again(4), as: "nurse").status == 403)
            #expect(try await browser.post(charges + "/notice", again(4), as: "cashier").status == 403)
            #expect(try await browser.post(charges + "/notice", again(4), as: "doctor").status == 303)
            let queue = try await browser.get(BillingPaths.checkout, as: "cashier")
            #expect(queue.body.contains("谢春梅") && queue.body.contains("¥980.00") && queue.body.contains("等 0 分"))
        }
        #expect(try await fixture.int("SELECT COUNT(*) AS n FROM tooth_treatment") == 3)
    }

    @Test("本院员工的收费单提醒凭派工单收费 R1.27") func employeesAreCharged() async throws {
        let fixture = try await BillingPagesFixture()
        let charges = BillingPaths.charges(fixture.visit)
        let (patient, clinic, db) = (fixture.patient, fixture.clinic, fixture.app.db)
        try await fixture.use { browser in
            let before = try await browser.get(charges, as: "nurse").body
            #expect(before.contains("谢春梅") && !before.contains("派工单"))
            try await db.write(in: clinic.lane) { tx in
                _ = try tx.run(
                    """
                    INSERT INTO patient_profile (patient_id, contact_any, needs, employee_id, changed_at, changed_by,
                        version)
                    SELECT \(patient), 0, '', MIN(id), 1, 1, 1 FROM staff
                    """)
            }
            #expect(try await browser.get(charges, as: "nurse").body.contains("凭护士长派工单收费，没有派工单先不收"))
        }
    }

    @Test("填错的行留在原处，错在哪一行说清楚 R6.02") func faultsKeepWhatWasTyped() async throws {
        let fixture = try await BillingPagesFixture()
        let charges = BillingPaths.charges(fixture.visit)
        try await fixture.use { browser in
            let bad = try await browser.post(
                charges,
                [
                    "version": "", "item": "", "teeth": "", "quantity": "1", "item": "没有的项目", "teeth": "",
                    "quantity": "1", "item": "T1", "teeth": "99", "quantity": "1", "item": "T2", "quantity": "x",
                ], as: "doctor")
            #expect(bad.status == 422)
            #expect(bad.body.contains("有 3 处要改：没有这个项目") && bad.body.contains(#"value="没有的项目""#))
            #expect(bad.body.contains(#"value="99""#) && bad.body.contains("牙位用两位数"))
            #expect(bad.body.contains("数量应为 1 到 99 的整数"))
            let toothless = try await browser.post(
                charges, ["version": "", "item": "", "item": "T1", "teeth": "", "quantity": "1"], as: "doctor")
            #expect(toothless.status == 422 && toothless.body.contains("「补牙」按牙位收费，请填写牙位"))
            let cheap = try await browser.post(
                charges,
                ["version": "", "item": "T2", "teeth": "", "quantity": "1", "price": "1", "priceReason": "agreed"],
                as: "nurse")
            #expect(cheap.status == 422 && cheap.body.contains("您没有改价权限"))
            let rows = try await browser.post(charges + "/rows", ["version": "", "item": "T2"], as: "nurse")
            #expect(rows.status == 200 && rows.body.matches(of: /<tr data-line>/).count == 10)
            let advice = try await browser.post(
                charges, ["version": "", "item": "T2", "quantity": "1", "next": "visit"], as: "nurse")
            #expect(advice.status == 422 && advice.body.contains("请填写复诊需要几个单位"))
        }
        #expect(try await fixture.int("SELECT COUNT(*) AS n FROM charge_sheet") == 0)
    }

    @Test("导诊进不了收费，收银录不了收费单，查不到的单说没有找到 R16.03") func doorsAreClosed() async throws {
        let fixture = try await BillingPagesFixture()
        let sheet = try await fixture.released()
        try await fixture.use { browser in
            for path in [BillingPaths.checkout, BillingPaths.checkout(sheet.id), BillingPaths.receipts] {
                #expect(try await browser.get(path, as: "guide").status == 403, "\(path)")
            }
            let posted = try await browser.post(BillingPaths.charges(fixture.visit), Self.lines, as: "cashier")
            #expect(posted.status == 403)
            #expect(try await browser.get(HandOverPaths.room, as: "cashier").status == 403)
            #expect(try await browser.get("/checkout/0000000000001", as: "cashier").status == 404)
            #expect(try await browser.get("/receipts/0000000000001", as: "cashier").status == 404)
            #expect(try await browser.get("/checkout/xyz", as: "cashier").status == 404)
            let late = try await browser.post(BillingPaths.charges(fixture.visit), Self.lines, as: "doctor")
            #expect(late.status == 409 && late.body.contains("收费单不能再改"))
        }
    }

    private func pay(_ sheet: ChargeSheet) -> String { "/checkout/\(sheet.id.text)/payments" }

    @Test("填错的金额留在原处，差额要明说记欠费，完整卡号不回显 R6.07 R6.14 R6.16") func badPayments() async throws {
        let fixture = try await BillingPagesFixture()
        let sheet = try await fixture.released()
        let path = pay(sheet)
        try await fixture.use { browser in
            let page = try await browser.get(BillingPaths.checkout(sheet.id), as: "cashier")
            #expect(page.body.contains("玖佰捌拾元整") && page.body.contains("谢女士，今天一共 980 元"))
            let wrong = try await browser.post(
                path, ["key": "k1", "expectedDue": "98000", "wechat": "9x", "cash": "20"], as: "cashier")
            #expect(wrong.status == 422 && wrong.body.contains(#"value="9x""#) && wrong.body.contains("金额最多两位小数"))
            #expect(wrong.body.contains(#"name="key" value="k1""#))
            let short = try await browser.post(
                path, ["key": "k1", "expectedDue": "98000", "wechat": "500", "rest": "none"], as: "cashier")
            #expect(short.status == 422 && short.body.contains("还差 ¥480.00") && short.body.contains(#"value="500""#))
            let much = try await browser.post(
                path, ["key": "k1", "expectedDue": "98000", "cash": "1000"], as: "cashier")
            #expect(much.status == 422 && much.body.contains("多了 ¥20.00"))
            let given = try await browser.post(
                path, ["key": "k1", "expectedDue": "98000", "cash": "980", "tendered": "900"], as: "cashier")
            #expect(given.status == 422 && given.body.contains("客人给的现金不够，现金部分应收 ¥980.00"))
            let card = try await browser.post(
                path,
                [
                    "key": "k1", "expectedDue": "98000", "bankCard": "980", "cardType": "debit",
                    "cardLast4": "6217000010012345678",
                ], as: "cashier")
            #expect(card.status == 422 && card.body.contains("只填卡号后四位") && !card.body.contains("6217000010"))
            let nothing = try await browser.post(
                path, ["key": "k1", "expectedDue": "98000", "cash": ""], as: "cashier")
            #expect(nothing.status == 422 && nothing.body.contains("请填写收款金额"))
            let stale = try await browser.post(
                path, ["key": "k1", "expectedDue": "90000", "cash": "900"], as: "cashier")
            #expect(stale.status == 409 && stale.body.contains("应收金额刚刚变为 ¥980.00"))
        }
        #expect(try await fixture.int("SELECT COUNT(*) AS n FROM receipt") == 0)
    }

    @Test("部分付款记欠费，重复提交是同一张收据，收据说金额、找零、欠费和要说的话 R6.03 R6.07 R6.10")
    func partialPaymentAndReceipt() async throws {
        let fixture = try await BillingPagesFixture()
        let sheet = try await fixture.released()
        let form: KeyValuePairs<String, String> = [
            "key": "k1", "expectedDue": "98000", "wechat": "500", "cash": "100", "tendered": "200", "rest": "owed",
        ]
        let path = pay(sheet)
        try await fixture.use { browser in
            let first = try await browser.post(path, form, as: "cashier")
            let second = try await browser.post(path, form, as: "cashier")
            #expect(first.status == 303 && first.location.hasPrefix("/receipts/") && first.location == second.location)
            let other = try await browser.post(
                path, ["key": "k1", "expectedDue": "38000", "cash": "380"], as: "cashier")
            #expect(other.status == 422 && other.body.contains("这张表单已经提交过一次"))
            let page = try await browser.get(first.location, as: "cashier")
            #expect(page.body.contains("¥600.00") && page.body.contains("陆佰元整"))
            #expect(page.body.contains("谢女士，总费用 980 元，今天交了 600 元，找您 100 元，请当面点清。还有 380 元下次交就可以"))
            #expect(page.body.contains("还没有打印") && page.body.contains("day=2026-04-09"))
            let queue = try await browser.get(BillingPaths.checkoutQueue, as: "cashier")
            #expect(queue.body.contains("已记欠费") && queue.body.contains("¥380.00"))
            let owed = try await browser.get(BillingPaths.arrears(fixture.patient), as: "cashier")
            #expect(owed.status == 303)
            let left = try await browser.post(first.location + "/departure", as: "cashier")
            #expect(left.status == 303 && left.location == BillingPaths.checkout)
        }
        #expect(try await fixture.int("SELECT COUNT(*) AS n FROM receipt") == 1)
        #expect(try await fixture.int("SELECT COUNT(*) AS n FROM visit WHERE left_at IS NOT NULL") == 1)
        #expect(try await fixture.int("SELECT COUNT(*) AS n FROM task WHERE rule = 'arrears.report'") == 1)
    }

    @Test("打印先记次数：正本没有补打字样，再打一张写明补打 R6.03 R6.04") func papers() async throws {
        let fixture = try await BillingPagesFixture()
        let sheet = try await fixture.released()
        let path = pay(sheet)
        try await fixture.use { browser in
            let paid = try await browser.post(
                path, ["key": "k1", "expectedDue": "98000", "alipay": "980", "rest": "none"], as: "cashier")
            let receipt = paid.location
            let unprinted = try await browser.get(receipt + "/paper/80mm?copy=1", as: "cashier")
            #expect(unprinted.status == 303)
            let first = try await browser.post(receipt + "/prints", ["layout": "80mm"], as: "cashier")
            #expect(first.location == receipt + "/paper/80mm?copy=1&now=1")
            let original = try await browser.get(first.location, as: "cashier")
            #expect(original.body.contains("玖佰捌拾元整") && original.body.contains("021-6888 1234"))
            #expect(original.body.contains("A-000001") && !original.body.contains("补打"))
            let second = try await browser.post(receipt + "/prints", ["layout": "a5"], as: "cashier")
            let copy = try await browser.get(second.location, as: "cashier")
            #expect(copy.body.contains("补打 第 1 次 2026-03-12 09:20") && copy.body.contains("收费专用章"))
            #expect(try await browser.post(receipt + "/prints", ["layout": "a4"], as: "cashier").status == 422)
            #expect(try await browser.get(receipt + "/paper/a4", as: "cashier").status == 404)
            #expect(try await browser.get("/receipts?number=A-000001", as: "cashier").status == 303)
            let missing = try await browser.get("/receipts?number=99", as: "cashier")
            #expect(missing.status == 404 && missing.body.contains("没有 99 号收据"))
            let list = try await browser.get("/receipts?day=2026-03-12", as: "cashier")
            #expect(list.body.contains("A-000001") && list.body.contains("支付宝"))
            #expect(try await browser.get("/receipts?dya=1", as: "cashier").status == 400)
        }
    }

    @Test("纸上的大写和数字来自同一个数，改一分也对得上 R6.04", arguments: [1, 10, 101, 98_000, 97_999, 48_050, 10_001])
    func capitalsFollowTheFigures(fen: Int) async throws {
        let fixture = try await BillingPagesFixture()
        let sheet = try await fixture.released()
        let amount = Money(fen: Int64(fen))
        let path = pay(sheet)
        try await fixture.use { browser in
            let typed = amount.figures
            let paid = try await browser.post(
                path, ["key": "k", "expectedDue": "98000", "cash": typed, "rest": "owed"], as: "cashier")
            let print = try await browser.post(paid.location + "/prints", ["layout": "80mm"], as: "cashier")
            let paper = try await browser.get(print.location, as: "cashier").body
            let figures = paper.firstMatch(of: /<dd class="b">¥([^<]+)<\/dd>/)?.1 ?? ""
            let capitals = paper.firstMatch(of: /<p class="cap">([^<]+)<\/p>/)?.1 ?? ""
            #expect(String(figures) == amount.figures && String(capitals) == ChineseAmount.text(amount))
        }
    }
}
