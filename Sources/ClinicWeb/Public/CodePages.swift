import Kernel

/// The clinic's code on paper, to stand at the desk — templates/public/code.mustache
struct ClinicCodePage: Page {
    static let template = "public/code"
    let shell: ShellView
    let clinicName: String
    /// A6 instead of A5.
    let isSmall: Bool
    let code: QRCode
    let address: String
    let smallHref: String
    let largeHref: String
    let backHref: String
    static let fields: [Field<Self>] = [
        Field("clinicName", \.clinicName), Field("isSmall", \.isSmall), Field("code", \.code),
        Field("address", \.address), Field("smallHref", \.smallHref), Field("largeHref", \.largeHref),
        Field("backHref", \.backHref),
    ]

    init(shell: ShellView, clinicName: String, isSmall: Bool, code: QRCode, address: String) {
        self.shell = shell
        self.clinicName = clinicName
        self.isSmall = isSmall
        self.code = code
        self.address = address
        smallHref = SelfDeskPaths.code
        largeHref = SelfDeskPaths.code + "?size=a5"
        backHref = SelfDeskPaths.list
    }

    static var samples: [ClinicCodePage] {
        let address = "https://yuyue.example.cn/r?clinic=0000000000001&lang=zh-CN"
        guard let code = try? QRCode(address, label: "扫码登记") else { return [] }
        return [
            ClinicCodePage(
                shell: .sample(title: "登记二维码"), clinicName: "示例口腔门诊", isSmall: true, code: code, address: address),
            ClinicCodePage(
                shell: .sample(title: "登记二维码"), clinicName: "示例口腔医院管理集团江南路旗舰门诊", isSmall: false, code: code,
                address: address),
        ]
    }
}

/// The code of one booking, shown once and printed on the card the customer takes along — templates/public/booking_code.mustache
struct BookingCodePage: Page {
    static let template = "public/booking_code"
    let shell: ShellView
    let clinicName: String
    let when: String
    let until: String
    let code: QRCode
    let address: String
    let backHref: String
    static let fields: [Field<Self>] = [
        Field("clinicName", \.clinicName), Field("when", \.when), Field("until", \.until), Field("code", \.code),
        Field("address", \.address), Field("backHref", \.backHref),
    ]

    static var samples: [BookingCodePage] {
        let address = "https://yuyue.example.cn/r/form/4fZk1uT0pQ8mX2sVb7nYc3Wd?lang=zh-CN"
        guard let code = try? QRCode(address, label: "扫码登记") else { return [] }
        return [
            BookingCodePage(
                shell: .sample(title: "登记二维码"), clinicName: "示例口腔门诊", when: "3 月 13 日 星期五 09:15",
                until: "2026-03-13 21:15", code: code, address: address, backHref: "/appointments/0000000000001")
        ]
    }
}
