import Kernel
import Storage

/// The rotation of a clinic as people read it: who is next, who had how many, and the ledger (R3.15, R15.20).
package struct RotationSheet: Sendable {
    package struct Line: Hashable, Sendable {
        package let doctorID: ID<Staff>
        package let name: String
        package let employeeNumber: String
        package let takesRotation: Bool
        /// Has a shift on the day.
        package let worksToday: Bool
        /// Turns ahead of (+) or behind (−) what the presence earned.
        package let balance: RotationBalance
        /// Turns of the month.
        package let turns: Int
        /// New customers of the month: first visits seen, however the doctor was found (R15.20).
        package let newCustomers: Int
        /// Tenths of a turn the doctor is owed against the average of the others in the rotation; negative: had more. nil: not in it.
        package let owedTenths: Int?
    }

    /// One line of the ledger with names.
    package struct Entry: Hashable, Sendable {
        package let turn: RotationTurn
        package let doctorName: String
        /// nil: a newcomer's line.
        package let patientName: String?
    }

    /// In the order of their turns; who does not take part stands at the end.
    package let lines: [Line]
    /// Newest first.
    package let entries: [Entry]
    package var next: Line? { lines.first { $0.takesRotation && $0.worksToday } }

    /// How many lines of the ledger are shown.
    package static let shown = 60

    /// - Parameter month: any day of the month that is counted.
    /// - Throws: `NotAllowed`.
    package static func load(
        month: Day, by work: Work, in tx: any ReadTransaction
    ) throws -> RotationSheet {
        try work.actor.require(.seeBoard)
        let first = Day(year: month.components.year, month: month.components.month, day: 1) ?? month
        let last = first.adding(months: 1).adding(days: -1)
        let clinic = work.clinic.id
        let known = try AssignmentFactStore.loadCase(
            AssignmentRequest(patientID: nil, complaint: ""), by: work, in: tx)
        let facts = AssignmentFactStore.facts(known, availability: nil, by: work)
        let roster = try RosterStore.load(clinic: clinic, from: work.today, to: work.today, in: tx)
        let turns = try RotationStore.counts(clinic: clinic, from: first, to: last, in: tx)
        let new = try newCustomers(clinic: clinic, from: first, to: last, in: tx)
        let place = Dictionary(
            uniqueKeysWithValues: RotationRules.order(facts.doctors.map(\.balance)).enumerated().map {
                ($1.doctorID, $0)
            })
        let inTurn = facts.doctors.filter(\.profile.takesRotation).map(\.balance)
        let middle = RotationRules.calibrated(among: inTurn)
        let lines = facts.doctors.map { doctor in
            Line(
                doctorID: doctor.id, name: doctor.name, employeeNumber: doctor.profile.employeeNumber,
                takesRotation: doctor.profile.takesRotation,
                worksToday: !RosterRules.spans(of: doctor.id, on: work.today, roster).isEmpty,
                balance: doctor.balance, turns: turns[doctor.id] ?? 0, newCustomers: new[doctor.id] ?? 0,
                owedTenths: doctor.profile.takesRotation
                    ? RotationRules.tenths(doctor.balance.value - middle) : nil)
        }
        return RotationSheet(
            lines: lines.sorted {
                ($0.takesRotation ? 0 : 1, place[$0.doctorID] ?? 0) < (
                    $1.takesRotation ? 0 : 1, place[$1.doctorID] ?? 0
                )
            }, entries: try entries(clinic: clinic, in: tx))
    }

    private static func newCustomers(
        clinic: ID<ClinicSite>, from: Day, to: Day, in tx: any ReadTransaction
    ) throws -> [ID<Staff>: Int] {
        var counts: [ID<Staff>: Int] = [:]
        for row in try tx.rows(
            """
            SELECT doctor_id, COUNT(*) AS people
            FROM visit
            WHERE clinic_id = \(clinic)
                AND business_day BETWEEN \(from) AND \(to)
                AND visit_type = 'first'
                AND seated_at IS NOT NULL
                AND doctor_id IS NOT NULL
            GROUP BY doctor_id
            """)
        {
            counts[try row.id("doctor_id")] = try row.int("people")
        }
        return counts
    }

    private static func entries(
        clinic: ID<ClinicSite>, in tx: any ReadTransaction
    ) throws -> [Entry] {
        let turns = try RotationStore.listTurns(clinic: clinic, limit: shown, in: tx)
        let names = try StaffStore.names(Set(turns.map(\.doctorID)), in: tx)
        var patients: [ID<Appointment>: String] = [:]
        let bookings = Set(turns.compactMap(\.appointmentID)).sorted()
        if !bookings.isEmpty {
            for row in try tx.rows(
                """
                SELECT a.id, p.name
                FROM appointment a
                JOIN patient p ON p.id = a.patient_id
                WHERE a.id IN \(list: bookings)
                """)
            {
                patients[try row.id("id")] = try row.text("name")
            }
        }
        return turns.map {
            Entry(
                turn: $0, doctorName: names[$0.doctorID] ?? "",
                patientName: $0.appointmentID.flatMap { patients[$0] })
        }
    }
}
