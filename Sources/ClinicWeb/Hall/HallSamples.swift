import Clinic
import Foundation
import Kernel

extension HallScreenView {
    static var samples: [HallScreenView] { HallScreen.samples.map { HallScreenView($0, calendar: .sample) } }
}

extension HallPage {
    static var samples: [HallPage] {
        HallScreenView.samples.map { screen in
            HallPage(
                shell: ShellView(
                    title: "大厅屏", clinicName: "示例口腔门诊", assets: "/assets/sample", drawnAt: "10:28:02", liveID: "0-0"),
                source: "", stream: "", screen: screen)
        }
    }
}

extension ClinicCalendar {
    fileprivate static var sample: ClinicCalendar {
        ClinicCalendar(timeZoneName: "Asia/Shanghai") ?? ClinicCalendar(timeZone: .gmt)
    }
}

extension HallScreen {
    /// A morning with some, with one, with nobody, and with thirty customers.
    fileprivate static var samples: [HallScreen] {
        let names = ["庞*", "邓*涛", "范*华", "罗*静", "孟*", "欧**明", "阿***提", "J* S*"]
        func waiting(_ count: Int) -> [Waiting] {
            (0..<count).map { index in
                Waiting(
                    ticket: "A\(String(23 + index).zeroPadded(3))", name: names[index % names.count],
                    room: index % 7 == 4 ? nil : index % 8 + 1, ahead: index % 7 == 4 ? nil : index / 6)
            }
        }
        func call(_ ticket: String, _ name: String, _ room: Int?, _ seconds: Int) -> Call {
            Call(ticket: ticket, name: name, room: room, key: "\(ticket)-1", seconds: seconds)
        }
        let standing = Words(
            chinese: "本门诊实行预约制。先约好时间再来，可以少等；牙痛、外伤等急症请直接来，或先来电话。",
            english: "We see patients by appointment. With acute pain or an injury come at once.")
        let notice = HallNotice(
            id: ID(raw: 1), chinese: "过号请告诉前台，不用重新取号。", english: "Missed your call? Please tell the desk.",
            setAt: Timestamp(milliseconds: 0))
        return [
            sample(
                calls: [call("A022", "秦*", 4, 20)],
                answered: [call("E001", "贺*军", 5, 200), call("A020", "M* L*", 3, 400), call("A017", "*", nil, 600)],
                waiting: waiting(6), missed: ["A012"], notices: [notice], standing: standing),
            sample(calls: [], answered: [], waiting: waiting(1), standing: standing),
            sample(calls: [], answered: [], waiting: []),
            sample(
                calls: [call("A022", "阿***提", nil, 300), call("A021", "秦*", 12, 320)],
                answered: [call("A020", "贺*", 3, 400)], waiting: waiting(30), missed: ["A003", "A007", "A012"],
                notices: [notice], standing: standing,
                announcements: [
                    Announcement(key: "1", words: "停车场的客人请注意，车牌尾号 5188 的车请挪一下，谢谢配合。", seconds: 300)
                ]),
        ]
    }

    private static func sample(
        calls: [Call], answered: [Call], waiting: [Waiting], missed: [String] = [], notices: [HallNotice] = [],
        standing: Words? = nil, announcements: [Announcement] = []
    ) -> HallScreen {
        HallScreen(
            now: Timestamp(milliseconds: 1_773_282_482_000), calls: calls, answered: answered, waiting: waiting,
            missed: missed, notices: notices, standing: standing, announcements: announcements, desk: 1)
    }
}
