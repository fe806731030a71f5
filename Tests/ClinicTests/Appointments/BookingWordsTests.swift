import Foundation
import Kernel
import Storage
import TestSupport
import Testing

@testable import Clinic

@Suite struct BookingWordsTests {
    @Test("每条主诉都有自己的时长设置，首字母不重复 R3.03")
    func tableIsComplete() throws {
        let playbook = try ShippedPlaybook.load()
        let codes = playbook.codes(.chiefComplaint)
        #expect(codes.count == 17)
        for code in codes {
            #expect(ChiefComplaints.units(of: code, playbook) != nil, "\(code.code)")
            #expect(playbook.setting("length.\(code.code)")?.label == code.label)
        }
        #expect(Set(codes.map(ChiefComplaints.initials)).count == codes.count)
    }

    @Test(
        "主诉按首字母或原话认出",
        arguments: [
            ("yt", "toothache"), ("YT", "toothache"), ("xy", "scaling"), ("zz", "implant"), ("右下后牙牙痛三天", "toothache"),
            ("想洗牙", "scaling"), ("牙龈出血又牙痛", "gums"), ("随便看看", ""), ("", ""), ("qqq", ""),
        ])
    func findsTheEntry(typed: String, code: String) throws {
        let playbook = try ShippedPlaybook.load()
        #expect(ChiefComplaints.find(typed, playbook)?.code ?? "" == code)
    }

    @Test("时长：先看项目，再看主诉，都没有按常规口检；门诊改了设置就跟着变 R3.02 R3.03")
    func lengths() throws {
        let playbook = try ShippedPlaybook.load()
        #expect(ChiefComplaints.proposedUnits(items: [], complaint: "yt", playbook: playbook) == 2)
        #expect(ChiefComplaints.proposedUnits(items: [], complaint: "智齿发炎", playbook: playbook) == 4)
        #expect(ChiefComplaints.proposedUnits(items: [], complaint: "来看看", playbook: playbook) == 1)
        let changed = playbook.resolved(
            organisation: [],
            clinic: [PlaybookOverride(kind: .setting, key: "length.toothache", value: "5", shippedValue: "2")])
        #expect(ChiefComplaints.proposedUnits(items: [], complaint: "牙痛", playbook: changed) == 5)
        #expect(ChiefComplaints.words("yt", playbook) == "牙痛")
        #expect(ChiefComplaints.words(" 右上牙痛 ", playbook) == "右上牙痛")
    }

    @Test("预约信息写明时间、医生、项目、时长、电话和地址 R3.05 R3.29")
    func messageNamesEverything() {
        let text = text(isOperation: false)
        #expect(
            text.message
                == "【示例口腔门诊】谢女士，已为您预约 3 月 13 日 星期五 09:15，陈思敏医生，牙周复查，大约 45 分钟。"
                + "前一天我们会再提醒您；要改时间请提前致电 021-6888 1234。地址：示范路 1 号")
        #expect(text.spoken == "谢女士，跟您核对一遍：3 月 13 日 星期五，09:15，陈思敏医生，牙周复查，大约 45 分钟。")
        #expect(text.addressMessage.contains("示范路 1 号"))
    }

    @Test("手术只说几点到院和前面几台，不说几点开始 R3.56")
    func operationsPromiseNoClock() {
        let text = text(isOperation: true)
        #expect(text.message.contains("09:15 到院"))
        #expect(text.message.contains("手术按顺序进行"))
        #expect(BookingText.ahead(2) == "前面还有 2 台")
        #expect(BookingText.ahead(0) == "下一位就是您")
        #expect(!BookingText.ahead(3).contains(":"))
    }

    private func text(isOperation: Bool) -> BookingText {
        let clinic = ClinicSite(
            id: ID(raw: 1), code: "A", name: "示例口腔门诊", phone: "021-6888 1234", address: "示范路 1 号",
            calendar: ClinicCalendar(timeZone: .gmt), opens: Unit(34), closes: Unit(72))
        return BookingText(
            greeting: "谢女士",
            slot: Slot(day: Day(number: 20_525), start: Unit(37), units: 3, doctorID: ID(raw: 2)), doctor: "陈思敏",
            purpose: "牙周复查", isOperation: isOperation, clinic: clinic)
    }
}
