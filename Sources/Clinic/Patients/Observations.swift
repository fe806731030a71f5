import Kernel
import Storage

/// A short word from the desk to the doctor: impression, mood, manner (R1.17). It travels with the hand-over.
package struct Observation: Hashable, Sendable {
    package let id: ID<Observation>
    package let patientID: ID<Patient>
    package let visitID: ID<Visit>?
    package let words: String
    package let writtenAt: Timestamp
    package let writtenBy: ID<Staff>
    package let withdrawnAt: Timestamp?
}

/// What is written about a customer is written so that the customer could read it. Pure.
package enum ObservationRules {
    package static let longest = 120
    /// Words that judge instead of describing. The list hints; the writer decides.
    static let judging = [
        "难缠", "麻烦", "事多", "事儿多", "矫情", "抠门", "小气", "穷", "土", "素质低", "没素质", "神经", "有病", "刁", "胖", "丑", "老太婆", "老头子",
        "脑子",
        "难搞", "烦人", "啰嗦", "傻", "笨",
    ]

    /// The words to think about again, in the order of the list; empty when it describes.
    package static func judgements(in words: String) -> [String] { judging.filter(words.contains) }

    /// - Throws: `FormErrors` for `words`; with judging words unless the writer insists.
    package static func check(_ words: String, insists: Bool) throws(FormErrors) -> String {
        guard let words = words.nonBlank else { throw FormErrors("words", "请写一两句话") }
        if words.count > longest { throw FormErrors("words", "最多 \(longest) 个字，留下最要紧的") }
        let found = judgements(in: words)
        if !found.isEmpty, !insists {
            throw FormErrors(
                "words", "“\(found.joined(separator: "、"))”像是评价，请改成看到的情况，例如“着急赶时间”“说话轻，容易紧张”；确认是描述请勾选")
        }
        return words
    }
}

package enum Observations {
    /// Anybody who receives may write.
    package static let capabilities: [Capability] = [
        .registerPatients, .editPatients, .checkIn, .callQueue, .leadIn, .noteDoctors,
    ]

    /// - Parameter insists: the writer says that a word which often judges describes here.
    /// - Throws: `NotAllowed`, `NotFound`, `FormErrors` for `words`.
    @discardableResult
    package static func write(
        _ words: String, about patient: ID<Patient>, visit: ID<Visit>? = nil, insists: Bool = false, by work: Work,
        in tx: any WriteTransaction
    ) throws -> Observation {
        guard capabilities.contains(where: work.actor.may) else { throw NotAllowed(capability: .noteDoctors) }
        let checked = try ObservationRules.check(words, insists: insists)
        let patient = try PatientProfiles.living(patient, in: tx)
        let observation = Observation(
            id: work.newID(), patientID: patient.id, visitID: visit, words: checked, writtenAt: work.now,
            writtenBy: work.actor.id, withdrawnAt: nil)
        try ObservationStore.insert(observation, clinic: work.clinic.id, in: tx)
        // R1.17: the note itself is visible in the log.
        try Audit.append(
            Event(
                "observation.written", of: observation.id, patient: patient.id,
                ["words": .text(checked), "insists": .bool(insists)]), by: work, in: tx)
        return observation
    }

    /// - Throws: `NotAllowed`: only the writer, or who may correct others; `NotFound`.
    package static func withdraw(
        _ id: ID<Observation>, of patient: ID<Patient>, by work: Work, in tx: any WriteTransaction
    ) throws {
        guard let found = try ObservationStore.list(patient, since: nil, in: tx).first(where: { $0.id == id }) else {
            throw NotFound("提示")
        }
        if found.writtenBy != work.actor.id { try work.actor.require(.editOtherPatients) }
        guard try ObservationStore.withdraw(id, by: work.actor.id, at: work.now, in: tx) else {
            throw PatientError.alreadyEnded
        }
        try Audit.append(Event("observation.withdrawn", of: id, patient: patient), by: work, in: tx)
    }
}

/// The table of observations.
package enum ObservationStore {
    /// In force, newest first.
    /// - Parameter since: for the hand-over, what was written since the customer came; nil: all.
    package static func list(
        _ patient: ID<Patient>, since: Timestamp?, in tx: any ReadTransaction
    ) throws -> [Observation] {
        try tx.rows(
            """
            SELECT id, patient_id, visit_id, words, written_at, written_by, withdrawn_at
            FROM observation
            WHERE patient_id = \(patient) AND withdrawn_at IS NULL AND written_at >= \(since?.milliseconds ?? 0)
            ORDER BY written_at DESC, id DESC
            LIMIT 20
            """
        ).map(observation)
    }

    static func insert(
        _ o: Observation, clinic: ID<ClinicSite>, in tx: any WriteTransaction
    ) throws {
        let values: [any SQLBindable] = [
            o.id, clinic, o.patientID, o.visitID, o.words, o.writtenAt, o.writtenBy,
        ]
        try tx.run(
            """
            INSERT INTO observation (id, clinic_id, patient_id, visit_id, words, written_at, written_by)
            VALUES \(rows: [values])
            """)
    }

    /// - Returns: false when it was withdrawn before.
    static func withdraw(
        _ id: ID<Observation>, by staff: ID<Staff>, at now: Timestamp, in tx: any WriteTransaction
    ) throws -> Bool {
        try tx.run(
            """
            UPDATE observation
            SET withdrawn_at = \(now), withdrawn_by = \(staff)
            WHERE id = \(id) AND withdrawn_at IS NULL
            """) == 1
    }

    private static func observation(_ row: Row) throws -> Observation {
        Observation(
            id: try row.id("id"), patientID: try row.id("patient_id"), visitID: try row.idIfAny("visit_id"),
            words: try row.text("words"), writtenAt: try row.timestamp("written_at"),
            writtenBy: try row.id("written_by"), withdrawnAt: try row.timestampIfAny("withdrawn_at"))
    }
}
