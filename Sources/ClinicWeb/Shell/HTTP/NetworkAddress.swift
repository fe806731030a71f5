import Foundation

/// An address of the internet protocol as bytes: 4, or 16. `::ffff:192.0.2.1` is the 4 bytes it stands for.
package struct NetworkAddress: Hashable, Sendable {
    package let bytes: [UInt8]

    /// nil for anything that is no plain address.
    package init?(_ text: String) {
        // A scope (`fe80::1%eth0`) says on which wire, not who.
        let plain = String(text.prefix { $0 != "%" })
        var four = [UInt8](repeating: 0, count: 4)
        var sixteen = [UInt8](repeating: 0, count: 16)
        if inet_pton(AF_INET, plain, &four) == 1 {
            bytes = four
        } else if inet_pton(AF_INET6, plain, &sixteen) == 1 {
            let mapped = [UInt8](repeating: 0, count: 10) + [255, 255]
            bytes = Array(sixteen.prefix(12)) == mapped ? Array(sixteen.suffix(4)) : sixteen
        } else {
            return nil
        }
    }

    /// By what a visitor is counted: an IPv4 address, the /64 network of an IPv6 address, since a telephone changes the
    /// rest as it likes. What is no address counts as itself.
    package static func limitKey(_ text: String) -> String {
        guard let address = NetworkAddress(text) else { return text }
        let counted = address.bytes.count == 4 ? address.bytes[...] : address.bytes.prefix(8)
        return counted.map { String($0) }.joined(separator: address.bytes.count == 4 ? "." : ":")
    }
}

/// A network as `10.0.0.0/8`, or a single address.
package struct NetworkRange: Hashable, Sendable {
    private let base: NetworkAddress
    private let bits: Int

    /// nil for anything else, and for more bits than the address has.
    package init?(_ text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count), let base = NetworkAddress(String(parts[0])) else { return nil }
        let most = base.bytes.count * 8
        guard let bits = parts.count == 2 ? Int(parts[1]) : most, (0...most).contains(bits) else { return nil }
        self.base = base
        self.bits = bits
    }

    package func contains(_ address: NetworkAddress) -> Bool {
        guard address.bytes.count == base.bytes.count else { return false }
        return zip(address.bytes, base.bytes).enumerated().allSatisfy { index, pair in
            let counted = min(8, max(0, bits - index * 8))
            let mask = UInt8(truncatingIfNeeded: 0xFF00 >> counted)
            return pair.0 & mask == pair.1 & mask
        }
    }

    /// This machine.
    package static let loopback: [NetworkRange] = ["127.0.0.0/8", "::1"].compactMap { NetworkRange($0) }
}

/// Which proxies may speak for others with `X-Forwarded-…`; from anybody else these headers are not believed.
package struct TrustedProxies: Hashable, Sendable {
    package let ranges: [NetworkRange]
    package init(_ ranges: [NetworkRange] = []) { self.ranges = ranges }
    package static let none = TrustedProxies()
    package static let onThisMachine = TrustedProxies(NetworkRange.loopback)

    /// What stands behind `--trust-proxy`: `loopback` (or yes), or addresses and networks with commas between.
    /// - Returns: nil when one of them is neither.
    package init?(configured text: String) {
        if ["1", "true", "yes", "on", "loopback"].contains(text.lowercased()) {
            self = .onThisMachine
            return
        }
        let parts = text.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
        let ranges = parts.compactMap { NetworkRange($0) }
        guard !ranges.isEmpty, ranges.count == parts.count else { return nil }
        self.init(ranges)
    }

    package var isEmpty: Bool { ranges.isEmpty }

    /// - Parameter peer: the other end of the connection; a connection that has no address came from this machine.
    package func contains(_ peer: String) -> Bool {
        guard peer != WebContext.localPeer else { return ranges.contains { NetworkRange.loopback.contains($0) } }
        guard let address = NetworkAddress(peer) else { return false }
        return ranges.contains { $0.contains(address) }
    }

    /// The first address from the right that is none of our proxies: what stands further left, anybody may have written.
    package func client(peer: String, chain: String?) -> String {
        guard contains(peer), let chain else { return peer }
        let hops = chain.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
        return hops.last { !contains($0) } ?? hops.first ?? peer
    }
}
