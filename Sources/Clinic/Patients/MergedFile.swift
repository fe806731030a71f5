import Kernel

/// A file that was merged into another one: nothing new may hang on it (R1.14).
package struct MergedFile: UserFacingError, Hashable {
    package let name: String
    /// The file that counts.
    package let livingID: ID<Patient>
    package let livingName: String
    package let recordNumber: String

    init(name: String, living: Patient) {
        self.name = name
        livingID = living.id
        livingName = living.name
        recordNumber = living.recordNumber
    }

    package var kind: FailureKind { .conflict }
    package var userMessage: String {
        "\(name)的这份档案已并入\(livingName)（病历号 \(recordNumber)），请用那一份"
    }
    package var field: String? { "patient" }
    package var obstacle: Obstacle? {
        Obstacle(kind: "patient", id: livingID.raw, label: "\(livingName) \(recordNumber)")
    }
}
