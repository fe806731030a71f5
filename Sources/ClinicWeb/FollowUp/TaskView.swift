import Clinic
import Kernel

/// A task as a row of a list — templates/followup/_task.mustache
struct TaskView: Viewable {
    let href: String
    let icon: String
    let tone: String
    let title: String
    let chips: [ToneChip]
    let why: String
    let dueText: String
    let dueNote: String
    let action: String
    /// The task to do first: opened, with what to say and the answers.
    let next: NextAct?

    static let fields: [Field<Self>] = [
        Field("href", \.href), Field("icon", \.icon), Field("tone", \.tone), Field("title", \.title),
        Field("chips", \.chips), Field("why", \.why), Field("dueText", \.dueText), Field("dueNote", \.dueNote),
        Field("action", \.action), Field("next", \.next),
    ]
}

extension TaskView {
    init(
        _ task: TaskItem, patient: PatientBrief?, owner: String?, label: String, now: Timestamp,
        calendar: ClinicCalendar,
        next: NextAct? = nil
    ) {
        // Who booked on line, or asked to be called, is found out on a page of its own.
        href =
            switch task.rule {
            case OnlineObligations.rule: OnlineDeskPaths.ofAppointment(ID(raw: task.subject.id))
            case CallRequests.rule: CallPaths.list
            case ChecklistObligations.dueRule: ChecklistPaths.run(ID(raw: task.subject.id))
            default:
                task.subject.kind == .registerEntry
                    ? RegisterPaths.entry(ID(raw: task.subject.id)) : FollowUpPaths.task(task.id)
            }
        icon = Self.icon(task)
        let urgency = task.urgency(at: now)
        tone = urgency == .overdue ? "danger" : urgency == .now ? "waiting" : "neutral"
        title = [label, patient?.name].compactMap(\.self).joined(separator: "：")
        chips =
            (task.attempts > 0 ? [ToneChip("已试 \(task.attempts) 次")] : [])
            + (patient?.specialAlerts.isEmpty == false ? [ToneChip("有提醒", tone: "danger")] : [])
            + (owner.map { [ToneChip($0)] } ?? [])
        why = task.reason
        dueText = Self.due(task, calendar, today: calendar.businessDay(of: now))
        dueNote = Self.distance(task, now)
        action = urgency == .later ? "查看" : task.channel == .phone ? "去打" : "去办"
        self.next = next
    }

    private static func icon(_ task: TaskItem) -> String {
        switch task.channel {
        case .phone: task.rule.hasPrefix("followUp") ? "follow" : "phone"
        case .inPerson: "clock"
        case .internal: "note"
        }
    }

    private static func due(_ task: TaskItem, _ calendar: ClinicCalendar, today: Day) -> String {
        let day = calendar.businessDay(of: task.dueAt)
        let clock = calendar.clockText(task.dueAt)
        return day == today ? "\(clock) 前" : "\(day.monthDayText) \(clock)"
    }

    /// "逾期 16 分钟", "还有 1 小时 36 分", "18:00 起" is said by the group instead.
    private static func distance(_ task: TaskItem, _ now: Timestamp) -> String {
        if let next = task.nextTryAt, next > now { return "\(DurationText.text(minutes: next.minutes(since: now)))后再打" }
        let minutes = task.dueAt.minutes(since: now)
        return minutes < 0
            ? "逾期 \(DurationText.text(minutes: -minutes))"
            : minutes < 1 ? "马上到期" : "还有 \(DurationText.text(minutes: minutes))"
    }
}

/// What to say and what may be answered, opened in the list.
struct NextAct: Viewable {
    let say: String?
    let outcomeHref: String
    let answers: [AnswerView]
    let href: String
    static let fields: [Field<Self>] = [
        Field("say", \.say), Field("outcomeHref", \.outcomeHref), Field("answers", \.answers), Field("href", \.href),
    ]
}

/// One answer of a task.
struct AnswerView: Viewable {
    let code: String
    let label: String
    let hint: String
    let key: String
    let tone: String
    let isFirst: Bool
    let needsNote: Bool
    static let fields: [Field<Self>] = [
        Field("code", \.code), Field("label", \.label), Field("hint", \.hint), Field("key", \.key),
        Field("tone", \.tone), Field("isFirst", \.isFirst), Field("needsNote", \.needsNote),
    ]
}

extension AnswerView {
    init(_ code: Code, number: Int) {
        self.code = code.code
        label = code.label
        key = String(number)
        isFirst = number == 1
        needsNote = code.needsNote
        (hint, tone) =
            switch code.next {
            case .close, nil: ("记录并结束", "done")
            case .retry: ("一小时后再打", "neutral")
            case .reschedule: ("去改时间", "info")
            case .cancel: ("去取消预约", "warning")
            case .fixPhone: ("去改电话", "warning")
            case .doctorCallback: ("转给医生回电", "warning")
            case .book: ("去约时间", "info")
            case .callback: ("约好回电时间", "info")
            case .escalate: ("马上报主管", "danger")
            }
    }
}
