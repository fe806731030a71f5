import Kernel
import Storage

/// Somebody asks for leave, or to swap days with a colleague (R13.02).
package struct RosterRequest: Hashable, Sendable {
    package enum Kind: String, Hashable, Sendable, SQLBindable {
        case leave, swap
        package var label: String { self == .leave ? "请假" : "换班" }
    }
    package enum Decision: String, Hashable, Sendable, SQLBindable {
        case approved, refused
        package var label: String { self == .approved ? "已批准" : "未批准" }
    }
    package enum State: Hashable, Sendable {
        /// A swap waits for the colleague's yes.
        case askingColleague
        case waiting
        case decided(Decision)
        case withdrawn
    }

    package let id: ID<RosterRequest>
    package let staffID: ID<Staff>
    package let kind: Kind
    /// Code of list `leaveReason`.
    package let reason: String
    package let note: String?
    /// Of leave: the first day. Of a swap: the day the colleague takes over.
    package let firstDay: Day
    /// Inclusive. Of a swap: the day the asking person works in return; the same day when nothing is given in return.
    package let lastDay: Day
    /// Of leave for a part of one day; nil: whole days.
    package let units: Range<Int>?
    package let colleagueID: ID<Staff>?
    package let agreedAt: Timestamp?
    package let askedAt: Timestamp
    package let decidedAt: Timestamp?
    package let decidedBy: ID<Staff>?
    package let decision: Decision?
    package let decisionNote: String?
    package let withdrawnAt: Timestamp?
    package let version: Int

    /// A request as it is when it was just asked.
    package init(_ ask: AskRoster, id: ID<RosterRequest>, staff: ID<Staff>, at now: Timestamp) {
        self.init(
            id: id, staffID: staff, kind: ask.kind, reason: ask.reason, note: ask.note, firstDay: ask.firstDay,
            lastDay: ask.lastDay, units: ask.units, colleagueID: ask.colleagueID, agreedAt: nil, askedAt: now,
            decidedAt: nil, decidedBy: nil, decision: nil, decisionNote: nil, withdrawnAt: nil, version: 1)
    }

    init(
        id: ID<RosterRequest>, staffID: ID<Staff>, kind: Kind, reason: String, note: String?, firstDay: Day,
        lastDay: Day, units: Range<Int>?, colleagueID: ID<Staff>?, agreedAt: Timestamp?, askedAt: Timestamp,
        decidedAt: Timestamp?, decidedBy: ID<Staff>?, decision: Decision?, decisionNote: String?,
        withdrawnAt: Timestamp?, version: Int
    ) {
        self.id = id
        self.staffID = staffID
        self.kind = kind
        self.reason = reason
        self.note = note
        self.firstDay = firstDay
        self.lastDay = lastDay
        self.units = units
        self.colleagueID = colleagueID
        self.agreedAt = agreedAt
        self.askedAt = askedAt
        self.decidedAt = decidedAt
        self.decidedBy = decidedBy
        self.decision = decision
        self.decisionNote = decisionNote
        self.withdrawnAt = withdrawnAt
        self.version = version
    }

    package var state: State {
        if withdrawnAt != nil { return .withdrawn }
        if let decision { return .decided(decision) }
        return kind == .swap && agreedAt == nil ? .askingColleague : .waiting
    }
    package var isOpen: Bool { state == .waiting || state == .askingColleague }

    /// Days of the roster that change when it is approved.
    package var days: [Day] {
        switch kind {
        case .leave: (0...max(0, lastDay.days(since: firstDay))).map { firstDay.adding(days: $0) }
        case .swap: firstDay == lastDay ? [firstDay] : [firstDay, lastDay].sorted()
        }
    }

    /// "3 月 20 日 星期五", "3 月 20 日 – 3 月 22 日（3 天）", "3 月 20 日 13:30–18:00"
    package var whenText: String {
        switch kind {
        case .swap:
            return firstDay == lastDay
                ? "\(firstDay.longText) 请人代班" : "\(firstDay.longText) 换 \(lastDay.longText)"
        case .leave:
            if let units {
                return "\(firstDay.longText) \(Unit(units.lowerBound).clockText)–\(Unit(units.upperBound).clockText)"
            }
            return firstDay == lastDay
                ? firstDay.longText
                : "\(firstDay.monthDayText) – \(lastDay.monthDayText)（\(days.count) 天）"
        }
    }
}

