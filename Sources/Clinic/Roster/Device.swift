import Kernel
import Storage

/// Something that chairs share and appointments book for a part of their time: a panoramic X-ray, the communication room.
package struct Device: Hashable, Sendable {
    package let id: ID<Device>
    /// Code of list `deviceKind`.
    package let kind: String
    package let name: String
    package let roomID: ID<Room>?
    package init(id: ID<Device>, kind: String, name: String, roomID: ID<Room>?) {
        self.id = id
        self.kind = kind
        self.name = name
        self.roomID = roomID
    }
}

/// The table of shared devices. Those that were given up are left out.
package enum DeviceStore {
    /// In order of kind and name.
    package static func list(clinic: ID<ClinicSite>, in tx: any ReadTransaction) throws -> [Device] {
        try tx.rows(
            """
            SELECT id, kind, name, room_id
            FROM device
            WHERE clinic_id = \(clinic) AND retired_at IS NULL
            ORDER BY kind, name, id
            """
        ).map { row in
            Device(
                id: try row.id("id"), kind: try row.text("kind"), name: try row.text("name"),
                roomID: try row.idIfAny("room_id"))
        }
    }

    static func insert(
        _ device: Device, clinic: ID<ClinicSite>, now: Timestamp, in tx: any WriteTransaction
    ) throws {
        try tx.run(
            """
            INSERT INTO device (id, clinic_id, room_id, kind, name, added_at, retired_at)
            VALUES (\(device.id), \(clinic), \(device.roomID), \(device.kind), \(device.name), \(now), NULL)
            """)
    }

    static func retire(_ id: ID<Device>, now: Timestamp, in tx: any WriteTransaction) throws {
        try tx.run("UPDATE device SET retired_at = \(now) WHERE id = \(id)")
    }

    /// First day from `day` on with a unit of the device taken; nil: it can be given up.
    static func nextUse(of id: ID<Device>, from day: Day, in tx: any ReadTransaction) throws -> Day? {
        try tx.first(
            """
            SELECT day
            FROM resource_unit
            WHERE kind = 'device' AND resource_id = \(id) AND day >= \(day)
            ORDER BY day
            LIMIT 1
            """
        )?.day("day")
    }
}

/// Keeps the list of shared devices. Written in the clinic's lane, serial with its bookings.
package enum Devices {
    /// - Throws: `NotAllowed`, `FormErrors` (name, kind, room).
    @discardableResult
    package static func add(
        kind: String, name: String, room: ID<Room>?, by work: Work, in tx: any WriteTransaction
    ) throws -> Device {
        try work.actor.require(.manageRooms)
        guard work.playbook.code(kind, in: .deviceKind) != nil else { throw FormErrors("kind", "请从列表里选择") }
        guard let name = name.nonBlank, name.count <= 20 else { throw FormErrors("name", "请填写名称，最多 20 个字") }
        if let room, try !PlaceStore.rooms(clinic: work.clinic.id, in: tx).contains(where: { $0.id == room }) {
            throw FormErrors("room", "请选择本门诊的房间")
        }
        let others = try DeviceStore.list(clinic: work.clinic.id, in: tx)
        if others.contains(where: { $0.name == name }) { throw FormErrors("name", "已经有“\(name)”了，请换一个名称") }
        let device = Device(id: work.newID(), kind: kind, name: name, roomID: room)
        try DeviceStore.insert(device, clinic: work.clinic.id, now: work.now, in: tx)
        try Audit.append(
            Event("device.added", of: device.id, ["kind": .text(kind), "name": .text(name)]), by: work, in: tx)
        return device
    }

    /// - Throws: `PlaceInUse` while bookings from today on hold it.
    package static func retire(_ id: ID<Device>, by work: Work, in tx: any WriteTransaction) throws {
        try work.actor.require(.manageRooms)
        guard let device = try DeviceStore.list(clinic: work.clinic.id, in: tx).first(where: { $0.id == id }) else {
            throw NotFound("设备")
        }
        if let day = try DeviceStore.nextUse(of: id, from: work.today, in: tx) {
            throw PlaceInUse(what: device.name, cause: "\(day.monthDayText) 起还有预约或占用，请先把它们换开")
        }
        try DeviceStore.retire(id, now: work.now, in: tx)
        try Audit.append(Event("device.retired", of: id, ["name": .text(device.name)]), by: work, in: tx)
    }
}
