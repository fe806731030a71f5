import Clinic
import Kernel

/// The lists beside the book — templates/appointments/_lists.mustache. A list whose page the person may not open is left out.
struct BookListNav: Viewable {
    let links: [Link]
    static let fields: [Field<Self>] = [Field("links", \.links)]

    struct Link: Viewable {
        let href: String
        let label: String
        let isCurrent: Bool
        static let fields: [Field<Self>] = [
            Field("href", \.href), Field("label", \.label), Field("isCurrent", \.isCurrent),
        ]
    }

    static let all: [(path: String, label: String)] = [
        (AppointmentPaths.confirmations, "提醒确认"), (AppointmentPaths.absences, "没到的"),
        (AppointmentPaths.planned, "待约"), ("/waiting", "候补"), ("/deferrals", "延期"),
        (AppointmentPaths.handed, "交上级"), (AppointmentPaths.requests, "总台请求"), (OnlineDeskPaths.list, "网上待核实"),
        (CallPaths.list, "请回电"),
        (EpidemicPaths.overview, "防疫"),
    ]

    init(links: [Link]) { self.links = links }

    init(current: String, for request: StaffRequest) {
        // While the epidemic mode is off nothing of it shows.
        let epidemic: Set<String> =
            request.work.playbook.isEpidemic ? [] : [EpidemicPaths.overview, EpidemicPaths.deferrals]
        links = Self.all.compactMap { path, label in
            guard !epidemic.contains(path), let access = request.web.app.routes.access(toPage: path),
                access.allows(request.actor)
            else {
                return nil
            }
            return Link(href: path, label: label, isCurrent: path == current)
        }
    }

    static let sample = BookListNav(
        links: all.prefix(4).enumerated().map { Link(href: $1.path, label: $1.label, isCurrent: $0 == 0) })
}
