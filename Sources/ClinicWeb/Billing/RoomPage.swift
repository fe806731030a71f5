import Clinic
import Kernel

/// 诊室: who is in the chairs and how far the fees are — templates/billing/room.mustache
struct RoomPage: Page {
    static let template = "billing/room"
    let shell: ShellView
    let list: RoomListView
    static let fields: [Field<Self>] = [Field("list", \.list)]
}

/// The live part — templates/billing/_room.mustache
struct RoomListView: Fragment {
    static let template = "billing/_room"
    let groups: [RoomGroup]
    let isEmpty: Bool
    static let fields: [Field<Self>] = [Field("groups", \.groups), Field("isEmpty", \.isEmpty)]
}

extension RoomListView {
    init(_ list: RoomList, by work: Work) {
        let open = list.entries.filter { $0.sheet?.noticeAt == nil }
        let mine = open.filter { $0.visit.doctorID == work.actor.id }
        let others = open.filter { $0.visit.doctorID != work.actor.id }
        let done = list.entries.filter { $0.sheet?.noticeAt != nil }
        let next = (mine.first ?? others.first)?.visit.id
        groups = [
            ("我的客人", mine), (mine.isEmpty ? "在诊室" : "其他医生", others), ("已通知收费，还没有离开", done),
        ].compactMap { title, entries in
            entries.isEmpty
                ? nil
                : RoomGroup(
                    title: title, count: "\(entries.count) 位",
                    entries: entries.map { RoomEntryView($0, isNext: $0.visit.id == next, in: list, by: work) })
        }
        isEmpty = groups.isEmpty
    }
}

struct RoomGroup: Viewable {
    let title: String
    let count: String
    let entries: [RoomEntryView]
    static let fields: [Field<Self>] = [
        Field("title", \.title), Field("count", \.count), Field("entries", \.entries),
    ]
}

struct RoomEntryView: Viewable {
    let href: String
    let chair: String
    let name: String
    let facts: String
    let alerts: [BillChip]
    let complaint: String
    let doctor: String
    let stage: BillChip
    let total: String
    let since: String
    let balance: String?
    let action: String
    /// Whoever comes first has the primary action of the page.
    let isNext: Bool
    static let fields: [Field<Self>] = [
        Field("href", \.href), Field("chair", \.chair), Field("name", \.name), Field("facts", \.facts),
        Field("alerts", \.alerts), Field("complaint", \.complaint), Field("doctor", \.doctor), Field("stage", \.stage),
        Field("total", \.total), Field("since", \.since), Field("balance", \.balance), Field("action", \.action),
        Field("isNext", \.isNext),
    ]
}

extension RoomEntryView {
    init(_ entry: RoomList.Entry, isNext: Bool, in list: RoomList, by work: Work) {
        self.isNext = isNext
        let patient = list.patients[entry.visit.patientID]
        href = BillingPaths.charges(entry.visit.id)
        chair = entry.chair ?? "已离椅"
        name = patient?.name ?? "客人"
        facts = patient.map(BillWords.facts) ?? ""
        alerts = patient.map { BillWords.alerts($0, work.playbook) } ?? []
        complaint = entry.visit.complaint
        doctor = entry.visit.doctorID.flatMap { list.doctors[$0] } ?? "未定医生"
        stage = BillWords.stage(entry.sheet)
        total = entry.sheet?.total.yuanText ?? "—"
        since = entry.visit.seatedAt.map { "\(work.clinic.calendar.clockText($0)) 入座" } ?? ""
        balance = work.actor.may(.seeBalances) && entry.balance.fen > 0 ? "欠费 \(entry.balance.yuanText)" : nil
        action =
            switch entry.sheet?.stage {
            case nil: "录入收费"
            case .draft: "去说明"
            case .explained: "去确认"
            case .confirmed: work.actor.may(.issueChargeNotice) ? "去放行" : "查看"
            case .released: "查看"
            }
    }
}
