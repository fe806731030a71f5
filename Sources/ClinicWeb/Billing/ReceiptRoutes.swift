import Clinic
import Hummingbird
import Kernel
import Storage

/// Receipts: the one just written, its paper, the list of a day (R6.03–R6.05, R6.07).
package enum ReceiptRoutes: Feature {
    package static var views: [any Fragment.Type] {
        [ReceiptPage.self, ReceiptsPage.self, RollPage.self, A5Page.self]
    }

    private static let readers: Access = .needsAny([.collectPayment, .reprintReceipt, .seeTill])

    package static func add(to table: inout RouteTable) {
        table.get(BillingPaths.receipts, readers, use: list)
        table.get("/receipts/:id", readers, use: receipt)
        table.post("/receipts/:id/prints", .needsAny([.collectPayment, .reprintReceipt]), use: print)
        table.get("/receipts/:id/paper/:layout", readers, use: paper)
        table.post("/receipts/:id/departure", .needs(.closeVisit), use: depart)
    }

    // MARK: Reading

    /// The receipts of a day; with a number, straight to that receipt.
    static func list(_ request: StaffRequest) async throws -> Response {
        try request.allowQuery("day", "number")
        let work = request.work
        let day = request.day("day") ?? work.today
        let typed = request.query["number"].halfWidth.trimmed
        let number = typed.split(separator: "-").last.flatMap { Int($0) }
        let clinic = work.clinic.id
        let (found, receipts, patients, doctors) = try await request.read { tx in
            let found = try number.flatMap { try ReceiptStore.find(number: $0, clinic: clinic, in: tx) }
            let receipts = try ReceiptStore.listDay(clinic: clinic, day: day, in: tx)
            let people = try PatientStore.briefs(
                Set(receipts.map(\.patientID)).sorted(), today: work.today, in: tx)
            return (
                found, receipts, Dictionary(people.map { ($0.id, $0.name) }, uniquingKeysWith: { first, _ in first }),
                try StaffStore.names(Set(receipts.map(\.doctorID)), in: tx)
            )
        }
        if let found { return request.redirect(BillingPaths.receipt(found.id)) }
        let fault = typed.isEmpty ? nil : "没有 \(typed) 号收据，请核对收据右上角的号码"
        let shell = try await request.shell(title: "收据", note: day.longText, area: .checkout)
        return try request.page(
            ReceiptsPage(
                receipts, day: day, number: typed, fault: fault, patients: patients, doctors: doctors, by: work,
                shell: shell),
            status: fault == nil ? .ok : .notFound)
    }

    static func receipt(_ request: StaffRequest) async throws -> Response {
        try request.allowQuery()
        let (id, work) = (try request.id("id", Receipt.self, what: "收据"), request.work)
        let (paper, prints, visit) = try await request.read { tx in
            let paper = try ReceiptPaper.load(id, by: work, in: tx)
            let visit = try paper.receipt.visitID.map { try VisitStore.get($0, clinic: work.clinic.id, in: tx) }
            return (
                paper, try ReceiptStore.printCount(id, in: tx), visit.flatMap { $0.leftAt == nil ? $0 : nil }
            )
        }
        let shell = try await request.shell(title: "收据 \(paper.number)", note: paper.patient.name, area: .checkout)
        return try request.page(ReceiptPage(paper, prints: prints, visit: visit, by: work, shell: shell))
    }

    /// The paper of a copy that was counted before; the first one is the original.
    static func paper(_ request: StaffRequest) async throws -> Response {
        try request.allowQuery("copy", "now")
        let (id, work) = (try request.id("id", Receipt.self, what: "收据"), request.work)
        guard let layout = ReceiptLayout(rawValue: request.parameters.get("layout") ?? "") else {
            throw ShellError.noSuchPage
        }
        let copy = Int(request.query["copy"]) ?? 1
        let (paper, printedAt) = try await request.read { tx in
            (
                try ReceiptPaper.load(id, by: work, in: tx), try ReceiptStore.printedAt(id, copy: copy, in: tx)
            )
        }
        guard let printedAt else { return request.redirect(BillingPaths.receipt(id), flash: "请从这里打印，打印次数要记下来") }
        let view = PaperView(paper, clinic: work.clinic, copy: copy, printedAt: printedAt)
        let shell = request.bareShell(title: "收据 \(paper.number)")
        let (back, now) = (BillingPaths.receipt(id), request.query["now"] == "1")
        return switch layout {
        case .roll: try request.page(RollPage(shell: shell, paper: view, backHref: back, printsNow: now))
        case .a5: try request.page(A5Page(shell: shell, paper: view, backHref: back, printsNow: now))
        }
    }

    // MARK: Changing

    static func print(_ request: StaffRequest) async throws -> Response {
        let (id, work) = (try request.id("id", Receipt.self, what: "收据"), request.work)
        guard let layout = ReceiptLayout(rawValue: request.form["layout"]) else {
            throw FormErrors("layout", "请选择 80 毫米或 A5")
        }
        let copy = try await request.write(changing: .checkout) { tx in
            try Checkout.print(id, layout: layout, by: work, in: tx)
        }
        return request.redirect(BillingPaths.paper(id, layout, copy: copy) + "&now=1")
    }

    /// 送别: the customer was seen and goes; what is still owed is reported (R6.08).
    static func depart(_ request: StaffRequest) async throws -> Response {
        let (id, work) = (try request.id("id", Receipt.self, what: "收据"), request.work)
        let name = try await request.write(changing: .reception, .checkout, .tasks, .board) { tx in
            let receipt = try ReceiptStore.get(id, clinic: work.clinic.id, in: tx)
            guard let visit = receipt.visitID else { throw NotFound("到访") }
            try SeeingOff.leave(visit, outcome: "seen", reason: nil, by: work, in: tx)
            return try PatientStore.get(receipt.patientID, in: tx).name
        }
        return request.redirect(
            work.actor.may(.collectPayment) ? BillingPaths.checkout : BillingPaths.receipt(id),
            flash: "已送别 \(name)")
    }
}
