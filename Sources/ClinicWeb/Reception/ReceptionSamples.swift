import Clinic
import Kernel

extension DeskView {
    static var samples: [DeskView] {
        let empty = DeskView(
            newHref: nil, comingCount: "1 小时内 0", coming: [], waitingCount: "0 位 · 急诊、预约时间、到达先后", strip: [],
            hasStrip: false, groups: [], skipped: [],
            skippedCount: "0", hasSkipped: false, isQuiet: true, chairCount: "就诊 0 · 可用 0 · 清洁 0", roomHref: "#",
            chairs: [],
            outCount: "0", outs: [], hasForgotten: false, forgotten: [], left: [], leftCount: "0 位", hasLeft: false,
            slowText: nil)
        return [full, empty]
    }

    static let full = DeskView(
        newHref: ReceptionPaths.newArrival, comingCount: "1 小时内 2", coming: [.late, .plain],
        waitingCount: "3 位 · 急诊、预约时间、到达先后",
        strip: [
            StripView("该巡视候诊区了", tone: "waiting", href: "#"),
            StripView("何静怡 1 位 · 21 分", tone: "danger", href: nil),
            StripView("医生未定 1 位 · 16 分", tone: "neutral", href: nil),
        ], hasStrip: true,
        groups: [
            DeskGroup(groupID: "q-urgent", hasHead: true, head: "急诊", count: "1 位 · 最长 3 分", tickets: [.emergency]),
            DeskGroup(groupID: "q-1", hasHead: true, head: "何静怡", count: "2 位 · 最长 21 分", tickets: [.over, .ask]),
        ], skipped: [.skipped], skippedCount: "1",
        hasSkipped: true, isQuiet: false, chairCount: "就诊 3 · 可用 1 · 清洁 1", roomHref: "#",
        chairs: [.busy, .nearly, .late, .free, .cleaning], outCount: "2", outs: [.unpaid, .paid], hasForgotten: true,
        forgotten: [.forgotten], left: [DeskLeft(name: "顾长青", href: "#", time: "10:16")], leftCount: "1 位",
        hasLeft: true, slowText: "最久已等 6 分钟，5 分起致歉")
}

extension DeskComing {
    static let late = DeskComing(
        time: "10:00", name: "侯斌", href: "#", isLate: true,
        chips: [ToneChip("提醒", tone: "danger"), ToneChip("欠 ¥120.00", tone: "warning")],
        note: "吴承志 · 拔牙 28", lateText: "迟 24 分", arriveHref: ReceptionPaths.newArrival)
    static let plain = DeskComing(
        time: "10:45", name: "阿卜杜热西提·买买提江", href: "#", isLate: false, chips: [ToneChip("初诊", tone: "info")],
        note: "周启航 · 根管治疗 16 + 桩核冠修复 16、17", lateText: nil, arriveHref: nil)
}

