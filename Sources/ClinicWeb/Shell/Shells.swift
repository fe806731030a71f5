import Clinic
import Foundation
import Kernel

extension StaffRequest {
    /// What stands around a page: rail with what the person may open, person, flash, banners.
    /// - Parameters:
    ///   - title: name of the page.
    ///   - note: one line beside it; the clinic's name comes first.
    ///   - area: the entry of the rail that is current.
    package func shell(
        title: String, note: String = "", area: Area? = nil, isTouch: Bool = false
    ) async throws -> ShellView {
        shell(
            title: title, note: note, area: area, isTouch: isTouch, counts: try await web.app.railCounts(signedIn),
            messages: try await messageBadge(), alerts: try await emergencyAlerts())
    }

    /// The same with numbers that are known already.
    func shell(
        title: String, note: String = "", area: Area? = nil, isTouch: Bool = false, counts: [Area: Int],
        messages: MessageBadge? = nil, alerts: EmergencyAlertsView? = nil
    ) -> ShellView {
        let rail = Area.allCases.compactMap { entry -> RailEntryView? in
            guard let access = web.app.routes.access(toPage: entry.path), access.allows(actor) else { return nil }
            let count = counts[entry].flatMap { $0 > 0 ? String($0) : nil }
            return RailEntryView(
                label: entry.label, href: entry.path, icon: entry.icon, isCurrent: entry == area, count: count)
        }
        return ShellView(
            title: title, note: [clinic.name, note].filter { !$0.isEmpty }.joined(separator: " · "),
            clinicName: clinic.name, assets: web.app.assets.base, htmx: web.app.assets.htmx, csrf: web.csrf,
            timeZone: clinic.calendar.timeZone.identifier, drawnAt: clinic.calendar.clockSecondsText(web.now),
            requestID: web.id, liveID: web.app.hub.position, liveScope: clinic.id.text, rail: rail,
            person: person, flash: web.flash,
            banners: web.app.banners() + epidemicBanner, isTouch: isTouch,
            hasSearch: web.app.routes.access(toPage: ShellPaths.search)?.allows(actor) ?? false,
            idleMinutes: person.hasLock ? web.app.playbook(clinic.id)[.securityIdleLockMinutes] : nil,
            messages: messages, alerts: alerts)
    }

    /// While the epidemic mode is on every page says so; while it is off none does (R3.42).
    private var epidemicBanner: [BannerView] {
        let playbook = web.app.playbook(clinic.id).on(today)
        guard playbook.isEpidemic else { return [] }
        let dates = EpidemicSwitch.datesText(playbook).map { "（\($0)）" } ?? ""
        return [BannerView(tone: "waiting", strong: "防疫模式\(dates)。", text: "暂停的项目登记延期，未预约的客人先看通知。")]
    }

    private var person: PersonView {
        let routes = web.app.routes
        return PersonView(
            name: actor.name, role: signedIn.roleText, hasSwitch: routes.access(toPage: ShellPaths.switchPerson) != nil,
            hasAccount: routes.access(toPage: ShellPaths.account) != nil,
            hasLock: routes.access(toPage: ShellPaths.lock) != nil)
    }

    /// The first page of the rail that the person may open.
    var firstPage: String? {
        Area.allCases.first { web.app.routes.access(toPage: $0.path)?.allows(actor) ?? false }?.path
    }
}

extension WebRequest {
    /// The shell of pages without rail: sign-in, errors, prints, public pages.
    package func bareShell(title: String, isTouch: Bool = false) -> ShellView {
        ShellView(
            title: title, clinicName: signedIn?.clinic.name ?? app.options.siteName, assets: app.assets.base,
            csrf: csrf,
            timeZone: signedIn?.clinic.calendar.timeZone.identifier ?? "Asia/Shanghai", requestID: id,
            liveID: app.hub.position, liveScope: signedIn?.clinic.id.text ?? "", flash: flash,
            banners: app.banners(), isTouch: isTouch)
    }
}

extension StaffRequest {
    package func bareShell(title: String, isTouch: Bool = false) -> ShellView {
        web.bareShell(title: title, isTouch: isTouch)
    }
}
