import Clinic
import Kernel

/// What the panel asks for, checked: who comes for what.
struct BookingInquiry: Sendable {
    /// nil: the newcomer of `registration`.
    let patientID: ID<Patient>?
    let registration: RegisterPatient?
    let complaint: String
    let items: [BookedItem]
    let units: Int?
}

extension BookingForm {
    /// R3.16: who and what for are asked before any time is named.
    /// - Throws: `FormErrors` with every fault at once.
    func inquiry(_ playbook: Playbook, isForTime: Bool = true) throws(FormErrors) -> BookingInquiry {
        var errors = FormErrors()
        let patient = ID<Patient>(self.patient)
        if patient == nil, !isNew { errors.add("patient", "请先选择客人") }
        var registration: RegisterPatient?
        if patient == nil, isNew {
            registration = RegisterPatient(details: details(playbook), notDuplicateOf: distinctIDs)
            if name.nonBlank == nil { errors.add("name", "请问客人贵姓大名") }
            if age.nonBlank == nil { errors.add("age", "请问客人的年龄") }
            if phone.nonBlank == nil { errors.add("phone", "请留下电话，方便前一天提醒") }
        }
        let words = ChiefComplaints.words(complaint, playbook)
        if words.isEmpty { errors.add("complaint", "请填写主诉，一句话即可") }
        let units = SlotText.units(self.units)
        if self.units.nonBlank != nil, units == nil { errors.add("units", "时长以 15 分钟为单位，请从列表里选择") }
        let items = bookedItems(&errors)
        try errors.throwIfAny()
        return BookingInquiry(
            patientID: patient, registration: registration, complaint: words, items: items,
            units: units ?? (items.isEmpty ? ChiefComplaints.units(words, playbook) : nil))
    }

    /// For the engine: the doctor asked for by name and what else is wished.
    func assignment(_ inquiry: BookingInquiry) -> AssignmentRequest {
        AssignmentRequest(
            patientID: inquiry.patientID, complaint: inquiry.complaint, items: inquiry.items, units: inquiry.units,
            wish: DoctorWish(
                doctorID: ID<Staff>(doctor), gender: wishGender.nonBlank.flatMap { Gender(rawValue: $0) }),
            doctorChangeReason: doctorChangeReason.nonBlank, isRedo: redo == "1")
    }

    /// For a time that was chosen by hand.
    /// - Throws: `FormErrors`: day, start and channel.
    func time(_ errors: inout FormErrors) -> AskedTime? {
        let picked = picked
        let day = Day(picked?.day ?? self.day)
        if day == nil { errors.add("day", "请选择日期") }
        let start = SlotText.unit(picked?.unit ?? unit)
        if start == nil { errors.add("unit", "请选择时间") }
        guard let day, let start else { return nil }
        return AskedTime(day: day, start: start)
    }

    /// The part of the registration a call can give; the rest is asked at the desk.
    func details(_ playbook: Playbook) -> PatientDetails {
        PatientDetails(
            name: name, gender: Gender(rawValue: gender)?.rawValue ?? Gender.unknown.rawValue, age: age, phone: phone,
            complaint: ChiefComplaints.words(complaint, playbook))
    }

    var distinctIDs: Set<ID<Patient>> { Set(distinct.compactMap { ID<Patient>($0) }) }

    private func bookedItems(_ errors: inout FormErrors) -> [BookedItem] {
        var booked: [BookedItem] = []
        for row in items {
            guard let text = row.item.nonBlank else { continue }
            guard let id = ID<Item>(text) else {
                errors.add("item", "请从列表里选择项目")
                continue
            }
            guard let teeth = Tooth.list(typed: row.teeth) else {
                errors.add("teeth", "牙位写成 16、17 或 14-16")
                continue
            }
            booked.append(BookedItem(id, teeth: teeth))
        }
        return booked
    }
}
