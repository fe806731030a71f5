import Clinic
import Kernel
import Storage
import TestSupport
import Testing

@Suite struct AssigningTests {
    @Test("轮换：三位医生同一时间各接一位，第四位被告知没有 R3.15", arguments: Backend.allCases)
    func fourthIsTold(backend: Backend) async throws {
        let turn = try await TurnFixture(backend, doctors: 3, patients: 4)
        var doctors: [ID<Staff>] = []
        for patient in turn.patients.prefix(3) {
            doctors.append(try await turn.place(turn.request(patient, 40)).doctorID)
        }
        #expect(doctors == turn.doctors)
        await #expect(throws: AssignmentError.nobodyFree(why: "医生1医生10:00 已有预约")) {
            try await turn.place(turn.request(turn.patients[3], 40))
        }
        #expect(try await turn.turns() == [1, 1, 1])
        #expect(try await turn.ledger().filter { $0.kind == .taken }.count == 3)
    }

    @Test("保存的安排说明规则、原因和别人为什么没有轮到 R3.17", arguments: Backend.allCases)
    func storedAssignment(backend: Backend) async throws {
        let turn = try await TurnFixture(backend, doctors: 3, patients: 2)
        _ = try await turn.place(turn.request(turn.patients[0], 40))
        let second = try await turn.place(turn.request(turn.patients[1], 40))
        let stored = try #require(try await turn.read { tx in try Assigning.stored(of: second.id, in: tx) })
        #expect(second.ruleApplied == .rotation)
        #expect(stored.rule == .rotation)
        #expect(stored.doctorID == turn.doctors[1])
        #expect(stored.reasons.map(\.text) == ["轮到医生2医生（已接 0 位）"])
        #expect(stored.alternatives.map(\.doctorID) == [turn.doctors[2], turn.doctors[0]])
        #expect(stored.alternatives.map(\.isPossible) == [true, false])
        #expect(stored.alternatives[1].whyNot == AssignmentReason(.taken, "10:00 已有预约"))
    }

    @Test("跳过的医生下次先轮到 R3.15", arguments: Backend.allCases)
    func skippedComesFirst(backend: Backend) async throws {
        let turn = try await TurnFixture(backend, doctors: 3, patients: 5)
        // The first doctor is busy with a customer of their own at 10:00.
        try await turn.treated(turn.patients[0], by: turn.doctors[0])
        let own = try await turn.place(turn.request(turn.patients[0], 40))
        #expect(own.ruleApplied == .sameDoctor)
        #expect(own.doctorID == turn.doctors[0])
        #expect(try await turn.turns() == [0, 0, 0])
        let first = try await turn.place(turn.request(turn.patients[1], 40))
        #expect(first.doctorID == turn.doctors[1])
        let skipped = try await turn.ledger().filter { $0.kind == .skipped }
        #expect(skipped.map(\.doctorID) == [turn.doctors[0]])
        #expect(skipped.map(\.reason) == ["10:00 已有预约"])
        let next = try await turn.place(turn.request(turn.patients[2], 44))
        #expect(next.doctorID == turn.doctors[0])
    }

    @Test("未到和门诊取消退回轮次，客人取消不退，撤销再算 R3.15", arguments: Backend.allCases)
    func turnsComeBack(backend: Backend) async throws {
        let turn = try await TurnFixture(backend, doctors: 3, patients: 3)
        var booked: [Appointment] = []
        for patient in turn.patients { booked.append(try await turn.place(turn.request(patient, 40))) }
        let (byClinic, byCustomer, missed) = (booked[0], booked[1], booked[2])
        let work = turn.work()
        let later = turn.work(at: turn.clinic.calendar.instant(TurnFixture.tomorrow, Unit(44)))
        try await turn.write { tx in
            _ = try Booking.cancel(
                CancelAppointment(id: byClinic.id, version: 1, reason: "equipment"), by: work, in: tx)
            _ = try Booking.cancel(CancelAppointment(id: byCustomer.id, version: 1, reason: "busy"), by: work, in: tx)
            _ = try Booking.markMissed(missed.id, version: 1, by: later, in: tx)
        }
        #expect(try await turn.turns() == [0, 1, 0])
        _ = try await turn.write { tx in try Booking.undo(byClinic.id, by: work, in: tx) }
        #expect(try await turn.turns() == [1, 1, 0])
        #expect(try await turn.ledger().map(\.kind).prefix(3) == [.returned, .taken, .returned])
    }

    @Test("改给别的医生时轮次退回 R3.15", arguments: Backend.allCases)
    func movedAway(backend: Backend) async throws {
        let turn = try await TurnFixture(backend, doctors: 2, patients: 1)
        let booked = try await turn.place(turn.request(turn.patients[0], 40))
        let (work, other) = (turn.work(), turn.doctors[1])
        let moved = try await turn.write { tx in
            try Booking.move(
                MoveAppointment(
                    id: booked.id, version: 1,
                    to: Slot(day: booked.day, start: booked.start, units: 2, doctorID: other), reason: "customerTime"),
                by: work, in: tx)
        }
        #expect(moved.ruleApplied == .chosen)
        #expect(try await turn.turns() == [0, 0])
        #expect(try await turn.ledger().first?.reason == "改由医生2医生接诊")
    }

    @Test("新来的医生从同事的中间开始 R3.15", arguments: Backend.allCases)
    func newcomer(backend: Backend) async throws {
        let turn = try await TurnFixture(backend, doctors: 3, patients: 12)
        let work = turn.work()
        let (late, day) = (turn.doctors[2], TurnFixture.tomorrow)
        _ = try await turn.write { tx in
            try RosterKeeping.setException(of: late, day: day, spans: [], reason: "未到岗", by: work, in: tx)
        }
        for index in 0..<6 { _ = try await turn.place(turn.request(turn.patients[index], 34 + index * 2)) }
        #expect(try await turn.turns() == [3, 3, 0])
        var next: [ID<Staff>] = []
        for index in 6..<9 {
            next.append(
                try await turn.place(
                    turn.request(turn.patients[index], 34 + index * 2 - 12, day: day.adding(days: 1))
                ).doctorID)
        }
        // One each: the newcomer neither gets all of them nor waits for the others.
        #expect(Set(next) == Set(turn.doctors))
        #expect(try await turn.ledger().contains { $0.kind == .calibrated && $0.doctorID == late })
    }

    @Test("轮换表：下一位、本月每位医生的轮换和新客数、记录 R3.15 R15.20", arguments: Backend.allCases)
    func sheet(backend: Backend) async throws {
        let turn = try await TurnFixture(backend, doctors: 3, patients: 2)
        _ = try await turn.place(turn.request(turn.patients[0], 40))
        let (clinic, doctor, today) = (turn.clinic, turn.doctors[1], TurnFixture.today)
        for day in [today, today.adding(months: -1)] {
            let id = turn.ids.next(Visit.self, at: TurnFixture.now)
            let at = clinic.calendar.instant(day, Unit(36))
            try await turn.write { tx in
                _ = try tx.run(
                    """
                    INSERT INTO visit (id, clinic_id, business_day, patient_id, doctor_id, visit_type, proposed_type,
                        type_reason, complaint, arrived_at, seated_at, left_at, version)
                    VALUES (\(id), \(clinic.id), \(day), \(turn.patients[1]), \(doctor), 'first', 'first', 'x', 'x', \(at),
                        \(at), \(at), 1)
                    """)
            }
        }
        let work = turn.work()
        let sheet = try await turn.read { tx in try RotationSheet.load(month: today, by: work, in: tx) }
        #expect(sheet.next?.doctorID == turn.doctors[1])
        #expect(sheet.lines.map(\.doctorID) == [turn.doctors[1], turn.doctors[2], turn.doctors[0]])
        #expect(sheet.lines.map(\.turns) == [0, 0, 1])
        #expect(sheet.lines.map(\.newCustomers) == [1, 0, 0])
        #expect(sheet.entries.first { $0.turn.kind == .taken }?.patientName == "客人0")
        let stranger = turn.work(without: [.seeBoard])
        await #expect(throws: NotAllowed.self) {
            try await turn.read { tx in try RotationSheet.load(month: today, by: stranger, in: tx) }
        }
    }

    @Test("指定医生不占轮次；原医生记原因 R3.14 R3.18", arguments: Backend.allCases)
    func namedDoctor(backend: Backend) async throws {
        let turn = try await TurnFixture(backend, doctors: 3, patients: 1)
        try await turn.treated(turn.patients[0], by: turn.doctors[0])
        let booked = try await turn.place(turn.request(turn.patients[0], 40, wish: turn.doctors[2]))
        #expect(booked.ruleApplied == .wished)
        #expect(booked.doctorChangeReason == "customerWish")
        #expect(try await turn.turns() == [0, 0, 0])
    }

    @Test("医生休息：从一的客人由第一位有空的医生帮诊，卡上写帮谁 R2.24 R3.34", arguments: Backend.allCases)
    func helpsOut(backend: Backend) async throws {
        let turn = try await TurnFixture(backend, doctors: 3, patients: 1)
        try await turn.treated(turn.patients[0], by: turn.doctors[0])
        let booked = try await turn.place(turn.request(turn.patients[0], 40))
        let (work, resting) = (turn.work(), turn.doctors[0])
        let helped = try await turn.write { tx in
            _ = try RosterKeeping.setException(
                of: resting, day: booked.day, spans: [], reason: "进修", by: work, in: tx)
            return try Assigning.reassign(booked.id, version: 1, reason: "doctorOff", by: work, in: tx)
        }
        #expect(helped.id == booked.id)
        #expect(helped.doctorID == turn.doctors[1])
        #expect(helped.helpingForID == turn.doctors[0])
        #expect(helped.ruleApplied == .helping)
        let stored = try await turn.read { tx in try Assigning.stored(of: booked.id, in: tx) }
        #expect(stored?.helpingForID == turn.doctors[0])
        #expect(
            try await turn.read { tx in try AppointmentStore.get(booked.id, clinic: work.clinic.id, in: tx) } == helped)
    }

    @Test("种植：专科没空，先由熟悉的医生检查并约好专科 R3.19", arguments: Backend.allCases)
    func specialistFollows(backend: Backend) async throws {
        let turn = try await TurnFixture(backend, doctors: 3, patients: 2)
        let work = turn.work()
        let (specialist, familiar) = (turn.doctors[1], turn.doctors[2])
        try await turn.write { tx in
            for (doctor, isSpecialist) in [(specialist, true), (familiar, false)] {
                var profile = try DoctorProfileStore.get(doctor, clinic: work.clinic.id, in: tx)
                if isSpecialist { profile.specialties = ["implants"] } else { profile.familiarWith = ["implants"] }
                try DoctorProfiles.edit(profile, by: work, in: tx)
            }
        }
        _ = try await turn.place(turn.request(turn.patients[0], 40, wish: specialist))
        var command = turn.request(turn.patients[1], 40)
        command.request.complaint = "缺牙，想种植"
        let first = try await turn.place(command)
        #expect(first.doctorID == familiar)
        #expect(first.ruleApplied == .specialty)
        let second = try #require(
            try await turn.read { tx in try Assigning.specialistBooking(of: first.id, by: work, in: tx) })
        #expect(second.doctorID == specialist)
        #expect(second.patientID == turn.patients[1])
        #expect(second.day > first.day)
    }

    @Test("希望女医生而没有：照常预约并记下要求 R2.20", arguments: Backend.allCases)
    func unmetWishIsNoted(backend: Backend) async throws {
        let turn = try await TurnFixture(backend, doctors: 1, patients: 2)
        var command = turn.request(turn.patients[0], 40)
        command.request.wish = DoctorWish(gender: .female)
        let booked = try await turn.place(command)
        let notes = try await turn.read { tx in try BookingNoteStore.list(of: booked.id, in: tx) }
        #expect(notes.map(\.kind) == [.wishUnmet])
        #expect(notes.map(\.detail) == ["女医生"])
        var insisting = turn.request(turn.patients[1], 44)
        insisting.request.wish = DoctorWish(gender: .female, isHard: true)
        let command2 = insisting
        await #expect(throws: AssignmentError.nobodyAsWished(wish: "女医生")) { try await turn.place(command2) }
    }

    @Test("五十个并行的“任意医生”：各得一位不同的医生，其余被告知没有 R3.15 R3.32", arguments: Backend.allCases)
    func parallelAnyDoctor(backend: Backend) async throws {
        let turn = try await TurnFixture(backend, doctors: 12, patients: 50)
        let outcomes = try await withThrowingTaskGroup(of: ID<Staff>?.self) { group in
            for patient in turn.patients {
                group.addTask {
                    do { return try await turn.place(turn.request(patient, 40)).doctorID } catch is AssignmentError {
                        return nil
                    }
                }
            }
            var outcomes: [ID<Staff>?] = []
            for try await outcome in group { outcomes.append(outcome) }
            return outcomes
        }
        let doctors = outcomes.compactMap(\.self)
        #expect(doctors.count == 12)
        #expect(Set(doctors) == Set(turn.doctors))
        #expect(outcomes.count == 50)
        #expect(try await turn.turns() == Array(repeating: 1, count: 12))
    }
}
