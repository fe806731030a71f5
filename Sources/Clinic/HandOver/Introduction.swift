import Kernel

/// The sentence with which a customer is introduced to the doctor (R4.20). Pure.
package enum Introduction {
    package struct Facts: Sendable {
        /// Full name; nil: not decided.
        package var doctor: String?
        /// 谢女士 (R1.16).
        package var greeting: String
        package var type: VisitType
        /// Items of the booking, or the complaint.
        package var purpose: String
        /// What was done last, and when: "充填 16" on a day.
        package var last: (day: Day, what: String)?
        /// R1.17
        package var observation: String?

        package init(
            doctor: String?, greeting: String, type: VisitType, purpose: String, last: (day: Day, what: String)? = nil,
            observation: String? = nil
        ) {
            self.doctor = doctor
            self.greeting = greeting
            self.type = type
            self.purpose = purpose
            self.last = last
            self.observation = observation
        }
    }

    /// "林医生您好，这位是谢女士，复诊，这次来：充填 16。上次 11 月 2 日 洁治。有些紧张，希望讲慢一点。"
    package static func text(_ facts: Facts) -> String {
        let doctor = facts.doctor.map { PersonName.surname(of: $0) + "医生您好，" } ?? ""
        var text = "\(doctor)这位是\(facts.greeting)，\(facts.type.label)，这次来：\(ended(facts.purpose))"
        if let last = facts.last { text += "上次 \(last.day.monthDayText) \(ended(last.what))" }
        if let observation = facts.observation?.nonBlank { text += ended(observation) }
        return text
    }

    /// A sentence has one full stop.
    private static func ended(_ text: String) -> String {
        let text = text.trimmed
        guard let last = text.last, !"。！？；.!?".contains(last) else { return text }
        return text + "。"
    }
}
