import CLibpq
import Storage

/// A statement PostgreSQL refused, or could not answer any more.
struct PostgresFailure: Error {
    /// What the driver itself does about it, instead of the caller.
    enum Remedy: Hashable {
        /// Two transactions met (40001, 40P01): run the closure again.
        case runAgain
        /// The schema changed under a prepared statement: prepare anew, run again.
        case prepareAnew
        /// The connection is gone, or leads to a server that no longer takes writes.
        case reconnect
    }

    let error: StorageError
    let remedy: Remedy?

    init(result: OpaquePointer?, connection: OpaquePointer) {
        let state =
            result.flatMap { PQresultErrorField($0, Int32(UInt8(ascii: "C"))) }.map { String(cString: $0) } ?? ""
        let message =
            result.flatMap { PQresultErrorField($0, Int32(UInt8(ascii: "M"))) }.map { String(cString: $0) }
            ?? String(cString: PQerrorMessage(connection))
        self.init(state: state, message: message, isConnected: PQstatus(connection) == CONNECTION_OK)
    }

    init(state: String, message: String, isConnected: Bool) {
        let detail = "PostgreSQL \(state): \(message)"
        if !isConnected || state.isEmpty || state.hasPrefix("57P") || state.hasPrefix("08") || state == "25P03" {
            (error, remedy) = (.unavailable(detail: detail), .reconnect)
            return
        }
        switch state {
        case "40001", "40P01": (error, remedy) = (.conflict(detail: detail), .runAgain)
        case "26000": (error, remedy) = (.failed(detail: detail), .prepareAnew)
        case "0A000" where message.hasPrefix("cached plan"): (error, remedy) = (.failed(detail: detail), .prepareAnew)
        // Read-only transaction: after a fail-over this server is the standby.
        case "25006": (error, remedy) = (.unavailable(detail: detail), .reconnect)
        // Statement time-out, lock time-out, too many connections.
        case "57014", "55P03", "53300": (error, remedy) = (.unavailable(detail: detail), nil)
        case _ where state.hasPrefix("23"): (error, remedy) = (.conflict(detail: detail), nil)
        default: (error, remedy) = (.failed(detail: detail), nil)
        }
    }
}

/// A database whose text order or alphabet is not the one the program is tested with.
package enum PostgresSetupError: Error, Hashable, CustomStringConvertible {
    case wrongEncoding(found: String)
    case wrongCollation(found: String)

    package var description: String {
        let repair = "请这样建库：CREATE DATABASE menya TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C.UTF-8';"
        return switch self {
        case .wrongEncoding(let found): "数据库编码是 \(found)，必须是 UTF8。\(repair)"
        case .wrongCollation(let found): "数据库排序规则是 \(found)，必须是 C 或 C.UTF-8。\(repair)"
        }
    }
}