/// What is asked, as the form has it.
package struct AskRoster: Hashable, Sendable {
    package var kind: RosterRequest.Kind
    package var reason: String
    package var note: String?
    package var firstDay: Day
    package var lastDay: Day
    package var units: Range<Int>?
    package var colleagueID: ID<Staff>?

    package init(
        kind: RosterRequest.Kind, reason: String, note: String? = nil, firstDay: Day, lastDay: Day? = nil,
        units: Range<Int>? = nil, colleagueID: ID<Staff>? = nil
    ) {
        self.kind = kind
        self.reason = reason
        self.note = note
        self.firstDay = firstDay
        self.lastDay = lastDay ?? firstDay
        self.units = units
        self.colleagueID = colleagueID
    }
}

/// The rules of requests. Pure.
package enum RosterRequestRules {
    /// Longest leave that one request may ask, in days.
    package static let longestLeave = 90

    /// - Throws: `FormErrors` (firstDay, lastDay, units, colleague).
    package static func check(_ ask: AskRoster, asker: ID<Staff>, today: Day) throws(FormErrors) {
        var errors = FormErrors()
        if ask.firstDay < today { errors.add("firstDay", "请选今天或以后的日期") }
        switch ask.kind {
        case .leave:
            if ask.lastDay < ask.firstDay { errors.add("lastDay", "最后一天不能早于第一天") }
            if ask.lastDay.days(since: ask.firstDay) >= longestLeave {
                errors.add("lastDay", "一次最多请 \(longestLeave) 天，更长的请分两次")
            }
            if let units = ask.units, units.isEmpty { errors.add("units", "结束时间要晚于开始时间") }
            if ask.units != nil, ask.lastDay != ask.firstDay { errors.add("units", "请几个小时只能选同一天") }
        case .swap:
            if ask.lastDay < today { errors.add("lastDay", "请选今天或以后的日期") }
            if ask.colleagueID == nil { errors.add("colleague", "请选择和谁换") }
            if ask.colleagueID == asker { errors.add("colleague", "不能和自己换班，请选一位同事") }
        }
        try errors.throwIfAny()
    }

    /// What each person works on the days of the request once it is approved; days that do not change are left out.
    /// A swap exchanges hours, not chairs: who takes over works where the other one would have.
    package static func effect(
        _ request: RosterRequest, _ facts: RosterFacts
    ) -> [(staff: ID<Staff>, day: Day, spans: [WorkSpan])] {
        func own(_ staff: ID<Staff>, _ day: Day) -> [WorkSpan] { RosterRules.allSpans(of: staff, on: day, facts) }
        switch request.kind {
        case .leave:
            return request.days.compactMap { day in
                let before = own(request.staffID, day)
                let after = request.units.map { RosterRules.without($0, before) } ?? []
                return before == after ? nil : (request.staffID, day, after)
            }
        case .swap:
            guard let colleague = request.colleagueID else { return [] }
            return request.days.flatMap { day -> [(staff: ID<Staff>, day: Day, spans: [WorkSpan])] in
                let (mine, theirs) = (own(request.staffID, day), own(colleague, day))
                guard mine != theirs else { return [] }
                // Somebody who covers without a day in return keeps the own hours beside the colleague's.
                guard request.firstDay == request.lastDay else {
                    return [(request.staffID, day, theirs), (colleague, day, mine)]
                }
                let both = (theirs + mine.filter { span in theirs.allSatisfy { !overlaps($0, span) } })
                    .sorted { $0.start < $1.start }
                return [(request.staffID, day, []), (colleague, day, both)]
            }
        }
    }

    private static func overlaps(_ a: WorkSpan, _ b: WorkSpan) -> Bool { a.start < b.end && b.start < a.end }
}

