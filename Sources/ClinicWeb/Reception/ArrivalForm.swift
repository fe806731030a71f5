import Clinic
import Kernel

/// The arrival form as typed.
struct ArrivalForm: Sendable {
    let patient: String
    let appointment: String
    var complaint: String
    var tooth: String
    /// "yes", "no", "": not asked.
    var firstTime: String
    var segment: String
    /// Empty: as proposed.
    var type: String
    var typeReason: String
    var emergency: String
    var doctor: String
    var toldWait: String
    var phone: String
    var address: String
    var hasCheckedContact: Bool
    var feeling: String
    var mood: String
    var needs: Set<String>
    var exemptReason: String
    var exemptNote: String

    init(_ form: Form) {
        patient = form["patient"]
        appointment = form["appointment"]
        complaint = form["complaint"]
        tooth = form["tooth"]
        firstTime = form["firstTime"]
        segment = form["segment"]
        type = form["type"]
        typeReason = form["typeReason"]
        emergency = form["emergency"]
        doctor = form["doctor"]
        toldWait = form["toldWait"]
        phone = form["phone"]
        address = form["address"]
        hasCheckedContact = form.has("contactChecked")
        feeling = form["feeling"]
        mood = form["mood"]
        needs = Set(form.all("needs"))
        exemptReason = form["exemptReason"]
        exemptNote = form["exemptNote"]
    }

    var patientID: ID<Patient>? { ID<Patient>(patient) }
    var appointmentID: ID<Appointment>? { ID<Appointment>(appointment) }

    /// - Parameter stored: phone and address as the form showed them; what differs was corrected and counts as asked.
    /// - Throws: `FormErrors`, `NotFound`.
    func arrival(stored: ArrivalContact) throws -> Arrivals.Arrival {
        guard let patientID else { throw NotFound("客人") }
        var faults = FormErrors()
        let tooth = tooth.nonBlank.map { $0.halfWidth.trimmed }
        let named = tooth.flatMap { Int($0).flatMap(Tooth.init) }
        if tooth != nil, named == nil { faults.add("tooth", "牙位写两位数，例如 46；不知道就空着") }
        let minutes = toldWait.nonBlank.map { Int($0.halfWidth.trimmed) }
        if case .some(nil) = minutes { faults.add("toldWait", "请填写分钟数，例如 15") }
        let type = type.nonBlank.map { VisitType(rawValue: $0) }
        if case .some(nil) = type { faults.add("type", "请从列出的类型中选一项") }
        try faults.throwIfAny()
        var arrival = Arrivals.Arrival(
            patientID: patientID, appointmentID: appointmentID, doctorID: ID<Staff>(doctor),
            complaint: complaint.nonBlank, type: type ?? nil, typeReason: typeReason.nonBlank,
            segment: segment.nonBlank, emergency: emergency.nonBlank, toldWaitMinutes: minutes ?? nil,
            saysFirstTime: firstTime.nonBlank.map { $0 == "yes" }, tooth: named, contact: contact(stored))
        arrival.answers = answers
        return arrival
    }

    private var answers: TriageAnswers {
        TriageAnswers(
            feeling: feeling.nonBlank?.trimmed, mood: mood.nonBlank, needs: needs.sorted(),
            exempt: exemptReason.nonBlank.map {
                TriageAnswers.Exemption(reason: $0, note: exemptNote.nonBlank?.trimmed)
            })
    }

    /// What the rules of special cases look at, as far as it was typed without a fault.
    func query(_ appointment: Appointment?) -> TriageQuery? {
        guard let patientID = appointment?.patientID ?? patientID else { return nil }
        return TriageQuery(
            patientID: patientID, appointment: appointment, doctorID: ID<Staff>(doctor), complaint: complaint,
            tooth: Int(tooth.halfWidth.trimmed).flatMap(Tooth.init), emergency: emergency.nonBlank)
    }

    private func contact(_ stored: ArrivalContact) -> Arrivals.Contact? {
        let isChanged = phone.trimmed != stored.phone || address.trimmed != stored.address
        return hasCheckedContact || isChanged ? Arrivals.Contact(phone: phone, address: address) : nil
    }
}

/// Phone and address as the form shows them: masked for those who may not see phones.
struct ArrivalContact: Hashable, Sendable {
    let phone: String
    let address: String

    init(_ patient: Patient, seesPhones: Bool) {
        phone = patient.phone.map { PatientPhone.text($0, masked: !seesPhones) } ?? ""
        address = patient.address ?? ""
    }
}
