import Clinic
import HTTPTypes
import Hummingbird
import Kernel
import Storage

/// 咨询档案: sealed, by right, each look recorded (R1.20) — templates/patients/consultation.mustache
struct ConsultationPage: Page {
    static let template = "patients/consultation"
    let shell: ShellView
    let person: String
    let action: String
    let backHref: String
    let inputs: [PatientInputView]
    let fault: String?
    static let fields: [Field<Self>] = [
        Field("person", \.person), Field("action", \.action), Field("backHref", \.backHref), Field("inputs", \.inputs),
        Field("fault", \.fault),
    ]

    init(
        shell: ShellView, patient: ID<Patient>, person: String, profile: ConsultationProfile,
        faults: FormErrors = FormErrors()
    ) {
        self.shell = shell
        self.person = person
        action = PatientPaths.action(patient, "consultation")
        backHref = PatientPaths.one(patient)
        inputs = [
            PatientInputView("origin", "从哪里来", profile.origin, faults: faults),
            PatientInputView("need", "客户需求", profile.need, isLong: true, faults: faults),
            PatientInputView("occupation", "职业", profile.occupation, faults: faults),
            PatientInputView("economy", "经济状况", profile.economy, faults: faults),
            PatientInputView("family", "家庭及社会背景", profile.family, isLong: true, faults: faults),
            PatientInputView("marriage", "婚姻状况", profile.marriage, faults: faults),
        ]
        fault = faults.messages(outside: ["origin", "need", "occupation", "economy", "family", "marriage"])
    }

    static var samples: [ConsultationPage] {
        [
            ConsultationPage(
                shell: .sample(title: "咨询档案", area: .patients), patient: ID(raw: 1), person: "阿卜杜热西提·买买提江",
                profile: ConsultationProfile(origin: "上海<script>", occupation: "教师"),
                faults: FormErrors("economy", "最多 200 个字")),
            ConsultationPage(
                shell: .sample(title: "咨询档案", area: .patients), patient: ID(raw: 1), person: "谢春梅",
                profile: ConsultationProfile()),
        ]
    }
}

enum ConsultationRoutes {
    static func add(to table: inout RouteTable) {
        table.get("/patients/:id/consultation", .needs(.seeSensitiveProfile), use: show)
        table.post("/patients/:id/consultation", .needs(.seeSensitiveProfile), use: save)
    }

    static func show(_ request: StaffRequest) async throws -> Response {
        try request.allowQuery()
        let id = try request.id("id", Patient.self, what: "客人资料")
        let (work, cipher) = (request.work, request.web.app.cipher)
        let profile = try await request.read { tx in
            try ConsultationProfiles.read(id, opening: cipher, by: work, in: tx)
        }
        request.web.app.accesses.note(
            "consultation.viewed", of: id, kindOfSubject: "patient", patient: id, by: request.actor,
            clinic: request.clinic.id, at: request.now)
        return try await page(id, profile ?? ConsultationProfile(), FormErrors(), request)
    }

    static func save(_ request: StaffRequest) async throws -> Response {
        let id = try request.id("id", Patient.self, what: "客人资料")
        let (form, work, cipher) = (request.form, request.work, request.web.app.cipher)
        let profile = ConsultationProfile(
            origin: form["origin"].trimmed, need: form["need"].trimmed, occupation: form["occupation"].trimmed,
            economy: form["economy"].trimmed, family: form["family"].trimmed, marriage: form["marriage"].trimmed)
        do {
            try await request.writeShared(changing: [.patients]) { tx in
                try ConsultationProfiles.write(profile, of: id, sealing: cipher, by: work, in: tx)
            }
            return request.redirect(PatientPaths.one(id), flash: "已保存咨询档案")
        } catch let error as FormErrors {
            return try await page(id, profile, error, request)
        }
    }

    private static func page(
        _ id: ID<Patient>, _ profile: ConsultationProfile, _ faults: FormErrors, _ request: StaffRequest
    ) async throws -> Response {
        let patient = try await request.read { tx in try PatientStore.get(id, in: tx) }
        let shell = try await request.shell(title: "咨询档案", area: .patients)
        return try request.page(
            ConsultationPage(shell: shell, patient: id, person: patient.name, profile: profile, faults: faults),
            status: faults.isEmpty ? .ok : .unprocessableContent)
    }
}
