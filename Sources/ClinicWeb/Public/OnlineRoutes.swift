import Clinic
import Crypto
import Foundation
import Hummingbird
import Kernel
import Storage

/// 网上预约: what, when, who (R3.09). Public: no session, no cookie but the form's mark.
package enum OnlineRoutes: Feature {
    package static var views: [any Fragment.Type] {
        [OnlineStartPage.self, OnlineTimesPage.self, OnlineFormPage.self, PublicNoticePage.self]
    }

    package static func add(to table: inout RouteTable) {
        table.publicGet(PublicPaths.book, limit: .publicPage, use: start)
        table.publicGet(PublicPaths.times, limit: .publicPage, use: times)
        table.publicPost(PublicPaths.holds, limit: .visitorPost, use: hold)
        table.publicGet(PublicPaths.holdPattern, limit: .publicPage, use: form)
        table.publicPost(PublicPaths.holdPattern, limit: .visitorPost, use: submit)
    }

    static func start(_ web: WebRequest) async throws -> Response {
        let clinics = try await web.app.db.read { tx in try PlaceStore.clinics(in: tx) }
        let asked = ID<ClinicSite>(web.query["clinic"])
        let clinic = clinics.first { $0.id == asked } ?? (clinics.count == 1 ? clinics.first : nil)
        let playbook = try web.playbook(of: clinic ?? clinics.first)
        guard OnlineBooking.isOpen(playbook) else { throw OnlineRefusal.closed }
        let (language, name) = (web.language, web.app.options.siteName)
        return try web.page(
            OnlineStartPage(
                language, clinic: clinic, clinics: clinics,
                impossible: Set(OnlineNeed.allCases.filter { !$0.isPossible(playbook) }),
                notice: playbook.publicNotice(language), siteName: name,
                shell: web.publicShell(
                    title: PhraseBook.text(.bookTitle, language), clinicName: clinic?.name ?? name)))
    }

    static func times(_ web: WebRequest) async throws -> Response {
        let (need, language) = (try need(web.query["need"]), web.language)
        let work = try await web.visitorWork(web.query["clinic"])
        let from = web.day("from").map { max($0, work.today) }
        let offers = try await web.app.db.read { tx in try OnlineBooking.offers(need, from: from, by: work, in: tx) }
        return try web.page(
            OnlineTimesPage(
                language, need: need, offers: offers.map { OfferedTime($0) }, from: from,
                later: later(offers, from: from, days: work.playbook[.publicBookingDays], today: work.today),
                clinic: work.clinic, command: PublicToken.random().text,
                shell: web.publicShell(
                    title: PhraseBook.text(.timesTitle, language), clinicName: work.clinic.name)))
    }

    /// The day after the last one shown; nil at the end of what may be booked on line.
    static func later(_ offers: [Offer], from: Day?, days: Int, today: Day) -> Day? {
        let last = offers.map(\.slot.day).max() ?? (from ?? today).adding(days: 6)
        let next = last.adding(days: 1)
        return next <= today.adding(days: days) ? next : nil
    }

    /// The times are searched while reading; only taking one needs the clinic's turn. The address of the form follows from
    /// the page and the time on the button: a second tap leads to the same form.
    static func hold(_ web: WebRequest) async throws -> Response {
        let (need, language) = (try need(web.form["need"]), web.language)
        let work = try await web.visitorWork(web.form["clinic"])
        guard let time = OfferTimeView.time(web.form["time"]) else { throw OnlineRefusal.timeIsGone }
        let command = String(web.form["command"].prefix(64))
        let derived = web.derivedToken(
            "hold:\(web.csrf):\(command):\(work.clinic.id.text):\(need.rawValue):\(web.form["time"].prefix(32))")
        let (address, visitor, now) = (web.addressHash, web.visitorHash, web.now)
        let (isHeld, isKnown) = try await web.app.db.read { tx in
            ((try? OnlineBooking.form(derived, now: now, in: tx)) != nil, try PublicLinks.isKnown(derived, in: tx))
        }
        // Given back meanwhile for another time, and wanted again: a form of its own.
        let token = isKnown && !isHeld ? PublicToken.random() : derived
        let form = PublicPaths.hold(token).text(language)
        if isHeld { return web.redirect(form) }
        let slot = try await web.app.db.read { tx in try OnlineBooking.offered(need, time, by: work, in: tx) }
        _ = try await web.app.db.write(in: work.lane) { tx in
            try OnlineBooking.hold(
                OnlineBooking.HoldRequest(
                    need: need, slot: slot, addressHash: address, visitorHash: visitor, language: language),
                token: token, by: work, in: tx)
        }
        web.app.hub.publish(work.lane, [.board])
        return web.redirect(form)
    }

    static func form(_ web: WebRequest) async throws -> Response {
        try web.page(try await formPage(web))
    }

    /// The address of the customer's own booking follows from that of the form: whoever taps twice is led to it twice.
    static func submit(_ web: WebRequest) async throws -> Response {
        let (token, language) = (web.token, web.language)
        let own = web.derivedToken("own:" + token.text)
        let next = PublicPaths.own(own, "", ["done": "booked"]).text(language)
        let entry = entry(web.form)
        let now = web.now
        do {
            let held = try await web.app.db.read { tx in try OnlineBooking.form(token, now: now, in: tx) }
            let work = try await web.visitorWork(held.clinicID.text)
            let phone = web.phoneHash(entry.phone)
            _ = try await web.app.db.write(in: work.lane) { tx in
                try OnlineBooking.submit(
                    entry, hold: token, phoneHash: phone, own: own, language: language, by: work, in: tx)
            }
            web.app.hub.publish(work.lane, [.board, .tasks, .patients])
        } catch let faults as OnlineFaults {
            return try web.page(
                try await formPage(web, entry: entry, faults: faults.faults), status: .unprocessableContent)
        } catch let gone as LinkIsGone {
            let isDone = try await web.app.db.read { tx in
                try PublicLinks.works(own, .appointment, now: now, in: tx)
            }
            guard isDone else { throw gone }
        }
        return web.redirect(next)
    }

    // MARK: Parts

    private static func formPage(
        _ web: WebRequest, entry: OnlineEntry? = nil, faults: [String: OnlineFault] = [:]
    ) async throws -> OnlineFormPage {
        let (token, now, language) = (web.token, web.now, web.language)
        let (form, clinic, doctor) = try await web.app.db.read { tx in
            let form = try OnlineBooking.form(token, now: now, in: tx)
            let names = try StaffStore.names([form.slot.doctorID], in: tx)
            return (form, try PlaceStore.clinic(form.clinicID, in: tx), names[form.slot.doctorID] ?? "")
        }
        let playbook = try web.playbook(of: clinic)
        var content = OnlineFormPage.Content(
            need: form.need,
            time: OfferedTime(
                day: form.slot.day, start: form.slot.start, units: form.slot.units, doctorName: doctor),
            heldUntil: clinic.calendar.clockText(form.expiresAt), token: token, clinic: clinic,
            questions: OnlineQuestion.asked(playbook), isEpidemic: playbook.isEpidemic)
        if let entry { content.entry = entry }
        content.faults = faults
        return OnlineFormPage(
            content, language,
            shell: web.publicShell(title: PhraseBook.text(.formTitle, language), clinicName: clinic.name))
    }

    private static func need(_ text: String) throws -> OnlineNeed {
        guard let need = OnlineNeed(rawValue: text) else { throw LinkIsGone() }
        return need
    }

    private static func entry(_ form: Form) -> OnlineEntry {
        OnlineEntry(
            name: form["name"], phone: form["phone"], age: form["age"], gender: form["gender"], note: form["note"],
            guardianName: form["guardianName"],
            answers: Set(OnlineQuestion.allCases.filter { answer($0, form) == "yes" }),
            denied: Set(OnlineQuestion.allCases.filter { answer($0, form) == "no" }), agrees: form["agrees"] == "1",
            agreesHealth: form["agreesHealth"] == "1", trap: form["website"])
    }

    private static func answer(_ question: OnlineQuestion, _ form: Form) -> String { form["ask." + question.rawValue] }
}

