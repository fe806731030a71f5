import Clinic
import Kernel
import Storage

/// Who and what is needed during a part of a booking, as typed: rows of "who", "from" and "how long".
struct PartFields: Hashable, Sendable {
    struct Row: Hashable, Sendable {
        /// `doctor`, `assistant-<id>` or `device-<id>`; "" for an empty row.
        var who = ""
        /// Quarters of an hour after the start.
        var from = ""
        /// Quarters of an hour; "": to the end.
        var units = ""
    }
    var rows: [Row] = []
    static let count = 3

    init() {}

    init(_ form: Form) {
        let (from, units) = (form.all("partFrom"), form.all("partUnits"))
        rows = form.all("part").enumerated().map { index, who in
            Row(who: who, from: index < from.count ? from[index] : "", units: index < units.count ? units[index] : "")
        }
    }

    /// As stored.
    init(_ a: Appointment) {
        rows = a.parts.map { part in
            let who: String
            switch part.kind {
            case .doctor: who = "doctor"
            case .assistant: who = "assistant-\(ID<Staff>(raw: part.resourceID).text)"
            case .device: who = "device-\(ID<Device>(raw: part.resourceID).text)"
            }
            return Row(
                who: who, from: String(part.offset),
                units: part.offset + part.units == a.units ? "" : String(part.units))
        }
        if let assistant = a.assistantID, !rows.contains(where: { $0.who.hasPrefix("assistant") }) {
            rows.append(Row(who: "assistant-\(assistant.text)", from: "0"))
        }
    }

    var isEmpty: Bool { rows.allSatisfy { $0.who.isEmpty } }

    /// The assistant of the booking, and the parts.
    /// - Parameter total: length of the booking in quarters of an hour.
    /// - Throws: `FormErrors` on `parts`.
    func needs(units total: Int) throws(FormErrors) -> (ID<Staff>?, [AppointmentPart]) {
        var assistant: ID<Staff>?
        var parts: [AppointmentPart] = []
        for row in rows where !row.who.isEmpty {
            guard let from = row.from.isEmpty ? 0 : Int(row.from), (0..<Unit.perDay).contains(from),
                row.units.isEmpty || SlotText.units(row.units) != nil
            else { throw FormErrors("parts", "分段请从列表里选择") }
            let units = SlotText.units(row.units) ?? total - from
            let words = row.who.split(separator: "-", maxSplits: 1).map(String.init)
            switch (words.first, words.count > 1 ? words[1] : "") {
            case ("doctor", _): parts.append(.doctor(offset: from, units: units))
            case ("assistant", let text):
                guard let id = ID<Staff>(text) else { throw FormErrors("parts", "请从列表里选择助手") }
                if assistant == nil { assistant = id }
                // For the whole length the booking's assistant says enough.
                if assistant != id || from > 0 || units < total {
                    parts.append(.assistant(id, offset: from, units: units))
                }
            case ("device", let text):
                guard let id = ID<Device>(text) else { throw FormErrors("parts", "请从列表里选择沟通室或设备") }
                parts.append(.device(id, offset: from, units: units))
            default: throw FormErrors("parts", "分段请从列表里选择")
            }
        }
        return (assistant, parts)
    }
}

/// The rows of the form — templates/appointments/_parts.mustache
struct PartsView: Viewable {
    let rows: [Row]
    let error: String?
    /// Something is filled in or at fault.
    let isOpen: Bool
    static let fields: [Field<Self>] = [
        Field("rows", \.rows), Field("error", \.error), Field("isOpen", \.isOpen),
    ]

    struct Row: Viewable {
        let number: Int
        let who: [OptionView]
        let from: [OptionView]
        let units: [OptionView]
        static let fields: [Field<Self>] = [
            Field("number", \.number), Field("who", \.who), Field("from", \.from), Field("units", \.units),
        ]
    }
}

extension PartsView {
    /// Assistants are the nurses and assistants of the clinic; doctors who help another are not among them.
    static func load(
        _ typed: PartFields, faults: FormErrors, for request: StaffRequest, in tx: any ReadTransaction
    ) throws -> PartsView {
        let clinic = request.clinic.id
        let roles = try RosterStore.roles(clinic: clinic, in: tx)
        let helpers = try StaffStore.listActive(clinic: clinic, in: tx)
            .filter { !$0.isDoctor && !(roles[$0.id] ?? []).isDisjoint(with: ["nurse", "assistant", "headNurse"]) }
        let devices = try DeviceStore.list(clinic: clinic, in: tx)
        var choices = [("doctor", "医生（只占这一段）")]
        choices += helpers.map { ("assistant-\($0.id.text)", "助手 \($0.name)") }
        choices += devices.map { ("device-\($0.id.text)", $0.name) }
        return PartsView(typed, choices: choices, error: faults.messages["parts"])
    }

    init(_ typed: PartFields, choices: [(String, String)], error: String?) {
        rows = (0..<max(PartFields.count, typed.rows.count)).map { index in
            let row = index < typed.rows.count ? typed.rows[index] : PartFields.Row()
            return Row(
                number: index + 1,
                who: choices.map { OptionView($0.0, $0.1, isChosen: $0.0 == row.who) },
                from: (0..<12).map {
                    OptionView(
                        String($0), $0 == 0 ? "一开始" : "\($0 * Unit.minutes) 分钟后", isChosen: String($0) == row.from)
                },
                units: (1...12).map {
                    OptionView(String($0), "\($0 * Unit.minutes) 分钟", isChosen: String($0) == row.units)
                })
        }
        self.error = error
        isOpen = !typed.isEmpty || error != nil
    }

    static var sample: PartsView {
        var typed = PartFields()
        typed.rows = [PartFields.Row(who: "doctor", from: "1", units: "2"), PartFields.Row(who: "device-1", from: "0")]
        return PartsView(
            typed, choices: [("doctor", "医生（只占这一段）"), ("assistant-1", "助手 欧阳诗琪诗琪"), ("device-1", "1 号沟通室")],
            error: "分段时间要在预约的 30 分钟以内，请改短分段或加长预约")
    }
}

/// What the parts of a booking say, in words.
enum PartWords {
    /// "医生 0–30 分钟 · 助手 周敏 30–60 分钟"
    static func text(
        _ parts: [AppointmentPart], names: [ID<Staff>: String], devices: [ID<Device>: String]
    ) -> String {
        parts.map { part in
            let who: String
            switch part.kind {
            case .doctor: who = "医生"
            case .assistant: who = "助手 \(names[ID(raw: part.resourceID)] ?? "")"
            case .device: who = devices[ID(raw: part.resourceID)] ?? "设备"
            }
            let (begin, end) = (part.offset * Unit.minutes, (part.offset + part.units) * Unit.minutes)
            return "\(who) \(begin)–\(end) 分钟"
        }.joined(separator: " · ")
    }
}
