import Kernel
import Storage

/// The reception part of a file: read by everybody who receives, written at the desk.
package enum PatientProfiles {
    package static let capabilities: [Capability] = [.registerPatients, .editPatients]

    /// - Returns: a blank one when nothing was asked yet.
    package static func get(_ patient: ID<Patient>, in tx: any ReadTransaction) throws -> PatientProfile {
        try PatientProfileStore.find(patient, in: tx) ?? .blank(patient)
    }

    /// Stores what was typed; each change stays in the history of the file (R16.04).
    /// - Throws: `NotAllowed`, `NotFound`, `FormErrors`, `ChangedMeanwhile`.
    package static func save(
        _ typed: ProfileDetails, of patient: ID<Patient>, version: Int, by work: Work, in tx: any WriteTransaction
    ) throws -> PatientProfile {
        try requireWriter(work)
        let patient = try living(patient, in: tx)
        let old = try get(patient.id, in: tx)
        guard old.version == version else { throw ChangedMeanwhile("客人资料") }
        let employee = try typed.employeeNumber.nonBlank.flatMap {
            try PatientProfileStore.employee(number: $0.trimmed, in: tx)
        }
        let new = try ProfileRules.check(typed, of: old, employee: employee, work.playbook)
        return try store(new, replacing: old, by: work, in: tx)
    }

    /// Name and number were taken on the telephone; whoever took them reads them back (R1.15).
    /// - Parameter readBack: the caller has confirmed already.
    package static func takenOnPhone(
        _ patient: ID<Patient>, readBack: Bool, by work: Work, in tx: any WriteTransaction
    ) throws {
        try requireWriter(work)
        let old = try get(patient, in: tx)
        var new = old
        new.phoneTaken = readBack ? .done(at: work.now, by: work.actor.id) : .due(since: work.now)
        _ = try store(new, replacing: old, by: work, in: tx)
    }

    /// The caller, or later the customer, confirmed name and number.
    /// - Throws: `NotAllowed`, `NotFound`, `PatientError.alreadyEnded`.
    package static func readBack(_ patient: ID<Patient>, by work: Work, in tx: any WriteTransaction) throws {
        try requireWriter(work)
        let patient = try living(patient, in: tx)
        let old = try get(patient.id, in: tx)
        guard old.phoneTaken.isDue else { throw PatientError.alreadyEnded }
        var new = old
        new.phoneTaken = .done(at: work.now, by: work.actor.id)
        _ = try store(new, replacing: old, by: work, in: tx)
        try Audit.append(Event("patient.readBack", of: patient.id, patient: patient.id), by: work, in: tx)
    }

    private static func requireWriter(_ work: Work) throws {
        guard capabilities.contains(where: work.actor.may) else { throw NotAllowed(capability: .editPatients) }
    }

    static func living(_ id: ID<Patient>, in tx: any WriteTransaction) throws -> Patient {
        let patient = try PatientStore.lock(id, in: tx)
        guard patient.mergedIntoID == nil else { throw PatientError.merged }
        return patient
    }

    private static func store(
        _ new: PatientProfile, replacing old: PatientProfile, by work: Work, in tx: any WriteTransaction
    ) throws -> PatientProfile {
        guard new != old else { return old }
        try PatientProfileStore.put(new, replacing: old, by: work, in: tx)
        let changes = changes(from: old, to: new, by: work)
        if !changes.isEmpty {
            try PatientChangeStore.append(changes, by: work, in: tx)
            try Audit.append(
                Event(
                    "patient.edited", of: new.patientID, patient: new.patientID, PatientEvents.edited(changes)),
                by: work, in: tx)
        }
        var stored = new
        stored.version = old.version + 1
        return stored
    }

    private static func changes(
        from old: PatientProfile, to new: PatientProfile, by work: Work
    ) -> [PatientChange] {
        func values(_ p: PatientProfile) -> [(PatientField, String?)] {
            let relay = [p.relayName, p.relayPhone].compactMap(\.self).joined(separator: " ")
            let all: [(PatientField, String?)] = [
                (.language, p.language), (.relay, relay), (.contactWindow, p.contact.text), (.intention, p.intention),
                (.intendedItems, p.intendedItems), (.preference, p.preference),
                (.needs, p.needs.joined(separator: ",")), (.drink, p.drink), (.employee, p.employeeID?.text),
            ]
            return all.map { field, value in (field, value?.nonBlank) }
        }
        return zip(values(old), values(new)).compactMap { before, after in
            guard before.1 != after.1 else { return nil }
            return PatientChange(
                patientID: old.patientID, field: before.0, oldValue: before.1, newValue: after.1,
                changedBy: work.actor.id, changedAt: work.now, occasion: .edit)
        }
    }
}

