import Kernel
import ServiceLifecycle
import Storage

/// One thing a browser is told.
package enum LiveEvent: Hashable, Sendable {
    /// First on every connection; `id` is where the stream stands.
    case hello(id: String)
    case change(id: String, topics: [Topic])
    /// The browser missed something: everything on the screen must be fetched again.
    case refresh(id: String)
    case heartbeat
}

/// Tells open screens what changed. Holds the last changes of each lane, so that a browser that was away for a moment
/// gets what it missed and no more.
package final class LiveHub: Service, Sendable {
    private struct Change {
        let seq: Int64
        let topics: Set<Topic>
    }
    private struct Subscriber {
        let lane: Lane
        /// nil: everything of the lane.
        let topics: Set<Topic>?
        let continuation: AsyncStream<LiveEvent>.Continuation
    }
    private struct State {
        var seq: Int64 = 0
        var nextSubscriber = 0
        var rings: [Lane: [Change]] = [:]
        /// Changes up to this number are no longer in the ring of the lane.
        var forgotten: [Lane: Int64] = [:]
        var subscribers: [Int: Subscriber] = [:]
        var isClosed = false
    }

    /// Part of every event id: numbers of an earlier process mean nothing to this one.
    private let epoch: String
    private let capacity: Int
    private let state = Guarded(State())

    /// - Parameters:
    ///   - epoch: differs between starts of the program; the start time will do.
    ///   - capacity: changes kept per lane.
    package init(epoch: String, capacity: Int = 256) {
        self.epoch = epoch
        self.capacity = capacity
    }

    /// Where the stream stands now; a page drawn now carries it.
    package var position: String { state.withLock { id($0.seq) } }
    package var subscriberCount: Int { state.withLock { $0.subscribers.count } }

    /// Call after the commit. An empty set tells nobody; the organisation's lane tells the screens of every clinic.
    package func publish(_ lane: Lane, _ topics: Set<Topic>) {
        guard !topics.isEmpty else { return }
        state.withLock { state in
            state.seq += 1
            var ring = state.rings[lane] ?? []
            ring.append(Change(seq: state.seq, topics: topics))
            if ring.count > capacity {
                state.forgotten[lane] = ring[0].seq
                ring.removeFirst()
            }
            state.rings[lane] = ring
            for subscriber in state.subscribers.values where lane == .organisation || subscriber.lane == lane {
                let wanted = subscriber.topics.map { $0.intersection(topics) } ?? topics
                if !wanted.isEmpty {
                    tell(subscriber, .change(id: id(state.seq), topics: wanted.sorted()), state.seq)
                }
            }
        }
    }

    /// Something changed, nobody knows what: every screen fetches everything (another process wrote, or a connection to
    /// the database was lost for a moment).
    /// - Parameter lane: nil or the organisation's: screens of every clinic.
    package func publishRefresh(_ lane: Lane?) {
        let lane = lane ?? .organisation
        state.withLock { state in
            state.seq += 1
            if lane == .organisation { state.rings = [:] }
            state.rings[lane] = []
            state.forgotten[lane] = state.seq
            for subscriber in state.subscribers.values where lane == .organisation || subscriber.lane == lane {
                tell(subscriber, .refresh(id: id(state.seq)), state.seq)
            }
        }
    }

    /// - Parameter since: the last event the browser has seen, or nil when it has seen none.
    package func subscribe(
        _ lane: Lane, topics: Set<Topic>?, since: String?
    ) -> (key: Int, events: AsyncStream<LiveEvent>) {
        let (stream, continuation) = AsyncStream.makeStream(of: LiveEvent.self, bufferingPolicy: .bufferingNewest(16))
        let key = state.withLock { state in
            state.nextSubscriber += 1
            for event in missed(lane, topics, since, state) { continuation.yield(event) }
            if state.isClosed {
                continuation.finish()
            } else {
                let subscriber = Subscriber(lane: lane, topics: topics, continuation: continuation)
                state.subscribers[state.nextSubscriber] = subscriber
            }
            return state.nextSubscriber
        }
        return (key, stream)
    }

    package func unsubscribe(_ key: Int) {
        state.withLock { $0.subscribers.removeValue(forKey: key) }?.continuation.finish()
    }

    /// Ends every stream; later subscribers get an ended one.
    package func close() {
        let all = state.withLock { state in
            state.isClosed = true
            defer { state.subscribers = [:] }
            return Array(state.subscribers.values)
        }
        for subscriber in all { subscriber.continuation.finish() }
    }

    /// Heartbeats every 15 s, so that proxies keep quiet connections; ends all streams at shutdown.
    package func run() async throws {
        await withGracefulShutdownHandler {
            while !Task.isCancelled, !state.withLock(\.isClosed) {
                try? await cancelWhenGracefulShutdown { try await Task.sleep(for: .seconds(15)) }
                beat()
            }
        } onGracefulShutdown: {
            self.close()
        }
    }

    private func beat() {
        state.withLock { state in
            for subscriber in state.subscribers.values { tell(subscriber, .heartbeat, state.seq) }
        }
    }

    /// A screen too slow to keep up loses the oldest event; a refresh at the end makes it whole again.
    private func tell(_ subscriber: Subscriber, _ event: LiveEvent, _ seq: Int64) {
        if case .dropped = subscriber.continuation.yield(event) {
            subscriber.continuation.yield(.refresh(id: id(seq)))
        }
    }

    private func id(_ seq: Int64) -> String { "\(epoch)-\(seq)" }

    private func missed(_ lane: Lane, _ topics: Set<Topic>?, _ since: String?, _ state: State) -> [LiveEvent] {
        let now = id(state.seq)
        guard let since else { return [.hello(id: now)] }
        let parts = since.split(separator: "-", maxSplits: 1)
        guard parts.count == 2, parts[0] == epoch, let seen = Int64(parts[1]), seen <= state.seq,
            seen >= state.forgotten[lane] ?? 0, seen >= state.forgotten[.organisation] ?? 0
        else { return [.hello(id: now), .refresh(id: now)] }
        let recorded = (state.rings[lane] ?? []) + (state.rings[.organisation] ?? [])
        let changed = recorded.filter { $0.seq > seen }.reduce(into: Set<Topic>()) { $0.formUnion($1.topics) }
        let wanted = topics.map { $0.intersection(changed) } ?? changed
        return [.hello(id: now)] + (wanted.isEmpty ? [] : [.change(id: now, topics: wanted.sorted())])
    }
}

/// Passes on what other processes wrote to the same database.
package struct LiveRelay: Service {
    let db: any Database
    let hub: LiveHub
    package init(db: any Database, hub: LiveHub) {
        self.db = db
        self.hub = hub
    }
    package func run() async throws {
        for await commit in db.foreignCommits().cancelOnGracefulShutdown() {
            if let lane = commit.lane, let topics = commit.topics {
                hub.publish(lane, Set(topics.map(Topic.init)))
            } else {
                hub.publishRefresh(commit.lane)
            }
        }
    }
}
