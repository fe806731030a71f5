import ClinicWeb
import Kernel
import Testing

@Suite struct NetworkAddressTests {
    @Test(
        "IPv6 按 /64 计数，IPv4 和映射的地址按原样",
        arguments: [
            ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::ffff", true), ("2001:db8:1:2::1", "2001:db8:1:3::1", false),
            ("2001:0db8:0001:0002::1", "2001:db8:1:2:abcd::", true), ("::1", "::2", true),
            ("192.0.2.1", "::ffff:192.0.2.1", true), ("192.0.2.1", "192.0.2.2", false),
            ("fe80::1%eth0", "fe80::2", true), ("local", "local", true), ("local", "other", false),
        ])
    func countsNetworks(first: String, second: String, isSame: Bool) {
        #expect((NetworkAddress.limitKey(first) == NetworkAddress.limitKey(second)) == isSame)
    }

    @Test(
        "网段按位比较",
        arguments: [
            ("10.0.0.0/8", "10.255.0.1", true), ("10.0.0.0/8", "11.0.0.1", false),
            ("10.0.0.128/25", "10.0.0.127", false),
            ("10.0.0.128/25", "10.0.0.128", true), ("192.0.2.7", "192.0.2.7", true), ("192.0.2.7", "192.0.2.6", false),
            ("2001:db8::/33", "2001:db8:7fff::1", true), ("2001:db8::/33", "2001:db8:8000::1", false),
            ("0.0.0.0/0", "203.0.113.9", true), ("0.0.0.0/0", "2001:db8::1", false),
        ])
    func comparesBits(range: String, address: String, isInside: Bool) throws {
        let range = try #require(NetworkRange(range))
        #expect(range.contains(try #require(NetworkAddress(address))) == isInside)
    }

    @Test("写错的网段不接受", arguments: ["", "10.0.0.0/33", "10.0.0/8", "10.0.0.0/-1", "10.0.0.0/8/9", "proxy", "::1/129"])
    func refusesNonsense(text: String) {
        #expect(NetworkRange(text) == nil)
        #expect(TrustedProxies(configured: text) == nil)
    }

    @Test("X-Forwarded-For 只信自己的代理，从右往左第一个不是代理的地址")
    func believesProxiesOnly() throws {
        let proxies = try #require(TrustedProxies(configured: "127.0.0.1, 10.0.0.0/24"))
        #expect(proxies.client(peer: "127.0.0.1", chain: "198.51.100.9") == "198.51.100.9")
        #expect(proxies.client(peer: "127.0.0.1", chain: "1.2.3.4, 198.51.100.9, 10.0.0.7") == "198.51.100.9")
        #expect(proxies.client(peer: "127.0.0.1", chain: nil) == "127.0.0.1")
        // Somebody reaches the port past the proxy and writes the header himself.
        #expect(proxies.client(peer: "203.0.113.5", chain: "198.51.100.9") == "203.0.113.5")
        #expect(TrustedProxies.none.client(peer: "127.0.0.1", chain: "198.51.100.9") == "127.0.0.1")
        #expect(TrustedProxies(configured: "true") == .onThisMachine)
        #expect(TrustedProxies.onThisMachine.contains("::1") && !TrustedProxies.onThisMachine.contains("10.0.0.1"))
    }
}
