import Kernel

/// One field of a form, ready to draw — templates/shell/_input.mustache
package struct InputView: Viewable {
    let name: String
    let label: String
    let value: String
    let type: String
    let hint: String?
    let error: String?
    let hasError: Bool
    let isRequired: Bool
    let autocomplete: String
    let inputMode: String?
    /// "元", "分钟": behind the field.
    let unit: String?
    let isFocused: Bool

    package static let fields: [Field<Self>] = [
        Field("name", \.name), Field("label", \.label), Field("value", \.value), Field("type", \.type),
        Field("hint", \.hint), Field("error", \.error), Field("hasError", \.hasError),
        Field("isRequired", \.isRequired),
        Field("autocomplete", \.autocomplete), Field("inputMode", \.inputMode), Field("unit", \.unit),
        Field("isFocused", \.isFocused),
    ]

    init(
        _ name: String, _ label: String, _ value: String = "", type: String = "text", hint: String? = nil,
        isRequired: Bool = false, autocomplete: String = "off", inputMode: String? = nil, unit: String? = nil,
        isFocused: Bool = false, faults: FormErrors = FormErrors()
    ) {
        self.name = name
        self.label = label
        self.value = value
        self.type = type
        self.hint = hint
        error = faults.messages[name]
        hasError = error != nil
        self.isRequired = isRequired
        self.autocomplete = autocomplete
        self.inputMode = inputMode
        self.unit = unit
        self.isFocused = faults.isEmpty ? isFocused : faults.field == name
    }
}

/// A label and its value.
package struct LabelledView: Viewable {
    let label: String
    let value: String
    package static let fields: [Field<Self>] = [Field("label", \.label), Field("value", \.value)]
    init(_ label: String, _ value: String) {
        self.label = label
        self.value = value
    }
}

/// A state in a word and a tone.
package struct StateChip: Viewable {
    let text: String
    let tone: String
    package static let fields: [Field<Self>] = [Field("text", \.text), Field("tone", \.tone)]
    init(text: String, tone: String) {
        self.text = text
        self.tone = tone
    }
}

/// Somewhere else to go.
package struct LinkView: Viewable {
    let href: String
    let label: String
    /// The next action: its button is the primary one.
    let isNext: Bool
    package static let fields: [Field<Self>] = [
        Field("href", \.href), Field("label", \.label), Field("isNext", \.isNext),
    ]
    init(_ href: String, _ label: String, isNext: Bool = false) {
        self.href = href
        self.label = label
        self.isNext = isNext
    }
}

/// One answer of a choice.
package struct ChoiceView: Viewable {
    let value: String
    let label: String
    let hint: String?
    let isChosen: Bool
    package static let fields: [Field<Self>] = [
        Field("value", \.value), Field("label", \.label), Field("hint", \.hint), Field("isChosen", \.isChosen),
    ]
    init(_ value: String, _ label: String, hint: String? = nil, isChosen: Bool) {
        self.value = value
        self.label = label
        self.hint = hint
        self.isChosen = isChosen
    }
}

extension FormErrors {
    /// Any refusal that the user can act on, as faults of the form it came from.
    init(_ error: any UserFacingError) {
        if let errors = error as? FormErrors {
            self = errors
        } else {
            self.init(error.field ?? "form", error.userMessage)
        }
    }
    /// What belongs to no field of the page stands above the form; so does everything when there are several faults,
    /// because a long form shows only some of them.
    func messages(outside fields: Set<String>) -> String? {
        if order.count > 1 { return "有 \(order.count) 处要改：\(userMessage)" }
        let outside = order.filter { !fields.contains($0) }.compactMap { messages[$0] }
        return outside.isEmpty ? nil : outside.joined(separator: "；")
    }
}
