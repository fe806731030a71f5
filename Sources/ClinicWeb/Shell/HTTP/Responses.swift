import Clinic
import Foundation
import HTTPTypes
import Hummingbird
import Kernel
import NIOCore

extension WebRequest {
    /// A whole page. Shows and clears the flash of the last action.
    package func page(_ page: some Page, status: HTTPResponse.Status = .ok) throws -> Response {
        var response = html(try app.templates.render(page), status)
        if flash != nil { response.setCookie(cookie(ShellCookie.flash, "", maxAge: 0)) }
        if let newVisitor { response.setCookie(cookie(ShellCookie.visitor, newVisitor, maxAge: nil)) }
        return response
    }

    /// A part of a page, for live screens and htmx.
    package func fragment(_ view: some Fragment, status: HTTPResponse.Status = .ok) throws -> Response {
        html(try app.templates.render(view, shell: bareShell(title: "")), status)
    }

    /// 303 to a path of this site, with a message for the next page.
    package func redirect(_ path: String, flash: FlashView? = nil) -> Response {
        var response = Response(status: .seeOther, headers: [.location: path])
        if wantsFragment {
            // A script that follows a 303 would put the page into a part of itself; htmx goes there instead.
            response.status = .noContent
            response.headers = [:]
            if let name = HTTPField.Name("HX-Redirect") { response.headers[name] = path }
        }
        if let flash {
            response.setCookie(cookie(ShellCookie.flash, FlashCookie.encode(flash, app.secret), maxAge: 120))
        }
        return response
    }

    package func redirect(_ path: String, flash text: String, undo: String? = nil) -> Response {
        redirect(path, flash: FlashView(text: text, undoHref: undo))
    }

    package func text(_ text: String, status: HTTPResponse.Status = .ok) -> Response {
        Response(
            status: status, headers: [.contentType: "text/plain; charset=utf-8"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
    }

    package func json(_ value: some Encodable, status: HTTPResponse.Status = .ok) throws -> Response {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return Response(
            status: status, headers: [.contentType: "application/json; charset=utf-8"],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: try encoder.encode(value))))
    }

    /// A cookie of this site: not for scripts, not for other sites, `Secure` exactly when the request was https.
    package func cookie(_ name: String, _ value: String, maxAge: Int?) -> Cookie {
        Cookie(name: name, value: value, maxAge: maxAge, path: "/", secure: isSecure, httpOnly: true, sameSite: .lax)
    }

    private func html(_ buffer: HTMLBuffer, _ status: HTTPResponse.Status) -> Response {
        Response(
            status: status, headers: [.contentType: "text/html; charset=utf-8"],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: buffer.bytes)))
    }
}

extension StaffRequest {
    package func page(_ page: some Page, status: HTTPResponse.Status = .ok) throws -> Response {
        try web.page(page, status: status)
    }
    package func fragment(_ view: some Fragment, status: HTTPResponse.Status = .ok) throws -> Response {
        try web.fragment(view, status: status)
    }
    package func redirect(_ path: String, flash: FlashView? = nil) -> Response { web.redirect(path, flash: flash) }
    package func redirect(_ path: String, flash text: String, undo: String? = nil) -> Response {
        web.redirect(path, flash: text, undo: undo)
    }
    package func text(_ text: String, status: HTTPResponse.Status = .ok) -> Response { web.text(text, status: status) }
    package func json(_ value: some Encodable, status: HTTPResponse.Status = .ok) throws -> Response {
        try web.json(value, status: status)
    }
}
