import Kernel
import Storage

/// What a customer can agree to, each by itself (design §9).
package enum ConsentKind: String, Sendable, CaseIterable {
    case privacy, health, marketing, photo
    package var label: String {
        switch self {
        case .privacy: "已阅读隐私告知"
        case .health: "同意处理健康信息"
        case .marketing: "同意接收关怀与活动消息"
        case .photo: "同意拍摄和使用口腔照片"
        }
    }
}

package struct PatientConsent: Hashable, Sendable {
    package let id: ID<PatientConsent>
    package let patientID: ID<Patient>
    package let kind: ConsentKind
    package let noticeVersion: String
    /// SHA-256 of the text that was shown.
    package let noticeHash: String
    package let guardianName: String?
    package let guardianPhone: String?
    package let givenAt: Timestamp
    package let recordedBy: ID<Staff>
    package let withdrawnAt: Timestamp?
    package let withdrawnBy: ID<Staff>?
}

/// Consents given and withdrawn; both stay on file.
package enum Consents {
    package static let capabilities: [Capability] = [.registerPatients, .editPatients]

    /// Newest first, withdrawn ones included.
    package static func list(_ patient: ID<Patient>, in tx: any ReadTransaction) throws -> [PatientConsent] {
        try tx.rows(
            """
            SELECT id, patient_id, kind, notice_version, notice_hash, guardian_name, guardian_phone, given_at,
                recorded_by, withdrawn_at, withdrawn_by
            FROM patient_consent
            WHERE patient_id = \(patient)
            ORDER BY id DESC
            """
        ).map { row in
            PatientConsent(
                id: try row.id("id"), patientID: try row.id("patient_id"), kind: try row.code("kind"),
                noticeVersion: try row.text("notice_version"), noticeHash: try row.text("notice_hash"),
                guardianName: try row.textIfAny("guardian_name"), guardianPhone: try row.textIfAny("guardian_phone"),
                givenAt: try row.timestamp("given_at"), recordedBy: try row.id("recorded_by"),
                withdrawnAt: try row.timestampIfAny("withdrawn_at"), withdrawnBy: try row.idIfAny("withdrawn_by"))
        }
    }

    /// Whether `kind` is in force, for what depends on it (marketing messages, photos).
    package static func holds(_ kind: ConsentKind, of patient: ID<Patient>, in tx: any ReadTransaction) throws -> Bool {
        try list(patient, in: tx).contains { $0.kind == kind && $0.withdrawnAt == nil }
    }

    /// - Throws: `NotAllowed`, `NotFound`, `FormErrors` for the guardian of a child under 14.
    package static func give(
        _ kinds: Set<ConsentKind>, of patient: ID<Patient>, guardianName: String = "", guardianPhone: String = "",
        by work: Work, in tx: any WriteTransaction
    ) throws {
        guard capabilities.contains(where: work.actor.may) else { throw NotAllowed(capability: .editPatients) }
        guard !kinds.isEmpty else { throw FormErrors("consent", "请勾选客人同意的内容") }
        let patient = try PatientStore.lock(patient, in: tx)
        guard patient.mergedIntoID == nil else { throw PatientError.merged }
        try add(kinds, of: patient, guardianName: guardianName, guardianPhone: guardianPhone, by: work, in: tx)
    }

    /// The customer takes it back; from now on it does not hold.
    /// - Throws: `NotAllowed`, `PatientError.alreadyEnded`.
    package static func withdraw(
        _ kind: ConsentKind, of patient: ID<Patient>, by work: Work, in tx: any WriteTransaction
    ) throws {
        guard capabilities.contains(where: work.actor.may) else { throw NotAllowed(capability: .editPatients) }
        let withdrawn = try tx.run(
            """
            UPDATE patient_consent
            SET withdrawn_at = \(work.now), withdrawn_by = \(work.actor.id)
            WHERE patient_id = \(patient) AND kind = \(kind.rawValue) AND withdrawn_at IS NULL
            """)
        guard withdrawn > 0 else { throw PatientError.alreadyEnded }
        try Audit.append(
            Event("patient.consentWithdrawn", of: patient, patient: patient, ["kind": .text(kind.rawValue)]), by: work,
            in: tx)
    }

    static func add(
        _ kinds: Set<ConsentKind>, of patient: Patient, guardianName: String, guardianPhone: String,
        language: Language = .chinese, by work: Work, in tx: any WriteTransaction
    ) throws {
        let guardian = try guardian(guardianName, guardianPhone, of: patient, today: work.today)
        let inForce = Set(try list(patient.id, in: tx).filter { $0.withdrawnAt == nil }.map(\.kind))
        let notice = PrivacyNotice(clinic: work.clinic, language: language)
        let new = ConsentKind.allCases.filter { kinds.contains($0) && !inForce.contains($0) }
        guard !new.isEmpty else { return }
        let rows: [[any SQLBindable]] = new.map { kind in
            [
                work.newID(PatientConsent.self), patient.id, kind.rawValue, notice.version, notice.hash, guardian.name,
                guardian.phone, work.now, work.actor.id,
            ]
        }
        try tx.run(
            """
            INSERT INTO patient_consent (id, patient_id, kind, notice_version, notice_hash, guardian_name,
                guardian_phone, given_at, recorded_by)
            VALUES \(rows: rows)
            """)
        try Audit.append(
            Event(
                "patient.consentGiven", of: patient.id, patient: patient.id,
                [
                    "kinds": .list(new.map { .text($0.rawValue) }), "notice": .text(notice.version),
                    "noticeHash": .text(notice.hash), "byGuardian": .bool(guardian.name != nil),
                ]), by: work, in: tx)
    }

    private static func guardian(
        _ name: String, _ phone: String, of patient: Patient, today: Day
    ) throws(FormErrors) -> (name: String?, phone: String?) {
        var errors = FormErrors()
        if patient.needsGuardian(on: today), name.nonBlank == nil {
            errors.add("guardianName", "未满 14 周岁由监护人同意，请填写监护人姓名")
        }
        let number = PhoneNumber(phone)
        if phone.nonBlank != nil, number == nil { errors.add("guardianPhone", "监护人电话不对，请核对") }
        try errors.throwIfAny()
        return (name.nonBlank, number?.digits)
    }
}

