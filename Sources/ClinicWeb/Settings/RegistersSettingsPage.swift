import Clinic
import Kernel

/// Registers and checklists of the service standard, and whether they count — templates/settings/registers.mustache
package struct RegistersSettingsPage: Page {
    package static let template = "settings/registers"
    package let shell: ShellView
    let tabs: [SettingsTab]
    let registers: [Row]
    let checklists: [Row]
    package static let fields: [Field<Self>] = [
        Field("tabs", \.tabs), Field("registers", \.registers), Field("checklists", \.checklists),
    ]

    struct Row: Viewable {
        let href: String
        let label: String
        let detail: String
        let who: String
        let state: ToneChip
        let origin: String
        let change: String?
        static let fields: [Field<Self>] = [
            Field("href", \.href), Field("label", \.label), Field("detail", \.detail), Field("who", \.who),
            Field("state", \.state), Field("origin", \.origin), Field("change", \.change),
        ]
    }

    package static var samples: [RegistersSettingsPage] {
        let row = Row(
            href: "#", label: "行李寄存", detail: "牌号、客人、物主、物品、外观、放在哪里；归还：领取人、领取签字", who: "导诊、前台、门厅接待",
            state: ToneChip("开", tone: "done"), origin: "默认", change: nil)
        let off = Row(
            href: "#", label: "候诊区设备检查", detail: "每班：早班 08:00–09:00、午班 13:00–14:00", who: "候诊区服务",
            state: ToneChip("随规则 R4.31 关着"), origin: "本门诊", change: "林岚 3 月 12 日 改")
        return [
            RegistersSettingsPage(
                shell: .sample(title: "设置", area: .settings), tabs: SettingsTab.samples, registers: [row],
                checklists: [off])
        ]
    }
}
