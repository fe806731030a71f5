import Kernel
import Storage

/// Plays one business day through the use cases, in order of time, up to an instant.
struct DemoDay {
    let clinic: DemoClinic
    let day: Day
    /// Nothing happens after it: the present of the demo.
    let until: Timestamp
    var state: DemoState
    private var steps: [Step] = []
    private var visits: [ID<Visit>?] = []

    private struct Step {
        let at: Timestamp
        let act: (inout DemoDay, Timestamp, any WriteTransaction) throws -> Void
    }

    /// One customer's way through the day, in minutes after midnight.
    private struct Plan {
        let patient: ID<Patient>
        let appointment: ID<Appointment>?
        let doctor: Int
        let arrives: Int
        let seated: Int
        let ends: Int
        let entries: [LineEntry]
        let complaint: String
        let returnsAfter: Int?
        let reason: DemoCast.Reason?
    }

    init(_ clinic: DemoClinic, day: Day, until: Timestamp, state: DemoState) {
        self.clinic = clinic
        self.day = day
        self.until = until
        self.state = state
    }

    mutating func play(in tx: any WriteTransaction) throws {
        try planBooked(in: tx)
        planPhone()
        DemoCalls.plan(on: day) { minute, act in add(minute, act) }
        DemoRegisters.plan(on: day) { minute, act in later(minute, act) }
        add(19 * 60 + 30) { day, now, tx in try DemoCalls.closeDay(&day, at: now, in: tx) }
        var next = 0
        // Steps may add later steps, for example a walk-in his way through the clinic.
        while next < steps.count {
            steps[next...].sort { $0.at < $1.at }
            let step = steps[next]
            next += 1
            if step.at > until { break }
            try step.act(&self, step.at, tx)
        }
    }

    /// A step at a fixed second, which leaves the dice alone.
    mutating func later(_ minute: Int, _ act: @escaping DemoCalls.Act) {
        steps.append(Step(at: clinic.site.calendar.instant(day, minute: minute).adding(seconds: 30), act: act))
    }

    private mutating func add(
        _ minute: Int, _ act: @escaping (inout DemoDay, Timestamp, any WriteTransaction) throws -> Void
    ) {
        let second = state.dice.number(0...50)
        let at = clinic.site.calendar.instant(day, minute: minute).adding(seconds: second)
        steps.append(Step(at: at, act: act))
    }

    // MARK: Who comes

    private mutating func planBooked(in tx: any ReadTransaction) throws {
        let booked = try AppointmentStore.listDay(clinic: clinic.site.id, day: day, in: tx)
            .filter(\.isLive).sorted { ($0.start, $0.id) < ($1.start, $1.id) }
        var free = [Int: Int]()
        for appointment in booked {
            guard let doctor = clinic.doctors.first(where: { $0.value.id == appointment.doctorID })?.key,
                !state.dice.chance(6)
            else { continue }
            let start = appointment.start.index * Unit.minutes
            let arrives = start + (state.dice.chance(12) ? state.dice.number(5...18) : -state.dice.number(2...16))
            let seated = max(max(arrives + 4, start - 6), (free[doctor] ?? 0) + 5)
            let length = max(
                9, appointment.units * Unit.minutes - state.dice.number(0...8) + (state.dice.chance(15) ? 14 : 0))
            free[doctor] = seated + length
            plan(
                Plan(
                    patient: appointment.patientID, appointment: appointment.id, doctor: doctor, arrives: arrives,
                    seated: seated, ends: seated + length, entries: try entries(appointment.items, doctor, in: tx),
                    complaint: appointment.complaint, returnsAfter: returns(appointment),
                    reason: DemoCast.reasons.first { $0.complaint == appointment.complaint }))
        }
        planWalkIns(free: free)
    }

    private mutating func planWalkIns(free booked: [Int: Int]) {
        var free = booked
        for _ in 0..<state.dice.number(1...3) {
            let reason = state.dice.pick(weighted: DemoCast.reasons.map { ($0, $0.weight) })
            let doctors = reason.doctors.filter { clinic.works($0, on: day) && (free[$0] ?? 0) < 17 * 60 }
            guard let doctor = doctors.min(by: { (free[$0] ?? 0, $0) < (free[$1] ?? 0, $1) }) else { continue }
            let arrives = max((free[doctor] ?? 0) - 5, 9 * 60 + state.dice.number(0...380))
            guard arrives < 16 * 60 + 30, state.dice.chance(80) else { continue }
            let seated = max(arrives + 8, (free[doctor] ?? 0) + 6)
            let length = max(12, DemoPhone.units(reason, clinic) * Unit.minutes - 5)
            free[doctor] = seated + length
            add(arrives) { day, now, tx in
                guard let patient = try DemoPhone.register(reason, day.clinic, &day.state, at: now, in: tx) else {
                    return
                }
                let items = DemoPhone.items(reason, day.clinic, &day.state)
                day.plan(
                    Plan(
                        patient: patient, appointment: nil, doctor: doctor, arrives: arrives, seated: seated,
                        ends: seated + length, entries: try day.entries(items, doctor, in: tx),
                        complaint: reason.complaint, returnsAfter: nil, reason: reason))
            }
        }
    }

