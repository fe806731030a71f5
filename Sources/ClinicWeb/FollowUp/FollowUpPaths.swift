import Clinic
import Kernel

/// Addresses of the workbench and of calls.
package enum FollowUpPaths {
    package static let workbench = "/workbench"
    static let workbenchList = "/workbench/list"
    static let all = "/workbench?who=all"
    static let calls = "/follow-ups"

    package static func task(_ id: ID<TaskItem>) -> String { "/tasks/\(id.text)" }
    static func outcome(_ id: ID<TaskItem>) -> String { "/tasks/\(id.text)/outcome" }
    static func undo(_ id: ID<TaskItem>) -> String { "/tasks/\(id.text)/undo" }
}
