import Clinic
import Hummingbird
import Kernel
import Storage

/// The clinics of the organisation (R16.15): the list, one more, the data of one.
package enum ClinicRoutes: Feature {
    package static var views: [any Fragment.Type] { [ClinicsPage.self, ClinicPage.self] }

    package static func add(to table: inout RouteTable) {
        let access = Access.needsAny([.manageSettings, .manageSystem])
        table.get(SettingsPaths.clinics, access, use: list)
        table.post(SettingsPaths.clinics, .needs(.manageSystem), use: create)
        table.get(SettingsPaths.newClinic, .needs(.manageSystem), use: showNew)
        table.get("/settings/clinics/:id", .needs(.manageSettings), use: show)
        table.post("/settings/clinics/:id", .needs(.manageSettings), use: edit)
    }

    static func list(_ request: StaffRequest) async throws -> Response {
        let clinics = try await request.read { tx in try PlaceStore.clinics(in: tx) }
        let page = ClinicsPage(
            clinics.map { site in
                ClinicRowView(site, isHere: site.id == request.clinic.id, mayEdit: mayEdit(site.id, request))
            },
            mayAdd: request.actor.organisationWide.contains(.manageSystem),
            tabs: SettingsTab.all(for: request, current: .clinics),
            shell: try await request.shell(title: "设置", note: "门诊", area: .settings))
        return try request.page(page)
    }

    static func showNew(_ request: StaffRequest) async throws -> Response {
        try request.actor.requireEverywhere(.manageSystem)
        return try await newPage(request)
    }

    static func create(_ request: StaffRequest) async throws -> Response {
        let work = request.work
        do {
            let form = try read(request.form, over: blank, isNew: true)
            let site = try await request.writeOrganisation(changing: .house) { tx in
                try Places.addClinic(form, by: work, in: tx)
            }
            return request.redirect(
                SettingsPaths.clinics, flash: "“\(site.name)”已加上。在“我的账号”里换到那里，再加诊室、牙椅和排班")
        } catch let error as any UserFacingError where error.kind == .invalid {
            return try await newPage(request, FormErrors(error))
        }
    }

    static func show(_ request: StaffRequest) async throws -> Response {
        try await page(request, try await site(request))
    }

    static func edit(_ request: StaffRequest) async throws -> Response {
        let (site, work) = (try await site(request), request.work)
        do {
            let form = try read(request.form, over: ClinicForm(site), isNew: false)
            try await request.writeOrganisation(changing: .house) { tx in
                try Places.editClinic(site.id, to: form, by: work, in: tx)
            }
            return request.redirect(SettingsPaths.clinics, flash: "门诊资料已保存")
        } catch let error as any UserFacingError where error.kind == .invalid {
            return try await page(request, site, FormErrors(error))
        }
    }

    // MARK: private

    private static let blank = ClinicForm(code: "", name: "", phone: "", address: "")

    /// Code, time zone and start of the day are asked once: business days and papers depend on them.
    private static func read(_ form: Form, over stored: ClinicForm, isNew: Bool) throws(FormErrors) -> ClinicForm {
        var site = stored
        site.name = form["clinicName"]
        site.phone = form["clinicPhone"]
        site.address = form["address"]
        if isNew {
            site.code = form["code"]
            site.timeZone = form["timeZone"].trimmed
            guard let starts = SettingValue.clockMinutes(form["dayStarts"].halfWidth.trimmed), starts < 12 * 60 else {
                throw FormErrors("dayStarts", "请填中午以前的时间，例如 04:00")
            }
            site.dayStartsAtMinutes = starts
        }
        guard let opens = Unit(clock: form["opens"]), let closes = Unit(clock: form["closes"]) else {
            throw FormErrors("opens", "营业时间请填整刻钟，例如 08:30")
        }
        (site.opens, site.closes) = (opens, closes)
        return site
    }

    private static func mayEdit(_ id: ID<ClinicSite>, _ request: StaffRequest) -> Bool {
        request.may(.manageSettings)
            && (id == request.clinic.id || request.actor.organisationWide.contains(.manageSettings))
    }

    private static func site(_ request: StaffRequest) async throws -> ClinicSite {
        let id: ID<ClinicSite> = try request.id("id", what: "门诊")
        guard mayEdit(id, request) else { throw NotFound("门诊") }
        return try await request.read { tx in try PlaceStore.clinic(id, in: tx) }
    }

    private static func newPage(_ request: StaffRequest, _ faults: FormErrors = FormErrors()) async throws -> Response {
        let page = ClinicPage(
            blank, action: SettingsPaths.clinics, isNew: true, typed: request.form, faults: faults,
            shell: try await request.shell(title: "设置", note: "新门诊", area: .settings))
        return try request.page(page, status: faults.isEmpty ? .ok : .unprocessableContent)
    }

    private static func page(
        _ request: StaffRequest, _ site: ClinicSite, _ faults: FormErrors = FormErrors()
    ) async throws -> Response {
        let page = ClinicPage(
            ClinicForm(site), action: SettingsPaths.clinic(site.id), isNew: false, typed: request.form, faults: faults,
            shell: try await request.shell(title: "设置", note: site.name, area: .settings))
        return try request.page(page, status: faults.isEmpty ? .ok : .unprocessableContent)
    }
}
