import Kernel
import Storage
import TestSupport
import Testing

@testable import Clinic

struct PatientTimelineTests {
    private func read(
        _ clinic: PatientFixture, _ patient: Patient, as actor: Actor? = nil, kind: TimelineEntry.Kind? = nil,
        before: Timestamp? = nil, limit: Int = 40, after minutes: Int = 60
    ) async throws -> Timeline {
        let viewer = TimelineViewer(actor ?? clinic.zhou, clinic: clinic.clinic, playbook: clinic.playbook)
        let now = PatientFixture.now.adding(minutes: minutes)
        return try await clinic.db.read { tx in
            try PatientTimeline.read(
                patient.id, for: viewer, kind: kind, before: before, limit: limit, now: now, in: tx)
        }
    }

    /// A booking tomorrow, one that was missed, one cancelled, a visit with a payment, an open and a finished call.
    private func fill(_ clinic: PatientFixture, _ patient: Patient) async throws {
        let (site, doctor, now) = (clinic.clinic.id, clinic.wang.id, PatientFixture.now)
        let days = (clinic.today.adding(days: 1), clinic.today.adding(days: -10), clinic.today.adding(days: 2))
        try await clinic.write { tx in
            for (id, day, cancelled, missed) in [
                (Int64(1), days.0, Timestamp?.none, Timestamp?.none), (2, days.1, nil, now.adding(days: -9)),
                (3, days.2, now.adding(minutes: 10), nil),
            ] {
                try tx.run(
                    """
                    INSERT INTO appointment (id, clinic_id, day, start_unit, units, patient_id, doctor_id, complaint, channel,
                        is_squeezed, rule_applied, booked_at, booked_by, cancelled_at, cancelled_by, cancel_reason,
                        missed_at, move_count, version)
                    VALUES (\(id), \(site), \(day), 37, 3, \(patient.id), \(doctor), '牙周复查', 'phone', 0, 'chosen', \(now),
                        \(clinic.zhou.id), \(cancelled), \(clinic.zhou.id), 'ill', \(missed), 0, 1)
                    """)
            }
            try tx.run(
                """
                INSERT INTO visit (id, clinic_id, business_day, patient_id, doctor_id, visit_type, proposed_type,
                    type_reason, complaint, told_wait_minutes, arrived_at, seated_at, finished_at, left_at, version)
                VALUES (1, \(site), \(clinic.today.adding(days: -20)), \(patient.id), \(doctor), 'return', 'return', '',
                    '牙龈出血', 10, \(now.adding(days: -20)), \(now.adding(days: -20).adding(minutes: 9)),
                    \(now.adding(days: -20).adding(minutes: 57)), \(now.adding(days: -20).adding(minutes: 70)), 1)
                """)
            try tx.run(
                """
                INSERT INTO receipt (id, clinic_id, number, business_day, issued_at, patient_id, visit_id, doctor_id,
                    cashier_id, list_fen, receivable_fen, received_fen, arrears_fen)
                VALUES (1, \(site), 29984, \(clinic.today.adding(days: -20)), \(now.adding(days: -20).adding(minutes: 65)),
                    \(patient.id), 1, \(doctor), \(clinic.zhou.id), 120000, 120000, 118000, 2000)
                """)
            try tx.run(
                """
                INSERT INTO payment (id, receipt_id, position, method, amount_fen)
                VALUES (1, 1, 1, 'wechat', 38000), (2, 1, 2, 'cash', 80000)
                """)
            for (id, done) in [(Int64(1), Timestamp?.none), (2, now.adding(days: -19))] {
                try tx.run(
                    """
                    INSERT INTO task (id, clinic_id, key, rule, subject_kind, subject_id, patient_id, owner_role, reason,
                        channel, due_day, due_from, due_at, attempts, created_at, done_at, done_by, outcome, version)
                    VALUES (\(id), \(site), \("k\(id)"), 'followUp.nextDay', 'visit', 1, \(patient.id), 'service', '拔牙·38', 'phone',
                        \(clinic.today), \(now), \(now.adding(days: 2)), 0, \(now), \(done), \(clinic.zhou.id), 'well', 1)
                    """)
            }
        }
    }

