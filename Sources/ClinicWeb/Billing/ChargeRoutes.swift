import Clinic
import Hummingbird
import Kernel
import Storage

/// Fee entry in the room: lines, explanation, the customer's word, the doctor's notice (R5.20, R6.01).
package enum ChargeRoutes: Feature {
    package static var views: [any Fragment.Type] { [ChargePage.self] }

    package static func add(to table: inout RouteTable) {
        let enters: Access = .needsAny([.enterCharges, .overridePrice])
        table.get(
            "/visits/:id/charges", .needsAny([.enterCharges, .issueChargeNotice, .overridePrice, .collectPayment]),
            use: form)
        table.post("/visits/:id/charges", enters) { try await submit($0, .enter) }
        table.post("/visits/:id/charges/rows", enters, use: addRows)
        table.post("/visits/:id/charges/explanation", .needs(.enterCharges)) { try await submit($0, .explain) }
        table.post("/visits/:id/charges/confirmation", .needs(.enterCharges)) { try await submit($0, .confirm) }
        table.post("/visits/:id/charges/notice", .needs(.issueChargeNotice)) { try await submit($0, .release) }
        table.post("/visits/:id/charges/advice", .needs(.enterCharges), use: advise)
        table.post("/visits/:id/charges/cancellation", .needs(.enterCharges), use: cancel)
    }

    // MARK: Reading

    static func form(_ request: StaffRequest) async throws -> Response {
        try request.allowQuery()
        return try await page(request, form: nil, status: .ok)
    }

    /// The same page with more blank lines, for browsers without script; nothing is saved.
    static func addRows(_ request: StaffRequest) async throws -> Response {
        try await page(request, form: ChargeForm(request.form), extraRows: 5, status: .ok)
    }

    private static func page(
        _ request: StaffRequest, form: ChargeForm?, extraRows: Int = 0, status: HTTPResponse.Status
    ) async throws -> Response {
        let id = try request.id("id", Visit.self, what: "到访")
        let work = request.work
        let reading = try await request.read { tx in try read(id, work, in: tx) }
        let area: Area = work.actor.may(.enterCharges) ? .treatment : .checkout
        let shell = try await request.shell(title: "收费单", note: reading.patient.name, area: area)
        return try request.page(
            ChargePage(reading, form: form, extraRows: extraRows, by: work, shell: shell), status: status)
    }

    private static func read(_ id: ID<Visit>, _ work: Work, in tx: any ReadTransaction) throws -> ChargeReading {
        let clinic = work.clinic.id
        let visit = try VisitStore.get(id, clinic: clinic, in: tx)
        guard let patient = try PatientStore.briefs([visit.patientID], today: work.today, in: tx).first else {
            throw NotFound("客人")
        }
        let sheet = try ChargeSheetStore.find(visit: id, in: tx)
        let appointment = try visit.appointmentID.map { try AppointmentStore.get($0, clinic: clinic, in: tx) }
        let people = Set([sheet?.enteredBy, sheet?.noticeBy, visit.doctorID].compactMap(\.self))
        return ChargeReading(
            visit: visit, patient: patient, sheet: sheet, items: try ItemStore.listActive(in: tx),
            prices: try ItemStore.prices(day: visit.businessDay, clinic: clinic, in: tx),
            past: try Treatments.list(
                of: visit.patientID, clinic: work.actor.may(.seeOtherClinics) ? nil : clinic, in: tx),
            booked: appointment?.items ?? [],
            balance: try Ledger.balances(of: [visit.patientID], clinic: clinic, besides: [id], in: tx)[visit.patientID]
                ?? .zero,
            names: try StaffStore.names(people, in: tx))
    }

    // MARK: Changing

    private static func submit(_ request: StaffRequest, _ step: ChargeStep) async throws -> Response {
        let id = try request.id("id", Visit.self, what: "到访")
        var form = ChargeForm(request.form)
        let work = request.work
        do {
            let items = try await request.read { tx in try ItemStore.listActive(in: tx) }
            let (entries, advice, version) = (try form.entries(items: items), try form.advice(), form.version)
            let outcome = try await request.write(changing: .checkout, .reception, .tasks) { tx in
                try ChargeSheets.proceed(
                    to: step, entries, advice: advice, visit: id, version: version, by: work, in: tx)
            }
            return request.redirect(BillingPaths.charges(id), flash: flash(step, outcome))
        } catch let error as any UserFacingError where error.kind == .invalid || mayStay(error) {
            form.faults = form.shifted(error)
            return try await page(request, form: form, status: .unprocessableContent)
        }
    }

    /// A price somebody may not set is a fault of a line, not of the person's way here.
    private static func mayStay(_ error: any UserFacingError) -> Bool {
        if case ChargeError.priceRight? = error as? ChargeError { return true }
        return false
    }

    private static func flash(_ step: ChargeStep, _ outcome: ChargeSheets.Outcome) -> FlashView {
        if outcome.isVoided, step == .enter || step == .release {
            return FlashView(text: "项目有改动，已保存；请重新向客人说明并确认", tone: "warning")
        }
        return switch step {
        case .enter: FlashView(text: "收费单已保存，请向客人说明费用")
        case .explain: FlashView(text: "已记录：费用已说明")
        case .confirm: FlashView(text: "已记录：客人确认费用 \(outcome.sheet.total.yuanText)")
        case .release: FlashView(text: "收费通知已发给收费处，请带客人到收费处")
        }
    }

    /// The doctor's word on the next visit, also after the notice (R5.23).
    static func advise(_ request: StaffRequest) async throws -> Response {
        let (id, work) = (try request.id("id", Visit.self, what: "到访"), request.work)
        var form = ChargeForm(request.form)
        do {
            guard let advice = try form.advice() else { throw FormErrors("nextUnits", "请选择要不要复诊") }
            try await request.write(changing: .checkout, .reception) { tx in
                guard let sheet = try ChargeSheetStore.find(visit: id, in: tx) else { throw ChargeError.noSheet }
                try ChargeSheets.advise(sheet.id, advice, by: work, in: tx)
            }
            return request.redirect(BillingPaths.charges(id), flash: "已记录：\(BillWords.advice(advice))")
        } catch let error as any UserFacingError where error.kind == .invalid {
            let reading = try await request.read { tx in try read(id, work, in: tx) }
            if let sheet = reading.sheet {
                let codes = Dictionary(reading.items.map { ($0.id, $0.code) }, uniquingKeysWith: { first, _ in first })
                let stored = ChargeForm(sheet, codes: codes)
                (form.lines, form.version) = (stored.lines, stored.version)
            }
            form.faults = FormErrors(error)
            return try await page(request, form: form, status: .unprocessableContent)
        }
    }

    static func cancel(_ request: StaffRequest) async throws -> Response {
        let (id, work) = (try request.id("id", Visit.self, what: "到访"), request.work)
        let version = Int(request.form["version"]) ?? 0
        try await request.write(changing: .checkout, .reception) { tx in
            guard let sheet = try ChargeSheetStore.find(visit: id, in: tx) else { throw ChargeError.noSheet }
            try ChargeSheets.cancel(sheet.id, version: version, by: work, in: tx)
        }
        return request.redirect(BillingPaths.charges(id), flash: "收费单已作废，可以重新录入")
    }
}
