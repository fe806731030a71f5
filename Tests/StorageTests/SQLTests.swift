import Kernel
import Storage
import Testing

private enum Stage: String, SQLBindable { case waiting, left }

@Suite("SQL literals")
struct SQLTests {
    @Test("values are bound, never pasted")
    func binds() {
        let name = "'; DROP TABLE note; --"
        let sql: SQL = "SELECT id FROM note WHERE label = \(name) AND size > \(3)"
        #expect(sql.rendered(.sqlite).text == "SELECT id FROM note WHERE label = ? AND size > ?")
        #expect(sql.rendered(.postgres).text == "SELECT id FROM note WHERE label = $1 AND size > $2")
        #expect(sql.rendered(.postgres).values == [.text(name), .int(3)])
    }

    @Test("lists expand, and an empty list matches nothing")
    func lists() {
        #expect(("id IN \(list: [1, 2, 3])" as SQL).rendered(.postgres).text == "id IN ($1, $2, $3)")
        #expect(("id IN \(list: [Int64]())" as SQL).rendered(.sqlite).text == "id IN (NULL)")
    }

    @Test("rows expand to one group each")
    func rows() {
        let sql: SQL = "INSERT INTO t (a, b) VALUES \(rows: [[1, "x"], [2, "y"]])"
        #expect(sql.rendered(.postgres).text == "INSERT INTO t (a, b) VALUES ($1, $2), ($3, $4)")
        #expect(sql.rendered(.sqlite).values == [.int(1), .text("x"), .int(2), .text("y")])
    }

    @Test("fragments nest and are numbered on")
    func fragments() {
        let condition: SQL = "clinic_id = \(9)"
        let sql: SQL = "SELECT id FROM t WHERE day = \("2026-03-01") AND \(condition)" + " LIMIT \(20)"
        #expect(sql.rendered(.postgres).text == "SELECT id FROM t WHERE day = $1 AND clinic_id = $2 LIMIT $3")
        #expect(sql.rendered(.postgres).values == [.text("2026-03-01"), .int(9), .int(20)])
    }

    @Test("each engine gets its own words")
    func dialects() {
        let sql: SQL = "SELECT id FROM t\(SQL.forUpdate)"
        #expect(sql.rendered(.sqlite).text == "SELECT id FROM t")
        #expect(sql.rendered(.postgres).text == "SELECT id FROM t FOR UPDATE")
        #expect(("x \(SQL.int64)" as SQL).rendered(.postgres).text == "x BIGINT")
    }

    @Test("the types of the program become integers and texts")
    func types() {
        let nothing: Money? = nil
        let sql: SQL = """
            \(Money(fen: 1_250)) \(Timestamp(milliseconds: 5)) \(Day(number: 0)) \(true) \(Stage.left) \(nothing)
            """
        #expect(
            sql.rendered(.sqlite).values == [
                .int(1_250), .int(5), .text("1970-01-01"), .int(1), .text("left"), .null,
            ])
    }

    @Test("a row says which column is wrong")
    func rowErrors() {
        let row = Row(columns: Row.Columns(["id", "label"]), values: [.int(1), .null])
        #expect(throws: RowError.self) { try row.text("id") }
        #expect(throws: RowError.self) { try row.text("label") }
        #expect(throws: RowError.self) { try row.int64("missing") }
        #expect((try? row.textIfAny("label")) == .some(nil))
    }
}
