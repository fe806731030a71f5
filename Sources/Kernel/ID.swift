import Foundation

/// A phantom-typed identifier: `ID<Patient>` and `ID<Visit>` cannot be mixed up. 64-bit, time-ordered, made by the application.
package struct ID<Entity>: Hashable, Comparable, Codable, Sendable, CustomStringConvertible {
    package let raw: Int64
    package init(raw: Int64) { self.raw = raw }
    package static func < (a: ID, b: ID) -> Bool { a.raw < b.raw }

    /// 13 characters of Crockford base32, as shown in addresses.
    package var text: String { CrockfordBase32.encode(raw) }
    package var description: String { text }
    /// nil when `text` is not 13 characters of Crockford base32 (I, L, O read as 1, 1, 0).
    package init?(_ text: some StringProtocol) {
        guard let raw = CrockfordBase32.decode(text) else { return nil }
        self.init(raw: raw)
    }
    /// The same number seen as another kind of thing; only for tables that share a key on purpose.
    package func cast<Other>(to type: Other.Type) -> ID<Other> { ID<Other>(raw: raw) }
}

package enum CrockfordBase32 {
    private static let alphabet = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ")
    private static let values: [Character: UInt64] = {
        var values: [Character: UInt64] = [:]
        for (index, character) in alphabet.enumerated() {
            values[character] = UInt64(index)
            values[Character(character.lowercased())] = UInt64(index)
        }
        for (alias, digit) in [("I", 1), ("i", 1), ("L", 1), ("l", 1), ("O", 0), ("o", 0)] as [(Character, UInt64)] {
            values[alias] = digit
        }
        return values
    }()

    package static func encode(_ number: Int64) -> String {
        var rest = UInt64(bitPattern: number)
        var characters: [Character] = []
        for _ in 0..<13 {
            characters.append(alphabet[Int(rest & 31)])
            rest >>= 5
        }
        return String(characters.reversed())
    }

    package static func decode(_ text: some StringProtocol) -> Int64? {
        guard text.count == 13 else { return nil }
        var number: UInt64 = 0
        for (position, character) in text.enumerated() {
            guard let value = values[character] else { return nil }
            if position == 0, value > 15 { return nil }
            number = number << 5 | value
        }
        return Int64(bitPattern: number)
    }
}

/// Makes time-ordered ids: 42 bits of milliseconds since 2024-01-01, 21 bits that start at random and count up within
/// the millisecond. Thread-safe; ids of one source are strictly increasing.
package final class IDSource: Sendable {
    private struct State {
        var last: Int64 = 0
        var random: any RandomNumberGenerator & Sendable
    }
    private static let epoch: Int64 = 1_704_067_200_000
    private let state: Guarded<State>

    package init(random: any RandomNumberGenerator & Sendable = SystemRandomNumberGenerator()) {
        state = Guarded(State(random: random))
    }

    package func next<T>(_ type: T.Type = T.self, at now: Timestamp) -> ID<T> {
        state.withLock { state in
            let base = (now.milliseconds - Self.epoch) << 21 | Int64.random(in: 0..<(1 << 20), using: &state.random)
            state.last = max(base, state.last + 1)
            return ID(raw: state.last)
        }
    }
}
