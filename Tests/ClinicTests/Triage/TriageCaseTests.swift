import Clinic
import Kernel
import Storage
import TestSupport
import Testing

/// Special cases at the desk of `ReceptionFixture`, 09:20 on a Thursday.
@Suite struct TriageCaseTests {
    private func receive(
        _ desk: ReceptionFixture, _ arrival: Arrivals.Arrival, by work: Work? = nil
    ) async throws -> Triage.Received {
        let work = work ?? desk.work()
        return try await desk.write { tx in try Triage.receive(arrival, by: work, in: tx) }
    }

    private func tasks(_ desk: ReceptionFixture) async throws -> [String] {
        try await desk.book.openTasks().map { String($0.split(separator: " ")[0]) }
            .filter { !$0.hasPrefix("wait.e") && !$0.hasPrefix("arrival.") && !$0.hasPrefix("reminder.") }
    }

    private func decide(
        _ desk: ReceptionFixture, _ c: VisitCase, _ decision: Cases.Decision, by work: Work? = nil
    ) async throws -> VisitCase {
        let work = work ?? desk.work(2)
        return try await desk.write { tx in try Cases.decide(c.id, decision, by: work, in: tx) }
    }

    private func step(
        _ desk: ReceptionFixture, _ c: VisitCase, _ kind: VisitCase.Step.Kind, _ input: Cases.StepInput
    ) async throws -> VisitCase {
        let work = desk.work(1)
        return try await desk.write { tx in try Cases.step(c.id, kind, input, by: work, in: tx) }
    }

