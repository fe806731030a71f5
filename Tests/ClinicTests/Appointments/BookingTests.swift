import Kernel
import Storage
import TestSupport
import Testing

@testable import Clinic

@Suite struct BookingTests {
    @Test("预约存下到访时间、主诉、项目、时长、医生、椅位、渠道和登记人 R3.06", arguments: Backend.allCases)
    func storesWhatWasSaid(backend: Backend) async throws {
        let book = try await BookFixture(backend)
        var command = book.command("10:00", units: nil, chair: book.chairs[1].id)
        command.items = [BookedItem(book.items[0], teeth: [16, 17].compactMap(Tooth.init)), BookedItem(book.items[1])]
        command.channel = "onSpot"
        command.deskReason = "agreedReturn"
        command.remark = "  带老花镜 "

        let placed = try await book.place(command)
        let stored = try await book.db.read { tx in
            try AppointmentStore.get(placed.id, clinic: book.clinic.id, in: tx)
        }

        #expect(stored == placed)
        #expect(stored.units == 6)
        #expect(stored.timeText == "10:00–11:30")
        #expect(stored.items.map { Tooth.text($0.teeth) } == ["16、17", ""])
        #expect(stored.deskReason == "agreedReturn")
        #expect(stored.remark == "带老花镜")
        #expect(stored.booked == Appointment.Mark(at: BookFixture.now, by: book.head.id))
        #expect(stored.ruleApplied == .chosen)
    }

    @Test("当场约的原因从列表里选，电话约的不留原因 R3.07", arguments: Backend.allCases)
    func onSpotReason(backend: Backend) async throws {
        let book = try await BookFixture(backend)
        var onSpot = book.command("10:00")
        onSpot.channel = "onSpot"
        onSpot.deskReason = "noSuchReason"
        let unknown = onSpot
        await #expect { try await book.place(unknown) } throws: { ($0 as? BookingError)?.field == "deskReason" }
        onSpot.deskReason = "waitTooLong"
        var phone = book.command("14:00", patient: book.chunmei)
        phone.deskReason = "waitTooLong"

        #expect(try await book.place(onSpot).deskReason == "waitTooLong")
        #expect(try await book.place(phone).deskReason == nil)
    }

    @Test("没有选项目时按常规口检留 1 个单位 R3.02", arguments: Backend.allCases)
    func routineExamTakesOneUnit(backend: Backend) async throws {
        let book = try await BookFixture(backend)
        #expect(try await book.place(book.command("10:00", units: nil)).units == 1)
    }

    @Test("首尾相接不算冲突，重叠一个单位就拒绝并说出是谁 R3.32", arguments: Backend.allCases)
    func touchingEndsAreFine(backend: Backend) async throws {
        let book = try await BookFixture(backend)
        let first = try await book.place(book.command("10:00"))
        _ = try await book.place(book.command("10:45", patient: book.chunmei))

        let error = await bookingError { try await book.place(book.command("10:30", patient: book.patients[2])) }

        #expect(error?.userMessage == "林书远医生 10:00–10:45 已约王小明，请换时间或医生")
        #expect(error?.obstacle?.kind == "appointment")
        #expect(error?.obstacle?.id == first.id.raw)
        #expect(error?.kind == .conflict)
    }

    @Test("同一椅位不能重叠 R3.32", arguments: Backend.allCases)
    func chairCannotBeDoubleBooked(backend: Backend) async throws {
        let book = try await BookFixture(backend)
        let chair = book.chairs[0]
        _ = try await book.place(book.command("10:00", chair: chair.id))

        let error = await bookingError {
            try await book.place(book.command("10:30", doctor: book.chen, patient: book.chunmei, chair: chair.id))
        }

        #expect(error?.userMessage == "\(chair.name) 10:00–10:45 已约王小明（林书远医生），请换椅位或时间")
        #expect(error?.field == "chair")
    }

