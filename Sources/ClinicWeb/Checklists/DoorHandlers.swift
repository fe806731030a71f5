import Clinic
import Hummingbird
import Kernel
import Storage

/// The door and the disinfection of the epidemic mode. While it is off these addresses do not exist (R3.42).
enum DoorHandlers {
    static func show(_ request: StaffRequest) async throws -> Response {
        try request.allowQuery("patient", "q")
        return try await page(request, patient: ID<Patient>(request.query["patient"]), FormErrors())
    }

    static func record(_ request: StaffRequest) async throws -> Response {
        try requireMode(request)
        let (form, work) = (request.form, request.work)
        let patient = ID<Patient>(form["patient"])
        let answers = DoorCheck.Answers(
            name: form["name"], temperature: form["temperature"], travel: form["travel"], hands: form.has("hands"),
            mask: form["mask"])
        do {
            let run = try await request.write(changing: .registers, .reception, .tasks) { tx in
                try DoorCheck.record(answers, patient: patient, by: work, in: tx)
            }
            let marks = try await request.read { tx in try ChecklistStore.marks(of: [run.id], in: tx)[run.id] ?? [] }
            if case .stopped(let faults) = DoorCheck.verdict(marks, work.playbook) {
                return request.redirect(
                    patient.map(ChecklistPaths.door) ?? ChecklistPaths.door,
                    flash: "\(faults.joined(separator: "、"))：请到一边等，已通知主管")
            }
            return request.redirect(
                patient.map { ReceptionPaths.arrival(patient: $0) } ?? ChecklistPaths.door, flash: "预检通过")
        } catch let error as ChecklistError {
            let fault = FormErrors(Self.field(error) ?? "form", error.userMessage)
            return try await page(request, patient: patient, fault)
        }
    }

    static func pass(_ request: StaffRequest) async throws -> Response {
        try requireMode(request)
        let (form, work) = (request.form, request.work)
        guard let patient = ID<Patient>(form["patient"]) else { throw NotFound("客人") }
        do {
            try await request.write(changing: .registers, .reception) { tx in
                try DoorCheck.pass(patient, reason: form["reason"], note: form["note"], by: work, in: tx)
            }
            return request.redirect(ReceptionPaths.arrival(patient: patient), flash: "已放行，原因记在预检里")
        } catch let error as FormErrors {
            return try await page(request, patient: patient, error)
        }
    }

    static func identify(_ request: StaffRequest) async throws -> Response {
        try requireMode(request)
        let (form, work) = (request.form, request.work)
        guard let patient = ID<Patient>(form["patient"]), let run = ID<ChecklistRun>(form["run"]) else {
            throw NotFound("预检")
        }
        try await request.write(changing: .registers, .reception) { tx in
            try DoorCheck.identify(run, as: patient, by: work, in: tx)
        }
        return request.redirect(ChecklistPaths.door(patient), flash: "已记到这位客人名下")
    }

    static func disinfection(_ request: StaffRequest) async throws -> Response {
        try request.allowQuery()
        let work = request.work
        guard work.playbook.level(of: .epidemicHandDisinfection) != .off else { throw NotFound("页面") }
        let shell = try await request.shell(title: "手部与台面消毒", area: .operations, isTouch: true)
        let duties = try await request.read { tx in try DisinfectionDuties.list(by: work, in: tx) }
        let missing = duties.count { $0.doneAt == nil }
        return try request.page(
            DisinfectionPage(
                shell: shell, countText: duties.isEmpty ? "今天还没有" : missing == 0 ? "都做了" : "缺 \(missing) 次",
                rows: duties.sorted { ($0.doneAt != nil ? 1 : 0, $1.at) < ($1.doneAt != nil ? 1 : 0, $0.at) }.map {
                    duty in
                    DisinfectionPage.Row(
                        label: duty.label, who: duty.personName,
                        done: duty.doneAt.map { "\(work.clinic.calendar.clockText($0)) 已消毒" },
                        occurrence: duty.occurrence)
                }, isEmpty: duties.isEmpty))
    }

    static func tick(_ request: StaffRequest) async throws -> Response {
        let (work, occurrence) = (request.work, request.form["occurrence"])
        try await request.write(changing: .registers) { tx in
            try DisinfectionDuties.tick(occurrence, by: work, in: tx)
        }
        return request.redirect(ChecklistPaths.disinfection)
    }

    // MARK: - Parts

    private static func requireMode(_ request: StaffRequest) throws {
        guard request.work.playbook.level(of: .epidemicPreCheck) != .off else { throw NotFound("页面") }
    }

    private static func field(_ error: ChecklistError) -> String? {
        switch error {
        case .invalid(let item, _), .noteNeeded(let item): item
        case .unfinished, .completed, .notByHand: nil
        }
    }

