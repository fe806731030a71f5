import Kernel

/// A person with what belongs to signing in and to administration. Hashes stay in the store.
package struct Account: Hashable, Sendable {
    package let staff: Staff
    /// Private; for administrators only (R16.12).
    package let phone: String?
    package let mustChangePassword: Bool
    package let hasPassword: Bool
    package let hasPin: Bool
    package let failedSignIns: Int
    package let failedPins: Int
    package let lockedUntil: Timestamp?
    package let grants: [RoleGrant]

    package init(
        staff: Staff, phone: String?, mustChangePassword: Bool, hasPassword: Bool, hasPin: Bool, failedSignIns: Int,
        failedPins: Int, lockedUntil: Timestamp?, grants: [RoleGrant]
    ) {
        self.staff = staff
        self.phone = phone
        self.mustChangePassword = mustChangePassword
        self.hasPassword = hasPassword
        self.hasPin = hasPin
        self.failedSignIns = failedSignIns
        self.failedPins = failedPins
        self.lockedUntil = lockedUntil
        self.grants = grants
    }

    var withoutPhone: Account {
        Account(
            staff: staff, phone: nil, mustChangePassword: mustChangePassword, hasPassword: hasPassword, hasPin: hasPin,
            failedSignIns: failedSignIns, failedPins: failedPins, lockedUntil: lockedUntil, grants: grants)
    }

    package var isDisabled: Bool { staff.disabledAt != nil }
    package func isLocked(at now: Timestamp) -> Bool { lockedUntil.map { now < $0 } ?? false }

    /// Role codes that count in `clinic`: those given there and those given everywhere (R16.03).
    package func roles(in clinic: ID<ClinicSite>) -> Set<String> {
        Set(grants.filter { $0.clinicID == nil || $0.clinicID == clinic }.map(\.role))
    }

    /// Of `clinics`, those where the person has a role.
    package func clinics(of clinics: [ClinicSite]) -> [ClinicSite] { clinics.filter { !roles(in: $0.id).isEmpty } }
}

/// A role of a person, in one clinic or everywhere.
package struct RoleGrant: Hashable, Sendable {
    /// nil: every clinic.
    package let clinicID: ID<ClinicSite>?
    /// Code of Playbook/roles.yaml.
    package let role: String
    package init(clinicID: ID<ClinicSite>?, role: String) {
        self.clinicID = clinicID
        self.role = role
    }
}

/// What an administrator fills in about a person.
package struct AccountForm: Hashable, Sendable {
    package var employeeNumber: String
    package var name: String
    package var gender: Gender
    package var title: String?
    package var phone: String?
    package var loginName: String
    package var isDoctor: Bool
    package var specialty: String?
    package var chairID: ID<Chair>?

    package init(
        employeeNumber: String, name: String, gender: Gender = .unknown, title: String? = nil, phone: String? = nil,
        loginName: String, isDoctor: Bool = false, specialty: String? = nil, chairID: ID<Chair>? = nil
    ) {
        self.employeeNumber = employeeNumber
        self.name = name
        self.gender = gender
        self.title = title
        self.phone = phone
        self.loginName = loginName
        self.isDoctor = isDoctor
        self.specialty = specialty
        self.chairID = chairID
    }

    /// The form with blanks cut, digits made half-width, the login name in lower case.
    /// - Throws: `FormErrors` with HTML names employeeNumber, name, phone, loginName.
    package func checked() throws(FormErrors) -> AccountForm {
        var form = self
        var errors = FormErrors()
        form.employeeNumber = employeeNumber.halfWidth.trimmed
        form.name = name.trimmed
        form.title = title?.nonBlank
        form.specialty = specialty?.nonBlank
        form.loginName = loginName.halfWidth.trimmed.lowercased()
        if form.employeeNumber.isEmpty || form.employeeNumber.count > 20 {
            errors.add("employeeNumber", "请填写工号，最多 20 位")
        }
        if form.name.isEmpty || form.name.count > 30 { errors.add("name", "请填写姓名，最多 30 个字") }
        if form.loginName.isEmpty || form.loginName.count > 40 || form.loginName.contains(where: \.isWhitespace) {
            errors.add("loginName", "请填写登录名，不含空格，最多 40 位")
        }
        form.phone = nil
        if let typed = phone?.nonBlank {
            if let number = PhoneNumber(typed) {
                form.phone = number.digits
            } else {
                errors.add("phone", "电话号码不完整，请核对")
            }
        }
        try errors.throwIfAny()
        return form
    }
}
