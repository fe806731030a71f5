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
    /// Sixty thousandths of a request: what a limit of one a minute gains in a millisecond. Whole numbers, so nothing drifts.
    private struct Bucket {
        var credit: Int64
        var filledAt: Timestamp
    }
    private static let price: Int64 = 60_000
    private let buckets = Guarded<[String: Bucket]>([:])
    private let maximum: Int

    /// - Parameter maximum: keys kept; beyond it the full buckets are dropped.
    package init(maximum: Int = 50_000) { self.maximum = maximum }

    /// Takes one token.
    /// - Returns: 0 when allowed, otherwise whole seconds until the next token.
    package func secondsToWait(_ key: String, _ limit: RateLimit, now: Timestamp) -> Int {
        buckets.withLock { buckets in
            if buckets.count >= maximum { Self.dropIdle(&buckets, now: now) }
            let (full, perMillisecond) = (Int64(limit.burst) * Self.price, Int64(limit.perMinute))
            var bucket = buckets[key] ?? Bucket(credit: full, filledAt: now)
            let elapsed = max(0, now.milliseconds - bucket.filledAt.milliseconds)
            bucket.credit = min(full, bucket.credit + elapsed * perMillisecond)
            bucket.filledAt = max(bucket.filledAt, now)
            defer { buckets[key] = bucket }
            if bucket.credit >= Self.price {
                bucket.credit -= Self.price
                return 0
            }
            let milliseconds = (Self.price - bucket.credit + perMillisecond - 1) / perMillisecond
            return Int((milliseconds + 999) / 1_000)
        }
    }

    private static func dropIdle(_ buckets: inout [String: Bucket], now: Timestamp) {
        let before = now.milliseconds - 10 * 60_000
        buckets = buckets.filter { $0.value.filledAt.milliseconds >= before }
    }
}
