import Clinic
import Kernel
import Storage

/// The reception side of the customer page: chips, how to receive, first-visit forms, notes, paper —
/// templates/patients/_files.mustache
struct CustomerFilesView: Viewable {
    let signs: [ToneChip]
    /// POST: name and phone were read back (R1.15).
    let readBackHref: String?
    let receiving: [LabelledView]
    let profileHref: String?
    let forms: [FormRow]
    let starts: [FormStart]
    let canStart: Bool
    let startHref: String
    let notes: [NoteRow]
    let canNote: Bool
    let noteHref: String
    /// What was typed and refused.
    let noteTyped: String
    let papers: [LinkView]
    static let fields: [Field<Self>] = [
        Field("signs", \.signs), Field("readBackHref", \.readBackHref), Field("receiving", \.receiving),
        Field("profileHref", \.profileHref), Field("forms", \.forms), Field("starts", \.starts),
        Field("canStart", \.canStart), Field("startHref", \.startHref), Field("notes", \.notes),
        Field("canNote", \.canNote), Field("noteHref", \.noteHref),
        Field("noteTyped", \.noteTyped), Field("papers", \.papers),
    ]

    struct FormRow: Viewable {
        let formHref: String
        let formText: String
        let state: ToneChip
        static let fields: [Field<Self>] = [
            Field("formHref", \.formHref), Field("formText", \.formText), Field("state", \.state),
        ]
    }

    struct FormStart: Viewable {
        let kind: String
        let words: String
        static let fields: [Field<Self>] = [Field("kind", \.kind), Field("words", \.words)]
    }

    struct NoteRow: Viewable {
        let words: String
        let written: String
        let withdrawHref: String?
        static let fields: [Field<Self>] = [
            Field("words", \.words), Field("written", \.written), Field("withdrawHref", \.withdrawHref),
        ]
    }

    static let none = CustomerFilesView(
        signs: [], readBackHref: nil, receiving: [], profileHref: nil, forms: [], starts: [], canStart: false,
        startHref: "",
        notes: [], canNote: false, noteHref: "", noteTyped: "", papers: [])
    static let sample = CustomerFilesView(
        signs: [
            ToneChip("电话登记未核对", tone: "waiting"), ToneChip("坐轮椅", tone: "warning"), ToneChip("粤语", tone: "info"),
            ToneChip("本院员工", tone: "neutral"),
        ], readBackHref: "/patients/0000000000001/read-back",
        receiving: [LabelledView("语言", "粤语，方志诚可转述 139 **** 0001"), LabelledView("联系", "10:00–12:00 联系")],
        profileHref: "/patients/0000000000001/profile",
        forms: [
            FormRow(
                formHref: "/intake/0000000000001", formText: "初诊询问表 2026-03-12", state: ToneChip("待查核", tone: "waiting")
            )
        ], starts: [FormStart(kind: "registration", words: "填初诊登记表")], canStart: true,
        startHref: "/patients/0000000000001/intake",
        notes: [
            NoteRow(
                words: "五十多岁，说话轻，容易紧张<script>", written: "王若彤 09:25",
                withdrawHref: "/patients/0000000000001/observations/0000000000002/withdraw")
        ], canNote: true, noteHref: "/patients/0000000000001/observations", noteTyped: "",
        papers: [LinkView("/patients/0000000000001/papers", "病历与复印")])
}

/// What the view is made of, read in one go.
struct CustomerFiles: Sendable {
    let profile: PatientProfile
    let forms: [IntakeForm]
    let notes: [Observation]
    let names: [ID<Staff>: String]
    let bookings: Int

    static func read(
        _ patient: ID<Patient>, today: Day, in tx: any ReadTransaction
    ) throws -> CustomerFiles {
        let notes = try ObservationStore.list(patient, since: nil, in: tx)
        return CustomerFiles(
            profile: try PatientProfiles.get(patient, in: tx), forms: try IntakeStore.list(of: patient, in: tx),
            notes: notes, names: try StaffStore.names(Set(notes.map(\.writtenBy)), in: tx),
            bookings: try SeriesPatients.list(among: [patient], from: today, in: tx)[patient] ?? 0)
    }
}

