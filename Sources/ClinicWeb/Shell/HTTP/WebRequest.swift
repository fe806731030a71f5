import Clinic
import Foundation
import HTTPTypes
import Hummingbird
import Kernel
import NIOCore
import Storage

/// A request with everything a handler may ask, decoded once.
package struct WebRequest: Sendable {
    package let app: AppServices
    package let method: HTTPRequest.Method
    package let path: String
    package let query: Form
    package let form: Form
    /// The body when it is not a form; at most 1 MB.
    package let body: ByteBuffer
    package let headers: HTTPFields
    package let parameters: Parameters
    /// Stands in the log line, on error pages and in the header `X-Request-ID`.
    package let id: String
    /// The clock, read once a request.
    package let now: Timestamp
    package let isSecure: Bool
    /// Address of the client, for rate limits.
    package let clientAddress: String
    /// A proxy of ours is between: its `X-Forwarded-…` headers count.
    let isForwarded: Bool
    package let signedIn: SignedIn?
    /// A page for customers: its faults are told in their language, without a word of the staff side.
    package let isPublic: Bool
    /// Goes into the hidden field `csrf` of every form.
    package let csrf: String
    /// A new visitor mark to set, when there is neither session nor mark.
    let newVisitor: String?
    let flash: FlashView?
    /// For streams, which must notice when the browser leaves.
    let raw: Request

    /// Asked for by a script that wants a part of a page, not a page.
    package var wantsFragment: Bool { headers[.hxRequest] != nil || headers[.partFetch] != nil || isBackground }
    /// Sent by a screen that refreshes itself, not by a person.
    package var isBackground: Bool { headers[.liveFetch] != nil || path == ShellPaths.live }
    /// The value of the session cookie; empty when there is none.
    package var sessionToken: String { raw.cookies[ShellCookie.session]?.value ?? "" }
    package var wantsJSON: Bool {
        path.hasPrefix("/api/") || headers[.accept]?.contains("application/json") == true
    }

    /// An id in the path.
    /// - Throws: `NotFound` when it is not an id; the same answer as for a row that is not there.
    package func id<T>(_ name: String, _ type: T.Type = T.self, what: String) throws -> ID<T> {
        guard let text = parameters.get(name), let id = ID<T>(text) else { throw NotFound(what) }
        return id
    }

    /// - Throws: `ShellError.unknownQuery` when the address has a parameter that the page does not know.
    package func allowQuery(_ names: String...) throws {
        for name in query.names.sorted() where !names.contains(name) { throw ShellError.unknownQuery(name) }
    }

    /// A day in the query; nil when it is absent or not a day.
    package func day(_ name: String) -> Day? { Day(query[name]) }
}

/// A request of a signed-in person who may open the route.
@dynamicMemberLookup
package struct StaffRequest: Sendable {
    package let web: WebRequest
    package let signedIn: SignedIn

    package subscript<T>(dynamicMember path: KeyPath<WebRequest, T>) -> T { web[keyPath: path] }

    package var actor: Actor { signedIn.actor }
    package var clinic: ClinicSite { signedIn.clinic }
    /// The business day of now in this clinic.
    package var today: Day { clinic.calendar.businessDay(of: web.now) }

    package func id<T>(_ name: String, _ type: T.Type = T.self, what: String) throws -> ID<T> {
        try web.id(name, type, what: what)
    }
    package func day(_ name: String) -> Day? { web.day(name) }
    package func allowQuery(_ names: String...) throws {
        for name in web.query.names.sorted() where !names.contains(name) { throw ShellError.unknownQuery(name) }
    }
    package func may(_ capability: Capability) -> Bool { actor.may(capability) }
    package func require(_ capability: Capability) throws { try actor.require(capability) }

    /// The circumstances of a use case. The command id comes from the hidden field `command`, if the form has one: then a
    /// form sent twice is done once. Else it is the request's own number.
    package var work: Work {
        Work(
            actor: actor, clinic: clinic, now: web.now, playbook: web.app.playbook(clinic.id), ids: web.app.ids,
            commandID: commandID)
    }

    package func read<T: Sendable>(_ body: @escaping @Sendable (any ReadTransaction) throws -> T) async throws -> T {
        try await web.app.db.read(body)
    }

    /// Writes in the lane of the person's clinic, then tells the screens of the clinic that show one of `topics`.
    /// One write a request: the log knows the request by its command.
    ///
    /// - Throws: `AlreadyDone` when the form was sent before; `OutcomeUnknown`.
    package func write<T: Sendable>(
        changing topics: Topic..., body: @escaping @Sendable (any WriteTransaction) throws -> T
    ) async throws -> T {
        try await write(in: clinic.lane, telling: clinic.lane, Set(topics), body)
    }

    /// The same for what all clinics share, a customer's file: tells the screens of every clinic.
    package func writeShared<T: Sendable>(
        changing topics: Set<Topic>, body: @escaping @Sendable (any WriteTransaction) throws -> T
    ) async throws -> T {
        try await write(in: clinic.lane, telling: .organisation, topics, body)
    }

    /// Writes in the lane of another clinic, for a desk that works for several (R3.23), and tells the screens there.
    package func write<T: Sendable>(
        at site: ClinicSite, changing topics: Set<Topic>, body: @escaping @Sendable (any WriteTransaction) throws -> T
    ) async throws -> T {
        try await write(in: site.lane, telling: site.lane, topics, body)
    }

    /// Writes in the lane of the organisation (staff, prices, the standard), then tells the screens of every clinic.
    package func writeOrganisation<T: Sendable>(
        changing topics: Set<Topic>, body: @escaping @Sendable (any WriteTransaction) throws -> T
    ) async throws -> T {
        try await write(in: .organisation, telling: .organisation, topics, body)
    }

    /// Ids of forms are short; a longer one is not ours.
    private var commandID: String { web.form["command"].nonBlank.map { String($0.prefix(64)) } ?? web.id }

    private func write<T: Sendable>(
        in lane: Lane, telling told: Lane, _ topics: Set<Topic>,
        _ body: @escaping @Sendable (any WriteTransaction) throws -> T
    ) async throws -> T {
        let news: CommitNews = topics.isEmpty ? .nothing : .screens(of: told, topics: topics.map(\.name).sorted())
        let isRepeatable = web.form["command"].nonBlank != nil
        let result = try await web.app.db.write(
            command: commandID, isRepeatable: isRepeatable, in: lane, telling: news, body)
        web.app.hub.publish(told, topics)
        return result
    }
}

extension HTTPField.Name {
    static let hxRequest = constant("HX-Request")
    static let partFetch = constant("X-Menya-Part")
    static let liveFetch = constant("X-Menya-Live")
    static let csrfToken = constant("X-CSRF-Token")
    static let requestID = constant("X-Request-ID")
    static let secFetchSite = constant("Sec-Fetch-Site")
    static let forwardedProto = constant("X-Forwarded-Proto")
    static let forwardedFor = constant("X-Forwarded-For")
    static let forwardedHost = constant("X-Forwarded-Host")
    static let referrerPolicy = constant("Referrer-Policy")
    static let lastEventID = constant("Last-Event-ID")
    static let openerPolicy = constant("Cross-Origin-Opener-Policy")

    private static func constant(_ name: String) -> HTTPField.Name {
        guard let field = HTTPField.Name(name) else { preconditionFailure("\(name) is not a header name") }
        return field
    }
}
