import Kernel

/// The usual complaints and how long each takes (R3.03): the list `chiefComplaint` of the playbook with one setting each, so
/// that a clinic changes the table on its page of settings. Pure.
package enum ChiefComplaints {
    /// The entry a sentence names: its own words anywhere in it, or nothing but its initials ("yt" for 牙痛).
    package static func find(_ typed: String, _ playbook: Playbook) -> Code? {
        let text = typed.halfWidth.trimmed
        guard !text.isEmpty else { return nil }
        let codes = playbook.codes(.chiefComplaint)
        if let same = codes.first(where: { $0.label == text }) { return same }
        let lower = text.lowercased()
        if lower.allSatisfy({ $0.isASCII && $0.isLetter }) {
            return codes.first { initials($0) == lower } ?? codes.first { initials($0).hasPrefix(lower) }
        }
        return codes.filter { text.contains($0.label) }.max { $0.label.count < $1.label.count }
    }

    /// The words to store: initials become the label they stand for, everything else stays as typed.
    package static func words(_ typed: String, _ playbook: Playbook) -> String {
        let text = typed.halfWidth.trimmed
        guard !text.isEmpty, text.allSatisfy({ $0.isASCII && $0.isLetter }), let code = find(text, playbook) else {
            return typed.trimmed
        }
        return code.label
    }

    /// Quarters of an hour; nil when the sentence names none of the list.
    package static func units(_ typed: String, _ playbook: Playbook) -> Int? {
        find(typed, playbook).flatMap { units(of: $0, playbook) }
    }

    /// "yt". A character goes before the label because names are read by their surnames: 种 alone would be chóng.
    package static func initials(_ code: Code) -> String {
        Pinyin.initials(Array(Pinyin.syllables(ofName: "看" + code.label).dropFirst()))
    }

    /// nil when the list has an entry without a setting; a test keeps the two together.
    package static func units(of code: Code, _ playbook: Playbook) -> Int? {
        IntSetting(rawValue: "length.\(code.code)").map { playbook[$0] }
    }

    /// How long to reserve: the items' lengths when there are any; otherwise by the complaint; otherwise the routine check
    /// (R3.02, R3.03).
    package static func proposedUnits(items: [Item], complaint: String, playbook: Playbook) -> Int {
        let byComplaint = items.isEmpty ? units(complaint, playbook) : nil
        return byComplaint
            ?? BookingRules.proposedUnits(items: items, routineExamUnits: playbook[.appointmentRoutineExamUnits])
    }
}
