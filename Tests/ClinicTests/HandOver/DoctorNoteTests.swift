import Clinic
import Kernel
import Storage
import TestSupport
import Testing

@Suite struct DoctorNoteTests {
    @Test("写纸条、没有答复就提醒、请进来就叫号 R4.17", arguments: Backend.allCases)
    func comeIn(backend: Backend) async throws {
        let desk = try await ReceptionFixture(backend)
        let visit = try await desk.checkIn(desk.book.xiaoming).visit
        let note = try await desk.note(visit.id, at: 1)
        #expect(note.doctorID == desk.book.lin && note.state == .open)
        #expect(try await desk.dueNoteTasks(note.id, at: 3) == [])
        #expect(try await desk.dueNoteTasks(note.id, at: 4) == ["note.answer"])

        let chen = desk.room(desk.book.chen, at: 5)
        await #expect(throws: DoctorNoteError.notYours) {
            try await desk.write { tx in try DoctorNotes.answer(note.id, .comeIn, by: chen, in: tx) }
        }
        let lin = desk.room(desk.book.lin, at: 5)
        try await desk.write { tx in try DoctorNotes.answer(note.id, .comeIn, by: lin, in: tx) }

        let answered = try await desk.read(note.id)
        #expect(answered.state == .acted && answered.answeredAt == lin.now && answered.answeredBy == desk.book.lin)
        #expect(try await desk.ticket(visit.id)?.calledAt == lin.now)
        #expect(try await desk.dueNoteTasks(note.id, at: 10) == [])
        await #expect(throws: DoctorNoteError.answered("请进来", by: "林书远")) {
            try await desk.write { tx in try DoctorNotes.answer(note.id, .book, by: lin, in: tx) }
        }
    }

    @Test("等 N 分钟：转告客人时记为告知的等候 R4.17 R4.02", arguments: Backend.allCases)
    func wait(backend: Backend) async throws {
        let desk = try await ReceptionFixture(backend)
        let visit = try await desk.checkIn(desk.book.xiaoming).visit
        let note = try await desk.note(visit.id, at: 1)
        let (lin, guide) = (desk.room(desk.book.lin, at: 2), desk.work(3))
        await #expect(throws: FormErrors.self) {
            try await desk.write { tx in try DoctorNotes.answer(note.id, .wait, by: lin, in: tx) }
        }
        await #expect(throws: DoctorNoteError.notAnswered) {
            try await desk.write { tx in _ = try DoctorNotes.act(note.id, by: guide, in: tx) }
        }
        try await desk.write { tx in try DoctorNotes.answer(note.id, .wait, minutes: 15, by: lin, in: tx) }
        #expect(try await desk.read(note.id).answerText == "等 15 分钟")
        #expect(try await desk.visit(visit.id).toldWaitMinutes == nil)

        _ = try await desk.write { tx in try DoctorNotes.act(note.id, by: guide, in: tx) }
        #expect(try await desk.visit(visit.id).toldWaitMinutes == 15)
        #expect(try await desk.read(note.id).actedBy == guide.actor.id)
    }

    @Test("撤回的纸条不能答复；没有医生、没有内容不能发 R4.17", arguments: [Backend.sqlite])
    func refusals(backend: Backend) async throws {
        let desk = try await ReceptionFixture(backend)
        let visit = try await desk.checkIn(desk.book.xiaoming).visit
        let note = try await desk.note(visit.id, at: 1)
        let (guide, lin) = (desk.work(2), desk.room(desk.book.lin, at: 3))
        try await desk.write { tx in try DoctorNotes.withdraw(note.id, by: guide, in: tx) }
        await #expect(throws: DoctorNoteError.withdrawn) {
            try await desk.write { tx in try DoctorNotes.answer(note.id, .book, by: lin, in: tx) }
        }
        await #expect(throws: DoctorNoteError.doctorNeeded) {
            try await desk.write { tx in
                try DoctorNotes.send(.init(doctorID: nil, visitID: nil, body: "想约种植"), by: guide, in: tx)
            }
        }
        await #expect(throws: FormErrors.self) {
            try await desk.write { tx in
                try DoctorNotes.send(.init(doctorID: nil, visitID: visit.id, body: " "), by: guide, in: tx)
            }
        }
        await #expect(throws: NotAllowed.self) {
            try await desk.write { tx in
                try DoctorNotes.send(.init(doctorID: nil, visitID: visit.id, body: "x"), by: lin, in: tx)
            }
        }
    }

    @Test("诊室的一天：医生只看自己的，护士看全部；到诊、来意、要求、上次、纸条 R3.38 R4.21", arguments: Backend.allCases)
    func doctorDay(backend: Backend) async throws {
        let desk = try await ReceptionFixture(backend)
        try await desk.addTreatment(of: desk.book.xiaoming, on: BookFixture.today.adding(days: -20))
        let mine = try await desk.checkIn(desk.book.xiaoming).visit
        _ = try await desk.checkIn(desk.book.chunmei, doctor: desk.book.chen)
        let guide = desk.work(1)
        let patient = desk.book.xiaoming
        try await desk.write { tx in
            _ = try PatientWishes.record(
                .init(kind: "other", value: "先说价格", isHard: false), of: patient, by: guide, in: tx)
            _ = try Observations.write("有些紧张", about: patient, visit: mine.id, by: guide, in: tx)
        }
        let note = try await desk.note(mine.id, at: 2)
        let (lin, nurse) = (desk.room(desk.book.lin, at: 3), desk.work(3, person: 99, only: [.enterCharges]))

        let day = try await desk.book.db.read { tx in try DoctorDay.load(of: nil, by: lin, in: tx) }
        #expect(day.doctorID == desk.book.lin && day.waiting.map(\.name) == ["王小明"])
        let guest = try #require(day.waiting.first)
        #expect(guest.wishes == ["其他要求：先说价格（希望）"] && guest.observation == "有些紧张")
        #expect(guest.last?.what == "洁治" && guest.ticket == "A001" && day.notes == [note])

        let all = try await desk.book.db.read { tx in try DoctorDay.load(of: nil, by: nurse, in: tx) }
        #expect(all.doctorID == nil && all.waiting.map(\.name) == ["王小明", "谢春梅"])
        try await desk.leadIn(mine.id, at: 5)
        let later = try await desk.book.db.read { tx in try DoctorDay.load(of: nil, by: lin, in: tx) }
        #expect(later.waiting.isEmpty && later.inChair.first?.chair?.id == desk.chairs[0])
    }
}

extension ReceptionFixture {
    fileprivate func note(_ visit: ID<Visit>, at minutes: Int) async throws -> DoctorNote {
        let work = work(minutes)
        return try await write { tx in
            try DoctorNotes.send(.init(doctorID: nil, visitID: visit, body: "客人想问能不能今天拔"), by: work, in: tx)
        }
    }

    fileprivate func room(_ doctor: ID<Staff>, at minutes: Int) -> Work {
        work(minutes, person: doctor.raw, only: [.enterCharges, .issueChargeNotice, .callQueue, .updateChairs])
    }

    fileprivate func read(_ id: ID<DoctorNote>) async throws -> DoctorNote {
        let clinic = book.clinic.id
        return try await book.db.read { tx in try DoctorNoteStore.get(id, clinic: clinic, in: tx) }
    }

    fileprivate func dueNoteTasks(_ id: ID<DoctorNote>, at minutes: Int) async throws -> [String] {
        let now = Self.now.adding(minutes: minutes)
        return try await book.db.read { tx in
            try TaskStore.list(of: TaskSubject(.doctorNote, id), in: tx)
                .filter { $0.isOpen && $0.urgency(at: now) != .later }.map(\.rule)
        }
    }
}
