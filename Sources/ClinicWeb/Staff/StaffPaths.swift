import Clinic
import Kernel

/// Addresses of sign-in, own account, first run and staff administration.
package enum StaffPaths {
    package static let pin = "/sign-in/pin"
    package static let password = "/password"
    package static let account = "/account"
    package static let accountPin = "/account/pin"
    package static let accountClinic = "/account/clinic"
    package static let setup = "/setup"
    package static let list = "/staff"
    package static let new = "/staff/new"
    static let staffPattern = "/staff/:id"

    package static func staff(_ id: ID<Staff>) -> String { "/staff/\(id.text)" }
    static func action(_ id: ID<Staff>, _ name: String) -> String { "/staff/\(id.text)/\(name)" }
    /// The sign-in page with the PIN or password of one person asked for.
    static func signIn(person: ID<Staff>, next: String) -> String {
        URLText.address(ShellPaths.signIn, ["person": person.text, "next": next])
    }
}
