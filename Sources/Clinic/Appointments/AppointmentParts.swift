import Kernel
import Storage

/// A part of a booking's length in which somebody or something is needed: the assistant prepares the first quarter of
/// an hour, the doctor comes for the rest, the X-ray is used in between.
package struct AppointmentPart: Hashable, Sendable {
    package enum Kind: String, Hashable, Sendable, SQLBindable {
        case doctor, assistant, device
        var resource: ResourceKind {
            switch self {
            case .doctor: .doctor
            case .assistant: .assistant
            case .device: .device
            }
        }
    }
    package let kind: Kind
    /// Of a doctor's part always the doctor of the booking.
    package let resourceID: Int64
    /// Quarters of an hour after the start of the booking.
    package let offset: Int
    package let units: Int

    package static func doctor(offset: Int, units: Int) -> AppointmentPart {
        AppointmentPart(kind: .doctor, resourceID: 0, offset: offset, units: units)
    }
    package static func assistant(_ id: ID<Staff>, offset: Int, units: Int) -> AppointmentPart {
        AppointmentPart(kind: .assistant, resourceID: id.raw, offset: offset, units: units)
    }
    package static func device(_ id: ID<Device>, offset: Int, units: Int) -> AppointmentPart {
        AppointmentPart(kind: .device, resourceID: id.raw, offset: offset, units: units)
    }
}

/// The rules of parts. Pure.
package enum AppointmentPartRules {
    /// - Throws: `FormErrors` on `parts` when a part lies outside the booking or two parts of one resource overlap.
    package static func check(_ parts: [AppointmentPart], units: Int) throws(FormErrors) {
        for part in parts where part.units < 1 || part.offset < 0 || part.offset + part.units > units {
            throw FormErrors("parts", "分段时间要在预约的 \(units * Unit.minutes) 分钟以内，请改短分段或加长预约")
        }
        for (index, part) in parts.enumerated() {
            for other in parts[..<index]
            where other.kind == part.kind && other.resourceID == part.resourceID
                && range(other).overlaps(range(part))
            {
                throw FormErrors("parts", "同一个人或设备的两段时间重叠了，请改成前后相接")
            }
        }
    }

    /// What is left of the parts when the booking is made shorter.
    package static func fitted(_ parts: [AppointmentPart], units: Int) -> [AppointmentPart] {
        parts.compactMap { part in
            let length = min(part.units, units - part.offset)
            guard length >= 1 else { return nil }
            return AppointmentPart(
                kind: part.kind, resourceID: part.resourceID, offset: part.offset, units: length)
        }
    }

    /// What a booking uses up. Doctor (not when squeezed in) and assistant for the whole length, or only for their
    /// parts when there are any; chair and customer for the whole length; devices for their parts.
    package static func claims(_ a: Appointment) -> [Claim] {
        let whole = a.start.index..<a.end.index
        func parts(_ kind: AppointmentPart.Kind) -> [AppointmentPart] { a.parts.filter { $0.kind == kind } }
        func units(_ part: AppointmentPart) -> Range<Int> {
            a.start.index + part.offset..<a.start.index + part.offset + part.units
        }
        var claims: [Claim] = []
        if !a.isSqueezed {
            let own = parts(.doctor)
            claims +=
                own.isEmpty
                ? [Claim(.doctor, a.doctorID, whole)] : own.map { Claim(.doctor, a.doctorID, units($0)) }
        }
        if let chair = a.chairID { claims.append(Claim(.chair, chair, whole)) }
        let assistants = parts(.assistant)
        if let assistant = a.assistantID, !assistants.contains(where: { $0.resourceID == assistant.raw }) {
            claims.append(Claim(.assistant, assistant, whole))
        }
        claims += (assistants + parts(.device)).map {
            Claim(kind: $0.kind.resource, raw: $0.resourceID, units: units($0))
        }
        claims.append(Claim(.patient, a.patientID, whole))
        return claims
    }

    private static func range(_ part: AppointmentPart) -> Range<Int> { part.offset..<part.offset + part.units }
}

/// Checks parts against what the clinic has.
enum AppointmentParts {
    /// - Throws: `FormErrors` on `parts`.
    static func check(
        _ parts: [AppointmentPart], units: Int, by work: Work, in tx: any ReadTransaction
    ) throws {
        guard !parts.isEmpty else { return }
        try AppointmentPartRules.check(parts, units: units)
        let devices = parts.filter { $0.kind == .device }
        if !devices.isEmpty {
            let known = Set(try DeviceStore.list(clinic: work.clinic.id, in: tx).map(\.id.raw))
            guard devices.allSatisfy({ known.contains($0.resourceID) }) else {
                throw FormErrors("parts", "所选设备不在本门诊或已停用，请重新选择")
            }
        }
        let assistants = parts.filter { $0.kind == .assistant }
        if !assistants.isEmpty {
            let known = Set(try StaffStore.listActive(clinic: work.clinic.id, in: tx).map(\.id.raw))
            guard assistants.allSatisfy({ known.contains($0.resourceID) }) else {
                throw FormErrors("parts", "所选助手不在本门诊，请重新选择")
            }
        }
    }
}

extension AppointmentStore {
    static func parts(of id: ID<Appointment>, in tx: any ReadTransaction) throws -> [AppointmentPart] {
        try tx.rows(
            """
            SELECT kind, resource_id, offset_units, units
            FROM appointment_part
            WHERE appointment_id = \(id)
            ORDER BY position
            """
        ).map { row in
            AppointmentPart(
                kind: try row.code("kind"), resourceID: try row.int64("resource_id"),
                offset: try row.int("offset_units"), units: try row.int("units"))
        }
    }

    static func insertParts(of a: Appointment, in tx: any WriteTransaction) throws {
        guard !a.parts.isEmpty else { return }
        let rows = a.parts.enumerated().map { position, part -> [any SQLBindable] in
            [a.id, position, part.kind, part.resourceID, part.offset, part.units]
        }
        try tx.run(
            """
            INSERT INTO appointment_part (appointment_id, position, kind, resource_id, offset_units, units)
            VALUES \(rows: rows)
            """)
    }

    static func replaceParts(of a: Appointment, in tx: any WriteTransaction) throws {
        try tx.run("DELETE FROM appointment_part WHERE appointment_id = \(a.id)")
        try insertParts(of: a, in: tx)
    }
}
