import Kernel

/// A place of the house that can be written to: a post, or a room by its number (R4.32).
package struct WorkPlace: Hashable, Sendable {
    /// Code of list `workPlace`, or `room:3`.
    package let code: String
    package let label: String
    package init(code: String, label: String) {
        self.code = code
        self.label = label
    }

    package static func code(ofRoom number: Int) -> String { "room:\(number)" }
}

/// The places of a clinic. Pure.
package enum WorkPlaceRules {
    /// Posts in the order of the playbook, then rooms by number.
    package static func places(posts: [Code], rooms: [Room]) -> [WorkPlace] {
        posts.map { WorkPlace(code: $0.code, label: $0.label) }
            + rooms.sorted { $0.number < $1.number }.map {
                WorkPlace(code: WorkPlace.code(ofRoom: $0.number), label: "诊室 \($0.number)")
            }
    }

    /// Where a person stands who has not said it: by what the person may, or the room of the own chair.
    package static func usual(roles: Set<String>, room: Int?) -> String? {
        if let room { return WorkPlace.code(ofRoom: room) }
        let posts = [("cashier", "cashier"), ("lobby", "lobby"), ("attendant", "waitingArea")]
        if let post = posts.first(where: { roles.contains($0.0) }) { return post.1 }
        return roles.isDisjoint(with: ["guide", "reception"]) ? nil : "frontDesk"
    }
}

/// A short message between places, instead of calling across the room (R4.32).
package struct InsideMessage: Hashable, Sendable {
    package struct Receipt: Hashable, Sendable {
        package let place: String
        package let readAt: Timestamp?
        package let readBy: ID<Staff>?
        package init(place: String, readAt: Timestamp?, readBy: ID<Staff>?) {
            self.place = place
            self.readAt = readAt
            self.readBy = readBy
        }
    }

    package let id: ID<InsideMessage>
    package let businessDay: Day
    package let from: String
    /// Empty after the time for which contents are kept.
    package let body: String
    package let visitID: ID<Visit>?
    package let answersID: ID<InsideMessage>?
    package let sentAt: Timestamp
    package let sentBy: ID<Staff>
    package let to: [Receipt]
}

/// What may stand in a message. Pure.
package enum InsideMessageRules {
    package static let longest = 120

    /// - Throws: `FormErrors` for `body`, `to`.
    package static func check(body: String, to: [String], from: String) throws(FormErrors) {
        var faults = FormErrors()
        if body.nonBlank == nil { faults.add("body", "请写内容，或点一句常用的话") }
        if body.count > longest { faults.add("body", "最多 \(longest) 个字，长的事请当面说") }
        if namesMoney(body) { faults.add("body", "内部消息不写金额；收费的细节请在收费单上看，这里只写请谁过来") }
        if to.isEmpty { faults.add("to", "请选发给哪里") }
        if to == [from] { faults.add("to", "这就是您所在的位置，请选别处") }
        try faults.throwIfAny()
    }

    /// A figure with a word of money beside it: 300元, ￥300, 三百块.
    package static func namesMoney(_ text: String) -> Bool {
        let text = Array(text.halfWidth.filter { !$0.isWhitespace && $0 != "," })
        let signs: Set<Character> = ["¥", "￥", "$"]
        let figures = Set("0123456789.一二三四五六七八九十百千万两零")
        for (index, character) in text.enumerated() {
            if signs.contains(character), index + 1 < text.count, figures.contains(text[index + 1]) { return true }
            guard index > 0, figures.contains(text[index - 1]) else { continue }
            if character == "元" { return true }
            // 一块 is also a piece of something; several, or a figure, is money.
            if character == "块", text[index - 1] != "一" || index > 1 && figures.contains(text[index - 2]) {
                return true
            }
        }
        return false
    }
}
