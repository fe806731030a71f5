import Clinic
import Kernel

/// A new password, typed twice.
struct PasswordForm {
    let current: String
    let new: String

    /// - Throws: `FormErrors` (currentPassword, password, passwordAgain).
    init(_ form: Form, staff: Staff) throws {
        current = form["currentPassword"]
        new = form["password"]
        guard !current.isEmpty else { throw FormErrors("currentPassword", "请输入现在的密码") }
        try SecretRules.checkPassword(new, loginName: staff.loginName, name: staff.name)
        guard new != current else { throw FormErrors("password", "新密码不能和现在的一样") }
        guard form["passwordAgain"] == new else { throw FormErrors("passwordAgain", "两次输入不一样，请再输一次") }
    }
}

/// A new PIN, typed twice.
struct PinForm {
    let current: String
    let pin: String

    /// - Throws: `FormErrors` (currentPassword, pin, pinAgain).
    init(_ form: Form) throws {
        current = form["currentPassword"]
        pin = form["pin"].halfWidth.trimmed
        guard !current.isEmpty else { throw FormErrors("currentPassword", "请输入现在的密码") }
        try SecretRules.checkPin(pin)
        guard form["pinAgain"].halfWidth.trimmed == pin else { throw FormErrors("pinAgain", "两次输入不一样，请再输一次") }
    }
}
