import Clinic
import Kernel

extension AppointmentSamples {
    static var offers: [NewBookingPage.Offer] {
        ["09:15", "10:30", "14:00"].enumerated().map { index, time in
            NewBookingPage.Offer(
                key: String(index + 1), value: "2026-03-13|\(37 + index)|00000000000D1", time: time,
                day: "3 月 13 日 星期五", by: "陈思敏", why: "上次同一位医生；刮治后 3 个月由她复查", rule: "从一",
                warning: index == 2 ? "提前时间不足，请先确认门诊来得及准备" : nil, isFirst: index == 0)
        }
    }
    static var people: PeopleView {
        PeopleView(
            hits: [
                .init(
                    key: "1", href: "/appointments/new?patient=1", name: "谢春梅",
                    detail: "女 57 岁 · M09316 · 136 **** 7715", isFirst: true),
                .init(
                    key: nil, href: "/appointments/new?patient=2", name: "欧阳诸葛司马上官令狐公孙慕容",
                    detail: "女 57 岁 · M09316 · 136 **** 7715", isFirst: false),
            ], note: "还有更多，请再多输几个字", newHref: "/appointments/new")
    }

    static func entry(
        _ faults: FormErrors, offers: NewBookingPage.Offers? = nil, isByHand: Bool = false
    ) -> NewBookingPage.Entry {
        NewBookingPage.Entry(
            complaint: .text(
                "complaint", "主诉", "右上后牙牙龈出血、有点松", isMust: true, list: "complaints", hint: "可打首字母：牙痛 yt", faults),
            complaints: [OptionView("牙痛", "yt · 2 单位"), OptionView("洗牙", "xy · 3 单位")],
            items: [.init(number: 1, teeth: "16、17", choices: options)], itemError: faults.messages["item"],
            length: .choice("units", "时长", options, blank: "按主诉：2 单位 · 30 分钟", faults),
            parts: .sample, clinic: .choice("clinic", "哪家门诊", options, blank: "本门诊", faults),
            wishes: isByHand
                ? []
                : [
                    .choice("part", "上午还是下午", options, blank: "都可以", faults),
                    .choice("doctor", "医生", options, blank: "按规则安排", faults),
                ],
            notes: [
                .choice("channel", "怎么约的", options, blank: nil, faults),
                .text("remark", "备注（客人想做什么、有什么要求）", "想约女医生", faults),
                .choice("doctorChangeReason", "换医生的原因", options, blank: "没有换医生", faults),
            ],
            byHand: [
                .text("day", "日期", "2026-03-13", type: "date", isMust: true, faults),
                .choice("unit", "时间", options, blank: "请选择", isMust: true, faults),
                .choice("overrideReason", "排班以外的原因", options, blank: "在排班以内", faults),
            ], isByHand: isByHand, next: "", offersLabel: offers == nil ? "找时间" : "重新找时间", offers: offers,
            hasOffers: offers.map { !$0.isEmpty } ?? false)
    }

    static func says(_ isDone: Bool) -> [NewBookingPage.SayLine] {
        [
            .init(text: "您好，示例口腔门诊，请问有什么可以帮您？", isDone: true), .init(text: "谢女士您好，这次是哪里不舒服？", isDone: isDone),
            .init(text: "星期五上午 09:15，或者星期六上午 10:30，您看哪个方便？", isDone: false),
        ]
    }
}

extension PeopleView {
    static var samples: [PeopleView] {
        [AppointmentSamples.people, PeopleView(hits: [], note: "没有找到，换个写法，或直接登记新客人", newHref: nil)]
    }
}

extension NewBookingPage {
    static var samples: [NewBookingPage] {
        var faults = FormErrors()
        for name in [
            "complaint", "units", "day", "unit", "doctor", "item", "channel", "doctorChangeReason", "overrideReason",
            "name", "age", "phone",
        ] { faults.add(name, "请从列表里选择") }
        let person = Person(
            id: "0000000000001", name: "欧阳诸葛司马上官令狐公孙慕容", detail: "女 57 岁 · M09316 · 136 **** 7715",
            chips: [ToneChip("糖尿病：拔牙前测血糖", tone: "danger"), ToneChip("从一", tone: "accent")],
            facts: [
                LabelledView("医生", "一直由陈思敏医生看诊（从一）"), LabelledView("要求", "医生性别：女（必须）"),
                LabelledView("习惯", "近一年约 6 次：迟到 2 次（约 12 分钟）"),
            ], others: [FactView("半年回访", "11 月刮治后恢复情况", href: "/tasks/0000000000001")], hasOthers: true,
            changeHref: "/appointments/new")
        let newcomer = Newcomer(
            fieldsToAsk: [
                .text("name", "姓名", "谢春梅", isMust: true, faults), .text("age", "年龄", "", isMust: true, faults),
                .text("phone", "电话", "13600007715", type: "tel", isMust: true, faults),
                .choice("gender", "性别", AppointmentSamples.options, blank: "来了再问", faults),
            ], matches: [Match(id: "0000000000002", name: "谢春梅", detail: "女 57 岁 · M09316 · 电话相同")], hasMatches: true,
            distinct: "0000000000002", kept: "0000000000003", changeHref: "/appointments/new")
        let times = Offers(offers: AppointmentSamples.offers, isEmpty: false, note: "2–3 天内，最多 3 个")
        func page(
            person: Person? = nil, newcomer: Newcomer? = nil, found: PeopleView? = nil, form: Entry? = nil,
            problems: [Problem] = [], givesWay: Bool = false
        ) -> NewBookingPage {
            NewBookingPage(
                shell: AppointmentSamples.shell("新预约"), backHref: "/appointments", command: "0000000000001",
                query: found == nil ? "" : "xcm", kept: [OptionView("2026-03-13", "day")], found: found,
                person: person, newcomer: newcomer, form: form, problems: problems,
                says: AppointmentSamples.says(form?.offers != nil), givesWay: givesWay)
        }
        return [
            page(found: AppointmentSamples.people),
            page(person: person, form: AppointmentSamples.entry(FormErrors())),
            page(person: person, form: AppointmentSamples.entry(FormErrors(), offers: times)),
            page(
                person: person,
                form: AppointmentSamples.entry(
                    FormErrors(),
                    offers: Offers(
                        offers: [], isEmpty: true, note: "2–3 天内，最多 3 个"))),
            page(
                newcomer: newcomer, form: AppointmentSamples.entry(faults, isByHand: true),
                problems: [AppointmentSamples.problem, AppointmentSamples.problem], givesWay: true),
        ]
    }
}
