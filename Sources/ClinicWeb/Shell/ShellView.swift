/// What every page has around its work area. One object a request; a class, so that drawing does not copy it.
package final class ShellView: Viewable {
    /// Name of the page: `<title>` and the heading of the bar.
    package let title: String
    /// One line beside the heading: clinic, day, numbers.
    package let note: String
    package let clinicName: String
    /// Base address of static files, with the content hash: `/assets/0f3a…`.
    package let assets: String
    /// Address of htmx, when it was fetched; pages work without.
    package let htmx: String?
    package let csrf: String
    package let timeZone: String
    /// "10:24:05", when the page was drawn.
    package let drawnAt: String
    package let requestID: String
    /// The live event after which the page was drawn, and the clinic whose events matter.
    package let liveID: String
    package let liveScope: String
    package let rail: [RailEntryView]
    package let person: PersonView?
    package let flash: FlashView?
    package let banners: [BannerView]
    /// Larger targets, for tablets and phones.
    package let isTouch: Bool
    package let hasSearch: Bool
    /// Unread messages of the place where the person works; nil: none may be seen, or the page has no bar.
    package let messages: MessageBadge?
    /// Emergencies that wait for this person; nil for everybody who does not decide about them (R2.09).
    package let alerts: EmergencyAlertsView?
    /// Minutes without a key or click until the screen locks; nil while nobody is signed in.
    package let idleMinutes: Int?

    package static let fields: [Field<ShellView>] = [
        Field("title", { $0.title }), Field("note", { $0.note }), Field("clinicName", { $0.clinicName }),
        Field("assets", { $0.assets }), Field("htmx", { $0.htmx }), Field("csrf", { $0.csrf }),
        Field("timeZone", { $0.timeZone }),
        Field("drawnAt", { $0.drawnAt }), Field("requestID", { $0.requestID }), Field("liveID", { $0.liveID }),
        Field("liveScope", { $0.liveScope }), Field("rail", { $0.rail }),
        Field("person", { $0.person }), Field("flash", { $0.flash }), Field("banners", { $0.banners }),
        Field("isTouch", { $0.isTouch }), Field("hasSearch", { $0.hasSearch }),
        Field("idleMinutes", { $0.idleMinutes }), Field("messages", { $0.messages }),
        Field("alerts", { $0.alerts }),
    ]

    package init(
        title: String, note: String = "", clinicName: String, assets: String, htmx: String? = nil, csrf: String = "",
        timeZone: String = "Asia/Shanghai", drawnAt: String = "", requestID: String = "",
        liveID: String = "", liveScope: String = "", rail: [RailEntryView] = [],
        person: PersonView? = nil, flash: FlashView? = nil, banners: [BannerView] = [], isTouch: Bool = false,
        hasSearch: Bool = false, idleMinutes: Int? = nil, messages: MessageBadge? = nil,
        alerts: EmergencyAlertsView? = nil
    ) {
        self.title = title
        self.note = note
        self.clinicName = clinicName
        self.assets = assets
        self.htmx = htmx
        self.csrf = csrf
        self.timeZone = timeZone
        self.drawnAt = drawnAt
        self.requestID = requestID
        self.liveID = liveID
        self.liveScope = liveScope
        self.rail = rail
        self.person = person
        self.flash = flash
        self.banners = banners
        self.isTouch = isTouch
        self.hasSearch = hasSearch
        self.idleMinutes = idleMinutes
        self.messages = messages
        self.alerts = alerts
    }
}

/// One entry of the rail. Only what the person may open is there.
package struct RailEntryView: Viewable {
    package let label: String
    package let href: String
    /// Symbol without its `i-`.
    package let icon: String
    package let isCurrent: Bool
    /// "3" in a red bubble, or nil.
    package let count: String?
    package static let fields: [Field<Self>] = [
        Field("label", \.label), Field("href", \.href), Field("icon", \.icon), Field("isCurrent", \.isCurrent),
        Field("count", \.count),
    ]
}

/// Who is signed in.
package struct PersonView: Viewable {
    package let name: String
    /// The last character of the name, in the round mark.
    package let initial: String
    /// "导诊 · 早班"
    package let role: String
    /// Entries of the person's menu whose pages exist.
    package let hasSwitch: Bool
    package let hasAccount: Bool
    package let hasLock: Bool
    package static let fields: [Field<Self>] = [
        Field("name", \.name), Field("initial", \.initial), Field("role", \.role), Field("hasSwitch", \.hasSwitch),
        Field("hasAccount", \.hasAccount), Field("hasLock", \.hasLock),
    ]
    package init(name: String, role: String, hasSwitch: Bool = true, hasAccount: Bool = true, hasLock: Bool = true) {
        self.name = name
        self.role = role
        self.hasSwitch = hasSwitch
        self.hasAccount = hasAccount
        self.hasLock = hasLock
        initial = name.last.map(String.init) ?? ""
    }
}

/// What the last action did, shown once.
package struct FlashView: Viewable {
    package let text: String
    /// A tone of the design: `done`, `warning`, `danger`.
    package let tone: String
    package let icon: String
    /// A POST that takes the action back, or nil.
    package let undoHref: String?
    package static let fields: [Field<Self>] = [
        Field("text", \.text), Field("tone", \.tone), Field("icon", \.icon), Field("undoHref", \.undoHref),
    ]
    package init(text: String, tone: String = "done", undoHref: String? = nil) {
        self.text = text
        self.tone = tone
        self.undoHref = undoHref
        icon = tone == "done" ? "check" : "alert"
    }
}

/// A strip above the work area that stays: demo data, plain http, old backup.
package struct BannerView: Viewable, Hashable {
    package let tone: String
    package let icon: String
    package let strong: String
    package let text: String
    package static let fields: [Field<Self>] = [
        Field("tone", \.tone), Field("icon", \.icon), Field("strong", \.strong), Field("text", \.text),
    ]
    package init(tone: String, strong: String, text: String) {
        self.tone = tone
        icon = tone == "info" ? "info" : "alert"
        self.strong = strong
        self.text = text
    }
}
