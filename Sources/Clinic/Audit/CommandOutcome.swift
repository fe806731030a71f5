import Kernel
import Storage

extension Audit {
    /// The event that a command was recorded with.
    package struct Done: Hashable, Sendable {
        package let at: Timestamp
        package let actor: ID<Staff>
        package let subjectKind: String
        package let subjectID: Int64
    }

    /// - Returns: nil when no command of that id was ever committed.
    package static func find(commandID: String, in tx: any ReadTransaction) throws -> Done? {
        try tx.first(
            "SELECT at, actor_id, subject_kind, subject_id FROM event WHERE command_id = \(commandID)"
        ).map {
            Done(
                at: try $0.timestamp("at"), actor: try $0.id("actor_id"), subjectKind: try $0.text("subject_kind"),
                subjectID: try $0.int64("subject_id"))
        }
    }
}

/// The same form was sent before, and what it asked for was done then.
package struct AlreadyDone: UserFacingError, Hashable {
    package let done: Audit.Done
    package var kind: FailureKind { .conflict }
    package var userMessage: String { "这张表单刚才已经保存过，没有重复保存；请返回查看，需要再做一次请重新打开页面" }
    package var obstacle: Obstacle? { Obstacle(kind: done.subjectKind, id: done.subjectID, label: "已保存的记录") }
}

/// The connection broke while the database was saving, and the log could not be asked either. No error of a form: the
/// form must not be sent again, its page gives way to one that asks the log.
package struct OutcomeUnknown: Error, Hashable {
    package let commandID: String
    package init(commandID: String) { self.commandID = commandID }
}

extension Database {
    /// Writes what one command asks for. A write is tried again only while COMMIT was not sent; when COMMIT was never
    /// answered, the log tells whether the command was done (design §6): every write appends an event.
    ///
    /// - Parameters:
    ///   - command: unique for ever; the events of `body` carry it.
    ///   - isRepeatable: the command was made with a form, which may be sent twice.
    /// - Throws: `AlreadyDone`; `OutcomeUnknown` when the log cannot be asked; `StorageError.unavailable` when the
    ///   connection broke and nothing was saved; `StorageError.outcomeUnknown` for a second write of the command, of which
    ///   the log cannot tell; what `body` throws.
    package func write<T: Sendable>(
        command: String, isRepeatable: Bool = false, in lane: Lane, telling news: CommitNews = .anything,
        _ body: @escaping @Sendable (any WriteTransaction) throws -> T
    ) async throws -> T {
        let made = Guarded<(value: T, isFirst: Bool)?>(nil)
        do {
            return try await write(in: lane, telling: news) { tx in
                let before = try Audit.find(commandID: command, in: tx)
                if isRepeatable, let before { throw AlreadyDone(done: before) }
                let value = try body(tx)
                made.withLock { $0 = (value, before == nil) }
                return value
            }
        } catch StorageError.outcomeUnknown {
            // What an earlier write of the same request left in the log says nothing about this one.
            guard let last = made.withLock({ $0 }), last.isFirst else { throw StorageError.outcomeUnknown }
            guard try await isDone(command: command, in: lane) else {
                throw StorageError.unavailable(detail: "the connection broke at COMMIT and nothing was saved")
            }
            return last.value
        }
    }

    /// Whether a command was done. Asked as a write: the lane is free only when the server has ended whatever the broken
    /// connection left behind, so the answer is final.
    ///
    /// - Throws: `OutcomeUnknown`.
    package func isDone(command: String, in lane: Lane) async throws -> Bool {
        do {
            return try await write(in: lane, telling: .nothing) { tx in
                try Audit.find(commandID: command, in: tx) != nil
            }
        } catch is StorageError {
            throw OutcomeUnknown(commandID: command)
        }
    }
}