    @Test("同一位客人不能同时约两位医生 R3.32", arguments: Backend.allCases)
    func customerCannotBeInTwoPlaces(backend: Backend) async throws {
        let book = try await BookFixture(backend)
        _ = try await book.place(book.command("10:00"))

        let error = await bookingError { try await book.place(book.command("10:30", doctor: book.chen)) }

        #expect(error?.userMessage == "王小明 10:00–10:45 已约林书远医生，同一位客人的时间不能重叠")
        #expect(try await book.units().count == 6)
    }

    @Test("50 个人同时抢一个单位：一个成功，49 个被告知是谁 R3.32", arguments: Backend.allCases)
    func oneWinnerUnderContention(backend: Backend) async throws {
        let book = try await BookFixture(backend)
        let others = (0..<50).map { _ in book.ids.next(Patient.self, at: BookFixture.now) }
        try await book.write { tx in
            for (index, id) in others.enumerated() {
                try BookFixture.insertPatient(id, "客人\(index)", number: 100 + index, clinic: book.clinic.id, in: tx)
            }
        }

        let outcomes = await withTaskGroup(of: Result<Appointment, any Error>.self) { group in
            for id in others {
                group.addTask {
                    do { return .success(try await book.place(book.command("15:00", units: 1, patient: id))) } catch {
                        return .failure(error)
                    }
                }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }

        let winners = outcomes.compactMap { try? $0.get() }
        let refusals = outcomes.compactMap { result -> Int64? in
            guard case .failure(let error as BookingError) = result else { return nil }
            return error.obstacle?.id
        }
        #expect(winners.count == 1)
        #expect(refusals.count == 49)
        #expect(Set(refusals) == Set(winners.map(\.id.raw)))
    }

    @Test("过期的保留时段由新预约接手，没过期的不让 R3.32", arguments: Backend.allCases)
    func expiredHoldIsTakenOver(backend: Backend) async throws {
        let book = try await BookFixture(backend)
        let claims = [Claim(.doctor, book.lin, 40..<44)]
        let hold = UnitHolder(.hold, book.ids.next(Appointment.self, at: BookFixture.now))
        try await book.write { tx in
            try ResourceUnits.occupy(
                claims, day: BookFixture.tomorrow, holder: hold, clinic: book.clinic.id,
                expiresAt: BookFixture.now.adding(minutes: 2), now: BookFixture.now, in: tx)
        }

        let early = await bookingError { try await book.place(book.command("10:00")) }
        let later = try await book.place(
            book.command("10:00"), by: book.work(at: BookFixture.now.adding(minutes: 2)))

        #expect(early?.userMessage.contains("正在预约") == true)
        #expect(later.timeText == "10:00–10:45")
        #expect(try await book.units().filter { $0.hasPrefix("doctor") }.count == 4)
    }

    @Test("排班以外要有权限并写原因 R3.08", arguments: Backend.allCases)
    func outsideRosterNeedsCapabilityAndReason(backend: Backend) async throws {
        let book = try await BookFixture(backend)
        var command = book.command("12:30")

        let refused = await bookingError {
            try await book.place(command, by: book.work(without: [.bookOutsideRoster]))
        }
        let asked = await bookingError { try await book.place(command) }
        command.overrideReason = "doctorAgreed"
        let placed = try await book.place(command)

        #expect(
            refused?.userMessage
                == "林书远医生当天上班 08:30–12:00、13:30–18:00，不能约在排班以外；请换时间，或请主管处理")
        #expect(refused?.kind == .forbidden)
        #expect(asked?.field == "overrideReason")
        #expect(placed.override == RuleOverride(rule: .bookingOutsideRoster, reason: "doctorAgreed"))
    }

