import Clinic
import Kernel
import Testing

@Suite struct PaymentRulesTests {
    private func check(_ splits: [PaymentSplit], tendered: Int64? = nil, due: Int64) -> Result<Money, PaymentError> {
        Result { () throws(PaymentError) in
            try PaymentRules.check(splits, tendered: tendered.map(Money.init(fen:)), due: .fen(due))
        }
    }

    @Test("现金多给的找零，只对现金部分 R6.16") func changeIsForTheCashPart() {
        let mixed = [PaymentSplit(.wechat, .fen(50_000)), PaymentSplit(.cash, .fen(36_600))]
        #expect(check(mixed, tendered: 40_000, due: 86_600) == .success(.fen(3_400)))
        #expect(check(mixed, tendered: 36_600, due: 86_600) == .success(.zero))
        #expect(check(mixed, due: 86_600) == .success(.zero))
        #expect(check(mixed, tendered: 36_599, due: 86_600) == .failure(.tenderedTooLittle(needed: .fen(36_600))))
        #expect(check([PaymentSplit(.wechat, .fen(100))], tendered: 500, due: 100) == .success(.zero))
    }

    @Test("多收、零收、重复的方式都不收 R6.15") func refusesWrongSums() {
        #expect(
            check([PaymentSplit(.cash, .fen(101))], due: 100) == .failure(.tooMuch(due: .fen(100), given: .fen(101))))
        #expect(check([], due: 100) == .failure(.nothing))
        #expect(check([PaymentSplit(.cash, .zero)], due: 100) == .failure(.nothing))
        #expect(check([PaymentSplit(.cash, .fen(-5))], due: 100) == .failure(.nothing))
        #expect(check([PaymentSplit(.cash, .fen(5))], due: 0) == .failure(.nothingDue))
        let twice = [PaymentSplit(.wechat, .fen(5)), PaymentSplit(.wechat, .fen(6))]
        #expect(check(twice, due: 100) == .failure(.sameMethodTwice(.wechat)))
        #expect(
            PaymentError.tooMuch(due: .yuan(8), given: .yuan(10)).userMessage
                == "应收 ¥8.00，填写了 ¥10.00，多了 ¥2.00，请改正；现金多给的填在「收到现金」里找零")
    }

    @Test("银行卡只记类型和后四位，完整卡号一律不收 R6.14") func cardsKeepFourDigits() {
        func card(
            _ last4: String?, _ type: BankCardType? = .debit, reference: String? = nil
        ) -> Result<Money, PaymentError> {
            check(
                [PaymentSplit(.bankCard, .fen(100), cardType: type, cardLast4: last4, reference: reference)], due: 100)
        }
        #expect(card("6217") == .success(.zero))
        #expect(card("6217", nil) == .failure(.cardData))
        #expect(card(nil) == .failure(.cardData))
        #expect(card("621") == .failure(.cardData))
        #expect(card("62a7") == .failure(.cardData))
        #expect(card("6217000010012345678") == .failure(.fullCardNumber))
        #expect(card("6217", reference: "6217 0000 1001 2345 678") == .failure(.fullCardNumber))
        #expect(card("6217", reference: "凭条 123456789012") == .success(.zero))
    }

    private func line(_ id: Int64, sheet: Int64, owed: Int64) -> PaymentRules.OpenLine {
        PaymentRules.OpenLine(
            sheetID: ID(raw: sheet), lineID: ID(raw: id), owed: .fen(owed), doctorID: ID(raw: 1), category: .treatment,
            visitID: ID(raw: sheet))
    }

    @Test("先还旧账，一张单内按比例、最大余数 R6.09") func oldestSheetFirst() {
        let sheets = [[line(1, sheet: 1, owed: 100)], [line(2, sheet: 2, owed: 100), line(3, sheet: 2, owed: 200)]]
        func parts(_ fen: Int64) -> [[Int64]] {
            PaymentRules.allocate(.fen(fen), over: sheets).map { [$0.line.lineID.raw, $0.amount.fen] }
        }
        #expect(parts(60) == [[1, 60]])
        #expect(parts(100) == [[1, 100]])
        #expect(parts(200) == [[1, 100], [2, 33], [3, 67]])
        #expect(parts(400) == [[1, 100], [2, 100], [3, 200]])
        #expect(parts(101) == [[1, 100], [3, 1]])
    }

    @Test("分配之和等于付款，哪一行都不会多付；两边配对后分文不差 R6.07 R6.09", arguments: 0..<200)
    func nothingIsLostOrOverpaid(seed: Int) {
        var dice = SplitMix(seed: UInt64(seed))
        var number: Int64 = 0
        let sheets = (1...dice.next(1...5)).map { sheet in
            (1...dice.next(1...6)).map { _ in
                number += 1
                return line(number, sheet: Int64(sheet), owed: Int64(dice.next(0...9_999)))
            }
        }
        let due = sheets.flatMap(\.self).map(\.owed).sum.fen
        guard due > 0 else { return }
        let paid = Int64(dice.next(1...Int(due)))
        let parts = PaymentRules.allocate(.fen(paid), over: sheets)
        let owed = Dictionary(uniqueKeysWithValues: sheets.flatMap(\.self).map { ($0.lineID, $0.owed) })

        #expect(parts.map(\.amount).sum.fen == paid)
        #expect(Set(parts.map(\.line.lineID)).count == parts.count)
        #expect(parts.allSatisfy { $0.amount.fen > 0 && $0.amount <= owed[$0.line.lineID] ?? .zero })
        let touched = parts.map(\.line.sheetID.raw)
        #expect(touched == touched.sorted())
        for sheet in sheets.dropLast() where touched.last != sheet.first?.sheetID.raw {
            guard let id = sheet.first?.sheetID, touched.contains(where: { $0 > id.raw }) else { continue }
            let got = parts.filter { $0.line.sheetID == id }.map(\.amount).sum
            #expect(got == sheet.map(\.owed).sum, "an older sheet is paid before a newer one is touched")
        }

        var rest = paid
        var splits: [PaymentSplit] = []
        for method in [PaymentMethod.wechat, .cash, .alipay] where rest > 0 {
            let amount = Int64(dice.next(1...Int(rest)))
            splits.append(PaymentSplit(method, .fen(amount)))
            rest -= amount
        }
        if rest > 0 { splits.append(PaymentSplit(.bankCard, .fen(rest))) }
        let entries = PaymentRules.match(splits, parts)
        #expect(entries.allSatisfy { $0.amount.fen > 0 })
        for split in splits {
            #expect(entries.filter { $0.method == split.method }.map(\.amount).sum == split.amount)
        }
        for part in parts {
            #expect(entries.filter { $0.line.lineID == part.line.lineID }.map(\.amount).sum == part.amount)
        }
    }

    @Test("结账要说的话用精确金额 R6.10") func wordsCarryExactAmounts() {
        let greeting = "郝女士"
        #expect(
            CheckoutWords.closing(greeting: greeting, total: .fen(86_650), paid: .yuan(500), balance: .fen(36_650))
                == "郝女士，总费用 866.50 元，今天交了 500 元。还有 366.50 元下次交就可以，已经写在收据上。")
        #expect(
            CheckoutWords.closing(
                greeting: greeting, total: .yuan(1_866), paid: .yuan(1_866), balance: .zero, change: .yuan(34))
                == "郝女士，总费用 1,866 元，今天交了 1,866 元，找您 34 元，请当面点清。费用都付清了。")
        #expect(
            CheckoutWords.asking(
                greeting: greeting, sheet: .yuan(866), saved: .yuan(92), earlier: .zero, due: .yuan(866))
                == "郝女士，今天一共 866 元，已经优惠 92 元。")
        #expect(
            CheckoutWords.asking(
                greeting: greeting, sheet: .yuan(866), saved: .zero, earlier: .yuan(100), due: .yuan(966))
                == "郝女士，今天一共 866 元。加上以前欠的 100 元，现在应付 966 元。")
        #expect(
            CheckoutWords.asking(greeting: greeting, sheet: .yuan(866), saved: .zero, earlier: .zero, due: .yuan(366))
                == "郝女士，今天一共 866 元。前面已付 500 元，现在应付 366 元。")
    }
}

/// Repeatable chance.
struct SplitMix {
    var state: UInt64
    init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 &+ 1 }
    mutating func next(_ range: ClosedRange<Int>) -> Int {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return range.lowerBound + Int((z ^ (z >> 31)) % UInt64(range.count))
    }
}
