import Clinic
import HTTPTypes
import Hummingbird
import Kernel
import Storage

/// 接待资料: how a customer likes to be received and reached (R1.21–R1.23, R1.25–R1.27) — templates/patients/profile.mustache
struct ProfilePage: Page {
    static let template = "patients/profile"
    let shell: ShellView
    let person: String
    let action: String
    let backHref: String
    let version: Int
    let fault: String?
    let language: PatientChoiceView
    let relay: [PatientInputView]
    let contactAny: Bool
    let contact: [PatientInputView]
    let intention: PatientChoiceView
    let wishes: [PatientInputView]
    let needs: [OptionView]
    let needsError: String?
    /// nil while the clinic does not ask (R1.26).
    let drink: PatientChoiceView?
    let employee: PatientInputView
    static let fields: [Field<Self>] = [
        Field("person", \.person), Field("action", \.action), Field("backHref", \.backHref),
        Field("version", \.version),
        Field("fault", \.fault), Field("language", \.language), Field("relay", \.relay),
        Field("contactAny", \.contactAny), Field("contact", \.contact), Field("intention", \.intention),
        Field("wishes", \.wishes), Field("needs", \.needs), Field("needsError", \.needsError), Field("drink", \.drink),
        Field("employee", \.employee),
    ]

    init(
        shell: ShellView, patient: ID<Patient>, name: String, typed: ProfileDetails, version: Int, playbook: Playbook?,
        faults: FormErrors = FormErrors()
    ) {
        func options(_ list: CodeList, _ chosen: String, blank: String) -> [PatientOptionView] {
            [PatientOptionView("", blank, isChosen: chosen.isEmpty)]
                + (playbook?.codes(list) ?? []).map {
                    PatientOptionView($0.code, $0.label, isChosen: $0.code == chosen)
                }
        }
        self.shell = shell
        person = name
        action = PatientPaths.action(patient, "profile")
        backHref = PatientPaths.one(patient)
        self.version = version
        language = PatientChoiceView(
            "language", "说什么话", options(.spokenLanguage, typed.language, blank: "普通话"), hint: "预约和接待屏上会显示",
            faults: faults)
        relay = [
            PatientInputView("relayName", "谁可以帮忙转述", typed.relayName, hint: "会说普通话的家人或朋友", faults: faults),
            PatientInputView("relayPhone", "转述人的电话", typed.relayPhone, inputMode: "tel", faults: faults),
        ]
        contactAny = typed.contactAny
        contact = [
            PatientInputView("contactFrom", "从", typed.contactFrom, hint: "例：10:00", faults: faults),
            PatientInputView("contactUntil", "到", typed.contactUntil, hint: "例：12:00", faults: faults),
        ]
        intention = PatientChoiceView(
            "intention", "治疗意向", options(.treatmentIntention, typed.intention, blank: "没有问到"), faults: faults)
        wishes = [
            PatientInputView("intendedItems", "想做的项目", typed.intendedItems, hint: "用客人的话", faults: faults),
            PatientInputView(
                "preference", "治疗偏好", typed.preference, hint: "怕疼、想慢慢讲、不要一次做完……", faults: faults),
        ]
        needs = (playbook?.codes(.assistanceNeed) ?? []).map {
            OptionView($0.code, $0.label, isChosen: typed.needs.contains($0.code))
        }
        needsError = faults.messages["needs"]
        let asksDrink = playbook.map { $0.level(of: .drinkPreference) != .off } ?? false
        drink =
            asksDrink
            ? PatientChoiceView("drink", "喝什么", options(.drink, typed.drink, blank: "没有问到"), faults: faults) : nil
        employee = PatientInputView(
            "employeeNumber", "本院员工的工号", typed.employeeNumber, hint: "是本院员工才填；治疗凭护士长的派工单收费", faults: faults)
        fault = faults.messages(outside: [
            "language", "relayName", "relayPhone", "contactFrom", "contactUntil", "intention", "intendedItems",
            "preference", "needs", "drink", "employeeNumber",
        ])
    }

    static var samples: [ProfilePage] {
        var typed = ProfileDetails()
        typed.relayName = "方志诚<script>"
        typed.contactAny = true
        return [
            ProfilePage(
                shell: .sample(title: "接待资料", area: .patients), patient: ID(raw: 1), name: "阿卜杜热西提·买买提江", typed: typed,
                version: 1, playbook: nil, faults: FormErrors("contactFrom", "时间写成 10:00 到 12:00，前面的早于后面的")),
            ProfilePage(
                shell: .sample(title: "接待资料", area: .patients), patient: ID(raw: 1), name: "谢春梅",
                typed: ProfileDetails(),
                version: 0, playbook: nil),
        ]
    }
}

