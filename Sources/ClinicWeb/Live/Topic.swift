/// What a live screen shows. A write names the topics it changes; screens with one of them fetch that part again.
package struct Topic: Hashable, Sendable, Comparable {
    package let name: String
    package init(_ name: String) { self.name = name }
    package static func < (a: Topic, b: Topic) -> Bool { a.name < b.name }

    package static let board = Topic("board")
    package static let reception = Topic("reception")
    package static let chairs = Topic("chairs")
    package static let checkout = Topic("checkout")
    package static let tasks = Topic("tasks")
    package static let patients = Topic("patients")
    package static let playbook = Topic("playbook")
}
