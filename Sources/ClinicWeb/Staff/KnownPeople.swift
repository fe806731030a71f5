import Clinic
import Crypto
import Foundation
import HTTPTypes
import Hummingbird
import Kernel

/// Who signed in with the password in this browser lately: the tiles of the sign-in page. A signed cookie with staff ids
/// and times, no names. A PIN alone is good only where the password was given within the life of a session.
struct KnownPeople: Equatable {
    static let cookie = "menya_people"
    /// Days until a browser forgets.
    static let days = 90
    private static let limit = 12

    struct Person: Equatable {
        let id: ID<Staff>
        /// Of the last sign-in with the password, in seconds.
        let passwordAt: Timestamp
    }
    /// The latest first.
    private(set) var people: [Person] = []

    init(people: [Person] = []) { self.people = people }

    /// Empty when the cookie is absent, damaged or not ours.
    init(cookie: String, key: SymmetricKey) {
        let parts = cookie.split(separator: ".", maxSplits: 1).map(String.init)
        guard parts.count == 2, Signature.isValid(parts[1], for: "people:" + parts[0], key) else { return }
        people = parts[0].split(separator: "-").compactMap { entry in
            let words = entry.split(separator: "_")
            guard words.count == 2, let id = ID<Staff>(words[0]), let seconds = Int64(words[1]) else { return nil }
            return Person(id: id, passwordAt: Timestamp(milliseconds: seconds * 1_000))
        }
    }

    func encoded(_ key: SymmetricKey) -> String {
        let body = people.map { "\($0.id.text)_\($0.passwordAt.milliseconds / 1_000)" }.joined(separator: "-")
        return body + "." + Signature.sign("people:" + body, key)
    }

    mutating func add(_ id: ID<Staff>, passwordAt: Timestamp) {
        people.removeAll { $0.id == id }
        people.insert(Person(id: id, passwordAt: passwordAt), at: 0)
        people = Array(people.prefix(Self.limit))
    }

    mutating func forget(_ id: ID<Staff>) { people.removeAll { $0.id == id } }

    func mayUsePin(_ id: ID<Staff>, now: Timestamp, hours: Int) -> Bool {
        people.contains { $0.id == id && now < $0.passwordAt.adding(hours: hours) }
    }
}

extension WebRequest {
    var knownPeople: KnownPeople { KnownPeople(cookie: raw.cookies[KnownPeople.cookie]?.value ?? "", key: app.secret) }

    /// What the browser calls itself, shortened, and from where (R16.05): "Chrome · Windows · 192.168.1.23".
    var deviceName: String {
        let agent = headers[.userAgent] ?? ""
        func first(_ pairs: [(String, String)]) -> String? { pairs.first { agent.contains($0.0) }?.1 }
        let browser = first([
            ("MicroMessenger", "微信"), ("Edg/", "Edge"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"),
            ("Safari/", "Safari"),
        ])
        let system = first([
            ("iPad", "iPad"), ("iPhone", "iPhone"), ("Android", "Android"), ("Windows", "Windows"),
            ("Mac OS X", "macOS"), ("Linux", "Linux"),
        ])
        return [browser ?? "浏览器", system ?? "未知系统", clientAddress].joined(separator: " · ")
    }
}

/// Random bytes for tokens, salts and first passwords. The domain takes them as parameters.
enum Randomness {
    static func bytes(_ count: Int) -> [UInt8] {
        var generator = SystemRandomNumberGenerator()
        return (0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) }
    }
    static var token: SessionToken { SessionToken(bytes: bytes(32)) }
    static var salt: [UInt8] { bytes(PasswordHash.saltBytes) }
    static var csrf: String { Base64URL.text(Data(bytes(24))) }

    /// For a first password that is read out or written down: three groups without look-alikes, 59 bits.
    static var firstPassword: String {
        var generator = SystemRandomNumberGenerator()
        let alphabet = Array("abcdefghjkmnpqrstuvwxyz23456789")
        return (0..<3).map { _ in
            String((0..<4).map { _ in alphabet[Int.random(in: 0..<alphabet.count, using: &generator)] })
        }.joined(separator: "-")
    }
}
