import Kernel
import Storage

extension TimelineSource {
    /// Stays, each with doctor, treatments and waits. Of another clinic only that there was one, without the right.
    func visits() throws -> [TimelineEntry] {
        let rows = try tx.rows(
            """
            SELECT v.id, v.clinic_id, c.name AS clinic_name, v.complaint, v.told_wait_minutes, v.arrived_at, v.seated_at,
                v.finished_at, v.left_at, d.name AS doctor
            FROM visit v
            JOIN clinic c ON c.id = v.clinic_id
            LEFT JOIN staff d ON d.id = v.doctor_id
            WHERE v.patient_id = \(patient) AND v.arrived_at < \(before)
            ORDER BY v.arrived_at DESC
            LIMIT \(limit)
            """)
        let treatments = viewer.seesMedicalRecord ? try treatments(ofVisits: rows.map { try $0.int64("id") }) : [:]
        return try rows.map { try visit($0, treatments: treatments) }
    }

    /// What was paid, with receipt number and what is still owed.
    func payments() throws -> [TimelineEntry] {
        let rows = try tx.rows(
            """
            SELECT r.id, r.clinic_id, c.name AS clinic_name, c.code, r.number, r.issued_at, r.received_fen, r.arrears_fen,
                r.voided_at, k.name AS cashier
            FROM receipt r
            JOIN clinic c ON c.id = r.clinic_id
            LEFT JOIN staff k ON k.id = r.cashier_id
            WHERE r.patient_id = \(patient) AND r.issued_at < \(before)\(openClinics("r"))
            ORDER BY r.issued_at DESC
            LIMIT \(limit)
            """)
        let methods = try methods(ofReceipts: rows.map { try $0.int64("id") })
        return try rows.map { row in
            let id = try row.int64("id")
            let arrears = try row.money("arrears_fen")
            let number = Receipt.numberText(try row.int("number"), clinic: try row.text("code"))
            let isVoided = try row.timestampIfAny("voided_at") != nil
            return TimelineEntry(
                .payment, isVoided ? .neutral : arrears > .zero ? .late : .done, at: try row.timestamp("issued_at"),
                "\(isVoided ? "已作废的付款" : "付款") \(try row.money("received_fen").yuanText) · 收据 \(number)",
                details: [
                    methods[id]?.joined(separator: "、"), arrears > .zero ? "尚欠 \(arrears.yuanText)" : nil,
                    try place(row),
                ].compactMap { $0 },
                who: try row.textIfAny("cashier"), subject: .init(kind: "receipt", id: id))
        }
    }

    private func visit(_ row: Row, treatments: [Int64: [String]]) throws -> TimelineEntry {
        let id = try row.int64("id")
        let at = try row.timestamp("arrived_at")
        let place = try place(row)
        let subject = TimelineEntry.Subject(kind: "visit", id: id)
        guard viewer.mayOpen(try row.id("clinic_id")) else {
            return TimelineEntry(.visit, .done, at: at, "就诊 · \(place ?? "")", subject: nil)
        }
        let (seated, finished, left) = (
            try row.timestampIfAny("seated_at"), try row.timestampIfAny("finished_at"),
            try row.timestampIfAny("left_at")
        )
        let mark: TimelineEntry.Mark = left != nil ? .done : finished != nil ? .done : seated != nil ? .chair : .waiting
        var times: [String] = []
        if let seated {
            let told = try row.intIfAny("told_wait_minutes").map { "（告知 \($0)）" } ?? ""
            times.append("候诊 \(max(0, seated.minutes(since: at))) 分钟\(told)")
        }
        if let seated, let finished { times.append("在椅 \(max(0, finished.minutes(since: seated))) 分钟") }
        if left != nil, seated == nil { times.append("未就诊离开") }
        let heading = ["就诊", try row.textIfAny("doctor"), treatments[id]?.joined(separator: "，")].compactMap { $0 }
        let details = [
            treatments[id] == nil ? try row.text("complaint") : nil, times.joined(separator: " · ").nonBlank, place,
        ]
        return TimelineEntry(
            .visit, mark, at: at, heading.joined(separator: " · "), details: details.compactMap { $0 }, subject: subject
        )
    }

    /// Visit → "龈下刮治 16、17", in the order of treatment.
    private func treatments(ofVisits ids: [Int64]) throws -> [Int64: [String]] {
        guard !ids.isEmpty else { return [:] }
        let rows = try tx.rows(
            """
            SELECT t.visit_id, t.tooth, i.name
            FROM tooth_treatment t
            JOIN item i ON i.id = t.item_id
            WHERE t.patient_id = \(patient) AND t.visit_id IN \(list: ids)
            ORDER BY t.id
            """)
        var order: [Int64: [String]] = [:]
        var teeth: [Int64: [String: [String]]] = [:]
        for row in rows {
            let (visit, name, tooth) = (try row.int64("visit_id"), try row.text("name"), try row.int("tooth"))
            if teeth[visit]?[name] == nil { order[visit, default: []].append(name) }
            teeth[visit, default: [:]][name, default: []] += tooth == 0 ? [] : [String(tooth)]
        }
        var texts: [Int64: [String]] = [:]
        for (visit, names) in order {
            texts[visit] = names.map { name in
                let places = teeth[visit]?[name] ?? []
                return places.isEmpty ? name : "\(name) \(places.joined(separator: "、"))"
            }
        }
        return texts
    }

    /// Receipt → "微信 380.00".
    private func methods(ofReceipts ids: [Int64]) throws -> [Int64: [String]] {
        guard !ids.isEmpty else { return [:] }
        var texts: [Int64: [String]] = [:]
        let rows = try tx.rows(
            """
            SELECT receipt_id, method, amount_fen
            FROM payment
            WHERE receipt_id IN \(list: ids)
            ORDER BY receipt_id, position
            """)
        for row in rows {
            let method = try row.code("method", PaymentMethod.self).label
            texts[try row.int64("receipt_id"), default: []].append("\(method) \(try row.money("amount_fen").figures)")
        }
        return texts
    }
}
