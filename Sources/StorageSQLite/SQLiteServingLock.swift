import Foundation
import Kernel

/// The right to be the only program that serves or replaces a database file: an advisory lock on `PATH.lock`. The system
/// frees it when the process ends, however it ends.
package struct SQLiteServingLock: Sendable {
    private let descriptor: Int32

    /// - Throws: `SQLiteLockError`.
    package init(path: String) throws(SQLiteLockError) {
        let descriptor = open(path + ".lock", O_CREAT | O_RDWR | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw .cannotLock(path: path, code: errno) }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            let code = errno
            close(descriptor)
            guard code == EWOULDBLOCK else { throw .cannotLock(path: path, code: code) }
            throw .alreadyServed(path: path, holder: Self.holder(of: path))
        }
        _ = ftruncate(descriptor, 0)
        let mark = Array("\(getpid())".utf8)
        _ = pwrite(descriptor, mark, mark.count, 0)
        self.descriptor = descriptor
    }

    /// Only for a program that goes on after it no longer needs the database.
    package func release() { close(descriptor) }

    private static func holder(of path: String) -> String {
        let text = (try? String(contentsOfFile: path + ".lock", encoding: .utf8)) ?? ""
        return text.isEmpty ? "?" : text
    }
}

package enum SQLiteLockError: Error, Hashable, CustomStringConvertible {
    /// Another program serves this file; `holder` is its process number as it wrote it.
    case alreadyServed(path: String, holder: String)
    case cannotLock(path: String, code: Int32)

    package var description: String {
        switch self {
        case .alreadyServed(let path, let holder):
            "数据库 \(path) 正被另一个 menya 使用（进程 \(holder)）。请先停止它，再重试。"
        case .cannotLock(let path, let code):
            "无法锁定 \(path).lock（errno \(code)）。请检查文件夹是否可写。"
        }
    }
}

extension SQLiteDatabase {
    /// Taken by `serve` and by `restore` before they open the file, and held while the process lives.
    /// - Throws: `SQLiteLockError`.
    @discardableResult package static func lockForServing(path: String) throws(SQLiteLockError) -> SQLiteServingLock {
        try SQLiteServingLock(path: path)
    }
}
