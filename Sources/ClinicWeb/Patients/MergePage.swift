import Clinic
import HTTPTypes
import Hummingbird
import Kernel
import Storage

/// 合并档案: what moves, which value wins — templates/patients/merge.mustache
struct MergePage: Page {
    static let template = "patients/merge"
    let shell: ShellView
    let backHref: String
    let person: String
    let pick: Pick?
    let plan: Plan?
    let past: [Past]
    let hasPast: Bool
    static let fields: [Field<Self>] = [
        Field("backHref", \.backHref), Field("person", \.person), Field("pick", \.pick), Field("plan", \.plan),
        Field("past", \.past), Field("hasPast", \.hasPast),
    ]

    /// Whose file it is, too.
    struct Pick: Viewable {
        let action: String
        let input: PatientInputView
        let candidates: [LinkView]
        let hasCandidates: Bool
        static let fields: [Field<Self>] = [
            Field("action", \.action), Field("input", \.input), Field("candidates", \.candidates),
            Field("hasCandidates", \.hasCandidates),
        ]
    }

    struct Plan: Viewable {
        let action: String
        let kept: String
        let merged: String
        let mergedID: String
        let swapHref: String
        let keptVersion: Int
        let mergedVersion: Int
        let rows: [Row]
        let hasRows: Bool
        let moves: [String]
        let hasMoves: Bool
        let obstacle: String?
        let cancelHref: String
        let hours: Int
        static let fields: [Field<Self>] = [
            Field("action", \.action), Field("kept", \.kept), Field("merged", \.merged), Field("mergedID", \.mergedID),
            Field("swapHref", \.swapHref), Field("keptVersion", \.keptVersion),
            Field("mergedVersion", \.mergedVersion), Field("rows", \.rows), Field("hasRows", \.hasRows),
            Field("moves", \.moves), Field("hasMoves", \.hasMoves), Field("obstacle", \.obstacle),
            Field("cancelHref", \.cancelHref), Field("hours", \.hours),
        ]
    }

    struct Row: Viewable {
        let field: String
        let label: String
        let keptValue: String
        let mergedValue: String
        let takesMerged: Bool
        static let fields: [Field<Self>] = [
            Field("field", \.field), Field("label", \.label), Field("keptValue", \.keptValue),
            Field("mergedValue", \.mergedValue), Field("takesMerged", \.takesMerged),
        ]
    }

    /// A merge that was done here, and whether it can be taken back.
    struct Past: Viewable {
        let text: String
        let undoHref: String?
        static let fields: [Field<Self>] = [Field("text", \.text), Field("undoHref", \.undoHref)]
    }

    static var samples: [MergePage] {
        let rows = [
            Row(
                field: "phone", label: "电话", keptValue: "136 **** 7715", mergedValue: "138 **** 8000",
                takesMerged: false),
            Row(
                field: "address", label: "住址", keptValue: "没有", mergedValue: "示范路 118 弄 12 号 1803 室<script>",
                takesMerged: true),
        ]
        let plan = Plan(
            action: "/patients/0000000000001/merge", kept: "谢春梅 · 女 57 岁 · A000001",
            merged: "阿卜杜热西提·买买提江 · 女 约 57 岁 · A000118", mergedID: "0000000000002",
            swapHref: "/patients/0000000000002/merge?with=A000001", keptVersion: 1, mergedVersion: 1, rows: rows,
            hasRows: true, moves: ["预约 2", "就诊 1", "病史 3"], hasMoves: true, obstacle: "两份档案今天都在就诊，请先把多登记的那次就诊撤回或离诊，再合并",
            cancelHref: "/patients/0000000000001", hours: 72)
        return [
            MergePage(
                shell: .sample(title: "合并档案", area: .patients), backHref: "/patients/0000000000001", person: "谢春梅",
                pick: nil,
                plan: plan, past: [], hasPast: false),
            MergePage(
                shell: .sample(title: "合并档案", area: .patients), backHref: "/patients/0000000000001", person: "谢春梅",
                pick: Pick(
                    action: "/patients/0000000000001/merge",
                    input: PatientInputView("with", "另一份档案", "", isPerson: false),
                    candidates: [LinkView("/patients/0000000000001/merge?with=A000118", "谢春 · A000118 · 电话相同")],
                    hasCandidates: true), plan: nil,
                past: [
                    Past(text: "并入 谢春（A000118） · 2026-03-12 09:31 周敏", undoHref: "/merges/0000000000009/undo"),
                    Past(text: "并入 谢小梅（A000119） · 2026-03-02 10:00 周敏 · 已撤回", undoHref: nil),
                ], hasPast: true),
        ]
    }
}

