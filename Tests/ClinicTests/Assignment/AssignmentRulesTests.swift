import Clinic
import Kernel
import Testing

@Suite struct AssignmentRulesTests {
    private let lin = AssignmentCase.lin
    private let chen = AssignmentCase.chen
    private let zhou = AssignmentCase.zhou

    @Test("新客按工号轮换，应得最多的先轮到 R3.15")
    func rotationOrder() {
        var new = AssignmentCase()
        #expect(new.order == [lin, chen, zhou])
        #expect(new.rule == .rotation)
        new.facts.doctors[0] = AssignmentCase.candidate(lin, "林书远", "0201", .male, taken: 1, credit: 240_240)
        new.facts.doctors[1] = AssignmentCase.candidate(chen, "陈思敏", "0202", .female, credit: 240_240)
        new.facts.doctors[2] = AssignmentCase.candidate(zhou, "周启航", "0203", .male, credit: 240_240)
        #expect(new.order == [chen, zhou, lin])
    }

    @Test("没有空的医生被跳过但仍在轮次里 R3.15")
    func skippedKeepsTurn() {
        var new = AssignmentCase()
        new.set(lin, .taken("10:00 已有预约"))
        let ranking = new.decide()
        #expect(ranking.ranked.map(\.doctor.id) == [chen, zhou])
        #expect(ranking.present.map(\.id) == [lin, chen, zhou])
        #expect(ranking.ranked[0].reasons.last?.text == "林书远医生没有空，轮次保留，轮到陈思敏医生（已接 0 位）")
        new.set(lin, .resting)
        #expect(new.decide().present.map(\.id) == [chen, zhou])
    }

    @Test("不参加轮换的医生不轮到新客 R3.15")
    func outsideRotation() {
        var new = AssignmentCase()
        new.facts.doctors[0] = AssignmentCase.candidate(lin, "林书远", "0201", .male, takesRotation: false)
        #expect(new.order == [chen, zhou])
        #expect(new.decide().rejected.first { $0.doctorID == lin }?.whyNot.kind == .laterTurn)
    }

    @Test("老客人由原医生看，别人要写原因 R3.14")
    func sameDoctor() {
        var old = AssignmentCase()
        old.treated(by: zhou, "周启航")
        #expect(old.order == [zhou])
        #expect(old.rule == .sameDoctor)
        old.set(zhou, .taken("10:00 已有预约"))
        let busy = old.decide()
        #expect(busy.ranked.isEmpty)
        #expect(busy.nobody?.text == "一直由周启航医生看诊，10:00 已有预约")
        #expect(busy.demands.map(\.kind) == [.doctorChangeReason])
        old.request.doctorChangeReason = "doctorFull"
        #expect(old.order == [lin, chen])
        #expect(old.rule == .changed)
        #expect(old.decide().present.isEmpty)
    }

    @Test(
        "原因“不满意”先登记意见 R3.60",
        arguments: [
            (AssignmentFacts.Gate.off, [] as [Bool]), (.shown, [false]), (.blocks, [true]),
        ])
    func dissatisfied(gate: AssignmentFacts.Gate, blocks: [Bool]) {
        var old = AssignmentCase()
        old.treated(by: zhou, "周启航")
        old.request.doctorChangeReason = "dissatisfied"
        old.facts.gates.dissatisfied = gate
        #expect(old.decide().demands.map(\.blocks) == blocks)
        old.request.complaintRecorded = true
        #expect(old.decide().demands.isEmpty)
    }

    @Test("硬性要求先于原医生：指定医生、性别、年龄、职称 R3.17 R3.18")
    func hardWishes() {
        var old = AssignmentCase()
        old.treated(by: zhou, "周启航")
        old.facts.wish = DoctorWish(doctorID: lin)
        #expect(old.order == [lin])
        #expect(old.rule == .wished)
        #expect(old.decide().changeReason == "customerWish")
        old.facts.wish = DoctorWish(doctorID: zhou)
        #expect(old.rule == .sameDoctor)
        old.facts.wish = DoctorWish(gender: .female, isHard: true)
        #expect(old.order == [chen])
        #expect(old.rule == .wished)
        old.facts.wish = DoctorWish(gender: .male, isHard: true)
        #expect(old.order == [zhou])
        #expect(old.rule == .sameDoctor)
    }

