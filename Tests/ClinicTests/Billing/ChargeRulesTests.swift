import Clinic
import Kernel
import Storage
import TestSupport
import Testing

@Suite struct ChargeRulesTests {
    /// 充填, by the tooth; 检查; 牙膏, retired.
    private let crown: Item
    private let exam: Item
    private let old: Item

    init() async throws {
        let fixture = try await BillingFixture(.sqlite)
        let ids = [fixture.filling, fixture.exam, fixture.paste]
        let items = try await fixture.book.write { tx in
            try tx.run("UPDATE item SET retired_at = 1 WHERE id = \(ids[2])")
            return try ids.map { try ItemStore.get($0, in: tx) }
        }
        (crown, exam, old) = (items[0], items[1], items[2])
    }

    private func lines(
        _ entries: [LineEntry], mayOverride: Bool = false, standing: [ChargeLine] = []
    ) throws(ChargeError) -> [ChargeLine] {
        var next: Int64 = 100
        return try ChargeRules.lines(
            entries, items: [crown, exam, old].reduce(into: [:]) { $0[$1.id] = $1 },
            prices: [crown.id: .yuan(1_000), exam.id: .yuan(20), old.id: .yuan(5)],
            doctor: ID(raw: 9),
            overriding: .init(isAllowed: mayOverride, reasons: ["agreed", "warranty"], standing: standing)
        ) {
            next += 1
            return ID(raw: next)
        }
    }

    private func fault(_ entries: [LineEntry], mayOverride: Bool = false) -> ChargeError? {
        do {
            _ = try lines(entries, mayOverride: mayOverride)
            return nil
        } catch { return error }
    }

    private func teeth(_ numbers: Int...) -> [Tooth] { numbers.compactMap { Tooth($0) } }

    @Test("按牙收费的数量就是牙数，去掉一颗不会多收 R6.02", arguments: [1, 2, 7])
    func teethAreTheQuantity(typed: Int) throws {
        let made = try lines([LineEntry(itemID: crown.id, quantity: typed, teeth: teeth(11, 12))])
        #expect(made[0].quantity == 2 && made[0].amount == .yuan(2_000))
        #expect(made[0].label == "充填·11、12")
    }

    @Test("空单、没写牙位、停用、没有价格、数量不对都不收 R6.01 R6.02") func refusesWhatCannotBeCharged() {
        #expect(fault([]) == .noLines)
        #expect(fault([LineEntry(itemID: crown.id)]) == .teethNeeded(line: 0, name: "充填"))
        #expect(
            fault([LineEntry(itemID: exam.id), LineEntry(itemID: old.id)])
                == .itemRetired(line: 1, name: "牙膏"))
        #expect(fault([LineEntry(itemID: ID(raw: 77))]) == .itemRetired(line: 0, name: "这个项目"))
        for quantity in [0, -1, 100] {
            #expect(fault([LineEntry(itemID: exam.id, quantity: quantity)]) == .quantity(line: 0))
        }
        #expect(fault([LineEntry(itemID: exam.id, quantity: 99)]) == nil)
    }

    @Test("改价要有权限和原因，等于价目表的价格不算改价 R6.02") func overridingNeedsRightAndReason() throws {
        let cheaper = LineEntry(itemID: exam.id, price: .yuan(10), priceReason: "agreed")
        #expect(fault([cheaper]) == .priceRight(line: 0, name: "检查"))
        #expect(fault([cheaper], mayOverride: true) == nil)
        for reason in [nil, "", "随便"] {
            let entry = LineEntry(itemID: exam.id, price: .yuan(10), priceReason: reason)
            #expect(fault([entry], mayOverride: true) == .priceReasonNeeded(line: 0, name: "检查"))
        }
        let same = try lines([LineEntry(itemID: exam.id, price: .yuan(20), priceReason: "agreed")])
        #expect(same[0].priceReason == nil && same[0].price == .yuan(20))
        let free = try lines(
            [LineEntry(itemID: exam.id, price: .zero, priceReason: "warranty")], mayOverride: true)
        #expect(free[0].amount == .zero && free[0].listAmount == .yuan(20))
    }

    @Test("主管改过的价，护士改别的行时保留；另改一个价仍要权限 R6.02") func standingPricesStay() throws {
        let entry = LineEntry(itemID: exam.id, price: .yuan(10), priceReason: "agreed")
        let standing = try lines([entry], mayOverride: true)
        let kept = try lines([entry, LineEntry(itemID: exam.id)], standing: standing)
        #expect(kept.map(\.price) == [.yuan(10), .yuan(20)])
        var lower = entry
        lower.price = .yuan(9)
        #expect(throws: ChargeError.priceRight(line: 0, name: "检查")) { try lines([lower], standing: standing) }
    }

    @Test(
        "打折比例与金额一致，四舍五入到两位 R6.05",
        arguments: [
            (1_000, 850, "8.5 折"), (1_000, 900, "9 折"), (3, 2, "6.67 折"), (9_999, 8_000, "8 折"), (100, 99, "9.9 折"),
            (100, 1, "0.1 折"), (100, 0, "0 折"), (10_000, 8_805, "8.81 折"),
        ] as [(Int64, Int64, String)])
    func discountsAreRounded(list: Int64, charged: Int64, text: String) {
        #expect(DiscountText.text(list: .fen(list), charged: .fen(charged)) == text)
    }

    @Test("没有优惠不写比例；各行不同就不写总比例 R6.05") func noRatioWithoutDiscount() throws {
        #expect(DiscountText.text(list: .fen(100), charged: .fen(100)) == nil)
        #expect(DiscountText.text(list: .fen(100), charged: .fen(120)) == nil)
        #expect(DiscountText.text(list: .zero, charged: .zero) == nil)
        func line(_ price: Int64) throws -> ChargeLine {
            try lines([LineEntry(itemID: exam.id, price: .fen(price), priceReason: "agreed")], mayOverride: true)[0]
        }
        #expect(DiscountText.uniform([try line(1_800), try line(1_800)]) == "9 折")
        #expect(DiscountText.uniform([try line(1_800), try line(1_000)]) == nil)
        #expect(DiscountText.uniform([try line(1_800), try line(2_000)]) == nil)
        #expect(DiscountText.uniform([try line(2_000)]) == nil)
    }

    @Test func sameLinesAreSameWhateverTheirIds() throws {
        let entries = [LineEntry(itemID: crown.id, teeth: teeth(11)), LineEntry(itemID: exam.id)]
        let (a, b) = (try lines(entries), try lines(entries))
        #expect(ChargeRules.areSame(a, b))
        #expect(!ChargeRules.areSame(a, Array(b.reversed())))
        #expect(!ChargeRules.areSame(a, try lines([entries[0]])))
        #expect(!ChargeRules.areSame(a, try lines([LineEntry(itemID: crown.id, teeth: teeth(12)), entries[1]])))
    }
}
