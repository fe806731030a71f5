import Kernel
import Storage

/// Paper charts, their movements and release tickets.
package enum ChartStore {
    private static let columns: SQL = """
        c.id, c.clinic_id, c.patient_id, c.kind, c.number, c.shelf, c.state, c.moved_at, c.moved_by, c.version
        """

    /// - Throws: `NotFound` also for another clinic's.
    package static func get(
        _ id: ID<PaperChart>, clinic: ID<ClinicSite>, in tx: any ReadTransaction
    ) throws -> PaperChart {
        let row = try tx.first("SELECT \(columns) FROM paper_chart c WHERE c.id = \(id) AND c.clinic_id = \(clinic)")
        guard let row else { throw NotFound("病历") }
        return try chart(row)
    }

    package static func list(
        of patient: ID<Patient>, clinic: ID<ClinicSite>, in tx: any ReadTransaction
    ) throws -> [PaperChart] {
        try tx.rows(
            """
            SELECT \(columns)
            FROM paper_chart c
            WHERE c.patient_id = \(patient) AND c.clinic_id = \(clinic)
            ORDER BY c.id
            """
        ).map(chart)
    }

    /// Charts of people booked on a day, as they come (R1.30).
    package static func listBooked(
        _ day: Day, clinic: ID<ClinicSite>, in tx: any ReadTransaction
    ) throws -> [ChartList.Entry] {
        let rows = try tx.rows(
            """
            SELECT \(columns), p.name AS patient_name, a.start_unit, a.doctor_id
            FROM appointment a
            JOIN paper_chart c ON c.patient_id = a.patient_id AND c.clinic_id = a.clinic_id
            JOIN patient p ON p.id = a.patient_id
            WHERE a.clinic_id = \(clinic) AND a.day = \(day) AND a.cancelled_at IS NULL
            ORDER BY a.start_unit, c.id
            """)
        var seen: Set<ID<PaperChart>> = []
        return ChartRules.sorted(try rows.map(entry).filter { seen.insert($0.chart.id).inserted })
    }

    /// Charts that are not on their shelf, longest away first.
    package static func listOut(
        clinic: ID<ClinicSite>, in tx: any ReadTransaction
    ) throws -> [ChartList.Entry] {
        try tx.rows(
            """
            SELECT \(columns), p.name AS patient_name, NULL AS start_unit, NULL AS doctor_id
            FROM paper_chart c
            JOIN patient p ON p.id = c.patient_id
            WHERE c.clinic_id = \(clinic) AND c.state <> 'shelf'
            ORDER BY c.moved_at, c.id
            LIMIT 200
            """
        ).map(entry)
    }

    package static func movements(
        of chart: ID<PaperChart>, limit: Int = 50, in tx: any ReadTransaction
    ) throws -> [ChartMovement] {
        try tx.rows(
            """
            SELECT from_state, to_state, note, moved_at, moved_by
            FROM chart_movement
            WHERE chart_id = \(chart)
            ORDER BY moved_at DESC, id DESC
            LIMIT \(limit)
            """
        ).map { row in
            ChartMovement(
                from: try row.codeIfAny("from_state"), to: try row.code("to_state"), note: try row.textIfAny("note"),
                movedAt: try row.timestamp("moved_at"), movedBy: try row.id("moved_by"))
        }
    }

    /// Tickets that wait for the supervisor, with their charts, oldest first.
    package static func listOpenReleases(
        clinic: ID<ClinicSite>, in tx: any ReadTransaction
    ) throws -> [(release: ChartRelease, entry: ChartList.Entry)] {
        try tx.rows(
            """
            SELECT \(columns), p.name AS patient_name, NULL AS start_unit, NULL AS doctor_id, r.id AS release_id,
                r.reason, r.requested_at, r.requested_by, r.decided_at, r.decided_by, r.is_approved, r.answer,
                r.released_at
            FROM chart_release r
            JOIN paper_chart c ON c.id = r.chart_id
            JOIN patient p ON p.id = c.patient_id
            WHERE c.clinic_id = \(clinic) AND r.decided_at IS NULL
            ORDER BY r.requested_at, r.id
            """
        ).map { row in (release: try release(row, chart: try row.id("id")), entry: try entry(row)) }
    }

    package static func openRelease(
        of chart: ID<PaperChart>, in tx: any ReadTransaction
    ) throws -> ChartRelease? {
        try lastRelease(of: chart, in: tx).flatMap { $0.decision == nil ? $0 : nil }
    }

    package static func usableRelease(
        of chart: ID<PaperChart>, in tx: any ReadTransaction
    ) throws -> ChartRelease? {
        try lastRelease(of: chart, in: tx).flatMap { $0.isUsable ? $0 : nil }
    }

    package static func lastRelease(
        of chart: ID<PaperChart>, in tx: any ReadTransaction
    ) throws -> ChartRelease? {
        try tx.first(
            """
            SELECT id AS release_id, reason, requested_at, requested_by, decided_at, decided_by, is_approved, answer,
                released_at
            FROM chart_release
            WHERE chart_id = \(chart)
            ORDER BY requested_at DESC, id DESC
            LIMIT 1
            """
        ).map { try release($0, chart: chart) }
    }

    /// - Returns: false when the number is taken.
    static func insert(_ c: PaperChart, in tx: any WriteTransaction) throws -> Bool {
        let values: [any SQLBindable] = [
            c.id, c.clinicID, c.patientID, c.kind.rawValue, c.number, c.shelf, c.state.rawValue, c.movedAt, c.movedBy,
            c.version,
        ]
        return try tx.run(
            """
            INSERT INTO paper_chart (id, clinic_id, patient_id, kind, number, shelf, state, moved_at, moved_by, version)
            VALUES \(rows: [values])
            ON CONFLICT (clinic_id, number) DO NOTHING
            """) == 1
    }

    /// - Returns: false when it was moved meanwhile.
    static func update(_ c: PaperChart, from version: Int, in tx: any WriteTransaction) throws -> Bool {
        try tx.run(
            """
            UPDATE paper_chart
            SET state = \(c.state.rawValue), moved_at = \(c.movedAt), moved_by = \(c.movedBy), version = \(c.version)
            WHERE id = \(c.id) AND version = \(version)
            """) == 1
    }

    static func append(
        _ m: ChartMovement, of chart: ID<PaperChart>, by work: Work, in tx: any WriteTransaction
    ) throws {
        let values: [any SQLBindable] = [
            work.newID(ChartMovement.self), chart, m.from?.rawValue, m.to.rawValue, m.note, m.movedAt, m.movedBy,
        ]
        try tx.run(
            """
            INSERT INTO chart_movement (id, chart_id, from_state, to_state, note, moved_at, moved_by)
            VALUES \(rows: [values])
            """)
    }

    static func insert(_ r: ChartRelease, in tx: any WriteTransaction) throws {
        let values: [any SQLBindable] = [r.id, r.chartID, r.reason, r.requestedAt, r.requestedBy]
        try tx.run(
            """
            INSERT INTO chart_release (id, chart_id, reason, requested_at, requested_by)
            VALUES \(rows: [values])
            """)
    }

    /// - Returns: false when somebody decided before.
    static func setDecision(
        _ d: ChartRelease.Decision, of id: ID<ChartRelease>, in tx: any WriteTransaction
    ) throws -> Bool {
        try tx.run(
            """
            UPDATE chart_release
            SET decided_at = \(d.at), decided_by = \(d.by), is_approved = \(d.isApproved), answer = \(d.answer)
            WHERE id = \(id) AND decided_at IS NULL
            """) == 1
    }

    static func setReleased(_ id: ID<ChartRelease>, at now: Timestamp, in tx: any WriteTransaction) throws {
        try tx.run("UPDATE chart_release SET released_at = \(now) WHERE id = \(id)")
    }

    private static func entry(_ row: Row) throws -> ChartList.Entry {
        ChartList.Entry(
            chart: try chart(row), patientName: try row.text("patient_name"), start: try row.unitIfAny("start_unit"),
            doctorID: try row.idIfAny("doctor_id"))
    }

    private static func chart(_ row: Row) throws -> PaperChart {
        PaperChart(
            id: try row.id("id"), clinicID: try row.id("clinic_id"), patientID: try row.id("patient_id"),
            kind: try row.code("kind"), number: try row.text("number"), shelf: try row.text("shelf"),
            state: try row.code("state"), movedAt: try row.timestamp("moved_at"), movedBy: try row.id("moved_by"),
            version: try row.int("version"))
    }

    private static func release(_ row: Row, chart: ID<PaperChart>) throws -> ChartRelease {
        let decision = try row.timestampIfAny("decided_at").map {
            ChartRelease.Decision(
                at: $0, by: try row.id("decided_by"), isApproved: try row.bool("is_approved"),
                answer: try row.textIfAny("answer"))
        }
        return ChartRelease(
            id: try row.id("release_id"), chartID: chart, reason: try row.text("reason"),
            requestedAt: try row.timestamp("requested_at"), requestedBy: try row.id("requested_by"), decision: decision,
            releasedAt: try row.timestampIfAny("released_at"))
    }
}
