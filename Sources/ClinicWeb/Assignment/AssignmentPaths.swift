import Kernel

/// Addresses of the rotation.
package enum AssignmentPaths {
    package static let rotation = "/rotation"
    static func rotation(month: Day) -> String {
        URLText.address(rotation, ["month": String(month.iso.prefix(7))])
    }
}
