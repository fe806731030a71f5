import Clinic
import Kernel

extension TaskView {
    static let overdue = TaskView(
        href: "#", icon: "clock", tone: "danger", title: "久等说明：庞博", chips: [ToneChip("有提醒", tone: "danger")],
        why: "庞博 · 何静怡", dueText: "10:23 前", dueNote: "逾期 1 分钟", action: "去办",
        next: NextAct(
            say: "让您久等了，何医生前面一位小朋友还在治疗，大约还要 12 分钟。您愿意再等一会儿，还是我帮您另约一个时间？", outcomeHref: "#",
            answers: [
                AnswerView(
                    code: "accepted", label: "愿意再等", hint: "记录并结束", key: "1", tone: "done", isFirst: true,
                    needsNote: false),
                AnswerView(
                    code: "booked", label: "改约时间", hint: "去约时间", key: "2", tone: "info", isFirst: false,
                    needsNote: false),
            ], href: "#"))
    static let due = TaskView(
        href: "#", icon: "follow", tone: "waiting", title: "术后次日回访：欧阳诗琪诗琪诗琪", chips: [ToneChip("已试 1 次")],
        why: "阻生智齿拔除·48 · 吴承志", dueText: "12:00 前", dueNote: "还有 1 小时 36 分", action: "去打", next: nil)
}

extension WorkbenchList {
    static var samples: [WorkbenchList] {
        let coming = ComingView(
            time: "10:45", name: "罗文静", purpose: "根管治疗 16", who: "周启航", href: "#", isFirst: true,
            isLate: true, lateText: "迟 12 分", arriveHref: "#")
        let full = WorkbenchList(
            hasAll: true, isAll: false, isMine: true,
            countText: "2 项未完成 · 今天已办 23 项",
            groups: [
                TaskGroup(title: "已逾期", tone: "danger", count: "1", tasks: [.overdue], more: nil),
                TaskGroup(title: "现在", tone: "neutral", count: "1", tasks: [.due], more: "还有 3 项，办完前面的就会出现"),
            ], isEmpty: false, alerts: [AlertView(text: "久等说明：庞博", href: "#")], hasAlerts: true, alertCount: "12",
            allAlerts: LinkView("#", "在全部待办里看另外 7 项"),
            numbers: [
                NumberView(74, "预约"), NumberView(29, "已到诊"), NumberView(1, "未到", tone: "danger"),
                NumberView(11, "平均候诊", unit: "分"),
            ], coming: [coming], hasComing: true, comingText: "1 小时内 1 位")
        let empty = WorkbenchList(
            hasAll: false, isAll: false, isMine: true, countText: "0 项未完成 · 今天已办 0 项",
            groups: [], isEmpty: true, alerts: [], hasAlerts: false, alertCount: "0", allAlerts: nil,
            numbers: [NumberView(0, "预约")],
            coming: [], hasComing: false, comingText: "1 小时内 0 位")
        return [full, empty]
    }
}

extension CallPage {
    static var samples: [CallPage] {
        let callee = CalleeView(
            href: "#", name: "史丽", chip: ToneChip("术后次日回访", tone: "danger"), why: "拔牙·38 · 吴承志", times: "第 2 次",
            isCurrent: true)
        return [
            CallPage(
                shell: .sample(title: "回访", area: .followUp),
                callees: [CalleeGroup(title: "已逾期", tone: "danger", count: "1", callees: [callee])], hasCallees: true,
                title: "史丽 · 术后次日回访", scriptTitle: "术后次日回访", why: "拔牙·38 · 吴承志",
                due: ToneChip("12:00 前 · 逾期 1 天", tone: "danger"),
                steps: [SayView(say: "史女士上午好，我是示例口腔门诊的小汪，打扰您两分钟，可以吗？", note: "对方不便时约回电时间")],
                answers: [
                    AnswerView(
                        code: "fine", label: "感觉良好", hint: "记录并结束", key: "1", tone: "done", isFirst: true,
                        needsNote: false),
                    AnswerView(
                        code: "doctor", label: "请医生回电", hint: "转给医生回电", key: "2", tone: "warning", isFirst: false,
                        needsNote: true),
                ], isOpen: true, closedText: nil, outcomeHref: "#", note: "", noteError: "请写一句说明", outcomeError: nil,
                callbackError: nil, asksCallback: true, callbackAt: "", forbidden: "不对、错了",
                person: CallPersonView(
                    name: "史女士", facts: "女 31 岁 · MY000118", href: "#", phone: "138 **** 8000", dial: nil,
                    alerts: [ToneChip("青霉素过敏", tone: "danger")], hasAlerts: true),
                attempts: [FactView("2026-03-11 18:22", "无人接听 · 周婷")], hasAttempts: true,
                others: [FactView("预约提醒", "明天 10:00", href: "#")], hasOthers: true, subjectHref: "#",
                subjectLabel: "打开这个预约", hasSubject: true)
        ]
    }
}

extension CallsPage {
    static var samples: [CallsPage] {
        [CallsPage(shell: .sample(title: "回访", area: .followUp), callees: [], hasCallees: false)]
    }
}
