import Clinic
import Kernel
import Storage

/// Everything the page of one customer is drawn from, read in one view of the database.
struct CustomerFacts: Sendable {
    let patient: Patient
    let alerts: [PatientAlert]
    let wishes: [PatientWish]
    let consents: [PatientConsent]
    let relatives: [Patient]
    let referrer: Patient?
    let referredCount: Int
    /// In the viewer's clinic; zero for those who may not know.
    let owed: Money
    /// Set by hand (R3.50).
    let level: PatientLevel?
    let timeline: Timeline
    /// Not yet ended, of today, in the viewer's clinic.
    let openVisit: Visit?
    let names: [ID<Staff>: String]
    let files: CustomerFiles
    /// The booking on line this file was made for, while nobody has verified who it is.
    let unverified: OnlineForm?

    /// - Throws: `NotFound`.
    static func read(
        _ id: ID<Patient>, for viewer: TimelineViewer, now: Timestamp, in tx: any ReadTransaction
    ) throws -> CustomerFacts {
        let patient = try PatientStore.get(id, in: tx)
        let alerts = try PatientAlerts.list(id, in: tx)
        let wishes = try PatientWishes.list(id, in: tx)
        let consents = try Consents.list(id, in: tx)
        let level = try PatientLevels.find(id, in: tx)
        let people = Set(
            [patient.registeredBy] + [level?.setBy].compactMap(\.self) + alerts.map(\.recordedBy)
                + wishes.map(\.recordedBy) + consents.map(\.recordedBy)
                + consents.compactMap(\.withdrawnBy))
        return CustomerFacts(
            patient: patient, alerts: alerts, wishes: wishes, consents: consents,
            relatives: try Households.relatives(of: patient, in: tx),
            referrer: try patient.referrerID.flatMap { try PatientStore.find($0, in: tx) },
            referredCount: try Households.referred(by: id, in: tx).count,
            owed: viewer.seesBalances ? try Ledger.balance(of: id, clinic: viewer.clinic.id, in: tx) : .zero,
            level: level, timeline: try PatientTimeline.read(id, for: viewer, now: now, in: tx),
            openVisit: try VisitStore.findOpen(
                id, clinic: viewer.clinic.id, day: viewer.clinic.calendar.businessDay(of: now), in: tx),
            names: try StaffStore.names(people, in: tx),
            files: try CustomerFiles.read(id, today: viewer.clinic.calendar.businessDay(of: now), in: tx),
            unverified: try OnlineFormStore.findOpen(ofPatient: id, in: tx))
    }
}

