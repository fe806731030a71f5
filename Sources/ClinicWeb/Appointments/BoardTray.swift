import Clinic
import Hummingbird
import Kernel
import Storage

/// 待定: bookings that a person carries to another day (R3.31). They keep their place until they are dropped.
///
/// A cookie of the person's browser: it survives every page and costs no row. It holds ids only; what they are is read
/// under the person's rights each time. An entry falls out by itself when its booking was moved, came or was cancelled.
struct BoardTray: Hashable, Sendable {
    struct Entry: Hashable, Sendable {
        let id: ID<Appointment>
        /// How often the booking had been moved when it was put here.
        let moveCount: Int
    }

    static let cookieName = "menya_tray"
    /// More than anybody keeps in mind.
    static let limit = 8

    let owner: ID<Staff>
    private(set) var entries: [Entry]

    /// - Parameter cookie: what `text` gave; of another person, or damaged, it is an empty tray.
    init(_ cookie: String, owner: ID<Staff>) {
        self.owner = owner
        let parts = cookie.split(separator: ".").map(String.init)
        guard let first = parts.first, ID<Staff>(first) == owner else {
            entries = []
            return
        }
        entries = parts.dropFirst().prefix(Self.limit).compactMap { part in
            let pair = part.split(separator: "-")
            guard pair.count == 2, let id = ID<Appointment>(pair[0]), let count = Int(pair[1]) else { return nil }
            return Entry(id: id, moveCount: count)
        }
    }

    var text: String { ([owner.text] + entries.map { "\($0.id.text)-\($0.moveCount)" }).joined(separator: ".") }

    /// Puts a booking in; the oldest leaves a full tray.
    mutating func put(_ appointment: Appointment) {
        remove(appointment.id)
        entries.append(Entry(id: appointment.id, moveCount: appointment.moveCount))
        entries = Array(entries.suffix(Self.limit))
    }

    mutating func remove(_ id: ID<Appointment>) { entries.removeAll { $0.id == id } }
}

/// A booking in the tray, ready to be picked up.
struct TrayItem: Viewable {
    let id: String
    let href: String
    let name: String
    /// "3 月 12 日 星期四 10:00–10:45 林书远"
    let from: String
    let length: String
    let removeHref: String
    let version: Int
    let unit: Int
    let units: Int
    let doctor: String
    let chair: String
    static let fields: [Field<Self>] = [
        Field("id", \.id), Field("href", \.href), Field("name", \.name), Field("from", \.from),
        Field("length", \.length), Field("removeHref", \.removeHref), Field("version", \.version),
        Field("unit", \.unit), Field("units", \.units), Field("doctor", \.doctor), Field("chair", \.chair),
    ]
}

extension BoardTray {
    init(_ request: StaffRequest) {
        self.init(request.web.raw.cookies[Self.cookieName]?.value ?? "", owner: request.actor.id)
    }

    /// What is in the tray now, oldest first.
    func items(_ request: StaffRequest, in tx: any ReadTransaction) throws -> [TrayItem] {
        let found = try entries.compactMap { entry in
            try AppointmentStore.find(entry.id, clinic: request.clinic.id, in: tx).flatMap {
                $0.moveCount == entry.moveCount && $0.isLive ? $0 : nil
            }
        }
        guard !found.isEmpty else { return [] }
        let people = try PatientStore.briefs(found.map(\.patientID), today: request.today, in: tx)
        let names = Dictionary(people.map { ($0.id, $0.name) }, uniquingKeysWith: { first, _ in first })
        let doctors = try StaffStore.names(Set(found.map(\.doctorID)), in: tx)
        return found.map { a in
            TrayItem(
                id: a.id.text, href: AppointmentPaths.appointment(a.id), name: names[a.patientID] ?? "客人",
                from: "\(a.whenText) \(doctors[a.doctorID] ?? "")", length: "\(a.units) 单位",
                removeHref: AppointmentPaths.action(a.id, "tray/removal"), version: a.version, unit: a.start.index,
                units: a.units, doctor: a.doctorID.text, chair: a.chairID?.text ?? "")
        }
    }
}

/// Puts bookings into the tray and takes them out again. Nothing is written to the book.
enum TrayHandlers {
    static func put(_ request: StaffRequest) async throws -> Response {
        let id = try request.id("id", Appointment.self, what: "预约")
        let appointment = try await request.read { tx in
            let a = try AppointmentStore.get(id, clinic: request.clinic.id, in: tx)
            guard a.cancellation == nil else { throw BookingError.alreadyCancelled }
            guard a.missed == nil else { throw BookingError.alreadyMissed }
            if try AppointmentStore.visit(of: id, in: tx) != nil { throw BookingError.alreadyArrived }
            return a
        }
        var tray = BoardTray(request)
        tray.put(appointment)
        let isCarried = request.form["carry"] == "1"
        var path = URLText.localPath(request.form["back"]) ?? AppointmentPaths.day(appointment.day)
        if isCarried { path += (path.contains("?") ? "&" : "?") + "carry=\(id.text)" }
        return answer(
            tray, request, to: path, flash: isCarried ? nil : "已放进待定，原来的时间 \(appointment.whenText) 还留着")
    }

    static func remove(_ request: StaffRequest) async throws -> Response {
        let id = try request.id("id", Appointment.self, what: "预约")
        var tray = BoardTray(request)
        tray.remove(id)
        return answer(
            tray, request, to: URLText.localPath(request.form["back"]) ?? AppointmentPaths.day(request.today),
            flash: "已从待定拿出，预约没有变")
    }

    private static func answer(
        _ tray: BoardTray, _ request: StaffRequest, to path: String, flash: String?
    ) -> Response {
        var response = flash.map { request.web.redirect(path, flash: $0) } ?? request.web.redirect(path)
        response.setCookie(
            request.web.cookie(BoardTray.cookieName, tray.text, maxAge: tray.entries.isEmpty ? 0 : nil))
        return response
    }
}
