extension Playbook {
    /// Whether a rule stops whoever does not do what it says. A rule that reminds never blocks (design idea 5).
    package func demands(_ rule: RuleID) -> Bool {
        switch level(of: rule) {
        case .fixed, .require: true
        case .remind, .off: false
        }
    }
}
