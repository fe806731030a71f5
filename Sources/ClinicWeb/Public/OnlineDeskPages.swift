import Clinic
import HTTPTypes
import Kernel

/// 网上预约待核实 — templates/public/desk.mustache
struct OnlineDeskPage: Page {
    static let template = "public/desk"
    let shell: ShellView
    let rows: [OnlineRowView]
    let isEmpty: Bool
    static let fields: [Field<Self>] = [Field("rows", \.rows), Field("isEmpty", \.isEmpty)]

    init(shell: ShellView, rows: [OnlineRowView]) {
        self.shell = shell
        self.rows = rows
        isEmpty = rows.isEmpty
    }

    static var samples: [OnlineDeskPage] {
        let shell = ShellView.sample(title: "预约", area: .board)
        return [
            OnlineDeskPage(
                shell: shell,
                rows: [
                    OnlineRowView(
                        href: "/online-bookings/0000000000001", name: "谢春梅", person: "女 · 57 岁 · 138 0013 8000",
                        when: "3 月 13 日 星期五 09:15", what: "洗牙 · 陈思敏医生", sent: "今天 08:02",
                        match: "可能已有档案"),
                    OnlineRowView(
                        href: "/online-bookings/0000000000002", name: "欧阳阿里木江·买买提",
                        person: "未知 · 31 岁 · +8613800138001",
                        when: "3 月 14 日 星期六 16:45", what: "其他 · 司徒慕容晓晓医生", sent: "3 月 11 日 22:41", match: nil),
                ]),
            OnlineDeskPage(shell: shell, rows: []),
        ]
    }
}

/// One online booking in the list.
struct OnlineRowView: Viewable {
    let href: String
    let name: String
    let person: String
    let when: String
    let what: String
    let sent: String
    let match: String?
    static let fields: [Field<Self>] = [
        Field("href", \.href), Field("name", \.name), Field("person", \.person), Field("when", \.when),
        Field("what", \.what), Field("sent", \.sent), Field("match", \.match),
    ]
}

extension OnlineRowView {
    init(_ found: OnlineDesk.Case, for request: StaffRequest) {
        let calendar = request.clinic.calendar
        href = OnlineDeskPaths.form(found.form.id)
        name = found.patient.name
        person = OnlineCasePage.person(found.patient, for: request)
        when = PublicDates.when(found.appointment.day, found.appointment.start, .chinese)
        what = "\(found.form.need.complaint) · \(found.doctorName)医生"
        sent =
            found.form.submittedAt.map { sent in
                let day = calendar.businessDay(of: sent)
                return "\(day == request.today ? "今天" : day.monthDayText) \(calendar.clockText(sent))"
            } ?? ""
        match = found.matches.isEmpty ? nil : "可能已有档案"
    }
}

/// 核实网上预约 — templates/public/case.mustache
struct OnlineCasePage: Page {
    static let template = "public/case"
    let shell: ShellView
    let name: String
    let facts: [FactView]
    let fault: String?
    /// nil while it is open; else what was found out.
    let settled: String?
    let matches: [MatchView]
    let hasMatches: Bool
    let hasNoMatch: Bool
    let newAction: String?
    let refuseAction: String?
    let editHref: String?
    let appointmentHref: String
    let backHref: String
    static let fields: [Field<Self>] = [
        Field("name", \.name), Field("facts", \.facts), Field("fault", \.fault), Field("settled", \.settled),
        Field("matches", \.matches),
        Field("hasMatches", \.hasMatches), Field("hasNoMatch", \.hasNoMatch), Field("newAction", \.newAction),
        Field("refuseAction", \.refuseAction), Field("editHref", \.editHref),
        Field("appointmentHref", \.appointmentHref), Field("backHref", \.backHref),
    ]

    /// A file on the clinic's shelf that may be the same person.
    struct MatchView: Viewable {
        let name: String
        let person: String
        let number: String
        let why: String
        let href: String
        /// nil for those who may not join files.
        let action: String?
        let patient: String
        static let fields: [Field<Self>] = [
            Field("name", \.name), Field("person", \.person), Field("number", \.number), Field("why", \.why),
            Field("href", \.href), Field("action", \.action), Field("patient", \.patient),
        ]
    }

