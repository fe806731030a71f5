import Clinic
import Kernel

/// Times and lengths as addresses and forms write them.
enum SlotText {
    /// nil for anything but a quarter of an hour of the day, 0 … 95.
    static func unit(_ text: String) -> Unit? { number(text, 0..<Unit.perDay).map(Unit.init) }
    /// The end of a stretch, 1 … 96.
    static func end(_ text: String) -> Unit? { number(text, 1..<Unit.perDay + 1).map(Unit.init) }
    /// nil for anything but 1 … 96.
    static func units(_ text: String) -> Int? { number(text, 1..<Unit.perDay + 1) }

    private static func number(_ text: String, _ range: Range<Int>) -> Int? {
        Int(text.halfWidth.trimmed).flatMap { range.contains($0) ? $0 : nil }
    }
}

/// The booking form exactly as typed.
struct BookingForm: Hashable, Sendable {
    var patient = ""
    var day = ""
    var unit = ""
    var units = ""
    var doctor = ""
    var chair = ""
    var complaint = ""
    var items: [ItemRow] = []
    var channel = ""
    var deskReason = ""
    var remark = ""
    var squeezeReason = ""
    var doctorChangeReason = ""
    var overrideReason = ""
    var overrideNote = ""
    /// A proposed time that was pressed: `2026-03-13|37`; goes before `day` and `unit`.
    var offer = ""
    /// A page of this site to return to.
    var next = ""

    struct ItemRow: Hashable, Sendable {
        var item: String
        var teeth: String
    }

    static let rows = 3

    init() {}

    init(_ form: Form) {
        patient = form["patient"]
        day = form["day"]
        unit = form["unit"]
        units = form["units"]
        doctor = form["doctor"]
        chair = form["chair"]
        complaint = form["complaint"]
        let teeth = form.all("teeth")
        items = form.all("item").enumerated().map { ItemRow(item: $1, teeth: $0 < teeth.count ? teeth[$0] : "") }
        channel = form["channel"]
        deskReason = form["deskReason"]
        remark = form["remark"]
        squeezeReason = form["squeezeReason"]
        doctorChangeReason = form["doctorChangeReason"]
        overrideReason = form["overrideReason"]
        overrideNote = form["overrideNote"]
        offer = form["offer"]
        next = form["next"]
        takeOffer()
    }

    private mutating func takeOffer() {
        let parts = offer.split(separator: "|").map(String.init)
        guard parts.count == 2 else { return }
        day = parts[0]
        unit = parts[1]
    }

    /// - Throws: `FormErrors` with every fault of shape at once; what depends on the book is the use case's matter.
    func validated() throws(FormErrors) -> PlaceAppointment {
        var errors = FormErrors()
        let patient = ID<Patient>(self.patient)
        if patient == nil { errors.add("patient", "请先选择客人") }
        let day = Day(self.day)
        if day == nil { errors.add("day", "请选择日期") }
        let start = SlotText.unit(unit)
        if start == nil { errors.add("start", "请选择时间") }
        let doctor = ID<Staff>(self.doctor)
        if doctor == nil { errors.add("doctor", "请选择医生") }
        let units = SlotText.units(self.units)
        if self.units.nonBlank != nil, units == nil { errors.add("units", "时长以 15 分钟为单位，请从列表里选择") }
        if complaint.nonBlank == nil { errors.add("complaint", "请填写主诉，一句话即可") }
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
        try errors.throwIfAny()
        guard let patient, let day, let start, let doctor else { throw errors }
        return PlaceAppointment(
            patientID: patient, day: day, start: start, units: units, doctorID: doctor, chairID: ID<Chair>(chair),
            complaint: complaint, items: booked, channel: channel, deskReason: deskReason.nonBlank,
            remark: remark.nonBlank, squeezeReason: squeezeReason.nonBlank,
            doctorChangeReason: doctorChangeReason.nonBlank, overrideReason: overrideReason.nonBlank,
            overrideNote: overrideNote.nonBlank)
    }
}

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
        day = form["day"]
        unit = form["unit"]
        units = form["units"]
        doctor = form["doctor"]
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
