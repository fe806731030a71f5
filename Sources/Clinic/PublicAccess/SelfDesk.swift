import Kernel
import Storage

/// The desk compares what a customer typed with the person, field by field, and takes it into a file (R1.02, R1.10, R1.14).
package enum SelfDesk {
    /// A sent form with what helps to decide.
    package struct Case: Hashable, Sendable {
        package let registration: SelfRegistration
        package let answers: SelfAnswers
        package let appointment: Appointment?
        /// The file of the booking it came with: it goes there and nowhere else (R1.02).
        package let booked: Patient?
        /// Likeliest first.
        package let matches: [DuplicateMatch]
    }

    /// - Throws: `NotAllowed`.
    package static func listWaiting(by work: Work, in tx: any ReadTransaction) throws -> [Case] {
        try work.actor.require(.registerPatients)
        return try SelfRegistrationStore.listWaiting(clinic: work.clinic.id, limit: 100, in: tx).compactMap {
            try load($0, in: tx)
        }
    }

    /// - Throws: `NotAllowed`, `NotFound`.
    package static func load(
        _ id: ID<SelfRegistration>, by work: Work, in tx: any ReadTransaction
    ) throws -> Case {
        try work.actor.require(.registerPatients)
        let registration = try SelfRegistrationStore.get(id, clinic: work.clinic.id, in: tx)
        guard let found = try load(registration, in: tx) else { throw NotFound("自助登记") }
        return found
    }

    /// Makes a new file of it. Whoever confirms has seen the files that look alike.
    /// - Throws: `NotAllowed`, `NotFound`, `SelfDeskError`, `FormErrors`.
    package static func acceptAsNew(
        _ id: ID<SelfRegistration>, fields: Set<SelfField>, by work: Work, in tx: any WriteTransaction
    ) throws -> SelfRegistration {
        try work.actor.require(.registerPatients)
        try work.actor.require(.editPatients)
        let found = try open(id, work, in: tx)
        guard found.booked == nil else { throw SelfDeskError.hasFile }
        try SelfDeskRules.check(fields, needed: SelfDeskRules.neededForNew)
        var command = RegisterPatient(
            details: details(found.answers, fields, onto: PatientDetails(name: "")), histories: [:],
            consents: consents(found.answers), guardianName: found.answers.guardianName,
            guardianPhone: found.answers.guardianPhone, notDuplicateOf: Set(found.matches.map(\.patient.id)))
        command.noticeLanguage = found.registration.language ?? .chinese
        let patient = try Registration.register(command, by: work, in: tx)
        try keep(found, fields, of: patient.id, work, in: tx)
        return try settle(found.registration, .new, patient.id, fields, work, in: tx)
    }

    /// Takes the ticked fields into a file that is there: of the booking, or the one somebody recognised.
    /// - Throws: `NotAllowed`, `NotFound`, `SelfDeskError`, `FormErrors`, `ChangedMeanwhile`.
    package static func fill(
        _ id: ID<SelfRegistration>, into chosen: ID<Patient>, fields: Set<SelfField>, by work: Work,
        in tx: any WriteTransaction
    ) throws -> SelfRegistration {
        try work.actor.require(.editPatients)
        let found = try open(id, work, in: tx)
        if let booked = found.booked, booked.id != chosen { throw SelfDeskError.hasFile }
        try SelfDeskRules.check(fields, needed: [])
        let patient = try PatientStore.requireLiving(chosen, in: tx)
        let edited = try PatientEditing.edit(
            EditPatient(
                id: patient.id, version: patient.version,
                details: details(found.answers, fields, onto: PatientDetails(patient))), by: work, in: tx)
        try keep(found, fields, of: patient.id, work, in: tx)
        let consents = consents(found.answers)
        if !consents.isEmpty {
            try Consents.add(
                consents, of: edited, guardianName: found.answers.guardianName,
                guardianPhone: found.answers.guardianPhone, language: found.registration.language ?? .chinese,
                by: work, in: tx)
        }
        return try settle(found.registration, .known, patient.id, fields, work, in: tx)
    }

    /// Nobody who is here; forgotten after a while (design §9).
    /// - Throws: `NotAllowed`, `NotFound`, `SelfDeskError`.
    package static func refuse(
        _ id: ID<SelfRegistration>, by work: Work, in tx: any WriteTransaction
    ) throws -> SelfRegistration {
        try work.actor.require(.registerPatients)
        return try settle(try open(id, work, in: tx).registration, .refused, nil, [], work, in: tx)
    }

    // MARK: Parts

    private static func load(_ registration: SelfRegistration, in tx: any ReadTransaction) throws -> Case? {
        guard let answers = registration.answers else { return nil }
        let appointment = try registration.appointmentID.flatMap {
            try AppointmentStore.find($0, clinic: registration.clinicID, in: tx)
        }
        let booked = try appointment.flatMap { try PatientStore.find($0.patientID, in: tx) }
        let probe = PatientDetails(name: answers.name, bornOn: answers.bornOn, phone: answers.phone)
        let matches =
            registration.isWaiting ? try Registration.probe(probe, cipher: nil, excluding: booked?.id, in: tx) : []
        return Case(
            registration: registration, answers: answers, appointment: appointment, booked: booked, matches: matches)
    }

    private static func open(_ id: ID<SelfRegistration>, _ work: Work, in tx: any ReadTransaction) throws -> Case {
        let registration = try SelfRegistrationStore.get(id, clinic: work.clinic.id, in: tx)
        guard registration.isWaiting, let found = try load(registration, in: tx) else { throw SelfDeskError.settled }
        return found
    }

    /// What is not ticked stays as the file has it; what no file can be without is always taken.
    private static func details(
        _ a: SelfAnswers, _ fields: Set<SelfField>, onto file: PatientDetails
    ) -> PatientDetails {
        var details = file
        if fields.contains(.name) || file.name.isEmpty { details.name = a.name }
        if fields.contains(.gender) || file.gender.isEmpty { details.gender = a.gender }
        if fields.contains(.birth) || (file.bornOn.isEmpty && file.age.isEmpty) {
            details.bornOn = TypedDay.read(a.bornOn)?.iso ?? ""
            details.age = details.bornOn.isEmpty ? a.age : ""
        }
        if fields.contains(.phone) || (file.phone.isEmpty && file.phoneMissingReason.isEmpty) {
            details.phone = a.phone
            details.phoneMissingReason = ""
        }
        if fields.contains(.address) { details.address = a.address }
        if fields.contains(.complaint) || file.complaint.isEmpty { details.complaint = a.complaint }
        if fields.contains(.source), a.sourceChannel.nonBlank != nil { details.sourceChannel = a.sourceChannel }
        return details
    }

    /// The forms of the file; ticked conditions become its alerts (R1.07).
    private static func keep(
        _ found: Case, _ fields: Set<SelfField>, of patient: ID<Patient>, _ work: Work, in tx: any WriteTransaction
    ) throws {
        try SelfIntake.keep(
            found.answers, language: found.registration.language ?? .chinese, checked: fields, of: patient, by: work,
            in: tx)
    }

    private static func consents(_ a: SelfAnswers) -> Set<ConsentKind> {
        Set(a.consents.compactMap { ConsentKind(rawValue: $0) })
    }

    private static func settle(
        _ waiting: SelfRegistration, _ outcome: SelfRegistration.Outcome, _ patient: ID<Patient>?,
        _ fields: Set<SelfField>, _ work: Work, in tx: any WriteTransaction
    ) throws -> SelfRegistration {
        var registration = waiting
        registration.settledAt = work.now
        registration.settledBy = work.actor.id
        registration.outcome = outcome
        registration.patientID = patient
        guard try SelfRegistrationStore.setSettled(registration, in: tx) else { throw SelfDeskError.settled }
        try Audit.append(
            Event(
                "selfRegistration.settled", of: registration.id, patient: patient,
                [
                    "outcome": .text(outcome.rawValue),
                    "fields": .list(fields.map(\.rawValue).sorted().map(JSONValue.text)),
                ]), by: work, in: tx)
        return registration
    }
}

