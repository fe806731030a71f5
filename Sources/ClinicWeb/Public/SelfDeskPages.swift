import Clinic
import Kernel

/// 待核对登记 — templates/public/self_desk.mustache
struct SelfDeskPage: Page {
    static let template = "public/self_desk"
    let shell: ShellView
    let rows: [SelfRowView]
    let isEmpty: Bool
    /// nil without a public address.
    let codeHref: String?
    /// Paper forms are collected too.
    let collectsPaper: Bool
    static let fields: [Field<Self>] = [
        Field("rows", \.rows), Field("isEmpty", \.isEmpty), Field("codeHref", \.codeHref),
        Field("collectsPaper", \.collectsPaper),
    ]

    init(shell: ShellView, rows: [SelfRowView], hasCode: Bool, collectsPaper: Bool) {
        self.shell = shell
        self.rows = rows
        isEmpty = rows.isEmpty
        codeHref = hasCode ? SelfDeskPaths.code : nil
        self.collectsPaper = collectsPaper
    }

    static var samples: [SelfDeskPage] {
        let shell = ShellView.sample(title: "客人", note: "待核对登记 2 份", area: .patients)
        return [
            SelfDeskPage(
                shell: shell,
                rows: [
                    SelfRowView(
                        href: "/self-registrations/0000000000001", name: "谢春梅", person: "女 · 57 岁", why: "右下牙疼两天",
                        sent: "08:52", booking: "今天 09:15 的预约", match: nil),
                    SelfRowView(
                        href: "/self-registrations/0000000000002", name: "Alexandra Montgomery-Fitzgerald",
                        person: "未知 · 31 岁", why: "Lower right tooth hurts for two days, cannot sleep", sent: "08:40",
                        booking: nil, match: "可能已有档案"),
                ], hasCode: true, collectsPaper: false),
            SelfDeskPage(shell: shell, rows: [], hasCode: true, collectsPaper: true),
            SelfDeskPage(shell: shell, rows: [], hasCode: false, collectsPaper: true),
        ]
    }
}

/// One form in the list.
struct SelfRowView: Viewable {
    let href: String
    let name: String
    let person: String
    let why: String
    let sent: String
    let booking: String?
    let match: String?
    static let fields: [Field<Self>] = [
        Field("href", \.href), Field("name", \.name), Field("person", \.person), Field("why", \.why),
        Field("sent", \.sent), Field("booking", \.booking), Field("match", \.match),
    ]
}

extension SelfRowView {
    init(_ found: SelfDesk.Case, for request: StaffRequest) {
        let (calendar, a) = (request.clinic.calendar, found.answers)
        href = SelfDeskPaths.form(found.registration.id)
        name = a.name
        person = "\(Gender(rawValue: a.gender)?.label ?? "") · \(SelfCasePage.birth(a))"
        why = a.complaint
        sent =
            found.registration.submittedAt.map { sent in
                let day = calendar.businessDay(of: sent)
                return (day == request.today ? "" : day.monthDayText + " ") + calendar.clockText(sent)
            } ?? ""
        booking = found.appointment.map {
            "\($0.day == request.today ? "今天" : $0.day.monthDayText) \($0.start.clockText) 的预约"
        }
        match = found.booked == nil && !found.matches.isEmpty ? "可能已有档案" : nil
    }
}

/// 核对自助登记 — templates/public/self_case.mustache
struct SelfCasePage: Page {
    static let template = "public/self_case"
    let shell: ShellView
    let name: String
    let facts: [FactView]
    let rows: [Row]
    let consents: [String]
    let fault: String?
    let settled: String?
    /// The file of the booking: the form goes there.
    let bookedName: String?
    let matches: [OnlineCasePage.MatchView]
    let hasMatches: Bool
    let canCheck: Bool
    let newAction: String?
    let fillAction: String?
    let fill: Fill?
    let refuseAction: String?
    let backHref: String
    static let fields: [Field<Self>] = [
        Field("name", \.name), Field("facts", \.facts), Field("rows", \.rows), Field("consents", \.consents),
        Field("fault", \.fault), Field("settled", \.settled), Field("bookedName", \.bookedName),
        Field("matches", \.matches), Field("hasMatches", \.hasMatches), Field("canCheck", \.canCheck),
        Field("newAction", \.newAction), Field("fillAction", \.fillAction),
        Field("fill", \.fill), Field("refuseAction", \.refuseAction), Field("backHref", \.backHref),
    ]

