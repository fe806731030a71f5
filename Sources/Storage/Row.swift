import Kernel

/// One row of a result. All rows of a result share one list of column names.
package struct Row: Sendable {
    package let columns: Columns
    package let values: [SQLValue]

    package init(columns: Columns, values: [SQLValue]) {
        self.columns = columns
        self.values = values
    }

    package final class Columns: Sendable {
        package let names: [String]
        private let positions: [String: Int]
        package init(_ names: [String]) {
            self.names = names
            positions = Dictionary(names.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
        }
        func position(_ name: String) -> Int? { positions[name] }
    }

    private func value(_ name: String) throws(RowError) -> SQLValue {
        guard let position = columns.position(name) else { throw RowError(column: name, problem: "no such column") }
        return values[position]
    }

    package func int64(_ name: String) throws(RowError) -> Int64 {
        guard case .int(let value) = try value(name) else { throw RowError(column: name, problem: "not an integer") }
        return value
    }
    package func int(_ name: String) throws(RowError) -> Int { Int(try int64(name)) }
    package func bool(_ name: String) throws(RowError) -> Bool { try int64(name) != 0 }
    package func text(_ name: String) throws(RowError) -> String {
        guard case .text(let value) = try value(name) else { throw RowError(column: name, problem: "not a text") }
        return value
    }
    package func money(_ name: String) throws(RowError) -> Money { Money(fen: try int64(name)) }
    package func timestamp(_ name: String) throws(RowError) -> Timestamp { Timestamp(milliseconds: try int64(name)) }
    package func id<T>(_ name: String, _ type: T.Type = T.self) throws(RowError) -> ID<T> { ID(raw: try int64(name)) }
    package func unit(_ name: String) throws(RowError) -> Unit { Unit(try int(name)) }
    package func day(_ name: String) throws(RowError) -> Day {
        guard let day = Day(try text(name)) else { throw RowError(column: name, problem: "not a day") }
        return day
    }
    /// A code column, as its enumeration.
    package func code<C: RawRepresentable>(_ name: String, _ type: C.Type = C.self) throws(RowError) -> C
    where C.RawValue == String {
        let raw = try text(name)
        guard let code = C(rawValue: raw) else { throw RowError(column: name, problem: "unknown code '\(raw)'") }
        return code
    }

    package func isNull(_ name: String) throws(RowError) -> Bool { try value(name) == .null }
    package func int64IfAny(_ name: String) throws(RowError) -> Int64? { try isNull(name) ? nil : try int64(name) }
    package func intIfAny(_ name: String) throws(RowError) -> Int? { try isNull(name) ? nil : try int(name) }
    package func textIfAny(_ name: String) throws(RowError) -> String? { try isNull(name) ? nil : try text(name) }
    package func moneyIfAny(_ name: String) throws(RowError) -> Money? { try isNull(name) ? nil : try money(name) }
    package func timestampIfAny(_ name: String) throws(RowError) -> Timestamp? {
        try isNull(name) ? nil : try timestamp(name)
    }
    package func dayIfAny(_ name: String) throws(RowError) -> Day? { try isNull(name) ? nil : try day(name) }
    package func unitIfAny(_ name: String) throws(RowError) -> Unit? { try isNull(name) ? nil : try unit(name) }
    package func idIfAny<T>(_ name: String, _ type: T.Type = T.self) throws(RowError) -> ID<T>? {
        try isNull(name) ? nil : try id(name)
    }
    package func codeIfAny<C: RawRepresentable>(_ name: String, _ type: C.Type = C.self) throws(RowError) -> C?
    where C.RawValue == String {
        try isNull(name) ? nil : try code(name)
    }
}

/// A column that is missing or holds another type than the program expects: a bug, never a user's fault.
package struct RowError: Error, CustomStringConvertible {
    package let column: String
    package let problem: String
    package init(column: String, problem: String) {
        self.column = column
        self.problem = problem
    }
    package var description: String { "column \(column): \(problem)" }
}
