import Dispatch
import Kernel
import Storage

/// Writes of one lane wait here for their turn, so that waiting holds no connection.
final class LaneQueues: Sendable {
    private struct Waiter: Sendable {
        let number: UInt64
        let resume: @Sendable (StorageError?) -> Void
    }
    private struct State: Sendable {
        /// A lane that is in use has an entry, empty when nobody waits.
        var waiting: [Lane: [Waiter]] = [:]
        var lastNumber: UInt64 = 0
    }
    private let state = Guarded(State())

    /// Runs `body` when the lane is free.
    /// - Throws: `StorageError.unavailable` when it did not get free within `limit` seconds.
    func run<T: Sendable>(_ lane: Lane, waitingAtMost limit: Double, _ body: () async throws -> T) async throws -> T {
        try await enter(lane, limit)
        defer { leave(lane) }
        return try await body()
    }

    private func enter(_ lane: Lane, _ limit: Double) async throws {
        try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
            let resume: @Sendable (StorageError?) -> Void = { error in
                if let error { continuation.resume(throwing: error) } else { continuation.resume() }
            }
            let number = state.withLock { state -> UInt64? in
                guard state.waiting[lane] != nil else {
                    state.waiting[lane] = []
                    return nil
                }
                state.lastNumber += 1
                state.waiting[lane]?.append(Waiter(number: state.lastNumber, resume: resume))
                return state.lastNumber
            }
            guard let number else { return resume(nil) }
            DispatchQueue.global().asyncAfter(deadline: .now() + limit) { self.expire(number, in: lane, limit) }
        }
    }

    private func leave(_ lane: Lane) {
        let next = state.withLock { state -> Waiter? in
            guard let waiting = state.waiting[lane], let first = waiting.first else {
                state.waiting[lane] = nil
                return nil
            }
            state.waiting[lane] = Array(waiting.dropFirst())
            return first
        }
        next?.resume(nil)
    }

    private func expire(_ number: UInt64, in lane: Lane, _ limit: Double) {
        let waiter = state.withLock { state -> Waiter? in
            guard let index = state.waiting[lane]?.firstIndex(where: { $0.number == number }) else { return nil }
            return state.waiting[lane]?.remove(at: index)
        }
        waiter?.resume(.unavailable(detail: "lane \(lane.key) did not get free within \(limit) s"))
    }
}