    private static func page(
        _ request: StaffRequest, patient: ID<Patient>?, _ faults: FormErrors
    ) async throws -> Response {
        try requireMode(request)
        let (work, form) = (request.work, request.form)
        guard let list = work.playbook.checklist(DoorCheck.checklist) else { throw NotFound("页面") }
        let shell = try await request.shell(title: "门口预检", area: .operations, isTouch: true)
        let mayPick = patient == nil && request.may(.seePatients)
        let pick = mayPick ? try await PersonPick.load(ChecklistPaths.door, for: request) : nil
        let page = try await request.read { tx in
            let brief = try patient.flatMap { try PatientStore.briefs([$0], today: work.today, in: tx).first }
            let verdict = try patient.map { try DoorCheck.verdict(of: $0, by: work, in: tx) }
            let checked = try today(list, patient, work, in: tx)
            func options(_ item: String) -> [OptionView] {
                list.item(item)?.choices.map { OptionView($0.code, $0.label, isChosen: $0.code == form[item]) } ?? []
            }
            return DoorCheckPage(
                shell: shell,
                person: brief.map { "\($0.name) · \($0.gender.label) \($0.ageText) · \($0.recordNumber)" },
                patientID: patient?.text ?? "", verdict: chip(verdict), pick: pick,
                callerName: InputView("name", "姓名", form["name"], hint: "怎么称呼就怎么写", isRequired: true, faults: faults),
                temperature: InputView(
                    "temperature", "体温", form["temperature"],
                    hint: list.item("temperature").flatMap { ChecklistRules.limitText($0, work.playbook) },
                    isRequired: true, inputMode: "decimal", unit: "℃", isFocused: true, faults: faults),
                question: work.playbook[.doorQuestion], travelFault: faults.messages["travel"],
                travel: options("travel"), hands: form.has("hands"), handsFault: faults.messages["hands"],
                masks: options("mask"), maskFault: faults.messages["mask"],
                fault: faults.messages(
                    outside: ["name", "temperature", "travel", "hands", "mask", "reason", "note"]),
                passing: passing(verdict, patient, request, faults),
                arrivalHref: verdict == .passed ? patient.map { ReceptionPaths.arrival(patient: $0) } : nil,
                checked: checked,
                hasChecked: !checked.isEmpty)
        }
        return try request.page(page, status: faults.isEmpty ? .ok : .unprocessableContent)
    }

    private static func chip(_ verdict: DoorCheck.Verdict?) -> ToneChip? {
        switch verdict {
        case .passed: ToneChip("今天预检已通过", tone: "done")
        case .stopped(let faults): ToneChip("\(faults.joined(separator: "、"))，不能登记到诊", tone: "danger")
        case .missing: ToneChip("今天还没有预检", tone: "waiting")
        case .notNeeded, nil: nil
        }
    }

    private static func passing(
        _ verdict: DoorCheck.Verdict?, _ patient: ID<Patient>?, _ request: StaffRequest, _ faults: FormErrors
    ) -> DoorCheckPage.Passing? {
        guard case .stopped = verdict,
            case .require(let capability) = request.work.playbook.level(of: .epidemicPreCheck), request.may(capability)
        else { return nil }
        return DoorCheckPage.Passing(
            who: patient?.text ?? "",
            reasons: OptionView.list(request.work.playbook.codes(.override), chosen: request.form["reason"]),
            note: InputView("note", "说明", request.form["note"], faults: faults), reasonFault: faults.messages["reason"])
    }

    /// The latest of today, for whoever is looked for at the desk.
    private static func today(
        _ list: ChecklistDefinition, _ patient: ID<Patient>?, _ work: Work, in tx: any ReadTransaction
    ) throws -> [DoorCheckPage.Checked] {
        let runs = try ChecklistStore.list(
            list.id, clinic: work.clinic.id, from: work.today, to: work.today, limit: 20, in: tx)
        let marks = try ChecklistStore.marks(of: runs.map(\.id), in: tx)
        return runs.map { run in
            let latest = ChecklistRules.latest(marks[run.id] ?? [])
            let isStopped: Bool
            if case .stopped = DoorCheck.verdict(marks[run.id] ?? [], work.playbook) {
                isStopped = true
            } else {
                isStopped = false
            }
            return DoorCheckPage.Checked(
                id: run.id.text, who: patient?.text ?? "", when: work.clinic.calendar.clockText(run.opensAt),
                name: run.label,
                temperature: latest["temperature"].map { "\($0.value) ℃" } ?? "",
                chip: isStopped ? ToneChip("拦下", tone: "danger") : ToneChip("通过", tone: "done"),
                mayIdentify: run.patientID == nil && patient != nil)
        }
    }
}