extension DeskTicket {
    static let emergency = DeskTicket(
        rowID: "t-1", number: "E001", name: "邵国强", href: "/visits/1", about: "男 41",
        chips: [ToneChip("外伤", tone: "danger")], isEmergency: true, isNext: true,
        clock: DeskClock(seconds: 192, askAfter: 15, limit: 20), place: "吴承志 · 5 诊室 · 11 松动 · 未预约", told: "告知 5 · 可以进",
        note: ToneChip("先看：急诊", tone: "danger"), task: nil, ticks: [], hasTicks: false, placeHref: "#", version: 1,
        canCall: true, canRecall: false,
        canSkip: false, canRequeue: false, canLead: true, leadInLabel: "引到 5 号椅", leadsNext: true, callsNext: false,
        noteHref: "/reception/notes")
    static let over = DeskTicket(
        rowID: "t-2", number: "A021", name: "庞博", href: "/visits/2", about: "男 7",
        chips: [ToneChip("初诊", tone: "info"), ToneChip("提醒", tone: "warning")], isEmergency: false, isNext: false,
        clock: DeskClock(seconds: 1_264, askAfter: 15, limit: 20), place: "何静怡 · 6 诊室 · 窝沟封闭 36、46 · 约 11:00",
        told: "告知 15 · 还要 12 分", note: ToneChip("超 20 分，须说明", tone: "danger"),
        task: DeskTask(href: "#", label: "去说明", isUrgent: true),
        ticks: [
            CareTickView(kind: "seat", label: "引座", short: "引", action: "#", isDone: true, isLate: false),
            CareTickView(kind: "drink", label: "茶水", short: "茶", action: "#", isDone: false, isLate: true),
        ], hasTicks: true, placeHref: "#", version: 2,
        canCall: false, canRecall: true, canSkip: true, canRequeue: false, canLead: true, leadInLabel: "入座",
        leadsNext: false, callsNext: false, noteHref: "/reception/notes")
    static let ask = DeskTicket(
        rowID: "t-3", number: "A022", name: "秦悦", href: "/visits/3", about: "女 19", chips: [], isEmergency: false,
        isNext: false, clock: DeskClock(seconds: 1_000, askAfter: 15, limit: 20), place: "医生未定 · 牙龈出血 · 未预约",
        told: "未告知", note: ToneChip("超 15 分，可宣教", tone: "waiting"),
        task: DeskTask(href: "#", label: "去宣教", isUrgent: false), ticks: [], hasTicks: false, placeHref: "#",
        version: 1, canCall: true,
        canRecall: false, canSkip: false, canRequeue: false, canLead: true, leadInLabel: "入座", leadsNext: false,
        callsNext: false, noteHref: "/reception/notes")
    static let skipped = DeskTicket(
        rowID: "t-4", number: "A019", name: "卫兰", href: "/visits/4", about: "女 29", chips: [], isEmergency: false,
        isNext: false, clock: DeskClock(seconds: 700, askAfter: 15, limit: 20), place: "许安琪 · 4 诊室 · 正畸复诊 · 约 10:00",
        told: "告知 10", note: ToneChip("10:12 叫 2 次未应"), task: nil, ticks: [], hasTicks: false,
        placeHref: "#", version: 4, canCall: false, canRecall: true,
        canSkip: false, canRequeue: true, canLead: false, leadInLabel: "入座", leadsNext: false, callsNext: false,
        noteHref: "/reception/notes")
}

extension DeskChair {
    private static func sample(
        _ number: String, _ doctor: String, _ state: ChairState, _ look: (String, String), whom: String = "—",
        left: String,
        item: String, progress: String? = nil
    ) -> DeskChair {
        DeskChair(
            rowID: number, number: number, doctor: doctor, state: state.rawValue, stateLabel: state.label, tone: look.0,
            glyph: look.1, isTaken: state.isTaken, whom: whom, href: "/visits/\(number)", left: left, item: item,
            progress: progress, action: "/visits/\(number)/exit", canFinish: state == .busy || state == .late,
            canExit: state.isTaken, canClean: state == .cleaning, hasActions: state != .free)
    }
    static let busy = sample(
        "1", "林书远", .busy, ("accent", "chair"), whom: "蒋婉清", left: "剩 36 分", item: "种植二期 36", progress: "40")
    static let nearly = sample(
        "4", "许安琪", .nearly, ("waiting", "waiting"), whom: "邱天", left: "剩 4 分", item: "正畸复诊", progress: "88")
    static let late = sample(
        "6", "何静怡", .late, ("danger", "late"), whom: "阿卜杜热西提·买买提江", left: "超 12 分",
        item: "乳牙根管治疗 75、74、84", progress: "100")
    static let free = sample("5", "吴承志", .free, ("done", "booked"), left: "", item: "10:22 起可用")
    static let cleaning = sample("8", "沈佳宁", .cleaning, ("info", "confirmed"), left: "2 分", item: "10:22 离椅")
}

