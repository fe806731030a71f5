import Clinic
import Kernel

extension WaitingRoomView {
    static var samples: [WaitingRoomView] {
        let empty = WaitingRoomView(
            summary: "没有人候诊", ready: [], hasReady: false, waiting: [], waitingCount: "0 位", isQuiet: true, chairs: [],
            chairCount: "可用 0 · 就诊 0", patrol: nil, needs: [], hasNeeds: false)
        return [full, empty]
    }

    static let full = WaitingRoomView(
        summary: "候诊 3 位 · 最长 21 分钟", ready: [.called], hasReady: true, waiting: [.long, .plain], waitingCount: "2 位",
        isQuiet: false, chairs: [.busy, .finished, .reserved, .cleaning, .free], chairCount: "可用 1 · 就诊 2",
        patrol: PatrolView(text: "上次 09:40，该巡视了", isDue: true, canWalk: true),
        needs: [
            NeedView(rowID: "n-1", label: "要喝水", href: "#", whom: "A021 庞博", since: "10:12", metHref: "#"),
            NeedView(
                rowID: "n-2", label: "想问医生：下午要坐飞机，拔完牙能不能走，要不要改到下个星期", href: "#",
                whom: "A022 阿卜杜热西提·买买提江", since: "10:20", metHref: nil),
        ], hasNeeds: true)
}

extension WaitingGuest {
    static let called = WaitingGuest(
        rowID: "w-1", number: "E001", greeting: "邵先生", href: "/visits/1", place: "吴承志 · 5 诊室 5 号椅 · 可以进",
        isEmergency: true, clock: DeskClock(seconds: 192, askAfter: 15, limit: 20),
        chips: [ToneChip("外伤", tone: "danger")], version: 2, canCall: true, callLabel: "再叫", canLead: true,
        leadLabel: "引到 5 号椅", leadsNext: true, educationHref: nil, needHref: "#", ticks: [])
    static let long = WaitingGuest(
        rowID: "w-2", number: "A021", greeting: "阿卜杜热西提·买买提江先生", href: "/visits/2",
        place: "何静怡 · 6 诊室 6 号椅 · 还要 12 分", isEmergency: false,
        clock: DeskClock(seconds: 1_264, askAfter: 15, limit: 20),
        chips: [ToneChip("提醒", tone: "warning"), ToneChip("维吾尔语", tone: "info")], version: 1, canCall: true,
        callLabel: "叫号", canLead: true, leadLabel: "入座", leadsNext: false, educationHref: "#", needHref: "#",
        ticks: [
            CareTickView(kind: "seat", label: "引座", short: "引", action: "#", isDone: true, isLate: false),
            CareTickView(kind: "drink", label: "茶水", short: "茶", action: "#", isDone: false, isLate: true),
            CareTickView(kind: "reading", label: "报刊电视", short: "报", action: "#", isDone: false, isLate: false),
            CareTickView(kind: "leaflet", label: "宣教单", short: "宣", action: "#", isDone: false, isLate: false),
        ])
    static let plain = WaitingGuest(
        rowID: "w-3", number: "A022", greeting: "秦女士", href: "/visits/3", place: "医生未定", isEmergency: false,
        clock: DeskClock(seconds: 500, askAfter: 15, limit: 20), chips: [], version: 1, canCall: false,
        callLabel: "叫号", canLead: false, leadLabel: "入座", leadsNext: false, educationHref: nil, needHref: nil, ticks: []
    )
}

extension WaitingChair {
    private static func sample(
        _ number: String, _ state: ChairState, whom: String, left: String, next: String?, isTaken: Bool
    ) -> WaitingChair {
        let look = ChairLook(state)
        return WaitingChair(
            rowID: number, number: number, room: "\(number) 诊室 · ", doctor: "何静怡", state: state.rawValue,
            stateLabel: state.label, tone: look.tone, glyph: look.glyph, whom: whom, left: left,
            next: next.map { ChairTapView(action: "#", label: $0) }, exitHref: isTaken ? "#" : nil,
            hasCompanions: isTaken, companionHref: "#", companionLabel: "陪同")
    }
    static let busy = sample("1", .busy, whom: "阿卜杜热西提·买买提江", left: "剩 36 分", next: "快结束", isTaken: true)
    static let finished = sample("2", .finished, whom: "邱天", left: "超 3 分", next: "起身", isTaken: true)
    static let reserved = sample("3", .reserved, whom: "等 E001 邵国强", left: "", next: nil, isTaken: false)
    static let cleaning = sample("4", .cleaning, whom: "—", left: "2 分", next: "清洁完", isTaken: false)
    static let free = sample("5", .free, whom: "—", left: "", next: nil, isTaken: false)
}

