import Kernel

/// What a clinic demands of a registration; from the playbook.
package struct RegistrationPolicy: Hashable, Sendable {
    /// The document is optional unless this or the epidemic mode is on (R1.11).
    package var requiresDocument: Bool
    package var phoneMissingReasons: Set<String>
    package var sourceChannels: Set<String>
    package init(requiresDocument: Bool, phoneMissingReasons: Set<String>, sourceChannels: Set<String>) {
        self.requiresDocument = requiresDocument
        self.phoneMissingReasons = phoneMissingReasons
        self.sourceChannels = sourceChannels
    }
}

/// What a document number says about its bearer; the desk confirms it (R1.11).
package struct DocumentSuggestion: Hashable, Sendable {
    package let bornOn: Day
    package let gender: Gender
}

/// Checks of identity and contact data. Pure; every fault at once, under the HTML name of its field.
package enum RegistrationRules {
    static let longestName = 40
    static let longestNote = 500
    static let oldest = 130

    /// - Parameter hasStoredDocument: a correction may leave the number blank.
    /// - Throws: `FormErrors` with all faults (R1.01, R1.11, R1.12).
    package static func check(
        _ details: PatientDetails, policy: RegistrationPolicy, today: Day, hasStoredDocument: Bool = false
    ) throws(FormErrors) -> PatientFacts {
        var errors = FormErrors()
        let name = checkedName(details.name, &errors)
        let document = checkedDocument(details, policy, hasStored: hasStoredDocument, &errors)
        let suggestion = document.flatMap(suggestion)
        let bornOn = checkedBirth(details, suggestion, today, &errors)
        let age = checkedAge(details, bornOn: bornOn, today, &errors)
        let gender = checkedGender(details, suggestion, &errors)
        let phone = checkedPhone(details, policy, &errors)
        let complaint = checkedText(details.complaint, "complaint", &errors)
        if complaint == nil, errors.messages["complaint"] == nil { errors.add("complaint", "请写下症状或来意") }
        let source = details.sourceChannel.nonBlank
        if let source, !policy.sourceChannels.contains(source) { errors.add("sourceChannel", "请从列表里选择了解渠道") }
        let facts = PatientFacts(
            name: name ?? "", pinyin: checkedPinyin(details.pinyin, name: name ?? "", &errors), gender: gender,
            bornOn: bornOn, statedAge: bornOn == nil ? age : nil,
            salutation: checkedText(details.salutation, "salutation", limit: 10, &errors), phone: phone,
            phoneMissingReason: phone == nil ? details.phoneMissingReason.nonBlank : nil,
            address: checkedText(details.address, "address", limit: 120, &errors), document: document,
            sourceChannel: source, referrerID: details.referrerID, complaint: complaint ?? "",
            conditionNote: checkedText(details.conditionNote, "conditionNote", &errors),
            remark: checkedText(details.remark, "remark", &errors))
        try errors.throwIfAny()
        return facts
    }

    /// Birth date and sex as the number tells them; nil for a number that is not a valid ID.
    package static func suggestion(_ document: IdentityDocument) -> DocumentSuggestion? {
        guard document.kind.hasCheckDigit, let id = try? NationalID(document.number) else { return nil }
        return DocumentSuggestion(bornOn: id.birthDate, gender: id.isMale ? .male : .female)
    }

    private static func checkedName(_ typed: String, _ errors: inout FormErrors) -> String? {
        guard let name = typed.halfWidth.nonBlank else {
            errors.add("name", "请填写姓名")
            return nil
        }
        if name.count > longestName {
            errors.add("name", "姓名最多 \(longestName) 个字")
        } else if !name.contains(where: \.isLetter) || name.contains(where: \.isNewline) {
            errors.add("name", "姓名里没有文字，请核对")
        }
        return name
    }

    private static func checkedPinyin(_ typed: String, name: String, _ errors: inout FormErrors) -> String {
        let text = PatientTerms.normalised(typed, keepsSpaces: true).split(separator: " ").joined(separator: " ")
        guard !text.isEmpty else { return Pinyin.text(ofName: name) }
        if !text.allSatisfy({ $0 == " " || ($0.isASCII && ($0.isLetter || $0.isASCIIDigit)) }) {
            errors.add("pinyin", "拼音只用字母，音节之间空一格，ü 写作 v")
        }
        return text
    }

    private static func checkedBirth(
        _ details: PatientDetails, _ suggestion: DocumentSuggestion?, _ today: Day, _ errors: inout FormErrors
    ) -> Day? {
        guard details.bornOn.nonBlank != nil else { return suggestion?.bornOn }
        guard let day = TypedDay.read(details.bornOn) else {
            errors.add("bornOn", "出生日期写成 1968-07-02 或 19680702")
            return nil
        }
        if day > today {
            errors.add("bornOn", "出生日期在今天以后，请核对")
        } else if today.years(since: day) > oldest {
            errors.add("bornOn", "出生日期早于 \(oldest) 年前，请核对")
        } else if let suggestion, suggestion.bornOn != day, !details.acceptsDocumentMismatch {
            errors.add("bornOn", "与证件不一致（证件为 \(suggestion.bornOn.iso)），请核对；无误请勾选确认")
        }
        return day
    }

    private static func checkedAge(
        _ details: PatientDetails, bornOn: Day?, _ today: Day, _ errors: inout FormErrors
    ) -> Int? {
        let typed = details.age.halfWidth.trimmed.replacing("岁", with: "")
        guard !typed.isEmpty else {
            if bornOn == nil, errors.messages["bornOn"] == nil { errors.add("age", "请填写年龄或出生日期") }
            return nil
        }
        guard let age = Int(typed), (0...oldest).contains(age) else {
            errors.add("age", "年龄填 0 到 \(oldest) 的整数")
            return nil
        }
        if let bornOn, abs(today.years(since: bornOn) - age) > 1 { errors.add("age", "年龄与出生日期不符，请核对") }
        return age
    }

    private static func checkedGender(
        _ details: PatientDetails, _ suggestion: DocumentSuggestion?, _ errors: inout FormErrors
    ) -> Gender {
        let typed = Gender(rawValue: details.gender)
        guard let typed, typed != .unknown || suggestion == nil else {
            if suggestion == nil { errors.add("gender", "请选择性别") }
            return suggestion?.gender ?? .unknown
        }
        if let suggestion, typed != suggestion.gender, !details.acceptsDocumentMismatch {
            errors.add("gender", "与证件不一致（证件为\(suggestion.gender.label)），请核对；无误请勾选确认")
        }
        return typed
    }

    private static func checkedPhone(
        _ details: PatientDetails, _ policy: RegistrationPolicy, _ errors: inout FormErrors
    ) -> PhoneNumber? {
        if details.phone.nonBlank != nil {
            let phone = PhoneNumber(details.phone)
            if phone == nil { errors.add("phone", "电话号码不对：手机 11 位，座机可带区号，境外以 + 开头") }
            return phone
        }
        if let reason = details.phoneMissingReason.nonBlank {
            if !policy.phoneMissingReasons.contains(reason) { errors.add("phoneMissingReason", "请从列表里选择原因") }
        } else {
            errors.add("phone", "请留下联系电话；客人不留时选择原因")
        }
        return nil
    }

    private static func checkedText(
        _ typed: String, _ field: String, limit: Int = longestNote, _ errors: inout FormErrors
    ) -> String? {
        guard let text = typed.nonBlank else { return nil }
        if text.count > limit { errors.add(field, "最多 \(limit) 个字") }
        return text
    }
}