    @Test("做不到的要求：必须的没有人，希望的放宽并记录 R2.20")
    func unmetWishes() {
        var new = AssignmentCase()
        new.facts.wish = DoctorWish(title: "主任", isHard: true)
        let hard = new.decide()
        #expect(hard.ranked.isEmpty)
        #expect(hard.unmetWish == "主任")
        #expect(hard.nobody?.kind == .wishUnmet)
        new.facts.wish.isHard = false
        let soft = new.decide()
        #expect(soft.ranked.map(\.doctor.id) == [lin, chen, zhou])
        #expect(soft.unmetWish == "主任")
        new.facts.wish = DoctorWish(gender: .female)
        #expect(new.order == [chen])
        #expect(new.decide().unmetWish == nil)
        new.set(chen, .taken("10:00 已有预约"))
        #expect(new.decide().unmetWish == "女医生")
        #expect(new.order == [lin, zhou])
    }

    @Test("年龄界限包含本数，不知道年龄不算符合 R3.18", arguments: [(45, true), (46, true), (47, false)])
    func ageBoundary(least: Int, fits: Bool) {
        let born = AssignmentCase.candidate(lin, "林书远", "0201", .male, born: 1980).profile
        let unknown = AssignmentCase.candidate(chen, "陈思敏", "0202", .female).profile
        let wish = DoctorWish(minimumAge: least)
        #expect(WishRules.fits(born, wish, on: AssignmentCase.today) == fits)
        #expect(!WishRules.fits(unknown, wish, on: AssignmentCase.today))
        #expect(WishRules.fits(born, DoctorWish(maximumAge: 46), on: AssignmentCase.today))
        #expect(!WishRules.fits(born, DoctorWish(maximumAge: 45), on: AssignmentCase.today))
    }

    @Test("保修返诊回到做这颗牙的医生，别人做也记在他名下 R2.21")
    func warranty() {
        var failed = AssignmentCase()
        failed.treated(by: zhou, "周启航")
        failed.facts.redo = AssignmentCase.redo(by: lin, "林书远")
        #expect(failed.order == [lin])
        #expect(failed.rule == .warranty)
        failed.facts.wish = DoctorWish(doctorID: chen)
        let other = failed.decide()
        #expect(other.ranked.map(\.doctor.id) == [chen])
        #expect(other.redo?.doctorID == lin)
        #expect(other.ranked[0].reasons.map(\.kind) == [.wished, .redoCost])
    }

    @Test("同一位医生继续治疗同一颗牙不算保修，除非客人说做坏了 R2.21")
    func sameToothGoesOn() {
        var next = AssignmentCase()
        next.treated(by: lin, "林书远")
        next.facts.redo = AssignmentCase.redo(by: lin, "林书远")
        #expect(next.rule == .sameDoctor)
        next.request.isRedo = true
        #expect(next.rule == .warranty)
    }

    @Test(
        "保修返诊不找原医生：先登记并上报 R2.22",
        arguments: [(AssignmentFacts.Gate.off, [] as [Bool]), (.shown, [false]), (.blocks, [true])])
    func refusedOriginal(gate: AssignmentFacts.Gate, blocks: [Bool]) {
        var failed = AssignmentCase()
        failed.facts.redo = AssignmentCase.redo(by: lin, "林书远")
        failed.facts.gates.refusedWarranty = gate
        failed.facts.wish = DoctorWish(doctorID: chen)
        #expect(failed.decide().demands.map(\.blocks) == blocks)
        #expect(failed.decide().demands.allSatisfy { $0.kind == .complaintRecord && $0.rule == .warrantyDoctorRefused })
        failed.request.complaintRecorded = true
        #expect(failed.decide().demands.isEmpty)
    }

    @Test(
        "保修的原医生已离开：只有主管安排 R2.23",
        arguments: [(AssignmentFacts.Gate.shown, [false]), (.blocks, [true])])
    func warrantyDoctorGone(gate: AssignmentFacts.Gate, blocks: [Bool]) {
        var failed = AssignmentCase()
        failed.facts.redo = AssignmentCase.redo(by: AssignmentCase.gone, "何伟", isHere: false)
        failed.facts.gates.warrantyGone = gate
        let ranking = failed.decide()
        #expect(ranking.demands.map(\.kind) == [.supervisor])
        #expect(ranking.demands.map(\.blocks) == blocks)
        #expect(ranking.ranked.map(\.rule) == [.supervisor, .supervisor, .supervisor])
        #expect(ranking.present.isEmpty)
    }

