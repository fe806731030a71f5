import Clinic
import HTTPTypes
import Hummingbird
import Kernel
import Storage

/// What the chart pages show.
extension ChartRoutes {
    static func listPage(_ request: StaffRequest, fault: String?) async throws -> Response {
        let work = request.work
        let isOn = work.playbook.level(of: .chartTracking) != .off
        let mayDecide = request.may(.approveOverride)
        let shell = try await request.shell(title: "病历", area: .patients)
        let page = try await request.read { tx in
            let clinic = work.clinic.id
            let today = isOn ? try ChartStore.listBooked(work.today, clinic: clinic, in: tx) : []
            let known = Set(today.map(\.chart.id))
            let out = isOn ? try ChartStore.listOut(clinic: clinic, in: tx).filter { !known.contains($0.chart.id) } : []
            let tickets = isOn ? try ChartStore.listOpenReleases(clinic: clinic, in: tx) : []
            let copies = try RecordPaperStore.listOpen(clinic: clinic, in: tx)
            let month = Day(year: work.today.components.year, month: work.today.components.month, day: 1) ?? work.today
            let counts = try ChartEntryStore.counts(
                clinic: clinic, from: work.clinic.calendar.instant(month, minute: 0),
                until: work.now.adding(minutes: 1),
                in: tx)
            let people = try PatientStore.briefs(Array(Set(copies.map(\.patientID))), today: work.today, in: tx)
            let names = Dictionary(people.map { ($0.id, $0.name) }, uniquingKeysWith: { first, _ in first })
            let staff = try StaffStore.names(
                Set(
                    (today + out).map(\.chart.movedBy) + tickets.map(\.release.requestedBy) + copies.map(\.requestedBy)
                        + counts.map(\.staffID)), in: tx)
            func row(_ entry: ChartList.Entry) throws -> ChartsPage.Row { try self.row(entry, staff, work, in: tx) }
            return ChartsPage(
                shell: shell, isOn: isOn, fault: fault, today: try today.map(row), hasToday: !today.isEmpty,
                out: try out.map(row), hasOut: !out.isEmpty,
                tickets: tickets.map { release, entry in
                    ChartsPage.Ticket(
                        person: entry.patientName, number: entry.chart.number, reason: release.reason,
                        asked: stamp(release.requestedBy, release.requestedAt, staff, work),
                        action: mayDecide && release.requestedBy != work.actor.id
                            ? ChartPaths.action(entry.chart.id, "decision") : nil)
                }, hasTickets: !tickets.isEmpty,
                copies: copies.map { copy($0, names, staff, work) }, hasCopies: !copies.isEmpty,
                operators: counts.map {
                    ChartsPage.Operator(name: staff[$0.staffID] ?? "", entries: $0.entries, wrong: $0.wrong)
                }, hasOperators: !counts.isEmpty)
        }
        return try request.page(page, status: fault == nil ? .ok : .conflict)
    }

    static func today(_ request: StaffRequest) async throws -> Response {
        try request.allowQuery()
        let work = request.work
        let shell = try await request.shell(title: "今天要用的病历", area: .patients)
        let page = try await request.read { tx in
            let entries = try ChartStore.listBooked(work.today, clinic: work.clinic.id, in: tx)
            let doctors = try StaffStore.names(Set(entries.compactMap(\.doctorID)), in: tx)
            return ChartsTodayPage(
                shell: shell, heading: "\(work.today.fullText) 要用的病历", clinicName: work.clinic.name,
                foot: "打印：\(work.clinic.calendar.dateTimeText(work.now)) \(work.actor.name)",
                rows: entries.map { entry in
                    ChartsTodayPage.Row(
                        time: entry.start?.clockText ?? "", number: entry.chart.number, shelf: entry.chart.shelf,
                        person: entry.patientName, doctor: entry.doctorID.flatMap { doctors[$0] } ?? "",
                        state: entry.chart.state.label)
                })
        }
        return try request.page(page)
    }

