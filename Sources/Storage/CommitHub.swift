import Kernel

/// Hands news of commits to everybody who asked for them.
package final class CommitHub: Sendable {
    private struct State: Sendable {
        var listeners: [Int: AsyncStream<ForeignCommit>.Continuation] = [:]
        var last = 0
        var isFinished = false
    }
    private let state = Guarded(State())

    package init() {}
    deinit { finish() }

    /// A slow listener keeps the newest 256 pieces of news.
    package func subscribe() -> AsyncStream<ForeignCommit> {
        let (stream, continuation) = AsyncStream<ForeignCommit>.makeStream(bufferingPolicy: .bufferingNewest(256))
        let number = state.withLock { state -> Int? in
            if state.isFinished { return nil }
            state.last += 1
            state.listeners[state.last] = continuation
            return state.last
        }
        guard let number else {
            continuation.finish()
            return stream
        }
        continuation.onTermination = { [weak self] _ in
            self?.state.withLock { state in state.listeners[number] = nil }
        }
        return stream
    }

    package func publish(_ commit: ForeignCommit) {
        for listener in state.withLock({ Array($0.listeners.values) }) { listener.yield(commit) }
    }

    package func finish() {
        let listeners = state.withLock { state in
            defer { (state.listeners, state.isFinished) = ([:], true) }
            return Array(state.listeners.values)
        }
        for listener in listeners { listener.finish() }
    }
}
