import Clinic
import Kernel

/// The tablet at the desk: a return customer types instead of saying it aloud (R1.13) — templates/public/lookup.mustache
struct LookupPage: Page {
    static let template = "public/lookup"
    let shell: ShellView
    let clinicName: String
    let typed: InputView
    /// The slip went to the desk. The same words whoever was found.
    let isSent: Bool
    /// The screen is locked: nothing else opens without the PIN.
    let isLocked: Bool
    let action: String
    let lockAction: String
    let lockNext: String
    let backHref: String
    static let fields: [Field<Self>] = [
        Field("clinicName", \.clinicName), Field("typed", \.typed), Field("isSent", \.isSent),
        Field("isLocked", \.isLocked), Field("action", \.action), Field("lockAction", \.lockAction),
        Field("lockNext", \.lockNext), Field("backHref", \.backHref),
    ]

    init(
        shell: ShellView, clinicName: String, isSent: Bool, isLocked: Bool, value: String = "",
        faults: FormErrors = FormErrors()
    ) {
        self.shell = shell
        self.clinicName = clinicName
        self.isSent = isSent
        self.isLocked = isLocked
        typed = InputView("typed", "您的姓名，或手机号", value, isRequired: true, isFocused: true, faults: faults)
        action = LookupPaths.tablet
        lockAction = LookupPaths.handOver
        lockNext = LookupPaths.tablet
        backHref = ShellPaths.home
    }

    static var samples: [LookupPage] {
        let shell = ShellView.sample(title: "找我的档案")
        return [
            LookupPage(shell: shell, clinicName: "示例口腔门诊", isSent: false, isLocked: true),
            LookupPage(shell: shell, clinicName: "示例口腔门诊", isSent: true, isLocked: true),
            LookupPage(
                shell: shell, clinicName: "示例口腔门诊", isSent: false, isLocked: false,
                faults: FormErrors("typed", "请写姓名，或手机号")),
        ]
    }
}

/// What the tablet sent, with who it may be, on the desk's screen — templates/public/slips.mustache
struct SlipsPage: Page {
    static let template = "public/slips"
    let shell: ShellView
    let list: SlipsView
    let tabletHref: String
    static let fields: [Field<Self>] = [Field("list", \.list), Field("tabletHref", \.tabletHref)]

    init(shell: ShellView, list: SlipsView) {
        self.shell = shell
        self.list = list
        tabletHref = LookupPaths.tablet
    }

    static var samples: [SlipsPage] {
        SlipsView.samples.map { SlipsPage(shell: .sample(title: "接待", area: .reception), list: $0) }
    }
}

/// The live part — templates/public/_slips.mustache
struct SlipsView: Fragment {
    static let template = "public/_slips"
    let slips: [SlipView]
    let isEmpty: Bool
    static let fields: [Field<Self>] = [Field("slips", \.slips), Field("isEmpty", \.isEmpty)]

    init(_ slips: [SlipView]) {
        self.slips = slips
        isEmpty = slips.isEmpty
    }

    static var samples: [SlipsView] {
        [
            SlipsView([
                SlipView(
                    typed: "谢春梅", asked: "09:12",
                    hits: [
                        HitView(
                            href: "/patients/0000000000001", name: "谢春梅", person: "女 · 57 岁 · 138****8000",
                            arriveHref: "/reception/arrivals/new?patient=0000000000001"),
                        HitView(
                            href: "/patients/0000000000002", name: "谢春梅", person: "女 · 34 岁 · 139****5678",
                            arriveHref: nil),
                    ], more: nil, action: "/lookup/slips/0000000000001"),
                SlipView(
                    typed: "Alexandra Montgomery-Fitzgerald", asked: "09:10", hits: [], more: "没有找到，请客人再写一次，或按新客人登记",
                    action: "/lookup/slips/0000000000002"),
            ]), SlipsView([]),
        ]
    }
}

struct SlipView: Viewable {
    let typed: String
    let asked: String
    let hits: [HitView]
    /// Nobody, or more than fit.
    let more: String?
    let action: String
    static let fields: [Field<Self>] = [
        Field("typed", \.typed), Field("asked", \.asked), Field("hits", \.hits), Field("more", \.more),
        Field("action", \.action),
    ]
}

struct HitView: Viewable {
    let href: String
    let name: String
    let person: String
    let arriveHref: String?
    static let fields: [Field<Self>] = [
        Field("href", \.href), Field("name", \.name), Field("person", \.person), Field("arriveHref", \.arriveHref),
    ]
}
