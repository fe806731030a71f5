import Clinic
import Kernel

/// The form of somebody who wants to wait, exactly as typed.
struct WaitingForm: Hashable, Sendable {
    var patient = ""
    var appointment = ""
    var doctor = ""
    var complaint = ""
    var items: [String] = []
    var teeth: [String] = []
    var units = ""
    var weekdays: [String] = (1...7).map(String.init)
    var from = ""
    var to = ""
    var lastDay = ""
    var urgency = CatalogueItem.Urgency.normal.rawValue
    var note = ""

    static let rows = 2

    init() {}

    init(_ form: Form) {
        patient = form["patient"]
        appointment = form["appointment"]
        doctor = form["doctor"]
        complaint = form["complaint"]
        items = form.all("item")
        teeth = form.all("teeth")
        units = form["units"]
        weekdays = form.all("weekday")
        from = form["from"]
        to = form["to"]
        lastDay = form["lastDay"]
        urgency = form["urgency"]
        note = form["note"]
    }

    /// - Throws: `FormErrors` with every fault of shape at once.
    func validated(clinic: ClinicSite, today: Day) throws(FormErrors) -> AskToWait {
        var faults = FormErrors()
        let patient = ID<Patient>(self.patient)
        if patient == nil { faults.add("patient", "请先选择客人") }
        let units = Int(self.units)
        if self.units.nonBlank != nil, units == nil { faults.add("units", "时长以 15 分钟为单位，请从列表里选择") }
        let from = Int(self.from).map(Unit.init) ?? clinic.opens
        let to = Int(self.to).map(Unit.init) ?? clinic.closes
        let last = Day(lastDay)
        if lastDay.nonBlank != nil, last == nil { faults.add("lastDay", "请选择日期，或留空") }
        var booked: [BookedItem] = []
        for (index, text) in items.enumerated() where text.nonBlank != nil {
            let typed = index < teeth.count ? teeth[index] : ""
            guard let id = ID<Item>(text), let list = Tooth.list(typed: typed) else {
                faults.add("item", "项目从列表里选；牙位写成 16、17 或 14-16")
                continue
            }
            booked.append(BookedItem(id, teeth: list))
        }
        try faults.throwIfAny()
        guard let patient else { throw faults }
        return AskToWait(
            patientID: patient, doctorID: ID<Staff>(doctor), held: ID<Appointment>(appointment), complaint: complaint,
            items: booked, units: units,
            suits: SuitingTimes(
                weekdays: Set(weekdays.compactMap { Int($0) }.filter { (1...7).contains($0) }), from: from, to: to,
                firstDay: today, lastDay: last),
            urgency: CatalogueItem.Urgency(rawValue: urgency) ?? .normal, note: note.nonBlank)
    }
}

/// Hours as a choice.
enum UnitChoices {
    /// Every half hour of the opening hours.
    static func halfHours(_ clinic: ClinicSite, chosen: String) -> [OptionView] {
        stride(from: clinic.opens.index, through: clinic.closes.index, by: 2).map {
            OptionView(String($0), Unit($0).clockText, isChosen: String($0) == chosen)
        }
    }
    static func lengths(chosen: String) -> [OptionView] {
        (1...16).map {
            OptionView(String($0), "\($0) 单位 · \($0 * Unit.minutes) 分钟", isChosen: String($0) == chosen)
        }
    }
}