/// The table of requests.
package enum RosterRequestStore {
    /// Open ones first, then the last decided ones.
    package static func list(
        clinic: ID<ClinicSite>, staff: ID<Staff>? = nil, since: Timestamp, limit: Int = 100, in tx: any ReadTransaction
    ) throws -> [RosterRequest] {
        let person: SQL = staff.map { " AND (staff_id = \($0) OR colleague_id = \($0))" } ?? ""
        return try select(
            """
            clinic_id = \(clinic) AND ((decided_at IS NULL AND withdrawn_at IS NULL) OR asked_at >= \(since))\(person)
            ORDER BY CASE WHEN decided_at IS NULL AND withdrawn_at IS NULL THEN 0 ELSE 1 END, first_day, id
            LIMIT \(limit)
            """, in: tx)
    }

    /// - Throws: `NotFound`.
    package static func get(
        _ id: ID<RosterRequest>, clinic: ID<ClinicSite>, in tx: any ReadTransaction
    ) throws -> RosterRequest {
        guard let request = try select("id = \(id) AND clinic_id = \(clinic)", in: tx).first else {
            throw NotFound("申请")
        }
        return request
    }

    /// How many wait for a decision.
    package static func countWaiting(clinic: ID<ClinicSite>, in tx: any ReadTransaction) throws -> Int {
        Int(
            try tx.first(
                """
                SELECT COUNT(*) AS n
                FROM roster_request
                WHERE clinic_id = \(clinic) AND decided_at IS NULL AND withdrawn_at IS NULL
                    AND (kind = 'leave' OR agreed_at IS NOT NULL)
                """
            )?.int64("n") ?? 0)
    }

    private static func select(_ condition: SQL, in tx: any ReadTransaction) throws -> [RosterRequest] {
        try tx.rows(
            """
            SELECT id, staff_id, kind, reason, note, first_day, last_day, start_unit, end_unit, colleague_id, agreed_at,
                asked_at, decided_at, decided_by, decision, decision_note, withdrawn_at, version
            FROM roster_request
            WHERE \(condition)
            """
        ).map(request)
    }

    private static func request(_ row: Row) throws -> RosterRequest {
        var units: Range<Int>?
        if let start = try row.intIfAny("start_unit"), let end = try row.intIfAny("end_unit"), start <= end {
            units = start..<end
        }
        return RosterRequest(
            id: try row.id("id"), staffID: try row.id("staff_id"), kind: try row.code("kind"),
            reason: try row.text("reason"), note: try row.textIfAny("note"), firstDay: try row.day("first_day"),
            lastDay: try row.day("last_day"), units: units, colleagueID: try row.idIfAny("colleague_id"),
            agreedAt: try row.timestampIfAny("agreed_at"), askedAt: try row.timestamp("asked_at"),
            decidedAt: try row.timestampIfAny("decided_at"), decidedBy: try row.idIfAny("decided_by"),
            decision: try row.codeIfAny("decision"), decisionNote: try row.textIfAny("decision_note"),
            withdrawnAt: try row.timestampIfAny("withdrawn_at"), version: try row.int("version"))
    }

    package static func insert(
        _ ask: AskRoster, id: ID<RosterRequest>, staff: ID<Staff>, clinic: ID<ClinicSite>, now: Timestamp,
        in tx: any WriteTransaction
    ) throws {
        try tx.run(
            """
            INSERT INTO roster_request (id, clinic_id, staff_id, kind, reason, note, first_day, last_day, start_unit,
                end_unit, colleague_id, asked_at, version)
            VALUES (\(id), \(clinic), \(staff), \(ask.kind), \(ask.reason), \(ask.note), \(ask.firstDay), \(ask.lastDay),
                \(ask.units?.lowerBound), \(ask.units?.upperBound), \(ask.colleagueID), \(now), 1)
            """)
    }

    /// - Returns: false when somebody else changed it meanwhile; so do the next two.
    package static func agree(_ r: RosterRequest, at now: Timestamp, in tx: any WriteTransaction) throws -> Bool {
        try tx.run(
            """
            UPDATE roster_request SET agreed_at = \(now), version = version + 1
            WHERE id = \(r.id) AND version = \(r.version)
            """) == 1
    }

    package static func withdraw(_ r: RosterRequest, at now: Timestamp, in tx: any WriteTransaction) throws -> Bool {
        try tx.run(
            """
            UPDATE roster_request SET withdrawn_at = \(now), version = version + 1
            WHERE id = \(r.id) AND version = \(r.version)
            """) == 1
    }

    package static func decide(
        _ r: RosterRequest, _ decision: RosterRequest.Decision, note: String?, by: ID<Staff>, at now: Timestamp,
        in tx: any WriteTransaction
    ) throws -> Bool {
        try tx.run(
            """
            UPDATE roster_request
            SET decided_at = \(now), decided_by = \(by), decision = \(decision), decision_note = \(note),
                version = version + 1
            WHERE id = \(r.id) AND version = \(r.version)
            """) == 1
    }
}