    static func papersPage(
        _ id: ID<Patient>, _ request: StaffRequest, fault: String?
    ) async throws -> Response {
        let (work, form) = (request.work, request.form)
        let shell = try await request.shell(title: "病历与复印", area: .patients)
        let page = try await request.read { tx in
            let patient = try PatientStore.get(id, in: tx)
            let purposes = work.playbook.codes(.recordPurpose).map { OptionView($0.code, $0.label) }
            return PapersPage(
                shell: shell, person: patient.name, backHref: PatientPaths.one(id), fault: fault,
                charts: try chartsPart(id, form, request, work, in: tx),
                entries: try entriesPart(id, form, request, work, in: tx),
                copying: try copyPart(id, purposes, request, work, in: tx),
                printing: try printPart(id, purposes, request, work, in: tx))
        }
        return try request.page(page, status: fault == nil ? .ok : .unprocessableContent)
    }

    static func record(_ request: StaffRequest) async throws -> Response {
        try request.allowQuery("print")
        let id = try request.id("id", Patient.self, what: "客人资料")
        guard let printID = ID<RecordPrint>(request.query["print"]) else { throw NotFound("打印登记") }
        let work = request.work
        let shell = try await request.shell(title: "病历", area: .patients)
        // Who prints a record hands its treatments out, too; the purpose is registered.
        let reader = Actor(
            id: work.actor.id, name: work.actor.name, roles: work.actor.roles,
            capabilities: work.actor.capabilities.union([.seeMedicalRecord]))
        let viewer = TimelineViewer(reader, clinic: work.clinic, playbook: work.playbook)
        let page = try await request.read { tx in
            let patient = try PatientStore.get(id, in: tx)
            guard let print = try RecordPaperStore.prints(of: id, in: tx).first(where: { $0.id == printID }) else {
                throw NotFound("打印登记")
            }
            let history = try PatientAlerts.list(id, in: tx).map { AlertText.text($0.code, $0.note, work.playbook) }
            let visits = try PatientTimeline.read(id, for: viewer, kind: .visit, limit: 200, now: work.now, in: tx).past
            let entries = try ChartEntryStore.list(of: id, in: tx).filter { $0.fault == nil }
            let calendar = work.clinic.calendar
            let by = try StaffStore.names([print.printedBy], in: tx)[print.printedBy] ?? ""
            return RecordPrintPage(
                shell: shell, clinicName: work.clinic.name, clinicLine: "\(work.clinic.address) · \(work.clinic.phone)",
                person:
                    "\(patient.name) · \(patient.gender.label) \(patient.ageText(on: work.today)) · \(patient.recordNumber)",
                facts: [
                    LabelledView("出生日期", patient.bornOn?.iso ?? "未登记"), LabelledView("症状", patient.complaint),
                    LabelledView("身体状况", patient.conditionNote ?? "未登记"),
                ], history: history, hasHistory: !history.isEmpty,
                visits: visits.map {
                    RecordPrintPage.Visit(
                        when: calendar.wallClock($0.at).day.iso, text: $0.text, details: $0.details)
                },
                entries: entries.map {
                    RecordPrintPage.Entry(
                        when: $0.seenOn.iso, text: $0.content,
                        stamp: "录入 \($0.stampText) \(calendar.wallClock($0.enteredAt).day.iso)")
                }, hasEntries: !entries.isEmpty,
                foot:
                    "用途：\(work.playbook.label(print.purpose, in: .recordPurpose))\(print.note.map { "（\($0)）" } ?? "") · 打印：\(calendar.dateTimeText(print.printedAt)) \(by)"
            )
        }
        return try request.page(page)
    }

    // MARK: - Parts

    private static func row(
        _ entry: ChartList.Entry, _ staff: [ID<Staff>: String], _ work: Work, in tx: any ReadTransaction
    ) throws -> ChartsPage.Row {
        let chart = entry.chart
        return ChartsPage.Row(
            time: entry.start?.clockText ?? "", number: chart.number, shelf: chart.shelf, person: entry.patientName,
            href: ChartPaths.papers(chart.patientID), state: chip(chart.state),
            moved: stamp(chart.movedBy, chart.movedAt, staff, work), action: ChartPaths.action(chart.id, "move"),
            version: chart.version, steps: try steps(chart, work, in: tx))
    }

