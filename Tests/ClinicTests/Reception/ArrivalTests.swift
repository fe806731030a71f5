import Clinic
import Kernel
import Storage
import TestSupport
import Testing

@Suite struct ArrivalTests {
    @Test("再次登记同一位客人，拒绝并说出时间和候诊号 R4.01", arguments: Backend.allCases)
    func secondCheckInNamesTheFirst(backend: Backend) async throws {
        let desk = try await ReceptionFixture(backend)
        let first = try await desk.checkIn(desk.book.xiaoming)

        let error = await refusal { _ = try await desk.checkIn(desk.book.xiaoming, at: 5) }

        #expect(first.ticket == "A001")
        #expect(error == .alreadyHere(visit: first.visit.id, since: "09:20", ticket: "A001"))
        #expect(error?.userMessage.contains("09:20 已经到诊，候诊号 A001") == true)
        #expect(error?.obstacle?.id == first.visit.id.raw)
    }

    @Test("同一预约不能登记两次，离开以后也不能 R4.01", arguments: Backend.allCases)
    func oneVisitForOneBooking(backend: Backend) async throws {
        let desk = try await ReceptionFixture(backend)
        let booked = try await desk.book.place(desk.book.command("09:30", day: BookFixture.today))
        let first = try await desk.checkIn(desk.book.xiaoming, appointment: booked.id)
        let work = desk.work(20)
        try await desk.write { tx in
            try Departure.leave(first.visit.id, outcome: "seen", reason: nil, by: work, in: tx)
        }

        let error = await refusal { _ = try await desk.checkIn(desk.book.xiaoming, appointment: booked.id, at: 30) }

        #expect(first.visit.doctorID == desk.book.lin && first.visit.appointmentID == booked.id)
        #expect(error == .alreadyHere(visit: first.visit.id, since: "09:20", ticket: "A001"))
    }

    @Test("别的日子的预约不能登记，别人的预约看不到；记为未到的客人来了可以登记", arguments: Backend.allCases)
    func onlyTodaysBooking(backend: Backend) async throws {
        let desk = try await ReceptionFixture(backend)
        let tomorrow = try await desk.book.place(desk.book.command("10:00"))
        let today = try await desk.book.place(desk.book.command("09:30", day: BookFixture.today))
        let work = desk.work(120)
        _ = try await desk.write { tx in try Booking.markMissed(today.id, version: today.version, by: work, in: tx) }

        let other = await refusal { _ = try await desk.checkIn(desk.book.xiaoming, appointment: tomorrow.id) }
        await #expect(throws: NotFound.self) {
            _ = try await desk.checkIn(desk.book.chunmei, appointment: today.id)
        }
        let late = try await desk.checkIn(desk.book.xiaoming, appointment: today.id, at: 125)

