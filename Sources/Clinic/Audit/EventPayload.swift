import Foundation
import Kernel

/// Reads the canonical JSON of an event; what is missing or of another type reads as nothing.
package struct EventPayload {
    private let members: [String: Any]

    package init(_ json: String) {
        self.init((try? JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any]) ?? [:])
    }

    private init(_ members: [String: Any]) { self.members = members }

    package func text(_ name: String) -> String? { members[name] as? String }
    package func texts(_ name: String) -> [String] { members[name] as? [String] ?? [] }
    package func int(_ name: String) -> Int64? { (members[name] as? NSNumber)?.int64Value }
    package func member(_ name: String) -> EventPayload { EventPayload(members[name] as? [String: Any] ?? [:]) }
    package func members(_ name: String) -> [EventPayload] {
        (members[name] as? [[String: Any]] ?? []).map(EventPayload.init)
    }
    package func objects(_ name: String) -> [[String: String?]] {
        (members[name] as? [[String: Any]] ?? []).map { $0.mapValues { $0 as? String } }
    }
}
