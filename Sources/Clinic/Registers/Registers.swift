import Kernel
import Storage

/// Writes registers (design idea 2). An entry is never changed or deleted: each correction is a version with who, when
/// and why (R16.04).
package enum Registers {
    /// - Throws: `FormErrors`, `RegisterError`, `NotFound`, `NotAllowed`.
    package static func enter(
        _ command: EnterRegister, by work: Work, in tx: any WriteTransaction
    ) throws -> RegisterEntry {
        let register = try writable(command.register, work)
        let happenedAt = command.happenedAt ?? work.now
        try RegisterRules.checkTime(happenedAt, now: work.now)
        var content = try checked(command.typed, register.fields, work, in: tx)
        let id = work.newID(RegisterEntry.self)
        try sign(register.fields, &content, id, by: work, in: tx)
        let entry = RegisterEntry(
            id: id, clinicID: work.clinic.id, register: register.id,
            businessDay: work.clinic.calendar.businessDay(of: happenedAt), happenedAt: happenedAt,
            recordedAt: work.now, recordedBy: work.actor.id, patientID: patient(register, content), content: content,
            state: register.closing == nil ? .kept : .open, closedAt: nil, closedBy: nil, version: 1)
        let key = try freeKey(register, entry, in: tx)
        let search = try searchText(entry, in: tx)
        try RegisterStore.insert(entry, key: key, search: search, in: tx)
        try finish(entry, .entered, reason: nil, register, cause: "", by: work, in: tx)
        return entry
    }

    /// The second half: returned, left, cleaned.
    /// - Throws: `FormErrors`, `RegisterError`, `ChangedMeanwhile`, `NotFound`, `NotAllowed`.
    package static func close(
        _ id: ID<RegisterEntry>, version: Int, typed: [String: String], by work: Work, in tx: any WriteTransaction
    ) throws -> RegisterEntry {
        let (entry, register) = try load(id, version, work, in: tx)
        guard let closing = register.closing else { throw RegisterError.noSecondHalf }
        guard entry.state == .open else { throw RegisterError.closed(state: stateText(entry, register)) }
        var answers = try checked(typed, closing.fields, work, in: tx)
        try sign(closing.fields, &answers, id, by: work, in: tx)
        var next = Draft(entry)
        next.content.merge(answers) { $1 }
        next.state = .closed
        (next.closedAt, next.closedBy) = (work.now, work.actor.id)
        return try save(next, entry, .closed, reason: nil, register, cause: closing.closedState, by: work, in: tx)
    }

    /// Other answers, or another time, for an entry that was wrong. Signatures stay as they were given.
    /// - Throws: `FormErrors`, `RegisterError`, `ChangedMeanwhile`, `NotFound`, `NotAllowed`.
    package static func correct(
        _ id: ID<RegisterEntry>, version: Int, typed: [String: String], happenedAt: Timestamp?, reason: String,
        by work: Work, in tx: any WriteTransaction
    ) throws -> RegisterEntry {
        let (entry, register) = try load(id, version, work, in: tx)
        guard entry.state != .void else { throw RegisterError.closed(state: "作废") }
        guard let reason = reason.nonBlank else { throw FormErrors("reason", "请写明为什么更正") }
        let time = happenedAt ?? entry.happenedAt
        try RegisterRules.checkTime(time, now: work.now)
        let fields = (entry.state == .closed ? register.allFields : register.fields).map { field in
            field.kind == .signature ? field.optional : field
        }
        var next = Draft(entry)
        next.content = try checked(typed.filter { register.field($0.key)?.kind != .signature }, fields, work, in: tx)
        for field in fields where field.kind == .signature { next.content[field.id] = entry.content[field.id] }
        next.happenedAt = time
        return try save(next, entry, .corrected, reason: reason, register, cause: "已更正", by: work, in: tx)
    }

    /// It was closed by mistake.
    /// - Throws: `FormErrors`, `RegisterError`, `ChangedMeanwhile`, `NotFound`, `NotAllowed`.
    package static func reopen(
        _ id: ID<RegisterEntry>, version: Int, reason: String, by work: Work, in tx: any WriteTransaction
    ) throws -> RegisterEntry {
        let (entry, register) = try load(id, version, work, in: tx)
        guard entry.state == .closed, let closing = register.closing else { throw RegisterError.notClosed }
        guard let reason = reason.nonBlank else { throw FormErrors("reason", "请写明为什么撤回") }
        var next = Draft(entry)
        for field in closing.fields { next.content[field.id] = nil }
        next.state = .open
        (next.closedAt, next.closedBy) = (nil, nil)
        return try save(next, entry, .reopened, reason: reason, register, cause: "", by: work, in: tx)
    }

    /// It should not have been written at all; stays readable as void.
    /// - Throws: `FormErrors`, `RegisterError`, `ChangedMeanwhile`, `NotFound`, `NotAllowed`.
    package static func declareVoid(
        _ id: ID<RegisterEntry>, version: Int, reason: String, by work: Work, in tx: any WriteTransaction
    ) throws -> RegisterEntry {
        let (entry, register) = try load(id, version, work, in: tx)
        guard entry.state != .void else { throw RegisterError.closed(state: "作废") }
        guard let reason = reason.nonBlank else { throw FormErrors("reason", "请写明为什么作废") }
        var next = Draft(entry)
        next.state = .void
        (next.closedAt, next.closedBy) = (nil, nil)
        return try save(next, entry, .voided, reason: reason, register, cause: "登记作废", by: work, in: tx)
    }

    /// The smallest whole number that no open entry uses, for a field that is a key; nil when the register has none.
    package static func nextKey(
        _ register: RegisterDefinition, clinic: ID<ClinicSite>, in tx: any ReadTransaction
    ) throws -> String? {
        guard register.fields.contains(where: \.isKey) else { return nil }
        let taken = try RegisterStore.openKeys(register.id, clinic: clinic, in: tx)
        return (1...(taken.count + 1)).map { String($0) }.first { !taken.contains($0) }
    }

    /// 保管中, 已归还, 作废.
    package static func stateText(_ entry: RegisterEntry, _ register: RegisterDefinition) -> String {
        switch entry.state {
        case .open: register.closing?.openState ?? "未了"
        case .closed: register.closing?.closedState ?? "已了"
        case .kept: "已登记"
        case .void: "作废"
        }
    }

    // MARK: - Parts

    private struct Draft {
        var content: [String: String]
        var happenedAt: Timestamp
        var state: RegisterEntry.State
        var closedAt: Timestamp?
        var closedBy: ID<Staff>?
        init(_ e: RegisterEntry) {
            (content, happenedAt, state, closedAt, closedBy) = (
                e.content, e.happenedAt, e.state, e.closedAt, e.closedBy
            )
        }
    }

    private static func writable(_ id: String, _ work: Work) throws -> RegisterDefinition {
        try work.actor.require(.keepRegisters)
        guard let register = work.playbook.register(id), work.playbook.isLive(register) else { throw NotFound("登记簿") }
        guard RegisterRules.mayWrite(register, work.actor) else { throw RegisterError.notYours(title: register.title) }
        return register
    }

    private static func load(
        _ id: ID<RegisterEntry>, _ version: Int, _ work: Work, in tx: any ReadTransaction
    ) throws -> (RegisterEntry, RegisterDefinition) {
        let entry = try RegisterStore.get(id, clinic: work.clinic.id, in: tx)
        let register = try writable(entry.register, work)
        guard entry.version == version else { throw ChangedMeanwhile("登记") }
        return (entry, register)
    }

    private static func checked(
        _ typed: [String: String], _ fields: [RegisterField], _ work: Work, in tx: any ReadTransaction
    ) throws -> [String: String] {
        let known = RegisterRules.Known(
            staff: Set(try StaffStore.listActive(clinic: work.clinic.id, in: tx).map(\.id.text)),
            places: Set(PlaceText.choices(try PlaceStore.rooms(clinic: work.clinic.id, in: tx)).map(\.code)))
        let content = try RegisterRules.checked(typed, fields, known: known)
        for field in fields where field.kind == .customer {
            if let id = content[field.id].flatMap({ ID<Patient>($0) }) {
                _ = try PatientStore.requireLiving(id, in: tx)
            }
        }
        return content
    }

    /// Drawn signatures become rows of their own, bound to what stands in the entry (R16.10); the entry keeps their id.
    private static func sign(
        _ fields: [RegisterField], _ content: inout [String: String], _ id: ID<RegisterEntry>, by work: Work,
        in tx: any WriteTransaction
    ) throws {
        for field in fields where field.kind == .signature {
            guard let typed = content[field.id] else { continue }
            let signer = fields.first { $0.kind == .text }.flatMap { content[$0.id] } ?? "客人"
            let rest = content.filter { $0.key != field.id }
            let hash = Audit.sha256(JSONValue.object(rest.mapValues(JSONValue.text)).text)
            do {
                let new = try NewSignature(
                    path: typed, isPaper: typed == paperMark, signerName: signer, isGuardian: false)
                let signature = try Signatures.add(
                    new, under: SignedDocument(kind: "registerEntry", id: id.raw, contentHash: hash), step: field.id,
                    patient: nil, by: work, in: tx)
                content[field.id] = signature.id.text
            } catch let error as SignatureError {
                throw FormErrors(field.formName, error.userMessage)
            }
        }
    }

    /// Instead of strokes: signed in the paper book.
    package static let paperMark = "paper"

    private static func patient(_ register: RegisterDefinition, _ content: [String: String]) -> ID<Patient>? {
        register.allFields.first { $0.kind == .customer }.flatMap { content[$0.id] }.flatMap { ID<Patient>($0) }
    }

    /// - Throws: `FormErrors` when an open entry has it.
    private static func freeKey(
        _ register: RegisterDefinition, _ entry: RegisterEntry, held: String? = nil, in tx: any ReadTransaction
    ) throws -> String? {
        guard entry.state == .open, let field = register.fields.first(where: \.isKey),
            let value = entry.content[field.id]
        else { return nil }
        let key = value.halfWidth.lowercased()
        if key != held, try RegisterStore.openKeys(register.id, clinic: entry.clinicID, in: tx).contains(key) {
            throw FormErrors(
                field.formName, RegisterError.keyTaken(label: field.label, value: value).userMessage)
        }
        return key
    }

    private static func heldKey(_ register: RegisterDefinition, _ entry: RegisterEntry) -> String? {
        guard entry.state == .open, let field = register.fields.first(where: \.isKey) else { return nil }
        return entry.content[field.id]?.halfWidth.lowercased()
    }

    private static func searchText(_ entry: RegisterEntry, in tx: any ReadTransaction) throws -> String {
        let customer = try entry.patientID.map { try PatientStore.get($0, in: tx).name }
        return RegisterRules.searchText(entry.content, customer: customer)
    }

    private static func save(
        _ draft: Draft, _ entry: RegisterEntry, _ change: RegisterVersion.Change, reason: String?,
        _ register: RegisterDefinition, cause: String, by work: Work, in tx: any WriteTransaction
    ) throws -> RegisterEntry {
        let next = RegisterEntry(
            id: entry.id, clinicID: entry.clinicID, register: entry.register,
            businessDay: work.clinic.calendar.businessDay(of: draft.happenedAt), happenedAt: draft.happenedAt,
            recordedAt: entry.recordedAt, recordedBy: entry.recordedBy, patientID: patient(register, draft.content),
            content: draft.content, state: draft.state, closedAt: draft.closedAt, closedBy: draft.closedBy,
            version: entry.version + 1)
        let key = try freeKey(register, next, held: heldKey(register, entry), in: tx)
        try RegisterStore.update(
            next, from: entry.version, key: key, search: try searchText(next, in: tx), in: tx)
        try finish(next, change, reason: reason, register, cause: cause, by: work, in: tx)
        return next
    }

    private static func finish(
        _ entry: RegisterEntry, _ change: RegisterVersion.Change, reason: String?, _ register: RegisterDefinition,
        cause: String, by work: Work, in tx: any WriteTransaction
    ) throws {
        try RegisterStore.insertVersion(entry, change, reason: reason, by: work, in: tx)
        try Audit.append(
            Event(
                "registerEntry.\(change.rawValue)", of: entry.id, patient: entry.patientID,
                [
                    "register": .text(entry.register), "happened": JSONValue(entry.happenedAt),
                    "late": .bool(entry.isLate), "reason": JSONValue(reason),
                ]), by: work, in: tx)
        let names = try RegisterNames.load([entry], work.playbook, clinic: work.clinic.id, in: tx)
        try Tasks.reconcile(
            RegisterObligations.facts(
                entry, summary: RegisterText.summary(entry, register, names), calendar: work.clinic.calendar),
            of: TaskSubject(.registerEntry, entry.id), scope: RegisterObligations.scope, cause: cause, by: work, in: tx)
    }
}

extension RegisterField {
    fileprivate var optional: RegisterField {
        RegisterField(
            id: id, label: label, kind: kind, isRequired: false, requiredUnless: nil, requiredIf: nil, unit: unit,
            minimum: minimum, maximum: maximum, choices: choices, hint: hint, isMasked: isMasked, isKey: isKey,
            isListed: isListed)
    }
}