    /// The button that takes the form into the file of its booking.
    struct Fill: Viewable {
        let patient: String
        let whose: String
        static let fields: [Field<Self>] = [Field("patient", \.patient), Field("whose", \.whose)]
    }

    /// One field, as typed and as the file has it.
    struct Row: Viewable {
        let code: String
        let label: String
        let typed: String
        /// Empty where there is nothing in the file, or no file to compare with.
        let stored: String
        let hasFile: Bool
        let canTick: Bool
        let isSame: Bool
        let isTicked: Bool
        static let fields: [Field<Self>] = [
            Field("code", \.code), Field("label", \.label), Field("typed", \.typed), Field("stored", \.stored),
            Field("hasFile", \.hasFile), Field("canTick", \.canTick), Field("isSame", \.isSame),
            Field("isTicked", \.isTicked),
        ]
    }

    /// - Parameter ticked: what was ticked when it was refused; nil: what needs no comparing.
    init(
        shell: ShellView, _ found: SelfDesk.Case, ticked: Set<SelfField>?, fault: String?, for request: StaffRequest
    ) {
        let (form, a, isOpen) = (found.registration, found.answers, found.registration.isWaiting)
        let calendar = request.clinic.calendar
        self.shell = shell
        name = a.name
        self.fault = fault
        facts = [
            FactView("发送", form.submittedAt.map(calendar.dateTimeText) ?? ""),
            FactView("谁填的", SelfFiller(rawValue: a.filler)?.label ?? ""),
            FactView("监护人", [a.guardianName, a.guardianPhone].compactMap(\.nonBlank).joined(separator: " ")),
            FactView("页面语言", form.language == .english ? "英文" : "中文"),
            FactView("随预约", found.appointment.map { PublicDates.when($0.day, $0.start, .chinese) } ?? "没有，扫门诊的码"),
        ].filter { !$0.text.isEmpty }
        let file = found.booked
        rows = SelfField.allCases.compactMap { field in
            let typed = Self.typed(field, a, request.work.playbook)
            guard !typed.isEmpty else { return nil }
            let stored = file.map { Self.stored(field, $0, request) } ?? ""
            let isSame = file != nil && stored == typed
            return Row(
                code: field.rawValue, label: field.label, typed: typed, stored: stored, hasFile: file != nil,
                canTick: isOpen, isSame: isSame, isTicked: ticked?.contains(field) ?? isSame)
        }
        consents = a.consents.compactMap { ConsentKind(rawValue: $0)?.label }
        settled = isOpen ? nil : Self.text(form.outcome)
        bookedName = file?.name
        let mayFill = isOpen && request.may(.editPatients)
        matches =
            file == nil && isOpen
            ? found.matches.map {
                OnlineCasePage.MatchView(
                    name: $0.patient.name, person: OnlineCasePage.person($0.patient, for: request),
                    number: $0.patient.recordNumber, why: $0.reasons.map(\.label).joined(separator: "、"),
                    href: "/patients/\($0.patient.id.text)",
                    action: mayFill ? SelfDeskPaths.action(form.id, "file") : nil, patient: $0.patient.id.text)
            } : []
        hasMatches = !matches.isEmpty
        canCheck = isOpen
        newAction = mayFill && file == nil ? SelfDeskPaths.action(form.id, "new") : nil
        fillAction = mayFill && file != nil ? SelfDeskPaths.action(form.id, "file") : nil
        fill = mayFill ? file.map { Fill(patient: $0.id.text, whose: $0.name) } : nil
        refuseAction = isOpen ? SelfDeskPaths.action(form.id, "refusal") : nil
        backHref = SelfDeskPaths.list
    }

    static func birth(_ a: SelfAnswers) -> String { TypedDay.read(a.bornOn)?.iso ?? "\(a.age.halfWidth.trimmed) 岁" }

    private static func typed(_ field: SelfField, _ a: SelfAnswers, _ playbook: Playbook) -> String {
        switch field {
        case .name: return a.name.halfWidth.trimmed
        case .gender: return Gender(rawValue: a.gender)?.label ?? ""
        case .birth: return birth(a)
        case .phone: return PhoneNumber(a.phone).map { PatientPhone.text($0.digits, masked: false) } ?? a.phone
        case .address: return a.address.trimmed
        case .complaint: return a.complaint.trimmed
        case .source: return playbook.codes(.sourceChannel).first { $0.code == a.sourceChannel }?.label ?? ""
        case .history:
            let labels = playbook.codes(.medicalHistory).filter { a.histories.contains($0.code) }.map(\.label)
            let texts = [a.allergies.nonBlank.map { "过敏：\($0)" }, a.medicines.nonBlank.map { "用药：\($0)" }]
            let all = labels + texts.compactMap(\.self)
            if all.isEmpty { return a.hasNoHistory ? "都没有（客人勾选）" : "" }
            return all.joined(separator: "、")
        }
    }