    private static func steps(_ chart: PaperChart, _ work: Work, in tx: any ReadTransaction) throws -> [OptionView] {
        ChartRules.next(
            chart, release: try ChartStore.usableRelease(of: chart.id, in: tx),
            needsTicket: work.playbook.level(of: .chartRelease) != .off
        ).map { OptionView($0.rawValue, $0.verb) }
    }

    private static func chip(_ state: ChartState) -> ToneChip {
        switch state {
        case .shelf: ToneChip(state.label)
        case .ordered: ToneChip(state.label, tone: "waiting")
        case .pulled, .doctor, .cashier: ToneChip(state.label, tone: "info")
        case .returned: ToneChip(state.label, tone: "done")
        case .released: ToneChip(state.label, tone: "danger")
        }
    }

    private static func copy(
        _ copy: RecordCopy, _ names: [ID<Patient>: String], _ staff: [ID<Staff>: String], _ work: Work
    ) -> ChartsPage.Copy {
        ChartsPage.Copy(
            person: names[copy.patientID] ?? "", href: ChartPaths.papers(copy.patientID),
            purpose: work.playbook.label(copy.purpose, in: .recordPurpose), papers: copy.papers,
            asked: stamp(copy.requestedBy, copy.requestedAt, staff, work),
            state: ToneChip(copy.stateText, tone: copy.fetchedAt == nil ? "waiting" : "info"),
            action: ChartPaths.copy(copy.id), version: copy.version, step: copy.fetchedAt == nil ? "已备齐" : "已交客人")
    }

    private static func chartsPart(
        _ id: ID<Patient>, _ form: Form, _ request: StaffRequest, _ work: Work, in tx: any ReadTransaction
    ) throws -> PapersPage.ChartsPart? {
        guard work.playbook.level(of: .chartTracking) != .off, Charts.capabilities.contains(where: request.may) else {
            return nil
        }
        let needsTicket = work.playbook.level(of: .chartRelease) != .off
        let charts = try ChartStore.list(of: id, clinic: work.clinic.id, in: tx)
        let views = try charts.map { chart in
            let movements = try ChartStore.movements(of: chart.id, limit: 8, in: tx)
            let staff = try StaffStore.names(Set(movements.map(\.movedBy)), in: tx)
            let last = try ChartStore.lastRelease(of: chart.id, in: tx)
            let asks = needsTicket && chart.kind == .chart && chart.state.isInHouse
            return PapersPage.ChartView(
                heading: "\(chart.kind.label) \(chart.number) · \(chart.shelf)", state: chip(chart.state),
                moveHref: ChartPaths.action(chart.id, "move"), version: chart.version,
                steps: try steps(chart, work, in: tx),
                releaseHref: asks && (last == nil || last?.decision?.isApproved == false || last?.releasedAt != nil)
                    ? ChartPaths.action(chart.id, "release") : nil,
                releaseText: asks ? last.map { releaseText($0) } : nil,
                movements: movements.map { "\($0.to.label) · \(stamp($0.movedBy, $0.movedAt, staff, work))" },
                backTo: ChartPaths.papers(id))
        }
        let kind = form["chartKind"]
        return PapersPage.ChartsPart(
            list: views, addHref: PatientPaths.one(id) + "/charts",
            kinds: PaperChart.Kind.allCases.map { OptionView($0.rawValue, $0.label, isChosen: $0.rawValue == kind) },
            number: form["number"], shelf: form["shelf"])
    }

    private static func releaseText(_ release: ChartRelease) -> String {
        guard let decision = release.decision else { return "借出单：等主管答复" }
        let words = decision.answer.map { "（\($0)）" } ?? ""
        if !decision.isApproved { return "借出单：主管没有同意\(words)" }
        return release.releasedAt == nil ? "借出单：主管已同意\(words)，可以借出" : "上一张借出单已用"
    }

