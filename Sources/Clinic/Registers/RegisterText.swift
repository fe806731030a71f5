import Kernel
import Storage

/// Names of what entries refer to.
package struct RegisterNames: Sendable {
    package let staff: [ID<Staff>: String]
    package let customers: [ID<Patient>: String]
    package let places: [String: String]

    package static func load(
        _ entries: [RegisterEntry], _ playbook: Playbook, clinic: ID<ClinicSite>, in tx: any ReadTransaction
    ) throws -> RegisterNames {
        var staff = Set(entries.map(\.recordedBy)).union(entries.compactMap(\.closedBy))
        for entry in entries {
            let fields = playbook.register(entry.register)?.allFields ?? []
            for field in fields where field.kind == .staff {
                if let id = entry.content[field.id].flatMap({ ID<Staff>($0) }) { staff.insert(id) }
            }
        }
        let people = try PatientStore.list(Array(Set(entries.compactMap(\.patientID))), in: tx)
        let places = PlaceText.choices(try PlaceStore.rooms(clinic: clinic, in: tx))
        return RegisterNames(
            staff: try StaffStore.names(staff, in: tx),
            customers: Dictionary(people.map { ($0.id, $0.name) }, uniquingKeysWith: { first, _ in first }),
            places: Dictionary(places.map { ($0.code, $0.label) }, uniquingKeysWith: { first, _ in first }))
    }

    package init(staff: [ID<Staff>: String], customers: [ID<Patient>: String], places: [String: String]) {
        self.staff = staff
        self.customers = customers
        self.places = places
    }
}

/// Entries in words.
package enum RegisterText {
    /// "12 · 王小明 · 黑色拉杆箱 · 行李间": the columns of the list.
    package static func summary(
        _ entry: RegisterEntry, _ register: RegisterDefinition, _ names: RegisterNames
    ) -> String {
        var parts = register.fields.filter(\.isListed).compactMap { answer($0, entry, names, masked: true) }
        if let customer = entry.patientID.flatMap({ names.customers[$0] }) { parts.insert(customer, at: 0) }
        return String(([register.title] + parts).joined(separator: " · ").prefix(200))
    }

    /// The answer to one field; nil when there is none.
    package static func answer(
        _ field: RegisterField, _ entry: RegisterEntry, _ names: RegisterNames, masked: Bool
    ) -> String? {
        guard let value = entry.content[field.id] else { return nil }
        if field.isMasked, masked { return String(value.prefix(1)) + "***" }
        switch field.kind {
        case .text, .longText, .time: return value
        case .number: return value + (field.unit.map { " \($0)" } ?? "")
        case .money: return Int64(value).map { Money(fen: $0).yuanText } ?? value
        case .choice: return field.choices.first { $0.code == value }?.label ?? value
        case .staff: return ID<Staff>(value).flatMap { names.staff[$0] } ?? "已离职的同事"
        case .customer: return ID<Patient>(value).flatMap { names.customers[$0] } ?? "客人"
        case .day: return Day(value)?.monthDayText ?? value
        case .tick: return "是"
        case .place: return names.places[value] ?? "已停用的房间"
        case .signature: return "已签字"
        }
    }
}