    @Test("晚到的客人：登记时就立案，来意不用再写，由预约的医生看 R2.16", arguments: Backend.allCases)
    func lateArrival(backend: Backend) async throws {
        let desk = try await ReceptionFixture(backend)
        let booked = try await desk.book.place(
            desk.book.command("08:45", day: BookFixture.today), by: desk.work(-60))
        let arrival = Arrivals.Arrival(patientID: desk.book.xiaoming, appointmentID: booked.id)

        let received = try await receive(desk, arrival)

        let made = try #require(received.cases.first)
        #expect(received.cases.map(\.kind) == [.offSchedule] && made.why == "约的是 08:45，晚到 35 分钟")
        #expect(made.steps.map(\.kind) == [.purpose] && made.steps[0].note == "右下后牙疼")
        let closed = try await decide(desk, made, .init(.mainDoctor))
        #expect(closed.closed?.outcome == .mainDoctor && closed.closed?.doctorID == desk.book.lin)
        await #expect(throws: CaseError.alreadyClosed(outcome: "由这位医生看")) {
            _ = try await decide(desk, made, .init(.supervisor))
        }
        #expect(try await tasks(desk) == [])
    }

    @Test("医生改休没通知：先记电话，再交主管；算一次内部失误 R2.17", arguments: Backend.allCases)
    func untoldChange(backend: Backend) async throws {
        let desk = try await ReceptionFixture(backend)
        let booked = try await desk.book.place(
            desk.book.command("09:30", day: BookFixture.today), by: desk.work(-60))
        let (lin, early) = (desk.book.lin, desk.work(-30))
        try await desk.write { tx in
            try RosterKeeping.setException(of: lin, day: BookFixture.today, spans: [], reason: "生病", by: early, in: tx)
            try Displacements.refresh(
                doctor: lin, from: BookFixture.today, to: BookFixture.today, cause: "生病", by: early, in: tx)
        }
        let received = try await receive(
            desk, Arrivals.Arrival(patientID: desk.book.xiaoming, appointmentID: booked.id))
        let made = try #require(received.cases.first)
        #expect(received.cases.map(\.kind) == [.untoldChange])

        let strict = desk.work(1, only: [.triage, .moveAppointments], demanding: [.unnotifiedRestDay])
        await #expect(throws: CaseError.stepFirst(.doctorCalled)) {
            _ = try await decide(desk, made, .init(.otherDoctor, doctorID: desk.book.chen), by: strict)
        }
        let called = try await step(desk, made, .doctorCalled, .init(code: "notComing"))
        #expect(called.steps.map(\.note) == ["右下后牙疼", "医生确认来不了"])
        let clinic = desk.book.clinic.id
        let isLogged = try await desk.book.db.read { tx in
            try DoctorCallStore.hasCalled(lin, about: BookFixture.today, clinic: clinic, in: tx)
        }
        #expect(isLogged)
        await #expect(throws: CaseError.supervisorOnly) {
            _ = try await decide(desk, made, .init(.otherDoctor, doctorID: desk.book.chen), by: strict)
        }
        _ = try await decide(desk, made, .init(.supervisor))
        #expect(try await tasks(desk).contains("case.supervisor"))
        let work = desk.work(5)
        let report = try await desk.book.db.read { tx in
            try TriageReport.load(from: BookFixture.today, to: BookFixture.today, by: work, in: tx)
        }
        #expect(report.failures == 1 && report.arrivals == 1)
        #expect(report.cases.map(\.kind) == [.untoldChange] && report.cases[0].outcomes[0].outcome == .supervisor)
    }

    @Test("要找的专家不在：按排班在他回来那天打电话 R2.18", arguments: Backend.allCases)
    func absentExpert(backend: Backend) async throws {
        let desk = try await ReceptionFixture(backend)
        let (lin, early, today) = (desk.book.lin, desk.work(-60), BookFixture.today)
        try await desk.write { tx in
            for offset in 0..<3 {
                try RosterKeeping.setException(
                    of: lin, day: today.adding(days: offset), spans: [], reason: "休假", by: early, in: tx)
            }
        }
        let received = try await receive(
            desk, Arrivals.Arrival(patientID: desk.book.xiaoming, doctorID: lin, complaint: "想找林医生"))
        let made = try #require(received.cases.first)
        #expect(received.cases.map(\.kind) == [.expertAbsent])

        let closed = try await decide(desk, made, .init(.callback))

        // Thursday to Saturday off, Sunday has no shift: Monday.
        #expect(closed.closed?.day == today.adding(days: 4))
        #expect(try await desk.book.openTasks().contains("expert.returns \(today.adding(days: 4).iso)"))
        // The call stays due after the customer has gone home.
        let work = desk.work(5)
        try await desk.write { tx in
            try SeeingOff.leave(received.registered.visit.id, outcome: "left", reason: nil, by: work, in: tx)
        }
        #expect(try await tasks(desk).contains("expert.returns"))
    }

    @Test("专家在忙：告诉他、记下他说的时间、客人自己选 R2.19", arguments: Backend.allCases)
    func busyExpert(backend: Backend) async throws {
        let desk = try await ReceptionFixture(backend)
        let long = try await desk.book.place(
            desk.book.command("09:30", units: 4, day: BookFixture.today, patient: desk.book.chunmei))
        let first = try await desk.checkIn(desk.book.chunmei, appointment: long.id)
        try await desk.leadIn(first.visit.id, at: 0)
        let received = try await receive(
            desk, Arrivals.Arrival(patientID: desk.book.xiaoming, doctorID: desk.book.lin, complaint: "洗牙"))
        let made = try #require(received.cases.first)
        #expect(received.cases.map(\.kind) == [.expertBusy])

        let told = try await step(desk, made, .expertTold, .init(staffID: desk.book.lin, minutes: 25))
        #expect(told.steps.last?.minutes == 25)
        #expect(try await desk.visit(received.registered.visit.id).toldWaitMinutes == 25)
        let closed = try await decide(desk, made, .init(.otherDoctor, doctorID: desk.book.chen))
        #expect(closed.closed?.doctorID == desk.book.chen)
        #expect(try await desk.visit(received.registered.visit.id).doctorID == desk.book.chen)
        // A guided change is nobody's override.
        let clinic = desk.book.clinic.id
        let overrides = try await desk.book.db.read { tx in
            try TriageOverrides.list(clinic: clinic, from: BookFixture.today, to: BookFixture.today, in: tx)
        }
        #expect(overrides == [])
    }

    @Test("不愿再等：同一步约好时间，或者报护士长 R3.39 R4.06", arguments: Backend.allCases)
    func unwilling(backend: Backend) async throws {
        let desk = try await ReceptionFixture(backend)
        let waiting = try await desk.checkIn(desk.book.xiaoming).visit
        let other = try await desk.checkIn(desk.book.chunmei).visit
        let work = desk.work(25)
        let (first, second) = try await desk.write { tx in
            (
                try Cases.open(
                    .init(.unwilling, "等了 25 分钟", doctor: waiting.doctorID), of: waiting.id, by: work, in: tx),
                try Cases.open(.init(.unwilling, "等了 25 分钟"), of: other.id, by: work, in: tx)
            )
        }
        let slot = Slot(day: BookFixture.tomorrow, start: Unit(40), units: 2, doctorID: desk.book.lin)
        let booked = try await decide(desk, first, .init(.booked, slot: slot), by: work)
        let id = try #require(booked.closed?.appointmentID)
        let clinic = desk.book.clinic.id
        let appointment = try await desk.book.db.read { tx in try AppointmentStore.get(id, clinic: clinic, in: tx) }
        #expect(appointment.day == BookFixture.tomorrow && appointment.complaint == "牙疼")

        _ = try await decide(desk, second, .init(.escalated), by: work)
        #expect(try await tasks(desk).contains("wait.refused"))
        // Whoever leaves needs nobody any more.
        try await desk.write { tx in
            try SeeingOff.leave(other.id, outcome: "left", reason: nil, by: work, in: tx)
        }
        #expect(try await tasks(desk).contains("wait.refused") == false)
    }

    @Test("拆线：先记主刀和日期，再告诉他；重要客人指定陪同人后第二天由他联系 R2.25 R2.14", arguments: Backend.allCases)
    func operationAndCompanion(backend: Backend) async throws {
        let desk = try await ReceptionFixture(backend)
        let (work, patient) = (desk.work(), desk.book.xiaoming)
        try await desk.write { tx in try PatientLevels.set(2, of: patient, reason: "介绍亲友", by: work, in: tx) }
        let received = try await receive(
            desk, Arrivals.Arrival(patientID: patient, doctorID: desk.book.lin, complaint: "来拆线"))
        #expect(received.cases.map(\.kind) == [.postOperative, .greenChannel])
        let (operation, green) = (received.cases[0], received.cases[1])

        func faults(_ input: Cases.StepInput) async -> [String] {
            do {
                _ = try await step(desk, operation, .operation, input)
                return []
            } catch { return (error as? FormErrors)?.order ?? ["?"] }
        }
        #expect(await faults(.init()) == ["staff", "day"])
        #expect(await faults(.init(staffID: desk.book.lin, day: BookFixture.today.adding(days: 1))) == ["day"])
        #expect(await faults(.init(staffID: desk.book.lin, day: BookFixture.today.adding(days: -7))) == [])
        _ = try await step(desk, operation, .operatorTold, .init(staffID: desk.book.lin, note: "没有肿"))
        let seen = try await decide(desk, operation, .init(.mainDoctor))
        #expect(seen.steps.map(\.kind) == [.operation, .operatorTold] && seen.closed?.outcome == .mainDoctor)

        // Naming the companion is all there is: the case closes by itself.
        let named = try await step(desk, green, .companion, .init(staffID: desk.book.head.id))
        #expect(named.closed?.outcome == .accompanied)
        #expect(try await desk.book.openTasks().contains("companion.followUp \(BookFixture.tomorrow.iso)"))
    }

    @Test("急诊一登记主管就有事做，改回来就撤掉 R2.09", arguments: Backend.allCases)
    func emergencyTellsTheSupervisor(backend: Backend) async throws {
        let desk = try await ReceptionFixture(backend)
        let received = try await receive(
            desk,
            Arrivals.Arrival(
                patientID: desk.book.xiaoming, doctorID: desk.book.lin, complaint: "摔断门牙", emergency: "trauma"))
        let visit = received.registered.visit.id
        #expect(received.registered.ticket == "E001" && received.cases == [])
        #expect(try await tasks(desk).contains("emergency.report"))
        let work = desk.work(1)
        try await desk.write { tx in try Arrivals.setEmergency(visit, code: nil, by: work, in: tx) }
        #expect(try await tasks(desk).contains("emergency.report") == false)
        await #expect(throws: FormErrors.self) {
            try await desk.write { tx in try Arrivals.setEmergency(visit, code: "?", by: work, in: tx) }
        }
    }

    @Test("行动不便的客人到店，导诊马上有人帮；小要求和问题各有结果 R1.25 R4.41 R4.47 R4.48", arguments: Backend.allCases)
    func requests(backend: Backend) async throws {
        let desk = try await ReceptionFixture(backend)
        var arrival = Arrivals.Arrival(patientID: desk.book.xiaoming, doctorID: desk.book.lin, complaint: "牙疼")
        arrival.answers.needs = ["mobility"]
        let received = try await receive(desk, arrival)
        let visit = received.registered.visit.id
        #expect(try await tasks(desk) == ["visitor.help"])
        let work = desk.work(1)
        let (wish, question) = try await desk.write { tx in
            (
                try VisitRequests.ask(.wish, "想要靠窗的座位", of: visit, by: work, in: tx),
                try VisitRequests.ask(.question, "孕期能拍片吗", of: visit, by: work, in: tx)
            )
        }
        #expect(question.doctorID == desk.book.lin && wish.doctorID == nil)
        #expect(try await tasks(desk).sorted() == ["visitor.help", "visitor.question", "visitor.wish"])
        await #expect(throws: FormErrors.self) {
            try await desk.write { tx in try VisitRequests.close(wish.id, .notPossible, note: " ", by: work, in: tx) }
        }
        let lin = Work(
            actor: Actor(id: desk.book.lin, name: "林书远", roles: ["doctor"], capabilities: []),
            clinic: desk.book.clinic, now: work.now, playbook: work.playbook, ids: work.ids)
        try await desk.write { tx in
            try VisitRequests.close(wish.id, .notPossible, note: "靠窗的都坐满了", by: work, in: tx)
            try VisitRequests.close(question.id, .answered, note: "可以，穿铅衣", by: lin, in: tx)
        }
        await #expect(throws: CaseError.requestClosed) {
            try await desk.write { tx in try VisitRequests.close(wish.id, .done, note: nil, by: work, in: tx) }
        }
        #expect(try await tasks(desk) == ["visitor.help"])
        try await desk.write { tx in
            try SeeingOff.leave(visit, outcome: "left", reason: nil, by: work, in: tx)
        }
        let ended = try await desk.book.db.read { tx in try VisitRequestStore.list(of: visit, in: tx) }
        #expect(ended.map(\.closed?.result) == [.gone, .notPossible, .answered])
        #expect(try await tasks(desk) == [])
    }

    @Test("没有结果的到访一个不漏，写着由谁负责；带去别的科室记下谁带 R2.29 R2.26", arguments: Backend.allCases)
    func openOutcomes(backend: Backend) async throws {
        let desk = try await ReceptionFixture(backend)
        let clinic = desk.book.clinic.id
        func open() async throws -> [String] {
            try await desk.book.db.read { tx in
                try OpenOutcomes.list(clinic: clinic, day: BookFixture.today, in: tx)
                    .map { "\($0.patientName) \($0.ownerName) \($0.why.label)" }
            }
        }
        let visit = try await desk.checkIn(desk.book.xiaoming).visit.id
        let work = desk.work(30)
        let made = try await desk.write { tx in
            try Cases.open(.init(.otherDepartment, "找眼科"), of: visit, by: work, in: tx)
        }
        let name = desk.book.head.name
        #expect(try await open() == ["王小明 \(name) 没有登记离开", "王小明 \(name) “找其他科室”没有结果"])
        _ = try await step(desk, made, .escort, .init(staffID: desk.book.head.id, note: "三楼眼科"))
        #expect(try await open() == ["王小明 \(name) 没有登记离开"])
        try await desk.write { tx in
            try SeeingOff.leave(visit, outcome: nil, reason: nil, by: work, in: tx)
        }
        #expect(try await open() == ["王小明 \(name) 离开了，没有结果"])
    }

    @Test("改类型、改医生都按人计数，没写原因的另算 R2.28", arguments: Backend.allCases)
    func overridesAreCounted(backend: Backend) async throws {
        let desk = try await ReceptionFixture(backend)
        let booked = try await desk.book.place(
            desk.book.command("09:30", day: BookFixture.today), by: desk.work(-60))
        let arrival = Arrivals.Arrival(
            patientID: desk.book.xiaoming, appointmentID: booked.id, doctorID: desk.book.chen, type: .checkUp,
            typeReason: "客人只要检查", segment: "latent")
        let visit = try await receive(desk, arrival).registered.visit.id
        let work = desk.work(2)
        try await desk.write { tx in
            try Arrivals.changeType(visit, to: .first, reason: " ", by: work, in: tx)
            try Arrivals.changeType(visit, to: .first, reason: "一样的", by: work, in: tx)
        }
        let report = try await desk.book.db.read { tx in
            try TriageReport.load(from: BookFixture.today, to: BookFixture.today, by: work, in: tx)
        }
        let line = try #require(report.overrides.first)
        #expect(report.overrides.count == 1 && line.types == 2 && line.doctors == 1 && line.withoutReason == 1)
        #expect(report.segments.map(\.segment) == ["latent"])
        await #expect(throws: FormErrors.self) {
            _ = try await desk.book.db.read { tx in
                try TriageReport.load(from: BookFixture.tomorrow, to: BookFixture.today, by: work, in: tx)
            }
        }
    }

    @Test("防疫期间不急的客人：只提醒时登记并立案，要求时由主管写原因才收 R2.10", arguments: [Backend.sqlite])
    func epidemic(backend: Backend) async throws {
        let desk = try await ReceptionFixture(backend)
        let base = desk.work()
        func work(_ level: String?, only: Set<Capability>? = nil) -> Work {
            var overrides = [
                PlaybookOverride(kind: .setting, key: "epidemic.mode", value: "true", shippedValue: "false"),
                PlaybookOverride(
                    kind: .level, key: "R2.30", value: "\"off\"", shippedValue: "\"require:overrideRules\""),
            ]
            if let level {
                overrides.append(
                    PlaybookOverride(kind: .level, key: "R2.10", value: "\"\(level)\"", shippedValue: "\"remind\""))
            }
            return Work(
                actor: Actor(
                    id: base.actor.id, name: "王若彤", roles: ["guide"],
                    capabilities: only ?? Set(Capability.allCases)), clinic: base.clinic, now: base.now,
                playbook: desk.book.playbook.resolved(organisation: [], clinic: overrides), ids: base.ids)
        }
        let guide = work("require:overrideRules", only: [.checkIn, .triage])
        let arrival = Arrivals.Arrival(patientID: desk.book.xiaoming, doctorID: desk.book.lin, complaint: "洗牙")
        await #expect(throws: CaseError.epidemicOnly) { _ = try await receive(desk, arrival, by: guide) }
        let pain = Arrivals.Arrival(patientID: desk.book.chunmei, doctorID: desk.book.lin, complaint: "牙痛一夜")
        #expect(try await receive(desk, pain, by: guide).cases == [])
        #expect(try await receive(desk, arrival, by: work(nil)).cases.map(\.kind) == [.epidemicDeferral])
    }
}
