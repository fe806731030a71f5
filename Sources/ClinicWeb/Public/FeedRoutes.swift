import Clinic
import HTTPTypes
import Hummingbird
import Kernel
import NIOCore
import Storage

/// A doctor's bookings for the own calendar program: initials and item only, by a secret address.
package enum FeedRoutes: Feature {
    package static var views: [any Fragment.Type] { [FeedPage.self] }

    package static func add(to table: inout RouteTable) {
        table.publicGet(PublicPaths.feedPattern, limit: .publicPage, use: feed)
        table.get(FeedPaths.own, .signedIn, use: show)
        table.post(FeedPaths.own, .signedIn, use: issue)
        table.post(FeedPaths.revoke, .signedIn, use: revoke)
    }

    static func feed(_ web: WebRequest) async throws -> Response {
        let (token, now) = (web.token, web.now)
        let feed = try await web.app.db.read { tx in try CalendarFeed.load(token, now: now, in: tx) }
        return Response(
            status: .ok, headers: [.contentType: "text/calendar; charset=utf-8"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: feed.text(now: now, host: "menya"))))
    }

    // MARK: The doctor's page

    static func show(_ request: StaffRequest) async throws -> Response { try await page(request, token: nil) }

    static func issue(_ request: StaffRequest) async throws -> Response {
        guard request.app.options.publicBaseURL != nil else { throw NotFound("链接") }
        let (token, work) = (PublicToken.random(), request.work)
        _ = try await request.write(changing: .tasks) { tx in
            try PublicLinks.issueCalendar(for: work.actor.id, token: token, by: work, in: tx)
        }
        return try await page(request, token: token)
    }

    static func revoke(_ request: StaffRequest) async throws -> Response {
        let work = request.work
        try await request.write(changing: .tasks) { tx in
            try PublicLinks.revokeCalendar(of: work.actor.id, by: work, in: tx)
        }
        return request.redirect(FeedPaths.own, flash: "日历地址已停用，用它的日历不再更新")
    }

    private static func page(_ request: StaffRequest, token: PublicToken?) async throws -> Response {
        let (id, now, clinic) = (request.actor.id, request.now, request.clinic.id)
        let (isDoctor, issuedAt) = try await request.read { tx in
            (
                try StaffStore.findDoctor(id, clinic: clinic, in: tx) != nil,
                try PublicLinks.calendarIssuedAt(id, now: now, in: tx)
            )
        }
        let base = request.app.options.publicBaseURL
        return try request.page(
            FeedPage(
                shell: try await request.shell(title: "日历订阅"), isDoctor: isDoctor, canIssue: base != nil,
                issued: issuedAt.map(request.clinic.calendar.dateTimeText),
                address: token.flatMap { token in base.map { $0 + PublicPaths.feed(token) } }))
    }
}

package enum FeedPaths {
    package static let own = "/account/calendar"
    static let revoke = "/account/calendar/revocation"
}

/// 日历订阅 — templates/public/feed.mustache
struct FeedPage: Page {
    static let template = "public/feed"
    let shell: ShellView
    let isDoctor: Bool
    /// The public side has an address.
    let canIssue: Bool
    /// "2026-03-12 09:20"
    let issued: String?
    /// Shown once.
    let address: String?
    let action: String
    let revokeAction: String
    let backHref: String
    static let fields: [Field<Self>] = [
        Field("isDoctor", \.isDoctor), Field("canIssue", \.canIssue), Field("issued", \.issued),
        Field("address", \.address), Field("action", \.action), Field("revokeAction", \.revokeAction),
        Field("backHref", \.backHref),
    ]

    init(shell: ShellView, isDoctor: Bool, canIssue: Bool, issued: String?, address: String?) {
        self.shell = shell
        self.isDoctor = isDoctor
        self.canIssue = canIssue
        self.issued = issued
        self.address = address
        action = FeedPaths.own
        revokeAction = FeedPaths.revoke
        backHref = ShellPaths.account
    }

    static var samples: [FeedPage] {
        let shell = ShellView.sample(title: "日历订阅")
        return [
            FeedPage(
                shell: shell, isDoctor: true, canIssue: true, issued: "2026-03-12 09:20",
                address: "https://yuyue.example.cn/calendar/4fZk1uT0pQ8mX2sVb7nYc3Wd.ics"),
            FeedPage(shell: shell, isDoctor: true, canIssue: true, issued: nil, address: nil),
            FeedPage(shell: shell, isDoctor: false, canIssue: false, issued: nil, address: nil),
        ]
    }
}
