import Clinic
import Hummingbird
import Kernel

/// 轮换: the ledger of turns.
package enum AssignmentRoutes: Feature {
    package static var views: [any Fragment.Type] { [RotationPage.self] }

    package static func add(to table: inout RouteTable) {
        table.get(AssignmentPaths.rotation, .needs(.seeBoard), use: rotation)
    }

    static func rotation(_ request: StaffRequest) async throws -> Response {
        try request.allowQuery("month")
        let asked: String? = request.query["month"]
        let month = asked.map { Day($0 + "-01") ?? request.today } ?? request.today
        let work = request.work
        let sheet = try await request.read { tx in try RotationSheet.load(month: month, by: work, in: tx) }
        let shell = try await request.shell(title: "轮换", note: request.today.longText, area: .board)
        return try request.page(
            RotationPage(
                shell: shell, sheet: sheet, month: month, today: request.today, calendar: work.clinic.calendar))
    }
}
