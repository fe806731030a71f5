import Clinic
import Hummingbird
import Kernel
import Storage

/// 客人: search, list, registration and the page of one customer.
package enum PatientRoutes: Feature {
    package static var views: [any Fragment.Type] {
        [
            PeoplePage.self, PeopleResultsView.self, SearchPage.self, SearchHitsView.self, PeopleOptionsView.self,
            PatientFormPage.self, DuplicatesView.self, CustomerPage.self, PhoneView.self, RevealedPage.self,
            TimelineView.self, TimelinePage.self, ProfilePage.self, MergePage.self, ConsultationPage.self,
            FileAuditPage.self,
        ]
    }

    package static func add(to table: inout RouteTable) {
        table.get(PatientPaths.list, .needs(.seePatients), use: list)
        table.get(PatientPaths.page, .needs(.seePatients), use: search)
        table.get(PatientPaths.search, .needs(.seePatients), use: results)
        table.get(PatientPaths.options, .needs(.seePatients), use: options)
        table.get(PatientPaths.new, .needs(.registerPatients), use: PatientFormRoutes.new)
        table.post(PatientPaths.list, .needs(.registerPatients), use: PatientFormRoutes.register)
        table.post(PatientPaths.duplicates, .needs(.registerPatients), use: PatientFormRoutes.duplicates)
        table.get(PatientPaths.patternOfOne, .needs(.seePatientRecord), use: CustomerRoutes.show)
        table.get("/patients/:id/timeline", .needs(.seePatientRecord), use: CustomerRoutes.timeline)
        table.get("/patients/:id/edit", .needs(.editPatients), use: PatientFormRoutes.edit)
        table.post(PatientPaths.patternOfOne, .needs(.editPatients), use: PatientFormRoutes.save)
        CustomerRoutes.add(to: &table)
        ProfileRoutes.add(to: &table)
        MergeRoutes.add(to: &table)
        ConsultationRoutes.add(to: &table)
        FileAuditRoutes.add(to: &table)
    }

    /// Today's people and the newest files; hits instead when something is looked for.
    static func list(_ request: StaffRequest) async throws -> Response {
        try request.allowQuery("q")
        let query = request.query["q"]
        let work = request.work
        let results = query.nonBlank == nil ? nil : try await found(query, request)
        let people = try await request.todaysPeople()
        let (todays, newest) = try await request.read { tx in
            guard query.nonBlank == nil else { return ([PatientBrief](), [PatientBrief]()) }
            return (
                try PatientStore.briefs(Array(people.ids.prefix(100)), today: work.today, in: tx),
                try PatientStore.briefs(try PatientStore.listNewest(limit: 10, in: tx), today: work.today, in: tx)
            )
        }
        let shell = try await request.shell(title: Area.patients.label, area: .patients)
        return try request.page(
            PeoplePage(
                shell: shell, query: query, results: results,
                todays: todays.map { PersonRowView($0, isHere: people.here.contains($0.id), for: request) },
                newest: newest.map { PersonRowView($0, isHere: people.here.contains($0.id), for: request) },
                newHref: newHref(request), lists: PatientLinks(request).lists()
            ))
    }

    /// Hits while typing.
    static func results(_ request: StaffRequest) async throws -> Response {
        try request.allowQuery("q")
        guard request.web.wantsFragment else { return request.redirect(PatientPaths.find(request.query["q"])) }
        return try request.fragment(try await found(request.query["q"], request))
    }

    /// The search box of every page: people, then pages.
    static func search(_ request: StaffRequest) async throws -> Response {
        try request.allowQuery("q")
        let query = request.query["q"]
        let people = try await found(query, request)
        let hits = SearchHitsView(
            query: query, people: people.people, pages: pages(query, request), needsMoreDigits: people.needsMoreDigits,
            newHref: people.newHref)
        if request.web.wantsFragment { return try request.fragment(hits) }
        return try request.page(SearchPage(shell: try await request.shell(title: "查找"), query: query, hits: hits))
    }

    /// People for a field that names one.
    static func options(_ request: StaffRequest) async throws -> Response {
        let typed = ["q", "referrer", "relative"].map { request.query[$0] }.first { $0.nonBlank != nil } ?? ""
        return try request.fragment(PeopleOptionsView(people: try await found(typed, request).people))
    }

    private static func found(_ query: String, _ request: StaffRequest) async throws -> PeopleResultsView {
        let (result, people) = (try await request.searchPeople(query), try await request.todaysPeople())
        return PeopleResultsView(
            query: query.trimmed,
            people: result.people.map { PersonRowView($0, isHere: people.here.contains($0.id), for: request) },
            hasMore: result.hasMore, needsMoreDigits: result.needsMoreDigits,
            newHref: newHref(request))
    }

    /// Pages of the rail whose name or pinyin begins with what was typed.
    private static func pages(_ query: String, _ request: StaffRequest) -> [PageHitView] {
        let term = PatientTerms.normalised(query)
        guard !term.isEmpty else { return [] }
        return Area.allCases.filter { area in
            guard request.web.app.routes.access(toPage: area.path)?.allows(request.actor) == true else { return false }
            let syllables = Pinyin.syllables(ofName: area.label)
            return area.label.contains(term) || syllables.joined().hasPrefix(term)
                || Pinyin.initials(syllables).hasPrefix(term)
        }.map { PageHitView(href: $0.path, label: $0.label) }
    }

    private static func newHref(_ request: StaffRequest) -> String? {
        request.may(.registerPatients) ? PatientPaths.new : nil
    }
}