extension PublicToken {
    static func random() -> PublicToken {
        PublicToken(bytes: SymmetricKey(size: SymmetricKeySize(bitCount: byteCount * 8)).withUnsafeBytes { Array($0) })
    }

    /// The same secret for the same text, and only here: nobody without the key can tell the address.
    static func derived(_ text: String, _ key: SymmetricKey) -> PublicToken {
        let code = HMAC<SHA256>.authenticationCode(for: Data(("token:" + text).utf8), using: key)
        return PublicToken(bytes: Array(code.prefix(byteCount)))
    }
}

extension WebRequest {
    /// The secret in the path.
    var token: PublicToken {
        let text = parameters.get("token") ?? ""
        return PublicToken(typed: text.hasSuffix(".ics") ? String(text.dropLast(4)) : text)
    }

    /// The standard of a clinic as of its business day.
    func playbook(of clinic: ClinicSite?) throws -> Playbook {
        guard let clinic else { throw OnlineRefusal.closed }
        return visitorWork(clinic).playbook
    }

    func visitorWork(_ clinic: ClinicSite) -> Work {
        Work(actor: .customer, clinic: clinic, now: now, playbook: app.playbook(clinic.id), ids: app.ids)
    }

    /// - Throws: `LinkIsGone` when there is no such clinic.
    func visitorWork(_ clinic: String) async throws -> Work {
        guard let id = ID<ClinicSite>(clinic) else { throw LinkIsGone() }
        let site = try await app.db.read { tx in try PlaceStore.clinics(in: tx).first { $0.id == id } }
        guard let site else { throw LinkIsGone() }
        return visitorWork(site)
    }

    /// Keyed hash of where the visitor comes from, for the limits of a day; of an IPv6 address the network.
    var addressHash: String { Signature.sign("address:" + NetworkAddress.limitKey(clientAddress), app.secret) }

    /// Keyed hash of the browser's mark; its form token follows from the same mark.
    var visitorHash: String { Signature.sign("visitor-hash:" + csrf, app.secret) }

    func derivedToken(_ text: String) -> PublicToken { PublicToken.derived(text, app.secret) }

    func phoneHash(_ typed: String) -> String {
        Signature.sign("phone:" + (PhoneNumber(String(typed.prefix(64)))?.digits ?? ""), app.secret)
    }
}
