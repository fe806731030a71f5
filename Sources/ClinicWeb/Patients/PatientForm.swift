import Clinic
import Kernel
import Storage

/// The registration and correction form as typed.
struct PatientForm: Sendable {
    let details: PatientDetails
    /// Record numbers, resolved by `people`.
    let referrer: String
    let relative: String
    /// Ticked codes of the medical history with their notes.
    let histories: [String: String]
    let wishes: [NewWish]
    let consents: Set<ConsentKind>
    let guardianName: String
    let guardianPhone: String
    let notDuplicateOf: Set<ID<Patient>>
    /// Name and phone were taken on the telephone, and read back (R1.15).
    let isOnPhone: Bool
    let isReadBack: Bool
    let removesDocument: Bool
    let version: Int

    init(_ form: Form) {
        details = PatientDetails(
            name: form["name"], gender: form["gender"], bornOn: form["bornOn"], age: form["age"], phone: form["phone"],
            complaint: form["complaint"], pinyin: form["pinyin"], salutation: form["salutation"],
            phoneMissingReason: form["phoneMissingReason"], address: form["address"],
            documentKind: form["documentKind"], documentNumber: form["documentNumber"],
            acceptsDocumentMismatch: form.has("acceptsDocumentMismatch"), sourceChannel: form["sourceChannel"],
            conditionNote: form["conditionNote"], remark: form["remark"])
        referrer = form["referrer"]
        relative = form["relative"]
        histories = Dictionary(
            form.all("history").map { ($0, form["historyNote-\($0)"]) }, uniquingKeysWith: { first, _ in first })
        wishes = PatientWish.Kind.allCases.compactMap { kind in
            let value = form["wish-\(kind.rawValue)"]
            return value.nonBlank == nil
                ? nil : NewWish(kind: kind.rawValue, value: value, isHard: form.has("wishHard-\(kind.rawValue)"))
        }
        consents = Set(form.all("consent").compactMap(ConsentKind.init(rawValue:)))
        guardianName = form["guardianName"]
        guardianPhone = form["guardianPhone"]
        notDuplicateOf = Set(form.all("notDuplicateOf").compactMap { ID<Patient>($0) })
        isOnPhone = form.has("onPhone")
        isReadBack = form.has("readBack")
        removesDocument = form.has("removesDocument")
        version = Int(form["version"]) ?? 0
    }

    /// - Throws: `FormErrors` for a record number that nobody has.
    func registration(in tx: any ReadTransaction) throws -> RegisterPatient {
        var details = details
        details.referrerID = try Self.person(referrer, field: "referrer", in: tx)
        return RegisterPatient(
            details: details, histories: histories, wishes: wishes, consents: consents, guardianName: guardianName,
            guardianPhone: guardianPhone, relativeID: try Self.person(relative, field: "relative", in: tx),
            notDuplicateOf: notDuplicateOf)
    }

    /// - Throws: `FormErrors` for a record number that nobody has.
    func correction(of id: ID<Patient>, in tx: any ReadTransaction) throws -> EditPatient {
        var details = details
        details.referrerID = try Self.person(referrer, field: "referrer", in: tx)
        return EditPatient(id: id, version: version, details: details, removesDocument: removesDocument)
    }

    /// The person with a record number, typed or chosen from the offers ("A000001 谢春梅").
    static func person(_ typed: String, field: String, in tx: any ReadTransaction) throws -> ID<Patient>? {
        guard let number = typed.halfWidth.trimmed.split(separator: " ").first else { return nil }
        guard let id = try PatientStore.findID(recordNumber: String(number), in: tx) else {
            throw FormErrors(field, "没有病历号为 \(number) 的客人，请输入姓名后从提示里选择")
        }
        return id
    }
}
