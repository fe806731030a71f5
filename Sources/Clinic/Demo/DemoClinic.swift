import Foundation
import Kernel
import Storage

/// The clinic of the demo, as set up: who may act, which chairs and items there are.
struct DemoClinic: Sendable {
    let site: ClinicSite
    let playbook: Playbook
    let ids: IDSource
    /// By login name.
    let actors: [String: Actor]
    /// Doctor and usual chair by chair number.
    let doctors: [Int: (id: ID<Staff>, chair: ID<Chair>, person: DemoPerson)]
    /// By item code.
    let items: [String: Item]

    func work(_ login: String, at now: Timestamp) -> Work {
        Work(actor: actors[login] ?? .system, clinic: site, now: now, playbook: playbook, ids: ids)
    }

    func doctorLogin(_ number: Int) -> String { doctors[number]?.person.login ?? "" }

    /// Quarters of an hour doctors work: 8:30–12:00 and 13:30–18:00.
    static let morning = 34..<48
    static let afternoon = 54..<72

    func works(_ number: Int, on day: Day) -> Bool {
        doctors[number].map { !$0.person.daysOff.contains(day.weekday) } ?? false
    }
}

/// Sets the demo clinic up through the same use cases as a real one.
enum DemoSetup {
    static func make(
        playbook: Playbook, fingerprint: String, ids: IDSource, opening: Timestamp, hash: String, pinHash: String,
        in database: any Database
    ) async throws -> DemoClinic {
        let made = try await database.write(in: .organisation) { tx in
            let made = try Setup.firstRun(
                firstRun(fingerprint: fingerprint, hash: hash), playbook: playbook, ids: ids, now: opening, in: tx)
            let work = Work(actor: .system, clinic: made.clinic, now: opening, playbook: playbook, ids: ids)
            let chairs = try PlaceStore.chairs(clinic: made.clinic.id, in: tx)
            var people: [(DemoPerson, ID<Staff>)] = []
            for (index, person) in (DemoCast.doctors + DemoCast.others).enumerated() {
                let staff = try Accounts.create(
                    form(person, number: index + 2, chairs: chairs),
                    grants: person.roles.map { RoleGrant(clinicID: made.clinic.id, role: $0) }, passwordHash: hash,
                    mustChangePassword: false, by: work, in: tx)
                people.append((person, staff.id))
            }
            for id in people.map(\.1) + [made.administrator.id] {
                try AccountStore.setPin(id, hash: pinHash, in: tx)
            }
            return (made.clinic, made.administrator, people)
        }
        return try await furnish(made, playbook: playbook, ids: ids, opening: opening, in: database)
    }

    private static func firstRun(fingerprint: String, hash: String) -> Setup.FirstRun {
        Setup.FirstRun(
            organisationName: "门牙示例口腔",
            clinic: ClinicForm(
                code: "MY", name: "门牙示例口腔门诊", phone: "02155550186", address: "示例市梧桐路 186 号", opens: Unit(34),
                closes: Unit(72)),
            treatmentRooms: 8, communicationRooms: 1, chairs: 8,
            administrator: AccountForm(
                employeeNumber: "1001", name: "方维", gender: .male, title: "院长", loginName: "yuanzhang"),
            passwordHash: hash, keyFingerprint: fingerprint, recoveryConfirmedAt: nil, isDemo: true)
    }

    private static func form(_ person: DemoPerson, number: Int, chairs: [Chair]) -> AccountForm {
        AccountForm(
            employeeNumber: String(1000 + number), name: person.name, gender: person.gender, title: person.title,
            loginName: person.login, isDoctor: person.isDoctor, specialty: person.specialty,
            chairID: person.chair.flatMap { chair in chairs.first { $0.number == chair }?.id })
    }

