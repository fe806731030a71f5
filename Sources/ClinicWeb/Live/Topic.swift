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
    package static let registers = Topic("registers")
    /// Notes to doctors and their answers.
    package static let notes = Topic("notes")
    /// Messages between the places of a clinic.
    package static let messages = Topic("messages")
}

/// What shows facts that all clinics share. Such facts change rarely, so their screens fetch rather more than too little.
extension Set<Topic> {
    /// A customer's name, phone or alerts.
    package static let customers: Set<Topic> = [.patients, .board, .reception, .chairs, .checkout, .tasks]
    /// Names of staff, who is a doctor, who works here; names and hours of clinics.
    package static let house: Set<Topic> = [.board, .reception, .chairs, .checkout, .tasks]
    /// Thresholds and levels: what is late, what is shown, what is asked.
    package static let standard: Set<Topic> = [.playbook, .board, .reception, .chairs, .checkout, .tasks]
    /// Items and prices.
    package static let prices: Set<Topic> = [.playbook, .board, .checkout]
}
