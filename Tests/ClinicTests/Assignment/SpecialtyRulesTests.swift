import Kernel
import TestSupport
import Testing

@testable import Clinic

@Suite struct SpecialtyRulesTests {
    private let lin = AssignmentCase.lin
    private let chen = AssignmentCase.chen
    private let zhou = AssignmentCase.zhou

    private func specialists(_ code: String, _ label: String) -> AssignmentCase {
        var asked = AssignmentCase()
        asked.facts.need = SpecialtyNeed(code: code, label: label)
        asked.facts.doctors = [
            AssignmentCase.candidate(lin, "林书远", "0201", .male),
            AssignmentCase.candidate(chen, "陈思敏", "0202", .female, specialties: [code]),
            AssignmentCase.candidate(zhou, "周启航", "0203", .male, specialties: ["children"], familiar: [code]),
        ]
        return asked
    }

    @Test("专长的医生最先，其次熟悉的按轮换 R2.27")
    func mostSpecialisedFirst() {
        var asked = specialists("surgery", "口腔外科")
        #expect(asked.order == [chen, lin, zhou])
        #expect(asked.rule == .specialty)
        asked.set(chen, .taken("10:00 已有预约"))
        #expect(asked.order == [lin, zhou])
        #expect(asked.rule == .rotation)
        #expect(asked.decide().ranked[0].reasons.map(\.kind) == [.familiar, .rotation])
        asked.facts.specialtyFirst = false
        #expect(asked.decide().present.map(\.id) == [lin, chen, zhou])
    }

    @Test("种植、正畸：专科没空先由熟悉的医生检查，再约专科 R3.19", arguments: ["implants", "orthodontics"])
    func twoStep(code: String) {
        var asked = specialists(code, "专科")
        #expect(asked.rule == .specialty)
        #expect(asked.decide().specialistID == nil)
        asked.set(chen, .resting)
        let ranking = asked.decide()
        #expect(ranking.ranked.map(\.doctor.id) == [zhou])
        #expect(ranking.specialistID == chen)
        #expect(ranking.ranked[0].reasons[0].kind == .twoStep)
        #expect(ranking.rejected.first { $0.doctorID == lin }?.whyNot.kind == .notSpecialist)
        asked.facts.specialtyFirst = false
        #expect(asked.order == [zhou])
    }

    @Test("没有人会的业务仍按轮换接诊 R2.27")
    func nobodyKnows() {
        var asked = AssignmentCase()
        asked.facts.need = SpecialtyNeed(code: "implants", label: "种植")
        #expect(asked.order == [lin, chen, zhou])
        #expect(asked.rule == .rotation)
    }

    @Test(
        "主诉里的词找到专长 R2.27",
        arguments: [
            ("缺牙，想了解种植", "implants"), ("牙齿不齐，想矫正", "orthodontics"), ("孩子换牙，检查涂氟", "children"),
            ("智齿发炎，想拔掉", "surgery"), ("做牙神经治疗", "endodontics"), ("牙龈出血", "periodontics"),
            ("常规口腔检查", nil), ("洗牙", nil), ("", nil),
        ] as [(String, String?)])
    func complaintWords(complaint: String, code: String?) throws {
        let playbook = try ShippedPlaybook.load()
        let need = SpecialtyRules.need(
            items: [], complaint: complaint, specialties: playbook.codes(.specialty),
            words: playbook.codes(.complaintWords))
        #expect(need?.code == code)
    }

    @Test("每个主诉词条都指向一项专长 R2.27")
    func wordsNameSpecialties() throws {
        let playbook = try ShippedPlaybook.load()
        let known = Set(playbook.codes(.specialty).map(\.code))
        #expect(playbook.codes(.complaintWords).allSatisfy { known.contains($0.code) })
        #expect(!playbook.codes(.complaintWords).isEmpty)
    }

    @Test(
        "保修期和宽限的界限 R2.21",
        arguments: [(395, true), (396, false), (365, true), (0, true)])
    func warrantyBoundary(daysAgo: Int, counts: Bool) {
        // 2026-03-12 less 365 days is 2025-03-12; a year later and 30 days of grace end on 2026-04-11.
        let past = WarrantyRules.Past(
            tooth: Tooth(36), day: AssignmentCase.today.adding(days: -daysAgo), doctorID: lin, doctorName: "林书远",
            isHere: true, itemName: "树脂充填", warrantyUntil: nil)
        let redo = WarrantyRules.redo(
            [past], teeth: Set([Tooth(36)].compactMap(\.self)), isRedo: false, today: AssignmentCase.today, months: 12,
            graceDays: 30)
        #expect((redo != nil) == counts)
    }

    @Test("只看同一颗牙；客人说做坏了而没说牙位时看最近一次；更长的保修期有效 R2.21")
    func warrantyScope() {
        func past(_ tooth: Int, _ daysAgo: Int, until: Int? = nil) -> WarrantyRules.Past {
            WarrantyRules.Past(
                tooth: Tooth(tooth), day: AssignmentCase.today.adding(days: -daysAgo), doctorID: lin, doctorName: "林书远",
                isHere: true, itemName: "x", warrantyUntil: until.map { AssignmentCase.today.adding(days: $0) })
        }
        func redo(_ past: [WarrantyRules.Past], _ teeth: [Int], _ isRedo: Bool) -> Redo? {
            WarrantyRules.redo(
                past, teeth: Set(teeth.compactMap { Tooth($0) }), isRedo: isRedo, today: AssignmentCase.today,
                months: 12,
                graceDays: 30)
        }
        #expect(redo([past(36, 10)], [37], false) == nil)
        #expect(redo([past(36, 10)], [37], true) == nil)
        #expect(redo([past(36, 10), past(11, 3)], [], true)?.tooth == Tooth(11))
        #expect(redo([past(36, 10)], [], false) == nil)
        #expect(redo([past(36, 700)], [36], false) == nil)
        #expect(redo([past(36, 700, until: -30)], [36], false) != nil)
        #expect(redo([past(36, 700, until: -31)], [36], false) == nil)
    }

    @Test("常备要求补上这次没说的，写得清的年龄才算 R1.24 R3.18")
    func standingWishes() {
        func wish(_ kind: PatientWish.Kind, _ value: String, hard: Bool = false) -> PatientWish {
            PatientWish(
                id: ID(raw: 1), patientID: AssignmentCase.patient, kind: kind, value: value, isHard: hard,
                recordedBy: ID(raw: 1), recordedAt: Timestamp(milliseconds: 0))
        }
        let merged = WishRules.merged(
            DoctorWish(), standing: [wish(.doctorGender, "female", hard: true), wish(.doctorAge, "40 岁以上")])
        #expect(merged == DoctorWish(gender: .female, minimumAge: 40, isHard: true))
        #expect(WishRules.merged(DoctorWish(gender: .male), standing: [wish(.doctorGender, "female")]).gender == .male)
        #expect(WishRules.merged(DoctorWish(), standing: [wish(.doctorAge, "年长一些")]) == DoctorWish())
        #expect(WishRules.merged(DoctorWish(), standing: [wish(.doctorAge, "35以下")]).maximumAge == 35)
    }
}
