import Kernel
import Storage

/// Reads clinics, rooms and chairs. Places that were given up are left out.
package enum PlaceStore {
    /// In order of code.
    package static func clinics(in tx: any ReadTransaction) throws -> [ClinicSite] {
        try tx.rows(
            """
            SELECT \(clinicColumns)
            FROM clinic
            WHERE retired_at IS NULL
            ORDER BY code
            """
        ).map(clinic)
    }

    /// - Throws: `NotFound`.
    package static func clinic(_ id: ID<ClinicSite>, in tx: any ReadTransaction) throws -> ClinicSite {
        let row = try tx.first("SELECT \(clinicColumns) FROM clinic WHERE id = \(id) AND retired_at IS NULL")
        guard let row else { throw NotFound("门诊") }
        return try clinic(row)
    }

    /// In order of the number on the door.
    package static func rooms(clinic: ID<ClinicSite>, in tx: any ReadTransaction) throws -> [Room] {
        try tx.rows(
            """
            SELECT id, number, name, kind
            FROM room
            WHERE clinic_id = \(clinic) AND retired_at IS NULL
            ORDER BY number
            """
        ).map { row in
            Room(
                id: try row.id("id"), number: try row.int("number"), name: try row.text("name"),
                kind: try row.code("kind"))
        }
    }

    /// In order of number.
    package static func chairs(clinic: ID<ClinicSite>, in tx: any ReadTransaction) throws -> [Chair] {
        try tx.rows(
            """
            SELECT c.id, c.number, c.name, c.room_id, r.number AS room_number
            FROM chair c
            JOIN room r ON r.id = c.room_id
            WHERE c.clinic_id = \(clinic) AND c.retired_at IS NULL
            ORDER BY c.number
            """
        ).map { row in
            Chair(
                id: try row.id("id"), number: try row.int("number"), name: try row.text("name"),
                roomID: try row.id("room_id"), roomNumber: try row.int("room_number"))
        }
    }

    private static let clinicColumns: SQL =
        "id, code, name, phone, address, time_zone, day_starts_minute, opens_unit, closes_unit"

    private static func clinic(_ row: Row) throws -> ClinicSite {
        let zone = try row.text("time_zone")
        guard let calendar = ClinicCalendar(timeZoneName: zone, dayStartsAtMinutes: try row.int("day_starts_minute"))
        else { throw StorageError.failed(detail: "clinic.time_zone: unknown zone '\(zone)'") }
        return ClinicSite(
            id: try row.id("id"), code: try row.text("code"), name: try row.text("name"), phone: try row.text("phone"),
            address: try row.text("address"), calendar: calendar, opens: try row.unit("opens_unit"),
            closes: try row.unit("closes_unit"))
    }
}
