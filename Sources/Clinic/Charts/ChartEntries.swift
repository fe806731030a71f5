import Kernel
import Storage

/// A paper record as it was typed in, with the entry stamp of the operator (R1.28). Corrected in versions (R1.29).
package struct ChartEntry: Hashable, Sendable {
    package struct Fault: Hashable, Sendable {
        package let at: Timestamp
        package let by: ID<Staff>
        package let reason: String
    }

    package let id: ID<ChartEntry>
    package let clinicID: ID<ClinicSite>
    package let patientID: ID<Patient>
    package let correctsID: ID<ChartEntry>?
    package let seenOn: Day
    package let content: String
    /// Name and number of the operator at that moment.
    package let stampName: String
    package let stampCode: String
    package let enteredAt: Timestamp
    package let enteredBy: ID<Staff>
    package let returnedAt: Timestamp?
    package let fault: Fault?

    /// "周敏 0101"
    package var stampText: String { "\(stampName) \(stampCode)" }
}

package enum ChartEntries {
    static let longest = 4_000
    /// Any one of them is enough to type in.
    package static let capabilities: [Capability] = [.registerPatients, .editPatients, .writeMedicalRecord]

    /// Types a paper record in. A correction names the entry that was marked wrong.
    /// - Throws: `NotAllowed`, `NotFound`, `MergedFile`, `FormErrors`, `ChartError`.
    package static func add(
        seenOn: String, content: String, corrects: ID<ChartEntry>? = nil, of patient: ID<Patient>, by work: Work,
        in tx: any WriteTransaction
    ) throws -> ChartEntry {
        guard capabilities.contains(where: work.actor.may) else { throw NotAllowed(capability: .registerPatients) }
        let patient = try PatientStore.requireLiving(patient, in: tx)
        let (day, text) = try check(seenOn: seenOn, content: content, today: work.today)
        if let corrects {
            let old = try ChartEntryStore.get(corrects, clinic: work.clinic.id, in: tx)
            guard old.patientID == patient.id else { throw NotFound("录入的病历") }
            guard old.fault != nil else { throw FormErrors("content", "先标出哪里有误，再录更正") }
        }
        let operatorCard = try StaffStore.get(work.actor.id, in: tx)
        let entry = ChartEntry(
            id: work.newID(), clinicID: work.clinic.id, patientID: patient.id, correctsID: corrects, seenOn: day,
            content: text, stampName: operatorCard.name, stampCode: operatorCard.employeeNumber, enteredAt: work.now,
            enteredBy: work.actor.id, returnedAt: nil, fault: nil)
        guard try ChartEntryStore.insert(entry, in: tx) else { throw ChartError.alreadyDone }
        try Audit.append(
            Event(
                corrects == nil ? "chartEntry.stamped" : "chartEntry.corrected", of: entry.id, patient: patient.id,
                ["stamp": .text(entry.stampText), "corrects": JSONValue(corrects)]), by: work, in: tx)
        return entry
    }

    /// The paper went back to the customer, with thanks (R1.28).
    /// - Throws: `NotAllowed`, `NotFound`, `ChartError.alreadyDone`.
    package static func returned(_ id: ID<ChartEntry>, by work: Work, in tx: any WriteTransaction) throws {
        guard capabilities.contains(where: work.actor.may) else { throw NotAllowed(capability: .registerPatients) }
        let entry = try ChartEntryStore.get(id, clinic: work.clinic.id, in: tx)
        guard try ChartEntryStore.setReturned(id, at: work.now, in: tx) else { throw ChartError.alreadyDone }
        try Audit.append(Event("chartEntry.returned", of: id, patient: entry.patientID), by: work, in: tx)
    }

    /// A reviewer found a mistake (R1.29); nobody reviews the own entry.
    /// - Throws: `NotAllowed`, `NotFound`, `FormErrors`, `ChartError`.
    package static func markWrong(
        _ id: ID<ChartEntry>, reason: String, by work: Work, in tx: any WriteTransaction
    ) throws {
        try work.actor.require(.editOtherPatients)
        let entry = try ChartEntryStore.get(id, clinic: work.clinic.id, in: tx)
        guard entry.enteredBy != work.actor.id else { throw ChartError.ownEntry }
        guard let reason = reason.nonBlank else { throw FormErrors("wrongReason", "请写明哪里与纸质病历不同") }
        guard reason.count <= 200 else { throw FormErrors("wrongReason", "最多 200 个字") }
        let fault = ChartEntry.Fault(at: work.now, by: work.actor.id, reason: reason)
        guard try ChartEntryStore.setFault(fault, of: id, in: tx) else { throw ChartError.alreadyWrong }
        try Audit.append(
            Event(
                "chartEntry.markedWrong", of: id, patient: entry.patientID, ["operator": JSONValue(entry.enteredBy)]),
            by: work, in: tx)
    }

    private static func check(
        seenOn: String, content: String, today: Day
    ) throws(FormErrors) -> (Day, String) {
        var faults = FormErrors()
        let day = TypedDay.read(seenOn)
        if day == nil { faults.add("seenOn", "就诊日期写成 2024-03-12 或 20240312") }
        if let day, day > today { faults.add("seenOn", "就诊日期在今天以后，请核对") }
        let text = content.nonBlank
        if text == nil { faults.add("content", "请录入病历内容") }
        if let text, text.count > longest { faults.add("content", "最多 \(longest) 个字，长的分几条录") }
        try faults.throwIfAny()
        return (day ?? today, text ?? "")
    }
}

