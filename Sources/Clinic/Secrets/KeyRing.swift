import Crypto
import Foundation

/// The secrets of one installation: encryption keys, of which one is active, and the key of look-up hashes, which
/// rotation does not touch.
package struct KeyRing: Sendable, Equatable {
    package struct Key: Sendable, Equatable {
        /// "k1", "k2" …: the first part of every value it made.
        package let id: String
        let secret: SymmetricKey
    }

    /// Oldest first.
    package let keys: [Key]
    package let active: Key
    let lookup: SymmetricKey

    /// A ring with one new key.
    package static func generate() -> KeyRing {
        let first = Key(id: "k1", secret: SymmetricKey(size: .bits256))
        return KeyRing(keys: [first], active: first, lookup: SymmetricKey(size: .bits256))
    }

    /// - Returns: nil when `active` is not among `keys`, an id stands twice, or a secret is not 32 bytes.
    init?(keys: [(id: String, secret: Data)], active: String, lookup: Data) {
        let made = keys.map { Key(id: $0.id, secret: SymmetricKey(data: $0.secret)) }
        guard let current = made.first(where: { $0.id == active }), Set(made.map(\.id)).count == made.count,
            made.allSatisfy({ Self.isID($0.id) && $0.secret.bitCount == 256 }), lookup.count == 32
        else { return nil }
        self.init(keys: made, active: current, lookup: SymmetricKey(data: lookup))
    }

    private init(keys: [Key], active: Key, lookup: SymmetricKey) {
        self.keys = keys
        self.active = active
        self.lookup = lookup
    }

    /// The same ring with a new key that is active from now on; the old ones still open what they closed.
    package func rotated() -> KeyRing {
        let number = keys.compactMap { Int($0.id.dropFirst()) }.max() ?? 0
        let next = Key(id: "k\(number + 1)", secret: SymmetricKey(size: .bits256))
        return KeyRing(keys: keys + [next], active: next, lookup: lookup)
    }

    package func find(_ id: String) -> Key? { keys.first { $0.id == id } }

    /// 16 hexadecimal digits that tell installations apart and betray nothing. Rotation does not change them, so a backup
    /// made before it still belongs to this ring.
    package var fingerprint: String {
        let code = HMAC<SHA256>.authenticationCode(for: Data("menya key fingerprint".utf8), using: lookup)
        return String(Hex.text(code).prefix(16))
    }

    /// A key for signing what browsers bring back (flash messages, visitors' tokens): the same in all processes that share
    /// the key file, and of no use for anything else.
    package var signingKey: SymmetricKey {
        SymmetricKey(data: HMAC<SHA256>.authenticationCode(for: Data("menya web signing".utf8), using: lookup))
    }

    /// "k" and a number without leading zero.
    private static func isID(_ text: String) -> Bool {
        text.first == "k" && Int(text.dropFirst()).map { $0 > 0 && "k\($0)" == text } == true
    }
}

enum Hex {
    /// Two lower-case digits a byte.
    static func text(_ bytes: some Sequence<UInt8>) -> String {
        let digits = Array("0123456789abcdef".utf8)
        return String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }
}