enum MergeRoutes {
    static func add(to table: inout RouteTable) {
        table.get("/patients/:id/merge", .needs(.mergePatients), use: show)
        table.post("/patients/:id/merge", .needs(.mergePatients), use: merge)
        table.post("/merges/:merge/undo", .needs(.mergePatients), use: undo)
    }

    static func show(_ request: StaffRequest) async throws -> Response {
        try request.allowQuery("with")
        return try await page(request, FormErrors())
    }

    static func merge(_ request: StaffRequest) async throws -> Response {
        let id = try request.id("id", Patient.self, what: "客人资料")
        let (form, work, cipher) = (request.form, request.work, request.web.app.cipher)
        guard let merged = ID<Patient>(form["merged"]) else { throw NotFound("客人资料") }
        let taking = Set(
            MergeRules.choosable.filter { form["take.\($0.rawValue)"] == "merged" })
        let versions = (Int(form["keptVersion"]) ?? 0, Int(form["mergedVersion"]) ?? 0)
        do {
            let done = try await request.writeShared(changing: .customers) { tx in
                try Merging.merge(
                    merged, into: id, versions: (kept: versions.0, merged: versions.1), taking: taking, sealing: cipher,
                    by: work, in: tx)
            }
            let until = work.clinic.calendar.dateTimeText(done.undoUntil)
            return request.redirect(PatientPaths.one(id), flash: "已合并。\(until) 前可以在“合并档案”里撤回")
        } catch let error as any UserFacingError where error.kind == .conflict || error.kind == .invalid {
            return try await page(request, FormErrors(error), with: merged)
        }
    }

    static func undo(_ request: StaffRequest) async throws -> Response {
        let id = try request.id("merge", PatientMerge.self, what: "合并")
        let work = request.work
        let merge = try await request.writeShared(changing: .customers) { tx in
            try Merging.undo(id, by: work, in: tx)
            return try MergeStore.get(id, in: tx)
        }
        return request.redirect(PatientPaths.one(merge.keptID), flash: "已撤回合并，两份档案分开了")
    }

    private static func page(
        _ request: StaffRequest, _ faults: FormErrors, with known: ID<Patient>? = nil
    ) async throws -> Response {
        let id = try request.id("id", Patient.self, what: "客人资料")
        let (work, typed) = (request.work, request.query["with"])
        let masked = !request.may(.seePhones)
        let shell = try await request.shell(title: "合并档案", area: .patients)
        let page = try await request.read { tx in
            let kept = try PatientStore.requireLiving(id, in: tx)
            var found = FormErrors()
            var other = known
            if other == nil, typed.nonBlank != nil {
                do { other = try PatientForm.person(typed, field: "with", in: tx) } catch let error as FormErrors {
                    found = error
                }
                if other == id { (other, found) = (nil, FormErrors("with", MergeError.sameFile.userMessage)) }
            }
            let plan = try other.map {
                try self.plan(id, $0, faults: faults, masked: masked, work, in: tx)
            }
            let past = try past(id, work, in: tx)
            return MergePage(
                shell: shell, backHref: PatientPaths.one(id), person: kept.name,
                pick: plan == nil ? try pick(kept, typed, found, work, in: tx) : nil, plan: plan, past: past,
                hasPast: !past.isEmpty)
        }
        return try request.page(page, status: faults.isEmpty ? .ok : .conflict)
    }

