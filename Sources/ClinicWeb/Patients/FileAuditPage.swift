import Clinic
import HTTPTypes
import Hummingbird
import Kernel
import Storage

/// 资料抽查: is what was registered complete and right (R1.36) — templates/patients/audits.mustache
struct FileAuditPage: Page {
    static let template = "patients/audits"
    let shell: ShellView
    let days: Int
    let points: Int
    let fault: String?
    let open: [Candidate]
    let hasOpen: Bool
    let registrars: [Registrar]
    let hasRegistrars: Bool
    let done: [Done]
    let hasDone: Bool
    static let fields: [Field<Self>] = [
        Field("days", \.days), Field("points", \.points), Field("fault", \.fault), Field("open", \.open),
        Field("hasOpen", \.hasOpen), Field("registrars", \.registrars), Field("hasRegistrars", \.hasRegistrars),
        Field("done", \.done), Field("hasDone", \.hasDone),
    ]

    /// A file nobody has looked at; what the program suspects is ticked.
    struct Candidate: Viewable {
        let action: String
        let href: String
        let person: String
        let registered: String
        let findings: [OptionView]
        static let fields: [Field<Self>] = [
            Field("action", \.action), Field("href", \.href), Field("person", \.person),
            Field("registered", \.registered), Field("findings", \.findings),
        ]
    }

    struct Registrar: Viewable {
        let name: String
        let audited: Int
        let faulty: Int
        let score: String
        static let fields: [Field<Self>] = [
            Field("name", \.name), Field("audited", \.audited), Field("faulty", \.faulty), Field("score", \.score),
        ]
    }

    struct Done: Viewable {
        let personHref: String
        let personText: String
        let words: String
        let by: String
        static let fields: [Field<Self>] = [
            Field("personHref", \.personHref), Field("personText", \.personText), Field("words", \.words),
            Field("by", \.by),
        ]
    }

    static var samples: [FileAuditPage] {
        let candidate = Candidate(
            action: "/file-audits/0000000000001", href: "/patients/0000000000001",
            person: "阿卜杜热西提·买买提江<script> · A000118",
            registered: "周敏 2026-03-12 09:20",
            findings: [OptionView("addressMissing", "住址缺漏或写错", isChosen: true), OptionView("phoneWrong", "电话打不通或写错")])
        return [
            FileAuditPage(
                shell: .sample(title: "资料抽查", area: .patients), days: 31, points: 5, fault: "自己登记的资料请由同事来查",
                open: [candidate], hasOpen: true,
                registrars: [Registrar(name: "周敏", audited: 12, faulty: 2, score: "建议扣 10 分")], hasRegistrars: true,
                done: [
                    Done(
                        personHref: "/patients/0000000000002", personText: "谢春梅 · A009316", words: "住址缺漏或写错",
                        by: "查 林岚 · 登记 周敏 · 2026-03-12 10:20")
                ], hasDone: true),
            FileAuditPage(
                shell: .sample(title: "资料抽查", area: .patients), days: 31, points: 5, fault: nil, open: [],
                hasOpen: false,
                registrars: [], hasRegistrars: false, done: [], hasDone: false),
        ]
    }
}

enum FileAuditRoutes {
    static let path = "/file-audits"
    private static let days = 31

    static func add(to table: inout RouteTable) {
        table.get(path, .needs(.editOtherPatients), use: show)
        table.post("/file-audits/:id", .needs(.editOtherPatients), use: record)
    }

    static func show(_ request: StaffRequest) async throws -> Response {
        try request.allowQuery()
        return try await page(request, fault: nil)
    }

    static func record(_ request: StaffRequest) async throws -> Response {
        let id = try request.id("id", Patient.self, what: "客人资料")
        let (form, work) = (request.form, request.work)
        do {
            let audit = try await request.write { tx in
                try FileAudits.record(Set(form.all("finding")), note: form["note"], of: id, by: work, in: tx)
            }
            return request.redirect(
                path, flash: audit.findings.isEmpty ? "记下了：没有差错" : "记下了：\(audit.findings.count) 处差错")
        } catch let error as any UserFacingError where error.kind != .notFound {
            return try await page(request, fault: error.userMessage)
        }
    }

