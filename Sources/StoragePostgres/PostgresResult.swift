import CLibpq
import Foundation
import Storage

/// Reads results, which libpq hands over as text, by the types of their columns.
enum PostgresResult {
    private static let integers: Set<Oid> = [20, 21, 23, 26]
    private static let boolean: Oid = 16
    private static let numeric: Oid = 1700

    static func rows(_ result: OpaquePointer?) throws -> [Row] {
        let count = PQnfields(result)
        guard count > 0 else { return [] }
        let columns = Row.Columns((0..<count).map { String(cString: PQfname(result, $0)) })
        let types = (0..<count).map { PQftype(result, $0) }
        return (0..<PQntuples(result)).map { row in
            Row(columns: columns, values: (0..<count).map { value(result, row, $0, types[Int($0)]) })
        }
    }

    private static func value(_ result: OpaquePointer?, _ row: Int32, _ column: Int32, _ type: Oid) -> SQLValue {
        guard PQgetisnull(result, row, column) == 0, let bytes = PQgetvalue(result, row, column) else { return .null }
        if integers.contains(type) { return .int(Int64(strtoll(bytes, nil, 10))) }
        if type == boolean { return .int(bytes.pointee == CChar(UInt8(ascii: "t")) ? 1 : 0) }
        let length = Int(PQgetlength(result, row, column))
        let text = bytes.withMemoryRebound(to: UInt8.self, capacity: length) {
            String(decoding: UnsafeBufferPointer(start: $0, count: length), as: UTF8.self)
        }
        // SUM over BIGINT is NUMERIC here and an integer on SQLite.
        if type == numeric, let number = Int64(text) { return .int(number) }
        return .text(text)
    }
}

/// The values as libpq wants them: pointers to text that ends in a zero byte, nil for NULL.
func withParameters<R>(_ values: [SQLValue], _ body: ([UnsafePointer<CChar>?]) -> R) -> R {
    withCStrings(
        values.map { value in
            switch value {
            case .null: nil
            case .int(let number): String(number)
            case .text(let text): text
            }
        }, endsWithNil: false, body)
}

/// All strings in one buffer, and a list of pointers into it.
func withCStrings<R>(
    _ strings: [String?], endsWithNil: Bool = true, _ body: ([UnsafePointer<CChar>?]) -> R
) -> R {
    var buffer: [CChar] = []
    var offsets: [Int?] = []
    for string in strings {
        guard let string else {
            offsets.append(nil)
            continue
        }
        offsets.append(buffer.count)
        buffer.append(contentsOf: string.utf8CString)
    }
    return buffer.withUnsafeBufferPointer { bytes in
        var pointers = offsets.map { offset in offset.flatMap { offset in bytes.baseAddress.map { $0 + offset } } }
        if endsWithNil { pointers.append(nil) }
        return body(pointers)
    }
}
