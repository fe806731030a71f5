import Clinic
import Kernel

/// The clinics of the organisation (R16.15) — templates/settings/clinics.mustache
package struct ClinicsPage: Page {
    package static let template = "settings/clinics"
    package let shell: ShellView
    let tabs: [SettingsTab]
    let rows: [ClinicRowView]
    let mayAdd: Bool

    package static let fields: [Field<Self>] = [
        Field("tabs", \.tabs), Field("rows", \.rows), Field("mayAdd", \.mayAdd),
    ]

    init(_ rows: [ClinicRowView], mayAdd: Bool, tabs: [SettingsTab], shell: ShellView) {
        self.shell = shell
        self.tabs = tabs
        self.rows = rows
        self.mayAdd = mayAdd
    }

    package static var samples: [ClinicsPage] {
        let rows = [
            ClinicRowView(
                name: "示例口腔门诊", code: "A", phone: "021-6888 1234", address: "示范路 1 号", hours: "08:00–20:00",
                zone: "Asia/Shanghai",
                isHere: true, href: "/settings/clinics/1"),
            ClinicRowView(
                name: "示例口腔门诊部浦东新区陆家嘴世纪大道分院", code: "PDLJZ", phone: "021-6888 4321",
                address: "浦东新区陆家嘴街道世纪大道 100 号环球金融中心裙楼三层 301–308 室", hours: "09:00–21:00", zone: "Asia/Shanghai",
                isHere: false, href: nil),
        ]
        return [
            ClinicsPage(rows, mayAdd: true, tabs: SettingsTab.samples, shell: .sample(title: "设置", area: .settings))
        ]
    }
}

package struct ClinicRowView: Viewable {
    let name: String
    let code: String
    let phone: String
    let address: String
    let hours: String
    let zone: String
    /// Where the person works now.
    let isHere: Bool
    let href: String?
    package static let fields: [Field<Self>] = [
        Field("name", \.name), Field("code", \.code), Field("phone", \.phone), Field("address", \.address),
        Field("hours", \.hours), Field("zone", \.zone), Field("isHere", \.isHere), Field("href", \.href),
    ]
}

extension ClinicRowView {
    init(_ site: ClinicSite, isHere: Bool, mayEdit: Bool) {
        self.init(
            name: site.name, code: site.code, phone: site.phone, address: site.address,
            hours: "\(site.opens.clockText)–\(site.closes.clockText)", zone: ClinicForm(site).timeZone,
            isHere: isHere, href: mayEdit ? SettingsPaths.clinic(site.id) : nil)
    }
}

/// The data of one clinic, or of a new one — templates/settings/clinic.mustache
package struct ClinicPage: Page {
    package static let template = "settings/clinic"
    package let shell: ShellView
    let heading: String
    let action: String
    let inputs: [InputView]
    let facts: [LabelledView]
    let hasFacts: Bool
    let fault: String?
    let saveLabel: String

    package static let fields: [Field<Self>] = [
        Field("heading", \.heading), Field("action", \.action), Field("inputs", \.inputs), Field("facts", \.facts),
        Field("hasFacts", \.hasFacts), Field("fault", \.fault), Field("saveLabel", \.saveLabel),
    ]

    private static let names = [
        "code", "clinicName", "clinicPhone", "address", "opens", "closes", "timeZone", "dayStarts",
    ]

    init(
        _ site: ClinicForm, action: String, isNew: Bool, typed: Form = Form(), faults: FormErrors = FormErrors(),
        shell: ShellView
    ) {
        self.shell = shell
        self.action = action
        heading = isNew ? "新门诊" : site.name
        saveLabel = isNew ? "加上这家门诊" : "保存门诊资料"
        func input(
            _ name: String, _ label: String, _ stored: String, type: String = "text", hint: String? = nil,
            inputMode: String? = nil
        ) -> InputView {
            InputView(
                name, label, typed.has(name) ? typed[name] : stored, type: type, hint: hint, isRequired: true,
                inputMode: inputMode, isFocused: isNew && name == "clinicName", faults: faults)
        }
        let start = SettingValue.clockText(site.dayStartsAtMinutes)
        inputs =
            [
                input("clinicName", "门诊名称", site.name, hint: "印在收据、预约卡和公开页面上"),
                input("clinicPhone", "门诊电话", site.phone, hint: "客人打的号码", inputMode: "tel"),
                input("address", "地址", site.address),
            ]
            + (isNew ? [input("code", "代码", site.code, hint: "1 到 6 位字母，印在病历号和收据号前面，以后不能改")] : [])
            + [
                input("opens", "开门", site.opens.clockText, type: "time", hint: "预约表从这时开始"),
                input("closes", "关门", site.closes.clockText, type: "time", hint: "预约表到这时为止"),
            ]
            + (isNew
                ? [
                    input("timeZone", "时区", site.timeZone, hint: "以后不能改"),
                    input("dayStarts", "营业日从几点开始", start, type: "time", hint: "之前算前一天；以后不能改"),
                ] : [])
        facts =
            isNew
            ? []
            : [
                LabelledView("代码", "\(site.code)，印在已开出的单据上，不能改"), LabelledView("时区", site.timeZone),
                LabelledView("营业日从", start + " 开始，之前算前一天"),
            ]
        hasFacts = !facts.isEmpty
        fault = faults.messages(outside: Set(Self.names))
    }

    package static var samples: [ClinicPage] {
        let site = ClinicForm(code: "A", name: "示例口腔门诊", phone: "021-6888 1234", address: "示范路 1 号")
        let shell = ShellView.sample(title: "设置", area: .settings)
        return [
            ClinicPage(
                site, action: "/settings/clinics/1", isNew: false, faults: FormErrors("opens", "关门时间要晚于开门时间"),
                shell: shell),
            ClinicPage(
                ClinicForm(code: "", name: "", phone: "", address: ""), action: "/settings/clinics", isNew: true,
                shell: shell),
        ]
    }
}