    private static func entriesPart(
        _ id: ID<Patient>, _ form: Form, _ request: StaffRequest, _ work: Work, in tx: any ReadTransaction
    ) throws -> PapersPage.EntriesPart? {
        guard work.playbook.level(of: .entryStamp) != .off, ChartEntries.capabilities.contains(where: request.may)
        else { return nil }
        let entries = try ChartEntryStore.list(of: id, in: tx)
        let staff = try StaffStore.names(Set(entries.compactMap { $0.fault?.by }), in: tx)
        let corrected = Set(entries.compactMap(\.correctsID))
        let reviews = work.playbook.level(of: .transcriptionReview) != .off && request.may(.editOtherPatients)
        let calendar = work.clinic.calendar
        return PapersPage.EntriesPart(
            list: entries.map { entry in
                PapersPage.EntryView(
                    day: entry.seenOn.iso, text: entry.content, stampName: entry.stampName,
                    stampCode: entry.stampCode, stampDay: calendar.wallClock(entry.enteredAt).day.iso,
                    wrong: entry.fault.map { "\($0.reason) · \(stamp($0.by, $0.at, staff, work))" },
                    returnedText: entry.returnedAt == nil ? nil : "纸质病历已道谢归还",
                    returnHref: entry.returnedAt == nil ? ChartPaths.entry(entry.id, "return") : nil,
                    wrongHref: reviews && entry.fault == nil && entry.enteredBy != work.actor.id
                        ? ChartPaths.entry(entry.id, "wrong") : nil,
                    correctHref: ChartPaths.entries(id),
                    canCorrect: entry.fault != nil && !corrected.contains(entry.id),
                    entryID: entry.id.text, dayValue: entry.seenOn.iso)
            }, addHref: ChartPaths.entries(id), seenOn: form["seenOn"],
            content: form["corrects"].isEmpty ? form["content"] : "")
    }

    private static func copyPart(
        _ id: ID<Patient>, _ purposes: [OptionView], _ request: StaffRequest, _ work: Work, in tx: any ReadTransaction
    ) throws -> PapersPage.CopyPart? {
        guard request.may(.printRecords) || request.may(.editPatients) else { return nil }
        let copies = try RecordPaperStore.copies(of: id, in: tx)
        let staff = try StaffStore.names(Set(copies.map(\.requestedBy)), in: tx)
        return PapersPage.CopyPart(
            list: copies.prefix(10).map { copy in
                "\(work.playbook.label(copy.purpose, in: .recordPurpose)) · \(copy.papers) · \(copy.stateText) · "
                    + stamp(copy.requestedBy, copy.requestedAt, staff, work)
            }, href: PatientPaths.one(id) + "/copies", purposes: purposes)
    }

    private static func printPart(
        _ id: ID<Patient>, _ purposes: [OptionView], _ request: StaffRequest, _ work: Work, in tx: any ReadTransaction
    ) throws -> PapersPage.PrintPart? {
        guard request.may(.printRecords) else { return nil }
        let prints = try RecordPaperStore.prints(of: id, in: tx)
        let staff = try StaffStore.names(Set(prints.map(\.printedBy)), in: tx)
        return PapersPage.PrintPart(
            list: prints.prefix(10).map { print in
                "\(work.playbook.label(print.purpose, in: .recordPurpose)) · "
                    + stamp(print.printedBy, print.printedAt, staff, work)
            }, href: PatientPaths.one(id) + "/prints", purposes: purposes)
    }

    static func stamp(_ by: ID<Staff>, _ at: Timestamp, _ names: [ID<Staff>: String], _ work: Work) -> String {
        let calendar = work.clinic.calendar
        let day = calendar.businessDay(of: at)
        return
            "\(names[by] ?? "同事") \(day == work.today ? calendar.clockText(at) : "\(day.iso) \(calendar.clockText(at))")"
    }
}
