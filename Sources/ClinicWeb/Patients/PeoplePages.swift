import Clinic
import Kernel

/// Hits of a search, or why there are none — templates/patients/_results.mustache
package struct PeopleResultsView: Fragment {
    package static let template = "patients/_results"
    let people: [PersonRowView]
    let hasMore: Bool
    let needsMoreDigits: Bool
    /// A search that found nobody.
    let isEmpty: Bool
    let hasPeople: Bool
    let query: String
    let newHref: String?

    package static let fields: [Field<Self>] = [
        Field("hasPeople", \.hasPeople), Field("people", \.people), Field("hasMore", \.hasMore),
        Field("needsMoreDigits", \.needsMoreDigits),
        Field("isEmpty", \.isEmpty), Field("query", \.query), Field("newHref", \.newHref),
    ]

    init(query: String, people: [PersonRowView], hasMore: Bool, needsMoreDigits: Bool, newHref: String?) {
        self.query = query
        self.people = people
        self.hasMore = hasMore
        self.needsMoreDigits = needsMoreDigits
        isEmpty = people.isEmpty && !needsMoreDigits
        hasPeople = !people.isEmpty
        self.newHref = newHref
    }

    package static var samples: [Self] {
        [
            Self(
                query: "谢", people: [.sample, .longest], hasMore: true, needsMoreDigits: false, newHref: "/patients/new"
            ),
            Self(query: "<无此人>", people: [], hasMore: false, needsMoreDigits: false, newHref: "/patients/new"),
            Self(query: "771", people: [], hasMore: false, needsMoreDigits: true, newHref: nil),
        ]
    }
}

/// 客人 — templates/patients/list.mustache
package struct PeoplePage: Page {
    package static let template = "patients/list"
    package let shell: ShellView
    let query: String
    let results: PeopleResultsView?
    let todays: [PersonRowView]
    let newest: [PersonRowView]
    let hasNobody: Bool
    let isBrowsing: Bool
    let newHref: String?
    /// Forms to check, paper charts, audits: what the person may open.
    let lists: [LinkView]

    package static let fields: [Field<Self>] = [
        Field("query", \.query), Field("results", \.results), Field("todays", \.todays), Field("newest", \.newest),
        Field("hasNobody", \.hasNobody), Field("isBrowsing", \.isBrowsing), Field("newHref", \.newHref),
        Field("lists", \.lists),
    ]

    init(
        shell: ShellView, query: String, results: PeopleResultsView?, todays: [PersonRowView], newest: [PersonRowView],
        newHref: String?, lists: [LinkView] = []
    ) {
        self.shell = shell
        self.lists = lists
        self.query = query
        self.results = results
        self.todays = todays
        self.newest = newest
        isBrowsing = results == nil
        hasNobody = results == nil && todays.isEmpty && newest.isEmpty
        self.newHref = newHref
    }

    package static var samples: [Self] {
        let shell = ShellView.sample(title: "客人", area: .patients)
        return [
            Self(
                shell: shell, query: "", results: nil, todays: [.sample], newest: [.sample, .longest],
                newHref: "/patients/new", lists: [LinkView("/intake", "初诊表待查核")]),
            Self(
                shell: shell, query: "谢", results: PeopleResultsView.samples.first, todays: [], newest: [],
                newHref: "/patients/new"),
            Self(shell: shell, query: "", results: nil, todays: [], newest: [], newHref: nil),
        ]
    }
}

/// A page of the program, in the search box.
package struct PageHitView: Viewable {
    let href: String
    let label: String
    package static let fields: [Field<Self>] = [Field("href", \.href), Field("label", \.label)]
}

/// Hits of the search box: people, then pages — templates/patients/_hits.mustache
package struct SearchHitsView: Fragment {
    package static let template = "patients/_hits"
    let people: [PersonRowView]
    let pages: [PageHitView]
    let newHref: String?
    let needsMoreDigits: Bool
    let isEmpty: Bool
    let query: String

    package static let fields: [Field<Self>] = [
        Field("people", \.people), Field("pages", \.pages), Field("newHref", \.newHref),
        Field("needsMoreDigits", \.needsMoreDigits), Field("isEmpty", \.isEmpty), Field("query", \.query),
    ]

    init(query: String, people: [PersonRowView], pages: [PageHitView], needsMoreDigits: Bool, newHref: String?) {
        self.query = query
        self.people = people
        self.pages = pages
        self.needsMoreDigits = needsMoreDigits
        isEmpty = people.isEmpty && pages.isEmpty && !needsMoreDigits
        self.newHref = newHref
    }

    package static var samples: [Self] {
        [
            Self(
                query: "谢", people: [.sample, .longest], pages: [PageHitView(href: "/patients", label: "客人")],
                needsMoreDigits: false, newHref: "/patients/new"),
            Self(query: "x", people: [], pages: [], needsMoreDigits: false, newHref: nil),
            Self(query: "77", people: [], pages: [], needsMoreDigits: true, newHref: nil),
        ]
    }
}

/// The search box without scripts — templates/patients/search.mustache
package struct SearchPage: Page {
    package static let template = "patients/search"
    package let shell: ShellView
    let query: String
    let hits: SearchHitsView

    package static let fields: [Field<Self>] = [Field("query", \.query), Field("hits", \.hits)]

    package static var samples: [Self] {
        SearchHitsView.samples.map { SearchPage(shell: .sample(title: "查找"), query: $0.query, hits: $0) }
    }
}

/// People for a field that names one: value is the record number — templates/patients/options.mustache
package struct PeopleOptionsView: Fragment {
    package static let template = "patients/options"
    let people: [PersonRowView]
    package static let fields: [Field<Self>] = [Field("people", \.people)]
    package static var samples: [Self] { [Self(people: [.sample, .longest])] }
}
