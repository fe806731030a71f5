import Clinic
import Hummingbird
import Kernel
import Storage

/// Who should come again and has no time (R3.04) — templates/appointments/planned.mustache
struct PlannedPage: Page {
    static let template = "appointments/planned"
    let shell: ShellView
    let nav: BookListNav
    let planned: [Row]
    let hasPlanned: Bool
    let dropped: [Row]
    let hasDropped: Bool
    /// Customers who named a day (R3.57).
    let expected: [Row]
    let hasExpected: Bool
    static let fields: [Field<Self>] = [
        Field("nav", \.nav), Field("planned", \.planned), Field("hasPlanned", \.hasPlanned),
        Field("dropped", \.dropped), Field("hasDropped", \.hasDropped),
        Field("expected", \.expected), Field("hasExpected", \.hasExpected),
    ]

    struct Row: Viewable {
        let when: String
        let tone: String
        let name: String
        let record: String
        let phone: String
        let doctor: String
        let what: String
        let bookHref: String?
        static let fields: [Field<Self>] = [
            Field("when", \.when), Field("tone", \.tone), Field("name", \.name), Field("record", \.record),
            Field("phone", \.phone), Field("doctor", \.doctor), Field("what", \.what), Field("bookHref", \.bookHref),
        ]
    }
}

enum PlannedHandlers {
    static func list(_ request: StaffRequest) async throws -> Response {
        try request.allowQuery()
        let work = request.work
        let (planned, dropped, expected) = try await request.read { tx in
            (
                try PlannedVisits.listPlanned(by: work, in: tx),
                try PlannedVisits.listUnscheduled(by: work, in: tx), try expectedRows(request, in: tx)
            )
        }
        let shell = try await request.shell(
            title: "待约", note: "复诊 \(planned.count) 位 · 取消或未到 \(dropped.count) 位", area: .board)
        return try request.web.page(
            PlannedPage(
                shell: shell, nav: BookListNav(current: AppointmentPaths.planned, for: request),
                planned: planned.map { row($0, request) }, hasPlanned: !planned.isEmpty,
                dropped: dropped.map { row($0, request) }, hasDropped: !dropped.isEmpty, expected: expected,
                hasExpected: !expected.isEmpty))
    }

    private static func expectedRows(_ request: StaffRequest, in tx: any ReadTransaction) throws -> [PlannedPage.Row] {
        let open = try ExpectedVisitStore.listOpen(clinic: request.clinic.id, in: tx)
        let briefs = try PatientStore.briefs(Array(Set(open.map(\.patientID))).sorted(), today: request.today, in: tx)
        let people = Dictionary(briefs.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        let names = try StaffStore.names(Set(open.map(\.recorded.by)), in: tx)
        return open.map { visit in
            let brief = people[visit.patientID]
            return PlannedPage.Row(
                when: visit.expectedOn.longText, tone: visit.expectedOn < request.today ? "danger" : "info",
                name: brief?.name ?? "客人", record: brief?.recordNumber ?? "",
                phone: PatientPhone.text(brief?.phone, masked: !request.may(.seePhones)),
                doctor: names[visit.recorded.by] ?? "", what: visit.note ?? "",
                bookHref: request.may(.bookAppointments)
                    ? AppointmentPaths.newBooking(day: visit.expectedOn, patient: visit.patientID) : nil)
        }
    }

    private static func row(_ visit: PlannedVisit, _ request: StaffRequest) -> PlannedPage.Row {
        let isDue = visit.wantedOn < request.today
        let late = visit.wantedOn.days(since: request.today)
        let from = max(visit.wantedOn, request.today.adding(days: 1))
        var query = "patient=\(visit.patientID.text)&units=\(visit.units)&from=\(from.iso)&channel=followUp"
        if let note = visit.note { query += "&complaint=\(URLText.encode(note))" }
        return PlannedPage.Row(
            when: isDue ? "\(visit.wantedOn.monthDayText)（过了 \(-late) 天）" : visit.wantedOn.monthDayText,
            tone: isDue ? "danger" : late <= 3 ? "waiting" : "neutral", name: visit.patientName,
            record: visit.recordNumber,
            phone: PatientPhone.text(visit.phone, masked: !request.may(.seePhones)), doctor: visit.doctorName,
            what: "\(visit.seenOn.monthDayText)看过；\(visit.units) 单位\(visit.note.map { " · \($0)" } ?? "")",
            bookHref: request.may(.bookAppointments) ? "\(AppointmentPaths.new)?\(query)" : nil)
    }

    private static func row(_ visit: UnscheduledVisit, _ request: StaffRequest) -> PlannedPage.Row {
        let playbook = request.work.playbook
        let why = visit.wasMissed ? "没到" : "取消：\(visit.reason.map { playbook.label($0, in: .cancellation) } ?? "")"
        return PlannedPage.Row(
            when: visit.day.monthDayText, tone: visit.wasMissed ? "danger" : "neutral", name: visit.patientName,
            record: visit.recordNumber,
            phone: PatientPhone.text(visit.phone, masked: !request.may(.seePhones)), doctor: visit.doctorName,
            what: "\(why) · \(visit.complaint)",
            bookHref: request.may(.bookAppointments)
                ? AppointmentPaths.newBooking(patient: visit.patientID, from: visit.appointmentID) : nil)
    }
}

extension PlannedPage {
    static var samples: [PlannedPage] {
        func row(_ name: String, _ tone: String) -> Row {
            Row(
                when: "3 月 9 日（过了 3 天）", tone: tone, name: name, record: "M09316", phone: "136 **** 7715",
                doctor: "陈思敏", what: "2 月 9 日看过；3 单位 · 牙周复查，先测血糖", bookHref: "/appointments/new")
        }
        let rows = [row("欧阳诸葛司马上官令狐公孙慕容", "danger"), row("谢春梅", "neutral")]
        return [rows, []].map {
            PlannedPage(
                shell: AppointmentSamples.shell("待约"), nav: .sample, planned: $0, hasPlanned: !$0.isEmpty, dropped: $0,
                hasDropped: !$0.isEmpty, expected: $0, hasExpected: !$0.isEmpty)
        }
    }
}