    private static func page(_ request: StaffRequest, fault: String?) async throws -> Response {
        let work = request.work
        let shell = try await request.shell(title: "资料抽查", area: .patients)
        let since = work.now.adding(hours: -24 * days)
        let page = try await request.read { tx in
            let ids = try FileAuditStore.listUnaudited(clinic: work.clinic.id, since: since, limit: 20, in: tx)
            let audits = try FileAuditStore.list(clinic: work.clinic.id, since: since, in: tx)
            let open = try PatientStore.list(ids, in: tx)
            let audited = try PatientStore.list(Array(Set(audits.map(\.patientID))), in: tx)
            let staff = try StaffStore.names(
                Set(open.map(\.registeredBy) + audits.flatMap { [$0.registrarID, $0.auditedBy] }), in: tx)
            return FileAuditPage(
                shell: shell, days: days, points: work.playbook[.fileAuditPoints], fault: fault,
                open: try open.map { try candidate($0, staff, work, in: tx) }, hasOpen: !open.isEmpty,
                registrars: registrars(audits, staff), hasRegistrars: !audits.isEmpty,
                done: done(audits.filter { !$0.findings.isEmpty }, audited, staff, work),
                hasDone: audits.contains { !$0.findings.isEmpty })
        }
        return try request.page(page, status: fault == nil ? .ok : .unprocessableContent)
    }

    private static func candidate(
        _ p: Patient, _ staff: [ID<Staff>: String], _ work: Work, in tx: any ReadTransaction
    ) throws -> FileAuditPage.Candidate {
        // Who answered the inquiry was asked, also when nothing was the matter.
        let wasAsked = try IntakeStore.list(of: p.id, in: tx).contains { $0.kind == .inquiry && $0.state != .discarded }
        let suspected = FileAudits.suspicions(
            p, hasHistory: try wasAsked || !PatientAlerts.list(p.id, in: tx).isEmpty)
        return FileAuditPage.Candidate(
            action: "\(path)/\(p.id.text)", href: PatientPaths.one(p.id), person: "\(p.name) · \(p.recordNumber)",
            registered: "\(staff[p.registeredBy] ?? "") \(work.clinic.calendar.dateTimeText(p.registeredAt))",
            findings: work.playbook.codes(.fileFinding).map {
                OptionView($0.code, $0.label, isChosen: suspected.contains($0.code))
            })
    }

    private static func registrars(
        _ audits: [FileAudit], _ staff: [ID<Staff>: String]
    ) -> [FileAuditPage.Registrar] {
        Dictionary(grouping: audits, by: \.registrarID).sorted { a, b in
            a.value.count != b.value.count ? a.value.count > b.value.count : a.key < b.key
        }.map { id, audits in
            let points = audits.reduce(0) { $0 + $1.points }
            return FileAuditPage.Registrar(
                name: staff[id] ?? "", audited: audits.count, faulty: audits.count { !$0.findings.isEmpty },
                score: points == 0 ? "" : "建议扣 \(points) 分")
        }
    }

    private static func done(
        _ audits: [FileAudit], _ people: [Patient], _ staff: [ID<Staff>: String], _ work: Work
    ) -> [FileAuditPage.Done] {
        let known = Dictionary(people.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        return audits.prefix(50).map { audit in
            let labels = audit.findings.map { work.playbook.label($0, in: .fileFinding) }
            let note = audit.note.map { "（\($0)）" } ?? ""
            return FileAuditPage.Done(
                personHref: PatientPaths.one(audit.patientID),
                personText: known[audit.patientID].map { "\($0.name) · \($0.recordNumber)" } ?? "",
                words: labels.joined(separator: "、") + note,
                by:
                    "查 \(staff[audit.auditedBy] ?? "") · 登记 \(staff[audit.registrarID] ?? "") · \(work.clinic.calendar.dateTimeText(audit.auditedAt))"
            )
        }
    }
}
