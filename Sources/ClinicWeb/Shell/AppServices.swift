import Clinic
import Crypto
import Kernel
import Logging
import Storage

/// What every handler may use. Made once by `serve`; values and thread-safe references only.
package struct AppServices: Sendable {
    package let db: any Database
    /// Read once a request; below the web side time is a parameter.
    package let clock: @Sendable () -> Timestamp
    package let ids: IDSource
    package let templates: Templates
    package let assets: AssetStore
    package let hub: LiveHub
    package let sessions: any SessionSource
    /// The service standard that counts in a clinic.
    package let playbook: @Sendable (ID<ClinicSite>) -> Playbook
    package let routes: RouteTable
    /// Signs flash messages and the tokens of visitors. The same in all processes on one database.
    package let secret: SymmetricKey
    package var options: WebOptions
    package let logger: Logger
    /// The port of the visitors has one of its own: a flood there must not use up the desks' memory or turn.
    package var limiter = RateLimiter()
    package let views = ViewCache()
    /// Strips on every page: demo data, plain http, old backup.
    package var banners: @Sendable () -> [BannerView] = { [] }
    /// Numbers in red at the entries of the rail, such as the person's overdue tasks.
    package var railCounts: @Sendable (SignedIn) async throws -> [Area: Int] = { _ in [:] }

    /// Closes and opens protected columns; nil only in tests that need none.
    package var cipher: FieldCipher?
    /// Notes who looked at a record or saw a protected value.
    package let accesses = AccessLog()
    /// The one-time code that the set-up page asks for, printed on the console; nil once the clinic is set up.
    package var setupCode: String?

    package init(
        db: any Database, clock: @escaping @Sendable () -> Timestamp, ids: IDSource, templates: Templates,
        assets: AssetStore, hub: LiveHub, sessions: any SessionSource,
        playbook: @escaping @Sendable (ID<ClinicSite>) -> Playbook, routes: RouteTable, secret: SymmetricKey,
        options: WebOptions = WebOptions(), logger: Logger = Logger(label: "menya")
    ) {
        self.db = db
        self.clock = clock
        self.ids = ids
        self.templates = templates
        self.assets = assets
        self.hub = hub
        self.sessions = sessions
        self.playbook = playbook
        self.routes = routes
        self.secret = secret
        self.options = options
        self.logger = logger
    }
}

/// How the program is reached.
package struct WebOptions: Sendable {
    /// The server speaks TLS itself.
    package var isTLS = false
    /// Whose `X-Forwarded-…` headers are believed.
    package var proxies = TrustedProxies.none
    /// Plain http outside this machine was allowed on purpose; red banner.
    package var isPlainHTTPOnNetwork = false
    package var isDemo = false
    /// Minutes without input until the screen locks (R16.05).
    package var idleMinutes = 15
    /// Where customers reach the public pages: `https://yuyue.example.cn`, no slash at the end. nil: links are not offered.
    package var publicBaseURL: String?
    /// Telephone on pages for visitors that belong to no clinic; empty when there are several.
    package var sitePhone = ""
    /// The clinic or organisation as visitors read it before anybody signs in.
    package var siteName = "门牙"
    package init() {}
}
