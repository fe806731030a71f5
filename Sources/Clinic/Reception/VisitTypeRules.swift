import Kernel

/// Proposes the type of a visit from what is known (R2.02–R2.05). Pure.
package enum VisitTypeRules {
    /// One treatment of the customer's past.
    package struct PastTreatment: Hashable, Sendable {
        package let day: Day
        /// nil: not bound to a tooth.
        package let tooth: Tooth?
        package let item: ID<Item>
        package let warrantyUntil: Day?
        package init(day: Day, tooth: Tooth?, item: ID<Item>, warrantyUntil: Day?) {
            self.day = day
            self.tooth = tooth
            self.item = item
            self.warrantyUntil = warrantyUntil
        }
    }

    package struct Proposal: Hashable, Sendable {
        package let type: VisitType
        /// One sentence for the desk: why.
        package let reason: String
    }

    /// - Parameters:
    ///   - past: every treatment of the customer, any order.
    ///   - intended: items and teeth of today's booking; empty when unknown.
    ///   - named: teeth the customer names at the desk.
    ///   - orthodontic: today's items are orthodontic (R2.07).
    ///   - isInquiring: wants to know condition, course and cost first (R2.04, R2.05).
    ///   - gapMonths: `firstvisit.gap_months`.
    package static func propose(
        past: [PastTreatment], intended: [(item: ID<Item>, teeth: [Tooth])], named: [Tooth] = [], orthodontic: Bool,
        isInquiring: Bool = false, today: Day, gapMonths: Int
    ) -> Proposal {
        if orthodontic { return Proposal(type: .orthodontics, reason: "今天的项目是正畸") }
        guard let last = past.map(\.day).max() else {
            return isInquiring
                ? Proposal(type: .consultation, reason: "第一次来，先了解病情和费用")
                : Proposal(type: .first, reason: "没有在本院治疗过")
        }
        if let warranty = warranty(past, Set(intended.flatMap(\.teeth)).union(named), today) {
            return Proposal(type: .returning, reason: warranty)
        }
        if isInquiring { return Proposal(type: .checkUp, reason: "还没决定治疗，先检查了解") }
        guard last.adding(months: gapMonths) <= today else {
            return Proposal(type: .returning, reason: "上次治疗 \(last.iso)，不到\(gapText(gapMonths))")
        }
        let treated = Set(past.compactMap(\.tooth))
        let items = Set(past.map(\.item))
        let teeth = Set(intended.flatMap(\.teeth)).union(named)
        let isSameTooth = !treated.isDisjoint(with: teeth)
        let isSameItem = named.isEmpty && intended.contains { items.contains($0.item) && $0.teeth.isEmpty }
        if isSameTooth || isSameItem {
            return Proposal(type: .returning, reason: "上次治疗 \(last.iso)，这次仍是同一\(isSameTooth ? "牙位" : "项目")")
        }
        return Proposal(type: .first, reason: "上次治疗 \(last.iso)，已过\(gapText(gapMonths))，这次是别的牙位或项目")
    }

    private static func warranty(
        _ past: [PastTreatment], _ teeth: Set<Tooth>, _ today: Day
    ) -> String? {
        let covered = past.first { treatment in
            guard let tooth = treatment.tooth, let until = treatment.warrantyUntil else { return false }
            return teeth.contains(tooth) && until >= today
        }
        return covered.flatMap(\.tooth).map { "\($0) 在保固期内返诊" }
    }

    private static func gapText(_ months: Int) -> String { months % 12 == 0 ? " \(months / 12) 年" : " \(months) 个月" }
}