        #expect(other == .notToday(day: "3 月 13 日"))
        #expect(late.visit.appointmentID == today.id)
    }

    @Test("同时登记多人，候诊号不跳号不重号 R4.01", arguments: Backend.allCases)
    func ticketsAreGapless(backend: Backend) async throws {
        let desk = try await ReceptionFixture(backend)
        let people = try await desk.morePatients(12)

        let tickets = try await withThrowingTaskGroup(of: String.self) { group in
            for patient in people { group.addTask { try await desk.checkIn(patient).ticket } }
            var tickets: [String] = []
            for try await ticket in group { tickets.append(ticket) }
            return tickets
        }

        #expect(tickets.sorted() == (1...12).map { "A" + String($0).zeroPadded(3) })
    }

    @Test("登记时问到的都存下：建议、主诉、牙位、首诊回答、告知时间、核对的电话 R1.04 R2.08 R4.02", arguments: Backend.allCases)
    func answersAreStored(backend: Backend) async throws {
        let desk = try await ReceptionFixture(backend)
        let work = desk.work()
        let arrival = Arrivals.Arrival(
            patientID: desk.book.xiaoming, doctorID: desk.book.chen, complaint: "冷热疼", segment: "treatment",
            toldWaitMinutes: 10, saysFirstTime: true, tooth: Tooth(46),
            contact: Arrivals.Contact(phone: "139 0013 9000", address: "新路 1 号"))

        let made = try await desk.write { tx in try Arrivals.checkIn(arrival, by: work, in: tx) }

        let visit = try await desk.visit(made.visit.id)
        #expect(visit.complaint == "冷热疼（牙位 46）" && visit.toldWaitMinutes == 10 && visit.segment == "treatment")
        #expect(visit.type == .first && visit.proposedType == .first && visit.typeReason == "没有在本院治疗过")
        #expect(try await desk.facts(visit.id).map(\.detail) == ["客人说第一次来"])
        let patient = try await desk.book.db.read { tx in try PatientStore.get(desk.book.xiaoming, in: tx) }
        #expect(patient.phone == "13900139000" && patient.address == "新路 1 号")
        let checked = try await desk.book.db.read { tx in
            try tx.int64("SELECT contact_checked_at FROM visit WHERE id = \(visit.id)")
        }
        #expect(checked == ReceptionFixture.now.milliseconds)
    }

    @Test("改类型的原因默认只提醒：没写也能登记，记录里看得出没写 R2.28", arguments: Backend.allCases)
    func reasonsAreRemindedOf(backend: Backend) async throws {
        let desk = try await ReceptionFixture(backend)
        let (work, patient) = (desk.work(), desk.book.xiaoming)
        let made = try await desk.write { tx in
            try Arrivals.checkIn(.init(patientID: patient, complaint: "x", type: .checkUp), by: work, in: tx)
        }
        #expect(made.visit.type == .checkUp && made.visit.typeReason == "没有写原因")
        try await desk.write { tx in try Arrivals.changeType(made.visit.id, to: .first, reason: " ", by: work, in: tx) }
        #expect(try await desk.visit(made.visit.id).typeReason == "没有写原因")
        let strict = desk.work(demanding: [.overrideReasonGiven])
        await #expect(throws: ReceptionError.reasonNeeded) {
            try await desk.write { tx in
                try Arrivals.changeType(made.visit.id, to: .checkUp, reason: " ", by: strict, in: tx)
            }
        }
    }

    @Test("诊所要求时改类型要写原因，编码只能从列表里选，一次指出所有错 R2.28", arguments: [Backend.sqlite])
    func faultsAreNamed(backend: Backend) async throws {
        let desk = try await ReceptionFixture(backend)
        let work = desk.work(demanding: [.overrideReasonGiven])
        func faults(_ arrival: Arrivals.Arrival) async -> [String] {
            do {
                _ = try await desk.write { tx in try Arrivals.checkIn(arrival, by: work, in: tx) }
                return []
            } catch { return (error as? FormErrors)?.order ?? ["?"] }
        }
        let patient = desk.book.xiaoming
        #expect(await faults(.init(patientID: patient, complaint: "x", type: .checkUp)) == ["typeReason"])
        #expect(await faults(.init(patientID: patient, complaint: " ")) == ["complaint"])
        #expect(
            await faults(
                .init(
                    patientID: patient, doctorID: desk.book.head.id, complaint: "x", segment: "?", emergency: "?",
                    toldWaitMinutes: 601)) == ["emergency", "segment", "toldWait", "doctor"])
        #expect(
            await faults(.init(patientID: patient, complaint: "x", type: .checkUp, typeReason: "客人只想检查")) == [])
    }

    @Test("门厅只能登记来过的客人 R4.23", arguments: Backend.allCases)
    func lobbyChecksInReturningOnly(backend: Backend) async throws {
        let desk = try await ReceptionFixture(backend)
        let lobby = desk.work(only: [.checkInReturning])
        let (xiaoming, chunmei) = (desk.book.xiaoming, desk.book.chunmei)
        try await desk.addTreatment(of: chunmei, on: BookFixture.today.adding(days: -63))

        await #expect(throws: NotAllowed.self) {
            try await desk.write { tx in
                _ = try Arrivals.checkIn(.init(patientID: xiaoming, complaint: "x"), by: lobby, in: tx)
            }
        }
        let made = try await desk.write { tx in
            try Arrivals.checkIn(.init(patientID: chunmei, complaint: "x"), by: lobby, in: tx)
        }
        #expect(made.visit.type == .returning && made.visit.typeReason == "上次治疗 2026-01-08，不到 1 年")
    }

    @Test("别的门诊的到访等于没有 R16.15", arguments: [Backend.sqlite])
    func anotherClinicsVisitIsNotFound(backend: Backend) async throws {
        let desk = try await ReceptionFixture(backend)
        let made = try await desk.checkIn(desk.book.xiaoming)
        let here = desk.work()
        let elsewhere = Work(
            actor: here.actor,
            clinic: ClinicSite(
                id: ID(raw: 77), code: "b", name: "分院", phone: "", address: "", calendar: here.clinic.calendar,
                opens: here.clinic.opens, closes: here.clinic.closes), now: here.now, playbook: here.playbook,
            ids: here.ids)

        for act in [
            { tx in try Queue.call(made.visit.id, chair: nil, version: nil, by: elsewhere, in: tx) },
            { tx in try Departure.leave(made.visit.id, outcome: "seen", reason: nil, by: elsewhere, in: tx) },
            { tx in _ = try VisitFacts.undoLast(made.visit.id, by: elsewhere, in: tx) },
        ] as [@Sendable (any WriteTransaction) throws -> Void] {
            await #expect(throws: NotFound.self) { try await desk.write(act) }
        }
    }
}
