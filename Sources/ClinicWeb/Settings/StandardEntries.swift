import Clinic
import Hummingbird
import Kernel
import Storage

/// What the pages of one entry of the service standard share: scope, history, who may change it (R16.14).
enum StandardEntries {
    struct Past: Sendable {
        let rows: [HistoryRowView]
        let overridden: [(value: String, label: String)]
    }

    static func scope(_ request: StaffRequest) -> PlaybookScope {
        request.form["scope"] == "organisation" ? .organisation : .clinic(request.clinic.id)
    }

    static func reset(_ key: OverrideKey, _ request: StaffRequest) async throws {
        let (scope, work) = (scope(request), request.work)
        try await request.writeOrganisation(changing: .standard) { tx in
            try PlaybookEditing.reset(key, scope: scope, reason: "恢复", by: work, in: tx)
        }
    }

    /// Who may change it, in words; nil for what nobody owns.
    static func owners(_ key: OverrideKey, _ playbook: Playbook) -> String? {
        guard let owners = playbook.owners(of: key), !owners.isEmpty else { return nil }
        return owners.compactMap { playbook.role($0)?.name }.joined(separator: "、")
    }

    /// Why the person may not change it; nil when he may.
    static func refusal(_ key: OverrideKey, _ request: StaffRequest) -> String? {
        let playbook = request.work.playbook
        guard let owners = playbook.owners(of: key), !owners.isEmpty,
            request.actor.roles.isDisjoint(with: owners), let names = Self.owners(key, playbook)
        else { return nil }
        return "这一项由\(names)修改，请找他们处理"
    }

    static func history(
        _ key: OverrideKey, _ request: StaffRequest, _ text: @escaping @Sendable (String) -> String
    ) async throws -> Past {
        let (clinic, calendar) = (request.clinic.id, request.clinic.calendar)
        return try await request.read { tx in
            let own = try PlaybookStore.history(key, scope: .clinic(clinic), in: tx)
            let common = try PlaybookStore.history(key, scope: .organisation, in: tx)
            let all = (own + common).sorted { ($0.setAt, $0.id) > ($1.setAt, $1.id) }
            let names = try StaffStore.names(Set(all.map(\.setBy)), in: tx)
            var overridden: [(value: String, label: String)] = []
            if own.contains(where: { $0.endedAt == nil }) { overridden.append(("clinic", "去掉本门诊的改动")) }
            if common.contains(where: { $0.endedAt == nil }) { overridden.append(("organisation", "去掉全机构的改动")) }
            let rows = all.map { record in
                HistoryRowView(
                    at: calendar.dateTimeText(record.setAt), who: names[record.setBy] ?? "",
                    scope: record.scope == .organisation ? "机构" : "本门诊", value: text(record.override.value),
                    reason: record.reason ?? "", isEnded: record.endedAt != nil)
            }
            return Past(rows: rows, overridden: overridden)
        }
    }

    /// Who changed what of one kind last, and when: "周敏 3 月 12 日". Only what is in force.
    static func lastChanges(_ kind: OverrideKind, _ request: StaffRequest) async throws -> [String: String] {
        let (clinic, calendar) = (request.clinic.id, request.clinic.calendar)
        return try await request.read { tx in
            let records = try PlaybookStore.listInForce(kind, clinic: clinic, in: tx)
            let names = try StaffStore.names(Set(records.map(\.setBy)), in: tx)
            // In order of time: the later of clinic and organisation stays.
            return records.reduce(into: [:]) { changes, record in
                let day = calendar.wallClock(record.setAt).day
                changes[record.override.key] = "\(names[record.setBy] ?? "") \(day.monthDayText)"
            }
        }
    }

    static func page(
        _ content: SettingPage.Content, _ request: StaffRequest, _ faults: FormErrors
    ) async throws -> Response {
        let page = SettingPage(
            content, typed: request.form, faults: faults,
            shell: try await request.shell(title: "设置", area: .settings))
        return try request.page(page, status: faults.isEmpty ? .ok : .unprocessableContent)
    }
}
