package enum FailureKind: Sendable { case invalid, notFound, forbidden, conflict, tooMany, unavailable }

/// An error the user can understand and act on. Everything else is a bug and becomes a 500 page.
package protocol UserFacingError: Error {
    var kind: FailureKind { get }
    /// Shown to front-desk staff, in Chinese: what happened, and what to do next. No ids, no SQL.
    var userMessage: String { get }
    /// The form field it belongs to (the HTML `name`), if it is one field's fault.
    var field: String? { get }
    /// What stands in the way, for a link on the page and `conflict {kind, id, label}` of the API.
    var obstacle: Obstacle? { get }
}

extension UserFacingError {
    package var field: String? { nil }
    package var obstacle: Obstacle? { nil }
}

/// The record a refusal names.
package struct Obstacle: Hashable, Sendable {
    package let kind: String
    package let id: Int64
    package let label: String
    package init(kind: String, id: Int64, label: String) {
        self.kind = kind
        self.id = id
        self.label = label
    }
}

/// Faults of a form, all at once: HTML field name → message.
package struct FormErrors: UserFacingError, Hashable {
    package private(set) var messages: [String: String] = [:]
    package private(set) var order: [String] = []
    package init() {}
    package init(_ field: String, _ message: String) { add(field, message) }
    package var kind: FailureKind { .invalid }
    package var isEmpty: Bool { messages.isEmpty }
    /// Every fault, in the order of the form.
    package var userMessage: String {
        isEmpty ? "请检查标红的栏目" : order.compactMap { messages[$0] }.joined(separator: "；")
    }
    package var field: String? { order.first }
    /// Keeps the first message of a field.
    package mutating func add(_ field: String, _ message: String) {
        guard messages[field] == nil else { return }
        messages[field] = message
        order.append(field)
    }
    /// - Throws: self when there is any fault.
    package func throwIfAny() throws(FormErrors) {
        if !isEmpty { throw self }
    }
}
