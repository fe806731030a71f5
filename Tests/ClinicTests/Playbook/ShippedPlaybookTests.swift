import Clinic
import Kernel
import TestSupport
import Testing

struct ShippedPlaybookTests {
    let playbook: Playbook
    init() throws { playbook = try ShippedPlaybook.load() }

    @Test("附录 C 的每一行都是设置 R16.14")
    func everyRowOfAppendixCIsASetting() {
        let missing = Self.appendixC.filter { row in !row.allSatisfy { playbook.setting($0) != nil } }

        #expect(missing.isEmpty)
        #expect(Self.appendixC.count == 54)
    }

    @Test(
        "附录 C 的默认值",
        arguments: [
            (IntSetting.appointmentUnitMinutes, 15), (.appointmentRoutineExamUnits, 1),
            (.appointmentReminderDaysBefore, 1),
            (.appointmentNoShowToleranceMinutes, 30), (.waitDoctorEstimateMinutes, 15), (.waitActualMinutes, 20),
            (.waitExplainGraceMinutes, 5), (.patrolIntervalMinutes, 15), (.checkoutSlowMinutes, 5),
            (.companionChildMaxAge, 12), (.companionElderMinAge, 70), (.companionMaximum, 1),
            (.arrivalEarlyMinutesDesk, 15), (.arrivalEarlyMinutesOthers, 10), (.privateCallMaximumMinutes, 3),
            (.phoneSilentPromptSeconds, 3), (.phoneHangupPauseSeconds, 2), (.phoneFollowUpCallMinutes, 2),
            (.callbackMissedMinutes, 30), (.staffReachabilityHours, 24), (.followUpPostOpDays, 1),
            (.recallFromMonths, 6),
            (.recallToMonths, 12), (.trackingMonths, 12), (.warrantyMonths, 12), (.warrantyGraceDays, 30),
            (.firstVisitGapMonths, 12), (.expertCallbackDays, 1), (.complaintFirstResponseHours, 24),
            (.complaintSolveDays, 3), (.repairPositiveContacts, 12), (.serviceSoftWeightPercent, 80),
            (.disinfectChlorineMgPerLitre, 2_000), (.disinfectEthanolPercent, 75), (.disinfectWipes, 3),
            (.ventilateMinutes, 30), (.blankCharts, 20), (.cashierStocktakeDay, 25), (.headNurseSubmitDay, 5),
            (.consultRequestMaximumHours, 2), (.couponWindowMonths, 2), (.distanceMetres, 1),
        ])
    func defaultsOfAppendixC(key: IntSetting, value: Int) {
        #expect(playbook[key] == value)
    }

    @Test func defaultsThatAreNotWholeNumbers() {
        #expect(playbook[.appointmentOfferWindowDays] == [2, 3])
        #expect(playbook[.lossReferencePercent].reduce(0, +) == 100)
        #expect(playbook[.kpiSections] == [35, 25, 30, 10])
        #expect(playbook[.feverCelsius] == 37.3)
        #expect(playbook[.kpiLeaveSwapFirst] == -1.5)
        #expect(playbook[.reminderUnfinishedDue] == 720)
        #expect(playbook[.bankDeposit] == 990)
        #expect(playbook[.privateCallForbiddenAtDesk])
        #expect(playbook[.epidemicMode] == false)
        #expect(playbook[.phoneSilentProcedure] == "timed")
    }

    @Test("价目表：九十项以上，都归入六类收入 R6.29")
    func everyItemHasOneOfSixCategories() {
        let categories = Set(playbook.items.map(\.category))

        #expect(playbook.items.count >= 90)
        #expect(categories == Set(CatalogueItem.IncomeCategory.allCases))
        #expect(CatalogueItem.IncomeCategory.allCases.count == 6)
    }

    @Test("口腔检查免费 R5.10")
    func examIsFree() {
        let exam = playbook.items.first { $0.flags.contains(.freeExam) }

        #expect(exam?.price == .zero)
        #expect(exam?.name == "口腔检查")
    }

    @Test("防疫时暂停的项目 R3.43")
    func spraySuspends() {
        for code in ["PE01", "PE05", "EN01", "EN08", "EN15", "PR06", "PR13", "OR09", "OR10", "OR11", "SU04"] {
            #expect(playbook.item(code)?.flags.contains(.epidemicSuspended) == true, "\(code)")
        }
        #expect(playbook.item("SU01")?.flags.contains(.epidemicSuspended) == false)
    }

    @Test("手术项目都有术后次日回访 R8.03")
    func operationsAreFollowedUp() {
        let forgotten = playbook.items.filter { $0.flags.contains(.operation) && !$0.nextDayFollowUp }

        #expect(forgotten.map(\.name) == [])
    }

