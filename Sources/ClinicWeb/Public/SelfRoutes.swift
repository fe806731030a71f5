import Clinic
import Hummingbird
import Kernel
import Storage

/// 自助登记 on the customer's own telephone (R1.10, R16.19). Public: what is answered never depends on who is on file.
package enum SelfRoutes: Feature {
    package static var views: [any Fragment.Type] { [SelfStartPage.self, SelfFormPage.self] }

    package static func add(to table: inout RouteTable) {
        table.publicGet(PublicPaths.selfStart, limit: .publicPage, use: start)
        table.publicPost(PublicPaths.selfStart, limit: .visitorPost, use: begin)
        table.publicGet(PublicPaths.selfPattern, limit: .publicPage, use: form)
        table.publicPost(PublicPaths.selfPattern, limit: .visitorPost, use: submit)
        table.publicGet(PublicPaths.selfDone, limit: .publicPage, use: done)
    }

    static func start(_ web: WebRequest) async throws -> Response {
        let clinics = try await web.app.db.read { tx in try PlaceStore.clinics(in: tx) }
        let asked = ID<ClinicSite>(web.query["clinic"])
        let clinic = clinics.first { $0.id == asked } ?? (clinics.count == 1 ? clinics.first : nil)
        let playbook = try web.playbook(of: clinic ?? clinics.first)
        guard SelfRegistrations.isOpen(playbook) else { return try off(web) }
        let (language, name) = (web.language, web.app.options.siteName)
        return try web.page(
            SelfStartPage(
                language, clinic: clinic, clinics: clinics, minutes: playbook[.selfRegistrationMinutes], siteName: name,
                shell: web.publicShell(
                    title: PhraseBook.text(.selfTitle, language), clinicName: clinic?.name ?? name)))
    }

    static func begin(_ web: WebRequest) async throws -> Response {
        let work = try await web.visitorWork(web.form["clinic"])
        let (token, address) = (PublicToken.random(), web.addressHash)
        guard SelfRegistrations.isOpen(work.playbook) else { return try off(web) }
        _ = try await web.app.db.write(in: work.lane) { tx in
            try SelfRegistrations.begin(token: token, addressHash: address, by: work, in: tx)
        }
        return web.redirect(PublicPaths.selfForm(token).text(web.language))
    }

    static func form(_ web: WebRequest) async throws -> Response { try web.page(try await page(web)) }

    static func submit(_ web: WebRequest) async throws -> Response {
        let (token, now, language) = (web.token, web.now, web.language)
        let answers = answers(web.form)
        do {
            let found = try await web.app.db.read { tx in try SelfRegistrations.form(token, now: now, in: tx) }
            let work = try await web.visitorWork(found.clinicID.text)
            _ = try await web.app.db.write(in: work.lane) { tx in
                try SelfRegistrations.submit(answers, token: token, language: language, by: work, in: tx)
            }
            web.app.hub.publish(work.lane, [.patients, .reception])
        } catch let faults as SelfFaults {
            return try web.page(
                try await page(web, answers: answers, faults: faults.faults), status: .unprocessableContent)
        } catch let gone as LinkIsGone {
            // A second tap on the button: the first one was taken.
            guard try await web.app.db.read({ tx in try SelfRegistrations.wasSent(token, in: tx) }) else { throw gone }
        }
        return web.redirect(PublicAddress(PublicPaths.selfDone).text(language))
    }

    /// After the form is used up; tells nothing about anybody.
    static func done(_ web: WebRequest) async throws -> Response {
        try notice(.selfDoneTitle, .selfDoneText, web, here: PublicAddress(PublicPaths.selfDone))
    }

    // MARK: Parts

    private static func off(_ web: WebRequest) throws -> Response {
        try notice(.selfOff, .selfOffText, web, here: PublicAddress(PublicPaths.selfStart))
    }

    private static func notice(
        _ title: Phrase, _ text: Phrase, _ web: WebRequest, here: PublicAddress
    ) throws -> Response {
        let (language, name) = (web.language, web.app.options.siteName)
        return try web.page(
            PublicNoticePage(
                title, text, language: language, clinicName: name, phone: web.app.options.sitePhone,
                shell: web.publicShell(title: PhraseBook.text(title, language), clinicName: name), here: here))
    }

    private static func page(
        _ web: WebRequest, answers: SelfAnswers = SelfAnswers(), faults: [String: SelfFault] = [:]
    ) async throws -> SelfFormPage {
        let (token, now) = (web.token, web.now)
        let clinic = try await web.app.db.read { tx in
            try PlaceStore.clinic(SelfRegistrations.form(token, now: now, in: tx).clinicID, in: tx)
        }
        let playbook = web.visitorWork(clinic).playbook
        var content = SelfFormPage.Content(
            token: token, clinic: clinic, histories: playbook.codes(.medicalHistory).map { ($0.code, $0.label) },
            sources: playbook.codes(.sourceChannel).map { ($0.code, $0.label) })
        content.answers = answers
        content.faults = faults
        return SelfFormPage(
            content, web.language,
            shell: web.publicShell(title: PhraseBook.text(.selfFormTitle, web.language), clinicName: clinic.name))
    }

    private static func answers(_ form: Form) -> SelfAnswers {
        var answers = SelfAnswers()
        answers.name = form["name"]
        answers.gender = form["gender"]
        answers.bornOn = form["bornOn"]
        answers.age = form["age"]
        answers.phone = form["phone"]
        answers.address = form["address"]
        answers.complaint = form["complaint"]
        answers.sourceChannel = form["sourceChannel"]
        answers.filler = SelfFiller(rawValue: form["filler"])?.rawValue ?? SelfFiller.own.rawValue
        answers.guardianName = form["guardianName"]
        answers.guardianPhone = form["guardianPhone"]
        answers.histories = Set(form.all("history").prefix(100)).sorted()
        answers.hasNoHistory = form["noHistory"] == "1"
        answers.allergies = form["allergies"]
        answers.medicines = form["medicines"]
        answers.consents = ConsentKind.allCases.filter { form[$0.rawValue] == "1" }.map(\.rawValue).sorted()
        return answers
    }
}
