import Clinic
import Hummingbird
import Kernel
import Storage

/// 收费: the queue at the till and the payment (R6.01, R6.03, R6.10, R6.14–R6.16).
package enum CheckoutRoutes: Feature {
    package static var views: [any Fragment.Type] { [CheckoutPage.self, QueueView.self] }

    package static func add(to table: inout RouteTable) {
        table.get(BillingPaths.checkout, .needs(.collectPayment), use: overview)
        table.get(BillingPaths.checkoutQueue, .needs(.collectPayment), use: queue)
        table.get("/checkout/:id", .needs(.collectPayment), use: till)
        table.post("/checkout/:id/payments", .needs(.collectPayment), use: pay)
        table.get("/patients/:id/arrears", .needs(.collectPayment), use: arrears)
    }

    static func overview(_ request: StaffRequest) async throws -> Response {
        try request.allowQuery()
        return try await page(request, sheet: nil, form: nil, status: .ok)
    }

    static func queue(_ request: StaffRequest) async throws -> Response {
        try request.allowQuery("current")
        let work = request.work
        let queue = try await request.read { tx in try CheckoutQueue.load(by: work, in: tx) }
        return try request.fragment(
            QueueView(queue, current: ID<ChargeSheet>(request.query["current"]), now: work.now))
    }

    static func till(_ request: StaffRequest) async throws -> Response {
        try request.allowQuery()
        return try await page(
            request, sheet: try request.id("id", ChargeSheet.self, what: "收费单"), form: nil, status: .ok)
    }

    private static func page(
        _ request: StaffRequest, sheet: ID<ChargeSheet>?, form: CheckoutForm?, status: HTTPResponse.Status
    ) async throws -> Response {
        let work = request.work
        let typed = form ?? CheckoutForm(key: work.newID(Receipt.self).text)
        let (queue, reading) = try await request.read { tx in
            (
                try CheckoutQueue.load(by: work, in: tx),
                try sheet.map { try read($0, work, in: tx) }
            )
        }
        let shell = try await request.shell(title: "收费", note: request.today.longText, area: .checkout)
        return try request.page(
            CheckoutPage(
                shell: shell, queueHref: BillingPaths.queue(current: sheet),
                queue: QueueView(queue, current: sheet, now: work.now),
                till: reading.map { TillView($0, form: typed, by: work) }, receiptsHref: BillingPaths.receipts),
            status: status)
    }

    private static func read(
        _ id: ID<ChargeSheet>, _ work: Work, in tx: any ReadTransaction
    ) throws -> TillReading {
        let clinic = work.clinic.id
        let sheet = try ChargeSheetStore.get(id, clinic: clinic, in: tx)
        guard let patient = try PatientStore.briefs([sheet.patientID], today: work.today, in: tx).first else {
            throw NotFound("客人")
        }
        let items = try ItemStore.list(ids: Array(Set(sheet.lines.map(\.itemID))), in: tx)
        let next = try AppointmentStore.nextOfPatient(sheet.patientID, from: work.today.adding(days: 1), in: tx)
        let people = Set([sheet.enteredBy, sheet.doctorID] + [sheet.noticeBy, next?.doctorID].compactMap(\.self))
        return TillReading(
            sheet: sheet, patient: patient,
            items: Dictionary(items.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first }),
            names: try StaffStore.names(people, in: tx),
            open: try Ledger.openLines(of: sheet.patientID, clinic: clinic, in: tx),
            receipts: try ReceiptStore.list(of: id, in: tx), next: next)
    }

    /// Takes the money once for each key; the same press twice leads to the same receipt.
    static func pay(_ request: StaffRequest) async throws -> Response {
        let id = try request.id("id", ChargeSheet.self, what: "收费单")
        let work = request.work
        var form = CheckoutForm(request.form)
        do {
            let payment = try form.payment(id)
            let receipt = try await request.write(changing: .checkout, .reception, .tasks, .patients) { tx in
                try Checkout.pay(payment, by: work, in: tx)
            }
            return request.redirect(
                BillingPaths.receipt(receipt.id),
                flash: "已收款 \(receipt.received.yuanText)，收据 "
                    + Receipt.numberText(receipt.number, clinic: work.clinic.code))
        } catch let error as any UserFacingError where error.kind == .invalid || error is PaymentError {
            form.faults = FormErrors(error)
            form.forgetCardNumber()
            // A key that has paid for something else is spent.
            if error is KeyUsedForSomethingElse { form.key = work.newID(Receipt.self).text }
            return try await page(
                request, sheet: id, form: form, status: error.kind == .conflict ? .conflict : .unprocessableContent)
        }
    }

    /// The oldest unpaid sheet of a customer, wherever one comes from.
    static func arrears(_ request: StaffRequest) async throws -> Response {
        let (patient, clinic) = (try request.id("id", Patient.self, what: "客人"), request.clinic.id)
        let sheet = try await request.read { tx in
            _ = try PatientStore.get(patient, in: tx)
            return try CheckoutQueue.oldestOpen(of: patient, clinic: clinic, in: tx)
        }
        guard let sheet else { return request.redirect("/patients/\(patient.text)", flash: "这位客人在本门诊没有欠费") }
        return request.redirect(BillingPaths.checkout(sheet.id))
    }
}