/// The table of reception parts.
package enum PatientProfileStore {
    private static let columns: SQL = """
        patient_id, language, relay_name, relay_phone, contact_any, contact_from, contact_until, intention,
        intended_items, preference, needs, drink, employee_id, spoken_on_phone_at, read_back_at, read_back_by,
        changed_at, changed_by, version
        """

    package static func find(_ patient: ID<Patient>, in tx: any ReadTransaction) throws -> PatientProfile? {
        try tx.first("SELECT \(columns) FROM patient_profile WHERE patient_id = \(patient)").map(profile)
    }

    static func codes(_ list: String?) -> [String] { list?.split(separator: ",").map(String.init) ?? [] }

    static func employee(number: String, in tx: any ReadTransaction) throws -> ID<Staff>? {
        try tx.first("SELECT id FROM staff WHERE employee_no = \(number)").map { try $0.id("id") }
    }

    /// - Throws: `ChangedMeanwhile`.
    static func put(
        _ p: PatientProfile, replacing old: PatientProfile, by work: Work, in tx: any WriteTransaction
    ) throws {
        let (from, until): (Unit?, Unit?) = if case .between(let a, let b) = p.contact { (a, b) } else { (nil, nil) }
        let (taken, backAt, backBy): (Timestamp?, Timestamp?, ID<Staff>?) =
            switch p.phoneTaken {
            case .notNeeded: (nil, nil, nil)
            case .due(let since): (since, nil, nil)
            case .done(let at, let by): (at, at, by)
            }
        let values: [any SQLBindable] = [
            p.patientID, p.language, p.relayName, p.relayPhone, p.contact == .anyTime, from, until, p.intention,
            p.intendedItems, p.preference, p.needs.joined(separator: ","), p.drink, p.employeeID, taken, backAt, backBy,
            work.now, work.actor.id, old.version + 1,
        ]
        if old.version > 0 {
            let removed = try tx.run(
                "DELETE FROM patient_profile WHERE patient_id = \(p.patientID) AND version = \(old.version)")
            guard removed == 1 else { throw ChangedMeanwhile("客人资料") }
        }
        try tx.run("INSERT INTO patient_profile (\(columns)) VALUES \(rows: [values])")
    }

    private static func profile(_ row: Row) throws -> PatientProfile {
        var contact = try row.bool("contact_any") ? ContactWindow.anyTime : .notAsked
        if let from = try row.unitIfAny("contact_from"), let until = try row.unitIfAny("contact_until") {
            contact = .between(from, until)
        }
        var taken = ReadBack.notNeeded
        if let at = try row.timestampIfAny("read_back_at"), let by = try row.idIfAny("read_back_by", Staff.self) {
            taken = .done(at: at, by: by)
        } else if let since = try row.timestampIfAny("spoken_on_phone_at") {
            taken = .due(since: since)
        }
        return PatientProfile(
            patientID: try row.id("patient_id"), language: try row.textIfAny("language"),
            relayName: try row.textIfAny("relay_name"), relayPhone: try row.textIfAny("relay_phone"), contact: contact,
            intention: try row.textIfAny("intention"), intendedItems: try row.textIfAny("intended_items"),
            preference: try row.textIfAny("preference"), needs: codes(try row.text("needs")),
            drink: try row.textIfAny("drink"), employeeID: try row.idIfAny("employee_id"), phoneTaken: taken,
            version: try row.int("version"))
    }
}
