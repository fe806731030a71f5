import Clinic
import Kernel

/// Up to three spans of one day as form fields: begin, end, and what the person does where.
struct SpanFields: Viewable {
    /// "1a": weekday and letter.
    let name: String
    let label: String
    let starts: [OptionView]
    let ends: [OptionView]
    let places: [OptionView]
    static let fields: [Field<Self>] = [
        Field("name", \.name), Field("label", \.label), Field("starts", \.starts), Field("ends", \.ends),
        Field("places", \.places),
    ]

    static let letters = ["a", "b", "c"]
    private static let ordinals = ["第一段", "第二段", "第三段"]

    /// - Parameter day: "1" for Monday, "x" for a dated exception.
    static func row(_ day: String, label: String, spans: [WorkSpan], _ places: Places) -> [SpanFields] {
        letters.enumerated().map { index, letter in
            let span = index < spans.count ? spans[index] : nil
            return SpanFields(
                name: day + letter, label: "\(label)\(ordinals[index])",
                starts: clock(0..<96, chosen: span?.start.index), ends: clock(1..<97, chosen: span?.end.index),
                places: places.options(chosen: span))
        }
    }

    /// Half hours keep the list short; an odd quarter that is in use stays choosable.
    static func clock(_ units: Range<Int>, chosen: Int?) -> [OptionView] {
        [OptionView("", "—", isChosen: chosen == nil)]
            + units.filter { $0 % 2 == 0 && (24...92).contains($0) || $0 == chosen }.map {
                OptionView(String($0), Unit($0).clockText, isChosen: $0 == chosen)
            }
    }

    /// Reads what `row` draws.
    /// - Throws: `FormErrors` on `span`.
    static func read(_ form: Form, _ day: String) throws -> [WorkSpan] {
        try letters.compactMap { try span(form, day + $0) }
    }

    /// nil when both ends are empty.
    static func span(_ form: Form, _ name: String) throws -> WorkSpan? {
        let (start, end) = (form["start-\(name)"], form["end-\(name)"])
        if start.isEmpty, end.isEmpty { return nil }
        guard let start = number(start, 0..<Unit.perDay), let end = number(end, 1..<Unit.perDay + 1) else {
            throw FormErrors("span", "请同时选择上班和下班时间")
        }
        let place = form["place-\(name)"]
        let code = String(place.drop { $0 != ":" }.dropFirst())
        return WorkSpan(
            Unit(start), Unit(end), chairID: place.hasPrefix("chair:") ? ID<Chair>(code) : nil,
            roomID: place.hasPrefix("room:") ? ID<Room>(code) : nil, duty: Duty(rawValue: place) ?? .work)
    }

    static func number(_ text: String, _ range: Range<Int>) -> Int? {
        Int(text.halfWidth.trimmed).flatMap { range.contains($0) ? $0 : nil }
    }

    /// What a span can be: at the usual place, at a chair, in a room, on duty, on standby.
    struct Places: Sendable {
        let chairs: [Chair]
        let rooms: [Room]

        func options(chosen span: WorkSpan?) -> [OptionView] {
            let value = Self.value(span)
            let all =
                [("work", "上班"), ("administrative", Duty.administrative.label), ("standby", Duty.standby.label)]
                + chairs.map { ("chair:\($0.id.text)", $0.name) }
                + rooms.filter { $0.kind == .communication }.map { ("room:\($0.id.text)", $0.name) }
            return all.map { OptionView($0.0, $0.1, isChosen: $0.0 == value) }
        }

        private static func value(_ span: WorkSpan?) -> String {
            guard let span else { return Duty.work.rawValue }
            if span.duty != .work { return span.duty.rawValue }
            if let chair = span.chairID { return "chair:\(chair.text)" }
            if let room = span.roomID { return "room:\(room.text)" }
            return Duty.work.rawValue
        }
    }
}
