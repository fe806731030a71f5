import Clinic
import Hummingbird
import Kernel
import Storage

/// 报表.
package enum ReportRoutes: Feature {
    package static var views: [any Fragment.Type] {
        [BookingReportPage.self, WaitingReportPage.self, TriageReportPage.self, ChannelReportPage.self]
    }

    package static func add(to table: inout RouteTable) {
        table.get(ReportPaths.home, .needs(.seeReports), use: home)
        table.get(ReportPaths.bookings, .needs(.seeReports), use: bookings)
        table.get(ReportPaths.waiting, .needs(.seeReports), use: waiting)
        table.get(ReportPaths.triage, .needs(.seeReports), use: triage)
        table.get(ReportPaths.channels, .needs(.seeReports), use: channels)
    }

    static func home(_ request: StaffRequest) async throws -> Response {
        try request.allowQuery()
        return request.redirect(ReportPaths.bookings)
    }

    static func bookings(_ request: StaffRequest) async throws -> Response {
        try request.allowQuery("from", "to")
        let work = request.work
        let to = request.day("to") ?? work.today
        let from = request.day("from") ?? to.adding(days: -6)
        var report: BookingReport?
        var fault: String?
        do {
            report = try await request.read { tx in try BookingReport.load(from: from, to: to, by: work, in: tx) }
        } catch let error as FormErrors {
            fault = error.userMessage
        }
        let page = BookingReportPage(
            shell: try await request.shell(title: "预约统计", area: .reports), report: report, from: from, to: to,
            fault: fault, today: work.today, by: work)
        return try request.page(page, status: fault == nil ? .ok : .unprocessableContent)
    }
}
