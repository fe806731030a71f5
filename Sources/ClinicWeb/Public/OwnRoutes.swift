import Clinic
import Hummingbird
import Kernel
import Storage

/// The customer's own booking by a secret address: look, confirm, move, cancel (R16.19).
package enum OwnRoutes: Feature {
    package static var views: [any Fragment.Type] { [OwnPage.self, OwnTimesPage.self, OwnCancelPage.self] }

    package static func add(to table: inout RouteTable) {
        table.publicGet(PublicPaths.ownPattern, limit: .publicPage, use: show)
        table.publicPost("/v/:token/confirmation", limit: .visitorPost, use: confirm)
        table.publicGet("/v/:token/times", limit: .publicPage, use: times)
        table.publicPost("/v/:token/slot", limit: .visitorPost, use: move)
        table.publicGet("/v/:token/cancellation", limit: .publicPage, use: askToCancel)
        table.publicPost("/v/:token/cancellation", limit: .visitorPost, use: cancel)
        table.publicGet(PublicPaths.cancelled, limit: .publicPage, use: cancelled)
    }

    static func show(_ web: WebRequest) async throws -> Response {
        let own = try await own(web)
        let (done, warning): (Phrase?, Phrase?) =
            switch web.query["done"] {
            case "booked": (.bookedNote, nil)
            case "moved": (.movedNote, nil)
            case "changed": (nil, .changedNote)
            default: (nil, nil)
            }
        return try web.page(
            OwnPage(
                OwnVisit(own), token: web.token, web.language, done: done, warning: warning,
                shell: web.publicShell(title: PhraseBook.text(.ownGreeting, web.language), clinicName: own.clinic.name))
        )
    }

    static func confirm(_ web: WebRequest) async throws -> Response {
        let (token, version) = (web.token, version(web))
        return try await act(web, then: PublicPaths.own(token)) { work, tx in
            _ = try OwnAppointments.confirm(token, version: version, by: work, in: tx)
        }
    }

    static func times(_ web: WebRequest) async throws -> Response {
        let own = try await own(web)
        let work = web.visitorWork(own.clinic)
        let from = web.day("from").map { max($0, work.today) }
        let offers = try await web.app.db.read { tx in try OwnAppointments.offers(own, from: from, by: work, in: tx) }
        return try web.page(
            OwnTimesPage(
                OwnVisit(own), token: web.token, offers: offers.map { OfferedTime($0) }, from: from,
                later: OnlineRoutes.later(
                    offers, from: from, days: work.playbook[.publicBookingDays], today: work.today),
                web.language,
                shell: web.publicShell(title: PhraseBook.text(.moveTitle, web.language), clinicName: own.clinic.name)))
    }

    static func move(_ web: WebRequest) async throws -> Response {
        guard let time = OfferTimeView.time(web.form["time"]) else { throw OnlineRefusal.timeIsGone }
        let (token, version) = (web.token, version(web))
        let work = web.visitorWork(try await own(web).clinic)
        let slot = try await web.app.db.read { tx in try OwnAppointments.offered(token, time, by: work, in: tx) }
        return try await act(web, then: PublicPaths.own(token, "", ["done": "moved"])) { work, tx in
            _ = try OwnAppointments.move(token, version: version, to: slot, by: work, in: tx)
        }
    }

    static func askToCancel(_ web: WebRequest) async throws -> Response {
        try web.page(try await cancelPage(web, hasFault: false))
    }

    static func cancel(_ web: WebRequest) async throws -> Response {
        let (token, version, reason) = (web.token, version(web), web.form["reason"])
        do {
            return try await act(web, then: PublicAddress(PublicPaths.cancelled)) { work, tx in
                _ = try OwnAppointments.cancel(token, version: version, reason: reason, by: work, in: tx)
            }
        } catch is FormErrors {
            return try web.page(try await cancelPage(web, hasFault: true), status: .unprocessableContent)
        }
    }

    /// After the link is used up; tells nothing about anybody.
    static func cancelled(_ web: WebRequest) async throws -> Response {
        let language = web.language
        return try web.page(
            PublicNoticePage(
                .cancelledTitle, .cancelledText, language: language, clinicName: web.app.options.siteName,
                phone: web.app.options.sitePhone,
                shell: web.publicShell(
                    title: PhraseBook.text(.cancelledTitle, language), clinicName: web.app.options.siteName),
                next: (PublicPaths.book(nil), .again), here: PublicAddress(PublicPaths.cancelled)))
    }

    // MARK: Parts

    private static func own(_ web: WebRequest) async throws -> OwnAppointment {
        let (token, now) = (web.token, web.now)
        return try await web.app.db.read { tx in try OwnAppointments.find(token, now: now, in: tx) }
    }

    private static func version(_ web: WebRequest) -> Int { Int(web.form["version"]) ?? 0 }

    private static func cancelPage(_ web: WebRequest, hasFault: Bool) async throws -> OwnCancelPage {
        let own = try await own(web)
        return OwnCancelPage(
            OwnVisit(own), token: web.token,
            reasons: OwnAppointments.reasons(web.visitorWork(own.clinic).playbook).map { ($0.code, $0.label) },
            hasFault: hasFault, web.language,
            shell: web.publicShell(title: PhraseBook.text(.cancelTitle, web.language), clinicName: own.clinic.name))
    }

    /// One act in the clinic's lane; what the desk changed meanwhile is shown, not overwritten.
    private static func act(
        _ web: WebRequest, then next: PublicAddress,
        _ body: @escaping @Sendable (Work, any WriteTransaction) throws -> Void
    ) async throws -> Response {
        let own = try await own(web)
        let work = web.visitorWork(own.clinic)
        do {
            try await web.app.db.write(in: work.lane) { tx in try body(work, tx) }
        } catch is ChangedMeanwhile {
            return web.redirect(PublicPaths.own(web.token, "", ["done": "changed"]).text(web.language))
        }
        web.app.hub.publish(work.lane, [.board, .tasks, .reception])
        return web.redirect(next.text(web.language))
    }
}
