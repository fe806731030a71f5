import Kernel
import Storage

/// SQL of `hand_over`.
package enum HandOverStore {
    private static let columns: SQL = """
        id, clinic_id, business_day, visit_id, movement_id, doctor_id, introduction, assigned_chair_id, chair_reason,
            chair_note, nurse_rating, nurse_remark, handed_at, handed_by
        """

    /// Of one visit, oldest first.
    package static func list(_ visit: ID<Visit>, in tx: any ReadTransaction) throws -> [HandOver] {
        try tx.rows("SELECT \(columns) FROM hand_over WHERE visit_id = \(visit) ORDER BY id").map(handOver)
    }

    /// Of many visits, by the stay they began.
    static func list(
        _ visits: [ID<Visit>], in tx: any ReadTransaction
    ) throws -> [ID<Movement>: HandOver] {
        guard !visits.isEmpty else { return [:] }
        let rows = try tx.rows("SELECT \(columns) FROM hand_over WHERE visit_id IN \(list: visits)").map(handOver)
        return Dictionary(rows.map { ($0.movementID, $0) }, uniquingKeysWith: { _, last in last })
    }

    /// - Throws: `NotFound` also for another clinic's.
    static func get(_ id: ID<HandOver>, clinic: ID<ClinicSite>, in tx: any ReadTransaction) throws -> HandOver {
        let row = try tx.first("SELECT \(columns) FROM hand_over WHERE id = \(id) AND clinic_id = \(clinic)")
        guard let row else { throw NotFound("交接记录") }
        return try handOver(row)
    }

    static func insert(_ h: HandOver, in tx: any WriteTransaction) throws {
        let values: [any SQLBindable] = [
            h.id, h.clinicID, h.businessDay, h.visitID, h.movementID, h.doctorID, h.introduction, h.assignedChairID,
            h.chairReason, h.chairNote, h.rating?.rawValue, h.remark, h.handedAt, h.handedBy,
        ]
        try tx.run("INSERT INTO hand_over (\(columns)) VALUES \(rows: [values])")
    }

    static func rate(
        _ id: ID<HandOver>, _ rating: HandOver.Rating, remark: String?, in tx: any WriteTransaction
    ) throws {
        try tx.run(
            "UPDATE hand_over SET nurse_rating = \(rating.rawValue), nurse_remark = \(remark) WHERE id = \(id)")
    }

    private static func handOver(_ row: Row) throws -> HandOver {
        HandOver(
            id: try row.id("id"), clinicID: try row.id("clinic_id"), businessDay: try row.day("business_day"),
            visitID: try row.id("visit_id"), movementID: try row.id("movement_id"), doctorID: try row.id("doctor_id"),
            introduction: try row.text("introduction"), assignedChairID: try row.idIfAny("assigned_chair_id"),
            chairReason: try row.textIfAny("chair_reason"), chairNote: try row.textIfAny("chair_note"),
            rating: try row.codeIfAny("nurse_rating"), remark: try row.textIfAny("nurse_remark"),
            handedAt: try row.timestamp("handed_at"), handedBy: try row.id("handed_by"))
    }
}