/// The parts of a form that are compared and taken one by one (R1.03).
package enum SelfField: String, Hashable, Sendable, CaseIterable {
    case name, gender, birth, phone, address, complaint, source, history

    package var label: String {
        switch self {
        case .name: "姓名"
        case .gender: "性别"
        case .birth: "出生日期"
        case .phone: "电话"
        case .address: "住址"
        case .complaint: "来意"
        case .source: "怎么知道本院"
        case .history: "病史、过敏、用药"
        }
    }
}

/// Pure.
package enum SelfDeskRules {
    /// Without these there is no file; each was compared with the person (R1.03).
    package static let neededForNew: [SelfField] = [.name, .gender, .birth, .phone, .complaint]

    /// - Throws: `SelfDeskError.unchecked` naming what was not ticked.
    package static func check(_ fields: Set<SelfField>, needed: [SelfField]) throws(SelfDeskError) {
        let missing = needed.filter { !fields.contains($0) }
        guard missing.isEmpty else { throw .unchecked(missing.map(\.label)) }
        guard !fields.isEmpty else { throw .unchecked(["至少一项"]) }
    }
}

package enum SelfDeskError: UserFacingError, Hashable {
    case settled
    /// Labels of the fields nobody compared.
    case unchecked([String])
    /// The form came with a booking, whose customer has a file.
    case hasFile
    case off

    package var kind: FailureKind {
        if case .unchecked = self { .invalid } else { .conflict }
    }
    package var userMessage: String {
        switch self {
        case .unchecked(let labels): "还没有核对：\(labels.joined(separator: "、"))。和客人当面核对后打勾，再保存"
        case .settled: "这份自助登记已由同事核对，请返回列表看结果"
        case .hasFile: "这份登记是随预约填的，只能填进那位客人的档案，不另建新档案"
        case .off: "扫码登记已关闭，请在设置里打开后再用"
        }
    }
}
