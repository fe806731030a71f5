import Clinic
import Kernel

/// The form that moves a booking, as typed or as the board sends it.
struct MoveForm: Hashable, Sendable {
    let version: String
    let day: String
    let unit: String
    let units: String
    let doctor: String
    let chair: String
    let reason: String
    let note: String
    let doctorChangeReason: String
    let overrideReason: String
    let overrideNote: String
    /// Where the person was: `board` goes back to the day.
    let back: String

    init(_ form: Form) {
        version = form["version"]
        let offer = OfferValue(form["offer"])
        day = offer?.day ?? form["day"]
        unit = offer?.unit ?? form["unit"]
        units = form["units"]
        doctor = offer?.doctor ?? form["doctor"]
        chair = form["chair"]
        reason = form["reason"]
        note = form["note"]
        doctorChangeReason = form["doctorChangeReason"]
        overrideReason = form["overrideReason"]
        overrideNote = form["overrideNote"]
        back = form["back"]
    }

    func validated(_ id: ID<Appointment>) throws(FormErrors) -> MoveAppointment {
        var errors = FormErrors()
        let day = Day(self.day)
        if day == nil { errors.add("day", "请选择日期") }
        let start = SlotText.unit(unit)
        if start == nil { errors.add("start", "请选择时间") }
        let units = SlotText.units(self.units)
        if units == nil { errors.add("units", "请选择时长") }
        let doctor = ID<Staff>(self.doctor)
        if doctor == nil { errors.add("doctor", "请选择医生") }
        if reason.nonBlank == nil { errors.add("reason", "请选择改约原因") }
        try errors.throwIfAny()
        guard let day, let start, let units, let doctor else { throw errors }
        return MoveAppointment(
            id: id, version: Int(version) ?? 0,
            to: Slot(day: day, start: start, units: units, doctorID: doctor, chairID: ID<Chair>(chair)),
            reason: reason, note: note.nonBlank, doctorChangeReason: doctorChangeReason.nonBlank,
            overrideReason: overrideReason.nonBlank, overrideNote: overrideNote.nonBlank)
    }
}
