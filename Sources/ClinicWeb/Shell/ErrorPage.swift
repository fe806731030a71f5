import Clinic
import HTTPTypes
import Kernel

/// Tells what went wrong and where to go on — templates/shell/error.mustache
package struct ErrorPage: Page {
    package static let template = "shell/error"
    package let shell: ShellView
    let code: String
    /// Of the request, as the log ends it: what a person reads out on the telephone.
    let mark: String
    let heading: String
    let message: String
    let obstacle: String?
    let recheckHref: String?
    let homeHref: String
    let backHref: String?

    package static let fields: [Field<Self>] = [
        Field("code", \.code), Field("mark", \.mark), Field("heading", \.heading), Field("message", \.message),
        Field("obstacle", \.obstacle),
        Field("recheckHref", \.recheckHref), Field("homeHref", \.homeHref), Field("backHref", \.backHref),
    ]

    init(_ fault: ErrorPages.Fault, shell: ShellView, homeHref: String, back: String?) {
        self.shell = shell
        code = fault.status == .ok ? "已确认" : String(fault.status.code)
        mark = ErrorPages.mark(shell.requestID)
        heading = fault.heading
        message = fault.message
        obstacle = fault.obstacle?.label
        recheckHref = fault.recheckHref
        self.homeHref = homeHref
        backHref = back
    }

    package static var samples: [ErrorPage] {
        let shell = ShellView.sample(title: "和别的安排冲突")
        return [
            ErrorPage(
                .init(
                    status: .conflict, heading: "和别的安排冲突", message: "周启航医生 10:45 已有预约，请换一个时间或医生",
                    obstacle: .init(kind: "appointment", id: 1, label: "罗文静 10:45–11:30 周启航")),
                shell: shell, homeHref: "/", back: "/appointments"),
            ErrorPage(
                .init(
                    status: .internalServerError, heading: "系统出错了",
                    message: "系统出错了，已记录（编号 7f3a）。请稍后再试，再次出现请把编号告诉管理员"),
                shell: shell, homeHref: "/", back: nil),
            ErrorPage(
                ErrorPages.fault(of: OutcomeUnknown(commandID: "06h3k2m9qx7vd"), requestID: "7f3a"), shell: shell,
                homeHref: "/", back: "/appointments"),
        ]
    }
}

/// The same for who is signed in: the rail stays — templates/shell/staff_error.mustache
package struct StaffErrorPage: Page {
    package static let template = "shell/staff_error"
    package let shell: ShellView
    let code: String
    let mark: String
    let heading: String
    let message: String
    let obstacle: String?
    let recheckHref: String?
    let homeHref: String
    let backHref: String?

    package static let fields: [Field<Self>] = [
        Field("code", \.code), Field("mark", \.mark), Field("heading", \.heading), Field("message", \.message),
        Field("obstacle", \.obstacle), Field("recheckHref", \.recheckHref), Field("homeHref", \.homeHref),
        Field("backHref", \.backHref),
    ]

    init(_ page: ErrorPage) {
        shell = page.shell
        code = page.code
        mark = page.mark
        heading = page.heading
        message = page.message
        obstacle = page.obstacle
        recheckHref = page.recheckHref
        homeHref = page.homeHref
        backHref = page.backHref
    }

    package static var samples: [StaffErrorPage] { ErrorPage.samples.map(StaffErrorPage.init) }
}

/// The same inside a part of a page — templates/shell/_fault.mustache
package struct FaultFragment: Fragment {
    package static let template = "shell/_fault"
    let message: String
    package static let fields: [Field<Self>] = [Field("message", \.message)]
    package static var samples: [FaultFragment] {
        [FaultFragment(message: "刚刚有人修改了这条记录，您的改动没有保存。请刷新后重试")]
    }
}
