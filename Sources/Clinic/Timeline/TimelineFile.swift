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
                AND e.subject_kind IN \(list: FilePhrases.subjects)
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
    /// Subjects whose events are told here; other features tell their facts themselves.
    static let subjects = [
        "patient", "phone", "document", "intake", "observation", "chart", "chartEntry", "record", "recordCopy",
    ]

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
        case "patient.merged": return ("并入另一份档案", [])
        case "patient.mergeUndone": return ("撤回了档案合并", [])
        case "patient.readBack": return ("电话登记的姓名和电话已复述核对", [])
        case "intake.completed": return ("初诊表填写、签名、查核完成", [])
        case "intake.attached": return ("客人自己填的初诊表已核实", [])
        case "observation.written": return ("给医生的提示", payload.text("words").map { [$0] } ?? [])
        case "chart.moved":
            let state = payload.text("to").flatMap(ChartState.init(rawValue:))?.label ?? ""
            return ("纸质病历 · \(state)", [])
        case "chartEntry.stamped": return ("录入纸质病历", payload.text("stamp").map { ["录入章 \($0)"] } ?? [])
        case "chartEntry.corrected": return ("更正录入的病历", payload.text("stamp").map { ["录入章 \($0)"] } ?? [])
        case "record.printed": return ("打印病历 · \(purpose(payload, playbook))", [])
        case "recordCopy.requested": return ("登记病历复印 · \(purpose(payload, playbook))", [])
        case "recordCopy.handed": return ("复印材料已交客人", [])
        case "phone.revealed": return ("查看了完整电话", unmaskReason(payload, playbook))
        case "document.revealed": return ("查看了完整证件号", unmaskReason(payload, playbook))
        default: return nil
        }
    }

    private static func history(_ payload: EventPayload, _ playbook: Playbook) -> String {
        payload.text("code").map { playbook.label($0, in: .medicalHistory) } ?? ""
    }

    private static func purpose(_ payload: EventPayload, _ playbook: Playbook) -> String {
        payload.text("purpose").map { playbook.label($0, in: .recordPurpose) } ?? ""
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
