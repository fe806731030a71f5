import Crypto
import Foundation
import HTTPTypes
import Hummingbird
import Kernel
import Logging
import NIOCore

/// The context Hummingbird makes for a request: adds the client's address.
package struct WebContext: RequestContext {
    package var coreContext: CoreRequestContextStorage
    /// The other end of the connection; a proxy where there is one.
    let peer: String
    /// A connection without a network address: a socket file, or a test.
    static let localPeer = "local"
    package init(source: ApplicationRequestContextSource) {
        coreContext = CoreRequestContextStorage(source: source)
        peer = source.channel.remoteAddress?.ipAddress ?? Self.localPeer
    }

    /// Whether what stands in `X-Forwarded-…` is true.
    func isForwarded(_ options: WebOptions) -> Bool { options.proxies.contains(peer) }

    /// Whether the visitor's browser speaks TLS, to us or to the proxy.
    func isSecure(_ request: Request, _ options: WebOptions) -> Bool {
        options.isTLS || isForwarded(options) && request.headers[.forwardedProto] == "https"
    }
}

/// Turns the route table into something that answers. All checks that come before a handler are here, in one order:
/// rate limit, session, lock, access, body, origin and CSRF.
package struct WebServer: Sendable {
    /// Which port this is.
    package enum Side: Sendable {
        /// Everything.
        case staff
        /// What may face the internet: public pages and their style, nothing else exists (design §6).
        case visitors
    }
    /// Largest body of a form, and of a visitor's form.
    static let bodyLimit = 1_048_576
    static let visitorBodyLimit = 65_536
    let app: AppServices
    let side: Side

    package init(_ app: AppServices, side: Side = .staff) {
        var app = app
        if side == .visitors {
            app.banners = { [] }
            app.limiter = RateLimiter()
        }
        self.app = app
        self.side = side
    }

    package func router() -> Router<WebContext> {
        let router = Router(context: WebContext.self)
        router.add(middleware: RequestFrame(app: app, side: side))
        for route in app.routes.routes where side == .staff || route.access == .publicPage {
            router.on(RouterPath(route.path), method: route.method) { request, context in
                let web = try await self.web(request, context, route)
                do {
                    return try await self.answer(route, web)
                } catch {
                    return try ErrorPages.respond(to: error, web)
                }
            }
        }
        router.get("/assets/:version/**") { _, context in
            let version = context.parameters.get("version") ?? ""
            let path = context.parameters.getCatchAll().joined(separator: "/")
            // A visitor's page is style and marks; scripts of the desk are nobody else's business.
            guard self.side == .staff || path.hasPrefix("css/") || path.hasPrefix("icons/") else {
                throw HTTPError(.notFound)
            }
            let isCurrent = self.app.assets.base == "/assets/" + version
            guard let response = self.app.assets.response(path, isCurrent: isCurrent) else {
                throw HTTPError(.notFound)
            }
            return response
        }
        if side == .staff {
            // An address that leads nowhere: who is signed in keeps the rail.
            let nowhere = Route(
                method: .get, path: "/**", access: .open, limit: nil,
                handler: .open { _ in throw ShellError.noSuchPage })
            router.get("**") { request, context in
                try ErrorPages.respond(to: ShellError.noSuchPage, try await self.web(request, context, nowhere))
            }
        }
        return router
    }

    // MARK: before the handler

    private func answer(_ route: Route, _ web: WebRequest) async throws -> Response {
        if let limit = route.limit {
            let wait = app.limiter.secondsToWait(
                "\(route.path) \(NetworkAddress.limitKey(web.clientAddress))", limit, now: web.now)
            if wait > 0 { throw ShellError.tooMany(seconds: wait) }
        }
        switch route.handler {
        case .open(let handler):
            try checkOrigin(web)
            return try await handler(web)
        case .staff(let handler):
            guard let signedIn = web.signedIn else {
                return try turnAway(web, .signedOut, ShellPaths.signIn(next: web.next))
            }
            if signedIn.isLocked, route.access != .whileLocked {
                return try turnAway(web, .locked, ShellPaths.lock(next: web.next))
            }
            guard route.access.allows(signedIn.actor) else { throw ShellError.noAccess }
            try checkOrigin(web)
            if !web.isBackground { try await app.sessions.touch(signedIn, now: web.now) }
            return try await handler(StaffRequest(web: web, signedIn: signedIn))
        }
    }

    /// A page leads to sign-in and back; anything else must say why it was not done.
    private func turnAway(_ web: WebRequest, _ error: ShellError, _ path: String) throws -> Response {
        if web.method == .get, !web.wantsFragment, !web.wantsJSON { return web.redirect(path) }
        var response = try ErrorPages.respond(to: error, web)
        response.status = .unauthorized
        return response
    }

    /// A change must come from a page of ours: same origin, and the token of this session or visitor.
    private func checkOrigin(_ web: WebRequest) throws {
        guard web.method != .get, web.method != .head else { return }
        if let site = web.headers[.secFetchSite], site != "same-origin", site != "none" { throw ShellError.foreignForm }
        if let origin = web.headers[.origin], !isOurs(origin, web) { throw ShellError.foreignForm }
        let token = web.headers[.csrfToken] ?? web.form["csrf"]
        guard Signature.areEqual(token, web.csrf) else { throw ShellError.staleForm }
    }

    private func isOurs(_ origin: String, _ web: WebRequest) -> Bool {
        let forwarded = web.isForwarded ? web.headers[.forwardedHost] : nil
        guard let host = forwarded ?? web.raw.head.authority else { return false }
        return origin == (web.isSecure ? "https://" : "http://") + host
    }

    // MARK: decoding

    private func web(_ request: Request, _ context: WebContext, _ route: Route) async throws -> WebRequest {
        let cookies = request.cookies
        let now = app.clock()
        let isPublic = route.access == .publicPage
        var signedIn: SignedIn?
        if !isPublic, let token = cookies[ShellCookie.session]?.value, !token.isEmpty {
            signedIn = try await app.sessions.find(token: token, now: now)
        }
        var (form, body) = (Form(), ByteBuffer())
        if request.method != .get, request.method != .head {
            body = try await collect(request, upTo: isPublic ? Self.visitorBodyLimit : Self.bodyLimit)
            if request.headers[.contentType]?.hasPrefix("application/x-www-form-urlencoded") == true {
                form = Form(urlEncoded: body.readableBytesView)
            }
        }
        let visitor = cookies[ShellCookie.visitor]?.value
        let newVisitor = signedIn == nil && visitor == nil ? Self.randomToken() : nil
        let csrf = signedIn?.csrf ?? Signature.sign("visitor:" + (visitor ?? newVisitor ?? ""), app.secret)
        return WebRequest(
            app: app, method: request.method, path: request.uri.path,
            query: Form(urlEncoded: request.uri.query ?? ""), form: form, body: body, headers: request.headers,
            parameters: context.parameters, id: context.requestID, now: now,
            isSecure: context.isSecure(request, app.options),
            clientAddress: app.options.proxies.client(peer: context.peer, chain: request.headers[.forwardedFor]),
            isForwarded: context.isForwarded(app.options), signedIn: signedIn, isPublic: isPublic, csrf: csrf,
            newVisitor: newVisitor,
            flash: isPublic ? nil : cookies[ShellCookie.flash].flatMap { FlashCookie.decode($0.value, app.secret) },
            raw: request)
    }

    private func collect(_ request: Request, upTo limit: Int) async throws -> ByteBuffer {
        do {
            return try await request.body.collect(upTo: limit)
        } catch is NIOTooManyBytesError {
            throw ShellError.tooLarge
        }
    }

    private static func randomToken() -> String {
        Base64URL.text(SymmetricKey(size: .bits128).withUnsafeBytes { Data($0) })
    }
}

extension WebRequest {
    /// Where to go after sign-in: this page.
    var next: String { method == .get ? path + (raw.uri.query.map { "?" + $0 } ?? "") : ShellPaths.home }
}

extension WebContext {
    /// Short and unique in the log.
    var requestID: String { id }
}