    init(shell: ShellView, _ found: OnlineDesk.Case, fault: String?, for request: StaffRequest) {
        let (form, isOpen) = (found.form, found.form.isOpen)
        self.shell = shell
        name = found.patient.name
        self.fault = fault
        let answers = form.answers.map(\.label)
        facts = [
            FactView("时间", PublicDates.when(found.appointment.day, found.appointment.start, .chinese)),
            FactView("医生", found.doctorName), FactView("想看", form.need.complaint),
            FactView("资料", Self.person(found.patient, for: request)),
            FactView("就诊前筛查", answers.isEmpty ? "都没有" : answers.joined(separator: "、")),
            FactView("留言", found.appointment.remark ?? "没有"),
            FactView(
                "发送", form.submittedAt.map(request.clinic.calendar.dateTimeText) ?? ""),
            FactView("页面语言", form.language == .chinese ? "中文" : "英文"),
        ]
        settled = isOpen ? nil : Self.text(form.outcome)
        matches = found.matches.map { match in
            MatchView(
                name: match.patient.name, person: Self.person(match.patient, for: request),
                number: match.patient.recordNumber, why: match.reasons.map(\.label).joined(separator: "、"),
                href: "/patients/\(match.patient.id.text)",
                action: request.may(.mergePatients) ? OnlineDeskPaths.action(form.id, "merge") : nil,
                patient: match.patient.id.text)
        }
        hasMatches = !matches.isEmpty
        hasNoMatch = isOpen && matches.isEmpty
        newAction = isOpen && request.may(.registerPatients) ? OnlineDeskPaths.action(form.id, "new") : nil
        refuseAction = isOpen && request.may(.cancelAppointments) ? OnlineDeskPaths.action(form.id, "refusal") : nil
        editHref = isOpen && request.may(.editPatients) ? "/patients/\(found.patient.id.text)/edit" : nil
        appointmentHref = "/appointments/\(found.appointment.id.text)"
        backHref = OnlineDeskPaths.list
    }

    private init(
        sample shell: ShellView, name: String, facts: [FactView], fault: String?, settled: String?,
        matches: [MatchView]
    ) {
        self.shell = shell
        self.name = name
        self.facts = facts
        self.fault = fault
        self.settled = settled
        self.matches = matches
        hasMatches = !matches.isEmpty
        hasNoMatch = settled == nil && matches.isEmpty
        newAction = settled == nil ? "/online-bookings/0000000000001/new" : nil
        refuseAction = settled == nil ? "/online-bookings/0000000000001/refusal" : nil
        editHref = settled == nil ? "/patients/0000000000001/edit" : nil
        appointmentHref = "/appointments/0000000000001"
        backHref = OnlineDeskPaths.list
    }

    static func person(_ patient: Patient, for request: StaffRequest) -> String {
        [
            patient.gender.label, patient.ageText(on: request.today),
            PatientPhone.text(patient.phone, masked: !request.may(.seePhones)),
        ].joined(separator: " · ")
    }

    private static func text(_ outcome: OnlineForm.Outcome?) -> String {
        switch outcome {
        case .new: "是新客人，资料已核实"
        case .merged: "已并入原有档案"
        case .refused: "核实不到本人，预约已取消"
        case nil: "已处理"
        }
    }

    static var samples: [OnlineCasePage] {
        let shell = ShellView.sample(title: "预约", note: "核实网上预约", area: .board)
        let facts = [
            FactView("时间", "3 月 13 日 星期五 09:15"), FactView("医生", "陈思敏"), FactView("想看", "洗牙"),
            FactView("资料", "女 · 57 岁 · 138 0013 8000"), FactView("就诊前筛查", "正在服抗凝药、高血压"),
            FactView("留言", "上次是两年前洗的"), FactView("发送", "2026-03-12 08:02"), FactView("页面语言", "中文"),
        ]
        let match = MatchView(
            name: "谢春梅", person: "女 · 57 岁 · 138 0013 8000", number: "A000128", why: "电话相同、姓名和生日相同",
            href: "/patients/0000000000001", action: "/online-bookings/0000000000001/merge", patient: "0000000000001")
        return [
            OnlineCasePage(
                sample: shell, name: "谢春梅", facts: facts, fault: "谢春梅 09:15–09:45 已约陈思敏医生，同一位客人的时间不能重叠", settled: nil,
                matches: [match]),
            OnlineCasePage(sample: shell, name: "谢春梅", facts: facts, fault: nil, settled: nil, matches: []),
            OnlineCasePage(
                sample: shell, name: "欧阳阿里木江·买买提", facts: facts, fault: nil, settled: "已并入原有档案", matches: []),
        ]
    }
}