    @Test("换医生只提醒不拦截，记下原因；级别改为需权限时要原因 R3.14", arguments: Backend.allCases)
    func anotherDoctorIsRecorded(backend: Backend) async throws {
        let book = try await BookFixture(backend)
        try await book.insertVisit(of: book.xiaoming, doctor: book.lin, day: BookFixture.today.adding(days: -30))

        let same = try await book.place(book.command("10:00"))
        var command = book.command("14:00", doctor: book.chen)
        let silent = try await book.place(command)
        command.start = Unit(60)
        command.doctorChangeReason = "doctorFull"
        let explained = try await book.place(command)

        #expect(same.ruleApplied == .sameDoctor)
        #expect(silent.ruleApplied == .changed)
        #expect(explained.doctorChangeReason == "doctorFull")
        let treating = TreatingDoctor(id: book.lin, name: "林书远", isHere: true)
        #expect(throws: BookingError.doctorChangeNeedsReason(treating: "林书远")) {
            try BookingRules.doctorRule(
                chosen: book.chen, treating: treating, reason: nil, level: .require(.assignAnyDoctor))
        }
    }

    @Test("加号不占医生时间，要有权限和原因，可以叠在别人上面", arguments: Backend.allCases)
    func squeezingInHoldsNoDoctorUnit(backend: Backend) async throws {
        let book = try await BookFixture(backend)
        _ = try await book.place(book.command("10:00"))
        var command = book.command("10:00", units: 1, patient: book.chunmei)
        command.squeezeReason = "pain"

        await #expect(throws: NotAllowed(capability: .squeezeIn)) {
            try await book.place(command, by: book.work(without: [.squeezeIn]))
        }
        let placed = try await book.place(command)

        #expect(placed.isSqueezed)
        #expect(try await book.units().filter { $0.hasPrefix("doctor") }.count == 3)
        command.squeezeReason = ""
        command.patientID = book.patients[2]
        let unexplained = command
        #expect(await bookingError { try await book.place(unexplained) } == .squeezeNeedsReason)
    }

    @Test("午休和培训占住的时间不能约", arguments: Backend.allCases)
    func blockedTimeIsTaken(backend: Backend) async throws {
        let book = try await BookFixture(backend)
        let work = book.work()
        let block = try await book.write { tx in
            try Blocks.set(
                .doctor, resource: book.lin.raw, day: BookFixture.tomorrow, start: Unit(40), units: 4, reason: "培训",
                by: work, in: tx)
        }

        let error = await bookingError { try await book.place(book.command("10:30")) }
        try await book.write { tx in try Blocks.end(block.id, by: work, in: tx) }
        let placed = try await book.place(book.command("10:30"))

        #expect(error?.userMessage == "林书远医生 10:00–11:00 培训，请换时间")
        #expect(placed.start == Unit(42))
    }

    @Test("表单里写错的都说清楚", arguments: [Backend.sqlite])
    func faultsOfTheForm(backend: Backend) async throws {
        let book = try await BookFixture(backend)
        var noComplaint = book.command("10:00")
        noComplaint.complaint = "  "
        var channel = book.command("10:00")
        channel.channel = "fax"
        let past = book.command("08:45", day: BookFixture.today)
        let long = book.command("17:00", units: 40)
        var gone = book.command("10:00")
        gone.items = [BookedItem(ID(raw: 99))]
        let (empty, fax, unknown) = (noComplaint, channel, gone)

        await #expect(throws: FormErrors("complaint", "请填写主诉，一句话即可")) { try await book.place(empty) }
        #expect(await bookingError { try await book.place(fax) } == .unknownCode(field: "channel"))
        #expect(await bookingError { try await book.place(past) } == .inThePast)
        #expect(await bookingError { try await book.place(long) } == .beyondMidnight)
        #expect(await bookingError { try await book.place(unknown) } == .noItem)
        #expect(
            await bookingError { try await book.place(book.command("10:00", doctor: book.head.id)) }
                == .notADoctor(name: "林岚"))
        await #expect(throws: NotAllowed(capability: .bookAppointments)) {
            try await book.place(book.command("10:00"), by: book.work(without: [.bookAppointments]))
        }
        #expect(try BookingRules.units(minutes: 45) == 3)
        #expect(throws: BookingError.badLength) { try BookingRules.units(minutes: 20) }
    }
}
