import Kernel
import Storage

extension TimelineSource {
    /// Bookings that nobody came to, cancellations and moves. Kept bookings show as visits.
    func bookings() throws -> [TimelineEntry] {
        let rows = try tx.rows(
            """
            SELECT \(bookingColumns)
            FROM appointment a
            JOIN staff d ON d.id = a.doctor_id
            JOIN clinic c ON c.id = a.clinic_id
            LEFT JOIN staff b ON b.id = a.booked_by
            LEFT JOIN visit v ON v.appointment_id = a.id
            WHERE a.patient_id = \(patient) AND a.day <= \(calendar.wallClock(before).day) AND a.cancelled_at IS NULL
                AND v.id IS NULL
            ORDER BY a.day DESC, a.start_unit DESC
            LIMIT \(limit)
            """)
        let items = try itemNames(of: rows)
        let kept = try rows.map { try booking($0, items: items) }.filter { $0.at < before }
        return kept + (try cancellations()) + (try moves())
    }

    /// Bookings after `now`, and open tasks, earliest first.
    func coming(now: Timestamp) throws -> [TimelineEntry] {
        let rows = try tx.rows(
            """
            SELECT \(bookingColumns)
            FROM appointment a
            JOIN staff d ON d.id = a.doctor_id
            JOIN clinic c ON c.id = a.clinic_id
            LEFT JOIN staff b ON b.id = a.booked_by
            LEFT JOIN visit v ON v.appointment_id = a.id
            WHERE a.patient_id = \(patient) AND a.day >= \(calendar.businessDay(of: now)) AND a.cancelled_at IS NULL
                AND a.missed_at IS NULL AND v.id IS NULL
            ORDER BY a.day, a.start_unit
            LIMIT \(limit)
            """)
        let items = try itemNames(of: rows)
        let bookings = try rows.map { try booking($0, items: items) }.filter { $0.at > now }
        return (bookings + (try openTasks())).sorted { $0.at < $1.at }
    }

    private var bookingColumns: SQL {
        """
        a.id, a.clinic_id, c.name AS clinic_name, a.day, a.start_unit, a.units, a.complaint, a.remark, a.is_squeezed,
            a.confirmed_at, a.missed_at, a.booked_at, d.name AS doctor, b.name AS booker
        """
    }

    private func booking(_ row: Row, items: [Int64: [String]]) throws -> TimelineEntry {
        let (id, unit, units) = (try row.int64("id"), try row.unit("start_unit"), try row.int("units"))
        let isMissed = try row.timestampIfAny("missed_at") != nil
        let isConfirmed = try row.timestampIfAny("confirmed_at") != nil
        let at = calendar.instant(try row.day("day"), unit)
        let what = try items[id]?.joined(separator: "、") ?? row.text("complaint")
        let isSqueezed = try row.bool("is_squeezed")
        let heading = isMissed ? "未到" : isSqueezed ? "加号" : "预约"
        var details = ["\(units) 单位（\(units * Unit.minutes) 分钟）\(isConfirmed ? " · 已确认" : "")"]
        if let place = try place(row) { details.append(place) }
        if let remark = try row.textIfAny("remark") { details.append(remark) }
        return TimelineEntry(
            .booking, isMissed ? .missed : isConfirmed ? .confirmed : .booked, at: at,
            [heading, try row.text("doctor"), what].joined(separator: " · "), details: details,
            who: try row.textIfAny("booker"), subject: .init(kind: "appointment", id: id))
    }

    private func cancellations() throws -> [TimelineEntry] {
        try tx.rows(
            """
            SELECT a.id, a.clinic_id, c.name AS clinic_name, a.day, a.start_unit, a.cancelled_at, a.cancel_reason,
                a.cancel_note, d.name AS doctor, b.name AS canceller
            FROM appointment a
            JOIN staff d ON d.id = a.doctor_id
            JOIN clinic c ON c.id = a.clinic_id
            LEFT JOIN staff b ON b.id = a.cancelled_by
            WHERE a.patient_id = \(patient) AND a.cancelled_at < \(before)
            ORDER BY a.cancelled_at DESC
            LIMIT \(limit)
            """
        ).map { row in
            let reason = try row.textIfAny("cancel_reason").map { viewer.playbook.label($0, in: .cancellation) }
            return TimelineEntry(
                .booking, .neutral, at: try row.timestamp("cancelled_at"),
                "取消预约 · \(slotText(try row.day("day"), try row.unit("start_unit"))) · \(try row.text("doctor"))",
                details: [reason, try row.textIfAny("cancel_note"), try place(row)].compactMap { $0 },
                who: try row.textIfAny("canceller"), subject: .init(kind: "appointment", id: try row.int64("id")))
        }
    }

    private func moves() throws -> [TimelineEntry] {
        try tx.rows(
            """
            SELECT a.id, m.from_day, m.from_unit, m.to_day, m.to_unit, m.reason, m.note, m.moved_at, d.name AS doctor,
                b.name AS mover
            FROM appointment_move m
            JOIN appointment a ON a.id = m.appointment_id
            JOIN staff d ON d.id = m.to_doctor_id
            LEFT JOIN staff b ON b.id = m.moved_by
            WHERE a.patient_id = \(patient) AND m.moved_at < \(before)
            ORDER BY m.moved_at DESC
            LIMIT \(limit)
            """
        ).map { row in
            let from = slotText(try row.day("from_day"), try row.unit("from_unit"))
            let to = slotText(try row.day("to_day"), try row.unit("to_unit"))
            return TimelineEntry(
                .booking, .neutral, at: try row.timestamp("moved_at"),
                "改约 · \(from) 改到 \(to) · \(try row.text("doctor"))",
                details: [viewer.playbook.label(try row.text("reason"), in: .move), try row.textIfAny("note")]
                    .compactMap { $0 },
                who: try row.textIfAny("mover"), subject: .init(kind: "appointment", id: try row.int64("id")))
        }
    }

    private func itemNames(of rows: [Row]) throws -> [Int64: [String]] {
        let ids = try rows.map { try $0.int64("id") }
        guard !ids.isEmpty else { return [:] }
        var names: [Int64: [String]] = [:]
        let found = try tx.rows(
            """
            SELECT ai.appointment_id, ai.teeth, i.name
            FROM appointment_item ai
            JOIN item i ON i.id = ai.item_id
            WHERE ai.appointment_id IN \(list: ids)
            ORDER BY ai.appointment_id, ai.position
            """)
        for row in found {
            let teeth = viewer.seesMedicalRecord ? try row.text("teeth").replacing(",", with: "、") : ""
            names[try row.int64("appointment_id"), default: []].append(
                try row.text("name") + (teeth.isEmpty ? "" : " \(teeth)"))
        }
        return names
    }
}
