import Clinic
import HTTPTypes
import Hummingbird
import Kernel
import Storage

/// Registration and correction.
enum PatientFormRoutes {
    static func new(_ request: StaffRequest) async throws -> Response {
        let typed = request.query["name"]
        try request.allowQuery("name", "next")
        // What was searched in vain is most likely the name, or the phone.
        let isNumber = !typed.isEmpty && typed.halfWidth.allSatisfy { $0.isASCIIDigit || $0 == " " }
        let known = Form(pairs: [Form.Pair(name: isNumber ? "phone" : "name", value: typed)])
        return try await page(PatientForm(known), stored: nil, request)
    }

    static func register(_ request: StaffRequest) async throws -> Response {
        let form = PatientForm(request.form)
        let (work, cipher) = (request.work, request.web.app.cipher)
        do {
            let patient = try await request.writeShared(changing: [.patients]) { tx in
                let made = try Registration.register(try form.registration(in: tx), by: work, sealing: cipher, in: tx)
                if form.isOnPhone {
                    try PatientProfiles.takenOnPhone(made.id, readBack: form.isReadBack, by: work, in: tx)
                }
                return made
            }
            // Who was registered because they stand at the desk is checked in next.
            let goesOn = request.query["next"] == PatientPaths.nextArrival
            return request.redirect(
                goesOn ? ReceptionPaths.arrival(patient: patient.id) : PatientPaths.one(patient.id),
                flash: "已登记 \(patient.name)，病历号 \(patient.recordNumber)")
        } catch PatientError.duplicates {
            return try await page(
                form, stored: nil, request, duplicates: try await matches(form, request), status: .conflict)
        } catch let error as any UserFacingError where error.kind == .invalid || error.kind == .conflict {
            return try await page(
                form, stored: nil, request, faults: faults(error), duplicates: try await matches(form, request),
                status: .unprocessableContent)
        }
    }

    /// The live warning while the form is filled in.
    static func duplicates(_ request: StaffRequest) async throws -> Response {
        try request.limitNumberSearch(request.form["phone"] + request.form["documentNumber"])
        return try request.fragment(try await matches(PatientForm(request.form), request))
    }

    /// Everybody who may be the one typed; those declared to be somebody else stay, ticked.
    private static func matches(_ form: PatientForm, _ request: StaffRequest) async throws -> DuplicatesView {
        let cipher = request.web.app.cipher
        let found = try await request.read { tx in try Registration.probe(form.details, cipher: cipher, in: tx) }
        return DuplicatesView(
            matches: found.map {
                DuplicateView($0, isConfirmed: form.notDuplicateOf.contains($0.patient.id), for: request)
            })
    }

    static func edit(_ request: StaffRequest) async throws -> Response {
        let id = try request.id("id", Patient.self, what: "客人资料")
        let (patient, referrer) = try await stored(id, request)
        CustomerRoutes.noteView(id, request)
        return try await page(
            PatientForm(Form(pairs: fields(patient, referrer: referrer, masked: !request.may(.seePhones)))),
            stored: patient,
            request)
    }

    static func save(_ request: StaffRequest) async throws -> Response {
        let id = try request.id("id", Patient.self, what: "客人资料")
        let form = PatientForm(request.form)
        let (work, cipher) = (request.work, request.web.app.cipher)
        do {
            _ = try await request.writeShared(changing: .customers) { tx in
                try PatientEditing.edit(try form.correction(of: id, in: tx), by: work, sealing: cipher, in: tx)
            }
            return request.redirect(PatientPaths.one(id), flash: "已保存修改")
        } catch let error as any UserFacingError where error.kind == .invalid || error.kind == .conflict {
            let (patient, _) = try await stored(id, request)
            return try await page(
                form, stored: patient, request, faults: faults(error), status: ErrorPages.status(of: error.kind))
        }
    }

    private static func stored(_ id: ID<Patient>, _ request: StaffRequest) async throws -> (Patient, String) {
        try await request.read { tx in
            let patient = try PatientStore.get(id, in: tx)
            let referrer = try patient.referrerID.flatMap { try PatientStore.find($0, in: tx)?.recordNumber }
            return (patient, referrer ?? "")
        }
    }

    /// What is stored, as the fields of the form. A phone that may not be seen is masked; sent back unchanged it stays.
    private static func fields(_ patient: Patient, referrer: String, masked: Bool) -> [Form.Pair] {
        let details = PatientDetails(patient)
        let values: KeyValuePairs = [
            "name": details.name, "pinyin": details.pinyin, "gender": details.gender, "bornOn": details.bornOn,
            "age": details.age, "salutation": details.salutation,
            "phone": masked && patient.phone != nil ? PatientPhone.text(patient.phone, masked: true) : details.phone,
            "phoneMissingReason": details.phoneMissingReason, "address": details.address,
            "documentKind": details.documentKind, "sourceChannel": details.sourceChannel,
            "complaint": details.complaint, "conditionNote": details.conditionNote, "remark": details.remark,
            "referrer": referrer, "version": String(patient.version),
        ]
        return values.map { Form.Pair(name: $0.key, value: $0.value) }
    }

    private static func faults(_ error: any UserFacingError) -> FormErrors {
        error as? FormErrors ?? FormErrors(error.field ?? "form", error.userMessage)
    }

    private static func page(
        _ form: PatientForm, stored: Patient?, _ request: StaffRequest, faults: FormErrors = FormErrors(),
        duplicates: DuplicatesView = .none,
        status: HTTPResponse.Status = .ok
    ) async throws -> Response {
        let title = stored.map { "修改 \($0.name)" } ?? "登记新客人"
        return try request.page(
            PatientFormPage(
                shell: try await request.shell(title: title, area: .patients), form: form, stored: stored,
                clinic: request.clinic, choices: PatientFormChoices(request.work.playbook), faults: faults,
                duplicates: duplicates, next: request.query["next"]), status: status)
    }
}
