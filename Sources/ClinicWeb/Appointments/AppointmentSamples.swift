import Clinic
import Kernel

/// Believable values for the gallery and the tests of templates.
enum AppointmentSamples {
    static func shell(_ title: String) -> ShellView { ShellView.sample(title: title, area: .board) }

    static var detail: AppointmentView {
        AppointmentView(
            id: "00000000000A1", version: 2, href: "/appointments/00000000000A1", name: "钱一鸣",
            person: "男 34 岁 · M20457 · 138 **** 2206", patientHref: "/patients/0000000000001", state: "confirmed",
            glyph: "confirmed", stateText: "已确认", isSqueezed: true, isFirst: true, hasAlert: true,
            whenText: "3 月 12 日 星期四 11:00–11:45",
            facts: [.init("主诉", "左上后牙食物嵌塞一周"), .init("项目", "充填 24")],
            why: [.init("从一", "一直由林书远医生看诊"), .init("陈思敏", "轮到下一位")], hasWhy: true,
            history: [.init("2026-03-11 16:42", "王若彤：客人已确认")],
            arriveHref: "/reception/arrivals/new",
            steps: [
                .init(label: "客人已确认", href: "/appointments/00000000000A1/confirmation", version: 2),
                .init(label: "标记未到", href: "/appointments/00000000000A1/absence", version: 2),
            ],
            moveHref: "/appointments/00000000000A1#move", cancelHref: "/appointments/00000000000A1#cancel",
            againHref: "/appointments/new", cardHref: "/appointments/00000000000A1/card",
            sendHref: "/appointments/00000000000A1/booked",
            isSendNext: false, isAgainNext: false, pending: .init(text: "总台代约，等本门诊确认", href: "/appointments/requests"),
            displaced: .init(text: "医生已休，待重排（外出学习）", href: "/roster/rearrange"),
            more: [
                LinkView("/appointments/00000000000A1/screening", "预检筛查"), LinkView("/waiting/new", "想提前，记候补"),
                LinkView("/complaints/new", "记投诉"),
            ])
    }

    static var options: [OptionView] { [OptionView("a", "客人时间有变", isChosen: true), OptionView("b", "其他")] }
    static var problem: NewBookingPage.Problem {
        NewBookingPage.Problem(
            text: "周启航医生 10:45–11:30 已约罗文静，请换时间或医生", href: "/appointments/00000000000A1",
            label: "10:45–11:30 罗文静 周启航")
    }

}

extension AppointmentView { static var samples: [AppointmentView] { [AppointmentSamples.detail] } }
extension AppointmentPage {
    static var samples: [AppointmentPage] {
        let o = AppointmentSamples.options
        return [
            AppointmentPage(
                shell: AppointmentSamples.shell("预约"), detail: AppointmentSamples.detail, backHref: "/appointments",
                problem: AppointmentSamples.problem,
                move: Move(
                    action: "/appointments/00000000000A1/slot", lengthAction: "/appointments/00000000000A1/length",
                    version: 2, day: "2026-03-12", note: "", overrideNote: "", starts: o, lengths: o, doctors: o,
                    chairs: o,
                    reasons: o, doctorChanges: o, overrides: o, offers: AppointmentSamples.offers, error: "请选择改约原因"),
                cancel: Cancel(
                    action: "/appointments/00000000000A1/cancellation", version: 2, note: "", reasons: o, sides: o,
                    error: "请选择取消原因"),
                arrange: Arrange(action: "/appointments/00000000000A1/parts", version: 2, parts: .sample), fits: nil),
            AppointmentPage(
                shell: AppointmentSamples.shell("预约"), detail: AppointmentSamples.detail, backHref: "/appointments",
                problem: nil, move: nil, cancel: nil, arrange: nil, fits: .samples[0]),
        ]
    }
}

extension AppointmentCardPage {
    static var samples: [AppointmentCardPage] {
        [
            AppointmentCardPage(
                shell: AppointmentSamples.shell("预约卡"), name: "谢女士", when: "2026 年 3 月 13 日 星期五 09:15", doctor: "陈思敏",
                purpose: "牙周复查 + 龈下刮治", length: "约 45 分钟", clinicName: "示例口腔门诊", phone: "021-6888 1234",
                address: "示范路 1 号")
        ]
    }
}
