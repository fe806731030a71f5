import Clinic
import ClinicWeb
import Foundation
import Kernel
import Storage
import StoragePostgres
import StorageSQLite

/// Why a command ended without having done its work: one sentence for the person at the console. Exit code 1.
struct CommandFailure: Error, CustomStringConvertible {
    let description: String
    init(_ description: String) { self.description = description }

    /// Runs a command and puts whatever went wrong into words.
    static func explained<T>(_ body: () async throws -> T) async throws -> T {
        do {
            return try await body()
        } catch let error as CommandFailure {
            throw error
        } catch let error as any UserFacingError {
            throw CommandFailure(error.userMessage)
        } catch let error as StorageError {
            throw CommandFailure(text(error))
        } catch let error as TemplateErrors {
            throw CommandFailure("页面模板有错，程序不能启动：\n\(error)")
        } catch let error as any CustomStringConvertible & Error {
            throw CommandFailure(error.description)
        }
    }

    private static func text(_ error: StorageError) -> String {
        switch error {
        case .schemaTooNew(let found):
            "数据库是由更新版本的门牙建立的（其中有 \(found)）。请升级程序后再启动；这个旧版本不会改动它。"
        case .unavailable(let detail): "数据库连不上：\(detail)"
        case .conflict(let detail): "刚刚有别的程序改了同一条记录，请再试一次（\(detail)）"
        case .outcomeUnknown: "保存的瞬间连接断开，不能确定是否已保存；请先查看，再决定是否重做"
        case .poisoned, .failed: "数据库出错：\(error)"
        }
    }
}

/// What people at the console see. Log lines go through `Logger`.
enum Console {
    static func say(_ text: String) {
        FileHandle.standardOutput.write(Data((text + "\n").utf8))
    }

    /// A line that the next one replaces; only on a terminal.
    static func progress(_ text: String) {
        guard isatty(STDERR_FILENO) == 1 else { return }
        FileHandle.standardError.write(Data("\r\u{1B}[K\(text)".utf8))
    }

    static func endProgress() { progress("") }

    /// Lines with columns; Chinese characters take two places.
    static func table(_ rows: [[String]]) -> String {
        let count = rows.map(\.count).max() ?? 0
        let widths = (0..<count).map { column in
            rows.map { column < $0.count ? width($0[column]) : 0 }.max() ?? 0
        }
        return rows.map { row in
            row.enumerated().map { column, text in
                column == row.count - 1 ? text : text + String(repeating: " ", count: widths[column] - width(text) + 2)
            }.joined()
        }.joined(separator: "\n")
    }

    static func width(_ text: String) -> Int { text.unicodeScalars.reduce(0) { $0 + ($1.value >= 0x2E80 ? 2 : 1) } }

    /// A secret typed twice at the terminal without being shown, or the first line of the input when it is not one.
    static func readSecret(_ prompt: String) throws -> String {
        guard isatty(STDIN_FILENO) == 1 else {
            guard let line = readLine(strippingNewline: true), !line.isEmpty else {
                throw CommandFailure("没有读到密码：请在终端里运行，或从标准输入给一行")
            }
            return line
        }
        let first = String(cString: getpass("\(prompt)："))
        let second = String(cString: getpass("再输一遍："))
        guard first == second else { throw CommandFailure("两次输入的密码不一样，没有改动") }
        return first
    }
}

/// The machine's clock; below the commands time is a parameter.
enum Now {
    static var timestamp: Timestamp { Timestamp(milliseconds: Int64(Date().timeIntervalSince1970 * 1_000)) }
}
