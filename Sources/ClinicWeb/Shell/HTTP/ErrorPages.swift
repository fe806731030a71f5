import Clinic
import Foundation
import HTTPTypes
import Hummingbird
import Kernel
import Logging
import NIOCore
import Storage

/// The one place that turns errors into answers. What the user can act on keeps its words; everything else becomes a
/// neutral page with a number that also stands in the log.
package enum ErrorPages {
    /// What is said about an error.
    struct Fault {
        var status: HTTPResponse.Status
        var heading: String
        var message: String
        var obstacle: Obstacle?
        var field: String?
        var retryAfter: Int?
        /// Where to ask whether it was saved after all.
        var recheckHref: String?
    }

    static func respond(to error: any Error, _ web: WebRequest) throws -> Response {
        let fault = fault(of: error, requestID: web.id)
        if fault.status.code >= 500 { log(error, web.app, web.id) }
        if web.isPublic { return try PublicErrors.page(error, web) }
        var response: Response
        if web.wantsJSON {
            response = try web.json(FaultBody(fault, requestID: web.id), status: fault.status)
        } else if web.wantsFragment {
            response = try web.fragment(FaultFragment(message: fault.message), status: fault.status)
        } else {
            response = try page(fault, web)
        }
        if let seconds = fault.retryAfter, let name = HTTPField.Name("Retry-After") {
            response.headers[name] = String(seconds)
        }
        return response
    }

    /// Who is signed in keeps the rail. Nothing around the message asks the database: it may be what failed.
    private static func page(_ fault: Fault, _ web: WebRequest) throws -> Response {
        guard let signedIn = web.signedIn, !signedIn.isLocked else {
            let home = web.signedIn == nil ? ShellPaths.signIn : ShellPaths.home
            let shell = web.bareShell(title: fault.heading)
            return try web.page(
                ErrorPage(fault, shell: shell, homeHref: home, back: back(web)), status: fault.status)
        }
        let request = StaffRequest(web: web, signedIn: signedIn)
        let shell = request.shell(title: fault.heading, counts: [:])
        return try web.page(
            StaffErrorPage(ErrorPage(fault, shell: shell, homeHref: ShellPaths.home, back: back(web))),
            status: fault.status)
    }

    /// The end of a request's number: the log has the whole of it.
    static func mark(_ requestID: String) -> String { String(requestID.suffix(8)) }

    /// For errors outside of a route, before there is a `WebRequest`.
    static func bare(
        _ error: any Error, app: AppServices, request: Request, id: String, side: WebServer.Side = .staff
    ) -> Response {
        let fault = fault(of: error, requestID: id)
        if fault.status.code >= 500 { log(error, app, id) }
        if side == .visitors { return bareForVisitors(error, app) }
        let shell = ShellView(
            title: fault.heading, clinicName: app.options.siteName, assets: app.assets.base, requestID: id)
        let page = ErrorPage(fault, shell: shell, homeHref: ShellPaths.home, back: nil)
        let bytes = (try? app.templates.render(page).bytes) ?? Array(fault.message.utf8)
        return Response(
            status: fault.status, headers: [.contentType: "text/html; charset=utf-8"],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
    }

    private static func bareForVisitors(_ error: any Error, _ app: AppServices) -> Response {
        let answer = PublicErrors.answer(to: error)
        let bytes = (try? app.templates.render(PublicErrors.page(answer, .chinese, app)).bytes) ?? []
        return Response(
            status: answer.status, headers: [.contentType: "text/html; charset=utf-8"],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
    }

    static func fault(of error: any Error, requestID: String) -> Fault {
        switch error {
        case let error as any UserFacingError:
            let status = status(of: error.kind)
            var fault = Fault(status: status, heading: heading(of: error.kind), message: error.userMessage)
            fault.obstacle = error.obstacle
            fault.field = error.field
            if case .tooMany(let seconds)? = error as? ShellError { fault.retryAfter = seconds }
            if error as? ShellError == .tooLarge { fault.status = .contentTooLarge }
            if case .unknownQuery? = error as? ShellError { fault.status = .badRequest }
            return fault
        case let error as StorageError: return fault(of: error, requestID)
        case let error as OutcomeUnknown:
            return Fault(
                status: .serviceUnavailable, heading: "结果未确认",
                message: "与数据库的连接在保存的瞬间断开，还不能确定是否已保存。请点「重新确认」，先不要再做一次",
                retryAfter: 5, recheckHref: ShellPaths.outcome(error.commandID))
        case let error as HTTPError where error.status == .notFound:
            return fault(of: ShellError.noSuchPage, requestID: requestID)
        case let error as HTTPError where error.status.code < 500:
            return Fault(status: error.status, heading: "请求不完整", message: "这次请求不完整，没有执行。请返回刷新后再试")
        default: return unknown(requestID)
        }
    }

    private static func fault(of error: StorageError, _ requestID: String) -> Fault {
        switch error {
        case .conflict:
            Fault(status: .conflict, heading: "刚刚有人改过", message: "刚刚有人修改了这条记录，您的改动没有保存。请刷新后重试")
        case .outcomeUnknown:
            Fault(
                status: .serviceUnavailable, heading: "结果未确认",
                message: "与数据库的连接在保存的瞬间断开，不能确定是否已保存。请先查看这条记录，没有保存再做一次", retryAfter: 5)
        case .unavailable:
            Fault(
                status: .serviceUnavailable, heading: "数据库暂时连不上",
                message: "数据库正忙或正在恢复，刚才的操作没有保存。请等几秒再试，连续出现请联系管理员", retryAfter: 2)
        case .poisoned, .schemaTooNew, .failed: unknown(requestID)
        }
    }

    private static func unknown(_ requestID: String) -> Fault {
        Fault(
            status: .internalServerError, heading: "系统出错了",
            message: "系统出错了，已记录（编号 \(mark(requestID))）。请稍后再试，再次出现请把编号告诉管理员")
    }

    static func status(of kind: FailureKind) -> HTTPResponse.Status {
        switch kind {
        case .invalid: .unprocessableContent
        case .notFound: .notFound
        case .forbidden: .forbidden
        case .conflict: .conflict
        case .tooMany: .tooManyRequests
        case .unavailable: .serviceUnavailable
        }
    }

    private static func heading(of kind: FailureKind) -> String {
        switch kind {
        case .invalid: "还不能保存"
        case .notFound: "没有找到"
        case .forbidden: "不能打开"
        case .conflict: "和别的安排冲突"
        case .tooMany: "请稍等"
        case .unavailable: "暂时不能用"
        }
    }

    /// The page the person came from, when it is one of ours.
    private static func back(_ web: WebRequest) -> String? {
        guard let referrer = web.headers[.referer].flatMap(URL.init(string:)), let host = referrer.host(),
            web.raw.head.authority?.hasPrefix(host) == true
        else { return nil }
        let query = referrer.query().map { "?" + $0 } ?? ""
        return URLText.localPath(referrer.path() + query)
    }

    private static func log(_ error: any Error, _ app: AppServices, _ id: String) {
        app.logger.error("failed", metadata: ["request": .string(id), "error": .string(String(describing: error))])
    }
}

/// `{"error": {…}}` for scripts and the API.
private struct FaultBody: Encodable {
    struct Detail: Encodable {
        let message: String
        let field: String?
        let conflict: Conflict?
        let request: String
    }
    struct Conflict: Encodable {
        let kind: String
        let id: String
        let label: String
    }
    let error: Detail
    init(_ fault: ErrorPages.Fault, requestID: String) {
        let conflict = fault.obstacle.map {
            Conflict(kind: $0.kind, id: CrockfordBase32.encode($0.id), label: $0.label)
        }
        error = Detail(message: fault.message, field: fault.field, conflict: conflict, request: requestID)
    }
}
