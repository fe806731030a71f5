import Kernel

/// Something that was played or announced in the hall, and by whom (R4.30).
package struct BroadcastPlay: Hashable, Sendable {
    package enum Kind: String, Sendable {
        case music, words, announcement
        package var label: String {
            switch self {
            case .music: "背景音乐"
            case .words: "广播语"
            case .announcement: "临时广播"
            }
        }
    }
    package enum Outcome: String, Sendable { case played, left }

    package let id: ID<BroadcastPlay>
    /// nil: announced out of turn.
    package let slotCode: String?
    package let kind: Kind
    package let title: String
    package let words: String?
    package let outcome: Outcome
    /// Why it was left out.
    package let reason: String?
    /// The hall screens speak it.
    package let onScreen: Bool
    package let playedAt: Timestamp
    package let playedBy: ID<Staff>

    package init(
        id: ID<BroadcastPlay>, slotCode: String?, kind: Kind, title: String, words: String?, outcome: Outcome,
        reason: String?, onScreen: Bool, playedAt: Timestamp, playedBy: ID<Staff>
    ) {
        self.id = id
        self.slotCode = slotCode
        self.kind = kind
        self.title = title
        self.words = words
        self.outcome = outcome
        self.reason = reason
        self.onScreen = onScreen
        self.playedAt = playedAt
        self.playedBy = playedBy
    }
}

package enum BroadcastError: UserFacingError, Hashable {
    case unknown
    case notYet(at: String)
    case done(by: String?)
    case reasonNeeded

    package var kind: FailureKind {
        switch self {
        case .unknown: .notFound
        case .notYet, .done: .conflict
        case .reasonNeeded: .invalid
        }
    }
    package var userMessage: String {
        switch self {
        case .unknown: "节目表里没有这个节目，请刷新后再选"
        case .notYet(let at): "这个节目 \(at) 才播；现在要说的话请用临时广播"
        case .done(let name): "这个节目今天已经\(name.map { "由\($0)" } ?? "")记过了，请刷新"
        case .reasonNeeded: "没有播的节目请写一句原因"
        }
    }
    package var field: String? { self == .reasonNeeded ? "reason" : nil }
}
