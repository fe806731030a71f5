import Clinic
import Hummingbird
import Kernel
import Storage

/// What is left before the day is closed (R2.29, R11.40), and the start page of operations.
package enum DayCloseRoutes: Feature {
    package static var views: [any Fragment.Type] {
        [DayClosePage.self, DayCloseList.self, OperationsPage.self, OperationsTiles.self]
    }

    package static func add(to table: inout RouteTable) {
        let readers: Access = .needsAny([.keepRegisters, .seeReports])
        table.get(DayClosePaths.operations, readers, use: OperationsHandlers.show)
        table.get("/operations/tiles", readers, use: OperationsHandlers.tiles)
        table.get(DayClosePaths.list, readers, use: show)
        table.get(DayClosePaths.part, readers, use: part)
        table.post(DayClosePaths.carry, .needs(.closeDay), use: carry)
    }

    static func show(_ request: StaffRequest) async throws -> Response {
        try request.allowQuery()
        return try await page(request, FormErrors())
    }

    static func part(_ request: StaffRequest) async throws -> Response {
        try request.allowQuery()
        return try request.fragment(try await load(request, FormErrors()))
    }

    static func carry(_ request: StaffRequest) async throws -> Response {
        let (form, work) = (request.form, request.work)
        guard let kind = DayBlocker.Kind(rawValue: form["kind"]),
            let subjectKind = DayBlocker.Subject.Kind(rawValue: form["subjectKind"]),
            let id = Int64(form["subject"])
        else { throw NotFound("待办") }
        let subject = DayBlocker.Subject(subjectKind, id)
        do {
            let carry = try await request.write(changing: .registers) { tx in
                try DayCarrying.carry(
                    kind, subject, owner: ID<Staff>(form["owner"]), reason: form["reason"], by: work, in: tx)
            }
            return request.redirect(DayClosePaths.list, flash: "“\(carry.title)”已结转")
        } catch let error as FormErrors {
            return try await page(request, error)
        }
    }

    private static func page(_ request: StaffRequest, _ faults: FormErrors) async throws -> Response {
        let shell = try await request.shell(title: "日结前待办", note: request.today.longText, area: .operations)
        return try request.page(
            DayClosePage(shell: shell, left: try await load(request, faults)),
            status: faults.isEmpty ? .ok : .unprocessableContent)
    }

    private static func load(_ request: StaffRequest, _ faults: FormErrors) async throws -> DayCloseList {
        let work = request.work
        let mayCarry = request.may(.closeDay)
        return try await request.read { tx in
            let entries = try DayBlockers.list(by: work, in: tx)
            let staff = mayCarry ? try StaffStore.listActive(clinic: work.clinic.id, in: tx) : []
            let people = try StaffStore.names(Set(entries.compactMap { $0.carried?.ownerID }), in: tx)
            let kinds = DayBlockers.sources.map(\.kind)
            func group(_ title: String, _ own: [DayBlockers.Entry], isQuiet: Bool = false) -> DayCloseList.Group? {
                guard !own.isEmpty else { return nil }
                let rows = own.map { row($0, staff, people, faults, mayCarry: mayCarry, request) }
                return DayCloseList.Group(title: title, count: own.count, isQuiet: isQuiet, rows: rows)
            }
            let underWay = entries.filter { $0.blocker.isUnderWay && $0.carried == nil }
            let due = entries.filter { !$0.blocker.isUnderWay || $0.carried != nil }
            let groups =
                kinds.compactMap { kind in group(kind.label, due.filter { $0.blocker.kind == kind }) }
                + [group("还在院", underWay, isQuiet: true)].compactMap(\.self)
            let clean = kinds.filter { kind in !entries.contains { $0.blocker.kind == kind } }.map(\.matter)
            return DayCloseList(
                countText: countText(due, underWay: underWay.count), groups: groups, isEmpty: groups.isEmpty,
                passed: clean.isEmpty || groups.isEmpty ? "" : "其余都办好了：\(clean.joined(separator: "、"))。",
                rule: "办不完的写明谁接着办、为什么，结转到明天，仍然标红；只有钱箱没点清或账不平才拦住关账。",
                fault: faults.isEmpty ? nil : faults.userMessage)
        }
    }

    private static func countText(_ due: [DayBlockers.Entry], underWay: Int) -> String {
        let left = due.count { $0.carried == nil }
        let carried = due.count - left
        return [
            left > 0 ? "\(left) 件没办" : "没有要办的", carried > 0 ? "\(carried) 件已结转" : nil,
            underWay > 0 ? "\(underWay) 位还在院" : nil,
        ].compactMap(\.self).joined(separator: "，")
    }

    private static func row(
        _ entry: DayBlockers.Entry, _ staff: [Staff], _ people: [ID<Staff>: String], _ faults: FormErrors,
        mayCarry: Bool, _ request: StaffRequest
    ) -> DayCloseList.Row {
        let blocker = entry.blocker
        let form = request.form
        let isTyped =
            !faults.isEmpty && form["kind"] == blocker.kind.rawValue && form["subject"] == String(blocker.subject.id)
        return DayCloseList.Row(
            name: blocker.title, detail: blocker.detail, owner: blocker.owner,
            since: blocker.since.map { DurationText.text(minutes: max(0, request.now.minutes(since: $0))) } ?? "",
            isCalm: blocker.isUnderWay && entry.carried == nil, action: action(blocker, request),
            carried: entry.carried.map { "结转给 \(people[$0.ownerID] ?? "")：\($0.reason)" },
            carrying: mayCarry && entry.carried == nil && !blocker.isUnderWay
                ? DayCloseList.Carrying(
                    kind: blocker.kind.rawValue, subjectKind: blocker.subject.kind.rawValue,
                    subjectID: String(blocker.subject.id),
                    staff: staff.map {
                        OptionView($0.id.text, $0.name, isChosen: isTyped && form["owner"] == $0.id.text)
                    }, isOpen: isTyped, reasonText: isTyped ? form["reason"] : "",
                    about: blocker.title) : nil)
    }

    /// The one thing to do about it, when the person may open the page.
    private static func action(_ blocker: DayBlocker, _ request: StaffRequest) -> DayCloseList.Act? {
        let subject = blocker.subject
        let (pattern, href, label): (String, String, String) =
            switch subject.kind {
            case .visit: ("/visits/:id", ReceptionPaths.visit(ID(raw: subject.id)), "去处理")
            case .appointment: ("/appointments/:id", AppointmentPaths.appointment(ID(raw: subject.id)), "去登记")
            case .referral: ("/visits/:id/referrals", BillingPaths.referrals(ID(raw: subject.id)), "去说清")
            case .displaced: ("/appointments/:id", AppointmentPaths.appointment(ID(raw: subject.id)), "去安排")
            case .sheet: (Area.checkout.path, Area.checkout.path, "去收费")
            case .registerEntry: ("/register-entries/:id", RegisterPaths.entry(ID(raw: subject.id)), "去办")
            case .checklistRun: ("/checklist-runs/:id", ChecklistPaths.run(ID(raw: subject.id)), "去做")
            case .disinfection: (ChecklistPaths.disinfection, ChecklistPaths.disinfection, "去勾选")
            case .form: ("/intake/:id", "/intake/\(ID<Visit>(raw: subject.id).text)", "去补")
            case .task: ("/tasks/:id", FollowUpPaths.task(ID(raw: subject.id)), "去办")
            }
        guard request.web.app.routes.access(toPage: pattern)?.allows(request.actor) == true else { return nil }
        return DayCloseList.Act(href: href, label: label, about: blocker.title)
    }
}
