/// One fault of the playbook: where it is and what is wrong, for the person who edits the files.
package struct PlaybookProblem: Hashable, Sendable, CustomStringConvertible {
    /// File name without folder, or `override` for a row of the database.
    package let file: String
    /// 1-based; 0 when the fault belongs to the whole file.
    package let line: Int
    package let reason: String

    package var description: String { line > 0 ? "\(file):\(line): \(reason)" : "\(file): \(reason)" }
}

/// The playbook cannot be used. Holds every fault found, not only the first.
package struct PlaybookError: Error, Hashable, CustomStringConvertible {
    package let problems: [PlaybookProblem]
    package var description: String { problems.map(\.description).joined(separator: "\n") }
}
