import Kernel
import Storage

/// Customers of the demo: registration and booking, by telephone or at the desk.
enum DemoPhone {
    /// Books a new or a known customer for one of the next days; nothing when the book is full.
    static func book(
        _ clinic: DemoClinic, _ state: inout DemoState, from day: Day, at now: Timestamp, within days: ClosedRange<Int>,
        in tx: any WriteTransaction
    ) throws {
        let reason = state.dice.pick(weighted: DemoCast.reasons.map { ($0, $0.weight) })
        let on = day.adding(days: state.dice.number(days))
        let number = state.dice.pick(reason.doctors)
        let units = units(reason, clinic)
        let known = state.people.count
        guard clinic.works(number, on: on), let doctor = clinic.doctors[number],
            let start = state.freeStart(doctor: number, day: on, units: units),
            let person = try customer(reason, clinic, &state, from: day, at: now, in: tx)
        else { return }
        let isNew = state.people.count > known
        if isNew {
            try bookNew(person, reason, on, start, units: units, clinic, &state, at: now, in: tx)
            return
        }
        let command = PlaceAppointment(
            patientID: person, day: on, start: start, units: units, doctorID: doctor.id, chairID: doctor.chair,
            complaint: reason.complaint, items: items(reason, clinic, &state), channel: "phone",
            doctorChangeReason: "specialist")
        _ = try Booking.place(command, by: clinic.work("qiantai", at: now), in: tx)
        state.take(person, doctor: number, day: on, start: start, units: units)
    }

    /// Somebody new gets the doctor the rules give (R3.15, R2.27).
    private static func bookNew(
        _ person: ID<Patient>, _ reason: DemoCast.Reason, _ day: Day, _ start: Unit, units: Int, _ clinic: DemoClinic,
        _ state: inout DemoState, at now: Timestamp, in tx: any WriteTransaction
    ) throws {
        let command = PlaceAssigned(
            AssignmentRequest(
                patientID: person, complaint: reason.complaint, items: items(reason, clinic, &state), units: units,
                time: AskedTime(day: day, start: start)), channel: "phone", booksSpecialist: false)
        let booked: Appointment
        do {
            booked = try tx.savepoint { try Assigning.place(command, by: clinic.work("qiantai", at: now), in: tx) }
        } catch is AssignmentError {
            // Everybody who does this is busy at that time: the caller thinks it over.
            return
        }
        guard let number = clinic.doctors.first(where: { $0.value.id == booked.doctorID })?.key else { return }
        state.take(person, doctor: number, day: day, start: start, units: units)
    }

    static func units(_ reason: DemoCast.Reason, _ clinic: DemoClinic) -> Int {
        max(1, reason.items.compactMap { clinic.items[$0]?.units }.reduce(0, +))
    }

    static func items(
        _ reason: DemoCast.Reason, _ clinic: DemoClinic, _ state: inout DemoState
    ) -> [BookedItem] {
        reason.items.compactMap { clinic.items[$0] }.map { item in
            BookedItem(item.id, teeth: item.isPerTooth ? teeth(for: reason, &state) : [])
        }
    }

    private static func teeth(for reason: DemoCast.Reason, _ state: inout DemoState) -> [Tooth] {
        let wisdom = reason.items.contains("SU03")
        let numbers =
            reason.isForChildren
            ? [16, 26, 36, 46] : wisdom ? [18, 28, 38, 48] : [14, 15, 16, 17, 24, 25, 26, 36, 37, 46, 47]
        return [state.dice.pick(numbers)].compactMap { Tooth($0) }
    }

    /// Somebody on file without a booking ahead, or somebody new.
    static func customer(
        _ reason: DemoCast.Reason, _ clinic: DemoClinic, _ state: inout DemoState, from day: Day, at now: Timestamp,
        in tx: any WriteTransaction
    ) throws -> ID<Patient>? {
        if state.people.count > 60, state.dice.chance(45) {
            let person = state.dice.pick(state.people)
            if person.isChild == reason.isForChildren, !state.isBooked(person.id, from: day) { return person.id }
        }
        return try register(reason, clinic, &state, at: now, in: tx)
    }

    /// - Returns: nil when the invented person happens to look like one on file.
    static func register(
        _ reason: DemoCast.Reason, _ clinic: DemoClinic, _ state: inout DemoState, at now: Timestamp,
        in tx: any WriteTransaction
    ) throws -> ID<Patient>? {
        let isMale = state.dice.chance(46)
        let surname = state.dice.pick(weighted: DemoCast.surnames)
        let name = surname + state.dice.pick(isMale ? DemoCast.givenMale : DemoCast.givenFemale)
        let work = clinic.work("qiantai", at: now)
        let age = reason.isForChildren ? state.dice.number(4...12) : state.dice.number(18...78)
        let born = work.today.adding(days: -age * 365 - state.dice.number(0...364))
        let hasPhone = state.dice.chance(96)
        let prefix = state.dice.pick(["138", "139", "136", "137", "150", "158", "186", "188", "133", "177"])
        let details = PatientDetails(
            name: name, gender: isMale ? "male" : "female", bornOn: state.dice.chance(80) ? born.iso : "",
            age: String(age), phone: hasPhone ? prefix + String(state.dice.number(0...99_999_999)).zeroPadded(8) : "",
            complaint: reason.complaint, phoneMissingReason: hasPhone ? "" : "refused",
            address: state.dice.chance(60)
                ? "示例市" + state.dice.pick(["梧桐路", "文昌街", "江滨路", "人民路", "学府路"]) + " \(state.dice.number(1...320)) 号"
                : "",
            sourceChannel: state.dice.pick(["friend", "passingBy", "neighbourhood", "wechat", "map", "shortVideo"]))
        let guardian = reason.isForChildren
        let command = RegisterPatient(
            details: details, histories: histories(age: age, &state), consents: [.privacy, .health],
            guardianName: guardian ? surname + "家长" : "", guardianPhone: guardian ? details.phone : "")
        do {
            let patient = try Registration.register(command, by: work, in: tx)
            state.people.append(DemoState.Person(id: patient.id, isChild: reason.isForChildren))
            return patient.id
        } catch PatientError.duplicates {
            return nil
        }
    }

    private static func histories(age: Int, _ state: inout DemoState) -> [String: String] {
        var found: [String: String] = [:]
        if age > 50, state.dice.chance(25) { found["hypertension"] = "服药控制" }
        if age > 50, state.dice.chance(12) { found["diabetes"] = "" }
        if state.dice.chance(5) { found["penicillinAllergy"] = "" }
        if state.dice.chance(6) { found["dentalFear"] = "" }
        return found
    }
}
