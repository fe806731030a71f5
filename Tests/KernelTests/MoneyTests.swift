import Kernel
import Testing

@Suite("Money in whole fen")
struct MoneyTests {
    @Test("figures have two decimals and thousands")
    func figures() {
        #expect(Money(fen: 123_450).yuanText == "¥1,234.50")
        #expect(Money(fen: 5).figures == "0.05")
        #expect(Money(fen: -5).yuanText == "−¥0.05")
        #expect(Money(fen: 123_456_789_00).figures == "123,456,789.00")
    }

    @Test(
        "what people type is read to the fen",
        arguments: [
            ("480", 48_000), ("480.5", 48_050), ("1,280.00", 128_000), ("￥480", 48_000), ("４８０．０５", 48_005), (" 0 ", 0),
        ])
    func typed(text: String, fen: Int64) { #expect(Money(typed: text)?.fen == fen) }

    @Test("what is no amount is refused", arguments: ["", "-5", "1.234", "1.", ".5", "1e3", "八十", "123456789"])
    func refused(text: String) { #expect(Money(typed: text) == nil) }

    @Test("a split loses and makes no fen")
    func split() {
        #expect(Money(fen: 100).split(by: [1, 1, 1]).map(\.fen) == [34, 33, 33])
        #expect(Money(fen: 1).split(by: [0, 5, 5]).map(\.fen) == [0, 1, 0])
        #expect(Money(fen: -100).split(by: [1, 1, 1]).sum.fen == -100)
        let large = Money(fen: 9_999_999_999).split(by: [9_999_999_999, 1, 7_777_777])
        #expect(large.sum.fen == 9_999_999_999)
        #expect(large.allSatisfy { $0 >= .zero })
    }
}

@Suite("大写金额")
struct ChineseAmountTests {
    @Test(
        "capitals follow the rules for filling in bills R6.04",
        arguments: [
            (0, "零元整"), (1, "壹分"), (10, "壹角整"), (100, "壹元整"), (1_234_567, "壹万贰仟叁佰肆拾伍元陆角柒分"),
            (168_032, "壹仟陆佰捌拾元零叁角贰分"), (10_700_053, "壹拾万柒仟元零伍角叁分"), (1_640_902, "壹万陆仟肆佰零玖元零贰分"),
            (32_504, "叁佰贰拾伍元零肆分"), (140_950, "壹仟肆佰零玖元伍角整"), (600_714, "陆仟零柒元壹角肆分"), (1_000_000, "壹万元整"),
            (1_000_100, "壹万零壹元整"), (100_000_000_00, "壹亿元整"), (100_000_001_00, "壹亿零壹元整"), (-86_600, "负捌佰陆拾陆元整"),
        ])
    func capitals(fen: Int64, text: String) { #expect(ChineseAmount.text(Money(fen: fen)) == text) }

    @Test("different amounts never read the same R6.04")
    func distinct() {
        let amounts = (0...20_000).map { Money(fen: Int64($0)) } + (1...2_000).map { Money(fen: Int64($0) * 100_500) }
        let texts = Set(amounts.map(ChineseAmount.text))
        #expect(texts.count == Set(amounts).count)
    }
}
