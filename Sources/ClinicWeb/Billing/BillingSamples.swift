import Clinic
import Kernel

/// Believable values for the gallery and the tests: a full page, an empty one, the longest names.
private enum Sample {
    static let longName = "阿卜杜热西提·买买提江<script>"
    static let longItem = "全瓷冠（氧化锆，含基牙预备、排龈、取模、临时冠制作与试戴）"
}

extension PaperLineView {
    static let filling = PaperLineView(
        name: "复合树脂充填（双面）", label: "复合树脂充填（双面） 25", teeth: "25", quantity: "1", price: "480.00", list: "480.00",
        saved: "−48.00",
        amount: "432.00", discount: "9 折")
    static let longest = PaperLineView(
        name: Sample.longItem, label: Sample.longItem + " 11、12、13、21、22、23", teeth: "11、12、13、21、22、23", quantity: "6",
        price: "3,280.00", list: "19,680.00",
        saved: "−1,968.00", amount: "17,712.00", discount: "9 折")
}

extension PaperView {
    static func sample(
        lines: [PaperLineView], patient: String = "郝敏", reprint: String? = nil, arrears: String = "0.00"
    ) -> PaperView {
        PaperView(
            clinic: "示例口腔门诊", contact: "示例市江南路 66 号 · 020-0000 0000", number: "A-031872", time: "2026-03-12 10:26",
            patient: patient, record: "M18832", doctor: "周启航", cashier: "宋雨晴", lines: lines, isDense: lines.count > 6,
            sums: [BillFact("应收", "958.00"), BillFact("打折（9 折）", "−92.00"), BillFact("应付", "866.00")],
            listTotal: "958.00", saved: "−92.00", total: "866.00", received: "¥866.00", capitals: "捌佰陆拾陆元整",
            payments: [BillFact("微信", "500.00"), BillFact("现金", "366.00"), BillFact("收到 / 找零", "400.00 / 34.00")],
            paymentText: "微信 500.00 · 现金 366.00 · 收到 / 找零 400.00 / 34.00", arrears: arrears, ratioText: "9 折",
            next: "2026-04-02 10:00 周启航", reprint: reprint)
    }
    static let full = sample(lines: [.filling, .filling, .filling])
    static let hardest = sample(
        lines: Array(repeating: .longest, count: 8), patient: Sample.longName, reprint: "补打 第 1 次 2026-03-12 15:40",
        arrears: "366.00")
}

extension RollPage {
    static var samples: [RollPage] {
        [PaperView.full, .hardest].map {
            RollPage(shell: .sample(title: "收据"), paper: $0, backHref: "#", printsNow: false)
        }
    }
}

extension A5Page {
    static var samples: [A5Page] {
        [PaperView.full, .sample(lines: Array(repeating: .filling, count: 8)), .hardest].map {
            A5Page(shell: .sample(title: "收据"), paper: $0, backHref: "#", printsNow: false)
        }
    }
}

extension ReceiptPage {
    static var samples: [ReceiptPage] {
        [("¥34.00", nil, PaperView.full), (nil, "¥366.00", .hardest)].map { change, owed, paper in
            ReceiptPage(
                shell: .sample(title: "收据 A-031872", area: .checkout), paper: paper, patientHref: "#",
                received: "¥866.00",
                change: change, owed: owed, say: "郝女士，总费用 866 元，今天交了 866 元。费用都付清了。",
                facts: [BillFact("下次", "28 天后，30 分钟", chip: BillChip("还没有约", "warning"))], printHref: "#",
                printLabel: "打印", mayPrint: true, isBookingDue: owed == nil,
                booking: BookingActionView(href: "#", label: "约复诊", isDue: owed == nil), departureHref: "#",
                queueHref: "#")
        }
    }
}

extension ReceiptsPage {
    static var samples: [ReceiptsPage] {
        let row = ReceiptRowView(
            href: "#", number: "A-031872", time: "10:26", patient: Sample.longName, doctor: "周启航", methods: "微信、现金",
            received: "866.00", arrears: "—")
        return [([row], nil), ([], "没有 99 号收据，请核对收据右上角的号码")].map { rows, fault in
            ReceiptsPage(
                shell: .sample(title: "收据", area: .checkout), day: "2026-03-12", dayText: "今天 3 月 12 日 星期四",
                previousHref: "#", nextHref: nil, number: "", fault: fault, rows: rows, isEmpty: rows.isEmpty,
                sums: [BillFact("微信", "500.00"), BillFact("现金", "366.00")])
        }
    }
}

extension QueueView {
    static var samples: [QueueView] {
        let waiting = QueueEntryView(
            href: "#", name: "郝敏", amount: "¥866.00", doctor: "周启航", chip: nil, wait: "等 2 分", isCurrent: true)
        let owing = QueueEntryView(
            href: "#", name: Sample.longName, amount: "¥12,480.00", doctor: "何静怡", chip: BillChip("以前欠费", "warning"),
            wait: "", isCurrent: false)
        let coming = QueueEntryView(
            href: "#", name: "顾长青", amount: "¥920.00", doctor: "吴承志", chip: BillChip("待客人确认", "waiting"), wait: "",
            isCurrent: false)
        return [
            QueueView(
                count: "1 位", waiting: [waiting, owing], isEmpty: false, comingCount: "1 位", coming: [coming],
                hasComing: true),
            QueueView(count: "0 位", waiting: [], isEmpty: true, comingCount: "0 位", coming: [], hasComing: false),
        ]
    }
}

