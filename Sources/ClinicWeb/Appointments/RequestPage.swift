import Clinic
import HTTPTypes
import Hummingbird
import Kernel
import Storage

/// Bookings of a central desk that wait for a clinic's word (R3.23) — templates/appointments/requests.mustache
struct RequestPage: Page {
    static let template = "appointments/requests"
    let shell: ShellView
    let nav: BookListNav
    let open: [Row]
    let hasOpen: Bool
    let asked: [Row]
    let hasAsked: Bool
    let problem: String?
    static let fields: [Field<Self>] = [
        Field("nav", \.nav), Field("open", \.open), Field("hasOpen", \.hasOpen), Field("asked", \.asked),
        Field("hasAsked", \.hasAsked), Field("problem", \.problem),
    ]

    struct Row: Viewable {
        let id: String
        let href: String?
        let when: String
        let name: String
        let purpose: String
        let remark: String?
        let doctor: String
        let who: String
        let state: ToneChip
        let confirmHref: String?
        let declineHref: String?
        static let fields: [Field<Self>] = [
            Field("id", \.id), Field("href", \.href), Field("when", \.when), Field("name", \.name),
            Field("purpose", \.purpose), Field("remark", \.remark), Field("doctor", \.doctor), Field("who", \.who),
            Field("state", \.state), Field("confirmHref", \.confirmHref), Field("declineHref", \.declineHref),
        ]
    }
}

enum RequestHandlers {
    static func list(_ request: StaffRequest) async throws -> Response {
        try request.allowQuery()
        return try await page(request)
    }

    static func confirm(_ request: StaffRequest) async throws -> Response {
        let id = try request.id("id", Appointment.self, what: "请求")
        let work = request.work
        return try await answer(request, "已确认，总台会看到") { tx in
            try BookingRequests.confirm(id, by: work, in: tx)
        }
    }

    static func decline(_ request: StaffRequest) async throws -> Response {
        let id = try request.id("id", Appointment.self, what: "请求")
        let (work, reason) = (request.work, request.form["reason"])
        return try await answer(request, "已答复不能接，时间已放出") { tx in
            try BookingRequests.decline(id, reason: reason, by: work, in: tx)
        }
    }

    private static func answer(
        _ request: StaffRequest, _ done: String, _ body: @escaping @Sendable (any WriteTransaction) throws -> Void
    ) async throws -> Response {
        do {
            try await request.write(changing: .board, .tasks) { tx in try body(tx) }
            return request.web.redirect(AppointmentPaths.requests, flash: done)
        } catch let error as any UserFacingError where error.kind == .invalid || error.kind == .conflict {
            return try await page(request, problem: error.userMessage, status: ErrorPages.status(of: error.kind))
        }
    }

    private static func page(
        _ request: StaffRequest, problem: String? = nil, status: HTTPResponse.Status = .ok
    ) async throws -> Response {
        let clinic = request.clinic.id
        let since = request.now.adding(days: -30)
        let (open, asked) = try await request.read { tx in
            (
                try rows(try BookingRequestStore.listOpen(clinic: clinic, in: tx), isOwn: true, request, in: tx),
                try rows(
                    try BookingRequestStore.listAsked(from: clinic, since: since, in: tx), isOwn: false, request, in: tx
                )
            )
        }
        let shell = try await request.shell(title: "总台请求", note: "\(open.count) 条等确认", area: .board)
        return try request.web.page(
            RequestPage(
                shell: shell, nav: BookListNav(current: AppointmentPaths.requests, for: request), open: open,
                hasOpen: !open.isEmpty, asked: asked, hasAsked: !asked.isEmpty, problem: problem), status: status)
    }

    private static func rows(
        _ requests: [BookingRequest], isOwn: Bool, _ request: StaffRequest, in tx: any ReadTransaction
    ) throws -> [RequestPage.Row] {
        let clinics = Dictionary(
            try PlaceStore.clinics(in: tx).map { ($0.id, $0.name) }, uniquingKeysWith: { first, _ in first })
        return try requests.compactMap { asked in
            guard let a = try AppointmentStore.find(asked.appointmentID, clinic: asked.clinicID, in: tx) else {
                return nil
            }
            let names = try StaffStore.names([a.doctorID, asked.asked.by], in: tx)
            let brief = try PatientStore.briefs([a.patientID], today: request.today, in: tx).first
            let answer = asked.answer.map { answer in
                ToneChip(
                    [answer.label, asked.reason].compactMap(\.self).joined(separator: "："),
                    tone: answer == .confirmed ? "done" : "danger")
            }
            let place = clinics[isOwn ? asked.fromClinicID : asked.clinicID] ?? ""
            return RequestPage.Row(
                id: a.id.text, href: isOwn ? AppointmentPaths.appointment(a.id) : nil, when: a.whenText,
                name: brief?.name ?? "客人", purpose: a.complaint, remark: a.remark, doctor: names[a.doctorID] ?? "",
                who: "\(place) \(names[asked.asked.by] ?? "") "
                    + request.clinic.calendar.dateTimeText(asked.asked.at),
                state: answer ?? ToneChip("等确认", tone: "waiting"),
                confirmHref: isOwn ? AppointmentPaths.action(a.id, "request/confirmation") : nil,
                declineHref: isOwn && request.may(.cancelAppointments)
                    ? AppointmentPaths.action(a.id, "request/refusal") : nil)
        }
    }
}

extension RequestPage {
    static var samples: [RequestPage] {
        func row(_ isOwn: Bool) -> Row {
            Row(
                id: "00000000000A1", href: isOwn ? "/appointments/00000000000A1" : nil,
                when: "3 月 13 日 星期五 09:15–10:00", name: "欧阳诸葛司马上官令狐公孙慕容", purpose: "牙龈出血", remark: "想约女医生，做牙周复查",
                doctor: "陈思敏", who: "总院 周敏 2026-03-12 09:20",
                state: ToneChip(isOwn ? "等确认" : "门诊没有接：设备检修", tone: isOwn ? "waiting" : "danger"),
                confirmHref: isOwn ? "/appointments/00000000000A1/request/confirmation" : nil,
                declineHref: isOwn ? "/appointments/00000000000A1/request/refusal" : nil)
        }
        return [
            RequestPage(
                shell: AppointmentSamples.shell("总台请求"), nav: .sample, open: [row(true)], hasOpen: true,
                asked: [row(false)], hasAsked: true, problem: "请写明为什么不能接，总台要答复客人"),
            RequestPage(
                shell: AppointmentSamples.shell("总台请求"), nav: .sample, open: [], hasOpen: false, asked: [],
                hasAsked: false, problem: nil),
        ]
    }
}
