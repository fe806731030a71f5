/// 大写金额: an amount in Chinese financial capitals. Source: 支付结算办法, annex on filling in bills.
///
/// Ends in 元 or 角: 整 follows; ends in 分: no 整. Inner zeros become one 零.
package enum ChineseAmount {
    private static let digits = ["零", "壹", "贰", "叁", "肆", "伍", "陆", "柒", "捌", "玖"]
    private static let places = ["", "拾", "佰", "仟"]
    private static let groups = ["", "万", "亿", "万亿"]

    /// - Parameter amount: any amount below 10^16 yuan; negative amounts start with 负.
    package static func text(_ amount: Money) -> String {
        if amount.fen < 0 { return "负" + text(Money(fen: -amount.fen)) }
        let yuan = amount.fen / 100
        let (jiao, fen) = (Int(amount.fen / 10 % 10), Int(amount.fen % 10))
        if amount.fen == 0 { return "零元整" }
        var result = yuan > 0 ? integer(yuan) + "元" : ""
        switch (jiao, fen) {
        case (0, 0): result += "整"
        case (_, 0): result += digits[jiao] + "角整"
        case (0, _): result += (yuan > 0 ? "零" : "") + digits[fen] + "分"
        default:
            if yuan > 0, yuan % 10 == 0 { result += "零" }
            result += digits[jiao] + "角" + digits[fen] + "分"
        }
        return result
    }

    private static func integer(_ number: Int64) -> String {
        var sections: [Int] = []
        var rest = number
        while rest > 0 {
            sections.append(Int(rest % 10_000))
            rest /= 10_000
        }
        var result = ""
        var needsZero = false
        for (index, section) in sections.enumerated().reversed() {
            if section == 0 {
                needsZero = !result.isEmpty
                continue
            }
            if !result.isEmpty, needsZero || section < 1_000 { result += digits[0] }
            result += four(section) + groups[index]
            needsZero = false
        }
        return result
    }

    private static func four(_ number: Int) -> String {
        var result = ""
        var zero = false
        for place in (0..<4).reversed() {
            let digit = number / [1, 10, 100, 1_000][place] % 10
            if digit == 0 {
                zero = !result.isEmpty
            } else {
                if zero { result += digits[0] }
                result += digits[digit] + places[place]
                zero = false
            }
        }
        return result
    }
}
