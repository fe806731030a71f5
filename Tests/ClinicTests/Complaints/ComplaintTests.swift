import Clinic
import Kernel
import Storage
import TestSupport
import Testing

@Suite struct ComplaintTests {
    static func command(
        _ patient: ID<Patient>, level: String = "normal", cause: String = "waiting", contact: String = "13800138000"
    ) -> ReceiveComplaint {
        ReceiveComplaint(
            patientID: patient, contact: contact, situation: "昨天根管治疗", content: "等了四十分钟没有人理", channel: "phone",
            level: level, cause: cause)
    }

    static func tasks(_ book: BookFixture) async throws -> [String] {
        try await book.db.read { tx in
            try tx.rows(
                """
                SELECT rule, owner_role FROM task
                WHERE subject_kind = 'complaint' AND done_at IS NULL AND withdrawn_at IS NULL ORDER BY rule
                """
            ).map { "\(try $0.text("rule")) \(try $0.text("owner_role"))" }
        }
    }

    @Test("联系方式、治疗情况、内容必填，代码来自列表 R9.02")
    func mandatoryFields() throws {
        let playbook = try ShippedPlaybook.load()
        var bad = Self.command(ID(raw: 1), level: "huge", cause: "other", contact: " ")
        bad.situation = ""
        bad.content = "\n"
        bad.channel = ""
        #expect {
            try ComplaintRules.check(bad, playbook)
        } throws: { error in
            (error as? FormErrors)?.order == ["contact", "situation", "content", "channel", "level", "causeNote"]
        }
        try ComplaintRules.check(Self.command(ID(raw: 1)), playbook)
    }

    @Test("记下就有人负责答复，结案后撤下 R9.01 R9.05", arguments: Backend.allCases)
    func somebodyAnswers(backend: Backend) async throws {
        let book = try await BookFixture(backend)
        let work = book.work()
        let command = Self.command(book.xiaoming)
        let received = try await book.write { tx in try Complaints.receive(command, by: work, in: tx) }
        #expect(received.answerBy == BookFixture.now.adding(hours: 24))
        #expect(received.received.by == book.head.id)
        #expect(try await Self.tasks(book) == ["complaint.answer serviceSupervisor"])

        await #expect(throws: FormErrors("result", "请写明怎样解决的、客人是否满意")) {
            try await book.write { tx in
                _ = try Complaints.close(received.id, version: received.version, result: " ", by: work, in: tx)
            }
        }
        let closed = try await book.write { tx in
            try Complaints.close(received.id, version: received.version, result: "道歉并免挂号费，客人接受", by: work, in: tx)
        }
        #expect(closed.closed?.result == "道歉并免挂号费，客人接受")
        #expect(try await Self.tasks(book).isEmpty)
        await #expect(throws: ChangedMeanwhile.self) {
            try await book.write { tx in
                _ = try Complaints.close(received.id, version: closed.version, result: "再结", by: work, in: tx)
            }
        }
    }

    @Test("重大投诉马上通知院长 R9.03")
    func majorComplaint() async throws {
        let book = try await BookFixture(.sqlite)
        let work = book.work()
        let command = Self.command(book.xiaoming, level: "major")
        _ = try await book.write { tx in try Complaints.receive(command, by: work, in: tx) }
        #expect(
            try await Self.tasks(book) == ["complaint.answer serviceSupervisor", "complaint.major head"])
    }

    @Test("不找原医生：记下、上报以后才算数 R2.22", arguments: Backend.allCases)
    func warrantyRefusalIsReported(backend: Backend) async throws {
        let book = try await BookFixture(backend)
        let work = book.work()
        let patient = book.xiaoming
        let state: @Sendable () async throws -> ComplaintRules.RefusalState = {
            try await book.db.read { tx in try Complaints.refusal(of: patient, by: work, in: tx) }
        }
        #expect(try await state() == .none)
        let command = Self.command(patient, cause: ComplaintCause.warrantyRefusal)
        let received = try await book.write { tx in try Complaints.receive(command, by: work, in: tx) }
        #expect(try await state() == .unreported)
        #expect(
            try await Self.tasks(book) == ["complaint.answer serviceSupervisor", "complaint.report supervisor"])
        #expect(try await book.db.read { tx in try Complaints.isRecorded(for: patient, by: work, in: tx) } == false)

        let reported = try await book.write { tx in
            try Complaints.report(received.id, version: received.version, to: "门诊主任", by: work, in: tx)
        }
        #expect(reported.reported?.to == "门诊主任")
        #expect(try await state() == .reported)
        #expect(try await book.db.read { tx in try Complaints.isRecorded(for: patient, by: work, in: tx) })
        #expect(try await Self.tasks(book) == ["complaint.answer serviceSupervisor"])
    }

    @Test("因不满换医生：预约带出关联的投诉，改两次也只有一件 R3.60", arguments: Backend.allCases)
    func angerOpensAComplaint(backend: Backend) async throws {
        let book = try await BookFixture(backend)
        let placed = try await book.place(book.command("10:00"))
        let work = book.work()
        func leave(_ a: Appointment, to doctor: ID<Staff>, _ reason: String) async throws -> Appointment {
            let command = MoveAppointment(
                id: a.id, version: a.version,
                to: Slot(day: a.day, start: a.start, units: a.units, doctorID: doctor), reason: "other", note: "嫌医生不耐心",
                doctorChangeReason: reason)
            return try await book.write { tx in try Booking.move(command, by: work, in: tx) }
        }
        let other = try await leave(placed, to: book.chen, "doctorFull")
        let count: @Sendable () async throws -> [Complaint] = {
            try await book.db.read { tx in try ComplaintStore.listOpen(clinic: book.clinic.id, in: tx) }
        }
        #expect(try await count().isEmpty)
        let back = try await leave(other, to: book.lin, "dissatisfied")
        let complaints = try await count()
        #expect(complaints.count == 1)
        #expect(complaints.first?.doctorID == book.chen)
        #expect(complaints.first?.appointmentID == placed.id)
        #expect(complaints.first?.content == "嫌医生不耐心")
        #expect(complaints.first?.cause == ComplaintCause.doctorChange)
        let again = try await leave(back, to: book.chen, "doctorFull")
        _ = try await leave(again, to: book.lin, "dissatisfied")
        #expect(try await count().count == 1)
    }
}
