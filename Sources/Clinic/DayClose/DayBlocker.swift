import Kernel
import Storage

/// Something that should be done before the day is closed (R2.29, R11.40).
package struct DayBlocker: Hashable, Sendable {
    package let kind: Kind
    /// The record to open.
    package let subject: Subject
    package let title: String
    package let detail: String
    /// Who has the ball: a person or a role, in words.
    package let owner: String
    /// Since when it is open; nil when only the day is known.
    package let since: Timestamp?
    /// In the clinic while it is open: nothing is late yet, so it is shown quietly and not counted.
    package let isUnderWay: Bool

    package init(
        _ kind: Kind, _ subject: Subject, title: String, detail: String, owner: String, since: Timestamp?,
        isUnderWay: Bool = false
    ) {
        self.kind = kind
        self.subject = subject
        self.title = title
        self.detail = detail
        self.owner = owner
        self.since = since
        self.isUnderWay = isUnderWay
    }

    package struct Subject: Hashable, Sendable {
        package enum Kind: String, Hashable, Sendable, CaseIterable {
            case visit, appointment, displaced, referral, sheet, registerEntry, checklistRun, disinfection, form, task
        }
        package let kind: Kind
        package let id: Int64
        package init(_ kind: Kind, _ id: Int64) {
            self.kind = kind
            self.id = id
        }
    }

    package enum Kind: String, Hashable, Sendable, CaseIterable {
        case openVisit, undecided, referral, displaced, sheet, register, checklist, disinfection, form, task

        package var label: String {
            switch self {
            case .openVisit: "到诊没有结果"
            case .undecided: "预约没有到，还没决定"
            case .referral: "转诊没有说清"
            case .displaced: "明天的预约没有医生"
            case .sheet: "收费单没有结清"
            case .register: "登记没有办完"
            case .checklist: "检查表没有做完"
            case .disinfection: "交接、收款后没有消毒"
            case .form: "初诊资料没有签字或核对"
            case .task: "逾期的待办"
            }
        }

        /// As one of those that are done: "其余都办好了：转诊、收费单"
        package var matter: String {
            switch self {
            case .openVisit: "到诊结果"
            case .undecided: "没有到的预约"
            case .referral: "转诊"
            case .displaced: "明天的预约"
            case .sheet: "收费单"
            case .register: "登记"
            case .checklist: "检查表"
            case .disinfection: "消毒"
            case .form: "初诊资料"
            case .task: "待办"
            }
        }
    }
}

/// Everything that can stand on the list. A feature adds a source here; none knows the list.
package struct DayBlockerSource: Sendable {
    package let kind: DayBlocker.Kind
    package let list: @Sendable (Work, any ReadTransaction) throws -> [DayBlocker]
}

/// What is left before the day is closed, with what was carried over. Only an uncounted till or an unbalanced ledger stops
/// the closing itself (design §9); everything here may be carried over with an owner and a reason and stays red.
package enum DayBlockers {
    package struct Entry: Hashable, Sendable {
        package let blocker: DayBlocker
        package let carried: DayCarry?
    }

    /// In the order of the sources; inside one as the source gives them.
    package static func list(by work: Work, in tx: any ReadTransaction) throws -> [Entry] {
        let carried = Dictionary(
            try DayCarryStore.list(clinic: work.clinic.id, day: work.today, in: tx).map { ($0.key, $0) },
            uniquingKeysWith: { first, _ in first })
        let earlier = Dictionary(
            try DayCarryStore.latest(clinic: work.clinic.id, before: work.today, in: tx).map { ($0.key, $0) },
            uniquingKeysWith: { first, _ in first })
        let names = try StaffStore.names(Set(earlier.values.map(\.ownerID)), in: tx)
        return try sources.flatMap { source in
            try source.list(work, tx).map { blocker in
                let before = earlier[DayCarry.key(blocker)]
                return Entry(
                    blocker: blocker.continued(before, owner: before.flatMap { names[$0.ownerID] }),
                    carried: carried[DayCarry.key(blocker)])
            }
        }
    }

    /// Left and not carried over, without the customers who are still being looked after; for the start page.
    package static func countOpen(by work: Work, in tx: any ReadTransaction) throws -> Int {
        try list(by: work, in: tx).count { $0.carried == nil && !$0.blocker.isUnderWay }
    }
}