extension DeskOut {
    static let unpaid = DeskOut(
        name: "池源", href: "/visits/5", chip: ToneChip("待收费", tone: "waiting"), note: "沈佳宁 · 充填 16", amount: "¥480.00",
        sheetHref: "#", isSettled: false, asksOutcome: true)
    static let paid = DeskOut(
        name: "毛小雨", href: "/visits/6", chip: ToneChip("已付清", tone: "done"), note: "郑子昂 · 建议 14 天后复诊 · 2 单位",
        amount: "¥866.00", sheetHref: nil, isSettled: true, asksOutcome: false)
    static let forgotten = DeskOut(
        name: "康宁", href: "/visits/7", chip: ToneChip("3 月 11 日", tone: "warning"), note: "没有登记离开，请补录结果", amount: nil,
        sheetHref: nil, isSettled: false, asksOutcome: true)
}

extension DeskPage {
    static var samples: [DeskPage] {
        let arrived = ArrivedView(
            number: "A021", name: "庞博小朋友", advice: "请在候诊区就座，大约等 15 分钟", cue: "后面还有预约的客人：请称呼「庞博小朋友」", href: "#")
        let views = DeskView.samples
        return [
            DeskPage(
                shell: .sample(title: "接待", area: .reception), arrived: arrived,
                notes: NoteStripView.samples[0], desk: views[0]),
            DeskPage(
                shell: .sample(title: "接待", area: .reception, isTouch: true), arrived: nil,
                notes: NoteStripView.samples[1], desk: views[1]),
        ]
    }
}

extension ArrivalHitsView {
    static var samples: [ArrivalHitsView] {
        let hit = ArrivalHit(
            href: "#", name: "谢春梅", about: "女 57 岁 · A009316", phone: "136 **** 7715", booking: "10:45 周启航 · 根管治疗 16",
            hasAlert: true)
        return [
            ArrivalHitsView(people: [hit], isEmpty: false, hasMore: true, needsMoreDigits: false),
            ArrivalHitsView(people: [], isEmpty: true, hasMore: false, needsMoreDigits: false),
            ArrivalHitsView(people: [], isEmpty: false, hasMore: false, needsMoreDigits: true),
        ]
    }
}

extension ArrivalStartPage {
    static var samples: [ArrivalStartPage] {
        let shell = ShellView.sample(title: "到访登记", area: .reception)
        let coming = ArrivalComing(time: "10:45", name: "罗文静", note: "周启航 · 根管治疗 16", href: "#")
        let nobody = ArrivalHitsView(people: [], isEmpty: false, hasMore: false, needsMoreDigits: false)
        return [
            ArrivalStartPage(
                shell: shell, query: "", hits: nobody, coming: [coming], newHref: PatientPaths.new, notice: []),
            ArrivalStartPage(
                shell: shell, query: "谢<", hits: ArrivalHitsView.samples[0], coming: [], newHref: nil,
                notice: ["您好，按上级部门的通知，这段时间我们只接口腔急诊和急性牙痛，其他项目先预约。"]),
        ]
    }
}

extension ArrivalPage {
    static var samples: [ArrivalPage] {
        let conflict = FormErrors("toldWait", "请填写分钟数，例如 15")
        return [sample(FormErrors(), fault: nil), sample(conflict, fault: "这位客人 10:02 已经到诊，候诊号 A021，请在候诊列表里继续处理")]
    }

