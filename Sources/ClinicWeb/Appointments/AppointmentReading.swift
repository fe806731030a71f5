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
        staff.formUnion(a.parts.filter { $0.kind == .assistant }.map { ID(raw: $0.resourceID) })
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
            displaced: try DisplacedStore.findOpen(id, in: tx), said: try BookingWishStore.find(id, in: tx),
            devices: a.parts.contains { $0.kind == .device }
                ? Dictionary(
                    try DeviceStore.list(clinic: request.clinic.id, in: tx).map { ($0.id, $0.name) },
                    uniquingKeysWith: { first, _ in first }) : [:])
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

    /// Where else a booking fits: the next times of the doctor, then the best of the others (R3.20).
    static func alternatives(
        to slot: Slot, for request: StaffRequest, in tx: any ReadTransaction
    ) throws -> [(slot: Slot, doctor: String)] {
        guard let doctor = try StaffStore.find(slot.doctorID, in: tx) else { return [] }
        let most = request.work.playbook[.appointmentOfferMaximum]
        let own = try FreeTimes.next(
            doctor: doctor.id, units: slot.units, from: slot, count: most, by: request.work, in: tx
        ).map { (slot: $0, doctor: doctor.name) }
        guard request.may(.bookAppointments) else { return own }
        // Without a customer: whoever is free, not whose customer it is.
        let anybody = AssignmentRequest(patientID: nil, complaint: "", units: slot.units, without: [doctor.id])
        let others = try Offers.find(
            OfferRequest(
                anybody, from: max(slot.day, request.today), days: 3, count: 2,
                earliest: slot.day > request.today ? slot.start : nil), by: request.work, in: tx)
        return own + others.map { (slot: $0.slot, doctor: $0.doctorName) }
    }

    static func offers(
        of a: Appointment, doctor: ID<Staff>, for request: StaffRequest, in tx: any ReadTransaction
    ) throws -> [NewBookingPage.Offer] {
        let from = Slot(day: max(a.day, request.today), start: Unit(0), units: a.units, doctorID: doctor)
        return try alternatives(to: from, for: request, in: tx).map { slot, name in
            NewBookingPage.Offer(
                key: "", value: OfferValue.text(slot), time: slot.start.clockText, day: slot.day.longText,
                by: name, why: "", rule: "", warning: nil, isFirst: false)
        }
    }
}