extension WaitingRoomPage {
    static var samples: [WaitingRoomPage] {
        WaitingRoomView.samples.map {
            WaitingRoomPage(shell: .sample(title: "候诊区", area: .reception, isTouch: true), room: $0)
        }
    }
}

extension NeedPage {
    static var samples: [NeedPage] {
        let needs = [OptionView("water", "要喝水"), OptionView("charging", "借充电、眼镜、纸笔"), OptionView("other", "其他")]
        return [nil, "请写一句说明"].map { fault in
            NeedPage(
                shell: .sample(title: "客人的需要", area: .reception, isTouch: true), visit: "1", whom: "A021 庞博",
                fault: fault, note: InputView("note", "说明（选「其他」时要写）"), needs: needs)
        }
    }
}

extension EducationPage {
    static var samples: [EducationPage] {
        [nil, "请选择讲了什么"].map { fault in
            EducationPage(
                shell: .sample(title: "候诊宣教", area: .reception, isTouch: true), action: "#", whom: "谢女士",
                visitHref: "#", about: "周启航 · 需要治疗", fault: fault,
                say: "“谢女士，周启航医生大约还要 25 分钟，趁这会儿我给您讲讲怎么护理牙齿，好吗？”",
                topics: [
                    ChoiceView("aftercare", "治疗后的护理", hint: "建议先讲", isChosen: true),
                    ChoiceView("brushing", "刷牙和牙线", isChosen: false),
                ], bookHref: fault == nil ? "#" : nil, next: "/reception")
        }
    }
}

extension CompanionPage {
    static var samples: [CompanionPage] { [sample(isEmpty: false), sample(isEmpty: true)] }

    private static func sample(isEmpty: Bool) -> CompanionPage {
        CompanionPage(
            shell: .sample(title: "陪同", area: .reception, isTouch: true), action: "#", whom: "A021 庞博", visitHref: "#",
            about: isEmpty ? "0 位在诊区" : "1 位在诊区",
            people: isEmpty
                ? []
                : [
                    CompanionView(relation: "妈妈", times: "10:02 进", canLeave: true, outHref: "#"),
                    CompanionView(relation: "爸爸", times: "10:02 进 · 10:09 出 · 破例：紧张害怕", canLeave: false, outHref: "#"),
                ], hasPeople: !isEmpty, mayAdmit: true, fault: nil,
            choice: CompanionChoice(
                rule: isEmpty ? "这位客人可以有 1 位陪同。" : "已经有 1 位陪同在诊区，其他家属请在候诊区等候", isWithinRule: isEmpty,
                relation: "", asksReason: !isEmpty, isReasonNeeded: true, reasons: [OptionView("frail", "行动不便")],
                reasonError: isEmpty ? nil : "请选择放行陪同的原因", note: ""), next: "/waiting-room")
    }
}

extension QueuePlacePage {
    static var samples: [QueuePlacePage] { [sample(isFull: true), sample(isFull: false)] }

    private static func sample(isFull: Bool) -> QueuePlacePage {
        QueuePlacePage(
            shell: .sample(title: "调整顺序", area: .reception), action: "#", ticket: "A023", whom: "邓先生", visitHref: "#",
            standing: "10:20 到达", fault: isFull ? "前面还有 A021，先叫这位请写明原因" : nil,
            ahead: isFull
                ? [ChoiceView("1", "A021 阿卜杜热西提·买买提江", hint: "何静怡 · 预约 10:00 · 等了 21 分", isChosen: false)] : [],
            hasAhead: isFull, beforeError: isFull ? "请选择排在谁前面" : nil, reasons: [OptionView("frail", "老人、孕妇或行动不便")],
            reasonError: isFull ? "请选择调整顺序的原因" : nil, note: InputView("note", "说明"), mayMove: isFull,
            asksForCall: isFull, callAction: "#", version: 1, canRequeue: !isFull, requeueAction: "#",
            next: "/reception")
    }
}
