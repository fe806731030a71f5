// Typed keys of Playbook/settings.yaml. The raw value is the key of the YAML; a test compares the two lists.

/// Settings that are a whole number; the unit stands in the YAML and at the end of the name.
package enum IntSetting: String, CaseIterable, Sendable {
    case appointmentUnitMinutes = "appt.unit_minutes"
    case appointmentRoutineExamUnits = "appt.routine_exam_units"
    case appointmentOfferMaximum = "appt.offer_max"
    case appointmentReminderDaysBefore = "appt.reminder_days_before"
    case appointmentNoShowToleranceMinutes = "appt.noshow_tolerance_min"
    case appointmentCancelContactDays = "appt.cancel_contact_days"
    case appointmentCapacityPerSlot = "appt.capacity_per_slot"
    case expertCallbackDays = "expert.callback_days"
    case consultRequestMaximumHours = "consult.request_max_h"
    case waitDoctorEstimateMinutes = "wait.doctor_estimate_min"
    case waitActualMinutes = "wait.actual_min"
    case waitExplainGraceMinutes = "wait.explain_grace_min"
    case patrolIntervalMinutes = "patrol.interval_min"
    case greetTargetSeconds = "greet.target_sec"
    case companionChildMaxAge = "companion.child_max_age"
    case companionElderMinAge = "companion.elder_min_age"
    case companionMaximum = "companion.max"
    case firstVisitGapMonths = "firstvisit.gap_months"
    case factUndoSeconds = "fact.undo_sec"
    case checkoutSlowMinutes = "checkout.slow_min"
    case arrearsReportDays = "arrears.report"
    case discountLimitCashierPercent = "discount.limit_cashier_pct"
    case discountLimitDoctorPercent = "discount.limit_doctor_pct"
    case discountLimitSupervisorPercent = "discount.limit_supervisor_pct"
    case discountLimitDirectorPercent = "discount.limit_director_pct"
    case couponWindowMonths = "coupon.window_months"
    case phoneSilentPromptSeconds = "phone.silent_prompt_sec"
    case phoneHangupPauseSeconds = "phone.hangup_pause_sec"
    case phoneFollowUpCallMinutes = "phone.followup_call_min"
    case callbackMissedMinutes = "callback.missed_min"
    case privateCallMaximumMinutes = "privatecall.max_min"
    case staffReachabilityHours = "staff.reachability"
    case followUpPostOpDays = "followup.postop_days"
    case recallFromMonths = "recall.from_months"
    case recallToMonths = "recall.to_months"
    case trackingMonths = "tracking.months"
    case warrantyMonths = "warranty.months"
    case warrantyGraceDays = "warranty.grace_days"
    case warrantyEndingSoonDays = "warranty.ending_soon_days"
    case complaintFirstResponseHours = "complaint.first_response_h"
    case complaintSolveDays = "complaint.solve_days"
    case complaintMajorAlertMinutes = "complaint.major_alert"
    case complaintRecordMinimumCharacters = "complaint.record_min_chars"
    case reachAToldUsed = "reach.a_told_used"
    case reachAManyPercent = "reach.a_many_pct"
    case reachAManyTold = "reach.a_many_told"
    case reachBSilentPercent = "reach.b_silent_pct"
    case reachBTold = "reach.b_told"
    case reachBManyPercent = "reach.b_many_pct"
    case reachBManyTold = "reach.b_many_told"
    case handlingReturnPercent = "handling.return_pct"
    case handlingOnSpotReturnPercent = "handling.on_spot_return_pct"
    case handlingTells = "handling.tells"
    case repairPositiveContacts = "repair.positive_contacts"
    case serviceSoftWeightPercent = "service.soft_weight_pct"
    case arrivalEarlyMinutesDesk = "arrival.early_minutes_desk"
    case arrivalEarlyMinutesOthers = "arrival.early_minutes_others"
    case reportsDailyDueMinutesBefore = "reports.daily_due"
    case blankCharts = "blank_charts"
    case disinfectChlorineMgPerLitre = "disinfect.chlorine_mgl"
    case disinfectEthanolPercent = "disinfect.ethanol_pct"
    case disinfectWipes = "disinfect.wipes"
    case disinfectTimesDay = "disinfect.times_day"
    case ventilateTimesDay = "ventilate.times_day"
    case ventilateMinutes = "ventilate.minutes"
    case cashierStocktakeDay = "cashier.stocktake_day"
    case headNurseSubmitDay = "headnurse.submit_day"
    case distanceMetres = "distance_m"
    case kpiBonusMaximum = "kpi.bonus_max"
    case securityIdleLockMinutes = "security.idle_lock_min"
    case securitySessionHours = "security.session_hours"
    case securityLockoutFailures = "security.lockout_failures"
    case securityLockoutMinutes = "security.lockout_min"
    case securityMaskedSearchDigits = "security.masked_search_digits"
}

/// Settings that are a list of whole numbers; a range is `[from, to]`.
package enum IntsSetting: String, CaseIterable, Sendable {
    case appointmentOfferWindowDays = "appt.offer_window_days"
    case appointmentLeadDaysAnswer = "appt.lead_days_answer"
    case couponBonusUses = "coupon.bonus_uses"
    case vipThresholdsYuan = "vip.thresholds_yuan"
    case phoneRings = "phone.rings"
    case reachATold = "reach.a_told"
    case lossReferencePercent = "loss.reference_pct"
    case kpiSections = "kpi.sections"
}

/// Settings with a decimal place.
package enum DecimalSetting: String, CaseIterable, Sendable {
    case feverCelsius = "fever_c"
    case kpiLeaveSwapFirst = "kpi.leave_swap_first"
    case kpiLeaveSwapSecond = "kpi.leave_swap_second"
    case kpiLeaveSwapLater = "kpi.leave_swap_later"
}

/// Settings that are on or off.
package enum FlagSetting: String, CaseIterable, Sendable {
    case companionBoundsInclusive = "companion.bounds_inclusive"
    case registrationIDRequired = "registration.id_required"
    case stampDateToday = "stamp.date_today"
    case examFree = "exam.free"
    case privateCallForbiddenAtDesk = "privatecall.forbidden_at_desk"
    case epidemicMode = "epidemic.mode"
    case temperatureStaff = "temp.staff"
    case kpiSectionCap = "kpi.section_cap"
}

/// Settings that are one of a closed set of words.
package enum TextSetting: String, CaseIterable, Sendable {
    case appointmentDoctorPrecedence = "appt.doctor_precedence"
    case phoneSilentProcedure = "phone.silent_procedure"
    case expiryCheck = "expiry.check"
}

/// Settings that are a time of day; the value is minutes after local midnight.
package enum ClockSetting: String, CaseIterable, Sendable {
    case reminderOpenAt = "reminder.open_at"
    case reminderDueAt = "reminder.due_at"
    case reminderUnfinishedDue = "reminder.unfinished_due"
    case bankDeposit = "bank.deposit"
    case followUpSameDay = "followup.same_day"
    case followUpSameDayDue = "followup.same_day_due"
    case followUpPostOpDue = "followup.postop_due"
}
