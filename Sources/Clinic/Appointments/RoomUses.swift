import Kernel
import Storage

/// A communication room with what is booked in it on a day (R3.06). The room is a shared device: it is taken for a part of a
/// booking, or for all of it.
package struct RoomUse: Hashable, Sendable {
    package let room: Device
    package let parts: [Part]

    package struct Part: Hashable, Sendable {
        package let appointmentID: ID<Appointment>
        /// Quarters of an hour of the day.
        package let units: Range<Int>
    }

    /// Code of list `deviceKind`.
    package static let kind = "communicationRoom"
}

package enum RoomUses {
    /// In order of name; rooms without bookings included. Two statements.
    package static func load(
        clinic: ID<ClinicSite>, day: Day, in tx: any ReadTransaction
    ) throws -> [RoomUse] {
        let rooms = try DeviceStore.list(clinic: clinic, in: tx).filter { $0.kind == RoomUse.kind }
        guard !rooms.isEmpty else { return [] }
        let rows = try tx.rows(
            """
            SELECT p.appointment_id, p.resource_id, a.start_unit + p.offset_units AS first_unit, p.units
            FROM appointment a
            JOIN appointment_part p ON p.appointment_id = a.id
            WHERE a.clinic_id = \(clinic) AND a.day = \(day) AND a.cancelled_at IS NULL AND a.missed_at IS NULL
                AND p.kind = 'device' AND p.resource_id IN \(list: rooms.map(\.id))
            ORDER BY first_unit, p.appointment_id
            """)
        var parts: [ID<Device>: [RoomUse.Part]] = [:]
        for row in rows {
            let first = try row.int("first_unit")
            parts[try row.id("resource_id"), default: []].append(
                RoomUse.Part(appointmentID: try row.id("appointment_id"), units: first..<first + (try row.int("units")))
            )
        }
        return rooms.map { RoomUse(room: $0, parts: parts[$0.id] ?? []) }
    }
}
