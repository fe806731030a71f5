import Crypto
import Foundation
import Kernel

/// The key ring on paper, for the safe: `menya key export` prints it, `/setup` asks for its last group.
///
/// Crockford base32 in groups of four. Bytes: version (1), number of keys (1), look-up key (32), then for each key its
/// number (2, big endian) and secret (32), oldest first, the last one active; then the first 4 bytes of their SHA-256.
package struct RecoverySheet: Sendable, Equatable {
    package let groups: [String]

    package init(_ ring: KeyRing) {
        let ordered = ring.keys.filter { $0.id != ring.active.id } + [ring.active]
        var bytes: [UInt8] = [1, UInt8(truncatingIfNeeded: ordered.count)] + ring.lookup.bytes
        for key in ordered {
            let number = UInt16(key.id.dropFirst()) ?? 0
            bytes += [UInt8(number >> 8), UInt8(number & 255)] + key.secret.bytes
        }
        bytes += Self.checksum(bytes)
        let text = Array(Base32.encode(bytes))
        groups = stride(from: 0, to: text.count, by: 4).map { String(text[$0..<min($0 + 4, text.count)]) }
    }

    /// What proves that the sheet was printed and kept: its last two groups.
    package var proof: String { groups.suffix(2).joined(separator: "-") }

    package func isProof(_ typed: String) -> Bool {
        Base32.normalised(typed) == Base32.normalised(proof)
    }

    /// Numbered lines of six groups.
    package var text: String {
        stride(from: 0, to: groups.count, by: 6).enumerated().map { line, start in
            "\(line + 1 < 10 ? " " : "")\(line + 1)  "
                + groups[start..<min(start + 6, groups.count)].joined(separator: "-")
        }.joined(separator: "\n")
    }

    /// Reads what somebody typed from the sheet: groups, with or without hyphens, line breaks, line numbers and small
    /// letters.
    /// - Throws: `SecretsError.badSheet`.
    package static func read(_ typed: String) throws(SecretsError) -> KeyRing {
        let lines = typed.split(whereSeparator: \.isNewline).map { line -> String in
            let words = line.split(separator: " ")
            let isNumbered = words.count > 1 && words[0].count < 3 && words[0].allSatisfy { $0.isASCIIDigit }
            return words.dropFirst(isNumbered ? 1 : 0).joined(separator: "")
        }
        guard let bytes = Base32.decode(lines.joined(separator: "")) else { throw .badSheet(reason: "有不认识的字符") }
        guard bytes.count >= 38, Array(bytes.suffix(4)) == checksum(bytes.dropLast(4)) else {
            throw .badSheet(reason: "校验码对不上")
        }
        let count = Int(bytes[1])
        guard bytes[0] == 1, count > 0, bytes.count == 34 + count * 34 + 4 else { throw .badSheet(reason: "长度不对") }
        let keys = (0..<count).map { index in
            let start = 34 + index * 34
            let number = Int(bytes[start]) << 8 | Int(bytes[start + 1])
            return (id: "k\(number)", secret: Data(bytes[(start + 2)..<(start + 34)]))
        }
        guard let active = keys.last, let ring = KeyRing(keys: keys, active: active.id, lookup: Data(bytes[2..<34]))
        else { throw .badSheet(reason: "密钥编号不对") }
        return ring
    }

    private static func checksum(_ bytes: some Sequence<UInt8>) -> [UInt8] {
        Array(SHA256.hash(data: Data(bytes)).prefix(4))
    }
}

/// Bytes in Crockford's alphabet, which has no I, L, O or U.
enum Base32 {
    private static let alphabet = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ")

    static func encode(_ bytes: [UInt8]) -> String {
        var text = ""
        var (buffer, bits) = (UInt32(0), 0)
        for byte in bytes {
            buffer = buffer << 8 | UInt32(byte)
            bits += 8
            while bits >= 5 {
                bits -= 5
                text.append(alphabet[Int(buffer >> UInt32(bits) & 31)])
            }
        }
        if bits > 0 { text.append(alphabet[Int(buffer << UInt32(5 - bits) & 31)]) }
        return text
    }

    /// Capital letters without separators; I, L, O as the digits they are taken for.
    static func normalised(_ text: String) -> String {
        String(
            text.uppercased().compactMap { character -> Character? in
                switch character {
                case "I", "L": "1"
                case "O": "0"
                case "-", " ", "\n", "\r", "\t": nil
                default: character
                }
            })
    }

    /// nil when a character is not of the alphabet, or the last bits are not zero.
    static func decode(_ text: String) -> [UInt8]? {
        var bytes: [UInt8] = []
        var (buffer, bits) = (UInt32(0), 0)
        for character in normalised(text) {
            guard let value = alphabet.firstIndex(of: character) else { return nil }
            buffer = (buffer << 5 | UInt32(value)) & 0xFFFF
            bits += 5
            if bits >= 8 {
                bits -= 8
                bytes.append(UInt8(buffer >> UInt32(bits) & 255))
            }
        }
        return bits < 5 && buffer & (1 << UInt32(bits) - 1) == 0 ? bytes : nil
    }
}

extension SymmetricKey {
    /// The secret itself; only for the key file and the recovery sheet.
    var bytes: Data { withUnsafeBytes { Data($0) } }
}
