import Clinic
import Kernel
import Storage
import TestSupport
import Testing

@Suite struct LeadingInTests {
    @Test("一次引领记下交接：介绍词、护士、口头交代、楼层登记 R4.18 R4.20 R1.07", arguments: Backend.allCases)
    func handsOver(backend: Backend) async throws {
        let desk = try await ReceptionFixture(backend)
        try await desk.addTreatment(of: desk.book.xiaoming, on: BookFixture.today.adding(days: -20))
        let visit = try await desk.checkIn(desk.book.xiaoming).visit
        let (work, nurse, chair) = (desk.work(5), desk.book.chen, desk.chairs[0])

        let made = try await desk.write { tx in
            try LeadingIn.lead(
                .init(
                    .init(visitID: visit.id, chairID: chair, alertsSpoken: true, nurseID: nurse), observation: "有些紧张"),
                by: work, in: tx)
        }

        #expect(made.introduction.hasPrefix("林医生您好，这位是王先生，复诊，这次来：牙疼。上次 2 月 20 日 洁治。有些紧张。"))
        let register = try await desk.book.db.read { tx in
            try FloorRegister.load(day: BookFixture.today, room: nil, by: work, in: tx)
        }
        let entry = try #require(register.entries.first)
        #expect(register.entries.count == 1 && entry.handOver == made && entry.nurseID == nurse)
        #expect(entry.patientName == "王小明" && entry.ticket == "A001" && entry.enteredAt == work.now)
        #expect(entry.enteredBy == work.actor.id && entry.alertsSpokenAt == work.now && entry.exitedAt == nil)
        #expect(register.rooms == [entry.room] && register.names[nurse] == "陈思敏")
        let other = try await desk.book.db.read { tx in
            try FloorRegister.load(day: BookFixture.today, room: entry.room + 1, by: work, in: tx)
        }
        #expect(other.entries.isEmpty && other.rooms == [entry.room])
    }

    @Test("带到别的牙椅：提醒时可以不写原因，要求时必须写，原因记在经过里 R4.46", arguments: Backend.allCases)
    func otherChair(backend: Backend) async throws {
        let desk = try await ReceptionFixture(backend)
        let visit = try await desk.checkIn(desk.book.xiaoming).visit
        let (called, free) = (desk.chairs[0], desk.chairs[1])
        let work = desk.work(2)
        try await desk.write { tx in try Queue.call(visit.id, chair: called, version: nil, by: work, in: tx) }
        let strict = desk.work(3, demanding: [.leadToAssignedChair])

        let silent = await refusal { try await desk.lead(visit.id, free, nil, strict) }
        #expect(silent == .otherChair(assigned: desk.book.chairs[0].name) && silent?.field == "chairReason")
        await #expect(throws: FormErrors.self) { try await desk.lead(visit.id, free, "nonsense", strict) }
        await #expect(throws: FormErrors.self) { try await desk.lead(visit.id, free, "other", strict) }
        try await desk.lead(visit.id, free, "cleaning", strict)

        let fact = try #require(try await desk.facts(visit.id).last)
        #expect(
            fact.detail == "\(desk.book.chairs[1].name)，原安排\(desk.book.chairs[0].name)（安排的牙椅在清洁消毒）")
        let stored = try await desk.book.db.read { tx in try HandOverStore.list(visit.id, in: tx) }
        #expect(stored.first?.assignedChairID == called && stored.first?.chairReason == "cleaning")

