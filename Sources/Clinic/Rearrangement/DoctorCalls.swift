import Kernel
import Storage

/// A call to a doctor whose day changed without notice (R2.17).
package struct DoctorCall: Hashable, Sendable {
    package let doctorID: ID<Staff>
    package let day: Day
    package let calledAt: Timestamp
    package let calledBy: ID<Staff>
    /// Code of list `doctorCall`.
    package let result: String
    package let note: String?
}

/// The table of calls to doctors.
package enum DoctorCallStore {
    /// Calls about the days from `from` on, oldest first.
    package static func list(
        clinic: ID<ClinicSite>, from: Day, limit: Int = 200, in tx: any ReadTransaction
    ) throws -> [DoctorCall] {
        try tx.rows(
            """
            SELECT doctor_id, day, called_at, called_by, result, note
            FROM doctor_call
            WHERE clinic_id = \(clinic) AND day >= \(from)
            ORDER BY called_at, id
            LIMIT \(limit)
            """
        ).map { row in
            DoctorCall(
                doctorID: try row.id("doctor_id"), day: try row.day("day"), calledAt: try row.timestamp("called_at"),
                calledBy: try row.id("called_by"), result: try row.text("result"), note: try row.textIfAny("note"))
        }
    }

    /// Somebody spoke, or tried to speak, with the doctor about this day.
    package static func hasCalled(
        _ doctor: ID<Staff>, about day: Day, clinic: ID<ClinicSite>, in tx: any ReadTransaction
    ) throws -> Bool {
        try tx.first(
            """
            SELECT id
            FROM doctor_call
            WHERE clinic_id = \(clinic) AND doctor_id = \(doctor) AND day = \(day)
            LIMIT 1
            """) != nil
    }

    static func insert(
        _ call: DoctorCall, id: ID<DoctorCall>, clinic: ID<ClinicSite>, in tx: any WriteTransaction
    ) throws {
        try tx.run(
            """
            INSERT INTO doctor_call (id, clinic_id, doctor_id, day, called_at, called_by, result, note)
            VALUES (\(id), \(clinic), \(call.doctorID), \(call.day), \(call.calledAt), \(call.calledBy), \(call.result),
                \(call.note))
            """)
    }
}

/// Logs calls to doctors.
package enum DoctorCalls {
    /// - Throws: `FormErrors` (result, note), `NotFound`, `NotAllowed`.
    package static func log(
        _ doctor: ID<Staff>, about day: Day, result: String, note: String?, by work: Work, in tx: any WriteTransaction
    ) throws {
        try work.actor.require(.moveAppointments)
        guard try StaffStore.findDoctor(doctor, clinic: work.clinic.id, in: tx) != nil else { throw NotFound("医生") }
        guard let code = work.playbook.code(result, in: .doctorCall) else {
            throw FormErrors("result", "请选择打电话的结果")
        }
        if code.needsNote, note?.nonBlank == nil { throw FormErrors("note", "选“其他”时请写一句说明") }
        let call = DoctorCall(
            doctorID: doctor, day: day, calledAt: work.now, calledBy: work.actor.id, result: result,
            note: note?.nonBlank)
        try DoctorCallStore.insert(call, id: work.newID(), clinic: work.clinic.id, in: tx)
        try Audit.append(
            Event(
                "roster.doctorCalled", of: doctor,
                ["day": JSONValue(day), "result": .text(result), "note": JSONValue(call.note)]), by: work, in: tx)
    }
}
