import Clinic
import Kernel

/// The television in the hall — templates/hall/display.mustache
struct HallPage: Page {
    static let template = "hall/display"
    let shell: ShellView
    /// Where the part and the stream are; empty in samples, whose screen asks nobody.
    let source: String
    let stream: String
    let screen: HallScreenView
    static let fields: [Field<Self>] = [
        Field("source", \.source), Field("stream", \.stream), Field("screen", \.screen),
    ]
}

/// What a screen shows that may not show anything — templates/hall/gone.mustache
struct HallGonePage: Page {
    static let template = "hall/gone"
    let shell: ShellView
    static let fields: [Field<Self>] = []
    static var samples: [HallGonePage] {
        [HallGonePage(shell: ShellView(title: "大厅屏", clinicName: "门牙", assets: "/assets/sample"))]
    }
}