/// Handlers of the reception part, of observations and of the read-back.
enum ProfileRoutes {
    static func add(to table: inout RouteTable) {
        let mayEdit = Access.needsAny(PatientProfiles.capabilities)
        table.get("/patients/:id/profile", mayEdit, use: show)
        table.post("/patients/:id/profile", mayEdit, use: save)
        table.post("/patients/:id/read-back", mayEdit, use: readBack)
        table.post("/patients/:id/observations", Access.needsAny(Observations.capabilities), use: observe)
        table.post(
            "/patients/:id/observations/:observation/withdraw", Access.needsAny(Observations.capabilities),
            use: withdraw)
    }

    static func show(_ request: StaffRequest) async throws -> Response {
        try request.allowQuery()
        let id = try request.id("id", Patient.self, what: "客人资料")
        let (profile, number) = try await request.read { tx in
            let profile = try PatientProfiles.get(id, in: tx)
            return (profile, try profile.employeeID.flatMap { try StaffStore.find($0, in: tx)?.employeeNumber } ?? "")
        }
        var typed = ProfileDetails(profile, employeeNumber: number)
        if !request.may(.seePhones), profile.relayPhone != nil {
            typed.relayPhone = PatientPhone.text(profile.relayPhone, masked: true)
        }
        CustomerRoutes.noteView(id, request)
        return try await page(id, typed, profile.version, FormErrors(), request)
    }

    static func save(_ request: StaffRequest) async throws -> Response {
        let id = try request.id("id", Patient.self, what: "客人资料")
        let (form, work) = (request.form, request.work)
        var details = ProfileDetails()
        details.language = form["language"]
        details.relayName = form["relayName"]
        details.relayPhone = form["relayPhone"]
        details.contactAny = form.has("contactAny")
        details.contactFrom = form["contactFrom"]
        details.contactUntil = form["contactUntil"]
        details.intention = form["intention"]
        details.intendedItems = form["intendedItems"]
        details.preference = form["preference"]
        details.needs = Set(form.all("need"))
        details.drink = form["drink"]
        details.employeeNumber = form["employeeNumber"]
        let (typed, version) = (details, Int(form["version"]) ?? 0)
        do {
            _ = try await request.writeShared(changing: .customers) { tx in
                try PatientProfiles.save(typed, of: id, version: version, by: work, in: tx)
            }
            return request.redirect(PatientPaths.one(id), flash: "已保存接待资料")
        } catch let error as any UserFacingError where error.kind == .invalid || error.kind == .conflict {
            return try await page(id, typed, version, FormErrors(error), request)
        }
    }

    private static func page(
        _ id: ID<Patient>, _ typed: ProfileDetails, _ version: Int, _ faults: FormErrors, _ request: StaffRequest
    ) async throws -> Response {
        let patient = try await request.read { tx in try PatientStore.get(id, in: tx) }
        let shell = try await request.shell(title: "接待资料", area: .patients)
        return try request.page(
            ProfilePage(
                shell: shell, patient: id, name: patient.name, typed: typed, version: version,
                playbook: request.work.playbook, faults: faults),
            status: faults.isEmpty ? .ok : .unprocessableContent)
    }

    private static func readBack(_ request: StaffRequest) async throws -> Response {
        try await CustomerRoutes.change(request, flash: "已核对姓名和电话") { id, _, work, tx in
            try PatientProfiles.readBack(id, by: work, in: tx)
        }
    }

    private static func observe(_ request: StaffRequest) async throws -> Response {
        try await CustomerRoutes.change(request, flash: "已写下，带入时医生会看到") { id, form, work, tx in
            try Observations.write(form["words"], about: id, insists: form.has("insists"), by: work, in: tx)
        }
    }

    private static func withdraw(_ request: StaffRequest) async throws -> Response {
        let observation = try request.id("observation", Observation.self, what: "提示")
        return try await CustomerRoutes.change(request, flash: "已撤下") { id, _, work, tx in
            try Observations.withdraw(observation, of: id, by: work, in: tx)
        }
    }
}
