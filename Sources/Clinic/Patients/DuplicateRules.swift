import Kernel

/// A person on file who may be the one just typed (R1.14).
package struct DuplicateMatch: Hashable, Sendable {
    package enum Reason: String, Hashable, Sendable, CaseIterable {
        case sameDocument, samePhone, sameNameAndBirth
        package var label: String {
            switch self {
            case .sameDocument: "证件号相同"
            case .samePhone: "电话相同"
            case .sameNameAndBirth: "姓名和生日相同"
            }
        }
    }

    package let patient: Patient
    /// Strongest first.
    package let reasons: [Reason]

    /// The same document, or two other signs: nearly always the same person.
    package var isLikely: Bool { reasons.contains(.sameDocument) || reasons.count > 1 }
}

/// What was typed, reduced to what tells people apart.
package struct DuplicateProbe: Hashable, Sendable {
    package let name: String
    package let bornOn: Day?
    package let phone: String?
    package let documentHash: String?
    package init(name: String, bornOn: Day?, phone: String?, documentHash: String?) {
        self.name = name
        self.bornOn = bornOn
        self.phone = phone
        self.documentHash = documentHash
    }
}

/// Who might be the same person. A warning, never a wall: families share a phone, twins a birthday.
package enum DuplicateRules {
    /// - Returns: those with at least one sign in common, likeliest first.
    package static func matches(_ probe: DuplicateProbe, among candidates: [Patient]) -> [DuplicateMatch] {
        let found = candidates.compactMap { patient -> DuplicateMatch? in
            let reasons = DuplicateMatch.Reason.allCases.filter { holds($0, probe, patient) }
            return reasons.isEmpty ? nil : DuplicateMatch(patient: patient, reasons: reasons)
        }
        return found.sorted { a, b in
            a.isLikely != b.isLikely
                ? a.isLikely
                : a.reasons.count != b.reasons.count
                    ? a.reasons.count > b.reasons.count : a.patient.id < b.patient.id
        }
    }

    private static func holds(_ reason: DuplicateMatch.Reason, _ probe: DuplicateProbe, _ patient: Patient) -> Bool {
        switch reason {
        case .sameDocument: probe.documentHash != nil && probe.documentHash == patient.documentHash
        case .samePhone: probe.phone != nil && probe.phone == patient.phone
        case .sameNameAndBirth: probe.bornOn != nil && probe.bornOn == patient.bornOn && probe.name == patient.name
        }
    }
}
