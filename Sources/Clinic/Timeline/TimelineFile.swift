import Kernel
import Storage

extension TimelineSource {
    /// What happened to the file itself, from the log. What other features report shows through their own facts.
    func fileChanges() throws -> [TimelineEntry] {
        try tx.rows(
            """
            SELECT e.at, e.kind, e.payload, e.actor_id, s.name AS actor
            FROM event e
            LEFT JOIN staff s ON s.id = e.actor_id
            WHERE e.patient_id IN \(list: [patient] + (try PatientStore.absorbed(by: patient, in: tx))) AND e.at < \(before)
                AND e.subject_kind IN ('patient', 'phone', 'document')
            ORDER BY e.at DESC
            LIMIT \(limit)
            """
        ).compactMap { row in
            let payload = EventPayload(try row.text("payload"))
            guard let (text, details) = FilePhrases.sentence(try row.text("kind"), payload, viewer.playbook) else {
                return nil
            }
            let isSystem = try row.int64("actor_id") == Actor.system.id.raw
            return TimelineEntry(
                .file, .neutral, at: try row.timestamp("at"), text, details: details,
                who: isSystem ? Actor.system.name : try row.textIfAny("actor"))
        }
    }
}

/// Chinese sentences for the events of a file.
enum FilePhrases {
    /// - Returns: nil for a kind that is not told.
    static func sentence(_ kind: String, _ payload: EventPayload, _ playbook: Playbook) -> (String, [String])? {
        switch kind {
        case "patient.registered":
            let source = payload.text("sourceChannel").map { "了解渠道：" + playbook.label($0, in: .sourceChannel) }
            let missing = payload.text("phoneMissingReason").map { "未留电话：" + playbook.label($0, in: .phoneMissing) }
            return ("登记建档 · 病历号 \(payload.text("recordNo") ?? "")", [source, missing].compactMap { $0 })
        case "patient.edited": return ("修改资料 · \(changedFields(payload))", changes(payload))
        case "patient.contactConfirmed": return ("核对电话和住址，没有变化", [])
        case "patient.alertRecorded": return ("记录病史 · \(history(payload, playbook))", [])
        case "patient.alertEnded": return ("停用病史 · \(history(payload, playbook))", [])
        case "patient.wishRecorded":
            let wish = payload.text("kind").flatMap(PatientWish.Kind.init(rawValue:))?.label ?? ""
            return ("记录要求 · \(wish)", [])
        case "patient.wishEnded": return ("停用一条要求", [])
        case "patient.consentGiven":
            let kinds = payload.texts("kinds").compactMap { ConsentKind(rawValue: $0)?.label }
            return ("同意 · \(kinds.joined(separator: "、"))", payload.text("notice").map { ["隐私告知版本 \($0)"] } ?? [])
        case "patient.consentWithdrawn":
            return ("撤回 · \(payload.text("kind").flatMap(ConsentKind.init(rawValue:))?.label ?? "")", [])
        case "phone.revealed": return ("查看了完整电话", unmaskReason(payload, playbook))
        case "document.revealed": return ("查看了完整证件号", unmaskReason(payload, playbook))
        default: return nil
        }
    }

    private static func history(_ payload: EventPayload, _ playbook: Playbook) -> String {
        payload.text("code").map { playbook.label($0, in: .medicalHistory) } ?? ""
    }

    private static func unmaskReason(_ payload: EventPayload, _ playbook: Playbook) -> [String] {
        payload.text("reason").map { [playbook.label($0, in: .unmask)] } ?? []
    }

    private static func changedFields(_ payload: EventPayload) -> String {
        payload.objects("changes").compactMap {
            $0["field"].flatMap { $0 }.flatMap(PatientField.init(rawValue:))?.label
        }
        .joined(separator: "、")
    }

    /// Only fields whose values say something without context.
    private static func changes(_ payload: EventPayload) -> [String] {
        payload.objects("changes").compactMap { change in
            guard let field = change["field"].flatMap({ $0 }).flatMap(PatientField.init(rawValue:)),
                [.name, .phone, .bornOn, .document, .salutation].contains(field)
            else { return nil }
            return "\(field.label)：\(change["from"].flatMap { $0 } ?? "无") → \(change["to"].flatMap { $0 } ?? "无")"
        }
    }
}
