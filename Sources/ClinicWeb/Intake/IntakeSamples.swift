import Clinic
import Kernel

extension IntakeSheetPage {
    private static func row(
        _ question: IntakeQuestion, value: String?, note: String? = nil, special: Bool = false,
        checkedBy: String? = nil,
        error: String? = nil
    ) -> IntakeRowView {
        let stored = value.map {
            IntakeField(
                formID: ID(raw: 1), field: question.field, value: $0, note: note, isSpecial: special,
                filledAt: Timestamp(milliseconds: 0), filledBy: ID(raw: 1),
                checkedAt: checkedBy == nil ? nil : Timestamp(milliseconds: 0),
                checkedBy: checkedBy == nil ? nil : ID(raw: 1))
        }
        return IntakeRowView(
            question, stored: stored, typed: nil, error: error, checkedBy: checkedBy,
            checkHref: "/intake/0000000000001/check")
    }

    private static func signing(path: String?, text: String?, isVoid: Bool) -> IntakeSigningView {
        IntakeSigningView(
            path: path ?? "", hasPath: path != nil, text: text, isSigned: path != nil && !isVoid, isVoid: isVoid,
            isPaper: false,
            signerName: "谢春梅", isGuardian: false, needsGuardian: false, nameError: nil, error: nil,
            href: "/intake/0000000000001/sign", canSign: path == nil || isVoid)
    }

    private static func page(
        rows: [IntakeRowView], inquiry: Bool, chips: [ToneChip], nextStep: String, specials: [String],
        signing: IntakeSigningView, fault: String? = nil
    ) -> IntakeSheetPage {
        IntakeSheetPage(
            shell: .sample(title: "初诊表", area: .patients), title: inquiry ? "初诊询问表" : "初诊登记表",
            person: "阿卜杜热西提·买买提江<script> · 男 约 45 岁 · MY000118", personHref: "/patients/0000000000001",
            action: "/intake/0000000000001", version: 3, chips: chips, nextStep: nextStep, fault: fault, rows: rows,
            isInquiry: inquiry,
            fills: [OptionView("guided", "面对面引导填写", isChosen: true), OptionView("alone", "客人自己填写")],
            guides: [OptionView("0000000000002", "周敏", isChosen: true)], signing: signing, specials: specials,
            hasSpecials: !specials.isEmpty, canWrite: true, canCheck: true, hasUnchecked: true,
            printHref: "/intake/0000000000001/print")
    }

    static var samples: [IntakeSheetPage] {
        let diabetes = IntakeQuestion.sample("history.diabetes", "糖尿病", .yesNo)
        let asthma = IntakeQuestion.sample("history.asthma", "哮喘", .yesNo)
        let name = IntakeQuestion.sample("name", "姓名", .line)
        let gender = IntakeQuestion.sample("gender", "性别", .choice([]))
        let complaint = IntakeQuestion.sample("complaint", "哪里不舒服", .text)
        return [
            page(
                rows: [
                    row(diabetes, value: "yes", note: "空腹 7.2，每天打胰岛素", special: true, checkedBy: "周敏 09:31"),
                    row(asthma, value: "no"), row(complaint, value: nil),
                ], inquiry: true, chips: [ToneChip("待签名", tone: "waiting"), ToneChip("签名已失效", tone: "danger")],
                nextStep: "签名后内容改过，请客人重新签名", specials: ["糖尿病：空腹 7.2，每天打胰岛素"],
                signing: signing(
                    path: "M20 120L40 60L60 140L90 40L120 150L160 90", text: "客人 谢春梅 · 2026-03-12 09:31 · 经手 周敏",
                    isVoid: true)),
            page(
                rows: [
                    row(name, value: "阿卜杜热西提·买买提江<script>"), row(gender, value: nil),
                    row(complaint, value: "疼", error: "最多 500 个字"),
                ], inquiry: false, chips: [ToneChip("填写中")], nextStep: "还有 2 项没有填：性别、哪里不舒服", specials: [],
                signing: signing(path: nil, text: nil, isVoid: false), fault: "这条初诊表刚刚被改过，您的改动没有保存，请刷新后再改"),
        ]
    }
}

extension IntakeListPage {
    static var samples: [IntakeListPage] {
        let row = Row(
            href: "/intake/0000000000001", name: "阿卜杜热西提·买买提江", kind: "初诊询问表",
            state: ToneChip("待查核", tone: "waiting"), unchecked: "12 项", filled: "由 周敏 面对面引导填写",
            started: "2026-03-12 09:20 周敏")
        return [
            IntakeListPage(
                shell: .sample(title: "初诊表待查核", area: .patients), countText: "1 张没有完成", rows: [row], hasRows: true),
            IntakeListPage(
                shell: .sample(title: "初诊表待查核", area: .patients), countText: "都查核完了", rows: [], hasRows: false),
        ]
    }
}

extension IntakePrintPage {
    static var samples: [IntakePrintPage] {
        let rows = [
            Row(label: "糖尿病", text: "有：空腹 7.2", isSpecial: true, checked: "周敏 09:31"),
            Row(label: "哮喘", text: "没有", isSpecial: false, checked: ""),
        ]
        return [
            IntakePrintPage(
                shell: .sample(title: "初诊表", area: .patients), clinicName: "示例口腔门诊", title: "初诊询问表",
                person: "阿卜杜热西提·买买提江<script> · 男 约 45 岁 · MY000118", foot: "打印：2026-03-12 09:40 周敏",
                specials: ["糖尿病：空腹 7.2"], hasSpecials: true, rows: rows, fill: "由 周敏 面对面引导填写",
                signatureText: "客人 谢春梅 · 2026-03-12 09:31 · 经手 周敏", path: "M20 120L40 60L60 140L90 40L120 150L160 90",
                isVoid: false),
            IntakePrintPage(
                shell: .sample(title: "初诊表", area: .patients), clinicName: "示例口腔门诊", title: "初诊登记表",
                person: "谢春梅（待核实）", foot: "打印：2026-03-12 09:40 周敏", specials: [], hasSpecials: false, rows: [],
                fill: "填写方式没有记", signatureText: "未签名", path: nil, isVoid: false),
        ]
    }
}
