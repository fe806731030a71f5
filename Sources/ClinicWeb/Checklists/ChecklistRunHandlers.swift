import Clinic
import Hummingbird
import Kernel
import Storage

/// One run: shown, marked tap by tap, completed, printed.
enum ChecklistRunHandlers {
    /// An answer that was refused, shown where it was given.
    private struct Refused {
        let item: String
        let typed: String
        let note: String
        let error: ChecklistError
    }

    static func show(_ request: StaffRequest) async throws -> Response {
        try request.allowQuery()
        return try await page(request, refused: nil, fault: nil)
    }

    static func mark(_ request: StaffRequest) async throws -> Response {
        let id = try request.id("id", ChecklistRun.self, what: "检查表")
        let (work, form) = (request.work, request.form)
        // A tap comes from a button, a typed answer from a field: the tap is later in the form.
        let typed = form.all("value").last ?? ""
        do {
            _ = try await request.write(changing: .registers, .tasks) { tx in
                try Checklists.mark(id, item: form["item"], typed: typed, note: form["note"], by: work, in: tx)
            }
            return request.redirect(ChecklistPaths.run(id) + "#item-\(form["item"])")
        } catch let error as ChecklistError where error.kind == .invalid {
            let refused = Refused(item: form["item"], typed: typed, note: form["note"], error: error)
            return try await page(request, refused: refused, fault: nil)
        }
    }

    static func complete(_ request: StaffRequest) async throws -> Response {
        let id = try request.id("id", ChecklistRun.self, what: "检查表")
        let work = request.work
        do {
            _ = try await request.write(changing: .registers, .tasks) { tx in
                try Checklists.complete(id, by: work, in: tx)
            }
            return request.redirect(ChecklistPaths.list, flash: "检查做完了")
        } catch let error as ChecklistError where error.kind == .invalid {
            return try await page(request, refused: nil, fault: error.userMessage)
        }
    }

    private struct Loaded: Sendable {
        let run: ChecklistRun
        let list: ChecklistDefinition
        let marks: [ChecklistMark]
        let names: [ID<Staff>: String]
    }

    private static func load(_ request: StaffRequest) async throws -> Loaded {
        let id = try request.id("id", ChecklistRun.self, what: "检查表")
        let work = request.work
        return try await request.read { tx in
            let run = try ChecklistStore.get(id, clinic: work.clinic.id, in: tx)
            guard let list = work.playbook.checklist(run.checklist), work.playbook.isLive(list) else {
                throw NotFound("检查表")
            }
            let marks = try ChecklistStore.marks(of: [id], in: tx)[id] ?? []
            let people = Set(marks.map(\.markedBy)).union(run.completedBy.map { [$0] } ?? [])
            return Loaded(run: run, list: list, marks: marks, names: try StaffStore.names(people, in: tx))
        }
    }

    private static func page(
        _ request: StaffRequest, refused: Refused?, fault: String?
    ) async throws -> Response {
        let (found, work) = (try await load(request), request.work)
        let (run, list) = (found.run, found.list)
        let latest = ChecklistRules.latest(found.marks)
        let missing = ChecklistRules.missing(list, found.marks)
        let mayMark = !run.isComplete && request.may(.keepRegisters)
        let clock = work.clinic.calendar.clockText
        let shell = try await request.shell(title: "检查表", area: .operations, isTouch: true)
        let chip: ToneChip? =
            run.completedAt.map { at in
                ToneChip("\(clock(at)) \(run.completedBy.flatMap { found.names[$0] } ?? "") 做完", tone: "done")
            }
            ?? run.dueAt.map { ToneChip("\(clock($0)) 前", tone: run.isLate(at: work.now) ? "danger" : "waiting") }
        let page = ChecklistRunPage(
            shell: shell, title: ChecklistRoutes.name(run, list), chips: chip.map { [$0] } ?? [],
            progress: "\(list.items.count { latest[$0.id] != nil }) / \(list.items.count)", advice: list.hint,
            sections: list.sections.map { section in
                ChecklistRunPage.Part(
                    heading: section.title,
                    items: section.items.map { item in
                        view(
                            item, latest[item.id], found, refused?.item == item.id ? refused : nil, mayMark: mayMark,
                            work)
                    })
            }, fault: fault, mayComplete: mayMark, completeAction: ChecklistPaths.action(run.id, "completion"),
            isReady: missing.isEmpty, missingText: missing.isEmpty ? nil : "还差 \(missing.count) 项",
            printHref: ChecklistPaths.action(run.id, "print"))
        return try request.page(page, status: refused == nil && fault == nil ? .ok : .unprocessableContent)
    }

