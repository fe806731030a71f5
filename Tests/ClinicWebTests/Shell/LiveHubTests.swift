import Clinic
import ClinicWeb
import Storage
import TestSupport
import Testing

@Suite struct LiveHubTests {
    private let clinic = Lane(key: 7)
    private let hub = LiveHub(epoch: "e", capacity: 3)

    private func events(_ stream: AsyncStream<LiveEvent>) async -> [LiveEvent] {
        var all: [LiveEvent] = []
        for await event in stream { all.append(event) }
        return all
    }

    @Test func subscribersHearTheirLaneAndTheirTopics() async {
        let (_, stream) = hub.subscribe(clinic, topics: [.board, .tasks], since: nil)
        hub.publish(clinic, [.board, .chairs])
        hub.publish(clinic, [.chairs])
        hub.publish(Lane(key: 8), [.board])
        hub.publish(clinic, [])
        hub.publish(clinic, [.tasks])
        hub.close()

        #expect(
            await events(stream) == [
                .hello(id: "e-0"), .change(id: "e-1", topics: [.board]), .change(id: "e-4", topics: [.tasks]),
            ])
    }

    @Test func aReturningBrowserGetsWhatItMissedInOneEvent() async {
        hub.publish(clinic, [.board])
        let drawnAt = hub.position
        hub.publish(clinic, [.board])
        hub.publish(clinic, [.reception, .chairs])
        hub.publish(Lane(key: 8), [.tasks])

        let (_, stream) = hub.subscribe(clinic, topics: nil, since: drawnAt)
        hub.close()

        #expect(
            await events(stream) == [
                .hello(id: "e-4"), .change(id: "e-4", topics: [.board, .chairs, .reception]),
            ])
    }

    @Test func nothingMissedIsNothingSaid() async {
        hub.publish(clinic, [.board])
        let (_, stream) = hub.subscribe(clinic, topics: [.tasks], since: "e-0")
        hub.close()
        #expect(await events(stream) == [.hello(id: "e-1")])
    }

    @Test(arguments: ["e-0", "old-3", "e-99", "nonsense"])
    func aGapRefreshesEverything(since: String) async {
        for _ in 0..<4 { hub.publish(clinic, [.board]) }
        let (_, stream) = hub.subscribe(clinic, topics: [.board], since: since)
        hub.close()
        #expect(await events(stream) == [.hello(id: "e-4"), .refresh(id: "e-4")])
    }

    @Test func whatOthersWroteRefreshesAndIsAGapLater() async {
        hub.publish(clinic, [.board])
        let (_, stream) = hub.subscribe(clinic, topics: [.board], since: "e-1")
        hub.publishRefresh(clinic)
        let (_, late) = hub.subscribe(clinic, topics: [.board], since: "e-1")
        hub.close()

        #expect(await events(stream) == [.hello(id: "e-1"), .refresh(id: "e-2")])
        #expect(await events(late) == [.hello(id: "e-2"), .refresh(id: "e-2")])
    }

    @Test func aSlowScreenIsToldToRefreshInsteadOfMissingSomething() async {
        let (_, stream) = hub.subscribe(clinic, topics: nil, since: nil)
        for _ in 0..<20 { hub.publish(clinic, [.board]) }
        hub.close()
        let all = await events(stream)
        #expect(all.count == 16)
        #expect(all.last == .refresh(id: "e-20"))
    }

    @Test func whoLeavesIsForgottenAtOnce() async {
        let (key, stream) = hub.subscribe(clinic, topics: nil, since: nil)
        #expect(hub.subscriberCount == 1)
        hub.unsubscribe(key)
        #expect(hub.subscriberCount == 0)
        #expect(await events(stream) == [.hello(id: "e-0")])
    }

    @Test func afterClosingEveryStreamEnds() async {
        hub.close()
        let (_, stream) = hub.subscribe(clinic, topics: nil, since: nil)
        #expect(await events(stream) == [.hello(id: "e-0")])
        #expect(hub.subscriberCount == 0)
    }

    @Test func eventsReadAsEventSourceExpects() {
        #expect(
            LiveEvent.change(id: "e-4", topics: [.board, .tasks]).wireText
                == "event: change\nid: e-4\ndata: {\"topics\":[\"board\",\"tasks\"]}\n\n")
        #expect(LiveEvent.heartbeat.wireText == "event: beat\ndata: {}\n\n")
    }

    @Test("全机构的改动告诉每家门诊的页面，晚来的也补得上 R16.14") func whatAllClinicsShareReachesAll() async {
        let (_, here) = hub.subscribe(clinic, topics: [.board], since: nil)
        let (_, there) = hub.subscribe(Lane(key: 8), topics: [.board], since: nil)
        hub.publish(.organisation, [.board, .playbook])
        let (_, late) = hub.subscribe(Lane(key: 9), topics: nil, since: "e-0")
        hub.publishRefresh(.organisation)
        let (_, later) = hub.subscribe(Lane(key: 10), topics: [.tasks], since: "e-1")
        hub.close()

        let told: [LiveEvent] = [.hello(id: "e-0"), .change(id: "e-1", topics: [.board]), .refresh(id: "e-2")]
        #expect(await events(here) == told)
        #expect(await events(there) == told)
        #expect(
            await events(late) == [
                .hello(id: "e-1"), .change(id: "e-1", topics: [.board, .playbook]), .refresh(id: "e-2"),
            ])
        #expect(await events(later) == [.hello(id: "e-2"), .refresh(id: "e-2")])
    }

    @Test("别的进程写的，只刷新显示它的页面", .timeLimit(.minutes(1))) func relayTellsTopics() async throws {
        let db = try await Backend.postgres.makeDatabase(migrations: Schema.migrations)
        let other = try await db.openAgain()
        let (_, stream) = hub.subscribe(clinic, topics: [.board], since: nil)
        let relay = Task { [hub] in try await LiveRelay(db: db, hub: hub).run() }
        var told = stream.makeAsyncIterator()
        #expect(await told.next() == .hello(id: "e-0"))
        // Listening has begun.
        #expect(await told.next() == .refresh(id: "e-1"))
        func write(_ news: CommitNews, in lane: Lane) async throws {
            _ = try await other.write(in: lane, telling: news) { tx in
                try Counters.next("n", clinic: nil, in: tx)
            }
        }

        try await write(.nothing, in: clinic)
        try await write(.screens(of: clinic, topics: ["tasks"]), in: clinic)
        try await write(.screens(of: Lane(key: 8), topics: ["board"]), in: Lane(key: 8))
        try await write(.screens(of: .organisation, topics: ["board"]), in: .organisation)
        try await write(.anything, in: clinic)

        #expect(await told.next() == .change(id: "e-4", topics: [.board]))
        #expect(await told.next() == .refresh(id: "e-5"))
        await other.close()
        relay.cancel()
        await db.close()
        _ = await relay.result
    }
}
