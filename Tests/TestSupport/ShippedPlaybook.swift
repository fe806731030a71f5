import Clinic
import Foundation

/// The playbook of the repository, loaded once for all tests.
package enum ShippedPlaybook {
    package static let folder = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "Playbook")

    package static func load() throws -> Playbook { try loaded.get() }

    private static let loaded = Result { () throws -> Playbook in try Playbook.load(from: folder) }
}
