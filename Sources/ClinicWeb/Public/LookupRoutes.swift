import Clinic
import Hummingbird
import Kernel
import Storage

/// The customer types, the desk reads (R1.13). The tablet's pages answer while the screen is locked, so that nothing else opens
/// on it without the PIN of a colleague.
package enum LookupRoutes: Feature {
    package static var views: [any Fragment.Type] { [LookupPage.self, SlipsPage.self, SlipsView.self] }

    package static func add(to table: inout RouteTable) {
        table.get(LookupPaths.tablet, .whileLocked, use: tablet)
        table.post(LookupPaths.tablet, .whileLocked, use: ask)
        table.post(LookupPaths.handOver, .needs(.seeReception), use: handOver)
        table.get(LookupPaths.slips, .needs(.seeReception), use: slips)
        table.get(LookupPaths.list, .needs(.seeReception), use: list)
        table.post("/lookup/slips/:id", .needs(.seeReception), use: settle)
    }

    static func tablet(_ request: StaffRequest) async throws -> Response {
        try request.require(.seeReception)
        return try request.page(page(request, isSent: request.web.query.has("sent")))
    }

    static func ask(_ request: StaffRequest) async throws -> Response {
        try request.require(.seeReception)
        let wait = request.app.limiter.secondsToWait(
            "lookup:\(request.signedIn.sessionKey)", RateLimit(burst: 10, perMinute: 10), now: request.now)
        if wait > 0 { throw ShellError.tooMany(seconds: wait) }
        let (typed, work) = (request.web.form["typed"], request.work)
        do {
            try await request.write(changing: .reception) { tx in _ = try LookupSlips.ask(typed, by: work, in: tx) }
        } catch let faults as FormErrors {
            return try request.page(
                page(request, isSent: false, value: String(typed.prefix(60)), faults: faults),
                status: .unprocessableContent)
        }
        return request.redirect(LookupPaths.tablet + "?sent=1")
    }

    /// Locks the screen and leaves the tablet to the customers.
    static func handOver(_ request: StaffRequest) async throws -> Response {
        let (key, now) = (request.signedIn.sessionKey, request.now)
        try await request.app.db.write(in: .organisation, telling: .nothing) { tx in
            if let session = try SessionStore.find(key, in: tx) { try Sessions.lock(session, now: now, in: tx) }
        }
        return request.redirect(LookupPaths.tablet)
    }

    // MARK: The desk

    static func slips(_ request: StaffRequest) async throws -> Response {
        try request.allowQuery()
        return try request.page(
            SlipsPage(
                shell: try await request.shell(title: "接待", note: "客人自己写的", area: .reception),
                list: try await view(request)))
    }

    static func list(_ request: StaffRequest) async throws -> Response { try request.fragment(try await view(request)) }

    static func settle(_ request: StaffRequest) async throws -> Response {
        let id = try request.id("id", LookupSlip.self, what: "纸条")
        let work = request.work
        try await request.write(changing: .reception) { tx in try LookupSlips.settle(id, by: work, in: tx) }
        return request.redirect(LookupPaths.slips)
    }

    // MARK: Parts

    private static func page(
        _ request: StaffRequest, isSent: Bool, value: String = "", faults: FormErrors = FormErrors()
    ) -> LookupPage {
        LookupPage(
            shell: request.bareShell(title: "找我的档案", isTouch: true), clinicName: request.clinic.name, isSent: isSent,
            isLocked: request.signedIn.isLocked, value: value, faults: faults)
    }

    private static func view(_ request: StaffRequest) async throws -> SlipsView {
        let (work, today, digits) = (request.work, request.today, request.searchedPhoneDigits)
        let (slips, seesPhones) = (
            try await request.read { tx in try LookupSlips.listOpen(by: work, in: tx) }, request.may(.seePhones)
        )
        let found = try await request.read { tx in
            try slips.map { slip in
                try PatientSearch.search(slip.typed, phoneDigits: digits, today: today, in: tx).people
            }
        }
        let calendar = request.clinic.calendar
        return SlipsView(
            zip(slips, found).map { slip, people in
                SlipView(
                    typed: slip.typed, asked: calendar.clockText(slip.askedAt),
                    hits: people.prefix(5).map { HitView($0, seesPhones: seesPhones, for: request) },
                    more: people.isEmpty ? "没有找到，请客人再写一次，或按新客人登记" : people.count > 5 ? "还有更多，请用搜索" : nil,
                    action: LookupPaths.slip(slip.id))
            })
    }
}

package enum LookupPaths {
    package static let tablet = "/lookup"
    static let handOver = "/lookup/hand-over"
    package static let slips = "/lookup/slips"
    static let list = "/lookup/slips/list"
    static func slip(_ id: ID<LookupSlip>) -> String { "/lookup/slips/\(id.text)" }
}

extension HitView {
    init(_ person: PatientBrief, seesPhones: Bool, for request: StaffRequest) {
        href = "/patients/\(person.id.text)"
        name = person.name
        self.person = [person.gender.label, person.ageText, PatientPhone.text(person.phone, masked: !seesPhones)]
            .filter { !$0.isEmpty }.joined(separator: " · ")
        arriveHref = request.may(.checkIn) ? "/reception/arrivals/new?patient=\(person.id.text)" : nil
    }
}