    private static func sample(_ faults: FormErrors, fault: String?) -> ArrivalPage {
        ArrivalPage(
            shell: .sample(title: "到访登记", area: .reception), patient: "1", appointment: "2", name: "谢女士",
            about: "谢春梅 · 女 · 57 岁 · A009316", customerHref: "#", alerts: [ToneChip("糖尿病：拔牙前测血糖", tone: "danger")],
            hasAlerts: true, booking: fault == nil ? "10:45–11:30 · 周启航 · 根管治疗 16" : nil, fault: fault,
            conflictHref: fault.map { _ in "/visits/1" },
            complaint: InputView("complaint", "哪里不舒服，或来做什么", "右下后牙疼", isRequired: true, faults: faults),
            tooth: InputView("tooth", "牙位（知道时）", hint: "两位数，例如 46", inputMode: "numeric"),
            firstTime: [ChoiceView("yes", "第一次来", isChosen: false), ChoiceView("no", "以前来过", isChosen: true)],
            firstTimeHint: "档案里有以前的到访", segments: [ChoiceView("treatment", "需要治疗", isChosen: true)],
            advice: ArrivalAdviceView.samples[fault == nil ? 0 : 1], adviceHref: "#",
            types: [OptionView("first", "初诊")], typeError: nil,
            typeReason: InputView("typeReason", "与建议不同的原因"), emergencies: [OptionView("trauma", "外伤")],
            emergencyError: nil,
            doctors: [
                ArrivalDoctor(
                    value: "1", label: "周启航（已约） · 3 号椅就诊中 · 候 1 位 · 约 25 分钟", minutes: "25", isChosen: true)
            ],
            doctorError: nil,
            toldWait: InputView(
                "toldWait", "告知客人大约等", "25", hint: "按椅位和候诊人数估计约 25 分钟", inputMode: "numeric", unit: "分钟", faults: faults
            ),
            phone: InputView("phone", "电话", "136 **** 7715", inputMode: "tel"),
            address: InputView("address", "地址", "示例市江南路 66 号"), hasCheckedContact: false, isReturning: fault == nil,
            feeling: InputView("feeling", "牙齿现在感觉怎样"), moods: [OptionView("calm", "平静")],
            needs: [ChoiceView("mobility", "行动不便", isChosen: true)], exemptReasons: [OptionView("milkTooth", "乳牙无需处理")],
            exemptError: nil, exemptNote: InputView("exemptNote", "免检说明"), focusesSubmit: false)
    }
}

extension LeadInPage {
    static var samples: [LeadInPage] {
        let repair = LeadInRepair(
            chair: "3", who: "3 号椅还有 孔祥瑞（09:40 入座）没有离开，不能引领下一位；确认已离开的话，请填写离开时间",
            time: InputView(
                "exitedAt", "上一位离开时间", "10:24", hint: ClockTime.hint, isRequired: true, inputMode: "numeric",
                isFocused: true))
        return [sample(repair: nil), sample(repair: repair)]
    }

    private static func sample(repair: LeadInRepair?) -> LeadInPage {
        LeadInPage(
            shell: .sample(title: "引领入座", area: .reception), action: "#", name: "邓海涛", ticket: "A023",
            about: "林书远 · 种植初检 · 初诊", visitHref: "#", alerts: ["高血压", "青霉素过敏：2019 年休克"], hasAlerts: true,
            isSpoken: false, alertsError: repair == nil ? nil : "请先向医生或护士口头交代", mayOverride: repair == nil,
            overrideReason: "",
            chairs: [
                LeadInChair(
                    value: "3", label: "3 号椅 · 3 诊室", state: "就诊中", tone: "waiting",
                    note: "安排的牙椅 · 周启航 · 孔祥瑞 09:40 入座，没有登记离开", isChosen: true),
                LeadInChair(value: "5", label: "5 号椅 · 5 诊室", state: "可用", tone: "done", note: "吴承志", isChosen: false),
            ],
            chairError: nil, doctors: [OptionView("1", "林书远")], asksDoctor: repair == nil, doctorError: nil,
            repair: repair, fault: nil, handOver: .sample(hasFaults: repair != nil),
            companion: CompanionChoice(
                rule: "这位客人 41 岁，按规定没有陪同；确有需要，请选破例的原因。", isWithinRule: false, relation: "", asksReason: true,
                isReasonNeeded: false, reasons: [OptionView("needsHelp", "行动不便")], reasonError: nil, note: ""),
            hasCompanion: repair != nil,
            submitLabel: repair == nil ? "引领入座" : "补录离开并引领入座", next: "/reception")
    }
}

