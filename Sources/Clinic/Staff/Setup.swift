import Kernel
import Storage

/// The first run: organisation, clinic, rooms, chairs, price list and the first administrator, in one transaction of
/// the organisation lane.
package enum Setup {
    package struct FirstRun: Sendable {
        package var organisationName: String
        package var clinic: ClinicForm
        package var treatmentRooms: Int
        package var communicationRooms: Int
        /// Spread evenly over the treatment rooms.
        package var chairs: Int
        package var administrator: AccountForm
        /// `PasswordHash.make`, of a password chosen by the person who sets up.
        package var passwordHash: String
        package var keyFingerprint: String
        package var recoveryConfirmedAt: Timestamp?
        package var isDemo: Bool
        /// First day on which the shipped prices count; nil: today.
        package var pricesFrom: Day?

        package init(
            organisationName: String, clinic: ClinicForm, treatmentRooms: Int, communicationRooms: Int, chairs: Int,
            administrator: AccountForm, passwordHash: String, keyFingerprint: String,
            recoveryConfirmedAt: Timestamp?, isDemo: Bool = false, pricesFrom: Day? = nil
        ) {
            self.organisationName = organisationName
            self.clinic = clinic
            self.treatmentRooms = treatmentRooms
            self.communicationRooms = communicationRooms
            self.chairs = chairs
            self.administrator = administrator
            self.passwordHash = passwordHash
            self.keyFingerprint = keyFingerprint
            self.recoveryConfirmedAt = recoveryConfirmedAt
            self.isDemo = isDemo
            self.pricesFrom = pricesFrom
        }
    }

    /// What the first run made.
    package struct Made: Hashable, Sendable {
        package let clinic: ClinicSite
        package let administrator: Staff
    }

    /// Roles of the first account: 管理员 + 院长 (design §6).
    package static let firstRoles = ["administrator", "head"]

    /// - Throws: `AlreadySetUp`, `FormErrors`.
    package static func firstRun(
        _ run: FirstRun, playbook: Playbook, ids: IDSource, now: Timestamp, in tx: any WriteTransaction
    ) throws -> Made {
        guard try Organisation.find(in: tx) == nil else { throw AlreadySetUp() }
        try checkNumbers(run)
        guard let name = run.organisationName.nonBlank else { throw FormErrors("organisationName", "请填写机构名称") }
        try Organisation.insert(
            Organisation(
                name: name, isDemo: run.isDemo, keyFingerprint: run.keyFingerprint,
                recoveryConfirmedAt: run.recoveryConfirmedAt, createdAt: now), in: tx)
        let clinic = try Places.insertClinic(run.clinic, ids: ids, now: now, in: tx)
        let work = Work(actor: .system, clinic: clinic, now: now, playbook: playbook, ids: ids)
        try Audit.append(
            [
                Event("clinic.created", of: clinic.id, ["name": .text(clinic.name), "code": .text(clinic.code)])
            ], by: work, lane: .organisation, in: tx)
        try furnish(run, by: work, in: tx)
        try Catalogue.install(from: run.pricesFrom ?? work.today, by: work, in: tx)
        let administrator = try Accounts.create(
            run.administrator, grants: firstRoles.map { RoleGrant(clinicID: nil, role: $0) },
            passwordHash: run.passwordHash, mustChangePassword: false, by: work, in: tx)
        return Made(clinic: clinic, administrator: administrator)
    }

    private static func checkNumbers(_ run: FirstRun) throws(FormErrors) {
        var errors = FormErrors()
        if !(1...60).contains(run.treatmentRooms) { errors.add("treatmentRooms", "诊室数应在 1 到 60 之间") }
        if !(0...20).contains(run.communicationRooms) { errors.add("communicationRooms", "沟通室数应在 0 到 20 之间") }
        if !(run.treatmentRooms...120).contains(max(run.chairs, 0)) {
            errors.add("chairs", "牙椅数不能少于诊室数，最多 120 台")
        }
        try errors.throwIfAny()
    }

    private static func furnish(_ run: FirstRun, by work: Work, in tx: any WriteTransaction) throws {
        var rooms: [Room] = []
        for number in 1...run.treatmentRooms {
            rooms.append(
                try Places.addRoom(number: number, name: "诊室 \(number)", kind: .treatment, by: work, in: tx))
        }
        for index in 0..<run.communicationRooms {
            let number = run.treatmentRooms + index + 1
            _ = try Places.addRoom(number: number, name: "沟通室 \(number)", kind: .communication, by: work, in: tx)
        }
        for number in 1...run.chairs {
            let room = rooms[(number - 1) * rooms.count / run.chairs]
            _ = try Places.addChair(number: number, name: "\(number) 号牙椅", room: room.id, by: work, in: tx)
        }
    }
}

package struct AlreadySetUp: UserFacingError, Hashable {
    package init() {}
    package var kind: FailureKind { .conflict }
    package var userMessage: String { "这套系统已经设置过了，请直接登录" }
}
