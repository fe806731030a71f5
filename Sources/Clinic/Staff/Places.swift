import Kernel
import Storage

import struct Foundation.TimeZone

/// What is filled in about a clinic.
package struct ClinicForm: Hashable, Sendable {
    /// 1–6 letters, in record and receipt numbers. No digits: the number follows at once, and A1 + 000001 would be
    /// A + 1000001.
    package var code: String
    package var name: String
    package var phone: String
    package var address: String
    /// IANA name.
    package var timeZone: String
    /// First and one-past-last quarter of an hour of the board.
    package var opens: Unit
    package var closes: Unit
    /// Minutes after midnight at which a business day begins.
    package var dayStartsAtMinutes: Int

    package init(
        code: String, name: String, phone: String, address: String, timeZone: String = "Asia/Shanghai",
        opens: Unit = Unit(32), closes: Unit = Unit(72), dayStartsAtMinutes: Int = 240
    ) {
        self.code = code
        self.name = name
        self.phone = phone
        self.address = address
        self.timeZone = timeZone
        self.opens = opens
        self.closes = closes
        self.dayStartsAtMinutes = dayStartsAtMinutes
    }

    package init(_ site: ClinicSite) {
        self.init(
            code: site.code, name: site.name, phone: site.phone, address: site.address,
            timeZone: site.calendar.timeZone.identifier, opens: site.opens, closes: site.closes,
            dayStartsAtMinutes: site.calendar.dayStartsAtMinutes)
    }

    /// - Throws: `FormErrors` with HTML names code, clinicName, clinicPhone, address, timeZone, opens.
    package func checked() throws(FormErrors) -> ClinicForm {
        var form = self
        var errors = FormErrors()
        form.code = code.halfWidth.trimmed.uppercased()
        form.name = name.trimmed
        form.address = address.trimmed
        form.phone = phone.halfWidth.trimmed
        if !(1...6).contains(form.code.count) || !form.code.allSatisfy({ $0.isASCII && $0.isLetter }) {
            errors.add("code", "门诊代码是 1 到 6 位字母，例如 A；不能有数字，后面要接编号")
        }
        if form.name.isEmpty || form.name.count > 40 { errors.add("clinicName", "请填写门诊名称，最多 40 个字") }
        if PhoneNumber(form.phone) == nil { errors.add("clinicPhone", "请填写客人拨打的门诊电话，例如 021-6888 1234") }
        if form.address.isEmpty || form.address.count > 120 { errors.add("address", "请填写门诊地址") }
        if ClinicCalendar(timeZoneName: timeZone) == nil { errors.add("timeZone", "没有这个时区，例如 Asia/Shanghai") }
        let fits = opens < closes && (0...95).contains(opens.index) && closes.index <= 96
        if !fits { errors.add("opens", "关门时间要晚于开门时间") }
        try errors.throwIfAny()
        return form
    }
}