extension CustomerPage {
    init(_ facts: CustomerFacts, shell: ShellView, request: StaffRequest, fault: String? = nil) {
        let patient = facts.patient
        let (actor, today, playbook) = (request.actor, request.today, request.work.playbook)
        let calendar = request.clinic.calendar
        let mayEdit = PatientWishes.capabilities.contains(where: actor.may)
        let mayRecord = PatientAlerts.capabilities.contains(where: actor.may)
        func by(_ staff: ID<Staff>, _ at: Timestamp) -> String {
            "\(facts.names[staff] ?? "") \(calendar.wallClock(at).day.iso)"
        }
        self.shell = shell
        self.fault = fault
        id = patient.id.text
        name = patient.name
        greeting = patient.greeting(on: today)
        sexAge = "\(patient.gender.label) \(patient.ageText(on: today))"
        recordNumber = patient.recordNumber
        specials = facts.alerts.filter(\.isSpecial).map { AlertText.text($0.code, $0.note, playbook) }
        unverified = facts.unverified.map { LinkView(OnlineDeskPaths.form($0.id), "网上填写，待核实") }
        files = CustomerFilesView(facts.files, of: patient, request: request, isRefused: fault != nil)
        wishChips = facts.wishes.filter(\.isHard).map(\.text)
        level = CustomerLevelView(
            facts.level, note: facts.level.map { "\($0.reason) · \(by($0.setBy, $0.setAt))" },
            href: actor.may(.assignAnyDoctor) ? PatientPaths.action(patient.id, "level") : nil)
        phone = PhoneView(patient, actor: actor)
        document = patient.documentMasked.map {
            PhoneView(
                text: "\(patient.documentKind?.label ?? "") \($0)",
                revealHref: actor.may(.revealProtected) ? PatientPaths.action(patient.id, "document") : nil)
        }
        self.facts = Self.facts(
            patient, playbook: playbook, calendar: calendar, registrar: facts.names[patient.registeredBy])
        relations =
            facts.relatives.map {
                CustomerFactView(
                    "家人", "\($0.name) · \($0.gender.label) \($0.ageText(on: today))", href: PatientPaths.one($0.id))
            }
            + (facts.referrer.map { [CustomerFactView("介绍人", $0.name, href: PatientPaths.one($0.id))] } ?? [])
        referredCount = facts.referredCount
        hasRelations = !relations.isEmpty || facts.referredCount > 0
        alerts = facts.alerts.map { alert in
            CustomerRecordView(
                text: AlertText.text(alert.code, alert.note, playbook), isStrong: alert.isSpecial,
                by: by(alert.recordedBy, alert.recordedAt),
                endHref: mayRecord ? PatientPaths.action(patient.id, "alerts/\(alert.id.text)/end") : nil)
        }
        wishes = facts.wishes.map { wish in
            CustomerRecordView(
                text: wish.text, isStrong: wish.isHard, by: by(wish.recordedBy, wish.recordedAt),
                endHref: mayEdit ? PatientPaths.action(patient.id, "wishes/\(wish.id.text)/end") : nil)
        }
        consents = ConsentKind.allCases.map { kind in
            Self.consent(kind, facts, mayEdit: mayEdit, by: by)
        }
        let notice = PrivacyNotice(clinic: request.clinic)
        self.notice = notice.text.split(separator: "\n").map(String.init)
        noticeVersion = notice.version
        needsGuardian = patient.needsGuardian(on: today)
        historyChoices = playbook.codes(.medicalHistory).map { PatientOptionView($0.code, $0.label) }
        wishChoices = PatientWish.Kind.allCases.map { PatientOptionView($0.rawValue, $0.label) }
        canEdit = mayEdit
        let links = PatientLinks(request)
        book = links.book(patient.id).map { LinkView($0, "预约", isNext: facts.openVisit == nil) }
        visit = facts.openVisit.map { CustomerVisitView($0, links: links) }
        checkInHref = visit == nil ? links.checkIn(patient.id) : nil
        owed = facts.owed > .zero ? facts.owed.yuanText : nil
        owedHref = owed == nil ? nil : links.arrears(patient.id)
        editHref = actor.may(.editPatients) ? PatientPaths.edit(patient.id) : nil
        more = links.more(patient.id)
        coming = facts.timeline.coming.map { TimelineEntryView($0, for: request) }
        timeline = TimelineView(facts.timeline, of: patient.id, kind: nil, for: request)
    }

    private static func facts(
        _ patient: Patient, playbook: Playbook, calendar: ClinicCalendar, registrar: String?
    ) -> [CustomerFactView] {
        let registered = calendar.wallClock(patient.registeredAt).day.iso
        let source = patient.sourceChannel.map { CustomerFactView("来源", playbook.label($0, in: .sourceChannel)) }
        let missing = patient.phoneMissingReason.map {
            CustomerFactView("未留电话", playbook.label($0, in: .phoneMissing))
        }
        return [
            missing, CustomerFactView("生日", patient.bornOn?.iso ?? "未登记"),
            patient.address.map { CustomerFactView("住址", $0) }, source,
            CustomerFactView("拼音", patient.pinyin), CustomerFactView("症状", patient.complaint),
            patient.conditionNote.map { CustomerFactView("身体状况", $0) },
            patient.remark.map { CustomerFactView("备注", $0) },
            CustomerFactView("建档", registrar.map { "\(registered) · \($0)" } ?? registered),
        ].compactMap { $0 }
    }

    private static func consent(
        _ kind: ConsentKind, _ facts: CustomerFacts, mayEdit: Bool, by: (ID<Staff>, Timestamp) -> String
    ) -> CustomerConsentView {
        let latest = facts.consents.first { $0.kind == kind }
        guard let latest else {
            return CustomerConsentView(
                kind: kind.rawValue, label: kind.label, isGiven: false, note: "没有记录", withdrawHref: nil)
        }
        if let withdrawnAt = latest.withdrawnAt, let withdrawnBy = latest.withdrawnBy {
            return CustomerConsentView(
                kind: kind.rawValue, label: kind.label, isGiven: false, note: "已撤回 · \(by(withdrawnBy, withdrawnAt))",
                withdrawHref: nil)
        }
        let guardian = latest.guardianName.map { " · 监护人 \($0)" } ?? ""
        return CustomerConsentView(
            kind: kind.rawValue, label: kind.label, isGiven: true,
            note: "版本 \(latest.noticeVersion) · \(by(latest.recordedBy, latest.givenAt))\(guardian)",
            withdrawHref: mayEdit
                ? PatientPaths.action(facts.patient.id, "consents/\(kind.rawValue)/withdraw") : nil)
    }
}

