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
///
/// Keys live in shares with a lock each, and in two generations: when the younger one is full the older one is dropped whole,
/// so that no request ever walks over all keys.
package final class RateLimiter: Sendable {
    /// Sixty thousandths of a request: what a limit of one a minute gains in a millisecond. Whole numbers, so nothing drifts.
    private struct Bucket {
        var credit: Int64
        var filledAt: Timestamp
    }
    private struct Share {
        var young: [String: Bucket] = [:]
        var old: [String: Bucket] = [:]
    }
    private static let price: Int64 = 60_000
    private let shares: [Guarded<Share>]
    /// Keys of a generation of a share.
    private let generation: Int

    /// - Parameters:
    ///   - maximum: keys kept at most.
    ///   - shares: how many locks.
    package init(maximum: Int = 50_000, shares: Int = 16) {
        self.shares = (0..<max(1, shares)).map { _ in Guarded(Share()) }
        generation = max(1, maximum / max(1, shares) / 2)
    }

    /// How many keys are kept now.
    package var count: Int { shares.reduce(0) { $0 + $1.withLock { $0.young.count + $0.old.count } } }

    /// Takes one token.
    /// - Returns: 0 when allowed, otherwise whole seconds until the next token.
    package func secondsToWait(_ key: String, _ limit: RateLimit, now: Timestamp) -> Int {
        let share = shares[Int(UInt(bitPattern: key.hashValue) % UInt(shares.count))]
        // What is dropped is freed here, after the lock.
        let (wait, _): (Int, [String: Bucket]) = share.withLock { share in
            var bucket =
                share.young[key] ?? share.old.removeValue(forKey: key)
                ?? Bucket(credit: Int64(limit.burst) * Self.price, filledAt: now)
            let wait = Self.take(&bucket, limit, now)
            var dropped: [String: Bucket] = [:]
            if share.young.count >= generation, share.young[key] == nil {
                dropped = share.old
                share.old = share.young
                share.young = [:]
            }
            share.young[key] = bucket
            return (wait, dropped)
        }
        return wait
    }

    private static func take(_ bucket: inout Bucket, _ limit: RateLimit, _ now: Timestamp) -> Int {
        let (full, perMillisecond) = (Int64(limit.burst) * price, Int64(limit.perMinute))
        let elapsed = max(0, now.milliseconds - bucket.filledAt.milliseconds)
        bucket.credit = min(full, bucket.credit + elapsed * perMillisecond)
        bucket.filledAt = max(bucket.filledAt, now)
        if bucket.credit >= price {
            bucket.credit -= price
            return 0
        }
        let milliseconds = (price - bucket.credit + perMillisecond - 1) / perMillisecond
        return Int((milliseconds + 999) / 1_000)
    }
}
