import Clinic
import Foundation
import Hummingbird
import Storage

/// Start address, health checks.
package enum ShellRoutes: Feature {
    package static var views: [any Fragment.Type] { [ErrorPage.self, StaffErrorPage.self, FaultFragment.self] }

    package static func add(to table: inout RouteTable) {
        table.get(ShellPaths.home, .signedIn, use: home)
        table.get("/outcome/:command", .signedIn, use: outcome)
        table.publicGet("/healthz", use: health)
        table.openGet("/readyz", use: ready)
    }

    /// The first page of the rail that the person may open.
    static func home(_ request: StaffRequest) async throws -> Response {
        guard let path = request.firstPage else { throw ShellError.noAccess }
        return request.redirect(path, flash: request.web.flash)
    }

    /// After a COMMIT that was never answered: was it saved? Answers yes or no, or again that nobody can know yet.
    static func outcome(_ request: StaffRequest) async throws -> Response {
        let (command, db) = (request.parameters.get("command") ?? "", request.app.db)
        var isDone = try await db.isDone(command: command, in: request.clinic.lane)
        if !isDone { isDone = try await db.isDone(command: command, in: .organisation) }
        let fault = ErrorPages.Fault(
            status: .ok, heading: isDone ? "已经保存" : "没有保存",
            message: isDone ? "刚才的操作已经保存好了，不用再做一次。" : "刚才的操作没有保存，数据没有任何改动，请再做一次。")
        return try request.page(
            ErrorPage(fault, shell: request.bareShell(title: fault.heading), homeHref: ShellPaths.home, back: nil))
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