/// Entries, and how many of them were wrong by operator (R1.29).
package enum ChartEntryStore {
    package struct OperatorCount: Hashable, Sendable {
        package let staffID: ID<Staff>
        package let entries: Int
        package let wrong: Int
    }

    private static let columns: SQL = """
        id, clinic_id, patient_id, corrects_id, seen_on, content, stamp_name, stamp_code, entered_at, entered_by,
        returned_at, wrong_at, wrong_by, wrong_reason
        """

    /// - Throws: `NotFound` also for another clinic's.
    package static func get(
        _ id: ID<ChartEntry>, clinic: ID<ClinicSite>, in tx: any ReadTransaction
    ) throws -> ChartEntry {
        let row = try tx.first("SELECT \(columns) FROM chart_entry WHERE id = \(id) AND clinic_id = \(clinic)")
        guard let row else { throw NotFound("录入的病历") }
        return try entry(row)
    }

    /// All versions, latest day first, a correction before what it corrects.
    package static func list(of patient: ID<Patient>, in tx: any ReadTransaction) throws -> [ChartEntry] {
        try tx.rows(
            """
            SELECT \(columns)
            FROM chart_entry
            WHERE patient_id = \(patient)
            ORDER BY seen_on DESC, id DESC
            LIMIT 200
            """
        ).map(entry)
    }

    /// By operator in a span of time, most entries first.
    package static func counts(
        clinic: ID<ClinicSite>, from: Timestamp, until: Timestamp, in tx: any ReadTransaction
    ) throws -> [OperatorCount] {
        try tx.rows(
            """
            SELECT entered_by, COUNT(*) AS entries, COUNT(wrong_at) AS wrong
            FROM chart_entry
            WHERE clinic_id = \(clinic) AND entered_at >= \(from) AND entered_at < \(until)
            GROUP BY entered_by
            ORDER BY COUNT(*) DESC, entered_by
            """
        ).map {
            OperatorCount(
                staffID: try $0.id("entered_by"), entries: try $0.int("entries"), wrong: try $0.int("wrong"))
        }
    }

    /// - Returns: false when the same entry was corrected before.
    static func insert(_ e: ChartEntry, in tx: any WriteTransaction) throws -> Bool {
        let values: [any SQLBindable] = [
            e.id, e.clinicID, e.patientID, e.correctsID, e.seenOn, e.content, e.stampName, e.stampCode, e.enteredAt,
            e.enteredBy,
        ]
        return try tx.run(
            """
            INSERT INTO chart_entry (id, clinic_id, patient_id, corrects_id, seen_on, content, stamp_name, stamp_code,
                entered_at, entered_by)
            VALUES \(rows: [values])
            ON CONFLICT (corrects_id) WHERE corrects_id IS NOT NULL DO NOTHING
            """) == 1
    }

    static func setReturned(_ id: ID<ChartEntry>, at now: Timestamp, in tx: any WriteTransaction) throws -> Bool {
        try tx.run("UPDATE chart_entry SET returned_at = \(now) WHERE id = \(id) AND returned_at IS NULL") == 1
    }

    static func setFault(
        _ f: ChartEntry.Fault, of id: ID<ChartEntry>, in tx: any WriteTransaction
    ) throws -> Bool {
        try tx.run(
            """
            UPDATE chart_entry
            SET wrong_at = \(f.at), wrong_by = \(f.by), wrong_reason = \(f.reason)
            WHERE id = \(id) AND wrong_at IS NULL
            """) == 1
    }

    private static func entry(_ row: Row) throws -> ChartEntry {
        let fault = try row.timestampIfAny("wrong_at").map {
            ChartEntry.Fault(at: $0, by: try row.id("wrong_by"), reason: try row.text("wrong_reason"))
        }
        return ChartEntry(
            id: try row.id("id"), clinicID: try row.id("clinic_id"), patientID: try row.id("patient_id"),
            correctsID: try row.idIfAny("corrects_id"), seenOn: try row.day("seen_on"),
            content: try row.text("content"), stampName: try row.text("stamp_name"),
            stampCode: try row.text("stamp_code"), enteredAt: try row.timestamp("entered_at"),
            enteredBy: try row.id("entered_by"), returnedAt: try row.timestampIfAny("returned_at"), fault: fault)
    }
}
