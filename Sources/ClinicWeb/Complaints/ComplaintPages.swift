import Clinic
import Kernel

/// 投诉: open ones first — templates/complaints/list.mustache
struct ComplaintsPage: Page {
    static let template = "complaints/list"
    let shell: ShellView
    let countText: String
    let open: [Row]
    let hasOpen: Bool
    let closed: [Row]
    let hasClosed: Bool
    let newHref: String?
    static let fields: [Field<Self>] = [
        Field("countText", \.countText), Field("open", \.open), Field("hasOpen", \.hasOpen), Field("closed", \.closed),
        Field("hasClosed", \.hasClosed), Field("newHref", \.newHref),
    ]

    struct Row: Viewable {
        let href: String
        let name: String
        let cause: String
        let level: ToneChip
        let content: String
        let about: String
        let received: String
        let state: ToneChip
        static let fields: [Field<Self>] = [
            Field("href", \.href), Field("name", \.name), Field("cause", \.cause), Field("level", \.level),
            Field("content", \.content), Field("about", \.about), Field("received", \.received),
            Field("state", \.state),
        ]
    }

    static var samples: [ComplaintsPage] {
        let row = Row(
            href: "#", name: "欧阳诗琪诗琪诗琪", cause: "不满意，要求换医生", level: ToneChip("重大", tone: "danger"),
            content: "等了四十分钟没有人解释，医生也没有说清楚要花多少钱", about: "林书远", received: "3 月 12 日 10:24 周敏",
            state: ToneChip("逾期 2 小时", tone: "danger"))
        return [
            ComplaintsPage(
                shell: .sample(title: "投诉", area: .complaints), countText: "1 件没有结案", open: [row], hasOpen: true,
                closed: [row], hasClosed: true, newHref: "#"),
            ComplaintsPage(
                shell: .sample(title: "投诉", area: .complaints), countText: "没有未结的投诉", open: [], hasOpen: false,
                closed: [],
                hasClosed: false, newHref: nil),
        ]
    }
}

/// Taking a complaint in — templates/complaints/new.mustache
struct ComplaintFormPage: Page {
    static let template = "complaints/new"
    let shell: ShellView
    let pick: PersonPick?
    let entry: Entry?
    static let fields: [Field<Self>] = [Field("pick", \.pick), Field("entry", \.entry)]

    struct Entry: Viewable {
        let person: String
        let hidden: [OptionView]
        let soothe: String
        let contact: InputView
        let situation: InputView
        let content: String
        let contentFault: String?
        let causeNote: InputView
        let channels: [OptionView]
        let levels: [OptionView]
        let causes: [OptionView]
        let doctors: [OptionView]
        let channelFault: String?
        let levelFault: String?
        let causeFault: String?
        let fault: String?
        static let fields: [Field<Self>] = [
            Field("person", \.person), Field("hidden", \.hidden), Field("soothe", \.soothe),
            Field("contact", \.contact), Field("situation", \.situation), Field("content", \.content),
            Field("contentFault", \.contentFault), Field("causeNote", \.causeNote), Field("channels", \.channels),
            Field("levels", \.levels), Field("causes", \.causes), Field("doctors", \.doctors),
            Field("channelFault", \.channelFault), Field("levelFault", \.levelFault),
            Field("causeFault", \.causeFault), Field("fault", \.fault),
        ]
    }

    static var samples: [ComplaintFormPage] {
        let faults = FormErrors("contact", "请填写联系方式，没有电话就写怎样能找到客人")
        let entry = Entry(
            person: "欧阳诗琪诗琪诗琪 · 女 31 岁 · MY000118", hidden: [OptionView("1", "patient")], soothe: "先请客人坐下，听他说完，再动手记。",
            contact: InputView("contact", "联系方式", isRequired: true, faults: faults),
            situation: InputView("situation", "治疗情况", "3 月 10 日 林书远 根管治疗 16", isRequired: true), content: "疼了三天，电话没有人接",
            contentFault: nil, causeNote: InputView("causeNote", "原因说明"),
            channels: [OptionView("phone", "电话", isChosen: true)], levels: [OptionView("normal", "一般", isChosen: true)],
            causes: [OptionView("pain", "治疗中或治疗后疼痛")], doctors: [OptionView("1", "林书远", isChosen: true)],
            channelFault: nil, levelFault: nil, causeFault: "请选择原因", fault: nil)
        return [
            ComplaintFormPage(shell: .sample(title: "记投诉", area: .complaints), pick: nil, entry: entry),
            ComplaintFormPage(shell: .sample(title: "记投诉", area: .complaints), pick: .sample, entry: nil),
        ]
    }
}

/// One complaint: what was said, who owes an answer, the fastest way out — templates/complaints/complaint.mustache
struct ComplaintPage: Page {
    static let template = "complaints/complaint"
    let shell: ShellView
    let name: String
    let chips: [ToneChip]
    let content: String
    let facts: [FactView]
    let offers: [OfferedTime]
    let hasOffers: Bool
    /// The booking that waits for this complaint (R2.22).
    let next: String?
    let report: Act?
    let closing: Act?
    static let fields: [Field<Self>] = [
        Field("name", \.name), Field("chips", \.chips), Field("content", \.content), Field("facts", \.facts),
        Field("offers", \.offers), Field("hasOffers", \.hasOffers), Field("next", \.next), Field("report", \.report),
        Field("closing", \.closing),
    ]

    /// The fastest reasonable arrangement (R3.60).
    struct OfferedTime: Viewable {
        let text: String
        let why: String
        let href: String
        static let fields: [Field<Self>] = [Field("text", \.text), Field("why", \.why), Field("href", \.href)]
    }

    /// A step with one sentence.
    struct Act: Viewable {
        let action: String
        let version: Int
        let input: InputView
        /// Where the person goes on afterwards.
        var then: String?
        static let fields: [Field<Self>] = [
            Field("action", \.action), Field("version", \.version), Field("input", \.input), Field("then", \.then),
        ]
    }

    static var samples: [ComplaintPage] {
        let facts = [
            FactView("联系方式", "138 0013 8000"), FactView("治疗情况", "由林书远医生看诊，要求换医生"),
            FactView("预约", "3 月 13 日 星期五 10:00–10:45", href: "#"),
        ]
        return [
            ComplaintPage(
                shell: .sample(title: "投诉", area: .complaints), name: "欧阳诗琪诗琪诗琪",
                chips: [ToneChip("重大", tone: "danger"), ToneChip("还有 23 小时")], content: "等了四十分钟没有人解释", facts: facts,
                offers: [OfferedTime(text: "3 月 12 日 星期四 下午 14:00 陈思敏", why: "最早有空", href: "#")], hasOffers: true,
                next: "/appointments/new",
                report: Act(
                    action: "#", version: 1,
                    input: InputView("to", "上报给谁", isRequired: true, faults: FormErrors("to", "请填写上报给谁"))),
                closing: Act(action: "#", version: 1, input: InputView("result", "怎样解决的", isRequired: true))),
            ComplaintPage(
                shell: .sample(title: "投诉", area: .complaints), name: "王小明", chips: [ToneChip("已结案", tone: "done")],
                content: "疼", facts: facts, offers: [], hasOffers: false, next: nil, report: nil, closing: nil),
        ]
    }
}
