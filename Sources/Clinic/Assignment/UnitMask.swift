import Kernel

/// Quarters of an hour of one day as bits: whether a visit fits is one comparison.
package struct UnitMask: Hashable, Sendable {
    package var bits: UInt128
    package init(bits: UInt128 = 0) { self.bits = bits }
    /// Units outside the day are left out.
    package init(_ units: Range<Int>) {
        let units = units.clamped(to: 0..<Unit.perDay)
        bits = units.isEmpty ? 0 : ((UInt128(1) << units.count) - 1) << units.lowerBound
    }
    /// - Parameters: bits of the first and of the second half of the day, as the database sums them.
    package init(low: Int64, high: Int64) {
        bits = UInt128(UInt64(bitPattern: low)) | UInt128(UInt64(bitPattern: high)) << 48
    }

    package func contains(_ other: UnitMask) -> Bool { bits & other.bits == other.bits }
    package func overlaps(_ other: UnitMask) -> Bool { bits & other.bits != 0 }
    package func contains(_ unit: Int) -> Bool { (0..<Unit.perDay).contains(unit) && bits >> unit & 1 == 1 }
    package mutating func formUnion(_ other: UnitMask) { bits |= other.bits }
    package func subtracting(_ other: UnitMask) -> UnitMask { UnitMask(bits: bits & ~other.bits) }
}
