/// A role of Appendix A: a named set of capabilities. A person may hold several.
package struct Role: Hashable, Sendable {
    /// `guide`, `cashier` …; stored with the person.
    package let code: String
    package let name: String
    package let capabilities: Set<Capability>
    package init(code: String, name: String, capabilities: Set<Capability>) {
        self.code = code
        self.name = name
        self.capabilities = capabilities
    }
}
