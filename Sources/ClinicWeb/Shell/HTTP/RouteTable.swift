import HTTPTypes
import Hummingbird

/// One address and who may use it.
package struct Route: Sendable {
    package typealias StaffHandler = @Sendable (StaffRequest) async throws -> Response
    package typealias OpenHandler = @Sendable (WebRequest) async throws -> Response
    enum Handler: Sendable {
        case staff(StaffHandler)
        case open(OpenHandler)
    }

    package let method: HTTPRequest.Method
    /// Router pattern: `/patients/:id`.
    package let path: String
    package let access: Access
    /// Per client address; only for open routes.
    package let limit: RateLimit?
    let handler: Handler
}

/// All routes of the program. A route without a declared access cannot be written down.
package struct RouteTable: Sendable {
    package private(set) var routes: [Route] = []
    package init() {}

    /// A route for signed-in people. `access` is checked before the handler runs; the handler always has a person.
    package mutating func get(_ path: String, _ access: Access, use handler: @escaping Route.StaffHandler) {
        add(.get, path, access, nil, .staff(handler))
    }
    /// The same for a change. The CSRF token and the origin are checked before the handler runs.
    package mutating func post(_ path: String, _ access: Access, use handler: @escaping Route.StaffHandler) {
        add(.post, path, access, nil, .staff(handler))
    }
    /// A route for everybody.
    package mutating func openGet(_ path: String, limit: RateLimit? = nil, use handler: @escaping Route.OpenHandler) {
        add(.get, path, .open, limit, .open(handler))
    }
    package mutating func openPost(_ path: String, limit: RateLimit? = nil, use handler: @escaping Route.OpenHandler) {
        add(.post, path, .open, limit, .open(handler))
    }

    /// A route for customers: on the public port and here. No session, no staff cookie, answers in the visitor's language.
    package mutating func publicGet(_ path: String, limit: RateLimit? = nil, use handler: @escaping Route.OpenHandler) {
        add(.get, path, .publicPage, limit, .open(handler))
    }
    package mutating func publicPost(_ path: String, limit: RateLimit, use handler: @escaping Route.OpenHandler) {
        add(.post, path, .publicPage, limit, .open(handler))
    }

    private mutating func add(
        _ method: HTTPRequest.Method, _ path: String, _ access: Access, _ limit: RateLimit?, _ handler: Route.Handler
    ) {
        if case .staff = handler {
            precondition(
                access != .open && access != .publicPage, "\(path): an open route is added with openGet or openPost")
        }
        precondition(path.hasPrefix("/"), "\(path): a route begins with /")
        precondition(
            !routes.contains { $0.method == method && $0.path == path }, "\(method) \(path) is there already")
        routes.append(Route(method: method, path: path, access: access, limit: limit, handler: handler))
    }

    /// The access of a page without parameters; nil when there is no such page.
    package func access(toPage path: String) -> Access? {
        routes.first { $0.method == .get && $0.path == path }?.access
    }

    /// `GET /patients/:id needs seePatientRecord`, one line a route, sorted; for `menya routes` and its test.
    package var listing: [String] {
        routes.map { "\($0.method.rawValue) \($0.path) \($0.access)" }.sorted()
    }
}

/// The web side of a feature: its routes and everything it draws. Handlers are static functions of the request.
package protocol Feature {
    static var views: [any Fragment.Type] { get }
    static func add(to table: inout RouteTable)
}
