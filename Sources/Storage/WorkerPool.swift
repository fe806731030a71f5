import Dispatch
import Foundation
import Kernel

/// Threads that each own one resource (a database connection) and run jobs on it. A handler that waits for a database
/// must not hold one of Swift's own few threads.
///
/// The thread used last gets the next job, so that a quiet program uses, and opens, few connections.
package final class WorkerPool<Resource>: Sendable {
    private let core: Core

    /// `open` runs on each thread when it starts and should be cheap; connect on first use.
    package init(
        name: String, threads: Int, open: @escaping @Sendable () -> Resource,
        close: @escaping @Sendable (Resource) -> Void
    ) {
        let core = Core(threads: threads)
        self.core = core
        for index in 0..<threads {
            core.running.enter()
            let thread = Thread {
                let resource = open()
                while let job = core.next(for: index) { job.run(resource) }
                close(resource)
                core.running.leave()
            }
            thread.name = "\(name)-\(index)"
            thread.stackSize = 4 << 20
            thread.start()
        }
    }

    deinit { core.close() }

    /// Runs `body` on a thread that is free.
    /// - Throws: what `body` throws; `StorageError.unavailable` when none got free within `limit` seconds or the pool is
    ///   closed.
    package func run<T: Sendable>(
        waitingAtMost limit: Double? = nil, _ body: @escaping @Sendable (Resource) throws -> T
    ) async throws -> T {
        try await withCheckedThrowingContinuation { continuation in
            core.submit(
                limit: limit, run: { resource in continuation.resume(with: Result { try body(resource) }) },
                refuse: { error in continuation.resume(throwing: error) })
        }
    }

    /// Refuses what waits, lets running jobs end, then ends the threads.
    package func close() async {
        core.close()
        await withCheckedContinuation { continuation in
            core.running.notify(queue: .global()) { continuation.resume() }
        }
    }

    private struct Job: Sendable {
        let number: UInt64
        let run: @Sendable (Resource) -> Void
        let refuse: @Sendable (StorageError) -> Void
    }

    private struct State: Sendable {
        var waiting: [Job] = []
        var idle: [Int] = []
        var handed: [Int: Job] = [:]
        var lastNumber: UInt64 = 0
        var isClosed = false
    }

    /// What the threads hold: not the pool itself, or it would never be released.
    private final class Core: Sendable {
        let running = DispatchGroup()
        private let state = Guarded(State())
        private let bells: [DispatchSemaphore]

        init(threads: Int) { bells = (0..<threads).map { _ in DispatchSemaphore(value: 0) } }

        private enum Submitted: Sendable { case handed(Int), queued(UInt64), closed }

        func submit(
            limit: Double?, run: @escaping @Sendable (Resource) -> Void,
            refuse: @escaping @Sendable (StorageError) -> Void
        ) {
            let submitted = state.withLock { state -> Submitted in
                if state.isClosed { return .closed }
                state.lastNumber += 1
                let job = Job(number: state.lastNumber, run: run, refuse: refuse)
                if let worker = state.idle.popLast() {
                    state.handed[worker] = job
                    return .handed(worker)
                }
                state.waiting.append(job)
                return .queued(job.number)
            }
            switch submitted {
            case .handed(let worker): bells[worker].signal()
            case .closed: refuse(.unavailable(detail: "the database is closed"))
            case .queued(let number):
                guard let limit else { return }
                DispatchQueue.global().asyncAfter(deadline: .now() + limit) { self.expire(number, after: limit) }
            }
        }

        private func expire(_ number: UInt64, after limit: Double) {
            let job = state.withLock { state -> Job? in
                guard let index = state.waiting.firstIndex(where: { $0.number == number }) else { return nil }
                return state.waiting.remove(at: index)
            }
            job?.refuse(.unavailable(detail: "no connection got free within \(limit) s"))
        }

        private enum Step: Sendable { case job(Job), wait, end }

        func next(for worker: Int) -> Job? {
            while true {
                let step = state.withLock { state -> Step in
                    if let job = state.handed.removeValue(forKey: worker) { return .job(job) }
                    if !state.waiting.isEmpty { return .job(state.waiting.removeFirst()) }
                    if state.isClosed { return .end }
                    state.idle.append(worker)
                    return .wait
                }
                switch step {
                case .job(let job): return job
                case .end: return nil
                case .wait: bells[worker].wait()
                }
            }
        }

        func close() {
            let (idle, waiting) = state.withLock { state -> ([Int], [Job]) in
                defer { (state.isClosed, state.idle, state.waiting) = (true, [], []) }
                return (state.idle, state.waiting)
            }
            for worker in idle { bells[worker].signal() }
            for job in waiting { job.refuse(.unavailable(detail: "the database is closed")) }
        }
    }
}
