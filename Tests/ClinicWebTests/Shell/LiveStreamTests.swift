import Clinic
import ClinicWeb
import Hummingbird
import HummingbirdTesting
import Kernel
import NIOCore
import Testing

@Suite struct LiveStreamTests {
    @Test func aStreamTellsChangesAndEndsWhenTheHubCloses() async throws {
        let hub = LiveHub(epoch: "e")
        let app = try await ShellFixture.app(hub: hub)
        try await Application(router: WebServer(app).router()).test(.router) { client in
            async let response = client.execute(
                uri: "/live?topics=board&since=e-0", method: .get, headers: [.cookie: "menya_session=guide"])
            while hub.subscriberCount == 0 { await Task.yield() }
            hub.publish(ShellFixture.site.lane, [.board, .tasks])
            hub.publish(ShellFixture.site.lane, [.chairs])
            hub.close()

            let done = try await response
            #expect(done.headers[.contentType] == "text/event-stream; charset=utf-8")
            #expect(
                String(buffer: done.body)
                    == "retry: 2000\nevent: hello\nid: e-0\ndata: {}\n\n"
                    + "event: change\nid: e-1\ndata: {\"topics\":[\"board\"]}\n\n")
        }
    }

    @Test func aStreamNeedsASession() async throws {
        let app = try await ShellFixture.app()
        try await Application(router: WebServer(app).router()).test(.router) { client in
            let response = try await client.execute(uri: "/live", method: .get)
            #expect(response.status == .unauthorized)
        }
    }
}