    @Test("每项回访和提醒任务都有话术和可点的结果 R8.01")
    func everyTaskRuleHasOutcomes() {
        for rule in playbook.taskRules {
            #expect(!playbook.outcomes(of: rule).isEmpty, "\(rule.id)")
            #expect(playbook.outcomes(of: rule).allSatisfy { $0.next != nil }, "\(rule.id)")
        }
        let shipped = Set(playbook.taskRules.map(\.id))
        #expect(shipped.isSuperset(of: ["reminder.dayBefore", "followUp.sameDay", "followUp.nextDay"]))
    }

    @Test("每种任务结果都有一个正常的结束")
    func everyOutcomeListCanEnd() {
        // A visit is no task; the task of an online form ends when the form is tied to a file.
        let others: [CodeList] = [.visitOutcome, .onlineOutcome]
        for list in CodeList.allCases where list.rawValue.hasSuffix("Outcome") && !others.contains(list) {
            #expect(playbook.codes(list).contains { $0.next == .close }, "\(list)")
        }
    }

    @Test("就诊类型六种 R2.01，急诊四类 R2.09，需求三类 R2.11")
    func closedLists() {
        #expect(
            playbook.codes(.visitType).map(\.code)
                == ["first", "return", "consultation", "checkUp", "exempt", "orthodontics"])
        #expect(playbook.codes(.emergency).map(\.label) == ["外伤", "颌骨骨折", "急性牙髓炎", "颞下颌关节脱位"])
        #expect(playbook.codes(.demandSegment).count == 3)
        #expect(playbook.codes(.cancellation).allSatisfy { $0.initiator != nil })
        #expect(playbook.code("penicillinAllergy", in: .medicalHistory)?.isAlert == true)
        #expect(playbook.label("gone", in: .cancellation) == "gone")
    }

    @Test func filledScriptShowsGaps() {
        let text = Script.filled("{greeting}，{patient}{salutation}，{doctor}医生", [.greeting: "早上好", .patient: "王小明"])

        #expect(text == "早上好，王小明……，……医生")
    }

    @Test(
        "话术里数字和字母与汉字之间空一格",
        arguments: [
            ("打{phone}告诉我们", [Script.Variable.phone: "021"], "打 021 告诉我们"),
            ("确认{date} {time}的预约", [.date: "11 月 20 日", .time: "08:30"], "确认 11 月 20 日 08:30 的预约"),
            ("做{item}，{doctor}医生", [.item: "拔除 38", .doctor: "吴承志"], "做拔除 38，吴承志医生"),
        ])
    func filledScriptIsSpaced(text: String, values: [Script.Variable: String], expected: String) {
        #expect(Script.filled(text, values) == expected)
    }

    /// Each row of Appendix C with the keys that hold it.
    static let appendixC: [[String]] = [
        ["appt.unit_minutes"], ["appt.routine_exam_units"], ["appt.offer_window_days", "appt.offer_max"],
        ["appt.lead_days_answer"], ["appt.reminder_days_before"], ["reminder.unfinished_due"],
        ["appt.noshow_tolerance_min"], ["wait.doctor_estimate_min"], ["wait.actual_min"], ["wait.explain_grace_min"],
        ["patrol.interval_min"], ["checkout.slow_min"],
        ["companion.child_max_age", "companion.elder_min_age", "companion.max", "companion.bounds_inclusive"],
        ["arrival.early_minutes_desk", "arrival.early_minutes_others"],
        ["privatecall.max_min", "privatecall.forbidden_at_desk"], ["phone.rings"],
        ["phone.silent_prompt_sec", "phone.hangup_pause_sec", "phone.silent_procedure"], ["phone.followup_call_min"],
        ["callback.missed_min"], ["staff.reachability"], ["followup.same_day"], ["followup.postop_days"],
        ["recall.from_months", "recall.to_months"], ["tracking.months"], ["warranty.months", "warranty.grace_days"],
        ["firstvisit.gap_months"], ["expert.callback_days"], ["complaint.first_response_h", "complaint.solve_days"],
        ["complaint.major_alert"], ["reach.a_told", "reach.a_told_used", "reach.a_many_pct", "reach.a_many_told"],
        ["reach.b_silent_pct", "reach.b_told", "reach.b_many_pct", "reach.b_many_told"],
        ["handling.return_pct", "handling.on_spot_return_pct", "handling.tells"], ["repair.positive_contacts"],
        ["loss.reference_pct"], ["service.soft_weight_pct"], ["disinfect.chlorine_mgl"],
        ["disinfect.ethanol_pct", "disinfect.wipes"], ["disinfect.times_day"],
        ["ventilate.times_day", "ventilate.minutes"], ["distance_m"], ["fever_c"], ["temp.staff"], ["blank_charts"],
        ["cashier.stocktake_day"], ["headnurse.submit_day"], ["expiry.check"], ["bank.deposit"], ["arrears.report"],
        ["reports.daily_due"], ["coupon.window_months", "coupon.bonus_uses"], ["kpi.sections", "kpi.bonus_max"],
        ["kpi.leave_swap_first", "kpi.leave_swap_second", "kpi.leave_swap_later"], ["consult.request_max_h"],
        ["stamp.date_today"],
    ]
}
