import Kernel

/// A value bound to a statement. The only types that cross into either database.
package enum SQLValue: Hashable, Sendable {
    case null, int(Int64), text(String)
}

package protocol SQLBindable {
    var sqlValue: SQLValue { get }
}

extension String: SQLBindable { package var sqlValue: SQLValue { .text(self) } }
extension Int64: SQLBindable { package var sqlValue: SQLValue { .int(self) } }
extension Int: SQLBindable { package var sqlValue: SQLValue { .int(Int64(self)) } }
extension Bool: SQLBindable { package var sqlValue: SQLValue { .int(self ? 1 : 0) } }
extension Money: SQLBindable { package var sqlValue: SQLValue { .int(fen) } }
extension Timestamp: SQLBindable { package var sqlValue: SQLValue { .int(milliseconds) } }
extension Day: SQLBindable { package var sqlValue: SQLValue { .text(iso) } }
extension Unit: SQLBindable { package var sqlValue: SQLValue { .int(Int64(index)) } }
extension ID: SQLBindable { package var sqlValue: SQLValue { .int(raw) } }
extension SQLValue: SQLBindable { package var sqlValue: SQLValue { self } }
extension Optional: SQLBindable where Wrapped: SQLBindable {
    package var sqlValue: SQLValue { self?.sqlValue ?? .null }
}
/// Codes kept in the database are the raw values of `String` enumerations.
extension SQLBindable where Self: RawRepresentable, RawValue == String {
    package var sqlValue: SQLValue { .text(rawValue) }
}

/// SQL text with bound values. `"… WHERE id = \(id)"` binds; it never pastes.
package struct SQL: ExpressibleByStringInterpolation, Sendable {
    package enum Part: Sendable { case text(String), bind(SQLValue), dialect(sqlite: String, postgres: String) }
    package private(set) var parts: [Part]

    package init(stringLiteral value: String) { parts = [.text(value)] }
    package init(stringInterpolation: StringInterpolation) { parts = stringInterpolation.parts }
    /// Text that is written in this program, never by a user.
    package init(trusted text: String) { parts = [.text(text)] }

    package struct StringInterpolation: StringInterpolationProtocol {
        var parts: [Part] = []
        package init(literalCapacity: Int, interpolationCount: Int) {
            parts.reserveCapacity(interpolationCount * 2 + 1)
        }
        package mutating func appendLiteral(_ literal: String) { parts.append(.text(literal)) }
        package mutating func appendInterpolation(_ value: some SQLBindable) { parts.append(.bind(value.sqlValue)) }
        package mutating func appendInterpolation<T: SQLBindable>(_ value: T?) {
            parts.append(.bind(value?.sqlValue ?? .null))
        }
        /// `IN \(list: ids)`; an empty list matches nothing.
        package mutating func appendInterpolation(list values: [some SQLBindable]) {
            parts.append(.text("("))
            for (index, value) in values.enumerated() {
                if index > 0 { parts.append(.text(", ")) }
                parts.append(.bind(value.sqlValue))
            }
            parts.append(.text(values.isEmpty ? "NULL)" : ")"))
        }
        /// `VALUES \(rows: …)`: one parenthesised group a row. `rows` must not be empty.
        package mutating func appendInterpolation(rows: [[any SQLBindable]]) {
            for (index, row) in rows.enumerated() {
                parts.append(.text(index > 0 ? ", (" : "("))
                for (column, value) in row.enumerated() {
                    if column > 0 { parts.append(.text(", ")) }
                    parts.append(.bind(value.sqlValue))
                }
                parts.append(.text(")"))
            }
        }
        /// Another fragment, with its binds.
        package mutating func appendInterpolation(_ fragment: SQL) { parts += fragment.parts }
        package mutating func appendInterpolation(sqlite: String, postgres: String) {
            parts.append(.dialect(sqlite: sqlite, postgres: postgres))
        }
    }

    package static func + (a: SQL, b: SQL) -> SQL {
        var joined = a
        joined.parts += b.parts
        return joined
    }

    /// `?` for SQLite, `$1…` for PostgreSQL, plus the values in order.
    package func rendered(_ dialect: Dialect) -> (text: String, values: [SQLValue]) {
        var text = ""
        var values: [SQLValue] = []
        for part in parts {
            switch part {
            case .text(let literal): text += literal
            case .dialect(let sqlite, let postgres): text += dialect == .sqlite ? sqlite : postgres
            case .bind(let value):
                values.append(value)
                text += dialect == .sqlite ? "?" : "$\(values.count)"
            }
        }
        return (text, values)
    }
}