    @Test("普通老客人的原医生离职：和新客一样轮换 R3.14 R3.15")
    func treatingDoctorGone() {
        var old = AssignmentCase()
        old.treated(by: AssignmentCase.gone, "何伟", isHere: false)
        #expect(old.order == [lin, chen, zhou])
        #expect(old.rule == .rotation)
        #expect(old.decide().demands.isEmpty)
    }

    @Test("原医生休息而客人来了：按诊室号第一位有空的医生帮诊 R2.24")
    func helping() {
        var here = AssignmentCase()
        here.treated(by: lin, "林书远")
        here.set(lin, .resting)
        #expect(here.decide().ranked.isEmpty)
        here.request.occasion = .timeIsFixed
        #expect(here.order == [chen, zhou])
        #expect(here.rule == .helping)
        #expect(here.decide().helpingForID == lin)
        #expect(here.decide().changeReason == "helping")
        here.set(chen, .taken("10:00 已有预约"))
        #expect(here.order == [zhou])
        here.set(lin, .outsideShift("当天上班 13:30–18:00"))
        #expect(here.rule == .helping)
        here.set(lin, .taken("10:00 已有预约"))
        #expect(here.decide().ranked.isEmpty)
    }

    @Test(
        "改休没有通知：先给医生打电话，再由主管安排 R2.17",
        arguments: [(false, [AssignmentDemand.Kind.callDoctor]), (true, [])])
    func unannouncedRest(called: Bool, demands: [AssignmentDemand.Kind]) {
        var here = AssignmentCase()
        here.treated(by: lin, "林书远")
        here.set(lin, .resting)
        here.request.occasion = .unannouncedRest(doctorCalled: called)
        #expect(here.decide().demands.map(\.kind) == demands)
        #expect(here.decide().ranked.isEmpty)
        #expect(here.decide().rule == .supervisor)
        here.facts.wish = DoctorWish(doctorID: zhou)
        #expect(here.order == [zhou])
        #expect(here.decide().helpingForID == lin)
    }

    @Test("报过的医生先于同等的别人 R3.20")
    func offeredDoctor() {
        var new = AssignmentCase()
        new.request.offered = zhou
        #expect(new.order == [zhou, lin, chen])
        new.treated(by: chen, "陈思敏")
        #expect(new.order == [chen])
    }

    @Test("每位没有轮到的医生都有原因 R3.17")
    func everyAlternativeHasReason() {
        var new = AssignmentCase()
        new.set(lin, .resting)
        new.set(chen, .outsideShift("当天上班 13:30–18:00"))
        new.set(zhou, .taken("10:00 已有预约"))
        let ranking = new.decide()
        #expect(ranking.ranked.isEmpty)
        #expect(Set(ranking.rejected.map(\.whyNot.kind)) == [.resting, .outsideShift, .taken])
        #expect(ranking.nobody?.text == "周启航医生10:00 已有预约")
    }

    @Test("保修的原医生不在：指定别人也要主管点头；原医生在才问投诉 R2.22 R2.23")
    func namedInsteadOfTheWarrantyDoctor() {
        var old = AssignmentCase()
        old.facts.redo = AssignmentCase.redo(by: AssignmentCase.gone, "何医生", isHere: false)
        old.request.isRedo = true
        old.facts.wish = DoctorWish(doctorID: lin)
        old.facts.gates.warrantyGone = .blocks
        old.facts.gates.refusedWarranty = .blocks
        let gone = old.decide()
        #expect(gone.demands.map(\.kind) == [.supervisor])
        #expect(gone.demands.first?.doctorID == AssignmentCase.gone)
        #expect(gone.ranked.map(\.rule) == [.supervisor])
        old.facts.redo = AssignmentCase.redo(by: chen, "陈思敏")
        #expect(old.decide().demands.map(\.kind) == [.complaintRecord])
        #expect(old.decide().demands.first?.doctorID == chen)
    }
}
