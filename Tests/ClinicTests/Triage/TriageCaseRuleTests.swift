import Clinic
import Kernel
import TestSupport
import Testing

/// Which special situations an arrival is in: one table, each rule at its boundary.
@Suite struct TriageCaseRuleTests {
    private static let now = Timestamp(milliseconds: 1_773_278_400_000)
    private static let lin = ID<Staff>(raw: 7)
    private static let chen = ID<Staff>(raw: 8)

    private static func doctor(
        _ id: ID<Staff> = lin, isOnDuty: Bool = true, delay: Int = 0, gender: Gender = .female
    ) -> TriageFacts.AskedDoctor {
        TriageFacts.AskedDoctor(id: id, name: "林书远", gender: gender, isOnDuty: isOnDuty, delay: delay)
    }

    private static func facts(_ change: (inout TriageFacts) -> Void) -> TriageFacts {
        var facts = TriageFacts(now: now)
        change(&facts)
        return facts
    }

    private static func booked(_ minutesAgo: Int) -> TriageFacts.Booked {
        TriageFacts.Booked(at: now.adding(minutes: -minutesAgo), clock: "09:00")
    }

    private static func redo(_ doctor: ID<Staff>, isHere: Bool = true) -> Redo {
        Redo(
            doctorID: doctor, doctorName: "陈思敏", isHere: isHere, tooth: Tooth(36), itemName: "充填",
            day: Day(number: 20_400), until: Day(number: 20_800))
    }

    private func kinds(_ facts: TriageFacts) -> [VisitCase.Kind] { TriageCases.applicable(facts).map(\.kind) }

