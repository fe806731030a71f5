import Clinic
import Kernel
import Storage

/// Reads what the pages of the book show.
enum AppointmentReading {
    static func detail(
        _ id: ID<Appointment>, for request: StaffRequest, in tx: any ReadTransaction
    ) throws -> AppointmentDetail {
        let a = try AppointmentStore.get(id, clinic: request.clinic.id, in: tx)
        let moves = try AppointmentStore.listMoves(id, in: tx)
        var staff: Set<ID<Staff>> = [a.doctorID, a.booked.by]
        for mark in [a.confirmed, a.missed, a.cancellation?.mark] { if let mark { staff.insert(mark.by) } }
        if let assistant = a.assistantID { staff.insert(assistant) }
        for move in moves { staff.formUnion([move.from.doctorID, move.to.doctorID, move.moved.by]) }
        let notes = try BookingNoteStore.list(of: id, in: tx)
        staff.formUnion(notes.map(\.noted.by))
        let asked = try BookingRequestStore.find(id, in: tx)
        if let asked { staff.formUnion([asked.asked.by] + (asked.answered.map { [$0.by] } ?? [])) }
        if let helping = a.helpingForID { staff.insert(helping) }
        let items = try ItemStore.list(ids: a.items.map(\.itemID), in: tx)
        let names = Dictionary(items.map { ($0.id, $0.name) }, uniquingKeysWith: { first, _ in first })
        let chairs = try PlaceStore.chairs(clinic: request.clinic.id, in: tx)
        return AppointmentDetail(
            appointment: a, brief: try PatientStore.briefs([a.patientID], today: request.today, in: tx).first,
            visit: try AppointmentStore.visit(of: id, in: tx), moves: moves,
            items: a.items.map { DayPlan.ItemText(name: names[$0.itemID] ?? "", teeth: $0.teeth) },
            names: try StaffStore.names(staff, in: tx),
            chairs: Dictionary(chairs.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first }),
            isFirst: try AppointmentStore.treatingDoctor(of: a.patientID, in: tx) == nil, notes: notes, request: asked,
            assignment: try Assigning.stored(of: id, in: tx),
            habits: try Habits.of(patients: [a.patientID], by: request.work, in: tx)[a.patientID],
            wishes: try PatientWishes.list(a.patientID, in: tx),
            displaced: try DisplacedStore.findOpen(id, in: tx))
    }

    /// Doctors of the clinic as choices.
    static func doctors(chosen: String, for request: StaffRequest, in tx: any ReadTransaction) throws -> [OptionView] {
        try StaffStore.listDoctors(clinic: request.clinic.id, in: tx).map {
            OptionView(
                $0.id.text, [$0.name, $0.specialty].compactMap(\.self).joined(separator: " · "),
                isChosen: $0.id.text == chosen)
        }
    }

    static func chairs(chosen: String, for request: StaffRequest, in tx: any ReadTransaction) throws -> [OptionView] {
        try PlaceStore.chairs(clinic: request.clinic.id, in: tx).map {
            OptionView($0.id.text, "\($0.name) · \($0.roomNumber) 诊室", isChosen: $0.id.text == chosen)
        }
    }

    static func offers(
        doctor: ID<Staff>, units: Int, from: Slot?, for request: StaffRequest, in tx: any ReadTransaction
    ) throws -> [NewBookingPage.Offer] {
        guard let doctor = try StaffStore.find(doctor, in: tx) else { return [] }
        let from = from ?? Slot(day: request.today, start: Unit(0), units: units, doctorID: doctor.id)
        return try FreeTimes.next(
            doctor: doctor.id, units: units, from: from, count: request.work.playbook[.appointmentOfferMaximum],
            by: request.work, in: tx
        ).map { slot in
            NewBookingPage.Offer(
                key: "", value: OfferValue.text(slot), time: slot.start.clockText, day: slot.day.longText,
                by: doctor.name, why: "", rule: "", warning: nil, isFirst: false)
        }
    }
}
