import Foundation
import Storage

/// What one thread of a pool owns: a connection, opened at its first job and again after it was lost.
final class PostgresWorker {
    /// How long a job outlives the loss of its server, in seconds: a restart or a fail-over.
    static let patience = 5.0
    private static let largestRetryCount = 20

    private let target: PostgresTarget
    private var connection: PostgresConnection?

    init(target: PostgresTarget) { self.target = target }

    func close() { connection = nil }

    private enum Attempt<T> {
        case done(T)
        case runAgain(StorageError)
        case connectionLost(StorageError)
    }

    /// One consistent view for the whole of `body`.
    func read<T>(patience: Double = patience, _ body: (any ReadTransaction) throws -> T) throws -> T {
        try persist(patience) { connection in
            do {
                try connection.control("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
                let transaction = DriverTransaction(connection)
                let value = try body(transaction)
                try transaction.requireUsable()
                // What was read stays true when the connection breaks now.
                if (try? connection.control("COMMIT")) == nil { self.connection = nil }
                return .done(value)
            } catch {
                return try abandon(connection, "ROLLBACK", error)
            }
        }
    }

    /// The lane's lock is taken before BEGIN: the first statement inside would fix the snapshot before the lock is held.
    func write<T>(in lane: Lane, notice: String, _ body: (any WriteTransaction) throws -> T) throws -> T {
        let unlock = "SELECT pg_advisory_unlock(\(lane.key))"
        return try persist(Self.patience) { connection in
            do {
                try connection.control("SELECT pg_advisory_lock(\(lane.key))")
                try connection.control("BEGIN ISOLATION LEVEL REPEATABLE READ")
                let transaction = DriverTransaction(connection)
                let value = try body(transaction)
                try transaction.requireUsable()
                switch connection.commit(before: connection.hasWritten ? notice : "", after: unlock) {
                case .committed:
                    if connection.remedy != nil { self.connection = nil }
                    return .done(value)
                case .refused(let error): throw error
                case .unknown:
                    self.connection = nil
                    if connection.hasWritten { throw StorageError.outcomeUnknown }
                    return .connectionLost(.unavailable(detail: "the connection broke"))
                }
            } catch StorageError.outcomeUnknown {
                throw StorageError.outcomeUnknown
            } catch {
                return try abandon(connection, "ROLLBACK; \(unlock)", error)
            }
        }
    }

    /// Rolls back and decides who answers the failure: the driver, or the caller (then it throws `error`).
    private func abandon<T>(
        _ connection: PostgresConnection, _ rollback: String, _ error: any Error
    ) throws -> Attempt<T> {
        let remedy = connection.remedy
        let failure = error as? StorageError ?? .unavailable(detail: "the connection broke")
        if remedy == .reconnect || !connection.isConnected {
            self.connection = nil
            return .connectionLost(failure)
        }
        do {
            try connection.control(rollback)
            if remedy == .prepareAnew { try connection.forgetStatements() }
        } catch {
            // In doubt whether the lane's lock is free: closing the connection frees it.
            self.connection = nil
        }
        guard remedy != nil else { throw error }
        return .runAgain(failure)
    }

    private func persist<T>(_ patience: Double, _ attempt: (PostgresConnection) throws -> Attempt<T>) throws -> T {
        var conflicts = 0
        var losses = 0
        let clock = ContinuousClock()
        var deadline: ContinuousClock.Instant?
        while true {
            switch try tryOnce(attempt) {
            case .done(let value): return value
            case .runAgain(let error):
                conflicts += 1
                if conflicts >= Self.largestRetryCount { throw error }
                Thread.sleep(forTimeInterval: 0.002 * Double(min(conflicts, 10)))
            case .connectionLost(let error):
                losses += 1
                let end = deadline ?? clock.now.advanced(by: .seconds(patience))
                deadline = end
                if clock.now >= end { throw StorageError.unavailable(detail: "\(error)") }
                // An idle connection is often found dead at its next use: the first new one is tried at once.
                if losses > 1 { Thread.sleep(forTimeInterval: 0.2) }
            }
        }
    }

    private func tryOnce<T>(_ attempt: (PostgresConnection) throws -> Attempt<T>) throws -> Attempt<T> {
        let connection: PostgresConnection
        do { connection = try self.connection ?? PostgresConnection(target) } catch let error as StorageError {
            return .connectionLost(error)
        }
        self.connection = connection
        connection.startTransaction()
        return try attempt(connection)
    }
}
