/// How a condition is written: "糖尿病：拔牙前测血糖".
package enum AlertText {
    /// - Parameter code: of the list `medicalHistory`.
    package static func text(_ code: String, _ note: String?, _ playbook: Playbook) -> String {
        let label = playbook.label(code, in: .medicalHistory)
        return note.map { "\(label)：\($0)" } ?? label
    }
}
