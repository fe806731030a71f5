import Clinic
import Kernel

/// The first run — templates/staff/setup.mustache
package struct SetupPage: Page {
    package static let template = "staff/setup"
    package let shell: ShellView
    let fault: String?
    let proofInputs: [InputView]
    let clinicInputs: [InputView]
    let placeInputs: [InputView]
    let personInputs: [InputView]
    let fingerprint: String

    package static let fields: [Field<Self>] = [
        Field("fault", \.fault), Field("proofInputs", \.proofInputs), Field("clinicInputs", \.clinicInputs),
        Field("placeInputs", \.placeInputs), Field("personInputs", \.personInputs), Field("fingerprint", \.fingerprint),
    ]

    init(_ typed: Form, faults: FormErrors = FormErrors(), fingerprint: String, shell: ShellView) {
        self.shell = shell
        self.fingerprint = fingerprint
        fault = faults.messages(outside: Set(SetupForm.names))
        func input(
            _ name: String, _ label: String, _ standard: String = "", type: String = "text", hint: String? = nil,
            autocomplete: String = "off", mode: String? = nil, isFocused: Bool = false
        ) -> InputView {
            // A password is typed again, never sent back.
            let value = type == "password" ? "" : typed.has(name) ? typed[name] : standard
            return InputView(
                name, label, value, type: type, hint: hint, isRequired: true, autocomplete: autocomplete,
                inputMode: mode,
                isFocused: isFocused, faults: faults)
        }
        proofInputs = [
            input("setupCode", "一次性代码", hint: "启动本程序的窗口里显示", isFocused: true),
            input("proof", "恢复单最后两组", hint: "先运行 menya key export，把恢复单打印收好，再把最后两组填在这里"),
        ]
        clinicInputs = [
            input("organisationName", "机构名称", hint: "只有一家门诊时，和门诊名称相同即可"),
            input("clinicName", "门诊名称", hint: "印在收据和预约卡上"), input("code", "门诊代码", "A", hint: "1 到 6 位字母或数字，印在病历号里"),
            input("clinicPhone", "门诊电话", hint: "客人打的号码", mode: "tel"), input("address", "地址"),
        ]
        placeInputs = [
            input("opens", "开门", "08:30", type: "time"), input("closes", "关门", "18:00", type: "time"),
            input("treatmentRooms", "诊室", "4", hint: "间", mode: "numeric"),
            input("communicationRooms", "沟通室", "1", hint: "间", mode: "numeric"),
            input("chairs", "牙椅", "4", hint: "台，平均放进诊室", mode: "numeric"),
        ]
        personInputs = [
            input("name", "您的姓名", autocomplete: "name"), input("employeeNumber", "工号", "0001"),
            input("loginName", "登录名", hint: "字母或数字最方便，不分大小写", autocomplete: "username"),
            input("password", "密码", type: "password", hint: "至少 8 位，用一句好记的话最安全", autocomplete: "new-password"),
            input("passwordAgain", "再输一次密码", type: "password", autocomplete: "new-password"),
        ]
    }

    package static var samples: [SetupPage] {
        var faults = FormErrors("setupCode", "一次性代码不对，请看启动本程序的窗口里最后几行")
        faults.add("chairs", "牙椅数不能少于诊室数")
        return [
            SetupPage(Form(), fingerprint: "k1-7f3a", shell: .sample(title: "第一次使用")),
            SetupPage(
                Form(["setupCode": "1234", "organisationName": "示例口腔", "clinicName": "示例口腔门诊", "chairs": "2"]),
                faults: faults, fingerprint: "k1-7f3a", shell: .sample(title: "第一次使用")),
        ]
    }
}