extension CustomerFilesView {
    init(_ files: CustomerFiles, of patient: Patient, request: StaffRequest, isRefused: Bool) {
        let (playbook, calendar, id) = (request.work.playbook, request.clinic.calendar, patient.id)
        let mayEdit = PatientProfiles.capabilities.contains(where: request.may)
        let profile = files.profile
        var signs: [ToneChip] = []
        if profile.phoneTaken.isDue { signs.append(ToneChip("电话登记未核对", tone: "waiting")) }
        signs += profile.needs.map { ToneChip(playbook.label($0, in: .assistanceNeed), tone: "warning") }
        if let language = profile.language {
            signs.append(ToneChip(playbook.label(language, in: .spokenLanguage), tone: "info"))
        }
        if profile.employeeID != nil { signs.append(ToneChip("本院员工，凭派工单收费", tone: "neutral")) }
        if files.bookings > 1 {
            signs.append(
                ToneChip("还有 \(files.bookings) 次预约，请称呼“\(patient.greeting(on: request.today))”", tone: "accent"))
        }
        let open = Set(files.forms.filter { $0.state.isOpen }.map(\.kind))
        let stay = files.forms.filter { $0.state != .discarded }
        self.init(
            signs: signs,
            readBackHref: profile.phoneTaken.isDue && mayEdit ? PatientPaths.action(id, "read-back") : nil,
            receiving: Self.receiving(profile, playbook, masked: !request.may(.seePhones)),
            profileHref: mayEdit ? PatientPaths.action(id, "profile") : nil,
            forms: stay.prefix(6).map { form in
                FormRow(
                    formHref: IntakePaths.one(form.id),
                    formText: "\(form.kind.label) \(calendar.wallClock(form.startedAt).day.iso)",
                    state: Self.state(form))
            },
            starts: IntakeKind.allCases.filter { !open.contains($0) }.map {
                FormStart(kind: $0.rawValue, words: "填\($0.label)")
            },
            canStart: mayEdit && open.count < IntakeKind.allCases.count, startHref: IntakePaths.start(id),
            notes: files.notes.prefix(5).map { note in
                NoteRow(
                    words: note.words,
                    written: "\(files.names[note.writtenBy] ?? "") \(calendar.dateTimeText(note.writtenAt))",
                    withdrawHref: note.writtenBy == request.actor.id || request.may(.editOtherPatients)
                        ? PatientPaths.action(id, "observations/\(note.id.text)/withdraw") : nil)
            },
            canNote: Observations.capabilities.contains(where: request.may),
            noteHref: PatientPaths.action(id, "observations"),
            noteTyped: isRefused ? request.form["words"] : "", papers: Self.papers(patient, request))
    }

    private static func state(_ form: IntakeForm) -> ToneChip {
        let tone =
            switch form.state {
            case .complete: "done"
            case .unsigned, .unchecked: "waiting"
            case .filling, .discarded: "neutral"
            }
        return ToneChip(form.state.label, tone: tone)
    }

    private static func receiving(_ p: PatientProfile, _ playbook: Playbook, masked: Bool) -> [LabelledView] {
        var facts: [LabelledView] = []
        if p.language != nil || p.relayName != nil {
            let language = p.language.map { playbook.label($0, in: .spokenLanguage) } ?? "普通话"
            let phone = p.relayPhone.map { " " + PatientPhone.text($0, masked: masked) } ?? ""
            facts.append(LabelledView("语言", p.relayName.map { "\(language)，\($0)可转述\(phone)" } ?? language))
        }
        if let contact = p.contact.text { facts.append(LabelledView("联系", contact)) }
        if let intention = p.intention {
            facts.append(LabelledView("意向", playbook.label(intention, in: .treatmentIntention)))
        }
        if let items = p.intendedItems { facts.append(LabelledView("想做", items)) }
        if let preference = p.preference { facts.append(LabelledView("偏好", preference)) }
        if let drink = p.drink, playbook.level(of: .drinkPreference) != .off {
            facts.append(LabelledView("饮品", playbook.label(drink, in: .drink)))
        }
        return facts
    }

    private static func papers(_ patient: Patient, _ request: StaffRequest) -> [LinkView] {
        let links = PatientLinks(request)
        var papers = [links.papers(patient.id)].compactMap(\.self)
        if ConsultationProfiles.isOpen(request.actor, request.work.playbook) {
            papers.append(LinkView(PatientPaths.action(patient.id, "consultation"), "咨询档案"))
        }
        if let merge = links.merge(patient.id) { papers.append(merge) }
        return papers
    }
}
