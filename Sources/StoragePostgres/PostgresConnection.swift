import CLibpq
import Foundation
import Storage

/// One libpq connection with its prepared statements. Lives and dies on one thread.
final class PostgresConnection: StatementRunner {
    private let handle: OpaquePointer
    private var statements = LeastRecentlyUsed<Prepared>(capacity: 256)
    private var lastStatement = 0
    /// The first failure of the current transaction that the driver answers itself. Kept here, because the closure may
    /// swallow or rewrap the error it was thrown.
    private(set) var remedy: PostgresFailure.Remedy?
    /// Whether the current transaction changed anything.
    private(set) var hasWritten = false

    private struct Prepared {
        let name: String
        let types: [Oid]
    }

    /// - Throws: `StorageError.unavailable` when there is no connection to be had.
    init(_ target: PostgresTarget) throws {
        let parameters = target.parameters
        let opened = withCStrings(parameters.map(\.keyword)) { keywords in
            withCStrings(parameters.map(\.value)) { values in PQconnectdbParams(keywords, values, 1) }
        }
        guard let opened else { throw StorageError.unavailable(detail: "libpq: out of memory") }
        handle = opened
        guard PQstatus(opened) == CONNECTION_OK else {
            throw StorageError.unavailable(detail: String(cString: PQerrorMessage(opened)))
        }
        PQsetNoticeProcessor(opened, { _, _ in }, nil)
        try control(PostgresTarget.sessionSettings)
    }

    deinit { PQfinish(handle) }

    var dialect: Dialect { .postgres }
    var isConnected: Bool { PQstatus(handle) == CONNECTION_OK }
    var serverVersion: Int32 { PQserverVersion(handle) }
    var isTransactionOpen: Bool {
        guard remedy == nil, isConnected else { return false }
        let status = PQtransactionStatus(handle)
        return status == PQTRANS_INTRANS || status == PQTRANS_INERROR
    }

    func startTransaction() { (remedy, hasWritten) = (nil, false) }

    func execute(_ text: String, _ values: [SQLValue]) throws -> StatementResult {
        let statement = try prepared(text, values)
        let result = withParameters(values) { pointers in
            PQexecPrepared(handle, statement.name, Int32(values.count), pointers, nil, nil, 0)
        }
        defer { PQclear(result) }
        try check(result)
        if !String(cString: PQcmdStatus(result)).hasPrefix("SELECT") { hasWritten = true }
        return StatementResult(
            rows: try PostgresResult.rows(result), changes: Int(String(cString: PQcmdTuples(result))) ?? 0)
    }

    /// Statements without values, several separated by `;`.
    func control(_ text: String) throws {
        let result = PQexec(handle, text)
        defer { PQclear(result) }
        try check(result)
    }

    func forgetStatements() throws {
        statements.removeAll()
        try control("DEALLOCATE ALL")
    }

    private func check(_ result: OpaquePointer?) throws {
        let status = PQresultStatus(result)
        if status == PGRES_TUPLES_OK || status == PGRES_COMMAND_OK || status == PGRES_EMPTY_QUERY { return }
        let failure = PostgresFailure(result: result, connection: handle)
        if remedy == nil { remedy = failure.remedy }
        throw failure.error
    }

    // MARK: - Prepared statements

    /// `int8` and `text` are declared, so that PostgreSQL need not guess what `$1` is; the type of a NULL is left open
    /// until the same text comes with a value there.
    private func prepared(_ text: String, _ values: [SQLValue]) throws -> Prepared {
        let wanted = values.map(\.oid)
        let known = statements.find(text)
        if let known, zip(known.types, wanted).allSatisfy({ $1 == 0 || $0 == $1 }) { return known }
        let types = wanted.enumerated().map { $1 != 0 ? $1 : known?.types[$0] ?? 0 }
        lastStatement += 1
        let statement = Prepared(name: "m\(lastStatement)", types: types)
        let result = PQprepare(handle, statement.name, text, Int32(types.count), types)
        defer { PQclear(result) }
        try check(result)
        for old in statements.insert(statement, for: text) { try control("DEALLOCATE \(old.name)") }
        return statement
    }

    // MARK: - COMMIT

    enum CommitOutcome { case committed, refused(StorageError), unknown }

    /// Sends `before`, COMMIT and `after` in one call, and reads each answer: what counts is the one to COMMIT.
    func commit(before: String, after: String) -> CommitOutcome {
        guard PQsendQuery(handle, before + "COMMIT; " + after) == 1 else { return .unknown }
        var hasCommitted = false
        var failure: PostgresFailure?
        while let result = PQgetResult(handle) {
            defer { PQclear(result) }
            switch PQresultStatus(result) {
            case PGRES_COMMAND_OK: hasCommitted = hasCommitted || String(cString: PQcmdStatus(result)) == "COMMIT"
            case PGRES_TUPLES_OK: break
            default: failure = failure ?? PostgresFailure(result: result, connection: handle)
            }
        }
        if hasCommitted {
            if failure != nil { remedy = .reconnect }
            return .committed
        }
        guard isConnected, let failure, failure.remedy != .reconnect else {
            return isConnected && failure == nil
                ? .refused(.failed(detail: "COMMIT was answered by ROLLBACK")) : .unknown
        }
        if remedy == nil { remedy = failure.remedy }
        return .refused(failure.error)
    }

    // MARK: - LISTEN

    /// Waits for notifications of other sessions.
    /// - Returns: their payloads; nil when the connection is lost.
    func notifications(waiting milliseconds: Int32) -> [String]? {
        var descriptor = pollfd(fd: PQsocket(handle), events: Int16(POLLIN), revents: 0)
        let ready = poll(&descriptor, 1, milliseconds)
        if ready > 0, PQconsumeInput(handle) == 0 { return nil }
        guard isConnected else { return nil }
        var payloads: [String] = []
        while let notification = PQnotifies(handle) {
            payloads.append(String(cString: notification.pointee.extra))
            PQfreemem(notification)
        }
        return payloads
    }
}

extension SQLValue {
    fileprivate var oid: Oid {
        switch self {
        case .null: 0
        case .int: 20
        case .text: 25
        }
    }
}
