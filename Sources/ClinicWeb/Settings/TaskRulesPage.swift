import Clinic
import Kernel

/// Every rule that makes tasks, in words — templates/settings/tasks.mustache
package struct TaskRulesPage: Page {
    package static let template = "settings/tasks"
    package let shell: ShellView
    let tabs: [SettingsTab]
    let rows: [TaskRuleRowView]
    let summary: String

    package static let fields: [Field<Self>] = [
        Field("tabs", \.tabs), Field("rows", \.rows), Field("summary", \.summary),
    ]

    /// - Parameter changes: id of the rule → who changed it last, and when.
    init(_ playbook: Playbook, changes: [String: String], tabs: [SettingsTab], shell: ShellView) {
        self.init(
            shell: shell, tabs: tabs,
            rows: playbook.taskRules.map { TaskRuleRowView($0, playbook, change: changes[$0.id]) })
    }

    private init(shell: ShellView, tabs: [SettingsTab], rows: [TaskRuleRowView]) {
        self.shell = shell
        self.tabs = tabs
        self.rows = rows
        let off = rows.filter(\.isOff).count
        summary = off == 0 ? "\(rows.count) 条" : "\(rows.count) 条，关了 \(off) 条"
    }

    package static var samples: [TaskRulesPage] {
        let rows = [
            TaskRuleRowView(
                href: "/settings/tasks/reminder.dayBefore", label: "预约提醒", cause: "有预约时，且不是临时约的、仍未到诊、未取消",
                owner: "回访 · 打电话", time: "前一天 09:00 出现，前一天 18:00 前做完", escalation: "没做完，当天 12:00 报主管", isOff: false,
                change: nil),
            TaskRuleRowView(
                href: "/settings/tasks/wait.education", label: "候诊宣教", cause: "医生报出等候时间时，且预估超过上限、仍在候诊",
                owner: "导诊 · 当面", time: "当时出现，10 分钟后前做完", escalation: nil, isOff: true, change: "林岚 3 月 12 日"),
        ]
        return [TaskRulesPage(shell: .sample(title: "设置", area: .settings), tabs: SettingsTab.samples, rows: rows)]
    }
}

package struct TaskRuleRowView: Viewable {
    let href: String
    let label: String
    let cause: String
    let owner: String
    let time: String
    let escalation: String?
    let isOff: Bool
    let change: String?
    package static let fields: [Field<Self>] = [
        Field("href", \.href), Field("label", \.label), Field("cause", \.cause), Field("owner", \.owner),
        Field("time", \.time), Field("escalation", \.escalation), Field("isOff", \.isOff), Field("change", \.change),
    ]

    init(
        href: String, label: String, cause: String, owner: String, time: String, escalation: String?, isOff: Bool,
        change: String?
    ) {
        self.href = href
        self.label = label
        self.cause = cause
        self.owner = owner
        self.time = time
        self.escalation = escalation
        self.isOff = isOff
        self.change = change
    }

    init(_ rule: TaskRule, _ playbook: Playbook, change: String?) {
        let text = TaskRuleText(playbook: playbook)
        self.init(
            href: SettingsPaths.taskRule(rule.id), label: rule.label, cause: text.cause(rule), owner: text.owner(rule),
            time: text.time(rule), escalation: text.escalation(rule), isOff: !rule.isActive, change: change)
    }
}
