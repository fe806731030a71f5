import Clinic
import Kernel
import Storage
import TestSupport
import Testing

@Suite struct OffersTests {
    /// Counts the statements that pass.
    private final class Counting: ReadTransaction {
        let inner: any ReadTransaction
        var count = 0
        init(_ inner: any ReadTransaction) { self.inner = inner }
        var dialect: Dialect { inner.dialect }
        func rows(_ sql: SQL) throws -> [Row] {
            count += 1
            return try inner.rows(sql)
        }
    }

    private func find(
        _ turn: TurnFixture, _ request: OfferRequest, at now: Timestamp = TurnFixture.now
    ) async throws -> [Offer] {
        let work = turn.work(at: now)
        return try await turn.read { tx in try Offers.find(request, by: work, in: tx) }
    }

    private func asked(_ patient: ID<Patient>?, units: Int = 2) -> AssignmentRequest {
        AssignmentRequest(patientID: patient, complaint: "检查", units: units)
    }

    @Test("三个具体时间，从明天起，上下午都有 R3.20", arguments: Backend.allCases)
    func threeOffers(backend: Backend) async throws {
        let turn = try await TurnFixture(backend, doctors: 3, patients: 1)
        let offers = try await find(turn, OfferRequest(asked(turn.patients[0])))
        #expect(
            offers.map(\.whenText) == [
                "3 月 13 日 星期五 上午 08:30", "3 月 13 日 星期五 下午 13:30", "3 月 14 日 星期六 上午 08:30",
            ])
        #expect(offers.map(\.slot.doctorID) == Array(repeating: turn.doctors[0], count: 3))
        #expect(offers[0].reasonText == "轮换 · 轮到医生1医生（已接 0 位）")
        #expect(offers.flatMap(\.notes).isEmpty)
        let mornings = try await find(turn, OfferRequest(asked(nil), part: .morning, count: 2))
        #expect(mornings.map(\.part) == [.morning, .morning])
    }

    @Test("报出的时间都能约成 R3.20 R3.32", arguments: Backend.allCases)
    func offersCanBeBooked(backend: Backend) async throws {
        let turn = try await TurnFixture(backend, doctors: 2, patients: 30)
        for patient in turn.patients {
            let request = asked(patient, units: 4)
            let offer = try #require(try await find(turn, OfferRequest(request)).first)
            var command = PlaceAssigned(request, channel: "phone")
            command.request.time = AskedTime(day: offer.slot.day, start: offer.slot.start)
            command.request.offered = offer.slot.doctorID
            let booked = try await turn.place(command)
            #expect(booked.slot == offer.slot)
            #expect(booked.ruleApplied == offer.rule)
        }
        let turns = try await turn.turns()
        #expect(abs(turns[0] - turns[1]) <= 1)
    }

    @Test("老客人只报原医生的时间；窗口满了往后找并说明 R3.14 R3.20", arguments: Backend.allCases)
    func originalOnly(backend: Backend) async throws {
        let turn = try await TurnFixture(backend, doctors: 2, patients: 1)
        try await turn.treated(turn.patients[0], by: turn.doctors[1])
        let work = turn.work()
        let (doctor, today) = (turn.doctors[1], TurnFixture.today)
        try await turn.write { tx in
            for day in 1...3 {
                try RosterKeeping.setException(
                    of: doctor, day: today.adding(days: day), spans: [], reason: "进修", by: work, in: tx)
            }
        }
        let offers = try await find(turn, OfferRequest(asked(turn.patients[0])))
        #expect(Set(offers.map(\.slot.doctorID)) == [doctor])
        #expect(offers.map { $0.slot.day.days(since: today) } == [4, 4, 5])
        #expect(offers.allSatisfy { $0.notes == [.beyondWindow] })
    }

    @Test("重要客人从今天起报，其他人从明天起 R3.21 R3.50", arguments: Backend.allCases)
    func importantCustomers(backend: Backend) async throws {
        let turn = try await TurnFixture(backend, doctors: 2, patients: 2)
        let work = turn.work()
        let (vip, other) = (turn.patients[0], turn.patients[1])
        try await turn.write { tx in
            try PatientLevels.set(2, of: vip, reason: "全家都在这里看", by: work, in: tx)
        }
        let early = try await find(turn, OfferRequest(asked(vip)))
        #expect(early.first?.slot.day == TurnFixture.today)
        #expect(early.first?.notes == [.earlyForLevel])
        #expect(try await find(turn, OfferRequest(asked(other))).first?.slot.day == TurnFixture.tomorrow)
        let now = try await find(turn, OfferRequest(asked(other), from: TurnFixture.today))
        #expect(now.first?.notes == [.shortLead])
    }

    @Test("重要客人约到窗口以外要留下记录 R3.50", arguments: Backend.allCases)
    func lateForLevel(backend: Backend) async throws {
        let turn = try await TurnFixture(backend, doctors: 1, patients: 1)
        let work = turn.work()
        let vip = turn.patients[0]
        try await turn.write { tx in
            try PatientLevels.set(1, of: vip, reason: "介绍多位亲友", by: work, in: tx)
        }
        _ = try await turn.place(turn.request(vip, 40, day: TurnFixture.today.adding(days: 3)))
        let inWindow = try await events(turn)
        _ = try await turn.place(turn.request(vip, 40, day: TurnFixture.today.adding(days: 4)))
        #expect(inWindow == 0)
        #expect(try await events(turn) == 1)
    }

    private func events(_ turn: TurnFixture) async throws -> Int64? {
        try await turn.read { tx in
            try tx.int64("SELECT COUNT(*) AS n FROM event WHERE kind = 'appointment.lateForLevel'")
        }
    }

    @Test("同时到店人数满的时段不报 R3.41", arguments: Backend.allCases)
    func capacity(backend: Backend) async throws {
        let turn = try await TurnFixture(backend, doctors: 6, patients: 5)
        let chairs = try await turn.read { tx in try PlaceStore.chairs(clinic: turn.clinic.id, in: tx) }.count
        try #require(chairs == 4)
        for index in 0..<chairs { _ = try await turn.place(turn.request(turn.patients[index], 34, units: 14)) }
        let offers = try await find(turn, OfferRequest(asked(turn.patients[4]), days: 1))
        #expect(offers.map(\.part) == [.afternoon])
    }

    @Test("二十位医生十四天也只用固定的几条语句 R3.20", arguments: Backend.allCases, [2, 20])
    func statements(backend: Backend, doctors: Int) async throws {
        let turn = try await TurnFixture(backend, doctors: doctors, patients: 1)
        let work = turn.work()
        let request = OfferRequest(asked(turn.patients[0]), days: 14)
        let count = try await turn.read { tx in
            let counting = Counting(tx)
            _ = try Offers.find(request, by: work, in: counting)
            return counting.count
        }
        #expect(count <= 12)
    }

    @Test("先占五分钟：别人约不到，自己的预约接手，过期作废 R3.32", arguments: Backend.allCases)
    func holds(backend: Backend) async throws {
        let turn = try await TurnFixture(backend, doctors: 1, patients: 2)
        let work = turn.work()
        let slot = Slot(day: TurnFixture.tomorrow, start: Unit(40), units: 2, doctorID: turn.doctors[0])
        let hold = try await turn.write { tx in try Holds.take(slot, by: work, in: tx) }
        #expect(hold.expiresAt == TurnFixture.now.adding(minutes: 5))
        await #expect(throws: AssignmentError.self) { try await turn.place(turn.request(turn.patients[0], 40)) }
        await #expect(throws: BookingError.self) {
            try await turn.write { tx in try Holds.take(slot, by: work, in: tx) }
        }
        var own = turn.request(turn.patients[0], 40)
        own.holdID = hold.id
        let mine = own
        #expect(try await turn.place(mine).slot == slot)
        let other = Slot(day: TurnFixture.tomorrow, start: Unit(44), units: 2, doctorID: turn.doctors[0])
        _ = try await turn.write { tx in try Holds.take(other, by: work, in: tx) }
        let later = turn.work(at: TurnFixture.now.adding(minutes: 5))
        let booked = try await turn.place(turn.request(turn.patients[1], 44), by: later)
        #expect(booked.slot == other)
    }

    @Test("换一个时间占用时，原来占的同时放开 R3.32", arguments: Backend.allCases)
    func holdInstead(backend: Backend) async throws {
        let turn = try await TurnFixture(backend, doctors: 1, patients: 1)
        let work = turn.work()
        let slot = Slot(day: TurnFixture.tomorrow, start: Unit(40), units: 2, doctorID: turn.doctors[0])
        let first = try await turn.write { tx in try Holds.take(slot, by: work, in: tx) }
        let second = try await turn.write { tx in
            try Holds.take(
                Slot(day: slot.day, start: Unit(41), units: 2, doctorID: slot.doctorID), instead: first.id, by: work,
                in: tx)
        }
        try await turn.write { tx in try Holds.release(second.id, in: tx) }
        #expect(try await turn.place(turn.request(turn.patients[0], 40)).slot == slot)
    }

    @Test("大项目占小项目的位置：小的同时得到新时间，否则什么都不变 R3.51", arguments: Backend.allCases)
    func smallGivesWay(backend: Backend) async throws {
        let turn = try await TurnFixture(backend, doctors: 1, patients: 3)
        let work = turn.work()
        let small = try await turn.place(turn.request(turn.patients[0], 40))
        let next = try await turn.place(turn.request(turn.patients[1], 44))
        let big = turn.request(turn.patients[2], 40, units: 4, wish: turn.doctors[0])
        let slot = Slot(day: TurnFixture.tomorrow, start: Unit(40), units: 4, doctorID: turn.doctors[0])
        let moves = try #require(try await turn.read { tx in try Displacing.propose(slot, by: work, in: tx) })
        #expect(moves.map(\.appointmentID) == [small.id])
        #expect(moves[0].to.start == Unit(46))
        let wrong = [Displacing.Move(appointmentID: small.id, version: 1, to: next.slot)]
        await #expect(throws: BookingError.self) {
            try await turn.write { tx in try Displacing.place(big, moving: wrong, by: work, in: tx) }
        }
        let booked = try await turn.write { tx in try Displacing.place(big, moving: moves, by: work, in: tx) }
        #expect(booked.slot.start == Unit(40))
        let stored = try await turn.read { tx in try AppointmentStore.get(small.id, clinic: work.clinic.id, in: tx) }
        #expect(stored.slot == moves[0].to)
        #expect(stored.isLive)
    }

    @Test("习惯从一年的预约和到店算出 R3.33", arguments: Backend.allCases)
    func habits(backend: Backend) async throws {
        let turn = try await TurnFixture(backend, doctors: 1, patients: 3)
        let booked = try await turn.place(turn.request(turn.patients[0], 40))
        _ = try await turn.place(turn.request(turn.patients[1], 44))
        let arrival = turn.clinic.calendar.instant(booked.day, booked.start).adding(minutes: 12)
        let (work, clinic, doctor) = (turn.work(at: arrival.adding(days: 1)), turn.clinic.id, turn.doctors[0])
        let id = turn.ids.next(Visit.self, at: TurnFixture.now)
        _ = try await turn.write { tx in
            try tx.run(
                """
                INSERT INTO visit (id, clinic_id, business_day, patient_id, appointment_id, doctor_id, visit_type,
                    proposed_type, type_reason, complaint, arrived_at, seated_at, version)
                VALUES (\(id), \(clinic), \(booked.day), \(booked.patientID), \(booked.id), \(doctor), 'return', 'return',
                    'x', 'x', \(arrival), \(arrival.adding(minutes: 1)), 1)
                """)
        }
        let people = Set(turn.patients)
        let habits = try await turn.read { tx in try Habits.of(patients: people, by: work, in: tx) }
        #expect(habits.keys.map(\.self) == [turn.patients[0]])
        #expect(habits[turn.patients[0]]?.text == "近一年约 1 次：晚到 1 次（约 12 分钟）")
        let doctors = try await turn.read { tx in try Habits.of(doctors: [doctor], by: work, in: tx) }
        #expect(doctors[doctor]?.treated == 1)
        #expect(doctors[doctor]?.startedLate == 0)
    }
}
