import Kernel
import Storage

/// What was done on which tooth, kept for ever (R1.09, R5.02), and what follow-up owes for it.
package enum Treatments {
    /// One treatment in the history of a customer.
    package struct Entry: Hashable, Sendable {
        package let day: Day
        /// nil: not bound to a tooth.
        package let tooth: Tooth?
        package let itemID: ID<Item>
        package let itemName: String
        package let doctorID: ID<Staff>
        package let warrantyUntil: Day?
    }

    /// Every treatment of a customer, newest first; of one tooth, or in one clinic, when given (R1.09).
    package static func list(
        of patient: ID<Patient>, tooth: Tooth? = nil, clinic: ID<ClinicSite>? = nil, in tx: any ReadTransaction
    ) throws -> [Entry] {
        var condition: SQL = tooth.map { " AND treatment.tooth = \($0.number)" } ?? ""
        if let clinic { condition = condition + " AND treatment.clinic_id = \(clinic)" }
        return try tx.rows(
            """
            SELECT treatment.business_day, treatment.tooth, treatment.item_id, line.item_name, treatment.doctor_id,
                treatment.warranty_until
            FROM tooth_treatment AS treatment
            JOIN charge_line AS line ON line.id = treatment.charge_line_id
            WHERE treatment.patient_id = \(patient)\(condition)
            ORDER BY treatment.business_day DESC, treatment.id DESC
            LIMIT 500
            """
        ).map {
            Entry(
                day: try $0.day("business_day"), tooth: Tooth(try $0.int("tooth")), itemID: try $0.id("item_id"),
                itemName: try $0.text("item_name"), doctorID: try $0.id("doctor_id"),
                warrantyUntil: try $0.dayIfAny("warranty_until"))
        }
    }

    /// What was done last before a day: "充填 16 + 洁治". Nobody without treatment is in it.
    package static func lasts(
        of patients: [ID<Patient>], before day: Day, in tx: any ReadTransaction
    ) throws -> [ID<Patient>: (day: Day, what: String)] {
        guard !patients.isEmpty else { return [:] }
        let rows = try tx.rows(
            """
            SELECT treatment.patient_id, treatment.business_day, treatment.tooth, line.item_name
            FROM tooth_treatment AS treatment
            JOIN charge_line AS line ON line.id = treatment.charge_line_id
            WHERE treatment.patient_id IN \(list: patients)
                AND treatment.business_day = (
                    SELECT MAX(newest.business_day)
                    FROM tooth_treatment AS newest
                    WHERE newest.patient_id = treatment.patient_id AND newest.business_day < \(day)
                )
            ORDER BY treatment.patient_id, treatment.id
            """)
        var days: [ID<Patient>: Day] = [:]
        var items: [ID<Patient>: [(name: String, teeth: [Tooth])]] = [:]
        for row in rows {
            let (patient, name) = (try row.id("patient_id", Patient.self), try row.text("item_name"))
            days[patient] = try row.day("business_day")
            let teeth = Tooth(try row.int("tooth")).map { [$0] } ?? []
            var list = items[patient] ?? []
            if let index = list.firstIndex(where: { $0.name == name }) {
                list[index].teeth += teeth
            } else {
                list.append((name, teeth))
            }
            items[patient] = list
        }
        var lasts: [ID<Patient>: (day: Day, what: String)] = [:]
        for (patient, day) in days {
            let texts = (items[patient] ?? []).prefix(3).map { item in
                item.teeth.isEmpty ? item.name : "\(item.name) \(Tooth.text(item.teeth))"
            }
            lasts[patient] = (day, texts.joined(separator: " + "))
        }
        return lasts
    }

    /// Called when the sheet is released.
    static func record(_ sheet: ChargeSheet, by work: Work, in tx: any WriteTransaction) throws {
        let found = try ItemStore.list(ids: Array(Set(sheet.lines.map(\.itemID))), in: tx)
        let items = Dictionary(found.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        var rows: [[any SQLBindable]] = []
        for line in sheet.lines where items[line.itemID].map({ !$0.isRetail }) ?? true {
            let months = items[line.itemID]?.warrantyMonths ?? 0
            let until = months > 0 ? sheet.businessDay.adding(months: months) : nil
            for tooth in line.teeth.isEmpty ? [0] : line.teeth.map(\.number) {
                rows.append([
                    work.newID(Entry.self), sheet.clinicID, sheet.patientID, sheet.visitID, line.id, tooth,
                    line.itemID, line.doctorID, sheet.businessDay, until,
                ])
            }
        }
        if !rows.isEmpty {
            try tx.run(
                """
                INSERT INTO tooth_treatment (id, clinic_id, patient_id, visit_id, charge_line_id, tooth, item_id,
                    doctor_id, business_day, warranty_until)
                VALUES \(rows: rows)
                """)
        }
        try reconcileFollowUp(sheet, items: items, by: work, in: tx)
    }

    private static func reconcileFollowUp(
        _ sheet: ChargeSheet, items: [ID<Item>: Item], by work: Work, in tx: any WriteTransaction
    ) throws {
        let visit = try VisitStore.get(sheet.visitID, clinic: work.clinic.id, in: tx)
        let doctor = try StaffStore.find(sheet.doctorID, in: tx)?.name ?? ""
        let facts = FollowUpObligations.facts(
            of: sheet, items: items, endedAt: visit.finishedAt ?? work.now, doctorName: doctor)
        try Tasks.reconcile(
            facts, of: TaskSubject(.visit, sheet.visitID), scope: FollowUpObligations.scope, cause: "收费单已更改",
            by: work, in: tx)
    }
}

/// Calls after treatment, by item (R8.02, R8.03). Pure.
package enum FollowUpObligations {
    package static let scope: Set<TaskRule.Fact> = [.itemTreated]

    package static func facts(
        of sheet: ChargeSheet, items: [ID<Item>: Item], endedAt: Timestamp, doctorName: String
    ) -> [TaskFact] {
        let lines = sheet.lines.filter { line in
            items[line.itemID].map { $0.callsSameDay || $0.hasReaction } ?? false
        }
        guard !lines.isEmpty else { return [] }
        var holding: Set<TaskRule.Condition> = []
        if lines.contains(where: { items[$0.itemID]?.callsSameDay == true }) { holding.insert(.itemSameDayFollowUp) }
        if lines.contains(where: { items[$0.itemID]?.hasReaction == true }) {
            holding.insert(.itemForeseeableReaction)
        }
        let what = lines.prefix(3).map(\.label).joined(separator: "，")
        return [
            TaskFact(
                .itemTreated, of: TaskSubject(.visit, sheet.visitID), anchor: endedAt, anchorDay: sheet.businessDay,
                patientID: sheet.patientID, holding: holding, treatingDoctor: sheet.doctorID,
                reason: "\(what) · \(doctorName)")
        ]
    }
}
