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

/// A proposed time as its button sends it: `2026-03-13|37|0000000000001`; without a doctor the form's own counts.
struct OfferValue: Hashable, Sendable {
    let day: String
    let unit: String
    let doctor: String?

    init?(_ text: String) {
        let parts = text.split(separator: "|").map(String.init)
        guard parts.count == 2 || parts.count == 3 else { return nil }
        day = parts[0]
        unit = parts[1]
        doctor = parts.count == 3 ? parts[2] : nil
    }

    static func text(_ slot: Slot) -> String { "\(slot.day.iso)|\(slot.start.index)|\(slot.doctorID.text)" }
}

/// The booking panel exactly as typed.
struct BookingForm: Hashable, Sendable {
    var clinic = ""
    var patient = ""
    /// Somebody who is not on file yet (R3.16).
    var isNew = false
    var name = ""
    var age = ""
    var phone = ""
    var gender = ""
    /// People on file the newcomer is not, by id.
    var distinct: [String] = []
    var complaint = ""
    var items: [ItemRow] = []
    var units = ""
    /// Morning or afternoon.
    var part = ""
    /// First day asked for.
    var from = ""
    /// In the panel the doctor asked for by name; with a time chosen by hand the doctor of that time.
    var doctor = ""
    var wishGender = ""
    /// "1": the customer says that the last work failed (R2.21).
    var redo = ""
    // A time chosen by hand.
    var day = ""
    var unit = ""
    var chair = ""
    var squeezeReason = ""
    var doctorChangeReason = ""
    var overrideReason = ""
    var overrideNote = ""
    var channel = ""
    var deskReason = ""
    var remark = ""
    /// The proposed time that was pressed.
    var offer = ""
    /// Who and what is needed during a part of the length.
    var parts = PartFields()
    /// A page of this site to return to.
    var next = ""

    struct ItemRow: Hashable, Sendable {
        var item: String
        var teeth: String
    }

    static let rows = 2

    init() {}

    init(_ form: Form) {
        clinic = form["clinic"]
        patient = form.all("patient").first { !$0.isEmpty } ?? ""
        isNew = patient.isEmpty && form.has("isNew")
        name = form["name"]
        age = form["age"]
        phone = form["phone"]
        gender = form["gender"]
        distinct = form.all("distinct").flatMap { $0.split(separator: ",").map(String.init) }
        complaint = form["complaint"]
        take(items: form.all("item"), teeth: form.all("teeth"))
        units = form["units"]
        part = form["part"]
        from = form["from"]
        doctor = form["doctor"]
        wishGender = form["wishGender"]
        redo = form["redo"]
        day = form["day"]
        unit = form["unit"]
        chair = form["chair"]
        squeezeReason = form["squeezeReason"]
        doctorChangeReason = form["doctorChangeReason"]
        overrideReason = form["overrideReason"]
        overrideNote = form["overrideNote"]
        channel = form["channel"]
        deskReason = form["deskReason"]
        remark = form["remark"]
        offer = form["offer"]
        parts = PartFields(form)
        next = form["next"]
    }

    mutating func take(items typed: [String], teeth: [String]) {
        items = typed.enumerated().map { ItemRow(item: $1, teeth: $0 < teeth.count ? teeth[$0] : "") }
    }

    /// A day and a time were chosen by hand, on the board or below.
    var hasSlot: Bool { unit.nonBlank != nil }
    var picked: OfferValue? { OfferValue(offer) }

    /// The panel with all this again, for who had to do something else first.
    var address: String {
        var pairs: [(String, String)] = [
            ("patient", patient), ("day", picked?.day ?? day), ("unit", picked?.unit ?? unit),
            ("doctor", picked?.doctor ?? doctor), ("units", units), ("complaint", complaint), ("from", from),
            ("channel", channel), ("deskReason", deskReason), ("doctorChangeReason", doctorChangeReason),
            ("next", next),
        ]
        for row in items where !row.item.isEmpty { pairs += [("item", row.item), ("teeth", row.teeth)] }
        let kept = pairs.filter { !$0.1.isEmpty || $0.0 == "teeth" }
        return AppointmentPaths.new + "?" + kept.map { "\($0)=\(URLText.encode($1))" }.joined(separator: "&")
    }
}
