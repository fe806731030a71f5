import Kernel
import Storage

/// How important a customer's time is to the clinic (R3.50). Set by hand until cards compute it; it gets earlier offers and
/// nothing else (R7.14).
package struct PatientLevel: Hashable, Sendable {
    /// 0 (none) … 3.
    package let level: Int
    package let reason: String
    package let setBy: ID<Staff>
    package let setAt: Timestamp
    package init(level: Int, reason: String, setBy: ID<Staff>, setAt: Timestamp) {
        self.level = level
        self.reason = reason
        self.setBy = setBy
        self.setAt = setAt
    }
    /// "重要客人 2 级"; nil at 0.
    package var label: String? { level > 0 ? "重要客人 \(level) 级" : nil }
}

package enum PatientLevels {
    package static func find(_ patient: ID<Patient>, in tx: any ReadTransaction) throws -> PatientLevel? {
        try tx.first(
            """
            SELECT level, reason, set_by, set_at
            FROM patient_level
            WHERE patient_id = \(patient)
            """
        ).map {
            PatientLevel(
                level: try $0.int("level"), reason: try $0.text("reason"), setBy: try $0.id("set_by"),
                setAt: try $0.timestamp("set_at"))
        }
    }

    /// - Throws: `NotAllowed`, `NotFound`, `FormErrors`, `AssignmentError.invalidLevel`.
    package static func set(
        _ level: Int, of patient: ID<Patient>, reason: String, by work: Work, in tx: any WriteTransaction
    ) throws {
        try work.actor.require(.assignAnyDoctor)
        guard (0...3).contains(level) else { throw AssignmentError.invalidLevel }
        guard let reason = reason.nonBlank else { throw FormErrors("reason", "请写一句原因，例如：介绍多位亲友") }
        _ = try PatientStore.lock(patient, in: tx)
        let before = try find(patient, in: tx)
        try tx.run("DELETE FROM patient_level WHERE patient_id = \(patient)")
        try tx.run(
            """
            INSERT INTO patient_level (patient_id, level, reason, set_by, set_at)
            VALUES (\(patient), \(level), \(reason), \(work.actor.id), \(work.now))
            """)
        try Audit.append(
            Event(
                "patient.levelSet", of: patient, patient: patient,
                ["from": JSONValue(before?.level), "to": JSONValue(level), "reason": .text(reason)]),
            by: work, in: tx)
    }
}
