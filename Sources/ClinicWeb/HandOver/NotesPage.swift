import Clinic
import Kernel
import Storage

/// 给医生的纸条: the form and the day's notes with their answers — templates/handover/notes.mustache
struct NotesPage: Page {
    static let template = "handover/notes"
    let shell: ShellView
    let mayWrite: Bool
    /// "A021 谢春梅"
    let whom: String?
    let visit: String
    let doctors: [OptionView]
    let doctorError: String?
    let body: InputView
    let fault: String?
    let strip: NoteStripView
    static let fields: [Field<Self>] = [
        Field("mayWrite", \.mayWrite), Field("whom", \.whom), Field("visit", \.visit), Field("doctors", \.doctors),
        Field("doctorError", \.doctorError), Field("body", \.body), Field("fault", \.fault), Field("strip", \.strip),
    ]
}

/// Notes with their answers, live at the desk — templates/handover/_strip.mustache
struct NoteStripView: Fragment {
    static let template = "handover/_strip"
    let rows: [NoteRow]
    let hasRows: Bool
    static let fields: [Field<Self>] = [Field("rows", \.rows), Field("hasRows", \.hasRows)]
}

struct NoteRow: Viewable {
    let rowID: String
    let time: String
    /// "林书远"
    let doctor: String
    let whom: LinkView?
    let body: String
    let state: ToneChip
    /// "10:26 林书远"
    let who: String?
    /// The POST that carries the answer out, and what its button says.
    let action: String
    let actLabel: String
    let canAct: Bool
    let leadHref: String?
    let canWithdraw: Bool
    static let fields: [Field<Self>] = [
        Field("rowID", \.rowID), Field("time", \.time), Field("doctor", \.doctor), Field("whom", \.whom),
        Field("body", \.body), Field("state", \.state), Field("who", \.who), Field("action", \.action),
        Field("actLabel", \.actLabel), Field("canAct", \.canAct), Field("leadHref", \.leadHref),
        Field("canWithdraw", \.canWithdraw),
    ]
}

/// What the notes of a day are drawn from.
struct NoteFacts: Sendable {
    let notes: [DoctorNote]
    let visits: [ID<Visit>: Visit]
    /// "A021 谢春梅" by visit.
    let labels: [ID<Visit>: String]
    let names: [ID<Staff>: String]

    /// - Parameter isOpen: only those that wait for an answer, or whose answer is not carried out.
    static func load(isOpen: Bool, by work: Work, in tx: any ReadTransaction) throws -> NoteFacts {
        let all = try DoctorNoteStore.listDay(clinic: work.clinic.id, day: work.today, in: tx)
        let notes = isOpen ? all.filter { $0.state == .open || $0.state == .answered } : all
        var visits: [ID<Visit>: Visit] = [:]
        for id in Set(notes.compactMap(\.visitID)).sorted() {
            visits[id] = try VisitStore.get(id, clinic: work.clinic.id, in: tx)
        }
        var people = Set(notes.map(\.doctorID)).union(notes.map(\.sentBy))
        people.formUnion(notes.compactMap(\.answeredBy))
        return NoteFacts(
            notes: notes, visits: visits, labels: try VisitLabels.load(Array(visits.values), in: tx),
            names: try StaffStore.names(people, in: tx))
    }
}

extension NoteStripView {
    init(_ facts: NoteFacts, by work: Work) {
        rows = facts.notes.map { NoteRow($0, facts, by: work) }
        hasRows = !rows.isEmpty
    }
}

extension NoteRow {
    init(_ note: DoctorNote, _ facts: NoteFacts, by work: Work) {
        let calendar = work.clinic.calendar
        let visit = note.visitID.flatMap { facts.visits[$0] }
        let isWaiting = visit?.stage == .waiting
        let mayWrite = work.actor.may(.noteDoctors)
        rowID = "nr-\(note.id.text)"
        time = calendar.clockText(note.sentAt)
        doctor = facts.names[note.doctorID] ?? ""
        whom = visit.map { LinkView(ReceptionPaths.visit($0.id), facts.labels[$0.id] ?? "") }
        body = note.body
        state = Self.chip(note, work)
        who = note.answeredAt.map { "\(calendar.clockText($0)) \(note.answeredBy.flatMap { facts.names[$0] } ?? "")" }
        action = "/notes/\(note.id.text)"
        actLabel = Self.label(note.answer)
        canAct = mayWrite && note.state == .answered
        leadHref =
            note.answer == .comeIn && isWaiting && work.actor.may(.leadIn)
            ? visit.map { ReceptionPaths.action($0.id, "lead-in") } : nil
        canWithdraw = mayWrite && note.state == .open
    }

    private static func chip(_ note: DoctorNote, _ work: Work) -> ToneChip {
        switch note.state {
        case .withdrawn: return ToneChip("已撤回")
        case .acted: return ToneChip("\(note.answerText ?? "") · 已办", tone: "done")
        case .answered: return ToneChip(note.answerText ?? "", tone: "accent")
        case .open:
            let isLate = DoctorNoteRules.isLate(
                sentAt: note.sentAt, answeredAt: nil, now: work.now, limit: work.playbook[.noteRemindMinutes])
            let age = DurationText.text(minutes: work.now.minutes(since: note.sentAt))
            return ToneChip("等答复 \(age)", tone: isLate ? "danger" : "waiting")
        }
    }

    private static func label(_ answer: DoctorNote.Answer?) -> String {
        switch answer {
        case .wait: "已转告客人"
        case .book: "去约时间"
        case .otherDoctor: "改派医生"
        case .comeIn, nil: "已办"
        }
    }
}
