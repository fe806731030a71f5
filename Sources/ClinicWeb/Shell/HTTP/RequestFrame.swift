import Foundation
import HTTPTypes
import Hummingbird
import Kernel
import Logging

/// Around every request: log line, security headers, and an answer for whatever nobody caught.
struct RequestFrame: RouterMiddleware {
    let app: AppServices
    let side: WebServer.Side

    func handle(
        _ request: Request, context: WebContext, next: (Request, WebContext) async throws -> Response
    ) async throws -> Response {
        let begin = ContinuousClock.now
        var response: Response
        do {
            response = try await next(request, context)
        } catch {
            response = ErrorPages.bare(error, app: app, request: request, id: context.requestID, side: side)
        }
        SecurityHeaders.add(
            to: &response, requestID: context.requestID, isSecure: context.isSecure(request, app.options))
        log(request, context, response.status, since: begin)
        return response
    }

    /// Never a query string, a name, a phone or an ID number: the pattern of the route, not the address.
    private func log(
        _ request: Request, _ context: WebContext, _ status: HTTPResponse.Status, since: ContinuousClock.Instant
    ) {
        let milliseconds = (ContinuousClock.now - since) / .milliseconds(1)
        let route = context.endpointPath ?? "-"
        let level: Logger.Level = status.code >= 500 ? .error : route.hasPrefix("/assets/") ? .debug : .info
        app.logger.log(
            level: level, "request",
            metadata: [
                "method": .string(request.method.rawValue), "route": .string(route),
                "status": .stringConvertible(status.code),
                "ms": .string(String(format: "%.1f", milliseconds)), "request": .string(context.requestID),
            ])
    }
}

/// The same on every answer, errors too.
enum SecurityHeaders {
    static let policy = """
        default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; font-src 'self'; \
        worker-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'
        """

    /// A browser that came by TLS once does not come without it for a year.
    static let transport = "max-age=31536000"

    static func add(to response: inout Response, requestID: String, isSecure: Bool) {
        if isSecure { response.headers[.strictTransportSecurity] = transport }
        response.headers[.contentSecurityPolicy] = policy
        response.headers[.xContentTypeOptions] = "nosniff"
        response.headers[.referrerPolicy] = "same-origin"
        response.headers[.openerPolicy] = "same-origin"
        response.headers[.requestID] = requestID
        if response.headers[.cacheControl] == nil { response.headers[.cacheControl] = "no-store" }
    }
}
