import ClinicWeb
import Kernel
import Testing

@Suite struct RateLimiterTests {
    private let start = Timestamp(milliseconds: 1_000_000_000)
    private let limit = RateLimit(burst: 3, perMinute: 6)

    @Test func aBurstThenOneEveryTenSeconds() {
        let limiter = RateLimiter()
        let waits = (0..<4).map { _ in limiter.secondsToWait("a", limit, now: start) }
        #expect(waits == [0, 0, 0, 10])
        #expect(limiter.secondsToWait("a", limit, now: start.adding(seconds: 9)) == 1)
        #expect(limiter.secondsToWait("a", limit, now: start.adding(seconds: 10)) == 0)
        #expect(limiter.secondsToWait("a", limit, now: start.adding(seconds: 10)) == 10)
    }

    @Test func keysDoNotDisturbEachOtherAndTokensDoNotPileUp() {
        let limiter = RateLimiter()
        for _ in 0..<3 { _ = limiter.secondsToWait("a", limit, now: start) }
        #expect(limiter.secondsToWait("b", limit, now: start) == 0)
        let later = start.adding(minutes: 60)
        let waits = (0..<4).map { _ in limiter.secondsToWait("a", limit, now: later) }
        #expect(waits == [0, 0, 0, 10])
    }

    @Test func aClockThatGoesBackGivesNoTokens() {
        let limiter = RateLimiter()
        for _ in 0..<3 { _ = limiter.secondsToWait("a", limit, now: start) }
        #expect(limiter.secondsToWait("a", limit, now: start.adding(minutes: -5)) == 10)
    }

    @Test("再多的地址也只记有限的几个，刚来过的不会被忘掉") func keepsABoundedNumberOfKeys() {
        let limiter = RateLimiter(maximum: 1_000, shares: 4)
        for number in 0..<20_000 {
            _ = limiter.secondsToWait("k\(number)", limit, now: start)
            if number % 50 == 0 { _ = limiter.secondsToWait("mine", RateLimit(burst: 1, perMinute: 1), now: start) }
        }
        #expect(limiter.count <= 1_000)
        #expect(limiter.secondsToWait("mine", RateLimit(burst: 1, perMinute: 1), now: start) > 0)
    }
}
