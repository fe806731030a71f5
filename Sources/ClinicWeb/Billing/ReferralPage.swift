import Clinic
import Kernel

/// 转诊登记 of a visit (R3.54) — templates/billing/referrals.mustache
struct ReferralPage: Page {
    static let template = "billing/referrals"
    let shell: ShellView
    let backHref: String
    let name: String
    let mainDoctor: String
    let rows: [Row]
    let isEmpty: Bool
    let action: String
    let doctors: [OptionView]
    let doctorError: String?
    let words: InputView
    static let fields: [Field<Self>] = [
        Field("backHref", \.backHref), Field("name", \.name), Field("mainDoctor", \.mainDoctor), Field("rows", \.rows),
        Field("isEmpty", \.isEmpty), Field("action", \.action), Field("doctors", \.doctors),
        Field("doctorError", \.doctorError), Field("words", \.words),
    ]

    struct Row: Viewable {
        let helper: String
        let words: String
        let recorded: String
        /// What is not clear yet.
        let unclear: [String]
        let isClear: Bool
        let stepHref: String
        let asksCharge: Bool
        let asksNext: Bool
        let bookHref: String?
        static let fields: [Field<Self>] = [
            Field("helper", \.helper), Field("words", \.words), Field("recorded", \.recorded),
            Field("unclear", \.unclear), Field("isClear", \.isClear), Field("stepHref", \.stepHref),
            Field("asksCharge", \.asksCharge), Field("asksNext", \.asksNext), Field("bookHref", \.bookHref),
        ]
    }

    static var samples: [ReferralPage] {
        func page(_ rows: [Row], faults: FormErrors) -> ReferralPage {
            ReferralPage(
                shell: .sample(title: "转诊", area: .treatment), backHref: "/visits/1/charges", name: "欧阳诸葛司马上官令狐公孙慕容",
                mainDoctor: "林书远", rows: rows, isEmpty: rows.isEmpty, action: "/visits/1/referrals",
                doctors: [OptionView("1", "陈思敏 · 牙周")], doctorError: faults.messages["helper"],
                words: InputView("words", "请这位医生做什么", isRequired: true, faults: faults))
        }
        let open = Row(
            helper: "陈思敏", words: "看一下 16 的牙周", recorded: "3 月 12 日 10:20 周敏",
            unclear: ["陈思敏医生的项目和费用还没登记", "林书远医生的下次预约还没说清"], isClear: false, stepHref: "/visits/1/referrals/2",
            asksCharge: true, asksNext: true, bookHref: "/appointments/new")
        let clear = Row(
            helper: "陈思敏", words: "会诊", recorded: "3 月 12 日 10:20 周敏", unclear: [], isClear: true,
            stepHref: "/visits/1/referrals/3", asksCharge: false, asksNext: false, bookHref: nil)
        return [page([open, clear], faults: FormErrors("helper", "转给另一位医生才登记转诊")), page([], faults: FormErrors())]
    }
}