    private mutating func planPhone() {
        for _ in 0..<state.dice.number(26...32) {
            add(state.dice.number(8 * 60 + 40...17 * 60 + 30)) { day, now, tx in
                try DemoPhone.book(day.clinic, &day.state, from: day.day, at: now, within: 1...5, in: tx)
            }
        }
    }

    private mutating func returns(_ appointment: Appointment) -> Int? {
        guard let range = DemoCast.reasons.first(where: { $0.complaint == appointment.complaint })?.returnsAfter,
            state.dice.chance(75)
        else { return nil }
        return state.dice.number(range)
    }

    private mutating func entries(
        _ items: [BookedItem], _ doctor: Int, in tx: any ReadTransaction
    ) throws -> [LineEntry] {
        var entries = items.map { LineEntry(itemID: $0.itemID, teeth: $0.teeth) }
        if entries.isEmpty, let exam = clinic.items["EX01"] { entries = [LineEntry(itemID: exam.id)] }
        if state.dice.chance(30), let film = clinic.items["XR03"] { entries.append(LineEntry(itemID: film.id)) }
        if doctor == 1, state.dice.chance(12), let implant = clinic.items["IM01"], let tooth = Tooth(36) {
            entries.append(LineEntry(itemID: implant.id, teeth: [tooth]))
        }
        return entries
    }

    // MARK: The way through the clinic

    private mutating func plan(_ plan: Plan) {
        let index = visits.count
        visits.append(nil)
        let doctor = clinic.doctorLogin(plan.doctor)
        let nurse = plan.doctor.isMultiple(of: 2) ? "hushi" : "hushi2"
        let paysAt = plan.ends + state.dice.number(3...7)
        add(plan.arrives) { day, now, tx in try day.arrive(plan, index, now, tx) }
        add(plan.seated - 2) { day, now, tx in
            try day.withVisit(index) {
                try Queue.call($0, chair: nil, version: nil, by: day.clinic.work("houzhen", at: now), in: tx)
            }
        }
        add(plan.seated) { day, now, tx in try day.seat(plan, index, now, tx) }
        if state.dice.chance(60) {
            add(plan.ends - 5) { day, now, tx in
                try day.withSeated(index, in: tx) {
                    try ChairUse.nearlyDone($0, by: day.clinic.work(nurse, at: now), in: tx)
                }
            }
        }
        add(plan.ends - 3) { day, now, tx in try day.charge(plan, index, doctor: doctor, nurse: nurse, now, tx) }
        add(plan.ends) { day, now, tx in
            try day.withSeated(index, in: tx) {
                try ChairUse.exit($0, by: day.clinic.work(nurse, at: now), in: tx)
            }
        }
        add(plan.ends + 3) { day, now, tx in
            guard let chair = day.clinic.doctors[plan.doctor]?.chair, day.visits[index] != nil,
                try MovementStore.findOpen(chair: chair, in: tx) == nil
            else { return }
            do {
                try ChairUse.cleaned(chair: chair, by: day.clinic.work(nurse, at: now), in: tx)
            } catch is ReceptionError {
                // The chair was taken, and left, by somebody else in between.
            }
        }
        add(paysAt) { day, now, tx in try day.pay(index, now, tx) }
        add(paysAt + 2) { day, now, tx in try day.bookReturn(plan, now, tx) }
        add(paysAt + 4) { day, now, tx in
            try day.withVisit(index) {
                try SeeingOff.leave($0, outcome: "seen", reason: nil, by: day.clinic.work("qiantai", at: now), in: tx)
            }
        }
    }

    private func withVisit(_ index: Int, _ body: (ID<Visit>) throws -> Void) throws {
        if let visit = visits[index] { try body(visit) }
    }

    /// Nothing when the customer has left the chair already.
    private func withSeated(_ index: Int, in tx: any ReadTransaction, _ body: (ID<Visit>) throws -> Void) throws {
        if let visit = visits[index], try MovementStore.findOpen(visit: visit, in: tx) != nil { try body(visit) }
    }

