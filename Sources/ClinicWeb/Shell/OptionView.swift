import Clinic

/// One choice of a list.
struct OptionView: Viewable {
    let value: String
    let label: String
    let isChosen: Bool
    static let fields: [Field<Self>] = [
        Field("value", \.value), Field("label", \.label), Field("isChosen", \.isChosen),
    ]
    init(_ value: String, _ label: String, isChosen: Bool = false) {
        self.value = value
        self.label = label
        self.isChosen = isChosen
    }
    static func list(_ codes: [Code], chosen: String) -> [OptionView] {
        codes.map { OptionView($0.code, $0.label, isChosen: $0.code == chosen) }
    }
}
