import Clinic
import Kernel
import Storage
import TestSupport
import Testing

@Suite struct HandedCaseTests {
    private static func open(_ book: BookFixture) async throws -> [HandedCase] {
        try await book.db.read { tx in
            try HandedCaseStore.list(clinic: book.clinic.id, settledSince: BookFixture.now, in: tx)
        }
    }

    @Test("原医生不在的客人交给主管：主管有待办，主管约好就结了 R2.23", arguments: Backend.allCases)
    func supervisorAssigns(backend: Backend) async throws {
        let book = try await BookFixture(backend)
        let (work, patient) = (book.work(), book.xiaoming)
        _ = try await book.write { tx in
            try HandedCases.hand(
                HandCase(.doctorGone, patientID: patient, doctorID: book.lin, words: "36 补的牙掉了"), by: work, in: tx)
        }
        #expect(try await book.openTasks().filter { $0.hasPrefix("booking.supervisor") }.count == 1)
        await #expect(throws: HandedCaseError.alreadyHanded(superior: "主管")) {
            try await book.write { tx in
                _ = try HandedCases.hand(HandCase(.doctorGone, patientID: patient, words: "再说一次"), by: work, in: tx)
            }
        }
        // Somebody who may not decide books another visit: the case stays.
        _ = try await book.place(
            book.command("09:00", doctor: book.chen), by: book.work(without: [.assignSpecialCases]))
        #expect(try await Self.open(book).map(\.isOpen) == [true])

        let placed = try await book.place(book.command("14:00", doctor: book.chen))
        let settled = try #require(try await Self.open(book).first)
        #expect(settled.appointmentID == placed.id)
        #expect(settled.outcome == "\(placed.whenText) 陈思敏医生")
        #expect(try await book.openTasks().filter { $0.hasPrefix("booking.supervisor") }.isEmpty)
    }

    @Test("有困难的预约请主任定：写明难处，主任的话留下来，没有权的人不能定 R3.37", arguments: Backend.allCases)
    func directorDecides(backend: Backend) async throws {
        let book = try await BookFixture(backend)
        let work = book.work()
        let placed = try await book.place(book.command("10:00"))
        await #expect(throws: FormErrors.self) {
            try await book.write { tx in
                _ = try HandedCases.hand(
                    HandCase(.difficult, patientID: placed.patientID, appointmentID: placed.id, words: " "), by: work,
                    in: tx)
            }
        }
        let handed = try await book.write { tx in
            try HandedCases.hand(
                HandCase(.difficult, patientID: placed.patientID, appointmentID: placed.id, words: "两台种植撞在一起"),
                by: work, in: tx)
        }
        #expect(try await book.openTasks().filter { $0.hasPrefix("booking.director") }.count == 1)
        await #expect(throws: NotAllowed.self) {
            try await book.write { tx in
                try HandedCases.settle(
                    handed.id, outcome: "可以", by: book.work(without: [.assignSpecialCases]), in: tx)
            }
        }
        try await book.write { tx in try HandedCases.settle(handed.id, outcome: "下午那台推到周五", by: work, in: tx) }
        #expect(try await Self.open(book).map(\.outcome) == ["下午那台推到周五"])
        #expect(try await book.openTasks().filter { $0.hasPrefix("booking.director") }.isEmpty)
        await #expect(throws: HandedCaseError.alreadySettled) {
            try await book.write { tx in try HandedCases.settle(handed.id, outcome: "再定", by: work, in: tx) }
        }
    }

    @Test("结账前没人说清的预约：没到的列出来，到了、取消了、标了未到的不列 R3.35", arguments: Backend.allCases)
    func undecided(backend: Backend) async throws {
        let book = try await BookFixture(backend)
        let today = BookFixture.today
        let open = try await book.place(book.command("10:00", day: today))
        let missed = try await book.place(book.command("14:00", day: today, patient: book.chunmei))
        let came = try await book.place(book.command("15:00", day: today, patient: book.patients[2]))
        let evening = book.work(at: book.clinic.calendar.instant(today, Unit(72)))
        try await book.insertVisit(of: came.patientID, doctor: book.lin, appointment: came.id, day: today)
        try await book.write { tx in
            _ = try Booking.markMissed(missed.id, version: 1, by: evening, in: tx)
            _ = try BookingNotes.add(.late, detail: "五点前到", to: open.id, by: evening, in: tx)
        }
        let list = try await book.db.read { tx in
            try UndecidedBookings.list(clinic: book.clinic.id, day: today, in: tx)
        }
        #expect(list.map(\.appointment.id) == [open.id])
        #expect(list.first?.text == "10:00–10:45 王小明（林书远医生）")
        #expect(list.first?.said == "五点前到")
    }

    @Test("只在这次预约里说的要求也告诉医生 R3.18", arguments: Backend.allCases)
    func wishReachesTheDoctor(backend: Backend) async throws {
        let turn = try await TurnFixture(backend, doctors: 2, patients: 1)
        var command = turn.request(turn.patients[0], 40)
        command.request.wish = DoctorWish(gender: .female)
        let placed = try await turn.place(command)
        let (said, reasons) = try await turn.read { tx in
            (
                try BookingWishStore.find(placed.id, in: tx),
                try TaskStore.list(of: TaskSubject(.appointment, placed.id), in: tx).map(\.reason)
            )
        }
        #expect(said == "女医生")
        #expect(reasons.contains { $0.hasSuffix("注意：这次要求：女医生") })
        let plain = try await turn.place(turn.request(turn.patients[0], 60))
        #expect(try await turn.read { tx in try BookingWishStore.find(plain.id, in: tx) } == nil)
    }

    @Test("沟通室按段占用，同一段不能约两次；改助手和分段一起换手 R3.06 R3.32", arguments: Backend.allCases)
    func communicationRoom(backend: Backend) async throws {
        let book = try await BookFixture(backend)
        let work = book.work()
        let room = try await book.write { tx in
            try Devices.add(kind: RoomUse.kind, name: "1 号沟通室", room: nil, by: work, in: tx)
        }
        var command = book.command("10:00", units: 4)
        command.parts = [.device(room.id, offset: 0, units: 2)]
        let placed = try await book.place(command)
        var clash = book.command("10:15", units: 2, doctor: book.chen, patient: book.chunmei)
        clash.parts = [.device(room.id, offset: 0, units: 2)]
        let clashing = clash
        #expect(
            await bookingError { try await book.place(clashing) }?.userMessage.hasPrefix("1 号沟通室 10:00–11:00 已约王小明")
                == true)
        let later = try await book.write { tx in
            try Booking.arrange(
                placed.id, version: placed.version, assistant: book.head.id,
                parts: [.device(room.id, offset: 3, units: 1), .doctor(offset: 0, units: 3)], by: work, in: tx)
        }
        #expect(later.version == placed.version + 1)
        _ = try await book.place(clashing)
        let uses = try await book.db.read { tx in
            try RoomUses.load(clinic: book.clinic.id, day: BookFixture.tomorrow, in: tx)
        }
        #expect(uses.map(\.room.name) == ["1 号沟通室"])
        #expect(uses.first?.parts.map(\.units) == [41..<43, 43..<44])
        await #expect(throws: ChangedMeanwhile.self) {
            try await book.write { tx in
                _ = try Booking.arrange(
                    placed.id, version: placed.version, assistant: nil, parts: [], by: work, in: tx)
            }
        }
    }
}
