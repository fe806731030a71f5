import Storage

/// Threads for scrypt: tens of milliseconds of pure work would stand in the way of every other request on one of
/// Swift's own few threads. Two, so that a storm of sign-ins waits in line instead of taking the machine.
package enum HashingQueue {
    private static let threads = WorkerPool<Int>(name: "menya.hashing", threads: 2, open: { 0 }, close: { _ in })

    /// `PasswordHash.make` off the request threads.
    package static func make(_ secret: String, salt: [UInt8], cost: PasswordHash.Cost) async throws -> String {
        try await threads.run { _ in try PasswordHash.make(secret, salt: salt, cost: cost) }
    }

    /// `PasswordHash.matches` off the request threads.
    package static func matches(_ secret: String, stored: String?) async throws -> Bool {
        try await threads.run { _ in try PasswordHash.matches(secret, stored: stored) }
    }
}
