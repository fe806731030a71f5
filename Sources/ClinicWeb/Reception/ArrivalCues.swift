import Clinic
import Kernel
import Storage

/// What the desk should know before it speaks to who has come: language, chart to fetch, name to greet by.
enum ArrivalCues {
    static func chips(
        _ patient: Patient, _ brief: PatientBrief?, by work: Work, in tx: any ReadTransaction
    ) throws -> [ToneChip] {
        var chips: [ToneChip] = []
        if let chart = try Charts.cue(patient.id, by: work, in: tx) {
            chips.append(ToneChip("先取病历 \(chart.number) · \(chart.shelf)", tone: "warning"))
        }
        if let brief {
            if brief.isReadBackDue { chips.append(ToneChip("电话登记未核对", tone: "warning")) }
            if let language = brief.language {
                let relay = brief.relayName.map { "，\($0)可转述" } ?? ""
                chips.append(ToneChip(work.playbook.label(language, in: .spokenLanguage) + relay, tone: "info"))
            }
            if brief.isEmployee { chips.append(ToneChip("本院员工，凭派工单收费")) }
        }
        let unfinished = try IntakeStore.openStates(of: [patient.id], in: tx)[patient.id] ?? []
        if !unfinished.isEmpty { chips.append(ToneChip("初诊表没有完成", tone: "warning")) }
        // R1.16: who comes several times is greeted by surname.
        if try SeriesPatients.list(among: [patient.id], from: work.today, in: tx)[patient.id] != nil {
            chips.append(ToneChip("多次预约，请称呼“\(patient.greeting(on: work.today))”", tone: "accent"))
        }
        return chips
    }
}
