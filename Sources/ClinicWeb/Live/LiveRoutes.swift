import Clinic
import Hummingbird
import Kernel
import NIOCore
import ServiceLifecycle
import Storage

/// `GET /live?topics=board,reception&since=…`: server-sent events of the person's clinic.
package enum LiveRoutes: Feature {
    package static var views: [any Fragment.Type] { [] }

    package static func add(to table: inout RouteTable) {
        table.get(ShellPaths.live, .signedIn, use: stream)
    }

    static func stream(_ request: StaffRequest) async throws -> Response {
        try request.allowQuery("topics", "since")
        let names = request.query["topics"].split(separator: ",").map { Topic(String($0)) }
        let since = request.headers[.lastEventID] ?? request.query["since"].nonBlank
        let watch = SessionWatch(app: request.app, token: request.web.sessionToken)
        return Response(
            status: .ok,
            headers: [
                .contentType: "text/event-stream; charset=utf-8", .cacheControl: "no-cache, no-transform",
            ],
            body: body(
                request.web.raw, hub: request.app.hub, lane: request.clinic.lane,
                topics: names.isEmpty ? nil : Set(names), since: since, hasEnded: { await watch.hasEnded() }))
    }

    /// Leaves the hub as soon as the browser closes the connection, and ends when the server is told to stop.
    ///
    /// - Parameter hasEnded: asked once a minute: whoever opened the stream may not listen any more.
    static func body(
        _ raw: Request, hub: LiveHub, lane: Lane, topics: Set<Topic>?, since: String?,
        hasEnded: @escaping @Sendable () async -> Bool
    ) -> ResponseBody {
        ResponseBody { writer in
            let (key, events) = hub.subscribe(lane, topics: topics, since: since)
            defer { hub.unsubscribe(key) }
            // safe because the loop below is the only user of the writer until the closure has ended
            nonisolated(unsafe) var out = writer
            try await raw.body.consumeWithInboundCloseHandler { _ in
                var beats = 0
                for await event in events.cancelOnGracefulShutdown() {
                    if event == .heartbeat {
                        beats += 1
                        if beats.isMultiple(of: 4), await hasEnded() { break }
                    }
                    try await out.write(ByteBuffer(string: event.wireText))
                }
            } onInboundClosed: {
                hub.unsubscribe(key)
            }
            try await writer.finish(nil)
        }
    }
}

/// Ends the stream of a session that was revoked or has expired.
private struct SessionWatch: Sendable {
    let app: AppServices
    let token: String
    func hasEnded() async -> Bool {
        do {
            return try await app.sessions.find(token: token, now: app.clock()) == nil
        } catch {
            return false
        }
    }
}

extension LiveEvent {
    /// As `EventSource` reads it.
    package var wireText: String {
        switch self {
        case .hello(let id): "retry: 2000\nevent: hello\nid: \(id)\ndata: {}\n\n"
        case .change(let id, let topics):
            "event: change\nid: \(id)\ndata: {\"topics\":[\(topics.map { "\"\($0.name)\"" }.joined(separator: ","))]}\n\n"
        case .refresh(let id): "event: refresh\nid: \(id)\ndata: {}\n\n"
        case .heartbeat: "event: beat\ndata: {}\n\n"
        }
    }
}
