import Kernel
import Storage

/// A customer named a day without a time (R3.57): a soft booking that holds nothing.
package struct ExpectedVisit: Hashable, Sendable {
    package enum Outcome: String, Hashable, Sendable, SQLBindable { case came, booked, dropped }
    package let id: ID<ExpectedVisit>
    package let patientID: ID<Patient>
    package let expectedOn: Day
    package let note: String?
    package let recorded: Appointment.Mark
}

/// SQL of `expected_visit`.
package enum ExpectedVisitStore {
    private static let columns: SQL = "id, patient_id, expected_on, note, recorded_by, recorded_at"

    /// Open ones, first expected first.
    package static func listOpen(clinic: ID<ClinicSite>, in tx: any ReadTransaction) throws -> [ExpectedVisit] {
        try tx.rows(
            """
            SELECT \(columns)
            FROM expected_visit
            WHERE clinic_id = \(clinic) AND ended_at IS NULL
            ORDER BY expected_on, id
            LIMIT 200
            """
        ).map(visit)
    }

    package static func listOpen(
        of patient: ID<Patient>, clinic: ID<ClinicSite>, in tx: any ReadTransaction
    ) throws -> [ExpectedVisit] {
        try tx.rows(
            """
            SELECT \(columns)
            FROM expected_visit
            WHERE patient_id = \(patient) AND clinic_id = \(clinic) AND ended_at IS NULL
            ORDER BY id
            """
        ).map(visit)
    }

    static func insert(_ v: ExpectedVisit, clinic: ID<ClinicSite>, in tx: any WriteTransaction) throws {
        try tx.run(
            """
            INSERT INTO expected_visit (id, clinic_id, patient_id, expected_on, note, recorded_by, recorded_at)
            VALUES (\(v.id), \(clinic), \(v.patientID), \(v.expectedOn), \(v.note), \(v.recorded.by), \(v.recorded.at))
            """)
    }

    static func end(
        _ id: ID<ExpectedVisit>, _ outcome: ExpectedVisit.Outcome, by mark: Appointment.Mark,
        in tx: any WriteTransaction
    ) throws -> Bool {
        try tx.run(
            """
            UPDATE expected_visit
            SET outcome = \(outcome), ended_by = \(mark.by), ended_at = \(mark.at)
            WHERE id = \(id) AND ended_at IS NULL
            """) == 1
    }

    private static func visit(_ row: Row) throws -> ExpectedVisit {
        ExpectedVisit(
            id: try row.id("id"), patientID: try row.id("patient_id"), expectedOn: try row.day("expected_on"),
            note: try row.textIfAny("note"),
            recorded: Appointment.Mark(at: try row.timestamp("recorded_at"), by: try row.id("recorded_by")))
    }
}

package enum ExpectedVisits {
    /// - Throws: `NotAllowed`, `NotFound`, `FormErrors` for `expectedOn`.
    @discardableResult
    package static func record(
        _ patient: ID<Patient>, on day: Day, note: String?, by work: Work, in tx: any WriteTransaction
    ) throws -> ExpectedVisit {
        try work.actor.require(.bookAppointments)
        _ = try PatientStore.get(patient, in: tx)
        guard day >= work.today else { throw FormErrors("expectedOn", "请选今天以后的日子") }
        try settle(patient, .dropped, by: work, in: tx)
        let visit = ExpectedVisit(
            id: work.newID(), patientID: patient, expectedOn: day, note: note?.nonBlank,
            recorded: Appointment.Mark(at: work.now, by: work.actor.id))
        try ExpectedVisitStore.insert(visit, clinic: work.clinic.id, in: tx)
        try reconcile(patient, open: [visit], by: work, in: tx)
        try Audit.append(
            Event(
                "patient.visitExpected", of: patient, patient: patient,
                ["on": JSONValue(day), "note": JSONValue(visit.note)]), by: work, in: tx)
        return visit
    }

    /// The customer came, booked, or named another day: nothing more is expected and nobody is called.
    package static func settle(
        _ patient: ID<Patient>, _ outcome: ExpectedVisit.Outcome, by work: Work, in tx: any WriteTransaction
    ) throws {
        let open = try ExpectedVisitStore.listOpen(of: patient, clinic: work.clinic.id, in: tx)
        guard !open.isEmpty else { return }
        let mark = Appointment.Mark(at: work.now, by: work.actor.id)
        for visit in open { _ = try ExpectedVisitStore.end(visit.id, outcome, by: mark, in: tx) }
        try reconcile(patient, open: [], by: work, in: tx)
    }

    private static func reconcile(
        _ patient: ID<Patient>, open: [ExpectedVisit], by work: Work, in tx: any WriteTransaction
    ) throws {
        let facts = open.map { visit in
            TaskFact(
                .visitExpected, of: TaskSubject(.patient, patient), occurrence: visit.id.text,
                anchor: work.clinic.calendar.instant(visit.expectedOn, Unit(0)), anchorDay: visit.expectedOn,
                patientID: patient, holding: [.noLaterBooking], recorder: visit.recorded.by,
                reason: ["说好 \(visit.expectedOn.monthDayText) 来", visit.note].compactMap(\.self).joined(separator: "："))
        }
        try Tasks.reconcile(
            facts, of: TaskSubject(.patient, patient), scope: [.visitExpected], cause: "客人已来或已约时间", by: work, in: tx)
    }
}
