import Kernel
import Storage

/// Who has what somebody else wanted: named, so that the desk can act (peers of R3.32).
package struct TakenUnits: Hashable, Sendable {
    /// What is taken.
    package let resource: ResourceKind
    package let holder: UnitHolder
    /// "林书远医生", "2 号椅", "王小明"
    package let resourceName: String
    /// "10:00–10:45"
    package let when: String
    /// The customer of the other booking; nil for a block or a hold.
    package let patientName: String?
    package let doctorName: String?
    /// Reason of a block: 午休, 培训.
    package let blockReason: String?
    /// Set when the other booking is in another clinic.
    package let clinicName: String?

    package var message: String {
        let place = clinicName.map { "（\($0)）" } ?? ""
        if let blockReason { return "\(resourceName) \(when) \(blockReason)，请换时间" }
        guard let patientName else { return "\(resourceName) \(when) 刚被同事选中，正在预约，请换时间" }
        let doctor = doctorName ?? ""
        switch resource {
        case .doctor, .assistant: return "\(resourceName) \(when) 已约\(patientName)\(place)，请换时间或医生"
        case .chair, .device: return "\(resourceName) \(when) 已约\(patientName)（\(doctor)医生）\(place)，请换椅位或时间"
        case .patient: return "\(patientName) \(when) 已约\(doctor)医生\(place)，同一位客人的时间不能重叠"
        }
    }

    package var obstacle: Obstacle {
        Obstacle(
            kind: holder.kind.rawValue, id: holder.id,
            label: [when, patientName, doctorName ?? blockReason].compactMap(\.self).joined(separator: " "))
    }

    static func describe(
        _ kind: ResourceKind, _ resource: Int64, holder: UnitHolder, clinic: ID<ClinicSite>, in tx: any ReadTransaction
    ) throws -> TakenUnits {
        switch holder.kind {
        case .appointment: try booking(kind, resource, holder, clinic, in: tx)
        case .block: try block(kind, holder, in: tx)
        case .hold:
            TakenUnits(
                resource: kind, holder: holder, resourceName: "这段时间", when: "", patientName: nil, doctorName: nil,
                blockReason: nil, clinicName: nil)
        }
    }

    private static func booking(
        _ kind: ResourceKind, _ resource: Int64, _ holder: UnitHolder, _ clinic: ID<ClinicSite>,
        in tx: any ReadTransaction
    ) throws -> TakenUnits {
        let row = try tx.first(
            """
            SELECT a.clinic_id, a.start_unit, a.units, p.name AS patient_name, s.name AS doctor_name,
                h.name AS assistant_name, c.name AS chair_name, k.name AS clinic_name, d.name AS device_name
            FROM appointment a
            JOIN patient p ON p.id = a.patient_id
            JOIN staff s ON s.id = a.doctor_id
            JOIN clinic k ON k.id = a.clinic_id
            LEFT JOIN staff h ON h.id = \(resource)
            LEFT JOIN device d ON d.id = \(resource)
            LEFT JOIN chair c ON c.id = a.chair_id
            WHERE a.id = \(holder.id)
            """)
        guard let row else { throw RowError(column: "holder_id", problem: "unit without its booking") }
        let start = try row.unit("start_unit")
        let patient = try row.text("patient_name")
        let doctor = try row.text("doctor_name")
        let name =
            switch kind {
            case .doctor: "\(doctor)医生"
            case .assistant: try row.textIfAny("assistant_name") ?? "助手"
            case .chair: try row.textIfAny("chair_name") ?? "牙椅"
            case .device: try row.textIfAny("device_name") ?? "设备"
            case .patient: patient
            }
        return TakenUnits(
            resource: kind, holder: holder, resourceName: name,
            when: "\(start.clockText)–\(start.adding(try row.int("units")).clockText)", patientName: patient,
            doctorName: doctor, blockReason: nil,
            clinicName: try row.id("clinic_id") == clinic ? nil : row.text("clinic_name"))
    }

    private static func block(
        _ kind: ResourceKind, _ holder: UnitHolder, in tx: any ReadTransaction
    ) throws -> TakenUnits {
        let row = try tx.first(
            """
            SELECT b.start_unit, b.units, b.reason, s.name AS staff_name, c.name AS chair_name, d.name AS device_name
            FROM schedule_block b
            LEFT JOIN staff s ON s.id = b.resource_id AND b.kind IN ('doctor', 'assistant')
            LEFT JOIN chair c ON c.id = b.resource_id AND b.kind = 'chair'
            LEFT JOIN device d ON d.id = b.resource_id AND b.kind = 'device'
            WHERE b.id = \(holder.id)
            """)
        guard let row else { throw RowError(column: "holder_id", problem: "unit without its block") }
        let start = try row.unit("start_unit")
        let person = try row.textIfAny("staff_name").map { kind == .doctor ? "\($0)医生" : $0 }
        let name = try person ?? row.textIfAny("chair_name") ?? row.textIfAny("device_name") ?? "设备"
        return TakenUnits(
            resource: kind, holder: holder, resourceName: name,
            when: "\(start.clockText)–\(start.adding(try row.int("units")).clockText)", patientName: nil,
            doctorName: nil, blockReason: try row.text("reason"), clinicName: nil)
    }
}
