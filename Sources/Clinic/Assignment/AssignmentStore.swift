import Foundation
import Kernel
import Storage

/// The table of assignments: why a booking has its doctor.
enum AssignmentStore {
    /// How many of the doctors who were not taken are kept.
    static let keptAlternatives = 6

    private struct KeptAlternative: Codable {
        let doctor: Int64
        let name: String
        let isPossible: Bool
        let whyNot: AssignmentReason
    }

    static func save(
        _ a: Assignment, doctor: ID<Staff>, of appointment: Appointment, specialist: ID<Appointment>?, by work: Work,
        in tx: any WriteTransaction
    ) throws {
        let alternatives = a.alternatives.prefix(keptAlternatives).map {
            KeptAlternative(
                doctor: $0.doctorID.raw, name: $0.doctorName, isPossible: $0.isPossible, whyNot: $0.whyNot)
        }
        try tx.run("DELETE FROM assignment WHERE appointment_id = \(appointment.id)")
        try tx.run(
            """
            INSERT INTO assignment (appointment_id, clinic_id, rule, doctor_id, helping_for_id, cost_doctor_id,
                specialist_id, specialist_appointment_id, reasons, alternatives, decided_by, decided_at)
            VALUES (\(appointment.id), \(appointment.clinicID), \(a.rule), \(doctor), \(a.helpingForID),
                \(a.costDoctorID), \(a.specialistID), \(specialist), \(try json(a.reasons)), \(try json(alternatives)),
                \(work.actor.id), \(work.now))
            """)
    }

    static func find(_ id: ID<Appointment>, in tx: any ReadTransaction) throws -> Assignment? {
        let row = try tx.first(
            """
            SELECT a.rule, a.doctor_id, a.helping_for_id, a.cost_doctor_id, a.specialist_id, a.reasons, a.alternatives,
                s.name AS doctor_name
            FROM assignment a
            JOIN staff s ON s.id = a.doctor_id
            WHERE a.appointment_id = \(id)
            """)
        guard let row else { return nil }
        let alternatives = try decoded([KeptAlternative].self, try row.text("alternatives"))
        return Assignment(
            rule: try row.code("rule"), doctorID: try row.id("doctor_id"), doctorName: try row.text("doctor_name"),
            chairID: nil, reasons: try decoded([AssignmentReason].self, try row.text("reasons")),
            alternatives: alternatives.map {
                Assignment.Alternative(
                    doctorID: ID(raw: $0.doctor), doctorName: $0.name, isPossible: $0.isPossible, whyNot: $0.whyNot)
            }, demands: [], helpingForID: try row.idIfAny("helping_for_id"),
            costDoctorID: try row.idIfAny("cost_doctor_id"), specialistID: try row.idIfAny("specialist_id"))
    }

    /// The specialist's booking made together with a first examination (R3.19).
    static func specialistBooking(
        of id: ID<Appointment>, in tx: any ReadTransaction
    ) throws -> ID<Appointment>? {
        try tx.first("SELECT specialist_appointment_id FROM assignment WHERE appointment_id = \(id)")
            .flatMap { try $0.idIfAny("specialist_appointment_id") }
    }

    private static func json(_ value: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(value), as: UTF8.self)
    }

    private static func decoded<T: Decodable>(_ type: T.Type, _ text: String) throws -> T {
        try JSONDecoder().decode(type, from: Data(text.utf8))
    }
}
