import Dispatch
import Foundation
import Kernel
import Storage

/// Hears of the commits of other processes, on a connection and a thread of its own that start with the first listener.
final class PostgresListener: Sendable {
    static let channel = "menya_event"
    private static let pollMilliseconds: Int32 = 250

    private let target: PostgresTarget
    /// Marks this process in its own notifications, so that it skips them.
    private let token: String
    private let hub = CommitHub()
    private let isStopped = Guarded(false)
    private let isStarted = Guarded(false)
    private let running = DispatchGroup()

    init(target: PostgresTarget) {
        self.target = target
        token = String(UInt64.random(in: .min ... .max), radix: 16)
    }

    deinit { isStopped.withLock { $0 = true } }

    /// The statement a write sends just before COMMIT.
    func notice(of news: CommitNews, writtenIn lane: Lane) -> String {
        let text: String
        switch news {
        case .nothing: return ""
        case .anything: text = "\(token):\(lane.key)"
        case .screens(let lane, let topics):
            // The text becomes part of a statement: topics are names of the program, and letters they stay.
            text = "\(token):\(lane.key):\(topics.map { $0.filter(\.isLetter) }.joined(separator: ","))"
        }
        return "SELECT pg_notify('\(Self.channel)', '\(text)'); "
    }

    private static func commit(_ words: [Substring]) -> ForeignCommit {
        guard words.count >= 2, let key = Int64(words[1]) else { return .unknown }
        let topics = words.count > 2 ? words[2].split(separator: ",").map(String.init) : nil
        return ForeignCommit(lane: Lane(key: key), topics: topics)
    }

    /// The first element, `.unknown`, comes when listening has begun, and again after each interruption.
    func subscribe() -> AsyncStream<ForeignCommit> {
        let stream = hub.subscribe()
        let isFirst = isStarted.withLock { started in
            defer { started = true }
            return !started
        }
        if isFirst { start() }
        return stream
    }

    func stop() async {
        isStopped.withLock { $0 = true }
        hub.finish()
        await withCheckedContinuation { continuation in
            running.notify(queue: .global()) { continuation.resume() }
        }
    }

    private func start() {
        running.enter()
        let thread = Thread { [target, token, hub, isStopped, running] in
            defer { running.leave() }
            while !isStopped.withLock({ $0 }) {
                if !Self.listen(target, token, hub, isStopped) { Thread.sleep(forTimeInterval: 0.5) }
            }
        }
        thread.name = "menya.listener"
        thread.start()
    }

    /// - Returns: whether it listened at all, until the connection broke.
    private static func listen(
        _ target: PostgresTarget, _ token: String, _ hub: CommitHub, _ isStopped: Guarded<Bool>
    ) -> Bool {
        guard let connection = try? PostgresConnection(target), (try? connection.control("LISTEN \(channel)")) != nil
        else {
            return false
        }
        hub.publish(.unknown)
        while !isStopped.withLock({ $0 }), let payloads = connection.notifications(waiting: pollMilliseconds) {
            for payload in payloads {
                let words = payload.split(separator: ":")
                if words.first.map(String.init) == token { continue }
                hub.publish(commit(words))
            }
        }
        return true
    }
}