    @Test("一条时间线：预约、就诊、付款、回访、资料按时间排 R1.35", arguments: Backend.allCases)
    func oneThread(backend: Backend) async throws {
        let clinic = try await PatientFixture(backend)
        let made = try await clinic.register(RegisterPatient(details: .fixture(), histories: ["diabetes": ""]))
        try await fill(clinic, made)

        let thread = try await read(clinic, made)

        #expect(thread.coming.map(\.text) == ["预约 · 王若彤 · 牙周复查", "术后次日回访 · 拔牙·38"])
        #expect(
            thread.past.map(\.text) == [
                "取消预约 · 3 月 14 日 09:15 · 王若彤", "登记建档 · 病历号 A000001", "记录病史 · 糖尿病", "未到 · 王若彤 · 牙周复查",
                "术后次日回访 · 拔牙·38 · well", "付款 ¥1,180.00 · 收据 A-029984", "就诊 · 王若彤",
            ])
        #expect(thread.past.map(\.kind) == [.booking, .file, .file, .booking, .followUp, .payment, .visit])
        #expect(thread.past[5].details == ["微信 380.00、现金 800.00", "尚欠 ¥20.00"])
        #expect(thread.past[6].details == ["牙龈出血", "候诊 9 分钟（告知 10） · 在椅 48 分钟"])
        #expect(thread.past[1].who == "周敏")
        #expect(thread.past[0].subject == .init(kind: "appointment", id: 3))
        #expect(thread.earlier == nil)
    }

    @Test("没有余额权限看不到付款，别家门诊只见来过 R1.35 R16.15", arguments: Backend.allCases)
    func eyesOfTheReader(backend: Backend) async throws {
        let clinic = try await PatientFixture(backend)
        let made = try await clinic.register(.fixture())
        try await fill(clinic, made)
        let elsewhere = ClinicSite(
            id: ID(raw: 99), code: "B", name: "江北店", phone: "", address: "", calendar: clinic.clinic.calendar,
            opens: Unit(32), closes: Unit(72))
        let viewer = TimelineViewer(clinic.wang, clinic: elsewhere, playbook: clinic.playbook)

        let guide = try await read(clinic, made, as: clinic.wang)
        let other = try await clinic.db.read { tx in
            try PatientTimeline.read(made.id, for: viewer, now: PatientFixture.now.adding(minutes: 60), in: tx)
        }

        #expect(!guide.past.contains { $0.kind == .payment })
        #expect(other.past.filter { $0.kind == .visit }.map(\.text) == ["就诊 · 示例口腔门诊"])
        #expect(other.past.allSatisfy { $0.kind != .followUp })
        #expect(other.coming.map(\.kind) == [.booking])
    }

    @Test("更早的分段接着上一段，不漏不重 R1.35", arguments: Backend.allCases)
    func paging(backend: Backend) async throws {
        let clinic = try await PatientFixture(backend)
        let made = try await clinic.register(.fixture())
        try await fill(clinic, made)

        let whole = try await read(clinic, made).past
        var pages: [[TimelineEntry]] = []
        var before: Timestamp?
        repeat {
            let page = try await read(clinic, made, before: before, limit: 2)
            pages.append(page.past)
            before = page.earlier
        } while before != nil && pages.count < 10

        #expect(pages.map(\.count) == [2, 2, 2])
        #expect(pages.flatMap { $0 } == whole)
    }

    @Test("只看一类 R1.35", arguments: Backend.allCases)
    func oneKind(backend: Backend) async throws {
        let clinic = try await PatientFixture(backend)
        let made = try await clinic.register(.fixture())
        try await fill(clinic, made)

        let visits = try await read(clinic, made, kind: .visit)

        #expect(visits.past.map(\.text) == ["就诊 · 王若彤"])
        #expect(visits.coming == [])
    }

    @Test("资料变动写成中文句子，电话遮挡 R1.35", arguments: Backend.allCases)
    func fileSentences(backend: Backend) async throws {
        let clinic = try await PatientFixture(backend)
        let made = try await clinic.register(RegisterPatient(details: .fixture(), consents: [.privacy, .marketing]))
        var details = PatientDetails(made)
        details.phone = "13900139000"
        details.address = "滨江路 2 号"
        let command = EditPatient(id: made.id, version: 1, details: details)
        let (first, second, third) = (clinic.work(after: 1), clinic.work(after: 2), clinic.work(after: 3))
        try await clinic.write { tx in
            _ = try PatientEditing.edit(command, by: first, in: tx)
            try Consents.withdraw(.marketing, of: made.id, by: second, in: tx)
            _ = try ProtectedValues.revealPhone(made.id, reason: "call", by: third, in: tx)
        }

        let thread = try await read(clinic, made, kind: .file)

        #expect(
            thread.past.map(\.text) == [
                "查看了完整电话", "撤回 · 同意接收关怀与活动消息", "修改资料 · 电话、住址", "同意 · 已阅读隐私告知、同意接收关怀与活动消息", "登记建档 · 病历号 A000001",
            ])
        #expect(thread.past[0].details == ["给客人打电话"])
        #expect(thread.past[2].details == ["电话：136 **** 7715 → 139 **** 9000"])
    }
}
