/// A small cache that forgets what was not used for longest. Holds prepared statements, one cache a connection.
package struct LeastRecentlyUsed<Value> {
    private var entries: [String: (value: Value, usedAt: UInt64)] = [:]
    private var clock: UInt64 = 0
    package let capacity: Int

    package init(capacity: Int) { self.capacity = capacity }

    package var count: Int { entries.count }
    package var values: [Value] { entries.values.map(\.value) }

    package mutating func find(_ key: String) -> Value? {
        guard let index = entries.index(forKey: key) else { return nil }
        clock += 1
        entries.values[index].usedAt = clock
        return entries.values[index].value
    }

    /// - Returns: the values pushed out: the old one of this key, or the one unused for longest.
    package mutating func insert(_ value: Value, for key: String) -> [Value] {
        clock += 1
        if let old = entries.updateValue((value, clock), forKey: key) { return [old.value] }
        guard entries.count > capacity, let oldest = entries.min(by: { $0.value.usedAt < $1.value.usedAt })?.key,
            let pushedOut = entries.removeValue(forKey: oldest)
        else { return [] }
        return [pushedOut.value]
    }

    package mutating func remove(_ key: String) -> Value? { entries.removeValue(forKey: key)?.value }
    package mutating func removeAll() { entries = [:] }
}
