import Foundation

/// Where templates and static files lie.
package struct WebResources: Sendable {
    package let templates: URL
    package let publicFiles: URL

    /// - Parameter folder: holds `templates/` and `public/`; a package installs them outside of the build folder.
    package init(folder: URL) {
        templates = folder.appending(path: "templates")
        publicFiles = folder.appending(path: "public")
    }

    /// What was built with the program.
    package static var bundled: WebResources { WebResources(folder: Bundle.module.bundleURL) }
}
