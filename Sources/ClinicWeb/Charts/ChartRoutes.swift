import Clinic
import HTTPTypes
import Hummingbird
import Kernel
import Storage

/// Paper charts, entries, copies and prints (R1.28–R1.34).
package enum ChartRoutes: Feature {
    package static var views: [any Fragment.Type] {
        [ChartsPage.self, ChartsTodayPage.self, PapersPage.self, RecordPrintPage.self]
    }

    package static func add(to table: inout RouteTable) {
        let mayKeep = Access.needsAny(Charts.capabilities)
        let mayEnter = Access.needsAny(ChartEntries.capabilities)
        let mayCopy = Access.needsAny([.printRecords, .editPatients])
        table.get(ChartPaths.list, mayKeep, use: list)
        table.get(ChartPaths.today, mayKeep, use: today)
        table.post(ChartPaths.order, mayKeep, use: order)
        table.post("/charts/:id/move", mayKeep, use: move)
        table.post("/charts/:id/release", mayKeep, use: requestRelease)
        table.post("/charts/:id/decision", .needs(.approveOverride), use: decide)
        table.get("/patients/:id/papers", .needs(.seePatientRecord), use: papers)
        table.post("/patients/:id/charts", mayKeep, use: addChart)
        table.post("/patients/:id/entries", mayEnter, use: addEntry)
        table.post("/chart-entries/:id/return", mayEnter, use: returned)
        table.post("/chart-entries/:id/wrong", .needs(.editOtherPatients), use: markWrong)
        table.post("/patients/:id/copies", mayCopy, use: requestCopy)
        table.post("/record-copies/:id", mayCopy, use: advanceCopy)
        table.post("/patients/:id/prints", .needs(.printRecords), use: registerPrint)
        table.get("/patients/:id/record", .needs(.printRecords), use: record)
    }

    // MARK: - All charts

    static func list(_ request: StaffRequest) async throws -> Response {
        try request.allowQuery()
        return try await listPage(request, fault: nil)
    }

    static func order(_ request: StaffRequest) async throws -> Response {
        let work = request.work
        let count = try await request.write { tx in try Charts.orderForToday(by: work, in: tx) }
        return request.redirect(ChartPaths.list, flash: count == 0 ? "没有要标的病历" : "\(count) 份标为今天要用")
    }

    static func move(_ request: StaffRequest) async throws -> Response {
        let id = try request.id("id", PaperChart.self, what: "病历")
        let (form, work) = (request.form, request.work)
        guard let state = ChartState(rawValue: form["to"]) else { throw NotFound("病历") }
        do {
            let chart = try await request.write { tx in
                try Charts.move(id, version: Int(form["version"]) ?? 0, to: state, note: form["note"], by: work, in: tx)
            }
            let back = ChartPaths.papers(chart.patientID)
            return request.redirect(
                form["back"] == back ? back : ChartPaths.list, flash: "病历 \(chart.number)：\(chart.state.label)")
        } catch let error as any UserFacingError where error.kind == .conflict {
            return try await listPage(request, fault: error.userMessage)
        }
    }

    static func requestRelease(_ request: StaffRequest) async throws -> Response {
        let id = try request.id("id", PaperChart.self, what: "病历")
        let (form, work) = (request.form, request.work)
        return try await onPapers(request, flash: "借出单已交主管") { tx in
            _ = try Charts.requestRelease(id, reason: form["reason"], by: work, in: tx)
            return try ChartStore.get(id, clinic: work.clinic.id, in: tx).patientID
        } patient: { tx in
            try ChartStore.get(id, clinic: work.clinic.id, in: tx).patientID
        }
    }

    static func decide(_ request: StaffRequest) async throws -> Response {
        let id = try request.id("id", PaperChart.self, what: "病历")
        let (form, work) = (request.form, request.work)
        let approves = form["approves"] == "1"
        do {
            try await request.write { tx in
                try Charts.decide(id, approves: approves, answer: form["answer"], by: work, in: tx)
            }
            return request.redirect(ChartPaths.list, flash: approves ? "已同意借出" : "已答复：不借出")
        } catch let error as ChartError {
            return try await listPage(request, fault: error.userMessage)
        }
    }

    static func advanceCopy(_ request: StaffRequest) async throws -> Response {
        let id = try request.id("id", RecordCopy.self, what: "病历复印")
        let (form, work) = (request.form, request.work)
        let copy = try await request.write { tx in
            try RecordPapers.advance(id, version: Int(form["version"]) ?? 0, by: work, in: tx)
        }
        return request.redirect(ChartPaths.list, flash: "复印：\(copy.stateText)")
    }

    // MARK: - One customer

    static func papers(_ request: StaffRequest) async throws -> Response {
        try request.allowQuery()
        let id = try request.id("id", Patient.self, what: "客人资料")
        request.web.app.accesses.note(
            "record.viewed", of: id, kindOfSubject: "patient", patient: id, by: request.actor,
            clinic: request.clinic.id, at: request.now)
        return try await papersPage(id, request, fault: nil)
    }

    static func addChart(_ request: StaffRequest) async throws -> Response {
        let id = try request.id("id", Patient.self, what: "客人资料")
        let (form, work) = (request.form, request.work)
        let kind = PaperChart.Kind(rawValue: form["chartKind"]) ?? .chart
        return try await onPapers(request, flash: "已登记病历") { tx in
            try Charts.add(kind, number: form["number"], shelf: form["shelf"], of: id, by: work, in: tx).patientID
        } patient: { _ in
            id
        }
    }

    static func addEntry(_ request: StaffRequest) async throws -> Response {
        let id = try request.id("id", Patient.self, what: "客人资料")
        let (form, work) = (request.form, request.work)
        return try await onPapers(request, flash: "已录入并盖章") { tx in
            try ChartEntries.add(
                seenOn: form["seenOn"], content: form["content"], corrects: ID<ChartEntry>(form["corrects"]), of: id,
                by: work, in: tx
            ).patientID
        } patient: { _ in
            id
        }
    }

    static func returned(_ request: StaffRequest) async throws -> Response {
        let id = try request.id("id", ChartEntry.self, what: "录入的病历")
        let work = request.work
        return try await onPapers(request, flash: "记下了：已归还") { tx in
            try ChartEntries.returned(id, by: work, in: tx)
            return try ChartEntryStore.get(id, clinic: work.clinic.id, in: tx).patientID
        } patient: { tx in
            try ChartEntryStore.get(id, clinic: work.clinic.id, in: tx).patientID
        }
    }

    static func markWrong(_ request: StaffRequest) async throws -> Response {
        let id = try request.id("id", ChartEntry.self, what: "录入的病历")
        let (form, work) = (request.form, request.work)
        return try await onPapers(request, flash: "已标为有误，请录更正") { tx in
            try ChartEntries.markWrong(id, reason: form["wrongReason"], by: work, in: tx)
            return try ChartEntryStore.get(id, clinic: work.clinic.id, in: tx).patientID
        } patient: { tx in
            try ChartEntryStore.get(id, clinic: work.clinic.id, in: tx).patientID
        }
    }

    static func requestCopy(_ request: StaffRequest) async throws -> Response {
        let id = try request.id("id", Patient.self, what: "客人资料")
        let (form, work) = (request.form, request.work)
        return try await onPapers(request, flash: "已登记复印，备齐后交给客人") { tx in
            try RecordPapers.request(of: id, purpose: form["purpose"], papers: form["papers"], by: work, in: tx)
                .patientID
        } patient: { _ in
            id
        }
    }

    /// Registers the print with its purpose, then shows the paper.
    static func registerPrint(_ request: StaffRequest) async throws -> Response {
        let id = try request.id("id", Patient.self, what: "客人资料")
        let (form, work) = (request.form, request.work)
        do {
            let print = try await request.write { tx in
                try RecordPapers.print(of: id, purpose: form["purpose"], note: form["note"], by: work, in: tx)
            }
            return request.redirect(URLText.address(ChartPaths.record(id), ["print": print.id.text]), flash: "已登记这次打印")
        } catch let error as FormErrors {
            return try await papersPage(id, request, fault: error.userMessage)
        }
    }

    /// A small form of the page of one customer.
    private static func onPapers(
        _ request: StaffRequest, flash: String,
        _ body: @escaping @Sendable (any WriteTransaction) throws -> ID<Patient>,
        patient: @escaping @Sendable (any ReadTransaction) throws -> ID<Patient>
    ) async throws -> Response {
        do {
            let id = try await request.write { tx in try body(tx) }
            return request.redirect(ChartPaths.papers(id), flash: flash)
        } catch let error as any UserFacingError where error.kind != .notFound {
            let id = try await request.read { tx in try patient(tx) }
            return try await papersPage(id, request, fault: error.userMessage)
        }
    }
}
