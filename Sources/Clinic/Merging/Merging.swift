import Kernel
import Storage

/// Two files of one person become one (R1.14): what hangs on the second goes to the first, chosen values win, nothing is
/// deleted, and it can be taken back for a while.
package enum Merging {
    /// What would happen.
    /// - Throws: `NotAllowed`, `NotFound`, `MergedFile`, `MergeError.sameFile`.
    package static func preview(
        keep kept: ID<Patient>, merging merged: ID<Patient>, by work: Work, in tx: any ReadTransaction
    ) throws -> MergePreview {
        try work.actor.require(.mergePatients)
        guard kept != merged else { throw MergeError.sameFile }
        let (a, b) = (
            try PatientStore.requireLiving(kept, in: tx), try PatientStore.requireLiving(merged, in: tx)
        )
        var counts: [(label: String, count: Int)] = []
        for column in PatientColumn.all where column.rule != .stays {
            let count = try column.count(of: merged, in: tx)
            if count > 0 { counts.append((column.label, count)) }
        }
        return MergePreview(
            kept: a, merged: b, fields: MergeRules.fields(kept: a, merged: b),
            moves: counts.map { MergePreview.Move(label: $0.label, count: $0.count) },
            obstacle: try obstacle(kept: kept, merged: merged, work, in: tx))
    }

    /// - Parameters:
    ///   - versions: of both files as they were previewed.
    ///   - taking: fields whose value of the merged file wins.
    ///   - cipher: needed only when the document number of the merged file wins.
    /// - Throws: `NotAllowed`, `NotFound`, `MergedFile`, `ChangedMeanwhile`, `MergeError`.
    package static func merge(
        _ merged: ID<Patient>, into kept: ID<Patient>, versions: (kept: Int, merged: Int), taking: Set<PatientField>,
        sealing cipher: FieldCipher? = nil, by work: Work, in tx: any WriteTransaction
    ) throws -> PatientMerge {
        try work.actor.require(.mergePatients)
        guard kept != merged else { throw MergeError.sameFile }
        // In order of id: the rows are shared by the lanes of all clinics.
        for id in [kept, merged].sorted() { _ = try PatientStore.lock(id, in: tx) }
        let (target, source) = (
            try PatientStore.requireLiving(kept, in: tx), try PatientStore.requireLiving(merged, in: tx)
        )
        guard target.version == versions.kept, source.version == versions.merged else {
            throw ChangedMeanwhile(
                "客人资料", change: try PatientChangeStore.lastChangeText(kept, calendar: work.clinic.calendar, in: tx))
        }
        if let obstacle = try obstacle(kept: kept, merged: merged, work, in: tx) { throw obstacle }

        var merge = PatientMerge(
            id: work.newID(), clinicID: work.clinic.id, keptID: kept, mergedID: merged, keptVersion: target.version,
            mergedAt: work.now, mergedBy: work.actor.id,
            undoUntil: work.now.adding(hours: work.playbook[.mergeUndoHours]), undoneAt: nil, undoneBy: nil)
        let wanted = Set(MergeRules.fields(kept: target, merged: source).map(\.field)).intersection(taking)
        let moved = try move(from: merged, to: kept, in: tx)
        try PatientStore.setMerged(merged, into: kept, in: tx)
        let stored = try join(target, source, taking: wanted, cipher: cipher, by: work, in: tx)
        merge.keptVersion = stored.version
        try MergeStore.insert(
            merge, rows: moved, fields: wanted.map { ($0, MergeRules.value($0, target)) }, in: tx)
        try Audit.append(
            Event(
                "patient.merged", of: merged, patient: kept,
                [
                    "into": JSONValue(kept), "rows": .int(Int64(moved.reduce(0) { $0 + $1.keys.count })),
                    "fields": .list(wanted.map(\.rawValue).sorted().map(JSONValue.text)),
                ]), by: work, in: tx)
        return merge
    }

    /// Both files as they were; what was written on the kept file since stays there.
    /// - Throws: `NotAllowed`, `NotFound`, `MergeError`.
    package static func undo(
        _ id: ID<PatientMerge>, by work: Work, in tx: any WriteTransaction
    ) throws {
        try work.actor.require(.mergePatients)
        let merge = try MergeStore.get(id, in: tx)
        guard merge.undoneAt == nil else { throw MergeError.undone }
        guard work.now <= merge.undoUntil else { throw MergeError.undoTooLate }
        for id in [merge.keptID, merge.mergedID].sorted() { _ = try PatientStore.lock(id, in: tx) }
        let kept = try PatientStore.get(merge.keptID, in: tx)
        guard kept.mergedIntoID == nil else { throw MergeError.keptMerged }
        let rows = try MergeStore.rows(of: id, in: tx)
        try PatientStore.setLiving(merge.mergedID, in: tx)
        let source = try PatientStore.get(merge.mergedID, in: tx)
        for row in rows {
            try row.column.takeBack(row.key, from: merge.keptID, to: merge.mergedID, in: tx)
        }
        let bookings = rows.filter { $0.column.table == "appointment" }.map { ID<Appointment>(raw: $0.key) }
        try PatientUnits.move(bookings, to: merge.mergedID, in: tx)
        try restore(kept, source, try MergeStore.fields(of: id, in: tx), by: work, in: tx)
        try PatientStore.replaceTerms(of: source, in: tx)
        guard try MergeStore.setUndone(id, by: work.actor.id, at: work.now, in: tx) else { throw MergeError.undone }
        try Audit.append(
            Event("patient.mergeUndone", of: merge.mergedID, patient: merge.keptID, ["from": JSONValue(merge.keptID)]),
            by: work, in: tx)
    }

    // MARK: Parts

    /// Why the two cannot be joined now. A customer who is here is moved only when nothing contradicts it.
    private static func obstacle(
        kept: ID<Patient>, merged: ID<Patient>, _ work: Work, in tx: any ReadTransaction
    ) throws -> MergeError? {
        // Another clinic's business day may have begun before or after this one's.
        let yesterday = work.today.adding(days: -1)
        let (here, there) = (
            try OpenVisits.list(kept, since: yesterday, in: tx), try OpenVisits.list(merged, since: yesterday, in: tx)
        )
        if let away = (here + there).first(where: { $0.clinicID != work.clinic.id }) {
            return .elsewhere(clinic: try PlaceStore.clinic(away.clinicID, in: tx).name)
        }
        if !here.isEmpty, !there.isEmpty { return .bothHere }
        if let day = try PatientUnits.collision(kept, merged, in: tx) { return .bookedTwice(day: day.monthDayText) }
        return nil
    }

    private static func move(
        from merged: ID<Patient>, to kept: ID<Patient>, in tx: any WriteTransaction
    ) throws -> [MovedRows] {
        let known = Set(try PatientAlerts.list(kept, in: tx).map(\.code))
        let double = Set(
            try PatientAlerts.list(merged, in: tx).filter { known.contains($0.code) }.map(\.id.raw))
        var moved: [MovedRows] = []
        for column in PatientColumn.all {
            var keys = try column.move(from: merged, to: kept, in: tx)
            if column.table == "patient_alert" {
                // The same condition twice says nothing more.
                for id in keys where double.contains(id) {
                    try column.takeBack(id, from: kept, to: merged, in: tx)
                }
                keys.removeAll(where: double.contains)
            }
            if column.table == "appointment" {
                try PatientUnits.move(keys.map { ID<Appointment>(raw: $0) }, to: kept, in: tx)
            }
            if !keys.isEmpty { moved.append(MovedRows(column: column, keys: keys)) }
        }
        return moved
    }

    private static func join(
        _ target: Patient, _ source: Patient, taking: Set<PatientField>, cipher: FieldCipher?, by work: Work,
        in tx: any WriteTransaction
    ) throws -> Patient {
        var new = MergeRules.joined(target, source, taking: taking)
        if taking.contains(.document) {
            new = try PatientDocuments.copied(from: source, to: new, cipher: cipher)
        }
        return try PatientEditing.save(new, replacing: target, occasion: .merge, by: work, in: tx)
    }

    private static func restore(
        _ kept: Patient, _ source: Patient, _ fields: [(field: PatientField, old: String?)], by work: Work,
        in tx: any WriteTransaction
    ) throws {
        // A value somebody corrected since is theirs.
        let untouched = fields.filter { MergeRules.value($0.field, kept) == MergeRules.value($0.field, source) }
        guard !untouched.isEmpty else { return }
        var before = kept
        for (field, old) in untouched { MergeRules.restore(field, old, in: &before) }
        if untouched.contains(where: { $0.field == .document }) { PatientDocuments.clear(&before) }
        _ = try PatientEditing.save(before, replacing: kept, occasion: .merge, by: work, in: tx)
    }
}

extension MergeRules {
    /// Puts the old value of a field back, as `value` wrote it.
    static func restore(_ field: PatientField, _ old: String?, in p: inout Patient) {
        switch field {
        case .name:
            if let old { (p.name, p.pinyin) = (old, Pinyin.text(ofName: old)) }
        case .gender: p.gender = old.flatMap(Gender.init(rawValue:)) ?? .unknown
        case .bornOn:
            p.bornOn = old.flatMap { Day($0) }
            if p.bornOn == nil { p.statedAge = old.flatMap { Int($0.replacing(" 岁", with: "")) } }
        case .salutation: p.salutation = old
        case .phone:
            p.phone = old
            if old == nil { p.phoneMissingReason = p.phoneMissingReason ?? "refused" }
        case .address: p.address = old
        case .sourceChannel: p.sourceChannel = old
        case .referrer: p.referrerID = old.flatMap { ID<Patient>($0) }
        case .household: p.householdID = old.flatMap { ID<Patient>($0) }
        case .complaint: p.complaint = old ?? p.complaint
        case .conditionNote: p.conditionNote = old
        case .remark: p.remark = old
        default: break
        }
    }
}
