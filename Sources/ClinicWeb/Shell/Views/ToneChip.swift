/// A chip with a tone.
struct ToneChip: Viewable {
    let text: String
    let tone: String
    static let fields: [Field<Self>] = [Field("text", \.text), Field("tone", \.tone)]
    init(_ text: String, tone: String = "neutral") {
        self.text = text
        self.tone = tone
    }
}
