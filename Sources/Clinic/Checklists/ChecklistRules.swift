import Kernel

/// What is to be done when, and whether an answer is good. Pure.
package enum ChecklistRules {
    package struct Planned: Hashable, Sendable {
        package let occurrence: String
        package let label: String
        package let opensAt: Timestamp
        package let dueAt: Timestamp
    }

    /// The runs of one day; none for checklists made by an event or by hand.
    package static func planned(
        _ list: ChecklistDefinition, day: Day, rooms: [Room], playbook: Playbook, calendar: ClinicCalendar
    ) -> [Planned] {
        func plan(_ window: ChecklistDefinition.Window, _ occurrence: String, _ label: String) -> Planned {
            Planned(
                occurrence: occurrence, label: label,
                opensAt: calendar.instant(day, minute: playbook.minutes(window.from)),
                dueAt: calendar.instant(day, minute: playbook.minutes(window.due)))
        }
        switch list.every {
        case .demand, .event: return []
        case .day: return list.windows.prefix(1).map { plan($0, "", "") }
        case .shift: return list.windows.map { plan($0, $0.id, $0.label) }
        case .room: return rooms.flatMap { room in list.windows.prefix(1).map { plan($0, room.id.text, room.name) } }
        }
    }

    package struct Judged: Hashable, Sendable {
        /// As stored.
        package let value: String
        package let isOut: Bool
    }

    /// - Parameter typed: "" takes the mark back.
    /// - Throws: `ChecklistError.invalid`.
    package static func judge(
        _ item: ChecklistItem, typed: String, playbook: Playbook
    ) throws(ChecklistError) -> Judged {
        guard let text = typed.nonBlank else { return Judged(value: "", isOut: false) }
        func refuse(_ message: String) -> ChecklistError { .invalid(item: item.id, message: message) }
        switch item.kind {
        case .tick: return Judged(value: "1", isOut: false)
        case .text:
            guard text.count <= 200 else { throw refuse("最多 200 个字") }
            return Judged(value: text, isOut: false)
        case .choice:
            guard item.choices.contains(where: { $0.code == text }) else { throw refuse("请选择\(item.label)") }
            return Judged(value: text, isOut: item.bad.contains(text))
        case .number:
            guard let number = Double(text.halfWidth), number.isFinite else { throw refuse("\(item.label)请填写数字") }
            return Judged(
                value: SettingValue.decimal(number).plainText, isOut: isOut(number, item, playbook))
        }
    }

    /// "min" and "max" are still good, "below" is not.
    package static func isOut(_ number: Double, _ item: ChecklistItem, _ playbook: Playbook) -> Bool {
        if let minimum = item.minimum, number < playbook.number(minimum) { return true }
        if let maximum = item.maximum, number > playbook.number(maximum) { return true }
        if let below = item.below, number >= playbook.number(below) { return true }
        return false
    }

    /// "34 到 37.3 ℃（不含）"; nil without limits.
    package static func limitText(_ item: ChecklistItem, _ playbook: Playbook) -> String? {
        func text(_ limit: ChecklistItem.Limit) -> String { SettingValue.decimal(playbook.number(limit)).plainText }
        var parts: [String] = []
        if let minimum = item.minimum { parts.append("不少于 \(text(minimum))") }
        if let maximum = item.maximum { parts.append("不多于 \(text(maximum))") }
        if let below = item.below { parts.append("低于 \(text(below))") }
        return parts.isEmpty ? nil : parts.joined(separator: "，") + (item.unit.map { " \($0)" } ?? "")
    }

    /// Item → the mark that counts; marks taken back are not there.
    package static func latest(_ marks: [ChecklistMark]) -> [String: ChecklistMark] {
        var latest: [String: ChecklistMark] = [:]
        for mark in marks where (latest[mark.item]?.turn ?? 0) < mark.turn { latest[mark.item] = mark }
        return latest.filter { !$0.value.value.isEmpty }
    }

    /// Items that are owed and have no mark, in order.
    package static func missing(_ list: ChecklistDefinition, _ marks: [ChecklistMark]) -> [ChecklistItem] {
        let done = latest(marks)
        return list.items.filter { !$0.isOptional && done[$0.id] == nil }
    }

    /// Over-limit of the waiting area while the epidemic mode is on (R4.13).
    /// - Returns: what to do, or nil while there is room, while nothing is limited and while the mode is off.
    package static func crowding(waiting: Int, playbook: Playbook) -> String? {
        let limit = playbook[.waitingCapacity]
        guard playbook.level(of: .epidemicDirectLead) != .off, limit > 0, waiting > limit else { return nil }
        return "候诊区 \(waiting) 位，超过间距允许的 \(limit) 位，请直接引领入诊室或请客人在外面等"
    }
}
