import Foundation
import Hummingbird
import Storage

/// Start address, health checks.
package enum ShellRoutes: Feature {
    package static var views: [any Fragment.Type] { [ErrorPage.self, FaultFragment.self] }

    package static func add(to table: inout RouteTable) {
        table.get(ShellPaths.home, .signedIn, use: home)
        table.openGet("/healthz", use: health)
        table.openGet("/readyz", use: ready)
    }

    /// The first page of the rail that the person may open.
    static func home(_ request: StaffRequest) async throws -> Response {
        guard let path = request.firstPage else { throw ShellError.noAccess }
        return request.redirect(path, flash: request.web.flash)
    }

    /// The process answers.
    static func health(_ request: WebRequest) async throws -> Response { request.text("ok\n") }

    /// The process answers and reaches its database.
    static func ready(_ request: WebRequest) async throws -> Response {
        do {
            _ = try await request.app.db.read { tx in try tx.int64("SELECT 1 AS one") }
            return request.text("ready\n")
        } catch {
            return request.text("database not reachable\n", status: .serviceUnavailable)
        }
    }
}