    private static func furnish(
        _ made: (ClinicSite, Staff, [(DemoPerson, ID<Staff>)]), playbook: Playbook, ids: IDSource, opening: Timestamp,
        in database: any Database
    ) async throws -> DemoClinic {
        let (site, administrator, people) = made
        return try await database.write(in: site.lane) { tx in
            let work = Work(actor: .system, clinic: site, now: opening, playbook: playbook, ids: ids)
            let chairs = try PlaceStore.chairs(clinic: site.id, in: tx)
            var actors = [
                "yuanzhang": actor(administrator.id, administrator.name, Setup.firstRoles, playbook)
            ]
            var doctors: [Int: (id: ID<Staff>, chair: ID<Chair>, person: DemoPerson)] = [:]
            for (person, id) in people {
                actors[person.login] = actor(id, person.name, person.roles, playbook)
                let chair = chairs.first { $0.number == person.chair }
                if let number = person.chair, let chair { doctors[number] = (id, chair.id, person) }
                let spans = [DemoClinic.morning, DemoClinic.afternoon].map {
                    WorkSpan(Unit($0.lowerBound), Unit($0.upperBound), chairID: chair?.id)
                }
                let week = Dictionary(
                    uniqueKeysWithValues: (1...7).map { ($0, person.daysOff.contains($0) ? [] : spans) })
                try RosterKeeping.setWeek(of: id, from: work.today, week: week, by: work, in: tx)
                if person.isDoctor { try DoctorProfiles.edit(profile(person, id, work, in: tx), by: work, in: tx) }
                if person.isDoctor { try profile(id, person, by: work, in: tx) }
            }
            try devices(by: work, in: tx)
            let items = try ItemStore.listActive(in: tx)
            return DemoClinic(
                site: site, playbook: playbook, ids: ids, actors: actors, doctors: doctors,
                items: Dictionary(items.map { ($0.code, $0) }, uniquingKeysWith: { first, _ in first }))
        }
    }

    /// Who treats what (R3.13); implants and orthodontics have a colleague who may begin (R3.19).
    private static func profile(
        _ id: ID<Staff>, _ person: DemoPerson, by work: Work, in tx: any WriteTransaction
    ) throws {
        var profile = try DoctorProfileStore.get(id, clinic: work.clinic.id, in: tx)
        let codes = work.playbook.codes(.specialty)
        profile.specialties = Set(codes.filter { $0.label == person.specialty }.map(\.code))
        profile.familiarWith = person.familiarWith
        profile.bornOn = Day(year: person.bornIn, month: 5, day: 12)
        try DoctorProfiles.edit(profile, by: work, in: tx)
    }

    /// What chairs share.
    private static func devices(by work: Work, in tx: any WriteTransaction) throws {
        let rooms = try PlaceStore.rooms(clinic: work.clinic.id, in: tx)
        try Devices.add(kind: "panoramic", name: "全景机", room: nil, by: work, in: tx)
        if let room = rooms.first(where: { $0.kind == .communication }) {
            try Devices.add(kind: "communicationRoom", name: room.name, room: room.id, by: work, in: tx)
        }
    }

    /// Specialists do their own business; whoever straightens teeth or sees children takes no turns.
    private static func profile(
        _ person: DemoPerson, _ id: ID<Staff>, _ work: Work, in tx: any ReadTransaction
    ) throws -> DoctorProfile {
        var profile = try DoctorProfileStore.get(id, clinic: work.clinic.id, in: tx)
        let codes = work.playbook.codes(.specialty)
        profile.specialties = Set(codes.filter { person.specialty?.hasPrefix($0.label) ?? false }.map(\.code))
        if person.specialty == "综合" { profile.familiarWith = ["implants", "orthodontics"] }
        profile.takesRotation = profile.specialties.isDisjoint(with: ["orthodontics", "children"])
        return profile
    }

    private static func actor(_ id: ID<Staff>, _ name: String, _ roles: [String], _ playbook: Playbook) -> Actor {
        Actor(id: id, name: name, roles: Set(roles), capabilities: playbook.capabilities(ofRoles: Set(roles)))
    }
}
