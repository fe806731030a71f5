import Kernel
import Storage

/// One promise of the design, proved on live data.
package struct Check: Sendable {
    /// `ledger.receipts`: feature and promise.
    package let id: String
    /// The promise, in Chinese: it stands in the summary.
    package let title: String
    /// Looks until the first breach.
    let prove: @Sendable (_ scope: VerificationScope, _ tx: any ReadTransaction) throws -> Finding

    package init(
        _ id: String, _ title: String,
        prove: @escaping @Sendable (_ scope: VerificationScope, _ tx: any ReadTransaction) throws -> Finding
    ) {
        self.id = id
        self.title = title
        self.prove = prove
    }

    /// A promise that one query can break.
    ///
    /// - Parameters:
    ///   - counting: `SELECT COUNT(*)` of what is looked at.
    ///   - table: the table `faulty` reports on.
    ///   - faulty: rows that break the promise, with a column `row_id`, first one first.
    ///   - problem: what is wrong with such a row, in Chinese.
    package init(
        _ id: String, _ title: String, counting: SQL, table: String,
        faulty: @escaping @Sendable (VerificationScope) -> SQL,
        problem: @escaping @Sendable (Row) throws -> String
    ) {
        self.init(id, title) { scope, tx in
            let count = Int(try tx.int64(counting) ?? 0)
            guard let row = try tx.first(faulty(scope)) else { return Finding(looked: count) }
            return Finding(
                looked: count,
                breach: Breach(table: table, row: String(try row.int64("row_id")), problem: try problem(row)))
        }
    }
}

/// What a check is told.
package struct VerificationScope: Sendable {
    package let now: Timestamp
    /// Checks the chains from their first link; otherwise from the last anchor on.
    package let isComplete: Bool
    /// nil: no key at hand, the protected values are not opened.
    package let cipher: FieldCipher?
    /// The shipped standard; nil: it is not looked whether everything that is due has a task.
    package let playbook: Playbook?

    package init(now: Timestamp, isComplete: Bool, cipher: FieldCipher?, playbook: Playbook? = nil) {
        self.now = now
        self.isComplete = isComplete
        self.cipher = cipher
        self.playbook = playbook
    }
}

package struct Finding: Hashable, Sendable {
    /// Number of rows, links or values looked at.
    package let looked: Int
    package let breach: Breach?
    package init(looked: Int, breach: Breach? = nil) {
        self.looked = looked
        self.breach = breach
    }
}

/// A broken promise, and the row that breaks it.
package struct Breach: Hashable, Sendable {
    package let table: String
    package let row: String
    /// In Chinese, without names or numbers of persons.
    package let problem: String
    package init(table: String, row: String, problem: String) {
        self.table = table
        self.row = row
        self.problem = problem
    }
}
