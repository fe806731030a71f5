import Kernel
import Storage

/// Copies of a record for reimbursement: the staff collects the papers for the customer (R1.34).
package struct RecordCopy: Hashable, Sendable {
    package let id: ID<RecordCopy>
    package let patientID: ID<Patient>
    /// Code of the list `recordPurpose`.
    package let purpose: String
    package let papers: String
    package let requestedAt: Timestamp
    package let requestedBy: ID<Staff>
    package let fetchedAt: Timestamp?
    package let handedAt: Timestamp?
    package let version: Int

    package var stateText: String { handedAt != nil ? "已交客人" : fetchedAt != nil ? "已备齐" : "办理中" }
}

/// One print of a record with its purpose (R1.32).
package struct RecordPrint: Hashable, Sendable {
    package let id: ID<RecordPrint>
    package let patientID: ID<Patient>
    package let purpose: String
    package let note: String?
    package let printedAt: Timestamp
    package let printedBy: ID<Staff>
}

/// Prints and copies that leave the house, each with purpose and person.
package enum RecordPapers {
    static let longest = 200

    /// Registers the print; the page that is printed names it.
    /// - Throws: `NotAllowed`, `NotFound`, `FormErrors`.
    package static func print(
        of patient: ID<Patient>, purpose: String, note: String, by work: Work, in tx: any WriteTransaction
    ) throws -> RecordPrint {
        try work.actor.require(.printRecords)
        let patient = try PatientStore.requireLiving(patient, in: tx)
        try check(purpose: purpose, note: note, work.playbook)
        let print = RecordPrint(
            id: work.newID(), patientID: patient.id, purpose: purpose, note: note.nonBlank, printedAt: work.now,
            printedBy: work.actor.id)
        try RecordPaperStore.insert(print, clinic: work.clinic.id, in: tx)
        try Audit.append(
            Event("record.printed", of: print.id, patient: patient.id, ["purpose": .text(purpose)]), by: work, in: tx)
        return print
    }

    /// - Throws: `NotAllowed`, `NotFound`, `FormErrors`.
    package static func request(
        of patient: ID<Patient>, purpose: String, papers: String, by work: Work, in tx: any WriteTransaction
    ) throws -> RecordCopy {
        try requireDesk(work)
        let patient = try PatientStore.requireLiving(patient, in: tx)
        guard work.playbook.code(purpose, in: .recordPurpose) != nil else { throw FormErrors("purpose", "请选择用途") }
        guard let papers = papers.nonBlank else { throw FormErrors("papers", "请写下要哪些材料，例如病历复印件、发票、X 线片") }
        guard papers.count <= longest else { throw FormErrors("papers", "最多 \(longest) 个字") }
        let copy = RecordCopy(
            id: work.newID(), patientID: patient.id, purpose: purpose, papers: papers, requestedAt: work.now,
            requestedBy: work.actor.id, fetchedAt: nil, handedAt: nil, version: 1)
        try RecordPaperStore.insert(copy, clinic: work.clinic.id, in: tx)
        try Audit.append(
            Event("recordCopy.requested", of: copy.id, patient: patient.id, ["purpose": .text(purpose)]), by: work,
            in: tx)
        return copy
    }

    /// The papers are collected; then they are in the customer's hands. Two ticks, one after the other.
    /// - Throws: `NotAllowed`, `NotFound`, `ChangedMeanwhile`.
    package static func advance(
        _ id: ID<RecordCopy>, version: Int, by work: Work, in tx: any WriteTransaction
    ) throws -> RecordCopy {
        try requireDesk(work)
        let copy = try RecordPaperStore.get(id, clinic: work.clinic.id, in: tx)
        guard copy.version == version, copy.handedAt == nil else { throw ChangedMeanwhile("病历复印") }
        let fetches = copy.fetchedAt == nil
        guard try RecordPaperStore.advance(copy, fetches: fetches, by: work, in: tx) else {
            throw ChangedMeanwhile("病历复印")
        }
        try Audit.append(
            Event(fetches ? "recordCopy.fetched" : "recordCopy.handed", of: id, patient: copy.patientID), by: work,
            in: tx)
        return try RecordPaperStore.get(id, clinic: work.clinic.id, in: tx)
    }

    private static func requireDesk(_ work: Work) throws {
        let any: [Capability] = [.printRecords, .editPatients]
        guard any.contains(where: work.actor.may) else { throw NotAllowed(capability: .printRecords) }
    }

    private static func check(purpose: String, note: String, _ playbook: Playbook) throws(FormErrors) {
        guard let code = playbook.code(purpose, in: .recordPurpose) else { throw FormErrors("purpose", "请选择用途") }
        if code.needsNote, note.nonBlank == nil { throw FormErrors("note", "请写一句用途说明") }
        if note.count > longest { throw FormErrors("note", "最多 \(longest) 个字") }
    }
}

