import Kernel
import Storage

/// Hands and desk after each hand-over and each payment, while the epidemic mode is on (R4.37): what the day asked for, and
/// what was ticked. The facts are the payments and the customers led in; nobody enters them twice.
package struct DisinfectionDuty: Hashable, Sendable {
    /// Of the checklist: `receipt` or `lead` and the id.
    package let occurrence: String
    /// "10:32 收款 · 王小明"
    package let label: String
    package let at: Timestamp
    package let person: ID<Staff>
    package let personName: String
    package let doneAt: Timestamp?
}

package enum DisinfectionDuties {
    package static let checklist = "handDesk"

    /// Newest first; none while the mode, or the rule, is off.
    package static func list(by work: Work, in tx: any ReadTransaction) throws -> [DisinfectionDuty] {
        guard let list = work.playbook.checklist(checklist), work.playbook.isLive(list) else { return [] }
        let rows = try tx.rows(
            """
            SELECT 'receipt' AS kind, r.id, r.issued_at AS at, r.cashier_id AS person, p.name
            FROM receipt r
            JOIN patient p ON p.id = r.patient_id
            WHERE r.clinic_id = \(work.clinic.id) AND r.business_day = \(work.today)
            UNION ALL
            SELECT 'lead' AS kind, m.id, m.entered_at AS at, m.entered_by AS person, p.name
            FROM movement m
            JOIN visit v ON v.id = m.visit_id
            JOIN patient p ON p.id = v.patient_id
            WHERE v.clinic_id = \(work.clinic.id) AND v.business_day = \(work.today) AND m.person = 'patient'
            """)
        let runs = try ChecklistStore.list(
            checklist, clinic: work.clinic.id, from: work.today, to: work.today, limit: 2_000, in: tx)
        let done = Dictionary(runs.map { ($0.occurrence, $0.completedAt) }, uniquingKeysWith: { first, _ in first })
        let people: [ID<Staff>] = try rows.map { try $0.id("person") }
        let names = try StaffStore.names(Set(people), in: tx)
        return try rows.map { row in
            let kind = try row.text("kind")
            let at = try row.timestamp("at")
            let person: ID<Staff> = try row.id("person")
            let occurrence = "\(kind):\(try row.id("id", DisinfectionDuty.self).text)"
            let what = kind == "receipt" ? "收款" : "交接"
            return DisinfectionDuty(
                occurrence: occurrence,
                label: "\(work.clinic.calendar.clockText(at)) \(what) · \(try row.text("name"))", at: at,
                person: person,
                personName: names[person] ?? "", doneAt: done[occurrence] ?? nil)
        }.sorted { ($0.at, $0.occurrence) > ($1.at, $1.occurrence) }
    }

    /// Both are ticked with one tap.
    /// - Throws: `ChecklistError`, `NotFound`, `NotAllowed`.
    package static func tick(_ occurrence: String, by work: Work, in tx: any WriteTransaction) throws {
        guard let duty = try list(by: work, in: tx).first(where: { $0.occurrence == occurrence }) else {
            throw NotFound("消毒")
        }
        _ = try Checklists.record(
            checklist, occurrence: occurrence, label: duty.label, patient: nil, values: ["hands": "1", "desk": "1"],
            note: nil, by: work, in: tx)
    }
}
