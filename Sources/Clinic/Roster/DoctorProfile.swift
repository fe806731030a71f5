import Kernel
import Storage

/// What rotation, matching and substitution know about a doctor (R3.13).
package struct DoctorProfile: Hashable, Sendable {
    package let staffID: ID<Staff>
    package let name: String
    /// Order of the rotation (R3.15).
    package let employeeNumber: String
    package let gender: Gender
    package let title: String?
    package var bornOn: Day?
    /// Codes of list `specialty`; the same words as the groups of the price list.
    package var specialties: Set<String>
    /// Codes of list `specialty`: may do the first examination when the specialist has no time (R3.19).
    package var familiarWith: Set<String>
    /// Number on the door of the usual room: order of substitution (R2.24). nil: no room of this clinic.
    package let roomNumber: Int?
    /// First day here; nil: long ago. A newcomer enters the rotation level with the others (R3.15).
    package var startedOn: Day?
    /// Takes new customers in turn.
    package var takesRotation: Bool
    /// 0: never edited.
    package var version: Int

    package init(
        staffID: ID<Staff>, name: String, employeeNumber: String, gender: Gender, title: String? = nil,
        bornOn: Day? = nil, specialties: Set<String> = [], familiarWith: Set<String> = [], roomNumber: Int? = nil,
        startedOn: Day? = nil, takesRotation: Bool = true, version: Int = 0
    ) {
        self.staffID = staffID
        self.name = name
        self.employeeNumber = employeeNumber
        self.gender = gender
        self.title = title
        self.bornOn = bornOn
        self.specialties = specialties
        self.familiarWith = familiarWith
        self.roomNumber = roomNumber
        self.startedOn = startedOn
        self.takesRotation = takesRotation
        self.version = version
    }

    /// Full years; nil when the birth date is not known.
    package func age(on day: Day) -> Int? { bornOn.map { day.years(since: $0) } }
}

/// The table of doctors' profiles. A doctor without a row has the defaults.
package enum DoctorProfileStore {
    /// Doctors with a role in `clinic` who are not disabled, in order of employee number.
    package static func list(clinic: ID<ClinicSite>, in tx: any ReadTransaction) throws -> [DoctorProfile] {
        try profiles(of: try StaffStore.listDoctors(clinic: clinic, in: tx), clinic: clinic, in: tx)
    }

    /// - Throws: `NotFound` for anybody who is no doctor of `clinic`.
    package static func get(
        _ id: ID<Staff>, clinic: ID<ClinicSite>, in tx: any ReadTransaction
    ) throws -> DoctorProfile {
        guard let doctor = try StaffStore.findDoctor(id, clinic: clinic, in: tx),
            let profile = try profiles(of: [doctor], clinic: clinic, in: tx).first
        else { throw NotFound("医生资料") }
        return profile
    }

    private static func profiles(
        of doctors: [Staff], clinic: ID<ClinicSite>, in tx: any ReadTransaction
    ) throws -> [DoctorProfile] {
        guard !doctors.isEmpty else { return [] }
        let rows = try tx.rows(
            """
            SELECT s.id, r.number AS room_number, p.staff_id, p.born_on, p.specialties, p.familiar_with, p.started_on,
                p.takes_rotation, p.version
            FROM staff s
            LEFT JOIN chair c ON c.id = s.chair_id
            LEFT JOIN room r ON r.id = COALESCE(s.room_id, c.room_id) AND r.clinic_id = \(clinic)
            LEFT JOIN doctor_profile p ON p.staff_id = s.id
            WHERE s.id IN \(list: doctors.map(\.id))
            """)
        var rowOf: [ID<Staff>: Row] = [:]
        for row in rows { rowOf[try row.id("id")] = row }
        return try doctors.map { doctor in
            var profile = DoctorProfile(
                staffID: doctor.id, name: doctor.name, employeeNumber: doctor.employeeNumber, gender: doctor.gender,
                title: doctor.title, roomNumber: try rowOf[doctor.id]?.intIfAny("room_number"))
            guard let row = rowOf[doctor.id], try !row.isNull("staff_id") else { return profile }
            profile.bornOn = try row.dayIfAny("born_on")
            profile.specialties = try codes(row, "specialties")
            profile.familiarWith = try codes(row, "familiar_with")
            profile.startedOn = try row.dayIfAny("started_on")
            profile.takesRotation = try row.bool("takes_rotation")
            profile.version = try row.int("version")
            return profile
        }
    }

    private static func codes(_ row: Row, _ column: String) throws -> Set<String> {
        Set(try row.text(column).split(separator: ",").map(String.init))
    }

    /// - Returns: false when somebody else changed it since `profile` was read.
    static func save(_ p: DoctorProfile, in tx: any WriteTransaction) throws -> Bool {
        let (specialties, familiar) = (text(p.specialties), text(p.familiarWith))
        guard p.version > 0 else {
            return try tx.run(
                """
                INSERT INTO doctor_profile (staff_id, born_on, specialties, familiar_with, started_on, takes_rotation,
                    version)
                VALUES (\(p.staffID), \(p.bornOn), \(specialties), \(familiar), \(p.startedOn), \(p.takesRotation), 1)
                ON CONFLICT DO NOTHING
                """) == 1
        }
        return try tx.run(
            """
            UPDATE doctor_profile
            SET born_on = \(p.bornOn), specialties = \(specialties), familiar_with = \(familiar),
                started_on = \(p.startedOn), takes_rotation = \(p.takesRotation), version = version + 1
            WHERE staff_id = \(p.staffID) AND version = \(p.version)
            """) == 1
    }

    private static func text(_ codes: Set<String>) -> String { codes.sorted().joined(separator: ",") }
}

/// Keeps doctors' profiles (R3.13).
package enum DoctorProfiles {
    /// - Throws: `NotAllowed`, `NotFound`, `FormErrors` (bornOn, startedOn, specialties), `ChangedMeanwhile`.
    package static func edit(_ profile: DoctorProfile, by work: Work, in tx: any WriteTransaction) throws {
        try work.actor.require(.manageRoster)
        let before = try DoctorProfileStore.get(profile.staffID, clinic: work.clinic.id, in: tx)
        var errors = FormErrors()
        if let born = profile.bornOn, !(18...100).contains(work.today.years(since: born)) {
            errors.add("bornOn", "请核对出生日期，医生的年龄应在 18 到 100 岁之间")
        }
        if let started = profile.startedOn, started > work.today.adding(months: 12) {
            errors.add("startedOn", "到岗日期最多填到一年以后")
        }
        let known = Set(work.playbook.codes(.specialty).map(\.code))
        if !profile.specialties.union(profile.familiarWith).isSubset(of: known) {
            errors.add("specialties", "请从列表里选择专长")
        }
        try errors.throwIfAny()
        guard try DoctorProfileStore.save(profile, in: tx) else { throw ChangedMeanwhile("医生资料") }
        try Audit.append(
            Event(
                "roster.profileEdited", of: profile.staffID, ["before": json(before), "after": json(profile)]),
            by: work, in: tx)
    }

    private static func json(_ p: DoctorProfile) -> JSONValue {
        [
            "specialties": .list(p.specialties.sorted().map(JSONValue.text)),
            "familiarWith": .list(p.familiarWith.sorted().map(JSONValue.text)),
            "startedOn": JSONValue(p.startedOn?.iso), "takesRotation": .bool(p.takesRotation),
        ]
    }
}
