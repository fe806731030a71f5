import Storage

/// Indexes of the search in the log (R16.11): newest first within a stretch of days.
enum SearchIndexes {
    static let log: [SQL] = [
        "CREATE INDEX event_of_instant ON event (at, lane, seq)",
        "CREATE INDEX access_event_of_instant ON access_event (at, lane, seq)",
    ]
}
