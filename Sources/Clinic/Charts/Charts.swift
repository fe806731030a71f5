import Kernel
import Storage

/// Paper charts: entered, moved, released (R1.30, R1.31, R1.33).
package enum Charts {
    /// Any one of them is enough to move a chart.
    package static let capabilities: [Capability] = [
        .registerPatients, .editPatients, .checkIn, .checkInReturning, .keepRegisters,
    ]

    /// What the desk is told when a return customer comes and the chart is not out yet (R1.31); nil: nothing to fetch.
    package static func cue(
        _ patient: ID<Patient>, by work: Work, in tx: any ReadTransaction
    ) throws -> PaperChart? {
        guard work.playbook.level(of: .chartPulledFirst) != .off else { return nil }
        return try ChartStore.list(of: patient, clinic: work.clinic.id, in: tx)
            .first { $0.kind == .chart && ($0.state == .shelf || $0.state == .ordered) }
    }

    /// Enters a chart that stands on a shelf.
    /// - Throws: `NotAllowed`, `NotFound`, `MergedFile`, `FormErrors`, `ChartError.numberTaken`.
    package static func add(
        _ kind: PaperChart.Kind, number: String, shelf: String, of patient: ID<Patient>, by work: Work,
        in tx: any WriteTransaction
    ) throws -> PaperChart {
        try requireKeeper(work)
        let patient = try PatientStore.requireLiving(patient, in: tx)
        var faults = FormErrors()
        if number.halfWidth.nonBlank == nil { faults.add("number", "请写下封面上的编号") }
        if shelf.nonBlank == nil { faults.add("shelf", "请写下放在哪里，例如 3 架 12 格") }
        if number.count > 20 { faults.add("number", "编号最多 20 个字") }
        if shelf.count > 40 { faults.add("shelf", "位置最多 40 个字") }
        try faults.throwIfAny()
        let chart = PaperChart(
            id: work.newID(), clinicID: work.clinic.id, patientID: patient.id, kind: kind,
            number: number.halfWidth.trimmed, shelf: shelf.trimmed, state: .shelf, movedAt: work.now,
            movedBy: work.actor.id, version: 1)
        guard try ChartStore.insert(chart, in: tx) else { throw ChartError.numberTaken(chart.number) }
        try ChartStore.append(move(chart, from: nil, note: nil), of: chart.id, by: work, in: tx)
        try Audit.append(
            Event("chart.added", of: chart.id, patient: patient.id, ["number": .text(chart.number)]), by: work, in: tx)
        return chart
    }

    /// One step, with person and time.
    /// - Throws: `NotAllowed`, `NotFound`, `ChangedMeanwhile`, `ChartError`.
    package static func move(
        _ id: ID<PaperChart>, version: Int, to state: ChartState, note: String = "", by work: Work,
        in tx: any WriteTransaction
    ) throws -> PaperChart {
        try requireKeeper(work)
        let chart = try current(id, version: version, by: work, in: tx)
        let release = try ChartStore.usableRelease(of: id, in: tx)
        let needsTicket = work.playbook.level(of: .chartRelease) != .off
        guard ChartRules.next(chart, release: release, needsTicket: needsTicket).contains(state) else {
            throw state == .released && chart.kind == .chart && needsTicket
                ? ChartError.needsTicket : ChartError.notPossible(from: chart.state, to: state)
        }
        if state == .released, let release { try ChartStore.setReleased(release.id, at: work.now, in: tx) }
        return try moved(chart, to: state, note: note, by: work, in: tx)
    }

    /// The chart of a customer who has come is taken from its shelf (R1.31); nothing happens when there is none.
    @discardableResult
    package static func pull(
        for patient: ID<Patient>, by work: Work, in tx: any WriteTransaction
    ) throws -> PaperChart? {
        guard let chart = try cue(patient, by: work, in: tx) else { return nil }
        try requireKeeper(work)
        return try moved(chart, to: .pulled, note: "", by: work, in: tx)
    }

    /// All charts of people booked today become "ordered" (R1.30).
    /// - Returns: how many.
    package static func orderForToday(by work: Work, in tx: any WriteTransaction) throws -> Int {
        try requireKeeper(work)
        let waiting = try ChartStore.listBooked(work.today, clinic: work.clinic.id, in: tx)
            .map(\.chart).filter { $0.state == .shelf && $0.kind == .chart }
        for chart in waiting { _ = try moved(chart, to: .ordered, note: "", by: work, in: tx) }
        return waiting.count
    }

    /// The customer insists (R1.33).
    /// - Throws: `NotAllowed`, `NotFound`, `FormErrors`, `ChartError.ticketOpen`.
    package static func requestRelease(
        _ id: ID<PaperChart>, reason: String, by work: Work, in tx: any WriteTransaction
    ) throws -> ChartRelease {
        try requireKeeper(work)
        let chart = try ChartStore.get(id, clinic: work.clinic.id, in: tx)
        guard let reason = reason.nonBlank else { throw FormErrors("reason", "请写下客人为什么要带走病历") }
        guard reason.count <= 200 else { throw FormErrors("reason", "最多 200 个字") }
        if try ChartStore.openRelease(of: id, in: tx) != nil { throw ChartError.ticketOpen }
        let release = ChartRelease(
            id: work.newID(), chartID: id, reason: reason, requestedAt: work.now, requestedBy: work.actor.id,
            decision: nil, releasedAt: nil)
        try ChartStore.insert(release, in: tx)
        try Audit.append(
            Event("chart.releaseRequested", of: id, patient: chart.patientID, ["reason": .text(reason)]), by: work,
            in: tx)
        return release
    }

    /// The supervisor decides; nobody decides the own ticket (R16.09).
    /// - Throws: `NotAllowed`, `NotFound`, `ChartError`.
    package static func decide(
        _ id: ID<PaperChart>, approves: Bool, answer: String, by work: Work, in tx: any WriteTransaction
    ) throws {
        try work.actor.require(.approveOverride)
        let chart = try ChartStore.get(id, clinic: work.clinic.id, in: tx)
        guard let open = try ChartStore.openRelease(of: id, in: tx) else { throw ChartError.alreadyDone }
        guard open.requestedBy != work.actor.id else { throw ChartError.ownTicket }
        let decision = ChartRelease.Decision(
            at: work.now, by: work.actor.id, isApproved: approves, answer: answer.nonBlank)
        guard try ChartStore.setDecision(decision, of: open.id, in: tx) else { throw ChartError.alreadyDone }
        try Audit.append(
            Event("chart.releaseDecided", of: id, patient: chart.patientID, ["approved": .bool(approves)]), by: work,
            in: tx)
    }

    private static func requireKeeper(_ work: Work) throws {
        guard capabilities.contains(where: work.actor.may) else { throw NotAllowed(capability: .keepRegisters) }
    }

    private static func current(
        _ id: ID<PaperChart>, version: Int, by work: Work, in tx: any ReadTransaction
    ) throws -> PaperChart {
        let chart = try ChartStore.get(id, clinic: work.clinic.id, in: tx)
        guard chart.version == version else { throw ChangedMeanwhile("病历位置") }
        return chart
    }

    private static func moved(
        _ chart: PaperChart, to state: ChartState, note: String, by work: Work, in tx: any WriteTransaction
    ) throws -> PaperChart {
        let after = PaperChart(
            id: chart.id, clinicID: chart.clinicID, patientID: chart.patientID, kind: chart.kind, number: chart.number,
            shelf: chart.shelf, state: state, movedAt: work.now, movedBy: work.actor.id, version: chart.version + 1)
        guard try ChartStore.update(after, from: chart.version, in: tx) else { throw ChangedMeanwhile("病历位置") }
        try ChartStore.append(move(after, from: chart.state, note: note.nonBlank), of: chart.id, by: work, in: tx)
        try Audit.append(
            Event(
                "chart.moved", of: chart.id, patient: chart.patientID,
                ["from": .text(chart.state.rawValue), "to": .text(state.rawValue)]), by: work, in: tx)
        return after
    }

    private static func move(_ chart: PaperChart, from: ChartState?, note: String?) -> ChartMovement {
        ChartMovement(from: from, to: chart.state, note: note, movedAt: chart.movedAt, movedBy: chart.movedBy)
    }
}
