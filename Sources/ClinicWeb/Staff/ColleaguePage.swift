import Clinic
import Kernel

/// A person whom the administrator of one clinic sees and does not administer — templates/staff/colleague.mustache
package struct ColleaguePage: Page {
    package static let template = "staff/colleague"
    package let shell: ShellView
    let facts: [LabelledView]

    package static let fields: [Field<Self>] = [Field("facts", \.facts)]

    init(_ account: Account, around: StaffPage.Surroundings, shell: ShellView) {
        let roles = account.grants.map { grant in
            let name = around.roles.first { $0.code == grant.role }?.name ?? grant.role
            let place = grant.clinicID.flatMap { id in around.clinics.first { $0.id == id }?.name } ?? "所有门诊"
            return "\(name)（\(place)）"
        }
        self.init(
            facts: [
                LabelledView("姓名", account.staff.name), LabelledView("工号", account.staff.employeeNumber),
                LabelledView("职称", account.staff.title ?? "—"), LabelledView("岗位", roles.joined(separator: "、")),
                LabelledView("账号", account.isDisabled ? "已停用" : "在用"),
            ], shell: shell)
    }

    private init(facts: [LabelledView], shell: ShellView) {
        self.shell = shell
        self.facts = facts
    }

    package static var samples: [ColleaguePage] {
        let facts = [
            LabelledView("姓名", "欧阳诗琪"), LabelledView("工号", "0103"), LabelledView("职称", "护士长"),
            LabelledView("岗位", "护士长（示例口腔门诊）、护士长（示例口腔东门诊）"), LabelledView("账号", "在用"),
        ]
        return [ColleaguePage(facts: facts, shell: .sample(title: "欧阳诗琪", area: .settings))]
    }
}
