import Kernel

/// A token bucket: `burst` requests at once, then `perMinute`.
package struct RateLimit: Hashable, Sendable {
    package let burst: Int
    package let perMinute: Int
    package init(burst: Int, perMinute: Int) {
        self.burst = burst
        self.perMinute = perMinute
    }
    package static let signIn = RateLimit(burst: 20, perMinute: 20)
    package static let publicPage = RateLimit(burst: 30, perMinute: 60)
    package static let publicPost = RateLimit(burst: 5, perMinute: 5)
}

/// Counts requests by key, in memory: a restart forgets, which is enough against guessing and floods.
package final class RateLimiter: Sendable {
    private struct Bucket {
        var tokens: Double
        var filledAt: Timestamp
    }
    private let buckets = Guarded<[String: Bucket]>([:])
    private let maximum: Int

    /// - Parameter maximum: keys kept; beyond it the full buckets are dropped.
    package init(maximum: Int = 50_000) { self.maximum = maximum }

    /// Takes one token.
    /// - Returns: 0 when allowed, otherwise whole seconds until the next token.
    package func secondsToWait(_ key: String, _ limit: RateLimit, now: Timestamp) -> Int {
        buckets.withLock { buckets in
            if buckets.count >= maximum { Self.dropIdle(&buckets, now: now) }
            var bucket = buckets[key] ?? Bucket(tokens: Double(limit.burst), filledAt: now)
            let minutes = Double(max(0, now.milliseconds - bucket.filledAt.milliseconds)) / 60_000
            bucket.tokens = min(Double(limit.burst), bucket.tokens + minutes * Double(limit.perMinute))
            bucket.filledAt = now
            defer { buckets[key] = bucket }
            if bucket.tokens >= 1 {
                bucket.tokens -= 1
                return 0
            }
            return max(1, Int(((1 - bucket.tokens) / Double(limit.perMinute) * 60).rounded(.up)))
        }
    }

    private static func dropIdle(_ buckets: inout [String: Bucket], now: Timestamp) {
        let before = now.milliseconds - 10 * 60_000
        buckets = buckets.filter { $0.value.filledAt.milliseconds >= before }
    }
}
