import Clinic
import Foundation
import HTTPTypes
import Hummingbird
import Kernel
import Logging
import Storage

/// The screens of the hall. Nobody is signed in there: the secret of the address opens this one page, its part and the
/// stream of its two topics, on the staff port only.
package enum HallRoutes: Feature {
    package static var views: [any Fragment.Type] { [HallPage.self, HallScreenView.self, HallGonePage.self] }

    package static func add(to table: inout RouteTable) {
        table.openGet(HallPaths.screenPattern, limit: .hallScreen, use: page)
        table.openGet(HallPaths.partPattern, limit: .hallScreen, use: part)
        table.openGet(HallPaths.streamPattern, limit: .hallScreen, use: stream)
    }

    /// What changes a screen: calls and arrivals, and what the clinic tells the hall.
    static let topics: Set<Topic> = [.reception, .hall, .playbook]

    static func page(_ web: WebRequest) async throws -> Response {
        let (clinic, screen): (ClinicSite, HallScreen)
        do {
            (clinic, screen) = try await load(web)
        } catch is ScreenIsGone {
            let shell = ShellView(title: "大厅屏", clinicName: web.app.options.siteName, assets: web.app.assets.base)
            return try web.page(HallGonePage(shell: shell), status: .notFound)
        }
        let here = HallPaths.screen(web.token)
        return try web.page(
            HallPage(
                shell: shell(clinic, web), source: here + "/screen", stream: here + "/live",
                screen: HallScreenView(screen, calendar: clinic.calendar)))
    }

    static func part(_ web: WebRequest) async throws -> Response {
        let (clinic, screen) = try await load(web)
        let view = HallScreenView(screen, calendar: clinic.calendar)
        return try web.fragment(view)
    }

    static func stream(_ web: WebRequest) async throws -> Response {
        let (token, db) = (web.token, web.app.db)
        let (_, clinic) = try await db.read { tx in try DeviceLinks.open(token, in: tx) }
        return Response(
            status: .ok,
            headers: [
                .contentType: "text/event-stream; charset=utf-8", .cacheControl: "no-cache, no-transform",
            ],
            body: LiveRoutes.body(
                web.raw, hub: web.app.hub, lane: clinic.lane, topics: topics,
                since: web.headers[.lastEventID] ?? web.query["since"].nonBlank,
                hasEnded: {
                    do {
                        _ = try await db.read { tx in try DeviceLinks.open(token, in: tx) }
                        return false
                    } catch {
                        // Without a database nobody can know; the screen says itself that it is old.
                        return error is ScreenIsGone
                    }
                }))
    }

    private static func load(_ web: WebRequest) async throws -> (ClinicSite, HallScreen) {
        let token = web.token
        let (link, clinic) = try await web.app.db.read { tx in try DeviceLinks.open(token, in: tx) }
        await touch(link, clinic, web)
        return (clinic, try await screen(of: clinic, web))
    }

    /// The screens of a clinic show the same: a change is read once for all that ask within two seconds.
    private static func screen(of clinic: ClinicSite, _ web: WebRequest) async throws -> HallScreen {
        let key = ViewCache.Key(
            view: ObjectIdentifier(HallScreen.self), address: clinic.id.text, viewer: "",
            position: web.app.hub.position, minute: web.now.milliseconds / 2_000)
        if let known = web.app.views.find(key, as: HallScreen.self) { return known }
        let work = Work(
            actor: .screen, clinic: clinic, now: web.now, playbook: web.app.playbook(clinic.id), ids: web.app.ids)
        let made = try await web.app.db.read { tx in try HallScreen.load(by: work, in: tx) }
        web.app.views.keep(made, for: key)
        return made
    }

    /// That a screen was seen is worth a note, not a dark screen.
    private static func touch(_ link: DeviceLink, _ clinic: ClinicSite, _ web: WebRequest) async {
        let now = web.now
        guard DeviceLinks.needsTouch(link, now: now) else { return }
        do {
            try await web.app.db.write(in: clinic.lane, telling: .nothing) { tx in
                try DeviceLinks.touch(link, at: now, in: tx)
            }
        } catch {
            web.app.logger.warning("screen not noted", metadata: ["error": "\(error)", "request": .string(web.id)])
        }
    }

    private static func shell(_ clinic: ClinicSite, _ web: WebRequest) -> ShellView {
        ShellView(
            title: "大厅屏", clinicName: clinic.name, assets: web.app.assets.base,
            timeZone: clinic.calendar.timeZone.identifier, drawnAt: clinic.calendar.clockSecondsText(web.now),
            liveID: web.app.hub.position)
    }
}

extension RateLimit {
    /// Several screens behind one address, each asking whenever something changes.
    static let hallScreen = RateLimit(burst: 600, perMinute: 3_000)
}