    private static func stored(_ field: SelfField, _ patient: Patient, _ request: StaffRequest) -> String {
        switch field {
        case .name: patient.name
        case .gender: patient.gender.label
        case .birth: patient.bornOn?.iso ?? patient.statedAge.map { "\($0) 岁" } ?? ""
        case .phone: PatientPhone.text(patient.phone, masked: !request.may(.seePhones))
        case .address: patient.address ?? ""
        case .complaint: patient.complaint
        case .source:
            request.work.playbook.codes(.sourceChannel).first { $0.code == patient.sourceChannel }?.label ?? ""
        case .history: ""
        }
    }

    private static func text(_ outcome: SelfRegistration.Outcome?) -> String {
        switch outcome {
        case .new: "已建新档案"
        case .known: "已填进原有档案"
        case .refused: "无此客人，不采用"
        case nil: "已处理"
        }
    }

    private init(
        sample shell: ShellView, rows: [Row], fault: String?, settled: String?, booked: String?,
        matches: [OnlineCasePage.MatchView]
    ) {
        self.shell = shell
        name = "谢春梅"
        facts = [
            FactView("发送", "2026-03-12 08:52"), FactView("谁填的", "监护人代填"), FactView("监护人", "谢女士 138 0013 8000"),
            FactView("页面语言", "中文"), FactView("随预约", booked == nil ? "没有，扫门诊的码" : "3 月 12 日 星期四 09:15"),
        ]
        self.rows = rows
        consents = ["已阅读隐私告知", "同意处理健康信息"]
        self.fault = fault
        self.settled = settled
        bookedName = booked
        self.matches = matches
        hasMatches = !matches.isEmpty
        canCheck = settled == nil
        newAction = settled == nil && booked == nil ? "/self-registrations/0000000000001/new" : nil
        fillAction = settled == nil && booked != nil ? "/self-registrations/0000000000001/file" : nil
        fill = settled == nil ? booked.map { Fill(patient: "0000000000001", whose: $0) } : nil
        refuseAction = settled == nil ? "/self-registrations/0000000000001/refusal" : nil
        backHref = SelfDeskPaths.list
    }

    static var samples: [SelfCasePage] {
        let shell = ShellView.sample(title: "客人", note: "核对自助登记", area: .patients)
        func rows(_ stored: String?) -> [Row] {
            [
                Row(
                    code: "name", label: "姓名", typed: "谢春梅", stored: stored == nil ? "" : "谢春梅", hasFile: stored != nil,
                    canTick: true, isSame: stored != nil, isTicked: stored != nil),
                Row(
                    code: "phone", label: "电话", typed: "138 0013 8000", stored: stored ?? "", hasFile: stored != nil,
                    canTick: true, isSame: false, isTicked: false),
                Row(
                    code: "history", label: "病史、过敏、用药",
                    typed: "高血压、正在服抗凝药、过敏：青霉素，去年起过疹子；用药：阿司匹林一天一片、氨氯地平",
                    stored: "", hasFile: stored != nil, canTick: false, isSame: false, isTicked: false),
            ]
        }
        let match = OnlineCasePage.MatchView(
            name: "谢春梅", person: "女 · 57 岁 · 138 0013 8000", number: "A000128", why: "电话相同",
            href: "/patients/0000000000001",
            action: "/self-registrations/0000000000001/file", patient: "0000000000001")
        return [
            SelfCasePage(
                sample: shell, rows: rows(nil), fault: "还没有核对：电话。和客人当面核对后打勾，再保存", settled: nil, booked: nil,
                matches: [match]),
            SelfCasePage(
                sample: shell, rows: rows("139 1234 5678"), fault: nil, settled: nil, booked: "谢春梅", matches: []),
            SelfCasePage(sample: shell, rows: rows(nil), fault: nil, settled: "已建新档案", booked: nil, matches: []),
        ]
    }
}
