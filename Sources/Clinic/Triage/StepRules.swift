import Kernel

/// What each step of a special case asks for. Pure.
package enum StepRules {
    /// Minutes an expert may name.
    static let estimates = 0...600

    /// - Throws: `FormErrors` (staff, minutes, day, code, note).
    static func checked(
        _ kind: VisitCase.Step.Kind, _ input: Cases.StepInput, _ work: Work
    ) throws(FormErrors) -> Cases.StepInput {
        var faults = FormErrors()
        if let note = input.note, note.count > 200 { faults.add("note", "最多 200 个字") }
        switch kind {
        case .purpose, .complaint:
            if input.note?.nonBlank == nil { faults.add("note", "请写下客人来做什么") }
        case .doctorCalled:
            if let code = work.playbook.code(input.code ?? "", in: .doctorCall) {
                if code.needsNote, input.note?.nonBlank == nil { faults.add("note", "选“\(code.label)”时请写一句说明") }
            } else {
                faults.add("code", "请选择打电话的结果")
            }
        case .expertTold:
            if !(input.minutes.map(estimates.contains) ?? false) {
                faults.add("minutes", "请填写医生说的分钟数，0 到 600")
            }
        case .operation:
            if input.staffID == nil, input.note?.nonBlank == nil {
                faults.add("staff", "请选主刀医生；不在本门诊做的写在说明里")
            }
            if let day = input.day {
                if day > work.today { faults.add("day", "手术日期不能在今天以后") }
            } else {
                faults.add("day", "请填写手术日期")
            }
        case .operatorTold:
            if input.staffID == nil { faults.add("staff", "请选告诉了谁：主刀医生或他的助手") }
        case .willing:
            if input.code != "yes", input.code != "no" { faults.add("code", "请选择愿意或不愿意") }
        case .escort:
            if input.note?.nonBlank == nil { faults.add("note", "请写明带到哪里") }
            if input.staffID == nil { faults.add("staff", "请选由谁带过去") }
        case .companion:
            if input.staffID == nil { faults.add("staff", "请选一位陪同人") }
        }
        try faults.throwIfAny()
        return input
    }

    /// Codes become words: a step is read years later.
    static func stored(
        _ kind: VisitCase.Step.Kind, _ input: Cases.StepInput, _ playbook: Playbook
    ) -> Cases.StepInput {
        var stored = input
        let word: String? =
            switch kind {
            case .doctorCalled: playbook.label(input.code ?? "", in: .doctorCall)
            case .willing: input.code == "yes" ? "愿意" : "不愿意"
            default: nil
            }
        stored.note = [word, input.note?.nonBlank].compactMap(\.self).joined(separator: "：").nonBlank
        return stored
    }
}
