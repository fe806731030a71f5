import Clinic
import Kernel

/// 工作台 — templates/followup/workbench.mustache
struct WorkbenchPage: Page {
    static let template = "followup/workbench"
    let shell: ShellView
    let list: WorkbenchList

    static let fields: [Field<Self>] = [Field("list", \.list)]

    static var samples: [WorkbenchPage] {
        WorkbenchList.samples.map { WorkbenchPage(shell: .sample(title: "工作台", area: .workbench), list: $0) }
    }
}

/// The live part of the workbench — templates/followup/_workbench.mustache
struct WorkbenchList: Fragment {
    static let template = "followup/_workbench"
    let hasAll: Bool
    let isAll: Bool
    let isMine: Bool
    let countText: String
    let groups: [TaskGroup]
    let isEmpty: Bool
    let alerts: [AlertView]
    let hasAlerts: Bool
    let alertCount: String
    /// Where all of them stand, when not all are shown.
    let allAlerts: LinkView?
    let numbers: [NumberView]
    let coming: [ComingView]
    let hasComing: Bool
    let comingText: String

    static let fields: [Field<Self>] = [
        Field("hasAll", \.hasAll), Field("isAll", \.isAll), Field("isMine", \.isMine),
        Field("countText", \.countText), Field("groups", \.groups), Field("isEmpty", \.isEmpty),
        Field("alerts", \.alerts), Field("hasAlerts", \.hasAlerts), Field("alertCount", \.alertCount),
        Field("allAlerts", \.allAlerts), Field("numbers", \.numbers), Field("coming", \.coming),
        Field("hasComing", \.hasComing),
        Field("comingText", \.comingText),
    ]
}

extension WorkbenchList {
    init(_ bench: Workbench, scope: Workbench.Scope, sheet: CallSheet?, by work: Work) {
        hasAll = work.actor.may(.workAnyTask)
        isAll = scope == .all
        isMine = scope == .mine
        countText = "\(bench.tasks.count) 项未完成 · 今天已办 \(bench.doneToday) 项"
        groups = Self.groups(bench, sheet, work)
        isEmpty = bench.tasks.isEmpty
        let shown = hasAll && bench.reported.count > 6 ? 5 : bench.reported.count
        alerts = bench.reported.prefix(shown).map {
            AlertView(
                text: [$0.label(work.playbook), $0.patientID.flatMap { bench.patients[$0]?.name }]
                    .compactMap(\.self).joined(separator: "："),
                href: FollowUpPaths.task($0.id))
        }
        hasAlerts = !alerts.isEmpty
        alertCount =
            bench.reported.count < Workbench.mostReported ? String(bench.reported.count) : "\(bench.reported.count)+"
        allAlerts =
            shown < bench.reported.count
            ? LinkView(FollowUpPaths.all, "在全部待办里看另外 \(bench.reported.count - shown) 项") : nil
        numbers = Self.numbers(bench, work)
        let hour = work.clinic.calendar.unit(of: work.now).adding(4)
        let next = bench.plan.entries.filter { $0.state.isExpected && $0.appointment.start <= hour }
        coming = next.prefix(8).map { ComingView($0, by: work) }
        hasComing = !coming.isEmpty
        let late = coming.filter(\.isLate).count
        comingText = "1 小时内 \(next.count) 位" + (late > 0 ? " · 迟到 \(late)" : "")
    }

    private static func groups(_ bench: Workbench, _ sheet: CallSheet?, _ work: Work) -> [TaskGroup] {
        let byUrgency = Dictionary(grouping: bench.tasks) { $0.urgency(at: work.now) }
        return [
            (TaskItem.Urgency.overdue, "已逾期", "danger"), (.now, "现在", "neutral"), (.later, "今天稍后", "neutral"),
        ].compactMap { urgency, title, tone in
            guard let tasks = byUrgency[urgency], !tasks.isEmpty else { return nil }
            let views = tasks.prefix(40).map { task in
                TaskView(
                    task, patient: task.patientID.flatMap { bench.patients[$0] },
                    owner: task.ownerID.flatMap { $0 == work.actor.id ? nil : bench.ownerNames[$0] },
                    label: task.label(work.playbook), now: work.now, calendar: work.clinic.calendar,
                    next: sheet.flatMap { $0.task.id == task.id ? NextAct($0) : nil })
            }
            let more = tasks.count > views.count ? "还有 \(tasks.count - views.count) 项，办完前面的就会出现" : nil
            return TaskGroup(title: title, tone: tone, count: String(tasks.count), tasks: views, more: more)
        }
    }

