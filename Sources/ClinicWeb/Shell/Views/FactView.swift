/// A term and what is known of it, for `<dl class="facts">`.
struct FactView: Viewable {
    let term: String
    let text: String
    let href: String?
    static let fields: [Field<Self>] = [Field("term", \.term), Field("text", \.text), Field("href", \.href)]
    init(_ term: String, _ text: String, href: String? = nil) {
        self.term = term
        self.text = text
        self.href = href
    }
}
