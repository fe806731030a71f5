import Clinic
import Kernel

/// One question of a register as a form asks it; exactly one part is there — templates/registers/_field.mustache
struct RegisterFieldView: Viewable {
    let input: InputView?
    let area: Area?
    let pick: Pick?
    let radios: Radios?
    let box: Box?
    let customer: Person?
    let sign: Box?
    static let fields: [Field<Self>] = [
        Field("input", \.input), Field("area", \.area), Field("pick", \.pick), Field("radios", \.radios),
        Field("box", \.box), Field("customer", \.customer), Field("sign", \.sign),
    ]

    struct Area: Viewable {
        let name: String
        let label: String
        let value: String
        let isRequired: Bool
        let hint: String?
        let problem: String?
        static let fields: [Field<Self>] = [
            Field("name", \.name), Field("label", \.label), Field("value", \.value),
            Field("isRequired", \.isRequired), Field("hint", \.hint), Field("problem", \.problem),
        ]
    }

    struct Pick: Viewable {
        let name: String
        let title: String
        let options: [OptionView]
        let isRequired: Bool
        let hint: String?
        let problem: String?
        static let fields: [Field<Self>] = [
            Field("name", \.name), Field("title", \.title), Field("options", \.options),
            Field("isRequired", \.isRequired), Field("hint", \.hint), Field("problem", \.problem),
        ]
    }

    /// A closed list whose answers are all seen at once.
    struct Radios: Viewable {
        let title: String
        let answers: [Answer]
        let isRequired: Bool
        let hint: String?
        let problem: String?
        static let fields: [Field<Self>] = [
            Field("title", \.title), Field("answers", \.answers), Field("isRequired", \.isRequired),
            Field("hint", \.hint), Field("problem", \.problem),
        ]

        struct Answer: Viewable {
            let name: String
            let value: String
            let label: String
            let isChosen: Bool
            static let fields: [Field<Self>] = [
                Field("name", \.name), Field("value", \.value), Field("label", \.label),
                Field("isChosen", \.isChosen),
            ]
        }
    }

    struct Box: Viewable {
        let name: String
        let label: String
        let isChecked: Bool
        let isRequired: Bool
        let problem: String?
        static let fields: [Field<Self>] = [
            Field("name", \.name), Field("label", \.label), Field("isChecked", \.isChecked),
            Field("isRequired", \.isRequired), Field("problem", \.problem),
        ]
    }

    /// The customer, chosen beside the form.
    struct Person: Viewable {
        let name: String
        let label: String
        let value: String
        let isChosen: Bool
        let chosen: String
        let changeHref: String
        let isRequired: Bool
        let problem: String?
        static let fields: [Field<Self>] = [
            Field("name", \.name), Field("label", \.label), Field("value", \.value), Field("isChosen", \.isChosen),
            Field("chosen", \.chosen),
            Field("changeHref", \.changeHref), Field("isRequired", \.isRequired), Field("problem", \.problem),
        ]
    }

    /// What the lists offer, and whose name stands for the customer that is chosen.
    struct Source {
        let staff: [FieldChoice]
        let places: [FieldChoice]
        let customer: String?
        /// The form without a customer.
        let pickHref: String
    }

    private init(
        input: InputView? = nil, area: Area? = nil, pick: Pick? = nil, radios: Radios? = nil, box: Box? = nil,
        customer: Person? = nil, sign: Box? = nil
    ) {
        self.input = input
        self.area = area
        self.pick = pick
        self.radios = radios
        self.box = box
        self.customer = customer
        self.sign = sign
    }

    init(_ field: RegisterField, _ value: String, _ source: Source, _ faults: FormErrors) {
        let name = field.formName
        let problem = faults.messages[name]
        func input(_ type: String = "text", mode: String? = nil) -> RegisterFieldView {
            RegisterFieldView(
                input: InputView(
                    name, field.label, value, type: type, hint: field.hint, isRequired: field.isRequired,
                    inputMode: mode, unit: field.unit, faults: faults))
        }
        func pick(_ choices: [FieldChoice], empty: String?) -> Pick {
            let options = choices.map { OptionView($0.code, $0.label, isChosen: $0.code == value) }
            return Pick(
                name: name, title: field.label,
                options: (empty.map { [OptionView("", $0, isChosen: value.isEmpty)] } ?? []) + options,
                isRequired: field.isRequired, hint: field.hint, problem: problem)
        }
        self =
            switch field.kind {
            case .text: input()
            case .number: input(mode: "decimal")
            case .money: input(mode: "decimal")
            case .day: input("date")
            case .time: input("time")
            case .longText:
                RegisterFieldView(
                    area: Area(
                        name: name, label: field.label, value: value, isRequired: field.isRequired, hint: field.hint,
                        problem: problem))
            case .choice:
                RegisterFieldView(
                    radios: Radios(
                        title: field.label,
                        answers: field.choices.map {
                            Radios.Answer(
                                name: name, value: $0.code, label: $0.label, isChosen: $0.code == value)
                        }, isRequired: field.isRequired, hint: field.hint, problem: problem))
            case .staff: RegisterFieldView(pick: pick(source.staff, empty: "请选择"))
            case .place: RegisterFieldView(pick: pick(source.places, empty: "请选择"))
            case .tick:
                RegisterFieldView(
                    box: Box(
                        name: name, label: field.label, isChecked: !value.isEmpty, isRequired: field.isRequired,
                        problem: problem))
            case .customer:
                RegisterFieldView(
                    customer: Person(
                        name: name, label: field.label, value: value,
                        isChosen: !value.isEmpty && source.customer != nil, chosen: source.customer ?? "",
                        changeHref: source.pickHref, isRequired: field.isRequired, problem: problem))
            case .signature:
                RegisterFieldView(
                    sign: Box(
                        name: name, label: field.label, isChecked: value == Registers.paperMark,
                        isRequired: field.isRequired, problem: problem))
            }
    }

    static var samples: [RegisterFieldView] {
        let source = Source(
            staff: [FieldChoice(code: "1", label: "欧阳诗琪诗琪诗琪")], places: PlaceText.common, customer: "欧阳诗琪诗琪诗琪",
            pickHref: "#")
        let choices = [FieldChoice(code: "good", label: "完好"), FieldChoice(code: "worn", label: "有旧损")]
        return RegisterField.Kind.allCases.enumerated().map { number, kind in
            let field = RegisterField(
                id: "f\(number)", label: "栏目名称写得长一些看看 \(number + 1)", kind: kind, isRequired: number % 2 == 0,
                requiredUnless: nil, requiredIf: nil, unit: kind == .number ? "人" : nil, minimum: nil, maximum: nil,
                choices: choices, hint: "一句提示", isMasked: false, isKey: false, isListed: true)
            return RegisterFieldView(
                field, kind == .day ? "2026-03-12" : kind == .time ? "10:24" : "", source,
                number == 3 ? FormErrors(field.formName, "请填写这一栏") : FormErrors())
        }
    }
}
