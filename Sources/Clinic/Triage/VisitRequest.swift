import Kernel
import Storage

/// Something a customer in the clinic needs or asks: a hand (R1.25, R4.41), a small wish (R4.47), an answer of a doctor
/// (R4.48). Each ends with a result.
package struct VisitRequest: Hashable, Sendable {
    package let id: ID<VisitRequest>
    package let visitID: ID<Visit>
    package let kind: Kind
    package let text: String
    /// Who is asked; of questions.
    package let doctorID: ID<Staff>?
    package let askedAt: Timestamp
    package let askedBy: ID<Staff>
    package let closed: Closing?

    package var isOpen: Bool { closed == nil }

    package enum Kind: String, Sendable, CaseIterable {
        case help, wish, question
        package var label: String {
            switch self {
            case .help: "要人帮忙"
            case .wish: "小要求"
            case .question: "问医生"
            }
        }
        /// What a need of the list `waitingNeed` is: somebody looks after the customer (R4.41), brings something (R4.47)
        /// or asks the doctor (R4.48).
        package init(need: String) {
            switch need {
            case "cold", "pain", "nervous", "alone", "child": self = .help
            case "question": self = .question
            default: self = .wish
            }
        }
        var fact: TaskRule.Fact {
            switch self {
            case .help: .helpNeeded
            case .wish: .wishAsked
            case .question: .questionAsked
            }
        }
        /// The results that are offered, the usual one first.
        package var results: [Result] {
            switch self {
            case .help: [.done, .declined]
            case .wish: [.done, .notPossible]
            case .question: [.answered, .inRoom]
            }
        }
    }

    package enum Result: String, Sendable, CaseIterable {
        case done, declined, notPossible, answered, inRoom
        /// The customer left before.
        case gone
        package var label: String {
            switch self {
            case .done: "办好了"
            case .declined: "客人不需要"
            case .notPossible: "办不到"
            case .answered: "已答复"
            case .inRoom: "就诊时当面说"
            case .gone: "客人已离开"
            }
        }
        /// The answer itself, or why it was not possible.
        package var needsNote: Bool { self == .notPossible || self == .answered }

        /// What an answer given on the workbench means.
        init?(taskOutcome: String) {
            switch taskOutcome {
            case "done", "helped": self = .done
            case "notPossible": self = .notPossible
            case "declined": self = .declined
            case "answered": self = .answered
            case "inRoom": self = .inRoom
            default: return nil
            }
        }
    }

    package struct Closing: Hashable, Sendable {
        package let result: Result
        package let note: String?
        package let at: Timestamp
        package let by: ID<Staff>
    }
}

/// SQL of `visit_request`.
package enum VisitRequestStore {
    /// Oldest first.
    package static func list(of visit: ID<Visit>, in tx: any ReadTransaction) throws -> [VisitRequest] {
        try list("visit_id = \(visit)", in: tx)
    }

    /// Of a range of days, both ends included.
    package static func list(
        clinic: ID<ClinicSite>, from: Day, to: Day, in tx: any ReadTransaction
    ) throws -> [VisitRequest] {
        try list("clinic_id = \(clinic) AND business_day BETWEEN \(from) AND \(to)", in: tx)
    }

    /// Not done yet, of all customers of a day.
    package static func open(
        clinic: ID<ClinicSite>, day: Day, in tx: any ReadTransaction
    ) throws -> [VisitRequest] {
        try list("clinic_id = \(clinic) AND business_day = \(day) AND closed_at IS NULL", in: tx)
    }

    /// - Throws: `NotFound` also for another clinic's.
    package static func get(
        _ id: ID<VisitRequest>, clinic: ID<ClinicSite>, in tx: any ReadTransaction
    ) throws -> VisitRequest {
        guard let only = try list("id = \(id) AND clinic_id = \(clinic)", in: tx).first else {
            throw NotFound("客人的要求")
        }
        return only
    }

    private static func list(_ condition: SQL, in tx: any ReadTransaction) throws -> [VisitRequest] {
        try tx.rows(
            """
            SELECT id, visit_id, kind, text, doctor_id, asked_at, asked_by, result, result_note, closed_at, closed_by
            FROM visit_request
            WHERE \(condition)
            ORDER BY asked_at, id
            LIMIT 2000
            """
        ).map { row in
            let result = try row.codeIfAny("result", VisitRequest.Result.self)
            return VisitRequest(
                id: try row.id("id"), visitID: try row.id("visit_id"), kind: try row.code("kind"),
                text: try row.text("text"), doctorID: try row.idIfAny("doctor_id"),
                askedAt: try row.timestamp("asked_at"), askedBy: try row.id("asked_by"),
                closed: try result.map {
                    VisitRequest.Closing(
                        result: $0, note: try row.textIfAny("result_note"), at: try row.timestamp("closed_at"),
                        by: try row.id("closed_by"))
                })
        }
    }

    static func insert(
        _ r: VisitRequest, day: Day, clinic: ID<ClinicSite>, in tx: any WriteTransaction
    ) throws {
        try tx.run(
            """
            INSERT INTO visit_request (id, clinic_id, business_day, visit_id, kind, text, doctor_id, asked_by, asked_at)
            VALUES (\(r.id), \(clinic), \(day), \(r.visitID), \(r.kind.rawValue), \(r.text), \(r.doctorID),
                \(r.askedBy), \(r.askedAt))
            """)
    }

    /// - Returns: false when somebody else closed it in between.
    static func close(
        _ id: ID<VisitRequest>, _ closing: VisitRequest.Closing, in tx: any WriteTransaction
    ) throws -> Bool {
        try tx.run(
            """
            UPDATE visit_request
            SET result = \(closing.result.rawValue), result_note = \(closing.note), closed_at = \(closing.at),
                closed_by = \(closing.by)
            WHERE id = \(id) AND closed_at IS NULL
            """) == 1
    }

    /// For an answer that is taken back within the undo time.
    static func reopen(_ id: ID<VisitRequest>, in tx: any WriteTransaction) throws {
        try tx.run(
            """
            UPDATE visit_request
            SET result = NULL, result_note = NULL, closed_at = NULL, closed_by = NULL
            WHERE id = \(id)
            """)
    }
}
