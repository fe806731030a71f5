import Clinic
import Kernel

/// The form of one person, exactly as typed.
struct StaffForm {
    let form: Form

    static let names = ["employeeNumber", "name", "loginName", "title", "phone", "specialty", "chair"]

    var account: AccountForm {
        AccountForm(
            employeeNumber: form["employeeNumber"], name: form["name"],
            gender: Gender(rawValue: form["gender"]) ?? .unknown,
            title: form["title"], phone: form["phone"], loginName: form["loginName"], isDoctor: form.has("isDoctor"),
            specialty: form["specialty"], chairID: ID<Chair>(form["chair"]))
    }

    /// Boxes are called `grant` and carry `role@clinic`, or `role@` for every clinic.
    var grants: [RoleGrant] {
        form.all("grant").compactMap { value in
            let parts = value.split(separator: "@", omittingEmptySubsequences: false)
            guard parts.count == 2 else { return nil }
            if parts[1].isEmpty { return RoleGrant(clinicID: nil, role: String(parts[0])) }
            return ID<ClinicSite>(parts[1]).map { RoleGrant(clinicID: $0, role: String(parts[0])) }
        }
    }

    static func value(_ grant: RoleGrant) -> String { "\(grant.role)@\(grant.clinicID?.text ?? "")" }

    /// As stored, to fill the page.
    static func of(_ account: Account) -> Form {
        let staff = account.staff
        var pairs: [Form.Pair] = [
            .init(name: "employeeNumber", value: staff.employeeNumber), .init(name: "name", value: staff.name),
            .init(name: "loginName", value: staff.loginName), .init(name: "title", value: staff.title ?? ""),
            .init(name: "phone", value: account.phone ?? ""), .init(name: "gender", value: staff.gender.rawValue),
            .init(name: "specialty", value: staff.specialty ?? ""),
            .init(name: "chair", value: staff.chairID?.text ?? ""),
        ]
        if staff.isDoctor { pairs.append(.init(name: "isDoctor", value: "1")) }
        return Form(pairs: pairs + account.grants.map { .init(name: "grant", value: value($0)) })
    }
}
