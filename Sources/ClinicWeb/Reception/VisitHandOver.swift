import Clinic
import Kernel

/// In and out, who handed to whom, and the notes to the doctor — templates/reception/_visit_handover.mustache
struct VisitHandOverView: Viewable {
    let rows: [VisitHandOverRow]
    let hasRows: Bool
    /// "林书远 09:24 已知悉"
    let known: String?
    let observation: String?
    let notes: [FactView]
    let noteHref: String?
    let messageHref: String?
    static let fields: [Field<Self>] = [
        Field("rows", \.rows), Field("hasRows", \.hasRows), Field("known", \.known),
        Field("observation", \.observation), Field("notes", \.notes), Field("noteHref", \.noteHref),
        Field("messageHref", \.messageHref),
    ]
}

struct VisitHandOverRow: Viewable {
    /// "10:02 – 10:40"
    let time: String
    let place: String
    /// "王若彤 交给 陈雪"
    let people: String
    let isLate: Bool
    let isCompanion: Bool
    let introduction: String?
    let reason: String?
    let rating: String?
    /// How the nurse received the customer can still be said (R4.19).
    let canRate: Bool
    let rateAction: String
    static let fields: [Field<Self>] = [
        Field("time", \.time), Field("place", \.place), Field("people", \.people), Field("isLate", \.isLate),
        Field("isCompanion", \.isCompanion), Field("introduction", \.introduction), Field("reason", \.reason),
        Field("rating", \.rating), Field("canRate", \.canRate), Field("rateAction", \.rateAction),
    ]
}

extension VisitHandOverView {
    init(_ facts: VisitHandOvers, of visit: Visit, by work: Work) {
        let calendar = work.clinic.calendar
        func name(_ id: ID<Staff>?) -> String { id.flatMap { facts.names[$0] } ?? "" }
        rows = facts.entries.map { VisitHandOverRow($0, names: facts.names, by: work) }
        hasRows = !rows.isEmpty
        known =
            facts.marks.isEmpty
            ? nil
            : facts.marks.map { "\(name($0.by)) \(calendar.clockText($0.at))" }.joined(separator: "、") + " 已知悉到诊"
        observation = facts.observation
        notes = facts.notes.map { note in
            let answer = note.answerText.map { answer in
                "\(note.answeredAt.map(calendar.clockText) ?? "") \(name(note.answeredBy))：\(answer)"
            }
            let state = note.state == .withdrawn ? "已撤回" : answer ?? "还没有答复"
            return FactView("\(calendar.clockText(note.sentAt)) → \(name(note.doctorID))", "\(note.body)（\(state)）")
        }
        let isHere = visit.leftAt == nil && visit.businessDay == work.today
        noteHref = isHere && work.actor.may(.noteDoctors) ? HandOverPaths.newNote(visit: visit.id) : nil
        messageHref = isHere ? MessagePaths.new(to: "", visit: visit.id) : nil
    }

    static func sample(isFull: Bool) -> VisitHandOverView {
        guard isFull else {
            return VisitHandOverView(
                rows: [], hasRows: false, known: nil, observation: nil, notes: [], noteHref: nil, messageHref: nil)
        }
        let row = VisitHandOverRow(
            time: "10:02 – 10:40", place: "3 诊室 · 3 号椅", people: "王若彤 交给 欧阳上官婉清", isLate: true, isCompanion: false,
            introduction: "何医生您好，这位是庞博小朋友，初诊，这次来：窝沟封闭。", reason: "原安排 5 号椅：安排的牙椅在清洁消毒", rating: "护士接待规范", canRate: true,
            rateAction: "/hand-overs/1/rating")
        return VisitHandOverView(
            rows: [row], hasRows: true, known: "何静怡 10:03 已知悉到诊", observation: "怕生，妈妈在旁边就好",
            notes: [FactView("10:05 → 何静怡", "妈妈想问今天能不能一起做涂氟（10:06 何静怡：请进来）")], noteHref: "#",
            messageHref: "#")
    }
}

extension VisitHandOverRow {
    init(_ entry: FloorRegister.Entry, names: [ID<Staff>: String], by work: Work) {
        let calendar = work.clinic.calendar
        func name(_ id: ID<Staff>?) -> String { id.flatMap { names[$0] } ?? "" }
        time = "\(calendar.clockText(entry.enteredAt)) – \(entry.exitedAt.map(calendar.clockText) ?? "在内")"
        place = "\(entry.room) 诊室 · \(entry.chair)"
        people = [name(entry.enteredBy), name(entry.nurseID).nonBlank.map { "交给 \($0)" }].compactMap(\.self)
            .joined(separator: " ")
        isLate = entry.isLateExit
        isCompanion = entry.isCompanion
        introduction = entry.handOver?.introduction
        let code = entry.handOver?.chairReason.map { work.playbook.label($0, in: .chairChange) }
        let why = [code, entry.handOver?.chairNote].compactMap(\.self).joined(separator: "：")
        reason = entry.handOver?.assignedChairID == nil ? nil : "不是安排的牙椅：\(why.nonBlank ?? "没有写原因")"
        rating = entry.handOver?.rating.map { rating in
            "护士接待\(rating.label)" + (entry.handOver?.remark.map { "：\($0)" } ?? "")
        }
        canRate =
            work.playbook.level(of: .nurseReceptionRating) != .off && work.actor.may(.leadIn)
            && entry.handOver.map { $0.rating == nil } ?? false
        rateAction = entry.handOver.map { HandOverPaths.rating($0.id) } ?? ""
    }
}
