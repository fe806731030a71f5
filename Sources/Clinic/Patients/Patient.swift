import Kernel

/// A customer (客人) of the organisation, as registered. Identity is seen in all clinics.
package struct Patient: Hashable, Sendable {
    package let id: ID<Patient>
    package var homeClinicID: ID<ClinicSite>
    /// 病历号: clinic code and six digits.
    package var recordNumber: String
    package var name: String
    /// Syllables with spaces, editable: polyphones differ by family. ü is written v.
    package var pinyin: String
    package var gender: Gender
    package var bornOn: Day?
    /// Years, when no birth date was given; as on `statedAgeOn`.
    package var statedAge: Int?
    package var statedAgeOn: Day?
    /// Preferred form of address (R1.16); nil: by gender and age.
    package var salutation: String?
    /// Main number, digits as dialled. Families share one, so it is not unique.
    package var phone: String?
    /// Code of the list `phoneMissing`, when `phone` is nil (R1.12).
    package var phoneMissingReason: String?
    package var phoneConfirmedAt: Timestamp?
    package var address: String?
    package var documentKind: DocumentKind?
    /// Sealed by `FieldCipher`; nil without a document.
    package var documentCipher: String?
    package var documentHash: String?
    package var documentMasked: String?
    /// Code of the list `sourceChannel` (R1.18).
    package var sourceChannel: String?
    /// Who brought this customer (R1.19).
    package var referrerID: ID<Patient>?
    /// The id of the first known member of the family (R1.19).
    package var householdID: ID<Patient>?
    /// Symptoms as stated at registration (R1.01).
    package var complaint: String
    package var conditionNote: String?
    package var remark: String?
    /// The visit time of a walk-in; a later visit or booking has its own.
    package var registeredAt: Timestamp
    package var registeredBy: ID<Staff>
    package var mergedIntoID: ID<Patient>?
    package var version: Int
}

/// The paper a customer is identified by. Numbers are stored sealed.
package enum DocumentKind: String, Sendable, CaseIterable {
    case nationalID, residencePermit, permanentResidence, passport, other

    package var label: String {
        switch self {
        case .nationalID: "身份证"
        case .residencePermit: "港澳台居民居住证"
        case .permanentResidence: "外国人永久居留证"
        case .passport: "护照"
        case .other: "其他证件"
        }
    }

    /// Built like a national ID: birth date, sex and check digit inside.
    package var hasCheckDigit: Bool { self == .nationalID || self == .residencePermit }
}

extension Patient {
    /// Full years on `day`; nil when neither birth date nor age is known.
    package func age(on day: Day) -> Int? {
        PatientAge.years(bornOn: bornOn, stated: statedAge, on: statedAgeOn, today: day)
    }

    /// "57 岁", "8 个月", "约 40 岁" for a stated age, "年龄不详".
    package func ageText(on day: Day) -> String {
        PatientAge.text(bornOn: bornOn, stated: statedAge, on: statedAgeOn, today: day)
    }

    /// Consent is a guardian's matter until the fourteenth birthday.
    package func needsGuardian(on day: Day) -> Bool { age(on: day).map { $0 < PatientAge.guardianUntil } ?? false }

    /// One or two characters; a Latin name is its own surname.
    package var surname: String { PersonName.surname(of: name) }

    /// 谢女士, 小明小朋友: what the desk says and large screens show (R1.16).
    package func greeting(on day: Day) -> String {
        PersonName.greeting(name: name, salutation: salutation, gender: gender, age: age(on: day))
    }
}

/// Ages from a birth date, or from an age that was stated some day.
package enum PatientAge {
    package static let guardianUntil = 14

    package static func years(bornOn: Day?, stated: Int?, on statedOn: Day?, today: Day) -> Int? {
        if let bornOn { return max(0, today.years(since: bornOn)) }
        guard let stated else { return nil }
        return stated + max(0, statedOn.map { today.years(since: $0) } ?? 0)
    }

    package static func text(bornOn: Day?, stated: Int?, on statedOn: Day?, today: Day) -> String {
        guard let years = years(bornOn: bornOn, stated: stated, on: statedOn, today: today) else { return "年龄不详" }
        guard let bornOn else { return "约 \(years) 岁" }
        guard years < 2 else { return "\(years) 岁" }
        let (year, month, day) = today.components
        let (birthYear, birthMonth, birthDay) = bornOn.components
        let months = (year - birthYear) * 12 + month - birthMonth - (day < birthDay ? 1 : 0)
        return "\(max(0, months)) 个月"
    }
}

/// Chinese names and how to address their bearers.
package enum PersonName {
    private static let doubleSurnames: Set<String> = [
        "欧阳", "上官", "司马", "诸葛", "东方", "皇甫", "尉迟", "公孙", "慕容", "令狐", "司徒", "夏侯", "长孙", "宇文", "端木", "南宫",
        "独孤", "百里", "呼延", "东郭", "轩辕", "钟离", "闾丘", "司空", "太史", "申屠", "澹台", "公冶", "濮阳", "西门",
    ]

    package static func surname(of name: String) -> String {
        if let first = name.first, first.isASCII { return name }
        if name.count > 2, doubleSurnames.contains(String(name.prefix(2))) { return String(name.prefix(2)) }
        return String(name.prefix(1))
    }

    package static func greeting(name: String, salutation: String?, gender: Gender, age: Int?) -> String {
        if let salutation { return surname(of: name) + salutation }
        if let age, age < PatientAge.guardianUntil { return name + "小朋友" }
        switch gender {
        case .male: return surname(of: name) + "先生"
        case .female: return surname(of: name) + "女士"
        case .unknown: return name
        }
    }
}
