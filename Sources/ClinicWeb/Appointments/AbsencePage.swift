import Clinic
import Hummingbird
import Kernel
import Storage

/// Who should be here and is not — templates/appointments/absences.mustache
struct AbsencePage: Page {
    static let template = "appointments/absences"
    let shell: ShellView
    let nav: BookListNav
    let groups: [Group]
    let isEmpty: Bool
    let tolerance: String
    static let fields: [Field<Self>] = [
        Field("nav", \.nav), Field("groups", \.groups), Field("isEmpty", \.isEmpty), Field("tolerance", \.tolerance),
    ]

    struct Group: Viewable {
        let title: String
        let count: String
        let rows: [Row]
        static let fields: [Field<Self>] = [
            Field("title", \.title), Field("count", \.count), Field("rows", \.rows),
        ]
    }

    struct Row: Viewable {
        let id: String
        let href: String
        let time: String
        let name: String
        let purpose: String
        let doctor: String
        let late: ToneChip
        let said: String?
        let version: Int
        let missHref: String?
        let lateHref: String?
        let moveHref: String?
        let isDue: Bool
        static let fields: [Field<Self>] = [
            Field("id", \.id), Field("href", \.href), Field("time", \.time), Field("name", \.name),
            Field("purpose", \.purpose), Field("doctor", \.doctor), Field("late", \.late), Field("said", \.said),
            Field("version", \.version), Field("missHref", \.missHref), Field("lateHref", \.lateHref),
            Field("moveHref", \.moveHref), Field("isDue", \.isDue),
        ]
    }
}

extension AbsencePage.Row {
    init(_ candidate: AbsenceCandidate, _ request: StaffRequest) {
        let a = candidate.appointment
        id = a.id.text
        href = AppointmentPaths.appointment(a.id)
        time = a.timeText
        name = candidate.patientName
        purpose = candidate.purpose
        doctor = candidate.doctorName
        late = ToneChip(
            "过了 \(DurationText.text(minutes: candidate.lateMinutes))", tone: candidate.isDue ? "danger" : "waiting")
        said = candidate.said
        version = a.version
        missHref = request.may(.moveAppointments) ? AppointmentPaths.action(a.id, "absence") : nil
        lateHref = request.may(.bookAppointments) ? AppointmentPaths.action(a.id, "notes") : nil
        moveHref = request.may(.moveAppointments) ? AppointmentPaths.appointment(a.id) + "#move" : nil
        isDue = candidate.isDue && missHref != nil
    }
}

enum AbsenceHandlers {
    /// Today, and yesterday as long as something of it is undecided (R3.35).
    static func list(_ request: StaffRequest) async throws -> Response {
        try request.allowQuery()
        let work = request.work
        let days = [request.today.adding(days: -1), request.today]
        let found = try await request.read { tx in
            try days.map { ($0, try Absences.list($0, by: work, in: tx)) }
        }
        let groups = found.filter { !$0.1.isEmpty }.map { day, candidates in
            AbsencePage.Group(
                title: day == work.today ? "今天" : "昨天还没定的", count: "\(candidates.count) 位",
                rows: candidates.map { AbsencePage.Row($0, request) })
        }
        let count = found.map(\.1.count).reduce(0, +)
        let shell = try await request.shell(title: "没到的客人", note: "\(count) 位", area: .board)
        return try request.web.page(
            AbsencePage(
                shell: shell, nav: BookListNav(current: AppointmentPaths.absences, for: request), groups: groups,
                isEmpty: groups.isEmpty,
                tolerance: DurationText.text(minutes: work.playbook[.appointmentNoShowToleranceMinutes])))
    }
}

extension AbsencePage {
    static var samples: [AbsencePage] {
        func row(_ name: String, isDue: Bool, said: String?) -> Row {
            Row(
                id: isDue ? "00000000000A1" : "00000000000A2", href: "/appointments/00000000000A1", time: "09:00–09:45",
                name: name, purpose: "充填 16、17 + 洁治", doctor: "林书远",
                late: ToneChip("过了 1 小时 20 分", tone: isDue ? "danger" : "waiting"), said: said, version: 1,
                missHref: "/appointments/00000000000A1/absence", lateHref: "/appointments/00000000000A1/notes",
                moveHref: "/appointments/00000000000A1#move", isDue: isDue)
        }
        let rows = [
            row("欧阳诸葛司马上官令狐公孙慕容", isDue: true, said: nil), row("谢春梅", isDue: false, said: "路上堵车，10:30 到"),
        ]
        return [[Group(title: "今天", count: "2 位", rows: rows)], []].map {
            AbsencePage(
                shell: AppointmentSamples.shell("没到的客人"), nav: .sample, groups: $0, isEmpty: $0.isEmpty,
                tolerance: "30 分钟")
        }
    }
}