    private static func pick(
        _ kept: Patient, _ typed: String, _ faults: FormErrors, _ work: Work, in tx: any ReadTransaction
    ) throws -> MergePage.Pick {
        let matches = try Registration.probe(PatientDetails(kept), cipher: nil, excluding: kept.id, in: tx)
        let links = matches.map { match in
            LinkView(
                URLText.address(PatientPaths.action(kept.id, "merge"), ["with": match.patient.recordNumber]),
                "\(match.patient.name) · \(match.patient.recordNumber) · "
                    + match.reasons.map(\.label).joined(separator: "，"))
        }
        return MergePage.Pick(
            action: PatientPaths.action(kept.id, "merge"),
            input: PatientInputView(
                "with", "另一份档案", typed, hint: "输入姓名，从提示里选择病历号", isRequired: true, isPerson: true, faults: faults),
            candidates: links, hasCandidates: !links.isEmpty)
    }

    private static func plan(
        _ kept: ID<Patient>, _ merged: ID<Patient>, faults: FormErrors, masked: Bool, _ work: Work,
        in tx: any ReadTransaction
    ) throws -> MergePage.Plan {
        let preview = try Merging.preview(keep: kept, merging: merged, by: work, in: tx)
        func person(_ p: Patient) -> String {
            "\(p.name) · \(p.gender.label) \(p.ageText(on: work.today)) · \(p.recordNumber)"
        }
        func text(_ field: PatientField, _ value: String?) throws -> String {
            guard let value else { return "没有" }
            switch field {
            case .phone: return PatientPhone.text(value, masked: masked)
            case .gender: return Gender(rawValue: value)?.label ?? value
            case .sourceChannel: return work.playbook.label(value, in: .sourceChannel)
            case .referrer, .household:
                return try ID<Patient>(value).flatMap { try PatientStore.find($0, in: tx)?.name } ?? "没有"
            default: return value
            }
        }
        return MergePage.Plan(
            action: PatientPaths.action(kept, "merge"), kept: person(preview.kept), merged: person(preview.merged),
            mergedID: merged.text,
            swapHref: URLText.address(PatientPaths.action(merged, "merge"), ["with": preview.kept.recordNumber]),
            keptVersion: preview.kept.version, mergedVersion: preview.merged.version,
            rows: try preview.fields.map {
                MergePage.Row(
                    field: $0.field.rawValue, label: $0.field.label, keptValue: try text($0.field, $0.kept),
                    mergedValue: try text($0.field, $0.merged), takesMerged: $0.prefersMerged)
            }, hasRows: !preview.fields.isEmpty, moves: preview.moves.map { "\($0.label) \($0.count)" },
            hasMoves: !preview.moves.isEmpty,
            obstacle: preview.obstacle?.userMessage ?? (faults.isEmpty ? nil : faults.userMessage),
            cancelHref: PatientPaths.one(kept), hours: work.playbook[.mergeUndoHours])
    }

    private static func past(
        _ id: ID<Patient>, _ work: Work, in tx: any ReadTransaction
    ) throws -> [MergePage.Past] {
        let merges = try MergeStore.list(into: id, in: tx)
        let people = try PatientStore.list(merges.map(\.mergedID), in: tx)
        let names = Dictionary(people.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        let staff = try StaffStore.names(Set(merges.map(\.mergedBy)), in: tx)
        return merges.map { merge in
            let other = names[merge.mergedID].map { "\($0.name)（\($0.recordNumber)）" } ?? ""
            let when = work.clinic.calendar.dateTimeText(merge.mergedAt)
            return MergePage.Past(
                text: "并入 \(other) · \(when) \(staff[merge.mergedBy] ?? "")\(merge.undoneAt == nil ? "" : " · 已撤回")",
                undoHref: merge.canBeUndone(at: work.now) ? "/merges/\(merge.id.text)/undo" : nil)
        }
    }
}
