import Clinic
import Kernel
import Storage

/// What an operator should know of a caller while booking: alerts, wishes, habits, doctor, what else is open.
enum PanelPerson {
    static func view(
        _ brief: PatientBrief, _ treating: TreatingDoctor?, _ changeHref: String, _ request: StaffRequest,
        in tx: any ReadTransaction
    ) throws -> NewBookingPage.Person {
        let playbook = request.work.playbook
        let habits = try Habits.of(patients: [brief.id], by: request.work, in: tx)[brief.id]
        let wishes = try PatientWishes.list(brief.id, in: tx)
        var chips = brief.specialAlerts.map { ToneChip(AlertText.text($0.code, $0.note, playbook), tone: "danger") }
        if treating?.isHere == true { chips.append(ToneChip("从一", tone: "accent")) }
        if treating == nil { chips.append(ToneChip("初诊", tone: "info")) }
        if let chip = habits?.chip { chips.append(ToneChip(chip, tone: "warning")) }
        var facts: [LabelledView] = []
        let profile = try PatientProfiles.get(brief.id, in: tx)
        if let language = profile.language {
            let relay = profile.relayName.map { "，\($0)可转述" } ?? ""
            chips.append(ToneChip(playbook.label(language, in: .spokenLanguage) + relay, tone: "info"))
        }
        if profile.phoneTaken.isDue { chips.append(ToneChip("电话登记未核对", tone: "warning")) }
        if profile.employeeID != nil { chips.append(ToneChip("本院员工，凭派工单收费")) }
        if let treating {
            facts.append(
                LabelledView(
                    "医生", treating.isHere ? "一直由\(treating.name)医生看诊（从一）" : "原来由\(treating.name)医生看诊，已不在本院"))
        }
        facts += wishes.map { LabelledView("要求", $0.text) }
        facts += preferences(profile, playbook)
        if let habits, !habits.text.isEmpty { facts.append(LabelledView("习惯", habits.text)) }
        for next in try upcoming(brief.id, request, in: tx) { facts.append(LabelledView("已约", next)) }
        let tasks = try TaskStore.listOpen(of: brief.id, in: tx).filter { $0.clinicID == request.clinic.id }
        let open = try PanelOpen.lines(brief.id, request, in: tx)
        let said = Set<TaskRule.Fact>([.bookingDisplaced, .treatmentDeferred, .itemReopened, .visitExpected])
        let others =
            open
            + tasks.filter { !(playbook.taskRule($0.rule).map { said.contains($0.fact) } ?? false) }.prefix(5).map {
                FactView($0.label(playbook), $0.reason, href: request.may(.workTasks) ? "/tasks/\($0.id.text)" : nil)
            }
        return NewBookingPage.Person(
            id: brief.id.text, name: brief.name,
            detail: "\(brief.gender.label) \(brief.ageText) · \(brief.recordNumber) · "
                + brief.phoneText(masked: !request.may(.seePhones)),
            chips: chips, facts: facts, others: Array(others), hasOthers: !others.isEmpty, changeHref: changeHref)
    }

    /// What the customer wants and when a call suits (R1.21, R1.22).
    private static func preferences(_ profile: PatientProfile, _ playbook: Playbook) -> [LabelledView] {
        var facts: [LabelledView] = []
        if let intention = profile.intention {
            facts.append(LabelledView("意向", playbook.label(intention, in: .treatmentIntention)))
        }
        if let items = profile.intendedItems { facts.append(LabelledView("想做", items)) }
        if let preference = profile.preference { facts.append(LabelledView("偏好", preference)) }
        if !profile.needs.isEmpty {
            facts.append(
                LabelledView("协助", profile.needs.map { playbook.label($0, in: .assistanceNeed) }.joined(separator: "、"))
            )
        }
        if let contact = profile.contact.text { facts.append(LabelledView("联系", contact)) }
        return facts
    }

    /// Bookings that still count, so that nobody is booked twice unawares.
    private static func upcoming(
        _ patient: ID<Patient>, _ request: StaffRequest, in tx: any ReadTransaction
    ) throws -> [String] {
        let coming = try AppointmentStore.listOfPatient(patient, limit: 20, in: tx)
            .filter { $0.isLive && $0.day >= request.today }.prefix(3)
        let names = try StaffStore.names(Set(coming.map(\.doctorID)), in: tx)
        return coming.map { "\($0.whenText) \(names[$0.doctorID] ?? "") \($0.complaint)" }
    }
}