    private static func view(
        _ item: ChecklistItem, _ mark: ChecklistMark?, _ found: Loaded, _ refused: Refused?, mayMark: Bool, _ work: Work
    ) -> ChecklistRunPage.Item {
        let chosen = refused?.typed ?? mark?.value ?? ""
        let taps: [ChecklistRunPage.Tap] =
            switch item.kind {
            case .tick: [ChecklistRunPage.Tap(value: mark == nil ? "1" : "", words: "做好了", isPressed: mark != nil)]
            case .choice:
                item.choices.map {
                    ChecklistRunPage.Tap(value: $0.code, words: $0.label, isPressed: $0.code == chosen)
                }
            case .number, .text: []
            }
        let typed =
            item.kind == .number || item.kind == .text
            ? ChecklistRunPage.Typed(
                value: chosen, mode: item.kind == .number ? "decimal" : "text", unit: item.unit, caption: item.label,
                inputID: "value-\(item.id)") : nil
        let who = mark.map {
            "\(work.clinic.calendar.clockText($0.markedAt)) \(found.names[$0.markedBy] ?? "")"
        }
        return ChecklistRunPage.Item(
            id: item.id, label: item.label + (item.isOptional ? "（可不填）" : ""),
            limit: ChecklistRules.limitText(item, work.playbook) ?? item.hint,
            answer: mark.map {
                ToneChip(ChecklistObligations.answer(item, $0.value), tone: $0.isOut ? "danger" : "done")
            }, note: mark?.note, who: who,
            entry: mayMark
                ? ChecklistRunPage.Entry(
                    action: ChecklistPaths.action(found.run.id, "marks"), itemID: item.id, taps: taps, typed: typed,
                    needsNote: refused != nil || mark?.isOut == true || !item.bad.isEmpty,
                    noteText: refused?.note ?? mark?.note ?? "", problem: refused?.error.userMessage) : nil)
    }

    static func print(_ request: StaffRequest) async throws -> Response {
        try request.allowQuery()
        let (found, work) = (try await load(request), request.work)
        let latest = ChecklistRules.latest(found.marks)
        let lines = found.list.sections.flatMap { section in
            section.items.map { item -> ChecklistPrintPage.Line in
                let mark = latest[item.id]
                let answer = mark.map { ChecklistObligations.answer(item, $0.value) } ?? ""
                return ChecklistPrintPage.Line(
                    part: section.title, label: item.label, limit: ChecklistRules.limitText(item, work.playbook) ?? "",
                    answer: [answer, mark?.note ?? ""].filter { !$0.isEmpty }.joined(separator: "："),
                    who: mark.map {
                        "\(work.clinic.calendar.clockText($0.markedAt)) \(found.names[$0.markedBy] ?? "")"
                    } ?? "")
            }
        }
        return try request.page(
            ChecklistPrintPage(
                shell: request.bareShell(title: found.list.title),
                heading: "\(found.run.businessDay.iso) \(ChecklistRoutes.name(found.run, found.list))",
                clinicName: work.clinic.name, rows: lines,
                foot: "打印：\(work.clinic.calendar.dateTimeText(work.now)) \(work.actor.name)"))
    }
}
