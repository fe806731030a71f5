import Kernel
import Storage

/// A condition to know before treating: from the medical history (R1.08).
package struct PatientAlert: Hashable, Sendable {
    package let id: ID<PatientAlert>
    package let patientID: ID<Patient>
    /// Code of the list `medicalHistory`.
    package let code: String
    package let note: String?
    /// Shown in red and spoken at hand-over (R1.07).
    package let isSpecial: Bool
    package let recordedBy: ID<Staff>
    package let recordedAt: Timestamp
    package let endedAt: Timestamp?
}

/// Medical history and special conditions of a person; ended, never deleted.
package enum PatientAlerts {
    /// Any one of them is enough to write: the desk asks, the doctor corrects.
    package static let capabilities: [Capability] = [.registerPatients, .editPatients, .writeMedicalRecord]

    /// In force, special ones first, then oldest first.
    package static func list(_ patient: ID<Patient>, in tx: any ReadTransaction) throws -> [PatientAlert] {
        try PatientAlertStore.list(patient, in: tx)
    }

    /// Records a condition, or brings its note up to date.
    /// - Throws: `NotAllowed`, `NotFound`, `PatientError.unknownCode`, `FormErrors` for `note`.
    package static func record(
        code: String, note: String, of patient: ID<Patient>, by work: Work, in tx: any WriteTransaction
    ) throws -> PatientAlert {
        guard capabilities.contains(where: work.actor.may) else { throw NotAllowed(capability: .editPatients) }
        let patient = try PatientStore.lock(patient, in: tx)
        guard patient.mergedIntoID == nil else { throw PatientError.merged }
        return try add(code: code, note: note, to: patient.id, by: work, in: tx)
    }

    /// The condition no longer holds.
    /// - Throws: `NotAllowed`, `NotFound`, `PatientError.alreadyEnded`.
    package static func end(
        _ id: ID<PatientAlert>, of patient: ID<Patient>, by work: Work, in tx: any WriteTransaction
    ) throws {
        guard capabilities.contains(where: work.actor.may) else { throw NotAllowed(capability: .editPatients) }
        let alert = try PatientAlertStore.get(id, of: patient, in: tx)
        guard alert.endedAt == nil, try PatientAlertStore.end(id, by: work.actor.id, at: work.now, in: tx) else {
            throw PatientError.alreadyEnded
        }
        try Audit.append(
            Event("patient.alertEnded", of: patient, patient: patient, ["code": .text(alert.code)]), by: work, in: tx)
    }

    static func add(
        code: String, note: String, to patient: ID<Patient>, by work: Work, in tx: any WriteTransaction
    ) throws -> PatientAlert {
        guard let entry = work.playbook.codes(.medicalHistory).first(where: { $0.code == code }) else {
            throw PatientError.unknownCode
        }
        let note = note.nonBlank
        if entry.needsNote, note == nil { throw FormErrors("note", "请写明\(entry.label)的具体内容") }
        if let note, note.count > RegistrationRules.longestNote {
            throw FormErrors("note", "最多 \(RegistrationRules.longestNote) 个字")
        }
        let same = try PatientAlertStore.list(patient, in: tx).first { $0.code == code }
        if let same {
            if same.note == note { return same }
            _ = try PatientAlertStore.end(same.id, by: work.actor.id, at: work.now, in: tx)
        }
        let alert = PatientAlert(
            id: work.newID(), patientID: patient, code: code, note: note, isSpecial: entry.isAlert,
            recordedBy: work.actor.id, recordedAt: work.now, endedAt: nil)
        try PatientAlertStore.insert(alert, in: tx)
        try Audit.append(
            Event(
                "patient.alertRecorded", of: patient, patient: patient,
                ["code": .text(code), "hasNote": .bool(note != nil), "special": .bool(entry.isAlert)]),
            by: work, in: tx)
        return alert
    }
}

/// The table of conditions.
package enum PatientAlertStore {
    /// Special conditions in force of many people at once, oldest first.
    package static func specials(
        of patients: [ID<Patient>], in tx: any ReadTransaction
    ) throws -> [ID<Patient>: [PatientBrief.SpecialAlert]] {
        guard !patients.isEmpty else { return [:] }
        let rows = try tx.rows(
            """
            SELECT patient_id, code, note
            FROM patient_alert
            WHERE patient_id IN \(list: patients) AND is_special = 1 AND ended_at IS NULL
            ORDER BY id
            """)
        var found: [ID<Patient>: [PatientBrief.SpecialAlert]] = [:]
        for row in rows {
            found[try row.id("patient_id"), default: []].append(
                PatientBrief.SpecialAlert(code: try row.text("code"), note: try row.textIfAny("note")))
        }
        return found
    }

    static func list(_ patient: ID<Patient>, in tx: any ReadTransaction) throws -> [PatientAlert] {
        try tx.rows(
            """
            SELECT \(columns)
            FROM patient_alert
            WHERE patient_id = \(patient) AND ended_at IS NULL
            ORDER BY is_special DESC, id
            """
        ).map(alert)
    }

    /// - Throws: `NotFound` for an alert of somebody else too.
    static func get(
        _ id: ID<PatientAlert>, of patient: ID<Patient>, in tx: any ReadTransaction
    ) throws -> PatientAlert {
        let row = try tx.first("SELECT \(columns) FROM patient_alert WHERE id = \(id) AND patient_id = \(patient)")
        guard let row else { throw NotFound("病史") }
        return try alert(row)
    }

    static func insert(_ alert: PatientAlert, in tx: any WriteTransaction) throws {
        try tx.run(
            """
            INSERT INTO patient_alert (id, patient_id, code, note, is_special, recorded_by, recorded_at)
            VALUES (\(alert.id), \(alert.patientID), \(alert.code), \(alert.note), \(alert.isSpecial),
                \(alert.recordedBy), \(alert.recordedAt))
            """)
    }

    /// - Returns: false when it was ended before.
    static func end(
        _ id: ID<PatientAlert>, by staff: ID<Staff>, at now: Timestamp, in tx: any WriteTransaction
    ) throws -> Bool {
        try tx.run(
            """
            UPDATE patient_alert
            SET ended_by = \(staff), ended_at = \(now)
            WHERE id = \(id) AND ended_at IS NULL
            """) == 1
    }

    private static let columns: SQL = "id, patient_id, code, note, is_special, recorded_by, recorded_at, ended_at"

    private static func alert(_ row: Row) throws -> PatientAlert {
        PatientAlert(
            id: try row.id("id"), patientID: try row.id("patient_id"), code: try row.text("code"),
            note: try row.textIfAny("note"), isSpecial: try row.bool("is_special"),
            recordedBy: try row.id("recorded_by"), recordedAt: try row.timestamp("recorded_at"),
            endedAt: try row.timestampIfAny("ended_at"))
    }
}
