import Dispatch

/// Threads for scrypt: tens of milliseconds of pure work would stand in the way of every other request on one of
/// Swift's own few threads. At most two at a time, so that a storm of sign-ins leaves the desk a core.
package enum HashingQueue {
    private static let places = DispatchSemaphore(value: 2)
    private static let queue = DispatchQueue(label: "menya.hashing", attributes: .concurrent)

    package static func run<T: Sendable>(_ body: @escaping @Sendable () throws -> T) async throws -> T {
        try await withCheckedThrowingContinuation { continuation in
            queue.async {
                places.wait()
                defer { places.signal() }
                continuation.resume(with: Result { try body() })
            }
        }
    }

    /// `PasswordHash.make` off the request threads.
    package static func make(_ secret: String, salt: [UInt8], cost: PasswordHash.Cost) async throws -> String {
        try await run { try PasswordHash.make(secret, salt: salt, cost: cost) }
    }

    /// `PasswordHash.matches` off the request threads.
    package static func matches(_ secret: String, stored: String?) async throws -> Bool {
        try await run { try PasswordHash.matches(secret, stored: stored) }
    }
}