    @Test("没有特别的事就什么也不问")
    func nothing() {
        #expect(kinds(Self.facts { _ in }) == [])
        #expect(
            kinds(
                Self.facts {
                    $0.booked = Self.booked(0)
                    $0.doctor = Self.doctor()
                }) == [])
    }

    @Test(
        "早到晚到：正好在界限上还算按时 R2.16",
        arguments: [(15, nil), (16, "约的是 09:00，晚到 16 分钟"), (-60, nil), (-61, "约的是 09:00，早到 61 分钟")] as [(Int, String?)])
    func offSchedule(late: Int, why: String?) {
        let facts = Self.facts {
            $0.booked = Self.booked(late)
            $0.doctor = Self.doctor()
        }
        let cues = TriageCases.applicable(facts)
        #expect(cues.map(\.why) == [why].compactMap(\.self))
        #expect(cues.allSatisfy { $0.kind == .offSchedule && $0.doctorID == Self.lin })
    }

    @Test("约的是别的日子，今天来了，也算没按时间 R2.16")
    func anotherDay() {
        let cues = TriageCases.applicable(Self.facts { $0.otherBooking = "3 月 14 日 10:00 林书远医生" })
        #expect(cues.map(\.why) == ["约的是3 月 14 日 10:00 林书远医生，今天来了"])
    }

    @Test("医生改休没通知是第二种，不在是第三种；都比早晚重要 R2.17 R2.18")
    func restingDoctor() {
        func resting(displaced: Bool) -> TriageFacts {
            Self.facts {
                $0.booked = Self.booked(40)
                $0.doctor = Self.doctor(isOnDuty: false)
                $0.isDisplaced = displaced
            }
        }
        #expect(kinds(resting(displaced: true)) == [.untoldChange])
        #expect(kinds(resting(displaced: false)) == [.expertAbsent])
        // Settled with another doctor who works: nothing is left of it.
        let helped = Self.facts {
            $0.booked = Self.booked(0)
            $0.doctor = Self.doctor(Self.chen)
            $0.isDisplaced = true
        }
        #expect(kinds(helped) == [])
    }

    @Test("专家在忙：超过十五分钟才问 R2.19", arguments: [(15, false), (16, true)])
    func busy(delay: Int, isBusy: Bool) {
        let facts = Self.facts { $0.doctor = Self.doctor(delay: delay) }
        #expect(kinds(facts) == (isBusy ? [.expertBusy] : []))
    }

    @Test("要求男或女医生，只在不合时提示 R2.20")
    func gender() {
        func wish(_ gender: Gender?, of doctor: TriageFacts.AskedDoctor?) -> [VisitCase.Kind] {
            kinds(
                Self.facts {
                    $0.wishedGender = gender
                    $0.doctor = doctor
                })
        }
        #expect(wish(.male, of: Self.doctor()) == [.genderWish])
        #expect(wish(.female, of: Self.doctor()) == [])
        #expect(wish(.unknown, of: Self.doctor()) == [])
        #expect(wish(.male, of: nil) == [])
    }

    @Test("保修返诊换医生先问原因；原医生不在本门诊交主管 R2.22 R2.23")
    func warranty() {
        func at(_ redo: Redo, _ doctor: TriageFacts.AskedDoctor?) -> [VisitCase.Kind] {
            kinds(
                Self.facts {
                    $0.redo = redo
                    $0.doctor = doctor
                })
        }
        #expect(at(Self.redo(Self.chen), Self.doctor()) == [.warrantyRefusal])
        #expect(at(Self.redo(Self.lin), Self.doctor()) == [])
        #expect(at(Self.redo(Self.chen), nil) == [])
        #expect(at(Self.redo(Self.chen, isHere: false), nil) == [.originalGone])
        // Also of an emergency the work belongs to somebody.
        let emergency = Self.facts {
            $0.redo = Self.redo(Self.chen)
            $0.doctor = Self.doctor(delay: 90)
            $0.isEmergency = true
        }
        #expect(kinds(emergency) == [.warrantyRefusal])
    }

    @Test("急诊不问别的；防疫期间急性牙痛照常，其他先说明延期 R2.09 R2.10")
    func emergencyAndEpidemic() {
        func kinds(emergency: Bool, pain: Bool) -> [VisitCase.Kind] {
            self.kinds(
                Self.facts {
                    $0.isEpidemic = true
                    $0.isEmergency = emergency
                    $0.isAcutePain = pain
                    $0.booked = Self.booked(40)
                    $0.doctor = Self.doctor()
                    $0.level = "重要客人 1 级"
                })
        }
        #expect(kinds(emergency: true, pain: false) == [])
        #expect(kinds(emergency: false, pain: true) == [.offSchedule, .greenChannel])
        #expect(kinds(emergency: false, pain: false) == [.epidemicDeferral])
    }

    @Test("换药拆线、正畸初次、重要客人和大项目各有一步 R2.25 R2.07 R2.14")
    func others() {
        let facts = Self.facts {
            $0.operationWord = "拆线"
            $0.isNewOrthodontic = true
            $0.bigItem = "种植体植入"
        }
        let cues = TriageCases.applicable(facts)
        #expect(cues.map(\.kind) == [.postOperative, .orthodonticPlan, .greenChannel])
        #expect(cues.map(\.why) == ["来意里有“拆线”", "第一次来看正畸：先由别的医生检查", "大项目种植体植入"])
    }

    @Test(
        "小项目不能占大项目的时间：正好做完不算冲突 R2.15",
        arguments: [(30, 0, false), (29, 0, true), (45, 15, false), (44, 15, true), (-1, 0, false)])
    func smallItem(minutesUntilBig: Int, delay: Int, clashes: Bool) {
        let facts = Self.facts {
            $0.doctor = Self.doctor(delay: delay)
            $0.nextBig = Self.now.adding(minutes: minutesUntilBig)
            $0.plannedMinutes = 30
        }
        #expect(kinds(facts) == (clashes ? [.smallItem] : []))
        var big = facts
        big.bigItem = "种植体植入"
        #expect(kinds(big) == [.greenChannel])
    }

    @Test("每种情况都有下一步，走完就有结果，一次只有一步 R2.16 R2.19 R2.25")
    func stepsLeadToAnOutcome() {
        for kind in VisitCase.Kind.allCases {
            var done: Set<VisitCase.Step.Kind> = []
            var asked: [VisitCase.Step.Kind] = []
            while let step = CaseRules.nextStep(kind, done: done, isReported: done.contains(.complaint)) {
                asked.append(step)
                done.insert(step)
            }
            #expect(asked == CaseRules.steps(kind), "\(kind)")
            for isOnDuty in [true, false] {
                #expect(!CaseRules.outcomes(kind, isOnDuty: isOnDuty).isEmpty, "\(kind)")
            }
        }
        #expect(CaseRules.steps(.untoldChange) == [.purpose, .doctorCalled])
        #expect(CaseRules.steps(.postOperative) == [.operation, .operatorTold])
    }

    @Test("没按时间来的先找主治医生，他不在才找主管 R2.16")
    func mainDoctorFirst() {
        #expect(CaseRules.outcomes(.offSchedule, isOnDuty: true).first == .mainDoctor)
        #expect(CaseRules.outcomes(.offSchedule, isOnDuty: false).first == .supervisor)
        #expect(CaseRules.outcomes(.untoldChange, isOnDuty: false).first == .supervisor)
        #expect(CaseRules.outcomes(.expertAbsent, isOnDuty: false).first == .callback)
        #expect(CaseRules.outcomes(.expertBusy, isOnDuty: true) == [.wait, .booked, .otherDoctor])
    }

    @Test("规则默认只提醒；诊所要求时，没打电话不能换医生，打过也只有主管能换 R2.17")
    func demandedSteps() {
        func refusal(
            _ outcome: VisitCase.Outcome, missing: VisitCase.Step.Kind?, _ level: Level, _ rights: Set<Capability> = []
        ) -> CaseError? {
            let actor = Actor(id: ID(raw: 1), name: "王若彤", roles: [], capabilities: rights)
            do {
                try CaseRules.check(outcome, of: .untoldChange, missing: missing, level: level, actor: actor)
                return nil
            } catch { return error }
        }
        let demanded = Level.require(.overrideRules)
        #expect(refusal(.otherDoctor, missing: .doctorCalled, .remind) == nil)
        #expect(refusal(.otherDoctor, missing: .doctorCalled, demanded) == .stepFirst(.doctorCalled))
        #expect(refusal(.otherDoctor, missing: nil, demanded) == .supervisorOnly)
        #expect(refusal(.otherDoctor, missing: nil, demanded, [.assignSpecialCases]) == nil)
        // To wait for the supervisor or another day harms nobody.
        #expect(refusal(.supervisor, missing: .doctorCalled, demanded) == nil)
        #expect(refusal(.booked, missing: .doctorCalled, demanded) == nil)
        #expect(refusal(.left, missing: .doctorCalled, demanded) == nil)
    }

    @Test("从来意里找出拆线、换药的词 R2.25")
    func words() throws {
        let words = try ShippedPlaybook.load().codes(.postOperativeWords)
        #expect(TriageWords.find("种植术后来看看", words) == "术后")
        #expect(TriageWords.find("缝线松了", words) == "缝线")
        #expect(TriageWords.find("牙疼", words) == nil)
    }
}
