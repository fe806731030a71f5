import Kernel
import Storage

/// The tables of bookings.
package enum AppointmentStore {
    /// nil when there is none, or when it belongs to another clinic.
    package static func find(
        _ id: ID<Appointment>, clinic: ID<ClinicSite>, in tx: any ReadTransaction
    ) throws -> Appointment? {
        guard var found = try list(where: "a.id = \(id) AND a.clinic_id = \(clinic)", in: tx).first else { return nil }
        found.parts = try parts(of: id, in: tx)
        return found
    }

    /// - Throws: `NotFound`.
    package static func get(
        _ id: ID<Appointment>, clinic: ID<ClinicSite>, in tx: any ReadTransaction
    ) throws -> Appointment {
        guard let appointment = try find(id, clinic: clinic, in: tx) else { throw NotFound("预约") }
        return appointment
    }

    /// Everything booked for a day that was not cancelled, in order of time.
    package static func listDay(
        clinic: ID<ClinicSite>, day: Day, in tx: any ReadTransaction
    ) throws -> [Appointment] {
        try list(where: "a.clinic_id = \(clinic) AND a.day = \(day) AND a.cancelled_at IS NULL", in: tx)
    }

    /// Cancelled and missed ones included, newest day first; of all clinics.
    package static func listOfPatient(
        _ patient: ID<Patient>, limit: Int = 100, in tx: any ReadTransaction
    ) throws -> [Appointment] {
        try list(
            where: "a.patient_id = \(patient)", order: "a.day DESC, a.start_unit DESC, a.id DESC LIMIT \(limit)", in: tx
        )
    }

    /// The next booking that still counts, from `day` on; of all clinics.
    package static func nextOfPatient(
        _ patient: ID<Patient>, from day: Day, in tx: any ReadTransaction
    ) throws -> Appointment? {
        try list(
            where: """
                a.patient_id = \(patient) AND a.day >= \(day) AND a.cancelled_at IS NULL AND a.missed_at IS NULL
                """, order: "a.day, a.start_unit, a.id LIMIT 1", in: tx
        ).first
    }

    /// Whoever is booked for `day`, for the search box: today's people come first.
    package static func todaysPatients(
        clinic: ID<ClinicSite>, day: Day, in tx: any ReadTransaction
    ) throws -> [ID<Patient>] {
        try tx.rows(
            """
            SELECT patient_id
            FROM appointment
            WHERE clinic_id = \(clinic) AND day = \(day) AND cancelled_at IS NULL
            GROUP BY patient_id
            ORDER BY MIN(start_unit), patient_id
            """
        ).map { try $0.id("patient_id") }
    }

    /// Bookings of a doctor that still count, from `day` on: what a rest day affects (R3.34).
    package static func listOfDoctor(
        _ doctor: ID<Staff>, clinic: ID<ClinicSite>, from: Day, to: Day, in tx: any ReadTransaction
    ) throws -> [Appointment] {
        try list(
            where: """
                a.clinic_id = \(clinic) AND a.doctor_id = \(doctor) AND a.day BETWEEN \(from) AND \(to)
                    AND a.cancelled_at IS NULL AND a.missed_at IS NULL
                """, order: "a.day, a.start_unit, a.id", in: tx)
    }

    /// Oldest first.
    package static func listMoves(
        _ id: ID<Appointment>, in tx: any ReadTransaction
    ) throws -> [AppointmentMove] {
        try tx.rows(
            """
            SELECT id, appointment_id, from_day, from_unit, from_units, from_doctor_id, from_chair_id, to_day, to_unit,
                to_units, to_doctor_id, to_chair_id, reason, note, moved_by, moved_at
            FROM appointment_move
            WHERE appointment_id = \(id)
            ORDER BY moved_at, id
            """
        ).map { row in
            AppointmentMove(
                id: try row.id("id"), appointmentID: try row.id("appointment_id"),
                from: Slot(
                    day: try row.day("from_day"), start: try row.unit("from_unit"), units: try row.int("from_units"),
                    doctorID: try row.id("from_doctor_id"), chairID: try row.idIfAny("from_chair_id")),
                to: Slot(
                    day: try row.day("to_day"), start: try row.unit("to_unit"), units: try row.int("to_units"),
                    doctorID: try row.id("to_doctor_id"), chairID: try row.idIfAny("to_chair_id")),
                reason: try row.text("reason"), note: try row.textIfAny("note"),
                moved: Appointment.Mark(at: try row.timestamp("moved_at"), by: try row.id("moved_by")))
        }
    }

    /// The visit of a booking; nil until the customer arrived.
    package static func visit(of id: ID<Appointment>, in tx: any ReadTransaction) throws -> BookedVisit? {
        try tx.first(
            """
            SELECT id AS visit_id, arrived_at, seated_at, finished_at, left_at
            FROM visit
            WHERE appointment_id = \(id)
            """
        ).flatMap(visit)
    }

    // MARK: - Writing

    static func insert(_ a: Appointment, in tx: any WriteTransaction) throws {
        let values: [any SQLBindable] = [
            a.id, a.clinicID, a.day, a.start, a.units, a.patientID, a.doctorID, a.assistantID, a.chairID, a.complaint,
            a.channel, a.deskReason, a.remark, a.isSqueezed, a.squeezeReason, a.ruleApplied, a.doctorChangeReason,
            a.helpingForID, a.costDoctorID, a.override?.rule.rawValue, a.override?.reason, a.override?.note,
            a.booked.at,
            a.booked.by, a.moveCount, a.version,
        ]
        try tx.run(
            """
            INSERT INTO appointment (id, clinic_id, day, start_unit, units, patient_id, doctor_id, assistant_id, chair_id,
                complaint, channel, desk_reason, remark, is_squeezed, squeeze_reason, rule_applied, doctor_change_reason,
                helping_for_id, cost_doctor_id, override_rule, override_reason, override_note, booked_at, booked_by,
                move_count, version)
            VALUES \(rows: [values])
            """)
        try insertItems(of: a, in: tx)
        try insertParts(of: a, in: tx)
    }

    /// Writes what can change and raises the version by one.
    /// - Throws: `ChangedMeanwhile` naming the last change when `version` is no longer the stored one.
    static func update(_ a: Appointment, in tx: any WriteTransaction) throws -> Appointment {
        let changed = try tx.run(
            """
            UPDATE appointment
            SET day = \(a.day), start_unit = \(a.start), units = \(a.units), doctor_id = \(a.doctorID),
                assistant_id = \(a.assistantID), chair_id = \(a.chairID), complaint = \(a.complaint),
                remark = \(a.remark), rule_applied = \(a.ruleApplied),
                doctor_change_reason = \(a.doctorChangeReason), helping_for_id = \(a.helpingForID),
                override_rule = \(a.override?.rule.rawValue), override_reason = \(a.override?.reason),
                override_note = \(a.override?.note), confirmed_at = \(a.confirmed?.at),
                confirmed_by = \(a.confirmed?.by), cancelled_at = \(a.cancellation?.mark.at),
                cancelled_by = \(a.cancellation?.mark.by), cancel_reason = \(a.cancellation?.reason),
                cancel_side = \(a.cancellation?.side), cancel_note = \(a.cancellation?.note),
                cancel_notice_minutes = \(a.cancellation?.noticeMinutes), missed_at = \(a.missed?.at),
                missed_by = \(a.missed?.by), move_count = \(a.moveCount), version = version + 1
            WHERE id = \(a.id) AND version = \(a.version)
            """)
        guard changed == 1 else { throw try changedMeanwhile(a.id, in: tx) }
        var stored = a
        stored.version += 1
        return stored
    }

    static func append(_ m: AppointmentMove, in tx: any WriteTransaction) throws {
        let values: [any SQLBindable] = [
            m.id, m.appointmentID, m.from.day, m.from.start, m.from.units, m.from.doctorID, m.from.chairID, m.to.day,
            m.to.start, m.to.units, m.to.doctorID, m.to.chairID, m.reason, m.note, m.moved.by, m.moved.at,
        ]
        try tx.run(
            """
            INSERT INTO appointment_move (id, appointment_id, from_day, from_unit, from_units, from_doctor_id,
                from_chair_id, to_day, to_unit, to_units, to_doctor_id, to_chair_id, reason, note, moved_by, moved_at)
            VALUES \(rows: [values])
            """)
    }

    static func replaceItems(of a: Appointment, in tx: any WriteTransaction) throws {
        try tx.run("DELETE FROM appointment_item WHERE appointment_id = \(a.id)")
        try insertItems(of: a, in: tx)
    }

    /// Who changed a booking last, from the log: "周敏 10:24 改了时间或医生".
    static func changedMeanwhile(
        _ id: ID<Appointment>, in tx: any ReadTransaction
    ) throws -> ChangedMeanwhile {
        let row = try tx.first(
            """
            SELECT e.kind, s.name
            FROM event e
            LEFT JOIN staff s ON s.id = e.actor_id
            WHERE e.subject_kind = 'appointment' AND e.subject_id = \(id)
            ORDER BY e.at DESC, e.seq DESC
            LIMIT 1
            """)
        guard let row else { return ChangedMeanwhile("预约") }
        let what = AppointmentEvent.label(of: try row.text("kind"))
        return ChangedMeanwhile("预约", change: "\(try row.textIfAny("name") ?? "系统")\(what)")
    }

    private static func insertItems(of a: Appointment, in tx: any WriteTransaction) throws {
        guard !a.items.isEmpty else { return }
        let rows = a.items.enumerated().map { position, item -> [any SQLBindable] in
            [a.id, position, item.itemID, item.teeth.map(\.description).joined(separator: ",")]
        }
        try tx.run("INSERT INTO appointment_item (appointment_id, position, item_id, teeth) VALUES \(rows: rows)")
    }

    // MARK: - Reading rows

    static let columns: SQL =
        """
        a.id, a.clinic_id, a.day, a.start_unit, a.units, a.patient_id, a.doctor_id, a.assistant_id, a.chair_id,
            a.complaint, a.channel, a.desk_reason, a.remark, a.squeeze_reason, a.rule_applied, a.doctor_change_reason,
            a.helping_for_id, a.cost_doctor_id, a.override_rule, a.override_reason, a.override_note, a.booked_at,
            a.booked_by, a.confirmed_at, a.confirmed_by, a.cancelled_at, a.cancelled_by, a.cancel_reason, a.cancel_side,
            a.cancel_note, a.cancel_notice_minutes, a.missed_at, a.missed_by, a.move_count, a.version
        """

    static func list(
        where condition: SQL, order: SQL = "a.start_unit, a.id", in tx: any ReadTransaction
    ) throws -> [Appointment] {
        let rows = try tx.rows("SELECT \(columns) FROM appointment a WHERE \(condition) ORDER BY \(order)")
        guard !rows.isEmpty else { return [] }
        let items = try listItems(of: try rows.map { try $0.id("id") }, in: tx)
        return try rows.map { row in try appointment(row, items: items[try row.id("id")] ?? []) }
    }

    static func listItems(
        of ids: [ID<Appointment>], in tx: any ReadTransaction
    ) throws -> [ID<Appointment>: [BookedItem]] {
        let rows = try tx.rows(
            """
            SELECT appointment_id, item_id, teeth
            FROM appointment_item
            WHERE appointment_id IN \(list: ids)
            ORDER BY appointment_id, position
            """)
        var items: [ID<Appointment>: [BookedItem]] = [:]
        for row in rows {
            let item = BookedItem(try row.id("item_id"), teeth: teeth(try row.text("teeth")))
            items[try row.id("appointment_id"), default: []].append(item)
        }
        return items
    }

    static func teeth(_ text: String) -> [Tooth] {
        text.split(separator: ",").compactMap { Int($0).flatMap(Tooth.init) }
    }

    static func appointment(_ row: Row, items: [BookedItem]) throws -> Appointment {
        Appointment(
            id: try row.id("id"), clinicID: try row.id("clinic_id"), day: try row.day("day"),
            start: try row.unit("start_unit"), units: try row.int("units"), patientID: try row.id("patient_id"),
            doctorID: try row.id("doctor_id"), assistantID: try row.idIfAny("assistant_id"),
            chairID: try row.idIfAny("chair_id"), complaint: try row.text("complaint"), items: items,
            channel: try row.text("channel"), deskReason: try row.textIfAny("desk_reason"),
            remark: try row.textIfAny("remark"), squeezeReason: try row.textIfAny("squeeze_reason"),
            ruleApplied: try row.code("rule_applied"), helpingForID: try row.idIfAny("helping_for_id"),
            costDoctorID: try row.idIfAny("cost_doctor_id"),
            doctorChangeReason: try row.textIfAny("doctor_change_reason"),
            override: try override(row),
            booked: Appointment.Mark(at: try row.timestamp("booked_at"), by: try row.id("booked_by")),
            confirmed: try mark(row, "confirmed"), cancellation: try cancellation(row), missed: try mark(row, "missed"),
            moveCount: try row.int("move_count"), version: try row.int("version"))
    }

    /// nil when the joined row holds no visit.
    static func visit(_ row: Row) throws -> BookedVisit? {
        guard let id = try row.int64IfAny("visit_id") else { return nil }
        return BookedVisit(
            visitID: id, arrivedAt: try row.timestamp("arrived_at"), seatedAt: try row.timestampIfAny("seated_at"),
            finishedAt: try row.timestampIfAny("finished_at"), leftAt: try row.timestampIfAny("left_at"))
    }

    private static func mark(_ row: Row, _ name: String) throws -> Appointment.Mark? {
        guard let at = try row.timestampIfAny("\(name)_at") else { return nil }
        return Appointment.Mark(at: at, by: try row.id("\(name)_by"))
    }

    private static func override(_ row: Row) throws -> RuleOverride? {
        guard let rule = try row.codeIfAny("override_rule", RuleID.self) else { return nil }
        return RuleOverride(
            rule: rule, reason: try row.text("override_reason"), note: try row.textIfAny("override_note"))
    }

    private static func cancellation(_ row: Row) throws -> Appointment.Cancellation? {
        guard let mark = try mark(row, "cancelled") else { return nil }
        return Appointment.Cancellation(
            mark: mark, reason: try row.text("cancel_reason"), side: try row.code("cancel_side"),
            note: try row.textIfAny("cancel_note"), noticeMinutes: try row.int("cancel_notice_minutes"))
    }
}
