/// The bytes of a page while it is drawn. Text that comes from data always goes through `append(escaping:)`.
package struct HTMLBuffer: Sendable {
    package private(set) var bytes: [UInt8]

    package init(capacity: Int = 16_384) {
        bytes = []
        bytes.reserveCapacity(capacity)
    }

    /// Template text, as it stands in the file.
    mutating func append(_ literal: [UInt8]) { bytes.append(contentsOf: literal) }

    /// Safe in text and in quoted attributes; escapes `& < > " '`.
    mutating func append(escaping text: String) {
        var text = text
        text.withUTF8 { utf8 in
            var start = 0
            for index in utf8.indices {
                let entity: StaticString
                switch utf8[index] {
                case UInt8(ascii: "&"): entity = "&amp;"
                case UInt8(ascii: "<"): entity = "&lt;"
                case UInt8(ascii: ">"): entity = "&gt;"
                case UInt8(ascii: "\""): entity = "&quot;"
                case UInt8(ascii: "'"): entity = "&#39;"
                default: continue
                }
                bytes.append(contentsOf: UnsafeBufferPointer(rebasing: utf8[start..<index]))
                entity.withUTF8Buffer { bytes.append(contentsOf: $0) }
                start = index + 1
            }
            bytes.append(contentsOf: UnsafeBufferPointer(rebasing: utf8[start...]))
        }
    }

    mutating func append(_ number: Int) { bytes.append(contentsOf: String(number).utf8) }
}
