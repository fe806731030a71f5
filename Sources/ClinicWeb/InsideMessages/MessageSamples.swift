/// What the gallery shows of the messages.
extension MessageListView {
    static var samples: [MessageListView] {
        let got = MessageView(
            time: "10:24", from: "前台 · 赵敏", to: [ToneChip("收银 未读", tone: "waiting")],
            body: "客人对收费有疑问，请医生或前台过来说明", isMine: false, isUnread: true, answers: nil,
            aboutHref: "/visits/0000000000001", answerHref: "/messages?answer=0000000000001")
        let sent = MessageView(
            time: "10:21", from: "收银 · 欧阳上官婉清",
            to: [
                ToneChip("前台 赵敏 10:22 已读", tone: "done"), ToneChip("候诊区 未读", tone: "waiting"),
                ToneChip("诊室 12 未读", tone: "waiting"),
            ],
            body: "三号诊室说还要二十分钟，请先向等着的几位客人说明，愿意的话可以安排宣教或先去交费，请带好轮椅",
            isMine: true, isUnread: false, answers: "答：请带下一位客人", aboutHref: nil, answerHref: nil)
        return [
            MessageListView(unread: "1", messages: [got, sent], isEmpty: false),
            MessageListView(unread: nil, messages: [], isEmpty: true),
        ]
    }
}

extension MessagesPage {
    static var samples: [MessagesPage] {
        let targets = [
            OptionView("cashier", "收银"), OptionView("waitingArea", "候诊区", isChosen: true),
            OptionView("room:12", "诊室 12"),
        ]
        let places = [OptionView("frontDesk", "前台", isChosen: true)] + targets.filter { !$0.isChosen }
        let quick = ["请带下一位客人", "客人对收费有疑问，请医生或前台过来说明"]
        return [
            MessagesPage(
                shell: .sample(title: "内部消息", area: .reception), places: places, place: "前台",
                list: MessageListView.samples[0],
                form: MessageFormView(
                    targets: targets, body: "", quick: quick, answers: "请带下一位客人", answersID: "0000000000001",
                    about: "A021 谢春梅", visit: "0000000000001", toError: "请选发给哪里",
                    bodyError: "内部消息不写金额；收费的细节请在收费单上看，这里只写请谁过来", fault: "没有找到这条消息，可能已经被改动，请返回列表重新选择")),
            MessagesPage(
                shell: .sample(title: "内部消息", area: .reception), places: places, place: nil,
                list: MessageListView.samples[1],
                form: MessageFormView(
                    targets: targets, body: "", quick: quick, answers: nil, answersID: "", about: nil, visit: "",
                    toError: nil, bodyError: nil, fault: nil)),
        ]
    }
}