extension PhoneView {
    init(_ patient: Patient, actor: Actor) {
        let isMasked = !actor.may(.seePhones)
        text = PatientPhone.text(patient.phone, masked: isMasked)
        revealHref =
            isMasked && patient.phone != nil && actor.may(.revealProtected)
            ? PatientPaths.action(patient.id, "phone") : nil
    }
}

extension CustomerVisitView {
    init(_ visit: Visit, links: PatientLinks) {
        let next: (href: String?, label: String)
        switch visit.stage {
        case .waiting:
            (stage, tone) = ("候诊中", "waiting")
            next = (links.leadIn(visit.id), "引领入座")
        case .inChair:
            (stage, tone) = ("就诊中", "accent")
            next = (links.charges(visit.id), "收费单")
        case .checkingOut, .left:
            (stage, tone) = ("收费与离开", "info")
            next = (links.departure(visit.id), "送别")
        }
        href = ReceptionPaths.visit(visit.id)
        self.next = next.href.map { LinkView($0, next.label, isNext: true) }
    }
}

extension CustomerPage {
    package static var samples: [CustomerPage] {
        [sample(isFull: true), sample(isFull: false)]
    }

    private static func sample(isFull: Bool) -> CustomerPage {
        CustomerPage(
            shell: .sample(title: "客人", area: .patients), id: "0000000000001",
            name: isFull ? "谢春梅" : "阿卜杜热西提·买买提江<script>",
            greeting: "谢女士", sexAge: "女 57 岁", recordNumber: "A009316",
            specials: isFull ? ["糖尿病：拔牙前测血糖", "正在服抗凝药"] : [], wishChips: isFull ? ["医生性别：女（必须）"] : [],
            unverified: isFull ? LinkView("/online-bookings/0000000000001", "网上填写，待核实") : nil,
            files: isFull ? .sample : .none,
            level: CustomerLevelView(
                isFull
                    ? PatientLevel(level: 2, reason: "全家都在这里看", setBy: ID(raw: 1), setAt: Timestamp(milliseconds: 0))
                    : nil,
                note: isFull ? "全家都在这里看 · 林岚 2026-03-12" : nil, href: isFull ? "/patients/0000000000001/level" : nil),
            phone: PhoneView(text: "136 **** 7715", revealHref: isFull ? "/patients/0000000000001/phone" : nil),
            document: isFull
                ? PhoneView(text: "身份证 110***********002X", revealHref: "/patients/0000000000001/document") : nil,
            facts: [CustomerFactView("生日", "1968-07-02"), CustomerFactView("来源", "亲友介绍")],
            relations: isFull ? [CustomerFactView("家人", "方圆圆 · 女 9 岁", href: "/patients/0000000000002")] : [],
            referredCount: isFull ? 5 : 0, hasRelations: isFull,
            alerts: isFull
                ? [CustomerRecordView(text: "糖尿病：拔牙前测血糖", isStrong: true, by: "周敏 2026-03-12", endHref: "/x")] : [],
            wishes: isFull
                ? [CustomerRecordView(text: "医生性别：女（必须）", isStrong: true, by: "周敏 2026-03-12", endHref: "/x")] : [],
            consents: [
                CustomerConsentView(
                    kind: "privacy", label: "已阅读隐私告知", isGiven: true, note: "版本 2026-11 · 周敏 2026-03-12",
                    withdrawHref: "/x"),
                CustomerConsentView(
                    kind: "photo", label: "同意拍摄和使用口腔照片", isGiven: false, note: "没有记录", withdrawHref: nil),
            ],
            notice: ["示例口腔门诊为您登记姓名、性别、年龄、电话。"], noticeVersion: "2026-11", needsGuardian: !isFull,
            historyChoices: [PatientOptionView("diabetes", "糖尿病")], wishChoices: [PatientOptionView("other", "其他要求")],
            canEdit: isFull, owed: isFull ? "¥20.00" : nil, owedHref: nil,
            book: isFull ? LinkView("/appointments/new", "预约") : nil,
            checkInHref: nil,
            visit: isFull
                ? CustomerVisitView(
                    stage: "候诊", tone: "waiting", href: "/visits/1",
                    next: LinkView("/visits/1/lead-in", "引领入座", isNext: true)) : nil,
            editHref: isFull ? "/patients/0000000000001/edit" : nil,
            more: isFull ? [LinkView("/waiting/new", "记候补"), LinkView("/complaints/new", "记投诉")] : [],
            coming: isFull ? TimelineEntryView.samples : [],
            timeline: TimelineView.samples[isFull ? 0 : 1], fault: isFull ? nil : "请写明其他过敏的具体内容")
    }
}
