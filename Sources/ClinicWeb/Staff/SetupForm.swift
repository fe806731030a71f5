import Clinic
import Kernel

/// What the first-run page asks for, exactly as typed, and what it means.
struct SetupForm {
    let typed: Form
    let run: Setup.FirstRun
    let password: String

    /// Names of the fields, in the order of the page.
    static let names = [
        "setupCode", "proof", "organisationName", "clinicName", "code", "clinicPhone", "address", "opens", "closes",
        "treatmentRooms", "communicationRooms", "chairs", "name", "loginName", "employeeNumber", "password",
        "passwordAgain",
    ]

    /// - Parameters:
    ///   - setupCode: from the console; nil when this process has none.
    ///   - isProof: whether the last groups of the recovery sheet were typed.
    /// - Throws: `FormErrors`, all faults at once.
    init(
        _ form: Form, setupCode: String?, isProof: (String) -> Bool, fingerprint: String, now: Timestamp
    ) throws {
        var errors = FormErrors()
        let code = form["setupCode"].halfWidth.trimmed.lowercased()
        if setupCode == nil || !Signature.areEqual(code, setupCode ?? "") {
            errors.add("setupCode", "一次性代码不对，请看启动本程序的窗口里最后几行")
        }
        if !isProof(form["proof"].halfWidth) { errors.add("proof", "和恢复单最后两组对不上，请照打印的恢复单输入") }
        if form["organisationName"].nonBlank == nil { errors.add("organisationName", "请填写机构名称") }
        let opens = Unit(clock: form["opens"])
        let closes = Unit(clock: form["closes"])
        if opens == nil || closes == nil { errors.add("opens", "营业时间请填整刻钟，例如 08:30") }
        let rooms = Self.number(form, "treatmentRooms", "诊室数", 1...60, &errors)
        let talks = Self.number(form, "communicationRooms", "沟通室数", 0...20, &errors)
        let chairs = Self.number(form, "chairs", "牙椅数", 1...120, &errors)
        if chairs < rooms { errors.add("chairs", "牙椅数不能少于诊室数") }
        let clinic = ClinicForm(
            code: form["code"], name: form["clinicName"], phone: form["clinicPhone"], address: form["address"],
            opens: opens ?? Unit(32), closes: closes ?? Unit(72))
        let administrator = AccountForm(
            employeeNumber: form["employeeNumber"], name: form["name"], loginName: form["loginName"])
        errors.collect { _ = try clinic.checked() }
        errors.collect { _ = try administrator.checked() }
        password = form["password"]
        errors.collect { [password] in
            try SecretRules.checkPassword(password, loginName: form["loginName"], name: form["name"])
        }
        if form["passwordAgain"] != password { errors.add("passwordAgain", "两次输入不一样，请再输一次") }
        try errors.throwIfAny()
        typed = form
        run = Setup.FirstRun(
            organisationName: form["organisationName"].trimmed, clinic: clinic, treatmentRooms: rooms,
            communicationRooms: talks, chairs: chairs, administrator: administrator, passwordHash: "",
            keyFingerprint: fingerprint, recoveryConfirmedAt: now)
    }

    private static func number(
        _ form: Form, _ name: String, _ label: String, _ range: ClosedRange<Int>, _ errors: inout FormErrors
    ) -> Int {
        guard let number = Int(form[name].halfWidth.trimmed), range.contains(number) else {
            errors.add(name, "\(label)应在 \(range.lowerBound) 到 \(range.upperBound) 之间")
            return range.lowerBound
        }
        return number
    }
}

extension FormErrors {
    /// Adds the faults `body` throws.
    mutating func collect(_ body: () throws -> Void) {
        do { try body() } catch let errors as FormErrors {
            for field in errors.order { add(field, errors.messages[field] ?? "") }
        } catch let error as any UserFacingError {
            add(error.field ?? "form", error.userMessage)
        } catch { add("form", "请检查填写的内容") }
    }
}
