/// What a write tells the screens of other processes on the same database.
package enum CommitNews: Hashable, Sendable {
    /// Anything of the lane may look different now; of the organisation's lane: anything anywhere.
    case anything
    /// Screens of this lane that show one of these topics; of the organisation's lane: screens of every clinic.
    case screens(of: Lane, topics: [String])
    /// No screen shows what was written: sessions, leases of jobs, the log of looks.
    case nothing
}

/// A commit of another process.
package struct ForeignCommit: Hashable, Sendable {
    /// nil: anything anywhere may have changed.
    package let lane: Lane?
    /// nil: anything of the lane may have changed.
    package let topics: [String]?

    package init(lane: Lane?, topics: [String]? = nil) {
        self.lane = lane
        self.topics = topics
    }

    /// After an interruption nobody knows what was missed.
    package static let unknown = ForeignCommit(lane: nil)
}
