import Kernel
import Storage

/// What a customer comes for, in the customer's own words: the only question the public page asks before it shows times.
package enum OnlineNeed: String, Hashable, Sendable, CaseIterable {
    case pain, checkUp, cleaning, filling, gums, extraction, crown, implant, orthodontics, whitening, child, other

    /// The complaint of the booking, in the desk's words (R3.06).
    package var complaint: String {
        switch self {
        case .pain: "牙痛"
        case .checkUp: "口腔检查"
        case .cleaning: "洗牙"
        case .filling: "蛀牙、补牙"
        case .gums: "牙龈出血、牙周"
        case .extraction: "拔牙、智齿"
        case .crown: "做牙冠、镶牙"
        case .implant: "咨询种植牙"
        case .orthodontics: "咨询矫正"
        case .whitening: "美白"
        case .child: "儿童看牙"
        case .other: "其他"
        }
    }

    /// The item of the shipped price list that is booked; all but a cleaning begin with an examination.
    package var itemCode: String { self == .cleaning ? "PE01" : "EX01" }

    /// Nobody waits for days with a toothache.
    package var isUrgent: Bool { self == .pain }

    /// nil when the price list of the clinic no longer has it: then the booking has the length of a routine examination.
    func item(in tx: any ReadTransaction) throws -> Item? {
        try ItemStore.listActive(in: tx).first { $0.code == itemCode }
    }

    /// R3.43, R3.45: what cannot be done while the epidemic mode is on is not offered.
    package func isPossible(_ playbook: Playbook) -> Bool {
        !playbook.isEpidemic || playbook.item(itemCode)?.flags.contains(.epidemicSuspended) != true
    }
}

/// What is asked before the visit (R3.45). The answers are kept with the form; conditions go to the customer's alerts.
package enum OnlineQuestion: String, Hashable, Sendable, CaseIterable {
    case fever, contact, travel, isolation
    case anticoagulant, pregnancy, heart, hypertension, diabetes, allergy

    /// Codes of the list `screening`, asked only while the epidemic mode is on.
    package var isEpidemic: Bool {
        switch self {
        case .fever, .contact, .travel, .isolation: true
        default: false
        }
    }

    /// Code of the list `medicalHistory`; nil for what is no condition of the person.
    var history: String? {
        switch self {
        case .fever, .contact, .travel, .isolation: nil
        case .allergy: "otherAllergy"
        case .anticoagulant, .pregnancy, .heart, .hypertension, .diabetes: rawValue
        }
    }

    /// For the desk.
    package var label: String {
        switch self {
        case .fever: "近两周发热或咳嗽"
        case .contact: "近两周接触过发热病人"
        case .travel: "近两周去过风险地区"
        case .isolation: "正在隔离或健康监测"
        case .anticoagulant: "正在服抗凝药"
        case .pregnancy: "怀孕"
        case .heart: "心脏病"
        case .hypertension: "高血压"
        case .diabetes: "糖尿病"
        case .allergy: "药物过敏"
        }
    }

    package static func asked(_ playbook: Playbook) -> [OnlineQuestion] {
        let asked = Set(Screening.questions(playbook).map(\.code))
        return allCases.filter { !$0.isEpidemic || asked.contains($0.rawValue) }
    }
}