extension DeparturePage {
    static var samples: [DeparturePage] {
        [sample(isLate: false), sample(isLate: true)]
    }

    private static func sample(isLate: Bool) -> DeparturePage {
        DeparturePage(
            shell: .sample(title: "送别", area: .reception), action: "#", name: "毛小雨",
            about: "复诊 · 牙龈出血 · 09:30 到诊 · 09:45 入座", visitHref: "#",
            outcomes: [
                ChoiceView("seen", "已就诊", isChosen: !isLate),
                ChoiceView("referred", "已转介", hint: "要写说明", isChosen: false),
            ],
            outcomeError: isLate ? "请选择这次到访的结果" : nil,
            reason: InputView("reason", isLate ? "为什么补录" : "说明", isRequired: isLate),
            leftReasons: [OptionView("waitTooLong", "等候太久")], exemptReasons: [OptionView("milkTooth", "乳牙无需处理")],
            asksExemption: !isLate, exemptError: nil, hasOpenCases: !isLate, openCases: "没按预约时间来、换药、拆线、复查",
            casesHref: "#",
            lateText: isLate ? "这是 3 月 11 日 星期三的到访，当天没有登记离开。" : nil,
            chargeText: isLate ? nil : "收费单待收费，请先确认再送别", fault: nil, submitLabel: isLate ? "补录结束" : "送别")
    }
}

extension VisitPage {
    static var samples: [VisitPage] { [sample(isFull: true), sample(isFull: false)] }

    private static func sample(isFull: Bool) -> VisitPage {
        VisitPage(
            shell: .sample(title: "到访", area: .reception), ticket: isFull ? "A021" : nil, name: "庞博",
            about: "男 · 7 岁 · A010021", customerHref: "#", stage: ToneChip("候诊", tone: "waiting"),
            day: "3 月 12 日 星期四", summary: [FactView("来意", "窝沟封闭"), FactView("预约", "打开这个预约", href: "#")],
            facts: isFull
                ? [
                    VisitFactView(
                        time: "10:02", label: "到诊", detail: "客人说第一次来", who: "王若彤", late: "10:20 补录：忘记登记",
                        isUndone: false),
                    VisitFactView(time: "10:15", label: "叫号", detail: "", who: "王若彤", late: nil, isUndone: true),
                ] : [],
            hasFacts: isFull, tasks: isFull ? [FactView("久等说明", "庞博 · 何静怡", href: "#")] : [], hasTasks: isFull,
            links: isFull ? [LinkView("#", "引领入座", isNext: true), LinkView("#", "送别")] : [],
            handOver: .sample(isFull: isFull),
            todo: isFull ? "已叫号，等了 21 分钟：引领入座" : "这次到访已经结束，没有要做的",
            promoteHref: isFull ? "/visits/1/booking-explained" : nil, fault: isFull ? nil : "时间顺序不对：到诊应早于引领入座",
            action: "/visits/1", doctors: [OptionView("1", "何静怡", isChosen: true)], mayTriage: isFull,
            types: [OptionView("first", "初诊", isChosen: true)], mayTell: isFull,
            toldWait: InputView("minutes", "告知客人大约等", "15", inputMode: "numeric", unit: "分钟"),
            kinds: [OptionView("arrived", "到诊")], mayCorrect: isFull,
            time: InputView("happenedAt", "实际时间", hint: ClockTime.hint, isRequired: true, inputMode: "numeric"),
            lateReasons: [OptionView("forgot", "忘记登记")], lateNote: InputView("lateNote", "补充说明"),
            reasonError: isFull ? "请选择补录原因" : nil, next: "/visits/1")
    }
}