extension RegistrationRules {
    /// Reads and checks a document number of `kind`.
    /// - Throws: the message for the field.
    package static func document(kind: DocumentKind, typed: String) throws(FormErrors) -> IdentityDocument {
        guard kind.hasCheckDigit else {
            let number = typed.halfWidth.trimmed.uppercased().replacing(" ", with: "")
            guard (5...20).contains(number.count), number.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isASCIIDigit) })
            else { throw FormErrors("documentNumber", "证件号为 5 到 20 位字母和数字") }
            let masked =
                String(number.prefix(1)) + String(repeating: "*", count: number.count - 3) + String(number.suffix(2))
            return IdentityDocument(kind: kind, number: number, masked: masked)
        }
        do {
            let id = try NationalID(typed)
            return IdentityDocument(kind: kind, number: id.number, masked: id.masked)
        } catch {
            throw FormErrors("documentNumber", message(error))
        }
    }

    private static func checkedDocument(
        _ details: PatientDetails, _ policy: RegistrationPolicy, hasStored: Bool, _ errors: inout FormErrors
    ) -> IdentityDocument? {
        guard details.documentNumber.nonBlank != nil else {
            if policy.requiresDocument, !hasStored { errors.add("documentNumber", "请登记证件号") }
            return nil
        }
        guard let kind = DocumentKind(rawValue: details.documentKind.nonBlank ?? DocumentKind.nationalID.rawValue)
        else {
            errors.add("documentKind", "请从列表里选择证件种类")
            return nil
        }
        do {
            return try document(kind: kind, typed: details.documentNumber)
        } catch {
            errors.add("documentNumber", error.userMessage)
            return nil
        }
    }

    private static func message(_ problem: NationalID.Problem) -> String {
        switch problem {
        case .length: "身份证号为 18 位，请核对"
        case .characters: "身份证号只含数字，最后一位可为 X"
        case .birthDate: "身份证号中的出生日期不存在，请核对"
        case .checkDigit: "身份证号校验不通过，可能有一位写错，请逐位核对"
        }
    }
}

/// A date as people type it.
package enum TypedDay {
    /// `1968-07-02`, `1968/7/2`, `1968.7.2`, `19680702`, `1968年7月2日`, full-width digits; nil when there is no such day.
    package static func read(_ typed: String) -> Day? {
        let text = typed.halfWidth.trimmed
        if text.count == 8, text.allSatisfy(\.isASCIIDigit) {
            return day([text.prefix(4), text.dropFirst(4).prefix(2), text.suffix(2)].map(String.init))
        }
        let parts = text.split(whereSeparator: { "-/.年月日 ".contains($0) }).map(String.init)
        return parts.first?.count == 4 ? day(parts) : nil
    }

    private static func day(_ parts: [String]) -> Day? {
        guard parts.count == 3, parts.allSatisfy({ $0.allSatisfy(\.isASCIIDigit) }), let year = Int(parts[0]),
            let month = Int(parts[1]), let day = Int(parts[2])
        else { return nil }
        return Day(year: year, month: month, day: day)
    }
}
