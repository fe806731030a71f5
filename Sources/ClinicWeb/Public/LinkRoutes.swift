import Clinic
import Hummingbird
import Kernel
import Storage

/// The desk gives a customer the link to the own booking (R3.29, R16.19). Without `--public-base-url` there is none.
package enum LinkRoutes: Feature {
    package static var views: [any Fragment.Type] { [LinkPage.self] }

    package static func add(to table: inout RouteTable) {
        table.post("/appointments/:id/link", .needs(.bookAppointments), use: issue)
        table.post("/appointments/:id/link/revocation", .needs(.bookAppointments), use: revoke)
    }

    static func issue(_ request: StaffRequest) async throws -> Response {
        guard let base = request.app.options.publicBaseURL else { throw NotFound("链接") }
        let id = try request.id("id", Appointment.self, what: "预约")
        let (token, work) = (PublicToken.random(), request.work)
        let made = try await request.write(changing: .board) { tx in
            _ = try PublicLinks.issue(for: id, token: token, by: work, in: tx)
            let booking = try AppointmentStore.get(id, clinic: work.clinic.id, in: tx)
            let brief = try PatientStore.briefs([booking.patientID], today: work.today, in: tx).first
            let doctor = try StaffStore.names([booking.doctorID], in: tx)[booking.doctorID] ?? ""
            return (booking, brief, doctor, try PublicLinks.countOpen(of: id, now: work.now, in: tx))
        }
        return try request.page(
            LinkPage(
                shell: try await request.shell(title: "预约", note: "给客人的链接", area: .board), booking: made.0,
                greeting: made.1?.greeting ?? "", doctor: made.2, openCount: made.3, clinic: work.clinic,
                address: base + PublicPaths.own(token).path, notice: work.playbook.publicNotice(.chinese)))
    }

    static func revoke(_ request: StaffRequest) async throws -> Response {
        let id = try request.id("id", Appointment.self, what: "预约")
        let work = request.work
        let count = try await request.write(changing: .board) { tx in
            try PublicLinks.revokeAll(of: id, by: work, in: tx)
        }
        return request.redirect(
            "/appointments/\(id.text)", flash: count == 0 ? "没有还能用的链接" : "\(count) 个链接已停用")
    }
}

/// Where a page offers the link: nil hides it — templates/public/_link.mustache
struct CustomerLinkView: Viewable {
    let action: String
    /// A code for this customer's registration; nil where it is switched off.
    let codeAction: String?
    static let fields: [Field<Self>] = [Field("action", \.action), Field("codeAction", \.codeAction)]

    /// - Returns: nil without a public address, or when the booking does not count any more.
    init?(_ id: ID<Appointment>, isOpen: Bool, for request: StaffRequest) {
        guard request.app.options.publicBaseURL != nil, isOpen, request.may(.bookAppointments) else { return nil }
        action = "/appointments/\(id.text)/link"
        codeAction =
            SelfRegistrations.isOpen(request.work.playbook) ? "/appointments/\(id.text)/registration-code" : nil
    }
    init(sample action: String) {
        self.action = action
        codeAction = action + "/registration-code"
    }
}

/// 给客人的链接, shown once — templates/public/link.mustache
struct LinkPage: Page {
    static let template = "public/link"
    let shell: ShellView
    let whom: String
    let when: String
    let address: String
    let message: String
    let messageEnglish: String
    let openCount: Int
    let revokeAction: String
    let backHref: String
    static let fields: [Field<Self>] = [
        Field("whom", \.whom), Field("when", \.when), Field("address", \.address), Field("message", \.message),
        Field("messageEnglish", \.messageEnglish), Field("openCount", \.openCount),
        Field("revokeAction", \.revokeAction), Field("backHref", \.backHref),
    ]

    init(
        shell: ShellView, booking: Appointment, greeting: String, doctor: String, openCount: Int, clinic: ClinicSite,
        address: String, notice: String?
    ) {
        self.init(
            shell: shell, day: booking.day, start: booking.start, id: booking.id, greeting: greeting, doctor: doctor,
            openCount: openCount, clinicName: clinic.name, place: clinic.address, address: address, notice: notice)
    }

    private init(
        shell: ShellView, day: Day, start: Unit, id: ID<Appointment>, greeting: String, doctor: String, openCount: Int,
        clinicName: String, place: String, address: String, notice: String?
    ) {
        self.shell = shell
        whom = greeting
        when = "\(PublicDates.when(day, start, .chinese)) \(doctor)医生"
        self.address = address
        let placeText = place.nonBlank.map { "地址 \($0)。" } ?? ""
        message =
            "\(greeting)，您约了 \(PublicDates.when(day, start, .chinese)) \(clinicName)\(doctor)医生。\(placeText)"
            + "确认、改时间或取消请点 \(address)\(notice.map { "【\($0)】" } ?? "")"
        messageEnglish =
            "Your visit: \(PublicDates.when(day, start, .english)), \(clinicName), Dr \(doctor). "
            + "Confirm, change or cancel: \(address)?lang=en"
        self.openCount = openCount
        revokeAction = "/appointments/\(id.text)/link/revocation"
        backHref = "/appointments/\(id.text)"
    }

    static var samples: [LinkPage] {
        let day = Day("2026-03-13") ?? Day(number: 0)
        return [
            LinkPage(
                shell: .sample(title: "预约", area: .board), day: day, start: Unit(37), id: ID(raw: 7),
                greeting: "谢女士", doctor: "陈思敏", openCount: 2, clinicName: "示例口腔门诊", place: "示例市江南路 66 号 2 楼",
                address: "https://yuyue.example.cn/v/4fZk1uT0pQ8mX2sVb7nYc3Wd", notice: "本门诊实行预约制。"),
            LinkPage(
                shell: .sample(title: "预约", area: .board), day: day, start: Unit(37), id: ID(raw: 7),
                greeting: "欧阳阿里木江·买买提小朋友", doctor: "司徒慕容晓晓", openCount: 1,
                clinicName: "示例口腔门诊", place: "", address: "https://yuyue.example.cn/v/4fZk1uT0pQ8mX2sVb7nYc3Wd",
                notice: nil),
        ]
    }
}
