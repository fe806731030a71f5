import Kernel
import TestSupport
import Testing

@testable import Clinic

struct IntakeRulesTests {
    private let playbook: Playbook
    private let today: Day

    init() throws {
        playbook = try ShippedPlaybook.load()
        today = try #require(Day("2026-03-12"))
    }

    private func field(_ name: String, _ value: String, note: String? = nil, checked: Bool = false) -> IntakeField {
        IntakeField(
            formID: ID(raw: 1), field: name, value: value, note: note, isSpecial: false,
            filledAt: Timestamp(milliseconds: 1), filledBy: ID(raw: 2),
            checkedAt: checked ? Timestamp(milliseconds: 2) : nil, checkedBy: checked ? ID(raw: 3) : nil)
    }

    private func registration(checked: Bool) -> [IntakeField] {
        [
            field("name", "谢春梅", checked: checked), field("gender", "female", checked: checked),
            field("bornOn", "1968-07-02", checked: checked), field("complaint", "牙疼", checked: checked),
        ]
    }

    private func signature(_ hash: String) throws -> Signature {
        Signature(
            id: ID(raw: 9), clinicID: ID(raw: 1),
            document: SignedDocument(kind: IntakeStore.documentKind, id: 1, contentHash: hash), step: "customer",
            signer: .customer(name: "谢春梅"), manner: .drawn(try SignaturePath(SignaturePathTests.drawn)),
            signedAt: Timestamp(milliseconds: 3), recordedBy: ID(raw: 2))
    }

    @Test("没有签名不算完成，没有查核不算完成，改动后签名失效 R1.03 R1.05 R16.10") func states() throws {
        let open = registration(checked: false)
        let signed = try signature(IntakeRules.content(.registration, open))
        func state(_ fields: [IntakeField], _ signature: Signature?) -> IntakeState {
            IntakeRules.state(.registration, fields: fields, signature: signature, playbook)
        }

        #expect(state(Array(open.dropLast()), signed) == .filling)
        #expect(state(open, nil) == .unsigned)
        #expect(state(registration(checked: true), nil) == .unsigned)
        #expect(state(open, signed) == .unchecked)
        #expect(state(registration(checked: true), signed) == .complete)
        #expect(state(registration(checked: true) + [field("address", "示范路 2 号", checked: true)], signed) == .unsigned)
    }

    @Test("查核不改变签名的内容，说明改了就变 R16.10") func hash() {
        let base = [field("history.diabetes", "yes", note: "空腹 7.2")]
        let ticked = [field("history.diabetes", "yes", note: "空腹 7.2", checked: true)]
        let other = [field("history.diabetes", "yes", note: "空腹 9.2")]

        #expect(IntakeRules.content(.inquiry, base) == IntakeRules.content(.inquiry, ticked))
        #expect(IntakeRules.content(.inquiry, base) != IntakeRules.content(.inquiry, other))
    }

    @Test("询问表逐项问病史，提醒类的答“有”就是特殊情况 R1.07 R1.08") func inquiry() throws {
        let questions = IntakeRules.questions(.inquiry, playbook)
        let diabetes = try #require(questions.first { $0.field == "history.diabetes" })
        let smoking = try #require(questions.first { $0.field == "history.smoking" })

        #expect(
            ["hypertension", "diabetes", "menstruation", "other"].allSatisfy { code in
                questions.contains { $0.field == "history.\(code)" && $0.isRequired }
            })
        #expect(diabetes.isSpecialWhenYes)
        #expect(!smoking.isSpecialWhenYes)
        #expect(diabetes.text("yes", note: "空腹 7.2") == "有：空腹 7.2")
        #expect(diabetes.text("no", note: nil) == "没有")
    }

    @Test("每一栏的错误一次说全 R1.03 R1.08") func faults() {
        let answers = [
            IntakeAnswer("phone", "123"), IntakeAnswer("bornOn", "2030-01-01"), IntakeAnswer("gender", "x"),
            IntakeAnswer("unknown", "x"), IntakeAnswer("address", " "),
        ]
        do {
            _ = try IntakeRules.check(answers, kind: .registration, playbook, today: today)
            Issue.record("没有拒绝")
        } catch {
            #expect(error.order == ["phone", "bornOn", "gender"])
        }
        #expect(throws: FormErrors("history.otherAllergy", "请写明其他过敏的具体内容")) {
            try IntakeRules.check(
                [IntakeAnswer("history.otherAllergy", "yes")], kind: .inquiry, playbook, today: today)
        }
    }

    @Test("生日和年龄有一样就够 R1.01 R1.03") func birthOrAge() {
        let answered: Set<String> = ["name", "gender", "complaint"]
        #expect(IntakeRules.missing(.registration, answered: answered, playbook) == ["出生日期或年龄"])
        #expect(IntakeRules.missing(.registration, answered: answered.union(["age"]), playbook) == [])
    }
}
