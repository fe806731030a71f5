import Clinic
import Kernel

extension LobbyHitsView {
    static var samples: [LobbyHitsView] {
        [
            LobbyHitsView(
                people: [
                    .booked("09:30", "谢春梅", "林书远 · 根管治疗 16", isFirst: false),
                    .booked("10:15", "欧阳阿里木江·买买提", "司徒慕容晓晓 · 初次口腔检查、拍片和方案沟通", isFirst: true),
                    LobbyPersonView(
                        time: "", name: "冯国栋", note: "男 41 岁 · 今天没有预约", patient: "0000000000001", appointment: "",
                        checksIn: false, askHref: "#", goesToDesk: false),
                    LobbyPersonView(
                        time: "已到 09:12", name: "庞博", note: "不用再登记，请到候诊区就座", patient: "0000000000002",
                        appointment: "", checksIn: false, askHref: nil, goesToDesk: false),
                ], isEmpty: false, hasMore: true, needsMoreDigits: false),
            LobbyHitsView(people: [], isEmpty: true, hasMore: false, needsMoreDigits: false),
            LobbyHitsView(people: [], isEmpty: false, hasMore: false, needsMoreDigits: true),
        ]
    }
}

extension LobbyPersonView {
    fileprivate static func booked(_ time: String, _ name: String, _ note: String, isFirst: Bool) -> LobbyPersonView {
        LobbyPersonView(
            time: time, name: name, note: note, patient: "0000000000001", appointment: "0000000000003",
            checksIn: !isFirst, askHref: nil, goesToDesk: isFirst)
    }
}

extension LobbyPartView {
    static var samples: [LobbyPartView] {
        let counts = LobbyCountsView([
            HallCounts.HalfHour(index: 17, came: 12, went: 1), HallCounts.HalfHour(index: 18, came: 23, went: 9),
        ])
        return [
            LobbyPartView(
                coming: [
                    .booked("09:30", "谢春梅", "林书远 · 根管治疗 16", isFirst: false),
                    .booked("10:15", "欧阳阿里木江·买买提", "司徒慕容晓晓 · 初次口腔检查、拍片和方案沟通", isFirst: true),
                ], comingCount: "2 位", isQuiet: false,
                guests: [LobbyGuestView(label: "穿红外套的女士，带一个孩子，想问种植牙要多久", sent: "10:21 请到前台")],
                hasGuests: true, waiting: "候诊 11 位", isBusy: true,
                reminded: "今天提醒过 2 次，最近 10:05（当时候诊 9 位）", counts: counts,
                due: [
                    LobbyDueView(code: "words.order", clock: "10:00", title: "候诊提醒", isSpoken: true),
                    LobbyDueView(code: "music", clock: "10:20", title: "轻音乐", isSpoken: false),
                ], hasDue: true),
            LobbyPartView(
                coming: [], comingCount: "0 位", isQuiet: true, guests: [], hasGuests: false, waiting: "候诊 0 位",
                isBusy: false, reminded: "今天还没有提醒过", counts: nil, due: [], hasDue: false),
        ]
    }
}

extension LobbyPage {
    static var samples: [LobbyPage] {
        let shell = ShellView.sample(title: "门厅", area: .reception, isTouch: true)
        return [
            LobbyPage(shell: shell, query: "", hits: LobbyHitsView.samples[0], lobby: LobbyPartView.samples[0]),
            LobbyPage(shell: shell, query: "无", hits: LobbyHitsView.samples[1], lobby: LobbyPartView.samples[1]),
        ]
    }
}

extension LobbyCheckInPage {
    static var samples: [LobbyCheckInPage] {
        [
            LobbyCheckInPage(
                shell: .sample(title: "门厅", area: .reception, isTouch: true), greeting: "冯先生",
                about: "冯国栋 · 男 41 岁", patient: "0000000000001",
                faults: FormErrors("complaint", "请填写哪里不舒服，或这次来做什么"))
        ]
    }
}

extension BroadcastPartView {
    static var samples: [BroadcastPartView] {
        func turn(
            _ clock: String, _ title: String, _ text: String?, _ chip: ToneChip, isOpen: Bool
        ) -> BroadcastTurnView {
            BroadcastTurnView(
                code: clock, clock: clock, title: title, detail: text, chip: chip, isOpen: isOpen, isSpoken: text != nil
            )
        }
        return [
            BroadcastPartView(
                turns: [
                    turn("08:20", "开门音乐：轻柔的钢琴曲", nil, ToneChip("08:21 播了", tone: "done"), isOpen: false),
                    turn(
                        "08:30", "开诊问候", "各位客人早上好，欢迎光临。请先到前台登记，听到叫号后到对应诊室，感谢您的配合。",
                        ToneChip("还没播", tone: "danger"), isOpen: true),
                    turn("10:00", "候诊提醒", "请把手机调成静音，轻声交谈。", ToneChip("现在该播", tone: "waiting"), isOpen: true),
                    turn("12:00", "午间音乐", nil, ToneChip("还没到时间"), isOpen: false),
                ],
                plays: [
                    BroadcastPlayView(
                        clock: "10:12", kind: "临时广播·大厅屏", what: "车牌尾号 5188 的车请挪一下，谢谢配合。", who: "司徒慕容晓晓"),
                    BroadcastPlayView(clock: "08:21", kind: "背景音乐", what: "开门音乐：轻柔的钢琴曲", who: "唐可欣"),
                ],
                notices: [
                    NoticeRowView(
                        text: "过号请告诉前台，不用重新取号。", translation: "Missed your call? Please tell the desk.",
                        editHref: "#", endAction: "#", mayEdit: true),
                    NoticeRowView(text: "儿童候诊区在二楼。", translation: nil, editHref: "#", endAction: "#", mayEdit: false),
                ], standing: "本门诊实行预约制。先约好时间再来，可以少等。"),
            BroadcastPartView(turns: [], plays: [], notices: [], standing: nil),
        ]
    }
}

extension BroadcastPage {
    static var samples: [BroadcastPage] {
        let shell = ShellView.sample(title: "广播与公告", area: .reception)
        return [
            BroadcastPage(
                shell: shell, part: BroadcastPartView.samples[0], typed: Form(["notice": "1", "chinese": "儿童候诊区在二楼。"]),
                faults: FormErrors("words", "请写要广播的话，最多 120 个字"), mayManage: true),
            BroadcastPage(
                shell: shell, part: BroadcastPartView.samples[1], typed: Form(), faults: FormErrors(), mayManage: false),
        ]
    }
}

extension SchedulePage {
    static var samples: [SchedulePage] {
        let entry = Broadcast(
            code: "words.order", kind: .words, weekdays: [1, 3, 5], minute: 600, title: "候诊提醒",
            words: "请把手机调成静音，轻声交谈。")
        let music = Broadcast(
            code: "music.opening", kind: .music, weekdays: Set(1...7), minute: 500, title: "开门音乐：轻柔的钢琴曲", words: nil,
            isOn: false)
        var faults = FormErrors("at", "请填写时间，例如 08:30")
        faults.add("weekday", "请至少选一天")
        return [
            SchedulePage(
                shell: .sample(title: "节目表", area: .reception), schedule: [music, entry], slot: "words.order",
                form: BroadcastForm(entry)),
            SchedulePage(
                shell: .sample(title: "节目表", area: .reception), schedule: [], slot: "",
                form: BroadcastForm(kind: .music, title: "音乐", at: "25:00", weekdays: []), faults: faults),
        ]
    }
}
