import Kernel
import Storage

/// A look at a file for completeness (R1.36): what was wrong, and whose registration it was. The points are a candidate;
/// what becomes of them is decided with the month's score (R14.23).
package struct FileAudit: Hashable, Sendable {
    package let id: ID<FileAudit>
    package let patientID: ID<Patient>
    package let registrarID: ID<Staff>
    /// Codes of the list `fileFinding`; empty when all was right.
    package let findings: [String]
    package let note: String?
    package let points: Int
    package let auditedAt: Timestamp
    package let auditedBy: ID<Staff>
}

package enum FileAudits {
    /// What the program sees by itself, before a person looks. Pure.
    package static func suspicions(_ p: Patient, hasHistory: Bool) -> [String] {
        var codes: [String] = []
        if p.phone == nil, p.phoneMissingReason == nil { codes.append("phoneMissing") }
        if p.bornOn == nil { codes.append("birthMissing") }
        if p.gender == .unknown { codes.append("genderWrong") }
        if p.address == nil { codes.append("addressMissing") }
        if p.complaint.count < 2 { codes.append("complaintThin") }
        if !hasHistory, p.conditionNote == nil { codes.append("historyNotAsked") }
        return codes
    }

    /// - Throws: `NotAllowed`; `FormErrors`; `FileAuditError.ownWork`: nobody checks the own registrations (R16.09).
    package static func record(
        _ findings: Set<String>, note: String, of patient: ID<Patient>, by work: Work, in tx: any WriteTransaction
    ) throws -> FileAudit {
        try work.actor.require(.editOtherPatients)
        let patient = try PatientStore.get(patient, in: tx)
        guard patient.registeredBy != work.actor.id else { throw FileAuditError.ownWork }
        let known = work.playbook.codes(.fileFinding).map(\.code).filter(findings.contains)
        guard known.count == findings.count else { throw FormErrors("findings", "请从列表里选择") }
        let audit = FileAudit(
            id: work.newID(), patientID: patient.id, registrarID: patient.registeredBy, findings: known,
            note: note.nonBlank, points: known.isEmpty ? 0 : work.playbook[.fileAuditPoints], auditedAt: work.now,
            auditedBy: work.actor.id)
        try FileAuditStore.insert(audit, clinic: work.clinic.id, in: tx)
        try Audit.append(
            Event(
                "fileAudit.recorded", of: audit.id, patient: patient.id,
                [
                    "registrar": JSONValue(audit.registrarID), "findings": .list(known.map(JSONValue.text)),
                    "points": .int(Int64(audit.points)),
                ]), by: work, in: tx)
        return audit
    }
}

package enum FileAuditError: UserFacingError, Hashable {
    case ownWork
    package var kind: FailureKind { .forbidden }
    package var userMessage: String { "自己登记的资料请由同事来查" }
}

/// The table of audits.
package enum FileAuditStore {
    /// Of a clinic since an instant, newest first.
    package static func list(
        clinic: ID<ClinicSite>, since: Timestamp, in tx: any ReadTransaction
    ) throws -> [FileAudit] {
        try tx.rows(
            """
            SELECT id, patient_id, registrar_id, findings, note, points, audited_at, audited_by
            FROM file_audit
            WHERE clinic_id = \(clinic) AND audited_at >= \(since)
            ORDER BY audited_at DESC, id DESC
            LIMIT 500
            """
        ).map { row in
            FileAudit(
                id: try row.id("id"), patientID: try row.id("patient_id"), registrarID: try row.id("registrar_id"),
                findings: PatientProfileStore.codes(try row.text("findings")), note: try row.textIfAny("note"),
                points: try row.int("points"), auditedAt: try row.timestamp("audited_at"),
                auditedBy: try row.id("audited_by"))
        }
    }

    /// Files of people, not of the program, registered here since an instant and not looked at yet; newest first. A file
    /// that came in by itself has no registrar.
    package static func listUnaudited(
        clinic: ID<ClinicSite>, since: Timestamp, limit: Int, in tx: any ReadTransaction
    ) throws -> [ID<Patient>] {
        try tx.rows(
            """
            SELECT p.id
            FROM patient p
            JOIN staff s ON s.id = p.registered_by
            WHERE p.home_clinic_id = \(clinic) AND p.registered_at >= \(since) AND p.merged_into_id IS NULL
                AND NOT EXISTS (SELECT 1 FROM file_audit a WHERE a.patient_id = p.id)
            ORDER BY p.registered_at DESC, p.id DESC
            LIMIT \(limit)
            """
        ).map { try $0.id("id") }
    }

    static func insert(
        _ a: FileAudit, clinic: ID<ClinicSite>, in tx: any WriteTransaction
    ) throws {
        let values: [any SQLBindable] = [
            a.id, clinic, a.patientID, a.registrarID, a.findings.joined(separator: ","), a.note, a.points, a.auditedAt,
            a.auditedBy,
        ]
        try tx.run(
            """
            INSERT INTO file_audit (id, clinic_id, patient_id, registrar_id, findings, note, points, audited_at,
                audited_by)
            VALUES \(rows: [values])
            """)
    }
}
