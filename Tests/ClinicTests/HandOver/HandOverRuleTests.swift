import Clinic
import Kernel
import Testing

@Suite struct HandOverRuleTests {
    @Test("介绍词：医生称呼、客人称呼、初复诊、来意、上次、观察 R4.20 R1.17") func introduction() {
        var facts = Introduction.Facts(
            doctor: "林书远", greeting: "谢女士", type: .returning, purpose: "充填 16",
            last: (day: Day(number: 20_500), what: "洁治"), observation: "有些紧张，希望讲慢一点")
        #expect(
            Introduction.text(facts)
                == "林医生您好，这位是谢女士，复诊，这次来：充填 16。上次 2 月 16 日 洁治。有些紧张，希望讲慢一点。")
        facts = Introduction.Facts(doctor: nil, greeting: "王先生", type: .first, purpose: "牙疼！")
        #expect(Introduction.text(facts) == "这位是王先生，初诊，这次来：牙疼！")
    }

    @Test("安排的牙椅：叫号时说的先于预约的，预约的先于医生的 R4.46") func assignedChair() {
        let (a, b, c) = (ID<Chair>(raw: 1), ID<Chair>(raw: 2), ID<Chair>(raw: 3))
        #expect(ChairRules.assigned(called: a, booked: b, ofDoctor: c) == a)
        #expect(ChairRules.assigned(called: nil, booked: b, ofDoctor: c) == b)
        #expect(ChairRules.assigned(called: nil, booked: nil, ofDoctor: c) == c)
        #expect(ChairRules.assigned(called: nil, booked: nil, ofDoctor: nil) == nil)
    }

    @Test(
        "不规范要写明哪里；规范不用写 R4.19",
        arguments: [
            (HandOver.Rating.standard, nil as String?, true), (.notStandard, nil, false), (.notStandard, " ", false),
            (.notStandard, "没有起身迎接", true),
        ])
    func rating(rating: HandOver.Rating, remark: String?, isFine: Bool) {
        #expect((faults { try HandOverRules.check(rating, remark: remark) } == nil) == isFine)
    }

    @Test(
        "纸条的四种答复：只有“等”带分钟，1 到 240 R4.17",
        arguments: [
            (DoctorNote.Answer.wait, nil as Int?, false), (.wait, 0, false), (.wait, 1, true), (.wait, 240, true),
            (.wait, 241, false), (.comeIn, nil, true), (.book, nil, true), (.otherDoctor, nil, true),
        ])
    func answers(answer: DoctorNote.Answer, minutes: Int?, isFine: Bool) {
        #expect((faults { try DoctorNoteRules.check(answer, minutes: minutes) } == nil) == isFine)
    }

    @Test("纸条到点没有答复算晚；答复了就不算 R4.17") func lateNotes() {
        let sent = Timestamp(milliseconds: 0)
        func isLate(_ seconds: Int, answered: Bool = false) -> Bool {
            DoctorNoteRules.isLate(
                sentAt: sent, answeredAt: answered ? sent : nil, now: sent.adding(seconds: seconds), limit: 3)
        }
        #expect(!isLate(179) && isLate(180) && !isLate(180, answered: true))
    }

    @Test("到诊由接诊医生或不是医生的诊室同事确认，别的医生不行 R3.38") func whoAcknowledges() {
        func actor(_ id: Int64, _ capabilities: Set<Capability>) -> Actor {
            Actor(id: ID(raw: id), name: "", roles: [], capabilities: capabilities)
        }
        let doctor: Set<Capability> = [.enterCharges, .issueChargeNotice]
        #expect(ArrivalNotices.mayAnswer(actor(5, doctor), for: ID(raw: 5)))
        #expect(!ArrivalNotices.mayAnswer(actor(6, doctor), for: ID(raw: 5)))
        #expect(ArrivalNotices.mayAnswer(actor(7, [.enterCharges]), for: ID(raw: 5)))
        #expect(!ArrivalNotices.mayAnswer(actor(8, [.leadIn]), for: ID(raw: 5)))
    }

    private func faults(_ body: () throws -> Void) -> [String: String]? {
        do {
            try body()
            return nil
        } catch { return (error as? FormErrors)?.messages }
    }
}