/// The tables of prints and copies.
package enum RecordPaperStore {
    private static let copyColumns: SQL = """
        id, patient_id, purpose, papers, requested_at, requested_by, fetched_at, handed_at, version
        """

    /// - Throws: `NotFound` also for another clinic's.
    package static func get(
        _ id: ID<RecordCopy>, clinic: ID<ClinicSite>, in tx: any ReadTransaction
    ) throws -> RecordCopy {
        let row = try tx.first("SELECT \(copyColumns) FROM record_copy WHERE id = \(id) AND clinic_id = \(clinic)")
        guard let row else { throw NotFound("病历复印") }
        return try copy(row)
    }

    /// Not in the customer's hands yet, oldest first.
    package static func listOpen(clinic: ID<ClinicSite>, in tx: any ReadTransaction) throws -> [RecordCopy] {
        try tx.rows(
            """
            SELECT \(copyColumns)
            FROM record_copy
            WHERE clinic_id = \(clinic) AND handed_at IS NULL
            ORDER BY requested_at, id
            LIMIT 200
            """
        ).map(copy)
    }

    package static func copies(of patient: ID<Patient>, in tx: any ReadTransaction) throws -> [RecordCopy] {
        try tx.rows(
            "SELECT \(copyColumns) FROM record_copy WHERE patient_id = \(patient) ORDER BY requested_at DESC, id DESC"
        ).map(copy)
    }

    package static func prints(of patient: ID<Patient>, in tx: any ReadTransaction) throws -> [RecordPrint] {
        try tx.rows(
            """
            SELECT id, patient_id, purpose, note, printed_at, printed_by
            FROM record_print
            WHERE patient_id = \(patient)
            ORDER BY printed_at DESC, id DESC
            LIMIT 100
            """
        ).map { row in
            RecordPrint(
                id: try row.id("id"), patientID: try row.id("patient_id"), purpose: try row.text("purpose"),
                note: try row.textIfAny("note"), printedAt: try row.timestamp("printed_at"),
                printedBy: try row.id("printed_by"))
        }
    }

    static func insert(_ p: RecordPrint, clinic: ID<ClinicSite>, in tx: any WriteTransaction) throws {
        let values: [any SQLBindable] = [p.id, clinic, p.patientID, p.purpose, p.note, p.printedAt, p.printedBy]
        try tx.run(
            """
            INSERT INTO record_print (id, clinic_id, patient_id, purpose, note, printed_at, printed_by)
            VALUES \(rows: [values])
            """)
    }

    static func insert(_ c: RecordCopy, clinic: ID<ClinicSite>, in tx: any WriteTransaction) throws {
        let values: [any SQLBindable] = [
            c.id, clinic, c.patientID, c.purpose, c.papers, c.requestedAt, c.requestedBy, c.version,
        ]
        try tx.run(
            """
            INSERT INTO record_copy (id, clinic_id, patient_id, purpose, papers, requested_at, requested_by, version)
            VALUES \(rows: [values])
            """)
    }

    /// - Returns: false when it was changed meanwhile.
    static func advance(
        _ c: RecordCopy, fetches: Bool, by work: Work, in tx: any WriteTransaction
    ) throws -> Bool {
        let step: SQL =
            fetches
            ? "fetched_at = \(work.now), fetched_by = \(work.actor.id)"
            : "handed_at = \(work.now), handed_by = \(work.actor.id)"
        return try tx.run(
            """
            UPDATE record_copy
            SET \(step), version = version + 1
            WHERE id = \(c.id) AND version = \(c.version)
            """) == 1
    }

    private static func copy(_ row: Row) throws -> RecordCopy {
        RecordCopy(
            id: try row.id("id"), patientID: try row.id("patient_id"), purpose: try row.text("purpose"),
            papers: try row.text("papers"), requestedAt: try row.timestamp("requested_at"),
            requestedBy: try row.id("requested_by"), fetchedAt: try row.timestampIfAny("fetched_at"),
            handedAt: try row.timestampIfAny("handed_at"), version: try row.int("version"))
    }
}
