import Clinic
import HTTPTypes
import Hummingbird
import Kernel
import Storage

/// 内部消息: short words between desk, floor, lobby, till and rooms (R4.32).
package enum MessageRoutes: Feature {
    package static var views: [any Fragment.Type] {
        [MessageBadge.self, MessagesPage.self, MessageListView.self]
    }

    package static func add(to table: inout RouteTable) {
        table.get(MessagePaths.list, .needs(.seeReception), use: show)
        table.get(MessagePaths.part, .needs(.seeReception), use: part)
        table.get(MessagePaths.badge, .needs(.seeReception), use: badge)
        table.post(MessagePaths.list, .needs(.seeReception), use: send)
        table.post(MessagePaths.reading, .needs(.seeReception), use: read)
        table.post(MessagePaths.place, .needs(.seeReception), use: choosePlace)
    }

    static func show(_ request: StaffRequest) async throws -> Response {
        try request.allowQuery("to", "visit", "answer")
        return try await page(request, form: request.query, error: nil, status: .ok)
    }

    static func part(_ request: StaffRequest) async throws -> Response {
        try request.allowQuery()
        let (work, chosen) = (request.work, request.chosenPlace)
        let facts = try await request.read { tx in try MessageFacts.load(chosen, visit: nil, by: work, in: tx) }
        return try request.fragment(MessageListView(facts, by: work))
    }

    static func badge(_ request: StaffRequest) async throws -> Response {
        try request.allowQuery()
        return try request.fragment(try await request.messageBadge() ?? MessageBadge(place: "消息", unread: 0))
    }

    static func send(_ request: StaffRequest) async throws -> Response {
        let (form, work, chosen) = (request.form, request.work, request.chosenPlace)
        do {
            try await request.write(changing: .messages) { tx in
                let place = try MessagePlace.find(chosen, by: work, in: tx)
                try InsideMessages.send(
                    .init(
                        from: place?.code ?? "", to: form.all("to"), body: form["quick"].nonBlank ?? form["body"],
                        visitID: ID<Visit>(form["visit"]), answersID: ID<InsideMessage>(form["answers"])),
                    by: work, in: tx)
            }
            return request.redirect(MessagePaths.list, flash: "已发出")
        } catch let error as any UserFacingError where error.kind == .invalid {
            return try await page(request, form: form, error: error, status: .unprocessableContent)
        }
    }

    static func read(_ request: StaffRequest) async throws -> Response {
        let (work, chosen) = (request.work, request.chosenPlace)
        let count = try await request.write(changing: .messages) { tx -> Int in
            guard let place = try MessagePlace.find(chosen, by: work, in: tx) else { return 0 }
            return try InsideMessages.read(at: place.code, by: work, in: tx)
        }
        return request.redirect(MessagePaths.list, flash: count > 0 ? "\(count) 条标为已读" : "没有未读的消息")
    }

    /// "I am at": kept in the browser, because a desk stays a desk when another person signs in.
    static func choosePlace(_ request: StaffRequest) async throws -> Response {
        let (work, wanted) = (request.work, request.form["place"])
        let known = try await request.read { tx in
            try InsideMessages.places(by: work, in: tx).first { $0.code == wanted }
        }
        guard let known else { throw FormErrors("place", "请从列出的位置中选一个") }
        var response = request.redirect(MessagePaths.list, flash: "您现在在\(known.label)")
        response.setCookie(request.web.cookie(MessagePaths.placeCookie, known.code, maxAge: 400 * 86_400))
        return response
    }

    private static func page(
        _ request: StaffRequest, form: Form, error: (any UserFacingError)?, status: HTTPResponse.Status
    ) async throws -> Response {
        let (work, chosen, visit) = (request.work, request.chosenPlace, ID<Visit>(form["visit"]))
        let facts = try await request.read { tx in try MessageFacts.load(chosen, visit: visit, by: work, in: tx) }
        let answer = ID<InsideMessage>(form["answer"].nonBlank ?? form["answers"])
        let answered = facts.messages.first { $0.id == answer }
        let shell = try await request.shell(
            title: "内部消息", note: facts.place.map { "我在\($0.label)" } ?? "", area: .reception)
        return try request.page(
            MessagesPage(facts, form: form, answered: answered, error: error, by: work, shell: shell), status: status)
    }
}
