import Clinic
import Kernel

extension ConfirmationPage {
    static var samples: [ConfirmationPage] {
        let answers = [
            Answer(code: "confirmed", label: "确认会来", hint: "记下，打下一位", key: "1", href: nil, tone: "done"),
            Answer(
                code: "rescheduled", label: "改时间", hint: "当场给三个时间", key: "2", href: "/appointments/confirmations",
                tone: "info"),
            Answer(
                code: "cancelled", label: "取消", hint: "写原因和回电日期", key: "3", href: "/appointments/confirmations",
                tone: "warning"),
            Answer(code: "noAnswer", label: "无人接听", hint: "一小时后再打", key: "4", href: nil, tone: "neutral"),
        ]
        func call(_ move: Move?, _ cancel: Cancel?, error: String? = nil) -> Call {
            Call(
                name: "谢女士", facts: "谢春梅 女 57 岁 · M09316", phone: "136 0000 7715", dial: "tel:13600007715",
                whenText: "3 月 13 日 星期五 09:15–10:00 陈思敏 · 牙周复查",
                alerts: [ToneChip("糖尿病：拔牙前测血糖", tone: "danger")],
                steps: [
                    Say(say: "上午好，请问是谢春梅女士吗？这里是示例口腔门诊，我是周敏。", advice: "对方说不方便时，问好什么时候再打。"),
                    Say(say: "想跟您确认 3 月 13 日 09:15 的预约，时间上方便吗？", advice: nil),
                ], answerHref: "/appointments/00000000000A1/answer", isAsking: move == nil && cancel == nil,
                answers: answers, note: "",
                move: move, cancel: cancel, bookedHref: "/appointments/00000000000A1/booked",
                appointmentHref: "/appointments/00000000000A1", attempts: "已打 1 次", day: "2026-03-13", error: error,
                link: CustomerLinkView(sample: "/appointments/00000000000A1/link"))
        }
        let offers = Move(
            action: "/appointments/00000000000A1/answer", day: "2026-03-13", offers: AppointmentSamples.offers,
            isEmpty: false, reasons: AppointmentSamples.options, version: 2,
            bookHref: "/appointments/00000000000A1#move")
        let cancel = Cancel(
            action: "/appointments/00000000000A1/answer", day: "2026-03-13", reasons: AppointmentSamples.options,
            callbackOn: "2026-03-16", version: 2, reasonError: "请选择取消原因",
            callbackError: "没有约到下次时间，请写哪天再联系")
        func row(_ name: String, _ status: ConfirmationStatus, key: String?, isCurrent: Bool = false) -> Row {
            Row(
                href: "/appointments/confirmations", time: "09:15", name: name, detail: "陈思敏 · 牙周复查 + 龈下刮治",
                chip: status.chip, isCurrent: isCurrent, isFocused: false,
                key: key)
        }
        func page(_ rows: [Row], _ call: Call?, unfinished: Bool) -> ConfirmationPage {
            ConfirmationPage(
                shell: AppointmentSamples.shell("提醒确认"), nav: .sample, dayText: "3 月 13 日 星期五",
                progress: "已定 1 / \(rows.count)", previousHref: "/appointments/confirmations",
                nextHref: "/appointments/confirmations", printHref: "/appointments/contacts",
                unfinished: unfinished
                    ? Unfinished(
                        text: "今天还有 2 位没确认，请在 12:00 前打完", href: "/appointments/confirmations", tone: "warning") : nil,
                rows: rows, isEmpty: rows.isEmpty, call: call)
        }
        let rows = [
            row("谢春梅", .confirmed, key: "ArrowUp"), row("欧阳诸葛司马上官令狐公孙慕容", .open, key: nil, isCurrent: true),
            row("冯国栋", .tried(again: false), key: "ArrowDown"),
        ]
        return [
            page(rows, call(nil, nil), unfinished: true), page(rows, call(offers, nil), unfinished: false),
            page(rows, call(nil, cancel, error: "没有改动"), unfinished: false), page([], nil, unfinished: false),
        ]
    }
}
