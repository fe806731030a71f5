import Kernel

/// What may be a password or a PIN. Pure.
package enum SecretRules {
    package static let shortestPassword = 8
    /// Longer texts only make the server work.
    package static let longestPassword = 200

    /// - Throws: `FormErrors` on `field`.
    package static func checkPassword(
        _ password: String, loginName: String, name: String, field: String = "password"
    ) throws(FormErrors) {
        guard password.count >= shortestPassword else {
            throw FormErrors(field, "密码至少 \(shortestPassword) 位，请再加几个字")
        }
        guard password.count <= longestPassword else { throw FormErrors(field, "密码最多 \(longestPassword) 位") }
        guard Set(password).count >= 4 else { throw FormErrors(field, "密码里重复的字太多，请换一个") }
        let plain = password.lowercased()
        guard plain != loginName.lowercased(), plain != name.lowercased(), !common.contains(plain) else {
            throw FormErrors(field, "这个密码太容易猜到，请换一个")
        }
    }

    /// 4–6 digits, neither all the same nor a run such as 1234.
    /// - Throws: `FormErrors` on `field`.
    package static func checkPin(_ pin: String, field: String = "pin") throws(FormErrors) {
        guard isPin(pin) else { throw FormErrors(field, "PIN 是 4 到 6 位数字") }
        let digits = pin.compactMap(\.wholeNumberValue)
        let steps = Set(zip(digits, digits.dropFirst()).map { $1 - $0 })
        guard steps.count > 1 || !steps.isSubset(of: [-1, 0, 1]) else {
            throw FormErrors(field, "这个 PIN 太容易猜到，请不要用相同或连续的数字")
        }
    }

    package static func isPin(_ text: String) -> Bool {
        (4...6).contains(text.count) && text.allSatisfy(\.isASCIIDigit)
    }

    private static let common: Set<String> = [
        "password", "passw0rd", "12345678", "123456789", "1234567890", "87654321", "abcd1234", "qwertyui", "1q2w3e4r",
        "a1234567", "11223344", "iloveyou", "woaini1314", "admin123", "administrator",
    ]
}
