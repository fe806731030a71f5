import Kernel
import Storage

/// SQL of `waiting_entry`, `waiting_item` and `waiting_call`.
package enum WaitingStore {
    /// - Throws: `NotFound` also for another clinic's.
    package static func get(
        _ id: ID<WaitingEntry>, clinic: ID<ClinicSite>, in tx: any ReadTransaction
    ) throws -> WaitingEntry {
        guard let entry = try list(where: "e.id = \(id) AND e.clinic_id = \(clinic)", limit: 1, in: tx).first else {
            throw NotFound("候补")
        }
        return entry
    }

    /// Who waits, longest first.
    package static func listOpen(
        clinic: ID<ClinicSite>, limit: Int = 300, in tx: any ReadTransaction
    ) throws -> [WaitingEntry] {
        try list(where: "e.clinic_id = \(clinic) AND e.closed_at IS NULL", limit: limit, in: tx)
    }

    package static func listOpen(
        of patient: ID<Patient>, clinic: ID<ClinicSite>, in tx: any ReadTransaction
    ) throws -> [WaitingEntry] {
        try list(
            where: "e.patient_id = \(patient) AND e.clinic_id = \(clinic) AND e.closed_at IS NULL", limit: 20, in: tx)
    }

    /// Newest first.
    package static func calls(of id: ID<WaitingEntry>, in tx: any ReadTransaction) throws -> [WaitingCall] {
        try tx.rows(
            """
            SELECT id, entry_id, called_at, called_by, day, start_unit, units, doctor_id, answer, note
            FROM waiting_call
            WHERE entry_id = \(id)
            ORDER BY called_at DESC, id DESC
            LIMIT 50
            """
        ).map(call)
    }

    private static func list(
        where condition: SQL, limit: Int, in tx: any ReadTransaction
    ) throws -> [WaitingEntry] {
        let rows = try tx.rows(
            """
            SELECT e.id, e.clinic_id, e.patient_id, e.doctor_id, e.complaint, e.units, e.weekdays, e.from_unit, e.to_unit,
                e.first_day, e.last_day, e.urgency, e.note, e.asked_at, e.asked_by, e.called_at, e.calls, e.closed_at,
                e.closed_by, e.outcome, e.version, a.id AS held_id, a.day AS held_day, a.start_unit AS held_unit,
                a.version AS held_version
            FROM waiting_entry e
            LEFT JOIN appointment a ON a.id = e.appointment_id AND a.cancelled_at IS NULL AND a.missed_at IS NULL
            WHERE \(condition)
            ORDER BY e.asked_at, e.id
            LIMIT \(limit)
            """)
        guard !rows.isEmpty else { return [] }
        let items = try items(of: try rows.map { try $0.id("id") }, in: tx)
        return try rows.map { row in try entry(row, items[try row.id("id")] ?? []) }
    }

    private static func items(
        of ids: [ID<WaitingEntry>], in tx: any ReadTransaction
    ) throws -> [ID<WaitingEntry>: [BookedItem]] {
        let rows = try tx.rows(
            """
            SELECT entry_id, item_id, teeth
            FROM waiting_item
            WHERE entry_id IN \(list: ids)
            ORDER BY entry_id, position
            """)
        var items: [ID<WaitingEntry>: [BookedItem]] = [:]
        for row in rows {
            items[try row.id("entry_id"), default: []].append(
                BookedItem(try row.id("item_id"), teeth: AppointmentStore.teeth(try row.text("teeth"))))
        }
        return items
    }

    private static func entry(_ row: Row, _ items: [BookedItem]) throws -> WaitingEntry {
        let suits = SuitingTimes(
            weekdays: SuitingTimes.weekdays(mask: try row.int("weekdays")), from: try row.unit("from_unit"),
            to: try row.unit("to_unit"), firstDay: try row.day("first_day"), lastDay: try row.dayIfAny("last_day"))
        let held = try row.idIfAny("held_id", Appointment.self).map {
            WaitingEntry.HeldBooking(
                id: $0, day: try row.day("held_day"), start: try row.unit("held_unit"),
                version: try row.int("held_version"))
        }
        let closed = try row.timestampIfAny("closed_at").map {
            WaitingEntry.Closing(
                mark: Appointment.Mark(at: $0, by: try row.id("closed_by")), outcome: try row.text("outcome"))
        }
        return WaitingEntry(
            id: try row.id("id"), clinicID: try row.id("clinic_id"), patientID: try row.id("patient_id"),
            doctorID: try row.idIfAny("doctor_id"), held: held, complaint: try row.text("complaint"), items: items,
            units: try row.int("units"), suits: suits, urgency: try row.code("urgency"),
            note: try row.textIfAny("note"),
            asked: Appointment.Mark(at: try row.timestamp("asked_at"), by: try row.id("asked_by")),
            lastCalledAt: try row.timestampIfAny("called_at"), calls: try row.int("calls"), closed: closed,
            version: try row.int("version"))
    }

    private static func call(_ row: Row) throws -> WaitingCall {
        var offered: Slot?
        if let day = try row.dayIfAny("day"), let start = try row.unitIfAny("start_unit"),
            let units = try row.intIfAny("units"), let doctor = try row.idIfAny("doctor_id", Staff.self)
        {
            offered = Slot(day: day, start: start, units: units, doctorID: doctor)
        }
        return WaitingCall(
            id: try row.id("id"), entryID: try row.id("entry_id"),
            called: Appointment.Mark(at: try row.timestamp("called_at"), by: try row.id("called_by")),
            offered: offered, answer: try row.text("answer"), note: try row.textIfAny("note"))
    }

    // MARK: - Writing

    static func insert(_ e: WaitingEntry, in tx: any WriteTransaction) throws {
        let values: [any SQLBindable] = [
            e.id, e.clinicID, e.patientID, e.doctorID, e.held?.id, e.complaint, e.units, e.suits.mask, e.suits.from,
            e.suits.to, e.suits.firstDay, e.suits.lastDay, e.urgency, e.note, e.asked.at, e.asked.by, 0, 1,
        ]
        try tx.run(
            """
            INSERT INTO waiting_entry (id, clinic_id, patient_id, doctor_id, appointment_id, complaint, units, weekdays,
                from_unit, to_unit, first_day, last_day, urgency, note, asked_at, asked_by, calls, version)
            VALUES \(rows: [values])
            """)
        guard !e.items.isEmpty else { return }
        let rows = e.items.enumerated().map { position, item -> [any SQLBindable] in
            [e.id, position, item.itemID, item.teeth.map(\.description).joined(separator: ",")]
        }
        try tx.run("INSERT INTO waiting_item (entry_id, position, item_id, teeth) VALUES \(rows: rows)")
    }

    static func insert(_ call: WaitingCall, in tx: any WriteTransaction) throws {
        let values: [any SQLBindable] = [
            call.id, call.entryID, call.called.at, call.called.by, call.offered?.day, call.offered?.start,
            call.offered?.units, call.offered?.doctorID, call.answer, call.note,
        ]
        try tx.run(
            """
            INSERT INTO waiting_call (id, entry_id, called_at, called_by, day, start_unit, units, doctor_id, answer, note)
            VALUES \(rows: [values])
            """)
    }

    /// - Throws: `ChangedMeanwhile` when the entry is not at `version` or closed.
    static func recordCall(
        on entry: WaitingEntry, at now: Timestamp, closing outcome: String?, by actor: ID<Staff>,
        in tx: any WriteTransaction
    ) throws {
        let changed = try tx.run(
            """
            UPDATE waiting_entry
            SET called_at = \(now), calls = calls + 1, closed_at = \(outcome == nil ? nil : now),
                closed_by = \(outcome == nil ? nil : actor), outcome = \(outcome), version = version + 1
            WHERE id = \(entry.id) AND version = \(entry.version) AND closed_at IS NULL
            """)
        guard changed == 1 else { throw ChangedMeanwhile("候补") }
    }

    /// Ends an entry without a call.
    static func close(
        _ entry: WaitingEntry, outcome: String, at now: Timestamp, by actor: ID<Staff>, in tx: any WriteTransaction
    ) throws {
        let changed = try tx.run(
            """
            UPDATE waiting_entry
            SET closed_at = \(now), closed_by = \(actor), outcome = \(outcome), version = version + 1
            WHERE id = \(entry.id) AND version = \(entry.version) AND closed_at IS NULL
            """)
        guard changed == 1 else { throw ChangedMeanwhile("候补") }
    }
}
