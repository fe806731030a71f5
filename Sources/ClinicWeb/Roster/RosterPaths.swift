import Clinic
import Kernel
import Storage

/// Addresses of the roster.
package enum RosterPaths {
    package static let roster = "/roster"
    static let month = "/roster/month"
    static let chairs = "/roster/chairs"
    static let chairMap = "/roster/chairs/map"
    static let days = "/roster/days"
    static let holidays = "/roster/days/holidays"
    static let openDays = "/roster/days/week"
    static let copy = "/roster/copy"
    static let resources = "/roster/resources"
    static let blocks = "/roster/blocks"
    static let devices = "/roster/devices"
    /// Leave and swaps; also from a phone.
    package static let requests = "/roster/requests"
    /// Bookings whose doctor turned to rest (R3.34).
    package static let rearrange = "/roster/rearrange"
    static let calls = "/roster/rearrange/calls"

    package static func week(_ day: Day) -> String { URLText.address(roster, ["week": day.iso]) }
    static func month(_ day: Day) -> String { URLText.address(month, ["day": day.iso]) }
    package static func chairs(_ day: Day) -> String { URLText.address(chairs, ["day": day.iso]) }
    static func person(_ staff: ID<Staff>, week: Day) -> String {
        URLText.address("/roster/\(staff.text)", ["week": week.iso])
    }
    static func action(_ staff: ID<Staff>, _ name: String) -> String { "/roster/\(staff.text)/\(name)" }
    static func rearrange(_ id: ID<Appointment>, _ name: String) -> String { "\(rearrange)/\(id.text)/\(name)" }
    static func block(_ id: ID<ScheduleBlock>) -> String { "\(blocks)/\(id.text)/end" }
    static func device(_ id: ID<Device>) -> String { "\(devices)/\(id.text)/retire" }
}

/// The pages of the roster, as tabs.
struct RosterTab: Viewable {
    let label: String
    let href: String
    let isCurrent: Bool
    /// Something waits there.
    let count: String?
    static let fields: [Field<Self>] = [
        Field("label", \.label), Field("href", \.href), Field("isCurrent", \.isCurrent), Field("count", \.count),
    ]

    enum Page: CaseIterable { case week, month, chairs, requests, rearrange, resources, days, rotation }

    /// Those the person may open.
    static func all(for request: StaffRequest, current: Page, counts: RosterCounts) -> [RosterTab] {
        Page.allCases.compactMap { page in
            let (label, path, count) = describe(page, counts)
            guard request.web.app.routes.access(toPage: path)?.allows(request.actor) == true else { return nil }
            return RosterTab(
                label: label, href: path, isCurrent: page == current, count: count > 0 ? String(count) : nil)
        }
    }

    private static func describe(_ page: Page, _ counts: RosterCounts) -> (String, String, Int) {
        switch page {
        case .week: ("一周", RosterPaths.roster, 0)
        case .month: ("一月", RosterPaths.month, 0)
        case .chairs: ("椅位", RosterPaths.chairs, 0)
        case .requests: ("请假换班", RosterPaths.requests, counts.requests)
        case .rearrange: ("改休待安排", RosterPaths.rearrange, counts.displaced)
        case .resources: ("占用与设备", RosterPaths.resources, 0)
        case .days: ("节假日", RosterPaths.days, 0)
        case .rotation: ("轮换", AssignmentPaths.rotation, 0)
        }
    }
}

/// What waits in the roster.
struct RosterCounts: Sendable {
    let requests: Int
    let displaced: Int

    static func load(for request: StaffRequest, in tx: any ReadTransaction) throws -> RosterCounts {
        let clinic = request.clinic.id
        return RosterCounts(
            requests: request.may(.manageRoster) ? try RosterRequestStore.countWaiting(clinic: clinic, in: tx) : 0,
            displaced: request.may(.moveAppointments) ? try DisplacedStore.countOpen(clinic: clinic, in: tx) : 0)
    }
}
