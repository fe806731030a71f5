import Kernel

/// Who may go in with a customer (R4.16). Pure.
package enum CompanionRules {
    /// The bounds of the clinic's settings.
    package struct Bounds: Hashable, Sendable {
        /// Years; a child up to this age may have somebody with it.
        package let childMaximum: Int
        package let elderMinimum: Int
        /// People who may be inside with one customer.
        package let maximum: Int
        /// The ages themselves count as inside the rule.
        package let isInclusive: Bool
        package init(childMaximum: Int, elderMinimum: Int, maximum: Int, isInclusive: Bool) {
            self.childMaximum = childMaximum
            self.elderMinimum = elderMinimum
            self.maximum = maximum
            self.isInclusive = isInclusive
        }
    }

    package enum Verdict: Hashable, Sendable {
        case allowed
        /// The rule gives this customer nobody; nil: the age is not known.
        case outsideAge(Int?)
        /// Somebody is inside already.
        case full(Int)
    }

    /// - Parameter inside: companions of this customer who are in the treatment area.
    package static func verdict(age: Int?, inside: Int, _ bounds: Bounds) -> Verdict {
        guard let age, isEntitled(age, bounds) else { return .outsideAge(age) }
        return inside >= bounds.maximum ? .full(bounds.maximum) : .allowed
    }

    package static func isEntitled(_ age: Int, _ bounds: Bounds) -> Bool {
        bounds.isInclusive
            ? age <= bounds.childMaximum || age >= bounds.elderMinimum
            : age < bounds.childMaximum || age > bounds.elderMinimum
    }
}

extension CompanionRules.Bounds {
    package init(_ playbook: Playbook) {
        self.init(
            childMaximum: playbook[.companionChildMaxAge], elderMinimum: playbook[.companionElderMinAge],
            maximum: playbook[.companionMaximum], isInclusive: playbook[.companionBoundsInclusive])
    }

    /// "12 岁以下、70 岁以上可以有 1 位陪同"
    package var text: String {
        let (below, above) = isInclusive ? ("及以下", "及以上") : ("以下", "以上")
        return "\(childMaximum) 岁\(below)、\(elderMinimum) 岁\(above)可以有 \(maximum) 位陪同，其他家属请在候诊区等候"
    }
}
