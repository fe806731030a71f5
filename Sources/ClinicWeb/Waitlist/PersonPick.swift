import Clinic
import Kernel

/// Chooses a customer before a form that needs one — templates/waitlist/_pick.mustache
struct PersonPick: Viewable {
    /// The page itself, which gets `q` and then `patient`.
    let action: String
    let query: String
    let hits: [Hit]
    let note: String?
    static let fields: [Field<Self>] = [
        Field("action", \.action), Field("query", \.query), Field("hits", \.hits), Field("note", \.note),
    ]

    struct Hit: Viewable {
        let href: String
        let name: String
        let detail: String
        static let fields: [Field<Self>] = [
            Field("href", \.href), Field("name", \.name), Field("detail", \.detail),
        ]
    }

    init(action: String, query: String, hits: [Hit], note: String?) {
        self.action = action
        self.query = query
        self.hits = hits
        self.note = note
    }

    /// What was found for `q`; empty before anything is typed.
    static func load(_ action: String, for request: StaffRequest) async throws -> PersonPick {
        let query = request.query["q"]
        guard query.nonBlank != nil else { return PersonPick(action: action, query: "", hits: [], note: nil) }
        let result = try await request.searchPeople(query)
        let masks = !request.may(.seePhones)
        let hits = result.people.map {
            Hit(
                href: URLText.address(action, ["patient": $0.id.text]), name: $0.name,
                detail: "\($0.gender.label) \($0.ageText) · \($0.recordNumber) · \($0.phoneText(masked: masks))")
        }
        let note = hits.isEmpty ? "没有找到，请换个写法，或先登记新客人" : result.hasMore ? "还有更多，请再多输几个字" : nil
        return PersonPick(action: action, query: query, hits: hits, note: note)
    }

    static let sample = PersonPick(
        action: "/waiting/new", query: "欧阳",
        hits: [Hit(href: "#", name: "欧阳诗琪诗琪诗琪", detail: "女 31 岁 · MY000118 · 138 **** 8000")], note: "还有更多，请再多输几个字")
}
