import Clinic
import Foundation
import Hummingbird
import NIOCore

/// The style manual: every component in every state, and every page of the program with sample values.
package enum GalleryRoutes: Feature {
    package static var views: [any Fragment.Type] { [GalleryPage.self, SampleFramePage.self] }

    package static func add(to table: inout RouteTable) {
        table.get(ShellPaths.gallery, .signedIn, use: gallery)
        table.get("/gallery/:view/:index", .signedIn, use: sample)
    }

    static func gallery(_ request: StaffRequest) async throws -> Response {
        try check(request)
        let shell = request.bareShell(title: "样式手册")
        return try request.page(GalleryPage(shell: shell, views: request.app.templates.views))
    }

    static func sample(_ request: StaffRequest) async throws -> Response {
        try check(request)
        let name = request.parameters.get("view") ?? ""
        let views = request.app.templates.views
        guard let index = Int(request.parameters.get("index") ?? ""),
            let view = views.first(where: { GalleryPage.address(of: $0) == name })
        else { throw ShellError.noSuchPage }
        return try draw(view, index, request)
    }

    /// For administrators, and for everybody where there is nothing but demo data.
    private static func check(_ request: StaffRequest) throws {
        guard request.app.options.isDemo || request.may(.manageSystem) else { throw ShellError.noAccess }
    }

    private static func draw<V: Fragment>(_ view: V.Type, _ index: Int, _ request: StaffRequest) throws -> Response {
        let samples = V.samples
        guard samples.indices.contains(index) else { throw ShellError.noSuchPage }
        if let page = samples[index] as? any Page { return try request.page(page) }
        let part = try request.app.templates.text(samples[index], shell: .sample(title: V.template))
        let frame = SampleFramePage(shell: request.bareShell(title: V.template))
        let text = try request.app.templates.text(frame, shell: frame.shell)
        return Response(
            status: .ok, headers: [.contentType: "text/html; charset=utf-8"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: text.replacing(SampleFramePage.mark, with: part))))
    }
}