    private mutating func arrive(_ plan: Plan, _ index: Int, _ now: Timestamp, _ tx: any WriteTransaction) throws {
        let wait = QueueRules.estimate(remaining: max(0, plan.seated - plan.arrives), ahead: [], untilBooked: 0)
        var arrival = Arrivals.Arrival(
            patientID: plan.patient, appointmentID: plan.appointment, doctorID: clinic.doctors[plan.doctor]?.id,
            complaint: plan.complaint, segment: "treatment", toldWaitMinutes: wait)
        arrival.estimatedWaitMinutes = wait
        visits[index] = try Arrivals.checkIn(arrival, by: clinic.work("daozhen", at: now), in: tx).visit.id
    }

    private func seat(_ plan: Plan, _ index: Int, _ now: Timestamp, _ tx: any WriteTransaction) throws {
        guard let visit = visits[index], let doctor = clinic.doctors[plan.doctor] else { return }
        // A forgotten exit is stated when the next customer is led in, as at a real desk.
        let forgotten = try MovementStore.findOpen(chair: doctor.chair, in: tx) == nil ? nil : now.adding(minutes: -1)
        try LeadingIn.lead(
            LeadingIn.Command(
                ChairUse.LeadIn(
                    visitID: visit, chairID: doctor.chair, alertsSpoken: true, previousLeftAt: forgotten,
                    doctorID: doctor.id, nurseID: clinic.work("hushi", at: now).actor.id)),
            by: clinic.work("houzhen", at: now), in: tx)
    }

    private func charge(
        _ plan: Plan, _ index: Int, doctor: String, nurse: String, _ now: Timestamp, _ tx: any WriteTransaction
    ) throws {
        guard let visit = visits[index] else { return }
        let room = clinic.work(nurse, at: now)
        let sheet = try ChargeSheets.enter(plan.entries, visit: visit, version: nil, by: room, in: tx)
        let advice: NextVisitAdvice = plan.returnsAfter.map { .visit(units: 2, afterDays: $0, note: nil) } ?? .none
        try ChargeSheets.advise(sheet.id, advice, by: room, in: tx)
        try ChargeSheets.explain(sheet.id, confirmed: true, version: sheet.version + 1, by: room, in: tx)
        try ChargeSheets.issueNotice(
            sheet.id, version: sheet.version + 2, by: clinic.work(doctor, at: now.adding(seconds: 20)), in: tx)
    }

    private mutating func pay(_ index: Int, _ now: Timestamp, _ tx: any WriteTransaction) throws {
        guard let visit = visits[index], let sheet = try ChargeSheetStore.find(visit: visit, in: tx) else { return }
        let due = try Ledger.openLines(of: sheet.patientID, clinic: clinic.site.id, in: tx).flatMap(\.self).map(\.owed)
            .sum
        let choice = state.dice.number(1...100)
        guard due.fen > 0, choice > 2 else { return }
        let paid = choice <= 7 && due.fen > 20_000 ? Money(fen: due.fen / 2 / 10_000 * 10_000 + 10_000) : due
        guard paid.fen > 0 else { return }
        let payment = Checkout.Payment(
            sheetID: sheet.id, splits: splits(paid), tendered: nil, key: "demo-\(sheet.id.text)")
        _ = try Checkout.pay(payment, by: clinic.work("shouyin", at: now), in: tx)
    }

    private mutating func splits(_ paid: Money) -> [PaymentSplit] {
        if paid.fen > 200_000, state.dice.chance(25) {
            return [
                PaymentSplit(.bankCard, Money(fen: paid.fen - 100_000), cardType: .debit, cardLast4: "6217"),
                PaymentSplit(.wechat, Money(fen: 100_000)),
            ]
        }
        switch state.dice.number(1...100) {
        case ..<56: return [PaymentSplit(.wechat, paid)]
        case ..<76: return [PaymentSplit(.alipay, paid)]
        case ..<88: return [PaymentSplit(.cash, paid)]
        default:
            let last4 = String(state.dice.number(0...9_999)).zeroPadded(4)
            return [PaymentSplit(.bankCard, paid, cardType: .debit, cardLast4: last4)]
        }
    }

    private mutating func bookReturn(_ plan: Plan, _ now: Timestamp, _ tx: any WriteTransaction) throws {
        guard let days = plan.returnsAfter, let reason = plan.reason else { return }
        for extra in 0..<4 {
            let on = day.adding(days: days + extra)
            guard clinic.works(plan.doctor, on: on), let doctor = clinic.doctors[plan.doctor],
                let start = state.freeStart(doctor: plan.doctor, day: on, units: 2)
            else { continue }
            let command = PlaceAppointment(
                patientID: plan.patient, day: on, start: start, units: 2, doctorID: doctor.id, chairID: doctor.chair,
                complaint: "\(reason.complaint)复诊", channel: "checkout", doctorChangeReason: "specialist")
            _ = try Booking.place(command, by: clinic.work("shouyin", at: now), in: tx)
            state.take(plan.patient, doctor: plan.doctor, day: on, start: start, units: 2)
            return
        }
    }
}
