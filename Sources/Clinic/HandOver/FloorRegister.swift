import Kernel
import Storage

/// 楼层登记: who was led where, by whom, and who took over (R4.18). A view of movements and hand-overs; nothing is typed twice.
package struct FloorRegister: Sendable {
    package struct Entry: Hashable, Sendable {
        package let visitID: ID<Visit>
        package let patientName: String
        package let recordNumber: String
        /// "A021"
        package let ticket: String?
        package let doctorID: ID<Staff>?
        package let chair: String
        package let room: Int
        package let enteredAt: Timestamp
        package let enteredBy: ID<Staff>
        package let nurseID: ID<Staff>?
        package let exitedAt: Timestamp?
        package let exitedBy: ID<Staff>?
        package let alertsSpokenAt: Timestamp?
        /// The customer's exit was recorded later than it happened.
        package let isLateExit: Bool
        package let isCompanion: Bool
        package let handOver: HandOver?
        /// Strokes of the nurse; nil: not signed on screen.
        package let signature: String?
    }

    package let day: Day
    /// In order of time.
    package let entries: [Entry]
    package let names: [ID<Staff>: String]
    /// Numbers of the rooms that stand in it.
    package let rooms: [Int]

    /// - Parameter room: nil: all.
    package static func load(
        day: Day, room: Int?, by work: Work, in tx: any ReadTransaction
    ) throws -> FloorRegister {
        let all = try FloorRegisterStore.list(clinic: work.clinic.id, day: day, in: tx)
        let entries = all.filter { room == nil || $0.room == room }
        var people = Set(entries.map(\.enteredBy)).union(entries.compactMap(\.nurseID))
        people.formUnion(entries.compactMap(\.exitedBy))
        people.formUnion(entries.compactMap(\.doctorID))
        return FloorRegister(
            day: day, entries: entries, names: try StaffStore.names(people, in: tx),
            rooms: Set(all.map(\.room)).sorted())
    }
}

/// Reads movements with their visits.
enum FloorRegisterStore {
    /// At most 1,000: more than a day of a clinic.
    static func list(
        clinic: ID<ClinicSite>, day: Day, in tx: any ReadTransaction
    ) throws -> [FloorRegister.Entry] {
        try list(where: "visit.clinic_id = \(clinic) AND visit.business_day = \(day)", in: tx)
    }

    static func list(of visit: ID<Visit>, in tx: any ReadTransaction) throws -> [FloorRegister.Entry] {
        try list(where: "visit.id = \(visit)", in: tx)
    }

    /// A lead-in that was taken back is a stay of no length, and is not in the register.
    private static func list(where condition: SQL, in tx: any ReadTransaction) throws -> [FloorRegister.Entry] {
        let rows = try tx.rows(
            """
            SELECT movement.id, movement.visit_id, movement.person, movement.entered_at, movement.entered_by,
                movement.handed_to_id, movement.exited_at, movement.exited_by, movement.exit_recorded_at,
                movement.alerts_spoken_at, patient.name, patient.record_no, visit.doctor_id, visit.emergency,
                chair.name AS chair_name, room.number AS room_number, (
                    SELECT MAX(ticket.number) FROM queue_ticket AS ticket WHERE ticket.visit_id = visit.id
                ) AS ticket_number
            FROM movement
            JOIN visit ON visit.id = movement.visit_id
            JOIN patient ON patient.id = visit.patient_id
            JOIN chair ON chair.id = movement.chair_id
            JOIN room ON room.id = chair.room_id
            WHERE \(condition)
                AND (movement.exited_at IS NULL OR movement.exited_at > movement.entered_at)
            ORDER BY movement.entered_at, movement.id
            LIMIT 1000
            """)
        let visits = Array(Set(try rows.map { try $0.id("visit_id", Visit.self) })).sorted()
        let handOvers = try HandOverStore.list(visits, in: tx)
        let signatures = try signatures(handOvers.values.map(\.id), in: tx)
        return try rows.map { row in try entry(row, handOvers, signatures) }
    }

    private static func signatures(
        _ handOvers: [ID<HandOver>], in tx: any ReadTransaction
    ) throws -> [ID<HandOver>: String] {
        guard !handOvers.isEmpty else { return [:] }
        let rows = try tx.rows(
            """
            SELECT document_id, path
            FROM signature
            WHERE document_kind = \(HandOver.signedKind) AND document_id IN \(list: handOvers) AND path IS NOT NULL
            ORDER BY signed_at
            """)
        var found: [ID<HandOver>: String] = [:]
        for row in rows { found[try row.id("document_id")] = try row.text("path") }
        return found
    }

    private static func entry(
        _ row: Row, _ handOvers: [ID<Movement>: HandOver], _ signatures: [ID<HandOver>: String]
    ) throws -> FloorRegister.Entry {
        let exited = try row.timestampIfAny("exited_at")
        let handOver = handOvers[try row.id("id")]
        let isEmergency = try row.textIfAny("emergency") != nil
        return FloorRegister.Entry(
            visitID: try row.id("visit_id"), patientName: try row.text("name"),
            recordNumber: try row.text("record_no"),
            ticket: try row.intIfAny("ticket_number").map { QueueTicket.label($0, isEmergency: isEmergency) },
            doctorID: try row.idIfAny("doctor_id"), chair: try row.text("chair_name"),
            room: try row.int("room_number"), enteredAt: try row.timestamp("entered_at"),
            enteredBy: try row.id("entered_by"), nurseID: try row.idIfAny("handed_to_id"), exitedAt: exited,
            exitedBy: try row.idIfAny("exited_by"), alertsSpokenAt: try row.timestampIfAny("alerts_spoken_at"),
            isLateExit: try exited.map { try row.timestampIfAny("exit_recorded_at") != $0 } ?? false,
            isCompanion: try row.text("person") == "companion", handOver: handOver,
            signature: handOver.flatMap { signatures[$0.id] })
    }
}

/// What the page of a visit shows of its hand-overs: who handed to whom, and the notes to the doctor.
package struct VisitHandOvers: Sendable {
    package let entries: [FloorRegister.Entry]
    package let notes: [DoctorNote]
    package let observation: String?
    package let marks: [ArrivalNotices.Mark]
    package let names: [ID<Staff>: String]

    package static func load(
        _ visit: Visit, by work: Work, in tx: any ReadTransaction
    ) throws -> VisitHandOvers {
        let entries = try FloorRegisterStore.list(of: visit.id, in: tx)
        let notes = try DoctorNoteStore.list(of: visit.id, in: tx)
        let marks = try ArrivalNotices.marks(of: [visit.id], in: tx)[visit.id] ?? []
        var people = Set(entries.map(\.enteredBy)).union(entries.compactMap(\.nurseID)).union(marks.map(\.by))
        people.formUnion(entries.compactMap(\.exitedBy))
        people.formUnion(notes.map(\.sentBy))
        people.formUnion(notes.compactMap(\.answeredBy))
        people.formUnion(notes.map(\.doctorID))
        return VisitHandOvers(
            entries: entries, notes: notes, observation: try LeadingIn.observation(of: visit, by: work, in: tx),
            marks: marks,
            names: try StaffStore.names(people, in: tx))
    }
}
