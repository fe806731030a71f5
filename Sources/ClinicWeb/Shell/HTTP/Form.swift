import Foundation

/// Fields of a form or query string exactly as typed: order and repeated names kept, nothing trimmed or narrowed.
package struct Form: Sendable, Hashable {
    package let pairs: [Pair]
    package struct Pair: Sendable, Hashable {
        package let name: String
        package let value: String
    }

    package init(pairs: [Pair] = []) { self.pairs = pairs }
    /// For tests: `["name": "王小明"]`.
    package init(_ values: KeyValuePairs<String, String>) {
        pairs = values.map { Pair(name: $0.key, value: $0.value) }
    }

    /// The first value of a name; empty when it is absent.
    package subscript(name: String) -> String { pairs.first { $0.name == name }?.value ?? "" }
    package func all(_ name: String) -> [String] { pairs.filter { $0.name == name }.map(\.value) }
    package func has(_ name: String) -> Bool { pairs.contains { $0.name == name } }
    package var names: Set<String> { Set(pairs.map(\.name)) }

    /// Decodes `application/x-www-form-urlencoded`. Bytes that are not UTF-8 become U+FFFD, a stray `%` stays itself.
    package init(urlEncoded bytes: some Collection<UInt8>) {
        pairs = bytes.split(separator: UInt8(ascii: "&")).map { part in
            let separator = part.firstIndex(of: UInt8(ascii: "="))
            let name = part[part.startIndex..<(separator ?? part.endIndex)]
            let value = separator.map { part[part.index(after: $0)...] } ?? part[part.endIndex...]
            return Pair(name: Self.decode(name), value: Self.decode(value))
        }
    }
    package init(urlEncoded text: String) { self.init(urlEncoded: Array(text.utf8)) }

    private static func decode(_ bytes: some Collection<UInt8>) -> String {
        var decoded: [UInt8] = []
        decoded.reserveCapacity(bytes.count)
        var index = bytes.startIndex
        while index != bytes.endIndex {
            let byte = bytes[index]
            let next = bytes.index(after: index)
            if byte == UInt8(ascii: "%"), let high = hex(bytes, next), let low = hex(bytes, bytes.index(after: next)) {
                decoded.append(high << 4 | low)
                index = bytes.index(next, offsetBy: 2)
                continue
            }
            decoded.append(byte == UInt8(ascii: "+") ? UInt8(ascii: " ") : byte)
            index = next
        }
        return String(decoding: decoded, as: UTF8.self)
    }

    private static func hex<C: Collection<UInt8>>(_ bytes: C, _ index: C.Index) -> UInt8? {
        guard index < bytes.endIndex else { return nil }
        switch bytes[index] {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): return bytes[index] - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): return bytes[index] - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): return bytes[index] - UInt8(ascii: "A") + 10
        default: return nil
        }
    }
}

/// Writes addresses.
package enum URLText {
    private static let plain = Set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~".utf8)

    /// One value of a query, percent-encoded.
    package static func encode(_ text: String) -> String {
        var result = ""
        for byte in text.utf8 {
            if plain.contains(byte) {
                result.unicodeScalars.append(Unicode.Scalar(byte))
            } else {
                let digits = String(byte, radix: 16, uppercase: true)
                result += digits.count == 1 ? "%0\(digits)" : "%\(digits)"
            }
        }
        return result
    }

    /// `/appointments?day=2026-03-12`
    package static func address(_ path: String, _ query: KeyValuePairs<String, String>) -> String {
        query.isEmpty ? path : path + "?" + query.map { "\(encode($0.key))=\(encode($0.value))" }.joined(separator: "&")
    }

    /// A path of this site that may be followed after sign-in: one leading slash, no scheme, no backslash, no controls.
    package static func localPath(_ text: String) -> String? {
        guard text.hasPrefix("/"), !text.hasPrefix("//"), !text.contains("\\"),
            text.unicodeScalars.allSatisfy({ $0.value > 0x20 && $0.value != 0x7F })
        else { return nil }
        return text
    }
}
