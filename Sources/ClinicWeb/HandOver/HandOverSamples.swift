private let longestName = "欧阳娜木措·阿依古丽"

/// What the gallery shows of the doctor's page, the notes and the register.
extension RoomGuest {
    static func sample(isWaiting: Bool) -> RoomGuest {
        RoomGuest(
            rowID: isWaiting ? "g-1" : "g-2", place: isWaiting ? "A021" : "12 号椅",
            name: isWaiting ? "谢春梅" : longestName, href: "/visits/1", facts: "女 57 岁 · M18832",
            since: isWaiting ? "09:52 到诊，等了 32 分钟" : "10:02 入座，22 分钟", isLong: isWaiting,
            purpose: "右上后牙冷热痛三天，夜里加重，嚼东西也不敢用这边", type: "复诊", doctor: "周启航",
            alerts: [ToneChip("青霉素过敏：2019 年打针后休克", tone: "danger"), ToneChip("高血压：160/100", tone: "danger")],
            chips: [ToneChip("已叫号", tone: "accent"), ToneChip("欠费 ¥100.00", tone: "warning")],
            know: [
                FactView("要求", "医生性别：女（必须）；其他要求：先说价格（希望）"), FactView("前台", "有些紧张，希望讲慢一点"),
                FactView("上次", "2 月 16 日 充填 16、17 + 洁治"),
            ], known: isWaiting ? "周启航 09:55 已知悉" : nil, canAcknowledge: isWaiting, canFinish: !isWaiting,
            canExit: !isWaiting, canCharge: !isWaiting, chargeHref: "/visits/1/charges", chargeLabel: "录入收费",
            stage: isWaiting ? nil : ToneChip("未录入"), nextVisit: isWaiting ? nil : "复诊：7 天后，15 分钟 · 拆线",
            isNext: !isWaiting)
    }
}

extension DoctorDayView {
    static var samples: [DoctorDayView] {
        let note = RoomNote(
            rowID: "n-1", from: "王若彤 10:20", whom: LinkView("/visits/1", "A021 谢春梅"),
            body: "客人说麻药过后还是疼，想今天加看一眼，可以等半小时；不行的话想约周六上午。", age: "等了 4 分钟", isLate: true, doctor: "周启航",
            canAnswer: true, action: "/notes/1/answer", waits: ["5", "10", "15", "20", "30"], answer: nil)
        let answered = RoomNote(
            rowID: "n-2", from: "王若彤 09:40", whom: LinkView("/visits/2", "A018 庞博"), body: "妈妈想问今天能不能一起涂氟", age: "",
            isLate: false, doctor: nil, canAnswer: false, action: "", waits: [], answer: "09:42 周启航：等 15 分钟")
        let question = RoomQuestion(
            rowID: "q-1", from: "王若彤 10:12", whom: LinkView("/visits/2", "A018 庞博"), body: "吃着抗凝药，今天能不能拔",
            doctor: "周启航", action: "/treatment/questions/1")
        let coming = RoomComing(
            time: "11:00", name: longestName, href: "/appointments/1", purpose: "根管治疗 26", doctor: "周启航",
            isLate: true, alerts: [ToneChip("怀孕", tone: "danger")], know: [FactView("要求", "这次要求：女医生")],
            acknowledgeAction: "/treatment/preparations/1")
        let tabs = [
            RoomTab(href: "/treatment?of=all", label: "全部", isCurrent: true),
            RoomTab(href: "/treatment?of=1", label: "周启航", isCurrent: false),
        ]
        return [
            DoctorDayView(
                tabs: tabs, notes: [note], hasNotes: true, questions: [question], hasQuestions: true,
                answered: [answered], hasAnswered: true,
                sitting: [.sample(isWaiting: false)], sittingCount: "1 位", waiting: [.sample(isWaiting: true)],
                waitingCount: "1 位", finishing: [], hasFinishing: false, coming: [coming], comingCount: "1 位",
                left: [RoomLeft(time: "09:50", name: "毛小雨", href: "/visits/6", next: "14 天后，30 分钟 · 复查")],
                leftCount: "1 位", hasLeft: true, isQuiet: false),
            DoctorDayView(
                tabs: tabs, notes: [], hasNotes: false, questions: [], hasQuestions: false, answered: [],
                hasAnswered: false, sitting: [],
                sittingCount: "0 位", waiting: [], waitingCount: "0 位", finishing: [], hasFinishing: false, coming: [],
                comingCount: "0 位", left: [], leftCount: "0 位", hasLeft: false, isQuiet: true),
        ]
    }
}

extension DoctorPage {
    static var samples: [DoctorPage] {
        DoctorDayView.samples.map {
            DoctorPage(shell: .sample(title: "诊室", area: .treatment), liveHref: "/treatment/list", day: $0)
        }
    }
}

extension NoteStripView {
    static var samples: [NoteStripView] {
        func row(_ number: Int, _ state: ToneChip, who: String?, act: String?, leads: Bool = false) -> NoteRow {
            NoteRow(
                rowID: "nr-\(number)", time: "10:2\(number)", doctor: "周启航",
                whom: LinkView("/visits/1", "A021 \(longestName)"), body: "客人想问今天能不能加看一颗牙，愿意等半小时", state: state,
                who: who, action: "/notes/\(number)", actLabel: act ?? "已办", canAct: act != nil,
                leadHref: leads ? "/visits/1/lead-in" : nil, canWithdraw: who == nil)
        }
        let rows = [
            row(1, ToneChip("等答复 4 分钟", tone: "danger"), who: nil, act: nil),
            row(2, ToneChip("等 15 分钟", tone: "accent"), who: "10:26 周启航", act: "已转告客人"),
            row(3, ToneChip("请进来 · 已办", tone: "done"), who: "10:24 周启航", act: nil, leads: true),
        ]
        return [NoteStripView(rows: rows, hasRows: true), NoteStripView(rows: [], hasRows: false)]
    }
}

extension NotesPage {
    static var samples: [NotesPage] {
        NoteStripView.samples.map { strip in
            NotesPage(
                shell: .sample(title: "给医生的纸条", area: .reception), mayWrite: true,
                whom: strip.hasRows ? "A021 谢春梅" : nil, visit: "", doctors: [OptionView("1", "周启航", isChosen: true)],
                doctorError: strip.hasRows ? nil : "请选写给哪位医生", body: InputView("body", "写给医生的话", "", isRequired: true),
                fault: strip.hasRows ? nil : "没有找到这条到访，可能已经被改动，请返回列表重新选择", strip: strip)
        }
    }
}

extension FloorRegisterPage {
    static var samples: [FloorRegisterPage] {
        let row = FloorRegisterRow(
            entered: "10:02", exited: "10:40", isLate: true, ticket: "A021", name: longestName, record: "M18832",
            isCompanion: false, place: "12 诊室 · 12 号椅", doctor: "欧阳上官婉清", attendant: "王若彤", nurse: "陈雪", spoken: "已交代",
            rating: "不规范：没有起身迎接", reason: "安排的牙椅在清洁消毒", hasRating: true, hasSignature: true,
            signature: "M60 140L120 60L180 150L240 50L330 120")
        return [[row], []].map { rows in
            FloorRegisterPage(
                shell: .sample(title: "楼层登记"), heading: "2026 年 3 月 12 日 星期四 楼层登记", clinicName: "示例口腔门诊",
                foot: "打印：2026-03-12 10:24 王若彤", day: "2026-03-12", rooms: [OptionView("", "全部诊室", isChosen: true)],
                rows: rows, total: "客人 \(rows.count) 人次 · 陪同 0 人次", rates: true, signs: true)
        }
    }
}
