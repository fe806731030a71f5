import Kernel

/// Duties that must lie with different persons look at the person, not at the role (R16.09).
package enum Segregation {
    /// - Parameters:
    ///   - duty: what `person` is about to do, in Chinese: 批准更正.
    ///   - others: who did the earlier steps, by duty.
    /// - Throws: `SamePerson`, naming the step that was the same person's.
    package static func requireAnother(
        _ person: ID<Staff>, for duty: String, than others: [(duty: String, person: ID<Staff>)]
    ) throws(SamePerson) {
        guard let own = others.first(where: { $0.person == person }) else { return }
        throw SamePerson(duty: duty, own: own.duty)
    }
}

/// Two steps of a chain by one person.
package struct SamePerson: UserFacingError, Hashable {
    package let duty: String
    package let own: String
    package init(duty: String, own: String) {
        self.duty = duty
        self.own = own
    }
    package var kind: FailureKind { .forbidden }
    package var userMessage: String { "“\(own)”是您自己做的，“\(duty)”要由另一位同事来做，请找他登录处理" }
}
