import Clinic
import Kernel

/// An address of the public side; the language goes with it, so that no cookie is needed to keep it.
struct PublicAddress: Hashable, Sendable {
    let path: String
    var query: [Pair] = []
    struct Pair: Hashable, Sendable {
        let name: String
        let value: String
    }

    init(_ path: String, _ query: KeyValuePairs<String, String> = [:]) {
        self.path = path
        self.query = query.filter { !$0.value.isEmpty }.map { Pair(name: $0.key, value: $0.value) }
    }

    func text(_ language: Language) -> String {
        let pairs = (query + [Pair(name: "lang", value: language.rawValue)])
            .map { "\($0.name)=\(URLText.encode($0.value))" }
        return path + "?" + pairs.joined(separator: "&")
    }
}

extension RateLimit {
    /// Many telephones share one address of their network.
    static let visitorPost = RateLimit(burst: 12, perMinute: 12)
}

/// Addresses of the public side.
enum PublicPaths {
    static let book = "/book"
    static let times = "/book/times"
    static let holds = "/book/holds"
    static let call = "/call"
    static let called = "/call/asked"
    /// The clinic's own code leads here; then one address for one form.
    static let selfStart = "/r"
    static let selfDone = "/r/done"
    static let selfPattern = "/r/form/:token"
    static let cancelled = "/visit-cancelled"
    static let holdPattern = "/book/holds/:token"
    static let ownPattern = "/v/:token"
    static let feedPattern = "/calendar/:token"

    static func book(_ clinic: ID<ClinicSite>?) -> PublicAddress { PublicAddress(book, ["clinic": clinic?.text ?? ""]) }
    static func times(_ clinic: ID<ClinicSite>, _ need: OnlineNeed, from: Day? = nil) -> PublicAddress {
        PublicAddress(times, ["clinic": clinic.text, "need": need.rawValue, "from": from?.iso ?? ""])
    }
    static func call(_ clinic: ID<ClinicSite>?) -> PublicAddress { PublicAddress(call, ["clinic": clinic?.text ?? ""]) }
    static func selfStart(_ clinic: ID<ClinicSite>?) -> PublicAddress {
        PublicAddress(selfStart, ["clinic": clinic?.text ?? ""])
    }
    static func selfForm(_ token: PublicToken) -> PublicAddress {
        PublicAddress("/r/form/\(URLText.encode(token.text))")
    }
    static func hold(_ token: PublicToken) -> PublicAddress { PublicAddress("\(holds)/\(URLText.encode(token.text))") }
    static func own(
        _ token: PublicToken, _ rest: String = "", _ query: KeyValuePairs<String, String> = [:]
    )
        -> PublicAddress
    {
        PublicAddress("/v/\(URLText.encode(token.text))\(rest)", query)
    }
    static func feed(_ token: PublicToken) -> String { "/calendar/\(URLText.encode(token.text)).ics" }
}
