import Kernel
import Storage

/// What a customer is asked before a visit that was booked from afar (R3.45). Online, on the phone and at the desk alike.
package struct Screening: Hashable, Sendable {
    package let id: ID<Screening>
    package let patientID: ID<Patient>
    package let appointmentID: ID<Appointment>?
    /// Code of list `bookingChannel`.
    package let channel: String
    /// Code of list `screening` → yes.
    package let answers: [String: Bool]
    /// The customer was told to wear a mask and bring a spare.
    package let isReminded: Bool
    package let answeredAt: Timestamp
    /// nil: the customer, online.
    package let recordedBy: ID<Staff>?

    /// Questions answered with yes: the supervisor is asked before the visit.
    package var concerns: [String] { answers.filter(\.value).keys.sorted() }

    /// The questions, in order; none while the mode is off, so that nothing of it shows.
    package static func questions(_ playbook: Playbook) -> [Code] {
        playbook.level(of: .epidemicScreening) == .off ? [] : playbook.codes(.screening)
    }

    /// What every customer is told with the booking; nil while the mode is off.
    package static func advice(_ playbook: Playbook) -> String? {
        playbook.level(of: .epidemicScreening) == .off ? nil : "请戴好口罩来，并带一个备用的；治疗结束后马上戴上。"
    }
}

package enum Screenings {
    /// Keeps the answers. Every question must be answered.
    /// - Parameter answers: code of the question → yes.
    /// - Throws: `FormErrors` whose fields are `screening.<code>`.
    package static func record(
        patient: ID<Patient>, appointment: ID<Appointment>?, channel: String, answers: [String: Bool], isReminded: Bool,
        by work: Work, in tx: any WriteTransaction
    ) throws -> Screening {
        let questions = Screening.questions(work.playbook)
        var faults = FormErrors()
        for question in questions where answers[question.code] == nil {
            faults.add("screening.\(question.code)", "请回答“是”或“否”")
        }
        try faults.throwIfAny()
        let known = answers.filter { answer in questions.contains { $0.code == answer.key } }
        let screening = Screening(
            id: work.newID(), patientID: patient, appointmentID: appointment, channel: channel, answers: known,
            isReminded: isReminded, answeredAt: work.now,
            recordedBy: work.actor.id == Actor.system.id ? nil : work.actor.id)
        try ScreeningStore.insert(screening, clinic: work.clinic.id, in: tx)
        try Audit.append(
            Event(
                "screening.recorded", of: screening.id, patient: patient,
                ["appointment": JSONValue(appointment), "concerns": .list(screening.concerns.map(JSONValue.text))]),
            by: work, in: tx)
        return screening
    }
}

package enum ScreeningStore {
    /// The last answers for each of these bookings.
    package static func latest(
        for appointments: [ID<Appointment>], in tx: any ReadTransaction
    ) throws -> [ID<Appointment>: Screening] {
        guard !appointments.isEmpty else { return [:] }
        let rows = try tx.rows(
            """
            SELECT id, patient_id, appointment_id, channel, reminded_at, answered_at, recorded_by
            FROM screening
            WHERE appointment_id IN \(list: appointments)
            ORDER BY answered_at, id
            """)
        let answers = try answers(of: try rows.map { try $0.id("id") }, in: tx)
        var found: [ID<Appointment>: Screening] = [:]
        for row in rows {
            let id: ID<Screening> = try row.id("id")
            let recorder = try row.int64("recorded_by")
            found[try row.id("appointment_id")] = Screening(
                id: id, patientID: try row.id("patient_id"), appointmentID: try row.idIfAny("appointment_id"),
                channel: try row.text("channel"), answers: answers[id] ?? [:],
                isReminded: try !row.isNull("reminded_at"), answeredAt: try row.timestamp("answered_at"),
                recordedBy: recorder == 0 ? nil : ID(raw: recorder))
        }
        return found
    }

    private static func answers(
        of ids: [ID<Screening>], in tx: any ReadTransaction
    ) throws -> [ID<Screening>: [String: Bool]] {
        guard !ids.isEmpty else { return [:] }
        var answers: [ID<Screening>: [String: Bool]] = [:]
        for row in try tx.rows(
            "SELECT screening_id, question, is_yes FROM screening_answer WHERE screening_id IN \(list: ids)")
        {
            answers[try row.id("screening_id"), default: [:]][try row.text("question")] = try row.bool("is_yes")
        }
        return answers
    }

    static func insert(_ s: Screening, clinic: ID<ClinicSite>, in tx: any WriteTransaction) throws {
        let values: [any SQLBindable] = [
            s.id, clinic, s.patientID, s.appointmentID, s.channel, s.concerns.count,
            s.isReminded ? s.answeredAt : nil, s.answeredAt, s.recordedBy?.raw ?? 0,
        ]
        try tx.run(
            """
            INSERT INTO screening (id, clinic_id, patient_id, appointment_id, channel, concerns, reminded_at, answered_at,
                recorded_by)
            VALUES \(rows: [values])
            """)
        guard !s.answers.isEmpty else { return }
        let rows = s.answers.sorted { $0.key < $1.key }.map { [s.id, $0.key, $0.value] as [any SQLBindable] }
        try tx.run("INSERT INTO screening_answer (screening_id, question, is_yes) VALUES \(rows: rows)")
    }
}

/// What a customer who comes without a booking is told (R3.52).
package enum EpidemicNotice {
    /// The sentences of the script; none while the mode, or the rule, is off.
    package static func lines(_ playbook: Playbook) -> [String] {
        guard playbook.level(of: .epidemicWalkInNotice) != .off else { return [] }
        return playbook.script("epidemic.notice")?.steps.map(\.say) ?? []
    }
}