/// The privacy notice shown at registration. A changed text gets a new version; the hash proves which text was shown.
package struct PrivacyNotice: Hashable, Sendable {
    package static let currentVersion = "2026-11"
    package let version: String
    package let text: String
    package let hash: String

    package init(clinic: ClinicSite, language: Language = .chinese) {
        version = language == .chinese ? Self.currentVersion : "\(Self.currentVersion)-\(language.rawValue)"
        text = language == .chinese ? Self.chinese(clinic) : Self.english(clinic)
        hash = Audit.sha256(text)
    }

    private static func chinese(_ clinic: ClinicSite) -> String {
        """
        \(clinic.name)为您登记姓名、性别、年龄、电话、就诊时间和症状，用于预约、诊疗、收费和治疗后的回访。
        病史、检查和治疗记录属于健康信息，只有为您服务的人员可以查看，每次查看都会留下记录。
        身份证号加密保存，证件和电话对无关岗位只显示一部分。照片和活动消息要另外征得您的同意，不同意不影响就诊。
        未满 14 周岁的客人由监护人同意。您可以随时向前台查阅、更正资料，或撤回同意\(clinic.phone.isEmpty ? "" : "，电话 \(clinic.phone)")。
        """
    }

    private static func english(_ clinic: ClinicSite) -> String {
        """
        \(clinic.name) keeps your name, sex, age, phone number, visits and symptoms to book, treat, charge and follow up.
        Medical history, findings and treatments are health information: only those who treat you may open them, and every \
        look is recorded.
        Identity documents are stored encrypted; staff who do not need your document or phone number see only part of it. \
        Photographs and news need a consent of their own, and declining does not affect your treatment.
        A guardian agrees for patients under 14. You may ask the front desk at any time to see or correct your data, or to \
        withdraw your consent\(clinic.phone.isEmpty ? "" : ", phone \(clinic.phone)").
        """
    }
}