extension TillView {
    static func sample(fault: String? = nil, isPaid: Bool = false) -> TillView {
        let line = TillLineView(
            name: "复合树脂充填（双面）", code: "C2102", teeth: ["24", "25"], hasTeeth: true, quantity: "2", price: "480.00",
            saved: "−96.00", discount: "9 折", amount: "864.00", flags: [BillChip("取药或注射", "warning")])
        let methods = ["wechat 微信", "cash 现金", "alipay 支付宝", "bankCard 银行卡"].enumerated().map { index, text in
            let words = text.split(separator: " ").map(String.init)
            return MethodView(
                name: words[0], label: words[1], key: String(index + 1), value: index == 0 ? "500.00" : "",
                error: index == 2 ? fault : nil)
        }
        let pay = PayView(
            action: "#", key: "0000000000001", expectedDue: "86400", due: "¥864.00", methods: methods,
            cardTypes: [BillOption("debit", "借记卡", isChosen: true), BillOption("credit", "信用卡", isChosen: false)],
            cardLast4: "", reference: "", cardError: fault.map { _ in "只填卡号后四位，完整卡号不保存" }, tendered: "",
            tenderedError: nil, fault: fault)
        return TillView(
            name: "郝敏", patientHref: "#", facts: "女 38 岁 · M18832", alerts: [BillChip("青霉素过敏", "danger")],
            stepsText: "周启航 10:12 录入 · 郝敏 10:14 在诊室确认 · 周启航 10:15 放行", lines: [line], count: "合计 1 项",
            listTotal: "960.00", saved: "−96.00", total: "864.00", extras: [BillFact("以前欠费（先付）", "100.00")],
            say: "郝女士，今天一共 864 元，已经优惠 96 元。", notes: [BillFact("下次", "28 天后，30 分钟", chip: BillChip("还没有约", "warning"))],
            due: "¥864.00", dueFen: "86400", capitals: "捌佰陆拾肆元整", isPaid: isPaid, isReleased: true,
            chargesHref: "#", messageHref: "#", form: isPaid ? nil : pay)
    }
}

extension CheckoutPage {
    static var samples: [CheckoutPage] {
        let queues = QueueView.samples
        return [TillView.sample(), .sample(fault: "还差 ¥364.00；确实先付一部分的，请按「部分付款，记欠费」"), .sample(isPaid: true), nil].map {
            till in
            CheckoutPage(
                shell: .sample(title: "收费", area: .checkout), queueHref: "/checkout/queue",
                queue: till == nil ? queues[1] : queues[0], till: till, receiptsHref: "/receipts")
        }
    }
}

extension ChargeLineView {
    static func sample(
        _ number: Int, item: String = "", teeth: String = "", amount: String = "", error: String? = nil,
        mayOverride: Bool = true, isEditable: Bool = true
    ) -> ChargeLineView {
        ChargeLineView(
            number: String(number), item: item, teeth: teeth, quantity: "1", price: "", unitPrice: "480.00",
            amount: amount,
            reasonText: error == nil ? nil : "改价：事先约定", priceReason: "",
            reasons: [BillOption("agreed", "事先约定", isChosen: error != nil)],
            flags: amount.isEmpty ? [] : [BillChip("取药或注射", "warning")], mayOverride: mayOverride,
            isEditable: isEditable, itemError: nil, teethError: error, quantityError: nil, priceError: nil)
    }
}

extension ChargePage {
    static var samples: [ChargePage] {
        [(true, false, "「复合树脂充填」按牙位收费，请填写牙位，例如 16、17"), (false, true, nil)].map { isEditable, isReleased, fault in
            ChargePage(
                shell: .sample(title: "收费单", area: .treatment), patient: .sample, action: "#", rowsAction: "#",
                version: "2",
                lines: [
                    .sample(
                        1, item: "C2102 复合树脂充填（双面）", teeth: isReleased ? "24、25" : "", amount: "960.00", error: fault,
                        isEditable: isEditable), .sample(2, isEditable: isEditable),
                ],
                choices: [ItemChoice(value: "C2102 复合树脂充填（双面）", hint: "¥480.00 / 牙", fen: "48000", isPerTooth: true)],
                mayOverride: true, isEditable: isEditable, isReleased: isReleased, total: "¥960.00",
                saving: "已优惠 ¥96.00",
                fault: fault,
                steps: [
                    ChargeStepView(number: "1", label: "录入", text: "何静怡 10:12", state: "done", isDone: true),
                    ChargeStepView(number: "2", label: "向客人说明", text: "", state: "now", isDone: false),
                ], hint: "收费通知由周启航医生在这一页发出",
                next: isEditable ? ChargeActionView(label: "已向客人说明费用", href: "#") : nil,
                others: isEditable ? [ChargeActionView(label: "保存收费单", href: "#")] : [],
                cancelHref: isEditable ? "#" : nil, checkoutHref: isReleased ? "#" : nil,
                advice: AdviceView(
                    isVisit: true, isNone: false, isOpen: false, units: "2", days: "28", note: "复查",
                    error: fault.map { _ in "请填写复诊需要几个单位（1 到 32）、多少天后（0 到 730）" }, isEditable: isEditable,
                    text: "28 天后，30 分钟 · 复查"), adviceHref: nil, referralHref: "/visits/1/referrals")
        }
    }
}

extension ChargePatientView {
    static let sample = ChargePatientView(
        href: "#", name: "郝敏", facts: "女 38 岁 · M18832", alerts: [BillChip("青霉素过敏", "danger")],
        visitText: "复诊 · 周启航 · 09:52 到诊", complaint: "左上后牙塞牙", balance: "欠费 ¥100.00",
        past: [PastView(tooth: "25", entries: ["2026-02-10 开髓", "2024-06-01 充填"], warranty: "保修至 2027-02-10")],
        hasPast: true)
}
