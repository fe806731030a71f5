import Clinic
import ClinicWeb
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Kernel
import NIOCore
import Storage
import TestSupport

/// A clinic whose customers reach it on a port of their own, with two doctors on a roster and one customer on file.
struct VisitorFixture: Sendable {
    let house: HouseFixture
    let app: AppServices
    let clinic: ClinicSite
    let doctors: [ID<Staff>]
    static let knownPhone = "13800138011"

    init(_ backend: Backend = .sqlite, options: WebOptions = WebOptions()) async throws {
        house = try await HouseFixture(backend)
        var app = house.app
        var options = options
        options.siteName = "示例口腔"
        options.sitePhone = "021-6888 1234"
        options.publicBaseURL = "https://yuyue.example.cn"
        app.options = options
        self.app = app
        clinic = try await app.db.read { tx in try PlaceStore.clinics(in: tx)[0] }
        let (site, playbook, ids, now) = (clinic, house.playbooks.shipped, app.ids, app.clock())
        let boss = Work(actor: .system, clinic: site, now: now, playbook: playbook, ids: ids)
        doctors = try await app.db.write(in: .organisation) { tx in
            try [("0201", "林书远", "linsy"), ("0202", "陈思敏", "chensm")].map { number, name, login in
                try Accounts.create(
                    AccountForm(employeeNumber: number, name: name, loginName: login, isDoctor: true),
                    grants: [RoleGrant(clinicID: site.id, role: "doctor")], passwordHash: nil,
                    mustChangePassword: false, by: boss, in: tx
                ).id
            }
        }
        let people = doctors
        try await app.db.write(in: site.lane) { tx in
            for doctor in people {
                try RosterKeeping.setWeek(
                    of: doctor, from: site.calendar.businessDay(of: now),
                    week: Dictionary(uniqueKeysWithValues: (1...7).map { ($0, [WorkSpan(Unit(34), Unit(72))]) }),
                    by: boss, in: tx)
            }
            _ = try Registration.register(
                RegisterPatient(
                    details: PatientDetails(
                        name: "谢春梅", gender: "female", age: "57", phone: Self.knownPhone, complaint: "检查")), by: boss,
                in: tx)
        }
    }

    /// A browser on the customers' port, or on the clinic's.
    func visit(
        side: WebServer.Side = .visitors, _ body: @escaping @Sendable (any TestClientProtocol) async throws -> Void
    ) async throws {
        try await Application(router: WebServer(app, side: side).router()).test(.router) { try await body($0) }
    }

    /// A booking of the known customer tomorrow at 10:00, and its secret address.
    func linked(_ byte: UInt8 = 1) async throws -> (id: ID<Appointment>, token: String) {
        let token = PublicToken(bytes: Array(repeating: byte, count: PublicToken.byteCount))
        let work = Work(
            actor: .system, clinic: clinic, now: app.clock(), playbook: house.playbooks.shipped, ids: app.ids)
        let doctor = doctors[0]
        let id = try await app.db.write(in: clinic.lane) { tx in
            let patient = try PatientStore.listNewest(limit: 1, in: tx)[0]
            let booking = try Booking.place(
                PlaceAppointment(
                    patientID: patient, day: work.today.adding(days: 1), start: Unit(40), units: 3, doctorID: doctor,
                    complaint: "洗牙", channel: "phone"), by: work, in: tx)
            _ = try PublicLinks.issue(for: booking.id, token: token, by: work, in: tx)
            return booking.id
        }
        return (id, token.text)
    }

    func pass(seconds: Int) { house.time.withLock { $0 = $0.adding(seconds: seconds) } }

    /// The path behind the first button of a page of times, as the browser sends it.
    static func firstTime(_ page: String) -> String? {
        page.firstMatch(of: /name="time" value="([^"]+)"/).map { String($0.1) }
    }
}