/// Clinics, rooms and chairs (R4.39, R16.15). Clinics are written in the organisation lane, rooms and chairs in that of
/// their clinic. Places are given up, never deleted.
package enum Places {
    package static func addClinic(_ form: ClinicForm, by work: Work, in tx: any WriteTransaction) throws -> ClinicSite {
        try work.actor.requireEverywhere(.manageSystem)
        let site = try insertClinic(form, ids: work.ids, now: work.now, in: tx)
        try append(Event("clinic.created", of: site.id, ["after": json(site)]), by: work, in: tx)
        return site
    }

    static func insertClinic(
        _ form: ClinicForm, ids: IDSource, now: Timestamp, in tx: any WriteTransaction
    ) throws -> ClinicSite {
        let form = try form.checked()
        let taken = try tx.first("SELECT id FROM clinic WHERE code = \(form.code)")
        guard taken == nil else { throw FormErrors("code", "代码 \(form.code) 已经有别的门诊用了") }
        let id = ids.next(ClinicSite.self, at: now)
        try tx.run(
            """
            INSERT INTO clinic (id, code, name, phone, address, time_zone, day_starts_minute, opens_unit, closes_unit,
                created_at, retired_at)
            VALUES (\(id), \(form.code), \(form.name), \(form.phone), \(form.address), \(form.timeZone),
                \(form.dayStartsAtMinutes), \(form.opens), \(form.closes), \(now), NULL)
            """)
        return try PlaceStore.clinic(id, in: tx)
    }

    /// The code stays: it stands on receipts already given out. So do time zone and start of the day: business days
    /// already recorded depend on them.
    /// Another clinic than that of the work is edited by those whose right counts everywhere; for others it is not there.
    package static func editClinic(
        _ id: ID<ClinicSite>, to form: ClinicForm, by work: Work, in tx: any WriteTransaction
    ) throws {
        try work.actor.require(.manageSettings)
        guard id == work.clinic.id || work.actor.organisationWide.contains(.manageSettings) else {
            throw NotFound("门诊")
        }
        let before = try PlaceStore.clinic(id, in: tx)
        var form = form
        form.code = before.code
        form.timeZone = before.calendar.timeZone.identifier
        form = try form.checked()
        try tx.run(
            """
            UPDATE clinic
            SET name = \(form.name), phone = \(form.phone), address = \(form.address), opens_unit = \(form.opens),
                closes_unit = \(form.closes)
            WHERE id = \(before.id)
            """)
        let after = try PlaceStore.clinic(before.id, in: tx)
        guard after != before else { return }
        try append(
            Event("clinic.edited", of: before.id, ["before": json(before), "after": json(after)]), by: work, in: tx)
    }

    // MARK: rooms and chairs: written in the clinic's lane, serial with its bookings

    package static func addRoom(
        number: Int, name: String, kind: Room.Kind, by work: Work, in tx: any WriteTransaction
    ) throws -> Room {
        try work.actor.require(.manageRooms)
        let room = Room(id: work.newID(), number: number, name: try checkedName(name), kind: kind)
        let clinic = work.clinic.id
        try requireFree(number, "SELECT id FROM room WHERE clinic_id = \(clinic) AND number = \(number)", in: tx)
        try tx.run(
            """
            INSERT INTO room (id, clinic_id, number, name, kind, retired_at)
            VALUES (\(room.id), \(clinic), \(number), \(room.name), \(room.kind.rawValue), NULL)
            """)
        try appendAdded("room", room.id, number: number, name: room.name, ["kind": .text(kind.rawValue)], work, in: tx)
        return room
    }

    package static func renameRoom(
        _ id: ID<Room>, to name: String, by work: Work, in tx: any WriteTransaction
    ) throws {
        try work.actor.require(.manageRooms)
        let name = try checkedName(name)
        let before = try room(id, work, in: tx)
        guard before.name != name else { return }
        try tx.run("UPDATE room SET name = \(name) WHERE id = \(id)")
        try Audit.append(
            Event("room.renamed", of: id, ["before": .text(before.name), "after": .text(name)]), by: work, in: tx)
    }

    /// - Throws: `PlaceInUse` while a chair stands in it.
    package static func retireRoom(_ id: ID<Room>, by work: Work, in tx: any WriteTransaction) throws {
        try work.actor.require(.manageRooms)
        let before = try room(id, work, in: tx)
        let chairs = try PlaceStore.chairs(clinic: work.clinic.id, in: tx).filter { $0.roomID == id }
        guard chairs.isEmpty else {
            throw PlaceInUse(what: before.name, cause: "里面还有 \(chairs.count) 台牙椅，请先停用牙椅")
        }
        try tx.run("UPDATE room SET retired_at = \(work.now) WHERE id = \(id)")
        try Audit.append(Event("room.retired", of: id, ["number": JSONValue(before.number)]), by: work, in: tx)
    }

    // MARK: chairs

    package static func addChair(
        number: Int, name: String, room roomID: ID<Room>, by work: Work, in tx: any WriteTransaction
    ) throws -> Chair {
        try work.actor.require(.manageRooms)
        let place = try room(roomID, work, in: tx)
        guard place.kind == .treatment else { throw FormErrors("room", "牙椅要放在诊室里，请选一间诊室") }
        let chair = Chair(
            id: work.newID(), number: number, name: try checkedName(name), roomID: roomID, roomNumber: place.number)
        let clinic = work.clinic.id
        try requireFree(number, "SELECT id FROM chair WHERE clinic_id = \(clinic) AND number = \(number)", in: tx)
        try tx.run(
            """
            INSERT INTO chair (id, clinic_id, room_id, number, name, retired_at)
            VALUES (\(chair.id), \(clinic), \(roomID), \(number), \(chair.name), NULL)
            """)
        try appendAdded("chair", chair.id, number: number, name: chair.name, ["room": JSONValue(roomID)], work, in: tx)
        return chair
    }

    package static func renameChair(
        _ id: ID<Chair>, to name: String, by work: Work, in tx: any WriteTransaction
    ) throws {
        try work.actor.require(.manageRooms)
        let name = try checkedName(name)
        let before = try chair(id, work, in: tx)
        guard before.name != name else { return }
        try tx.run("UPDATE chair SET name = \(name) WHERE id = \(id)")
        try Audit.append(
            Event("chair.renamed", of: id, ["before": .text(before.name), "after": .text(name)]), by: work, in: tx)
    }

    /// - Throws: `PlaceInUse` while bookings from today on hold it.
    package static func retireChair(_ id: ID<Chair>, by work: Work, in tx: any WriteTransaction) throws {
        try work.actor.require(.manageRooms)
        let before = try chair(id, work, in: tx)
        let held = try tx.first(
            """
            SELECT day
            FROM resource_unit
            WHERE kind = 'chair' AND resource_id = \(id) AND day >= \(work.today)
            ORDER BY day
            LIMIT 1
            """)
        if let held {
            let day = try held.day("day")
            throw PlaceInUse(what: before.name, cause: "\(day.monthDayText) 起还有预约，请先把这些预约换到别的牙椅")
        }
        try tx.run("UPDATE chair SET retired_at = \(work.now) WHERE id = \(id)")
        try Audit.append(Event("chair.retired", of: id, ["number": JSONValue(before.number)]), by: work, in: tx)
    }

    // MARK: private

    private static func room(_ id: ID<Room>, _ work: Work, in tx: any ReadTransaction) throws -> Room {
        guard let room = try PlaceStore.rooms(clinic: work.clinic.id, in: tx).first(where: { $0.id == id }) else {
            throw NotFound("房间")
        }
        return room
    }

    private static func chair(_ id: ID<Chair>, _ work: Work, in tx: any ReadTransaction) throws -> Chair {
        guard let chair = try PlaceStore.chairs(clinic: work.clinic.id, in: tx).first(where: { $0.id == id }) else {
            throw NotFound("牙椅")
        }
        return chair
    }

    private static func checkedName(_ name: String) throws(FormErrors) -> String {
        guard let name = name.nonBlank, name.count <= 20 else { throw FormErrors("name", "请填写名称，最多 20 个字") }
        return name
    }

    /// - Parameter taken: finds the place of the clinic that has the number, retired ones too: it stands on old papers.
    private static func requireFree(_ number: Int, _ taken: SQL, in tx: any ReadTransaction) throws {
        guard (1...999).contains(number) else { throw FormErrors("number", "号码是 1 到 999 的整数") }
        guard try tx.first(taken) == nil else { throw FormErrors("number", "\(number) 号已经有了，请换一个号码") }
    }

    private static func appendAdded<T>(
        _ kind: String, _ id: ID<T>, number: Int, name: String, _ more: [String: JSONValue], _ work: Work,
        in tx: any WriteTransaction
    ) throws {
        let payload: [String: JSONValue] = [
            "clinic": JSONValue(work.clinic.id), "number": JSONValue(number), "name": .text(name),
        ]
        try Audit.append(
            Event("\(kind).added", of: id, .object(payload.merging(more) { _, new in new })), by: work, in: tx)
    }

    private static func append(_ event: Event, by work: Work, in tx: any WriteTransaction) throws {
        try Audit.append([event], by: work, lane: .organisation, in: tx)
    }

    private static func json(_ site: ClinicSite) -> JSONValue {
        [
            "code": .text(site.code), "name": .text(site.name), "phone": .text(site.phone),
            "address": .text(site.address), "timeZone": .text(site.calendar.timeZone.identifier),
            "opens": JSONValue(site.opens.index), "closes": JSONValue(site.closes.index),
        ]
    }
}

/// A place that cannot be given up yet.
package struct PlaceInUse: UserFacingError, Hashable {
    package let what: String
    package let cause: String
    package var kind: FailureKind { .conflict }
    package var userMessage: String { "\(what)还不能停用：\(cause)" }
}
