import Kernel
import Storage
import TestSupport
import Testing

@testable import Clinic

struct IntakeTests {
    /// "no" to every question of the inquiry but the ones named.
    private func answers(_ clinic: PatientFixture, yes: [String: String]) -> [IntakeAnswer] {
        IntakeRules.questions(.inquiry, clinic.playbook).compactMap { question in
            guard let code = IntakeRules.history(of: question.field) else { return nil }
            return IntakeAnswer(
                question.field, yes[code] == nil ? IntakeQuestion.no : IntakeQuestion.yes, note: yes[code] ?? "")
        }
    }

    private func drawn(_ name: String = "谢春梅") throws -> NewSignature {
        try NewSignature(path: SignaturePathTests.drawn, isPaper: false, signerName: name, isGuardian: false)
    }

    private func sheet(_ clinic: PatientFixture, _ form: IntakeForm) async throws -> Intake.Sheet {
        try await clinic.db.read { tx in try Intake.sheet(form.id, clinic: form.clinicID, in: tx) }
    }

    @Test(
        "询问表填好、签名、逐项查核才完成，特殊情况进客人的提醒 R1.03 R1.05 R1.06 R1.07 R1.08",
        arguments: Backend.allCases)
    func wholeWay(backend: Backend) async throws {
        let clinic = try await PatientFixture(backend)
        let patient = try await clinic.register(.fixture())
        let (work, later) = (clinic.work(), clinic.work(as: clinic.wang, after: 5))
        let (given, signature) = (answers(clinic, yes: ["diabetes": "空腹 7.2", "smoking": ""]), try drawn())

        let form = try await clinic.write { tx in
            try Intake.start(.inquiry, of: patient.id, by: work, in: tx)
        }
        let answered = try await clinic.write { tx in
            try Intake.answer(
                form.id, version: form.version, given, fill: .guided(by: work.actor.id), by: work, in: tx)
        }
        let signed = try await clinic.write { tx in
            try Intake.sign(form.id, version: answered.version, signature, by: work, in: tx)
        }
        let done = try await clinic.write { tx in
            try Intake.check(form.id, version: signed.version, fields: nil, by: later, in: tx)
        }
        let alerts = try await clinic.db.read { tx in try PatientAlerts.list(patient.id, in: tx) }
        let whole = try await sheet(clinic, done)

        #expect(
            [form.state, answered.state, signed.state, done.state] == [.filling, .unsigned, .unchecked, .complete])
        #expect(done.fill == .guided(by: clinic.zhou.id))
        #expect(done.completedAt == later.now)
        #expect(alerts.map(\.code) == ["diabetes", "smoking"])
        #expect(alerts.map(\.isSpecial) == [true, false])
        #expect(whole.specials.map(\.field) == ["history.diabetes"])
        #expect(whole.fields.allSatisfy { $0.checkedBy == clinic.wang.id && $0.checkedAt == later.now })
        #expect(whole.isSigned)
        #expect(try await clinic.eventPayloads("intake.answered").allSatisfy { !$0.contains("空腹") })
    }

    @Test("签名后改一项：签名失效，那一项要重新查核 R1.03 R16.10", arguments: Backend.allCases)
    func changedAfterSigning(backend: Backend) async throws {
        let clinic = try await PatientFixture(backend)
        let patient = try await clinic.register(.fixture())
        let work = clinic.work()
        let (given, signature) = (answers(clinic, yes: [:]), try drawn())
        let done = try await clinic.write { tx in
            let form = try Intake.start(.inquiry, of: patient.id, by: work, in: tx)
            let answered = try Intake.answer(form.id, version: form.version, given, fill: .alone, by: work, in: tx)
            let signed = try Intake.sign(form.id, version: answered.version, signature, by: work, in: tx)
            return try Intake.check(form.id, version: signed.version, fields: nil, by: work, in: tx)
        }

        let changed = try await clinic.write { tx in
            try Intake.answer(
                done.id, version: done.version, [IntakeAnswer("history.asthma", "yes")], fill: nil, by: work, in: tx)
        }
        let whole = try await sheet(clinic, changed)
        let open = try await clinic.db.read { tx in try IntakeStore.listOpen(clinic: done.clinicID, in: tx) }

        #expect(done.state == .complete)
        #expect(changed.state == .unsigned)
        #expect(changed.fill == .alone)
        #expect(whole.isSignatureVoid)
        #expect(whole.fields.filter { !$0.isChecked }.map(\.field) == ["history.asthma"])
        #expect(open.map(\.id) == [done.id])
        await #expect(throws: ChangedMeanwhile("初诊表")) {
            _ = try await clinic.write { tx in
                try Intake.check(done.id, version: done.version, fields: nil, by: work, in: tx)
            }
        }
    }

    @Test("登记表带出档案，未填完不能签，孩子由监护人签 R1.02 R1.05", arguments: Backend.allCases)
    func child(backend: Backend) async throws {
        let clinic = try await PatientFixture(backend)
        let patient = try await clinic.register(.fixture(name: "方小满", bornOn: "2018-07-02"))
        let work = clinic.work()
        let own = try drawn("方小满")
        let guardian = try NewSignature(path: "", isPaper: true, signerName: "方志诚", isGuardian: true)
        let form = try await clinic.write { tx in try Intake.start(.registration, of: patient.id, by: work, in: tx) }
        let values = try await sheet(clinic, form).fields

        #expect(values.first { $0.field == "name" }?.value == "方小满")
        #expect(values.first { $0.field == "phone" }?.value == "13600137715")
        #expect(values.allSatisfy { !$0.isChecked })
        await #expect(throws: SignatureError.guardianNeeded(age: 7)) {
            _ = try await clinic.write { tx in try Intake.sign(form.id, version: form.version, own, by: work, in: tx) }
        }
        let emptied = try await clinic.write { tx in
            try Intake.answer(
                form.id, version: form.version, [IntakeAnswer("complaint", "")], fill: nil, by: work, in: tx)
        }
        await #expect(throws: IntakeError.incomplete(fields: ["哪里不舒服"])) {
            _ = try await clinic.write { tx in
                try Intake.sign(form.id, version: emptied.version, guardian, by: work, in: tx)
            }
        }
        let signed = try await clinic.write { tx in
            let filled = try Intake.answer(
                form.id, version: emptied.version, [IntakeAnswer("complaint", "换牙")], fill: .alone, by: work, in: tx)
            return try Intake.sign(form.id, version: filled.version, guardian, by: work, in: tx)
        }
        let signature = try await sheet(clinic, signed).signature
        #expect(signature?.signer == .guardian(name: "方志诚"))
        #expect(signature?.manner == .paper)
        #expect(signed.state == .unchecked)
    }

    @Test("客人自己填的表等人核实，核实前不动档案 R1.10 R16.19", arguments: Backend.allCases)
    func selfService(backend: Backend) async throws {
        let clinic = try await PatientFixture(backend)
        let patient = try await clinic.register(.fixture())
        let (work, customer) = (clinic.work(), clinic.work(as: .customer))
        let submission = IntakeSubmission(kind: .inquiry, answers: answers(clinic, yes: ["penicillinAllergy": ""]))

        let received = try await clinic.write { tx in try Intake.receive(submission, by: customer, in: tx) }
        let before = try await clinic.db.read { tx in
            (
                try PatientAlerts.list(patient.id, in: tx),
                try IntakeStore.listUnattached(clinic: received.clinicID, in: tx).map(\.id)
            )
        }
        await #expect(throws: IntakeError.notAttached) {
            _ = try await clinic.write { tx in
                try Intake.check(received.id, version: received.version, fields: nil, by: work, in: tx)
            }
        }
        await #expect(throws: NotAllowed(capability: .editPatients)) {
            _ = try await clinic.write { tx in try Intake.attach(received.id, to: patient.id, by: customer, in: tx) }
        }
        let attached = try await clinic.write { tx in
            try Intake.attach(received.id, to: patient.id, by: work, in: tx)
        }
        let after = try await clinic.db.read { tx in try PatientAlerts.list(patient.id, in: tx) }

        #expect(received.state == .unsigned)
        #expect(before.0.isEmpty)
        #expect(before.1 == [received.id])
        #expect(attached.patientID == patient.id)
        #expect(attached.source == .selfService)
        #expect(after.map(\.code) == ["penicillinAllergy"])
        await #expect(throws: IntakeError.alreadyAttached) {
            _ = try await clinic.write { tx in try Intake.attach(received.id, to: patient.id, by: work, in: tx) }
        }
    }
}