    private static func numbers(_ bench: Workbench, _ work: Work) -> [NumberView] {
        let states = Dictionary(grouping: bench.plan.entries, by: \.state).mapValues(\.count)
        let waiting = bench.visits.filter { $0.stage == .waiting }
        let waits = bench.visits.compactMap { visit in visit.seatedAt.map { $0.minutes(since: visit.arrivedAt) } }
        return [
            NumberView(bench.plan.entries.count, "预约"), NumberView(bench.visits.count, "已到诊"),
            NumberView(bench.visits.filter { $0.type == .first }.count, "初诊"),
            NumberView(states[.missed] ?? 0, "未到", tone: (states[.missed] ?? 0) > 0 ? "danger" : "neutral"),
            NumberView(waiting.count, "候诊中", tone: waiting.isEmpty ? "neutral" : "waiting"),
            NumberView(waits.isEmpty ? 0 : waits.reduce(0, +) / waits.count, "平均候诊", unit: "分"),
            NumberView(states[.chair] ?? 0, "就诊中"),
            NumberView(bench.visits.filter { $0.stage == .left }.count, "已离开"),
        ]
    }
}

extension NextAct {
    init(_ sheet: CallSheet) {
        say = sheet.steps.first?.say
        outcomeHref = FollowUpPaths.outcome(sheet.task.id)
        href = FollowUpPaths.task(sheet.task.id)
        // Answers that need more than one tap are given on the page of the task.
        answers = sheet.outcomes.enumerated().filter { !$1.needsNote && $1.next != .callback }.prefix(4)
            .map { AnswerView($1, number: $0 + 1) }
    }
}

struct TaskGroup: Viewable {
    let title: String
    let tone: String
    let count: String
    let tasks: [TaskView]
    let more: String?
    static let fields: [Field<Self>] = [
        Field("title", \.title), Field("tone", \.tone), Field("count", \.count), Field("tasks", \.tasks),
        Field("more", \.more),
    ]
}

struct AlertView: Viewable {
    let text: String
    let href: String
    static let fields: [Field<Self>] = [Field("text", \.text), Field("href", \.href)]
}

struct NumberView: Viewable {
    let value: String
    let label: String
    let unit: String?
    let tone: String
    static let fields: [Field<Self>] = [
        Field("value", \.value), Field("label", \.label), Field("unit", \.unit), Field("tone", \.tone),
    ]
    init(_ value: Int, _ label: String, unit: String? = nil, tone: String = "neutral") {
        self.value = String(value)
        self.label = label
        self.unit = unit
        self.tone = tone
    }
}

struct ComingView: Viewable {
    let time: String
    let name: String
    let purpose: String
    let who: String
    let href: String
    let isFirst: Bool
    let isLate: Bool
    /// "迟 12 分"
    let lateText: String?
    /// The registration of the arrival, for those who register.
    let arriveHref: String?
    static let fields: [Field<Self>] = [
        Field("time", \.time), Field("name", \.name), Field("purpose", \.purpose), Field("who", \.who),
        Field("href", \.href), Field("isFirst", \.isFirst), Field("isLate", \.isLate), Field("lateText", \.lateText),
        Field("arriveHref", \.arriveHref),
    ]
}

extension ComingView {
    init(_ entry: DayPlan.Entry, by work: Work) {
        let calendar = work.clinic.calendar
        let start = calendar.instant(entry.appointment.day, entry.appointment.start)
        isLate = entry.state.isLate(entry.appointment, now: work.now, calendar: calendar)
        lateText = isLate ? "迟 \(work.now.minutes(since: start)) 分" : nil
        let mayCheckIn = work.actor.may(.checkIn) || work.actor.may(.checkInReturning)
        arriveHref = mayCheckIn ? ReceptionPaths.arrival(appointment: entry.appointment.id) : nil
        time = entry.appointment.start.clockText
        name = entry.patientName
        purpose = entry.purpose
        who = entry.doctorName
        href = "/appointments/\(entry.appointment.id.text)"
        isFirst = entry.isFirstVisit
    }
}
