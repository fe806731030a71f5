import Clinic
import Kernel

/// Parts that everybody with the same rights sees alike, such as the board: read and built once for each change, however
/// many screens fetch them (design §7). The key holds the hub's position, so a commit that is told makes a new entry;
/// the minute, because parts show the time; and the viewer class: rights, never the person.
package final class ViewCache: Sendable {
    struct Key: Hashable, Sendable {
        let view: ObjectIdentifier
        let address: String
        let viewer: String
        let position: String
        let minute: Int64
    }

    private let entries = Guarded([Key: any Sendable]())
    private let limit: Int

    package init(limit: Int = 128) { self.limit = limit }

    func find<V: Sendable>(_ key: Key, as type: V.Type) -> V? { entries.withLock { $0[key] } as? V }

    func keep(_ value: some Sendable, for key: Key) {
        entries.withLock { entries in
            if entries.count >= limit { entries = entries.filter { $0.key.position == key.position } }
            if entries.count >= limit { entries.removeAll(keepingCapacity: true) }
            entries[key] = value
        }
    }
}

extension StaffRequest {
    /// A view, or what views are made of, of the person's clinic: it depends on nothing but `address`, the data and whether
    /// the person has each of
    /// `rights`. `make` must not put anything of the person or the session into it.
    package func shared<V: Sendable>(
        _ address: String, rights: [Capability], make: () async throws -> V
    ) async throws -> V {
        let viewer = rights.map { may($0) ? "1" : "0" }.joined()
        // Read before the data: what is built from older data stays under the older position.
        let key = ViewCache.Key(
            view: ObjectIdentifier(V.self), address: "\(clinic.id.text) \(address)", viewer: viewer,
            position: web.app.hub.position, minute: web.now.milliseconds / 60_000)
        if let known = web.app.views.find(key, as: V.self) { return known }
        let made = try await make()
        web.app.views.keep(made, for: key)
        return made
    }
}
