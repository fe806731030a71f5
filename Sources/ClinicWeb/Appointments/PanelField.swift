import Clinic
import Kernel

/// One field of the booking panel — templates/appointments/_field.mustache. A list of `options` makes it a choice.
struct PanelField: Viewable {
    let name: String
    let label: String
    let value: String
    let type: String
    let isMust: Bool
    let isFocused: Bool
    let isChoice: Bool
    let options: [OptionView]
    /// The first choice, without a value; nil: one must be taken.
    let blank: String?
    /// Id of the list of suggestions.
    let list: String?
    let hint: String?
    let error: String?
    let hasError: Bool
    /// Longest text; days and times have none.
    let limit: String?
    static let fields: [Field<Self>] = [
        Field("name", \.name), Field("label", \.label), Field("value", \.value), Field("type", \.type),
        Field("isMust", \.isMust), Field("isFocused", \.isFocused), Field("isChoice", \.isChoice),
        Field("options", \.options), Field("blank", \.blank), Field("list", \.list), Field("hint", \.hint),
        Field("error", \.error), Field("hasError", \.hasError),
        Field("limit", \.limit),
    ]

    /// Something typed.
    static func text(
        _ name: String, _ label: String, _ value: String, type: String = "text", isMust: Bool = false,
        isFocused: Bool = false, list: String? = nil, hint: String? = nil, _ faults: FormErrors
    ) -> PanelField {
        PanelField(
            name: name, label: label, value: value, type: type, isMust: isMust,
            isFocused: faults.isEmpty ? isFocused : faults.field == name, isChoice: false, options: [], blank: nil,
            list: list, hint: hint, error: faults.messages[name],
            hasError: faults.messages[name] != nil, limit: ["date", "time"].contains(type) ? nil : "200")
    }

    /// Something chosen.
    static func choice(
        _ name: String, _ label: String, _ options: [OptionView], blank: String?, isMust: Bool = false,
        hint: String? = nil, _ faults: FormErrors
    ) -> PanelField {
        PanelField(
            name: name, label: label, value: "", type: "", isMust: isMust,
            isFocused: !faults.isEmpty && faults.field == name, isChoice: true, options: options, blank: blank,
            list: nil, hint: hint, error: faults.messages[name],
            hasError: faults.messages[name] != nil, limit: nil)
    }
}
