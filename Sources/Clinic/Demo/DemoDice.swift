/// Repeatable chance for the demo: the same seed plays the same quarter of a year (SplitMix64).
struct DemoDice: RandomNumberGenerator, Sendable {
    private var state: UInt64
    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    mutating func number(_ range: ClosedRange<Int>) -> Int {
        range.lowerBound + Int(next() % UInt64(range.upperBound - range.lowerBound + 1))
    }
    /// True in `percent` of 100 cases.
    mutating func chance(_ percent: Int) -> Bool { number(1...100) <= percent }
    /// - Precondition: not empty.
    mutating func pick<T>(_ values: [T]) -> T { values[number(0...(values.count - 1))] }
    /// One of the values, with its weight.
    mutating func pick<T>(weighted values: [(T, Int)]) -> T {
        var rest = number(1...values.map(\.1).reduce(0, +))
        for (value, weight) in values {
            rest -= weight
            if rest <= 0 { return value }
        }
        return values[0].0
    }
}
