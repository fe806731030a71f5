import Kernel
import Storage

/// Finds the two or three times an operator says on the telephone (R3.20), across doctors in one pass.
package enum Offers {
    /// In order of time; empty when nothing is free for two weeks. A fixed number of statements, whatever the number of
    /// doctors and days.
    /// - Throws: `NotAllowed`.
    package static func find(
        _ request: OfferRequest, by work: Work, in tx: any ReadTransaction
    ) throws -> [Offer] {
        try work.actor.require(.bookAppointments)
        var asked = request.assignment
        asked.time = nil
        let known = try AssignmentFactStore.loadCase(asked, by: work, in: tx)
        let ranking = AssignmentRules.decide(
            asked, AssignmentFactStore.facts(known, availability: nil, by: work), hasTime: false, today: work.today)
        guard !ranking.ranked.isEmpty else { return [] }
        let search = try Search.load(request, known, ranking, by: work, in: tx)
        return search.offers()
    }

    /// Everything one search looks at.
    private struct Search {
        let request: OfferRequest
        let known: AssignmentFactStore.Case
        let ranking: AssignmentRules.Ranking
        let window: OfferRules.Window
        let free: Availabilities
        let visitors: Visitors
        let level: Int
        let work: Work
        let isBig: Bool

        static func load(
            _ request: OfferRequest, _ known: AssignmentFactStore.Case, _ ranking: AssignmentRules.Ranking,
            by work: Work, in tx: any ReadTransaction
        ) throws -> Search {
            let level = try request.assignment.patientID.flatMap { try PatientLevels.find($0, in: tx)?.level } ?? 0
            let isUrgent = known.items.contains { $0.urgency == .high }
            let window = OfferRules.window(
                today: work.today, from: request.from, days: request.days, startsNow: isUrgent || level > 0,
                leadDays: work.playbook[.appointmentLeadDaysAnswer],
                windowDays: work.playbook[.appointmentOfferWindowDays])
            return Search(
                request: request, known: known, ranking: ranking, window: window,
                free: try Availabilities.load(
                    doctors: ranking.ranked.map(\.doctor.id), patient: request.assignment.patientID,
                    from: window.first, to: window.last, by: work, in: tx),
                visitors: try Visitors.load(from: window.first, to: window.last, by: work, in: tx), level: level,
                work: work, isBig: known.items.contains { $0.size == .big })
        }

        func offers() -> [Offer] {
            let playbook = work.playbook
            let count = max(1, request.count ?? playbook[.appointmentOfferMaximum])
            var found: [OfferRules.Start] = []
            for number in window.first.number...window.last.number {
                found += starts(on: Day(number: number))
                // Big items look at the whole window for quiet; others take the first half days there are.
                let isInside = number <= window.promised.number
                if found.count >= count, !isBig || !isInside { break }
            }
            let chosen = OfferRules.choose(
                found, count: count, window: window, isBig: isBig, ceiling: visitors.ceiling,
                quietPercent: playbook[.appointmentQuietPercent])
            return chosen.map(offer)
        }

        /// The best start of each half of a day, of the first doctor in order who has one.
        private func starts(on day: Day) -> [OfferRules.Start] {
            var open: Set<OfferRequest.Part> =
                request.part == .any ? [.morning, .afternoon] : [request.part]
            var found: [OfferRules.Start] = []
            for (index, ranked) in ranking.ranked.enumerated() where !open.isEmpty {
                for start in best(of: ranked.doctor.id, index, on: day) where open.contains(start.part) {
                    found.append(start)
                    open.remove(start.part)
                }
            }
            return found
        }

        /// At most one start for each half of the day.
        private func best(of doctor: ID<Staff>, _ index: Int, on day: Day) -> [OfferRules.Start] {
            let at = free.day(doctor, day)
            guard !at.spans.isEmpty else { return [] }
            let patient = request.assignment.patientID.map { free.taken(.patient, $0.raw, day) } ?? UnitMask()
            let isCapped = work.playbook.level(of: .slotCapacity) != .off
            var best: [OfferRequest.Part: OfferRules.Start] = [:]
            let first = max(request.earliest?.index ?? 0, at.spans[0].start.index)
            let last = (at.spans.map(\.end.index).max() ?? 0) - known.units
            guard first <= last else { return [] }
            for unit in first...last {
                let units = unit..<unit + known.units
                let wanted = UnitMask(units)
                guard at.works.contains(wanted), !at.taken.overlaps(wanted), !patient.overlaps(wanted),
                    work.clinic.calendar.instant(day, Unit(unit)) > work.now
                else { continue }
                let chair = free.chair(of: doctor, at.spans, at: Unit(unit))
                if let chair, free.taken(.chair, chair.raw, day).overlaps(wanted) { continue }
                if isCapped, !visitors.hasRoom(on: day, units) { continue }
                let start = OfferRules.Start(
                    day: day, start: Unit(unit), doctor: index, chairID: chair,
                    visitors: visitors.most(on: day, units), touching: touching(at, units))
                if let known = best[start.part], !OfferRules.isBetter(start, than: known, isBig: isBig) { continue }
                best[start.part] = start
            }
            return best.values.sorted { $0.start < $1.start }
        }

        private func touching(_ at: Availabilities.DoctorDay, _ units: Range<Int>) -> Int {
            func isEdge(_ unit: Int) -> Bool { at.taken.contains(unit) || !at.works.contains(unit) }
            return (isEdge(units.lowerBound - 1) ? 1 : 0) + (isEdge(units.upperBound) ? 1 : 0)
        }

        private func offer(_ start: OfferRules.Start) -> Offer {
            let ranked = ranking.ranked[start.doctor]
            var notes: [Offer.Note] = []
            if start.day < window.lead {
                notes.append(level > 0 ? .earlyForLevel : .shortLead)
            }
            if start.day > window.promised { notes.append(.beyondWindow) }
            let isQuiet = OfferRules.isQuiet(
                visitors: start.visitors, ceiling: visitors.ceiling, percent: work.playbook[.appointmentQuietPercent])
            if isBig, !isQuiet { notes.append(.busyForBigItem) }
            return Offer(
                slot: Slot(
                    day: start.day, start: start.start, units: known.units, doctorID: ranked.doctor.id,
                    chairID: start.chairID), doctorName: ranked.doctor.name, rule: ranked.rule,
                reasons: ranked.reasons, visitors: start.visitors, ceiling: visitors.ceiling, notes: notes)
        }
    }
}
