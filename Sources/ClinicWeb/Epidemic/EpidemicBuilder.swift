import Clinic
import Kernel
import Storage

extension EpidemicPage {
    init(shell: ShellView, for request: StaffRequest, in tx: any ReadTransaction) throws {
        let work = request.work
        let items = try EpidemicItems.list(by: work, in: tx)
        let affected = try EpidemicDay.affected(by: work, in: tx)
        let waiting = try DeferralStore.countOpen(clinic: work.clinic.id, in: tx)
        let spread = try EpidemicDay.spread(by: work, in: tx)
        let people = try PatientStore.briefs(
            Array(Set(affected.map(\.appointment.patientID))), today: work.today, in: tx)
        let briefs = Dictionary(people.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        let doctors = try StaffStore.names(Set(affected.map(\.appointment.doctorID)), in: tx)
        let names = Dictionary(items.map { ($0.item.id, $0.item.name) }, uniquingKeysWith: { first, _ in first })
        let masks = !request.may(.seePhones)
        let day = EpidemicRules.followUpDay(today: work.today, playbook: work.playbook).iso
        self.shell = shell
        dates = EpidemicSwitch.datesText(work.playbook) ?? "从现在起，另行通知前有效"
        links = Self.links(request, waiting: waiting)
        self.affected = affected.map { entry in
            let a = entry.appointment
            return Affected(
                when: a.whenText, href: AppointmentPaths.appointment(a.id), name: briefs[a.patientID]?.name ?? "",
                phone: briefs[a.patientID]?.phoneText(masked: masks) ?? "", doctor: doctors[a.doctorID] ?? "",
                items: entry.suspended.compactMap { names[$0] }.joined(separator: "、"),
                action: EpidemicPaths.putOff(a.id),
                mayPutOff: request.may(.cancelAppointments) && request.may(.bookAppointments), version: a.version,
                followUpOn: day)
        }
        hasAffected = !affected.isEmpty
        affectedText = affected.isEmpty ? "" : "\(affected.count) 个，先打电话再延期"
        let mayChange = request.may(.manageSettings)
        func row(_ item: Item, _ isSuspended: Bool) -> ItemRow {
            ItemRow(
                name: item.name, length: "\(item.units) 单位", action: EpidemicPaths.item(item.id), mayChange: mayChange,
                change: isSuspended ? "恢复" : "暂停", value: isSuspended ? "no" : "yes")
        }
        possible = items.filter { !$0.isSuspended }.map { row($0.item, false) }
        suspended = items.filter(\.isSuspended).map { row($0.item, true) }
        possibleText = "\(possible.count) 项"
        suspendedText = "\(suspended.count) 项"
        let week = (0..<7).map { work.today.adding(days: $0) }
        days = week.map(\.monthDayText)
        self.spread = items.compactMap { entry in
            guard let counts = spread[entry.item.id] else { return nil }
            return SpreadRow(
                name: entry.item.name, counts: week.map { counts[$0].map(String.init) ?? "·" },
                total: String(counts.values.reduce(0, +)))
        }
        hasSpread = !self.spread.isEmpty
        notice = EpidemicNotice.lines(work.playbook)
    }

    private static func links(_ request: StaffRequest, waiting: Int) -> [LinkView] {
        var links = [LinkView(EpidemicPaths.morning(request.today), "今早准备", isNext: true)]
        if request.may(.bookAppointments) {
            links.append(LinkView(EpidemicPaths.fill(request.today), "能做的客人"))
            links.append(LinkView(EpidemicPaths.deferrals, "延期客人 \(waiting)"))
        }
        links += [LinkView("#can", "能做"), LinkView("#cannot", "不能做")]
        if request.may(.manageSettings) { links.append(LinkView(EpidemicPaths.control, "开关")) }
        return links
    }
}

extension MorningPage {
    init(shell: ShellView, day: Day, lines: [EpidemicDay.Line], printed: String, by work: Work) {
        self.shell = shell
        heading = "\(day.fullText) \(day.weekdayText) 预约准备"
        clinicName = work.clinic.name
        foot = printed
        total = "共 \(lines.count) 位"
        rows = lines.map { line in
            let a = line.entry.appointment
            var notes: [String] = []
            if !line.suspended.isEmpty { notes.append("项目暂停，要先改") }
            if line.entry.hasAlert { notes.append("有特殊情况") }
            if a.isSqueezed { notes.append("加号") }
            return Row(
                time: a.timeText, name: line.entry.patientName, record: line.entry.recordNumber,
                items: line.entry.purpose, doctor: line.entry.doctorName,
                screening: ScreeningText.summary(line.screening, work.playbook), note: notes.joined(separator: "；"),
                askHref: line.screening == nil && work.actor.may(.bookAppointments)
                    ? EpidemicPaths.screening(a.id) : nil)
        }
        isEmpty = lines.isEmpty
    }
}

/// What was answered, in one line.
enum ScreeningText {
    static func summary(_ screening: Screening?, _ playbook: Playbook) -> String {
        guard let screening else { return "没有问过" }
        let concerns = screening.concerns.map { playbook.label($0, in: .screening) }
        return (concerns.isEmpty ? "都是否" : "有：\(concerns.joined(separator: "、"))")
            + (screening.isReminded ? "，已提醒口罩" : "，没有提醒口罩")
    }
}

extension FillPage {
    init(shell: ShellView, day: Day, for request: StaffRequest, in tx: any ReadTransaction) throws {
        let work = request.work
        let fill = try FillTheDay.load(day: day, by: work, in: tx)
        let shown = Array(fill.rows.prefix(100))
        let people = try PatientStore.briefs(Array(Set(shown.map(\.patientID))), today: work.today, in: tx)
        let briefs = Dictionary(people.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        let items = try ItemStore.list(ids: Array(Set(shown.flatMap { $0.items.map(\.itemID) })), in: tx)
        let names = Dictionary(items.map { ($0.id, $0.name) }, uniquingKeysWith: { first, _ in first })
        self.shell = shell
        self.day = day.iso
        countText =
            "\(fill.rows.count) 位可以约" + (fill.impossible > 0 ? "，另有 \(fill.impossible) 位的项目暂停" : "")
        rows = shown.map { row in
            let purpose = row.items.map { item in
                [names[item.itemID], item.teeth.isEmpty ? nil : Tooth.text(item.teeth)].compactMap(\.self)
                    .joined(separator: " ")
            }
            let days = work.today.days(since: work.clinic.calendar.businessDay(of: row.since))
            var href = PatientPaths.one(row.patientID)
            var source = ToneChip("延期", tone: "waiting")
            if case .waiting(let id) = row.source {
                href = "/waiting/\(id.text)"
                source = ToneChip("候补")
            }
            return Row(
                name: briefs[row.patientID]?.name ?? "",
                phone: briefs[row.patientID]?.phoneText(masked: !request.may(.seePhones)) ?? "", source: source,
                purpose: (purpose.isEmpty ? row.complaint : purpose.joined(separator: " + ")) + " · \(row.units) 单位",
                suits: row.suits ?? "", waited: days <= 0 ? "今天登记" : "\(days) 天", href: href,
                bookHref: AppointmentPaths.newBooking(day: day, doctor: row.doctorID, patient: row.patientID))
        }
        isEmpty = rows.isEmpty
    }
}
