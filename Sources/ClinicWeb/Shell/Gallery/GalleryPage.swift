/// The style manual — templates/shell/gallery.mustache
package struct GalleryPage: Page {
    package static let template = "shell/gallery"
    package let shell: ShellView
    let samples: [SampleLink]

    package static let fields: [Field<Self>] = [Field("samples", \.samples)]

    init(shell: ShellView, views: [any Fragment.Type]) {
        self.shell = shell
        samples = views.flatMap { view in
            view.samples.indices.map { index in
                SampleLink(
                    href: "\(ShellPaths.gallery)/\(GalleryPage.address(of: view))/\(index)",
                    label: "\(view.template) \(index + 1)")
            }
        }
    }

    /// `reception/_queue` → `reception.part-queue`, `reception/index` → `reception.index`
    static func address(of view: any Fragment.Type) -> String {
        view.template.replacing("/_", with: ".part-").replacing("/", with: ".")
    }

    package static var samples: [GalleryPage] {
        [GalleryPage(shell: .sample(title: "样式手册"), views: [ErrorPage.self])]
    }
}

/// One sample of one page.
package struct SampleLink: Viewable {
    let href: String
    let label: String
    package static let fields: [Field<Self>] = [Field("href", \.href), Field("label", \.label)]
}

/// An empty page into which a part is put — templates/shell/sample_frame.mustache
package struct SampleFramePage: Page {
    package static let template = "shell/sample_frame"
    static let mark = "<!-- part -->"
    package let shell: ShellView
    package static let fields: [Field<Self>] = []
    package init(shell: ShellView) { self.shell = shell }
    package static var samples: [SampleFramePage] { [SampleFramePage(shell: .sample(title: "部件"))] }
}
