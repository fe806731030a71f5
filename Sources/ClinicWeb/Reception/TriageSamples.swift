import Clinic
import Kernel

extension TriagePage {
    static var samples: [TriagePage] { [sample(isFull: true), sample(isFull: false)] }

    private static func sample(isFull: Bool) -> TriagePage {
        TriagePage(
            shell: .sample(title: "分诊", area: .reception), visitHref: "/visits/1", ticket: "A021",
            name: isFull ? "阿卜杜热西提·买买提江" : "庞博", about: "复诊 · 右下后牙咬东西疼，三天了，晚上更厉害 · 周启航医生",
            stage: ToneChip("候诊", tone: "waiting"), fault: isFull ? "有 2 处要改：请选主刀医生；请填写手术日期" : nil,
            cases: isFull ? [.deciding, .stepping, .complaining, .ended] : [], hasCases: isFull,
            kinds: [OptionView("unwilling", "不愿再等"), OptionView("otherDepartment", "找其他科室")], mayOpen: true,
            casesHref: "/visits/1/cases", requests: isFull ? [.open, .done] : [], hasRequests: isFull, mayAsk: true,
            requestsHref: "/visits/1/requests",
            requestKinds: VisitRequest.Kind.allCases.map { ChoiceView($0.rawValue, $0.label, isChosen: $0 == .help) },
            needs: [OptionView("cold", "觉得冷或热")], requestText: InputView("text", "写一句"),
            doctors: [OptionView("1", "周启航", isChosen: true)], mayTriage: true, emergencyHref: "/visits/1/emergency",
            emergencies: [OptionView("trauma", "外伤")], mayExempt: isFull, exemptionHref: "/visits/1/exemption",
            exemptReasons: [OptionView("milkTooth", "乳牙无需处理")], exemptError: isFull ? "请选择免检的原因" : nil,
            exemptNote: InputView("exemptNote", "说明"),
            answers: [FactView("就诊类型", "复诊：上次治疗 2026-01-08，不到 1 年"), FactView("心情", "紧张害怕")], hasAnswers: true,
            doneHref: "/reception")
    }
}

extension CaseView {
    static let deciding = CaseView(
        rowID: "c1", label: "没按预约时间来", why: "约的是 10:00，晚到 24 分钟", chip: ToneChip("等决定", tone: "waiting"),
        steps: [CaseStepView(time: "10:24", label: "来意", text: "右下后牙疼", who: "王若彤")], ended: nil, stepForm: nil,
        complaintHref: nil,
        decisions: [
            .sample("mainDoctor", "由周启航医生看", isNext: true), .sample("otherDoctor", "换别的医生", doctors: true),
            .sample("booked", "改约时间", slots: true), .sample("supervisor", "请主管安排"),
        ], isWaitingForStep: false, hasDecisions: true,
        quiet: [.sample("left", "客人走了"), .sample("mistaken", "不是这种情况", note: true)])
    static let stepping = CaseView(
        rowID: "c2", label: "换药、拆线、复查", why: "来意里有“拆线”", chip: ToneChip("下一步：主刀医生和手术日期", tone: "waiting"), steps: [],
        ended: nil,
        stepForm: StepFormView(
            action: "#", step: "operation", title: "主刀医生和手术日期", say: "“请问是哪位医生给您做的？什么时候做的？”",
            hasStaff: true, staffLabel: "主刀医生",
            staff: [OptionView("1", "周启航", isChosen: true)], hasCodes: true, codeLabel: "打电话的结果",
            codes: [ChoiceView("coming", "医生马上到", isChosen: false)],
            minutes: InputView("minutes", "医生说还要", inputMode: "numeric", unit: "分钟"),
            day: InputView("day", "手术日期", type: "date", isRequired: true), note: InputView("note", "说明")),
        complaintHref: nil, decisions: [.sample("told", "已告知，由他安排")], isWaitingForStep: true,
        hasDecisions: true, quiet: [.sample("left", "客人走了")])
    static let complaining = CaseView(
        rowID: "c3", label: "保修返诊不找原医生", why: "根管治疗由林书远医生做，还在保修", chip: ToneChip("下一步：写明原因并上报", tone: "waiting"),
        steps: [], ended: nil, stepForm: nil, complaintHref: "/complaints/new",
        decisions: [.sample("mainDoctor", "由林书远医生看")], isWaitingForStep: true, hasDecisions: true, quiet: [])
    static let ended = CaseView(
        rowID: "c4", label: "全程陪同", why: "重要客人 2 级，大项目种植体植入", chip: ToneChip("已指定陪同人", tone: "done"),
        steps: [CaseStepView(time: "10:25", label: "指定陪同人", text: "欧阳诗琪诗琪", who: "王若彤")],
        ended: "10:25 王若彤：已指定陪同人", stepForm: nil, complaintHref: nil, decisions: [],
        isWaitingForStep: false, hasDecisions: false, quiet: [])
}

extension DecisionView {
    static func sample(
        _ outcome: String, _ label: String, isNext: Bool = false, doctors: Bool = false, slots: Bool = false,
        note: Bool = false
    ) -> DecisionView {
        DecisionView(
            action: "#", fieldID: "d-\(outcome)-\(label.count)", outcome: outcome, label: label, isNext: isNext,
            doctors: doctors ? [OptionView("2", "沈佳宁（女） · 约 15 分钟")] : [], hasDoctors: doctors,
            slots: slots ? [ChoiceView("2026-03-13 40 2 1", "3 月 13 日 星期五 10:00 周启航", isChosen: true)] : [],
            hasSlots: slots, otherTimesHref: slots ? "#" : nil, asksNote: note)
    }
}

extension RequestView {
    static let open = RequestView(
        rowID: "r1", kind: "问医生", text: "孕期能拍片吗", about: "10:26 王若彤 · 问周启航医生", chip: ToneChip("还没办", tone: "waiting"),
        action: "#",
        results: [ChoiceView("answered", "已答复", isChosen: true), ChoiceView("inRoom", "就诊时当面说", isChosen: false)],
        isOpen: true)
    static let done = RequestView(
        rowID: "r2", kind: "小要求", text: "想要靠窗的座位", about: "10:20 王若彤 · 靠窗的都坐满了",
        chip: ToneChip("10:22 办不到", tone: "done"),
        action: "#", results: [], isOpen: false)
}
