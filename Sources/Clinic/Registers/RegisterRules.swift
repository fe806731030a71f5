import Kernel

/// What may be written into a register. Pure.
package enum RegisterRules {
    /// From how many minutes on an entry counts as written down later.
    static let lateMinutes = 15
    static let longestText = 200
    static let longestLongText = 2_000

    /// People, rooms and customers an answer may name: ids as text.
    package struct Known: Hashable, Sendable {
        package var staff: Set<String>
        /// See `PlaceText`.
        package var places: Set<String>
        package init(staff: Set<String>, places: Set<String>) {
            self.staff = staff
            self.places = places
        }
    }

    package static func isLate(happenedAt: Timestamp, recordedAt: Timestamp) -> Bool {
        recordedAt.minutes(since: happenedAt) >= lateMinutes
    }

    /// Whoever has the right and one of its roles; with no roles named, everybody with the right.
    package static func mayWrite(_ register: RegisterDefinition, _ actor: Actor) -> Bool {
        guard actor.may(.keepRegisters) else { return false }
        return actor.id == Actor.system.id || register.roles.isEmpty || !actor.roles.isDisjoint(with: register.roles)
    }

    /// Those who answer for the clinic read everything, also what they do not write.
    package static func mayRead(_ register: RegisterDefinition, _ actor: Actor) -> Bool {
        mayWrite(register, actor) || actor.may(.seeReports)
    }

    /// The answers as they are stored: trimmed, numbers and times in one form, empty ones left out.
    /// - Throws: `FormErrors` with the field's `formName`.
    package static func checked(
        _ typed: [String: String], _ fields: [RegisterField], known: Known
    ) throws(FormErrors) -> [String: String] {
        var faults = FormErrors()
        var content: [String: String] = [:]
        for field in fields {
            guard let text = typed[field.id]?.nonBlank else { continue }
            switch value(text, field, known) {
            case .success(let value): content[field.id] = value
            case .failure(let fault): faults.add(field.formName, fault.message)
            }
        }
        for field in fields where content[field.id] == nil && isOwed(field, content) {
            faults.add(field.formName, owed(field))
        }
        try faults.throwIfAny()
        return content
    }

    /// - Throws: `FormErrors` when it lies ahead.
    package static func checkTime(_ happenedAt: Timestamp, now: Timestamp) throws(FormErrors) {
        if happenedAt > now.adding(minutes: 1) { throw FormErrors("happenedAt", "发生时间不能晚于现在") }
    }

    /// What the list finds an entry by.
    package static func searchText(_ content: [String: String], customer: String?) -> String {
        let texts = content.sorted { $0.key < $1.key }.map(\.value) + [customer].compactMap(\.self)
        return String(texts.joined(separator: " ").lowercased().prefix(4_000))
    }

    /// The first day whose entries are still shown: what is older is past its retention.
    package static func firstDay(_ register: RegisterDefinition, today: Day) -> Day {
        today.adding(months: -register.retentionMonths)
    }

    // MARK: - One answer

    private struct Fault: Error { let message: String }

    private static func isOwed(_ field: RegisterField, _ content: [String: String]) -> Bool {
        if field.isRequired { return true }
        if let other = field.requiredUnless { return content[other] == nil }
        if let match = field.requiredIf { return content[match.field] == match.value }
        return false
    }

    private static func owed(_ field: RegisterField) -> String {
        switch field.kind {
        case .choice, .staff, .place, .customer: "请选择\(field.label)"
        case .tick: "请勾选“\(field.label)”"
        case .signature: "请\(field.label)"
        default: "请填写\(field.label)"
        }
    }

    private static func value(_ text: String, _ field: RegisterField, _ known: Known) -> Result<String, Fault> {
        func refuse(_ message: String) -> Result<String, Fault> { .failure(Fault(message: message)) }
        switch field.kind {
        case .text, .longText:
            let most = field.kind == .text ? longestText : longestLongText
            return text.count > most ? refuse("最多 \(most) 个字") : .success(text)
        case .number: return number(text, field)
        case .money: return money(text, field)
        case .choice:
            return field.choices.contains { $0.code == text } ? .success(text) : refuse("请从列出的\(field.label)中选一项")
        case .staff: return known.staff.contains(text) ? .success(text) : refuse("请从列出的同事中选一位")
        case .place: return known.places.contains(text) ? .success(text) : refuse("请从列出的地点中选一处")
        case .customer: return ID<Patient>(text) == nil ? refuse("请重新选择客人") : .success(text)
        case .day:
            guard let day = Day(text) else { return refuse("请填写日期，例如 2026-03-12") }
            return .success(day.iso)
        case .time:
            guard let minutes = SettingValue.clockMinutes(text.halfWidth) else { return refuse("请填写时间，例如 10:24") }
            return .success(SettingValue.clockText(minutes))
        case .tick: return .success("1")
        case .signature: return .success(text)
        }
    }

    private static func number(_ text: String, _ field: RegisterField) -> Result<String, Fault> {
        guard let number = Double(text.halfWidth), number.isFinite else {
            return .failure(Fault(message: "请填写数字"))
        }
        let low = field.minimum.map { number < $0 } ?? false
        let high = field.maximum.map { number > $0 } ?? false
        if low || high { return .failure(Fault(message: rangeText(field))) }
        return .success(SettingValue.decimal(number).plainText)
    }

    /// Stored in fen.
    private static func money(_ text: String, _ field: RegisterField) -> Result<String, Fault> {
        guard let money = Money(typed: text) else { return .failure(Fault(message: "请填写金额，例如 120 或 120.50")) }
        let low = field.minimum.map { money.fen < Int64($0 * 100) } ?? false
        let high = field.maximum.map { money.fen > Int64($0 * 100) } ?? false
        if low || high { return .failure(Fault(message: rangeText(field))) }
        return .success(String(money.fen))
    }

    private static func rangeText(_ field: RegisterField) -> String {
        func text(_ limit: Double?) -> String { limit.map { SettingValue.decimal($0).plainText } ?? "不限" }
        return "应在 \(text(field.minimum)) 到 \(text(field.maximum)) 之间"
    }
}

extension RegisterField {
    /// Name of its form field; free of the names the shell uses.
    package var formName: String { "v_\(id)" }
}

/// Where in the clinic: a room, or one of the places that every clinic has.
package enum PlaceText {
    package static let common: [FieldChoice] = [
        FieldChoice(code: "hall", label: "大厅"), FieldChoice(code: "desk", label: "前台"),
        FieldChoice(code: "waiting", label: "候诊区"), FieldChoice(code: "cashier", label: "收银台"),
        FieldChoice(code: "corridor", label: "走廊"), FieldChoice(code: "children", label: "儿童区"),
        FieldChoice(code: "toilet", label: "卫生间"), FieldChoice(code: "entrance", label: "门口"),
        FieldChoice(code: "luggageRoom", label: "行李间"), FieldChoice(code: "office", label: "办公室"),
    ]

    package static func choices(_ rooms: [Room]) -> [FieldChoice] {
        common + rooms.map { FieldChoice(code: $0.id.text, label: $0.name) }
    }
}