        let second = try await desk.checkIn(desk.book.chunmei).visit
        try await desk.write { tx in try Queue.call(second.id, chair: free, version: nil, by: work, in: tx) }
        try await desk.lead(second.id, called, nil, desk.work(4))
        #expect(try await desk.facts(second.id).last?.detail?.hasSuffix("（没有写原因）") == true)
    }

    @Test("护士接待的评价：关着不存，打开才存，事后也能补 R4.19", arguments: [Backend.sqlite])
    func rating(backend: Backend) async throws {
        let desk = try await ReceptionFixture(backend)
        let visit = try await desk.checkIn(desk.book.xiaoming).visit
        let (work, chair) = (desk.work(3), desk.chairs[0])
        let made = try await desk.write { tx in
            try LeadingIn.lead(
                .init(.init(visitID: visit.id, chairID: chair), rating: .standard), by: work, in: tx)
        }
        #expect(made.rating == nil)
        await #expect(throws: FormErrors.self) {
            _ = try await desk.write { tx in try LeadingIn.rate(made.id, .notStandard, remark: "", by: work, in: tx) }
        }
        _ = try await desk.write { tx in
            try LeadingIn.rate(made.id, .notStandard, remark: "没有起身迎接", by: work, in: tx)
        }
        let stored = try await desk.book.db.read { tx in try HandOverStore.list(visit.id, in: tx) }
        #expect(stored.first?.rating == .notStandard && stored.first?.remark == "没有起身迎接")
    }

    @Test("到诊通知：没人确认就提醒导诊，确认后撤下；换医生要重新确认 R4.21 R3.38", arguments: Backend.allCases)
    func acknowledgement(backend: Backend) async throws {
        let desk = try await ReceptionFixture(backend)
        let visit = try await desk.checkIn(desk.book.xiaoming).visit
        #expect(try await desk.dueNotices(visit.id, at: 4) == [])
        #expect(try await desk.dueNotices(visit.id, at: 5) == ["arrival.acknowledge"])

        let other = desk.work(6, person: desk.book.chen.raw, only: [.enterCharges, .issueChargeNotice])
        let refused = await refusal {
            try await desk.write { tx in try ArrivalNotices.acknowledge(visit.id, by: other, in: tx) }
        }
        #expect(refused == .notYourCustomer)
        let lin = desk.work(6, person: desk.book.lin.raw, only: [.enterCharges, .issueChargeNotice])
        for _ in 0..<2 { try await desk.write { tx in try ArrivalNotices.acknowledge(visit.id, by: lin, in: tx) } }
        let marks = try await desk.book.db.read { tx in try ArrivalNotices.marks(of: [visit.id], in: tx) }
        #expect(marks[visit.id] == [ArrivalNotices.Mark(by: desk.book.lin, at: lin.now)])
        #expect(try await desk.dueNotices(visit.id, at: 7) == [])
        // Knowing cannot be taken back: the arrival is still what "undo" means.
        let desk8 = desk.work(0, seconds: 9)
        let undone = try await desk.write { tx in try VisitFacts.undoLast(visit.id, by: desk8, in: tx) }
        #expect(undone.kind == .arrived)

        let second = try await desk.checkIn(desk.book.chunmei).visit
        try await desk.write { tx in try ArrivalNotices.acknowledge(second.id, by: lin, in: tx) }
        let (chen, change) = (desk.book.chen, desk.work(8))
        try await desk.write { tx in
            try Arrivals.assignDoctor(second.id, doctor: chen, reason: "客人要求", by: change, in: tx)
        }
        #expect(try await desk.dueNotices(second.id, at: 8) == ["arrival.acknowledge"])
    }
}

extension ReceptionFixture {
    /// Reminders of unseen arrivals that are due `minutes` after 09:20.
    fileprivate func dueNotices(_ visit: ID<Visit>, at minutes: Int) async throws -> [String] {
        let now = Self.now.adding(minutes: minutes)
        return try await book.db.read { tx in
            try TaskStore.list(of: TaskSubject(.visit, visit), in: tx)
                .filter { $0.isOpen && $0.urgency(at: now) != .later && $0.rule == "arrival.acknowledge" }.map(\.rule)
        }
    }

    fileprivate func lead(_ visit: ID<Visit>, _ chair: ID<Chair>, _ reason: String?, _ work: Work) async throws {
        _ = try await write { tx in
            try LeadingIn.lead(
                .init(.init(visitID: visit, chairID: chair, alertsSpoken: true, chairReason: reason)), by: work,
                in: tx)
        }
    }
}

@Suite struct NurseSignatureTests {
    private static let strokes = "M60 140L120 60L180 150L240 50L300 120L330 60"

    @Test("护士手写签名：关着不要；要求时没有签名不能引领，签了进楼层登记 R4.18", arguments: Backend.allCases)
    func drawnSignature(backend: Backend) async throws {
        let desk = try await ReceptionFixture(backend)
        let visit = try await desk.checkIn(desk.book.xiaoming).visit
        let (chair, nurse) = (desk.chairs[0], desk.book.chen)
        let strict = desk.work(3, demanding: [.handoverDrawnSignature])
        func lead(_ nurse: ID<Staff>?, _ strokes: String?) async throws {
            _ = try await desk.write { tx in
                try LeadingIn.lead(
                    .init(.init(visitID: visit.id, chairID: chair, nurseID: nurse), signature: strokes), by: strict,
                    in: tx)
            }
        }
        await #expect(throws: FormErrors("signature", "请接手的护士签名后再引领")) { try await lead(nurse, nil) }
        await #expect(throws: FormErrors("nurse", "请选签名的是哪位护士")) { try await lead(nil, Self.strokes) }
        await #expect(throws: SignatureError.self) { try await lead(nurse, "M1 1L2 2") }
        #expect(try await desk.visit(visit.id).seatedAt == nil)

        try await lead(nurse, Self.strokes)

        let register = try await desk.book.db.read { tx in
            try FloorRegister.load(day: BookFixture.today, room: nil, by: strict, in: tx)
        }
        #expect(register.entries.map(\.signature) == [Self.strokes])

        // Where the clinic asks for none, strokes are not kept.
        let second = try await desk.checkIn(desk.book.chunmei).visit
        let (other, plain) = (desk.chairs[1], desk.work(4))
        _ = try await desk.write { tx in
            try LeadingIn.lead(
                .init(.init(visitID: second.id, chairID: other, nurseID: nurse), signature: Self.strokes), by: plain,
                in: tx)
        }
        let later = try await desk.book.db.read { tx in
            try FloorRegister.load(day: BookFixture.today, room: nil, by: plain, in: tx)
        }
        #expect(later.entries.map(\.signature) == [Self.strokes, nil])
    }
}
