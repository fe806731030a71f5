import Clinic
import Kernel

/// The grid of one day, which refreshes itself — templates/appointments/_board.mustache
struct BoardView: Fragment {
    static let template = "appointments/_board"

    let dayText: String
    /// `board-cols-8`, `board-rows-38`: the size of the grid as classes, because style attributes are not allowed.
    let sizeClasses: String
    let isEmpty: Bool
    let emptyText: String
    let rosterHref: String?
    let states: [StateCount]
    let columns: [Column]
    let times: [TimeCell]
    let densities: [DensityCell]
    let nowLine: NowLine?
    // For the scripts: where the grid begins, and with whom it works.
    let day: String
    let firstUnit: Int
    let rowCount: Int
    let by: String

    static let fields: [Field<Self>] = [
        Field("dayText", \.dayText), Field("sizeClasses", \.sizeClasses), Field("isEmpty", \.isEmpty),
        Field("emptyText", \.emptyText), Field("rosterHref", \.rosterHref), Field("states", \.states),
        Field("columns", \.columns), Field("times", \.times), Field("densities", \.densities),
        Field("nowLine", \.nowLine), Field("day", \.day), Field("firstUnit", \.firstUnit),
        Field("rowCount", \.rowCount), Field("by", \.by),
    ]

    struct StateCount: Viewable {
        let state: String
        let glyph: String
        let label: String
        let count: Int
        static let fields: [Field<Self>] = [
            Field("state", \.state), Field("glyph", \.glyph), Field("label", \.label), Field("count", \.count),
        ]
    }

    struct Column: Viewable {
        let name: String
        let place: String
        let detail: String
        let load: String
        let loadTitle: String
        /// Id of the doctor or chair; "" for bookings without a chair.
        let id: String
        /// `lanes-2` when bookings stand beside each other: squeezed in, or not yet given a chair.
        let lanesClass: String
        let free: [FreeCell]
        let blocks: [BlockCell]
        let cards: [Card]
        static let fields: [Field<Self>] = [
            Field("name", \.name), Field("place", \.place), Field("detail", \.detail), Field("load", \.load),
            Field("loadTitle", \.loadTitle), Field("id", \.id), Field("lanesClass", \.lanesClass),
            Field("free", \.free), Field("blocks", \.blocks), Field("cards", \.cards),
        ]
    }

    struct TimeCell: Viewable {
        let row: Int
        let text: String
        let isHour: Bool
        static let fields: [Field<Self>] = [Field("row", \.row), Field("text", \.text), Field("isHour", \.isHour)]
    }

    struct DensityCell: Viewable {
        let row: Int
        /// 0 … 10 eighths of the capacity.
        let load: Int
        let level: String
        let title: String
        static let fields: [Field<Self>] = [
            Field("row", \.row), Field("load", \.load), Field("level", \.level), Field("title", \.title),
        ]
    }

    struct FreeCell: Viewable {
        let row: Int
        let href: String
        let label: String
        static let fields: [Field<Self>] = [Field("row", \.row), Field("href", \.href), Field("label", \.label)]
    }

    struct BlockCell: Viewable {
        let row: Int
        let span: Int
        let label: String
        static let fields: [Field<Self>] = [Field("row", \.row), Field("span", \.span), Field("label", \.label)]
    }

    /// One booking.
    struct Card: Viewable {
        let id: String
        let href: String
        let row: Int
        let span: Int
        let lane: Int
        let state: String
        let glyph: String
        let title: String
        let name: String
        let purpose: String
        /// A single row has no second line: the purpose stands behind the name.
        let isShort: Bool
        let isFirst: Bool
        let hasAlert: Bool
        let isSqueezed: Bool
        // For moving.
        let version: Int
        let unit: Int
        let doctor: String
        let chair: String
        let canMove: Bool
        let canResize: Bool
        static let fields: [Field<Self>] = [
            Field("id", \.id), Field("href", \.href), Field("row", \.row), Field("span", \.span), Field("lane", \.lane),
            Field("state", \.state), Field("glyph", \.glyph), Field("title", \.title), Field("name", \.name),
            Field("purpose", \.purpose), Field("isShort", \.isShort), Field("isFirst", \.isFirst),
            Field("hasAlert", \.hasAlert), Field("isSqueezed", \.isSqueezed), Field("version", \.version),
            Field("unit", \.unit), Field("doctor", \.doctor), Field("chair", \.chair), Field("canMove", \.canMove),
            Field("canResize", \.canResize),
        ]
    }

    struct NowLine: Viewable {
        let row: Int
        let minute: Int
        let text: String
        static let fields: [Field<Self>] = [Field("row", \.row), Field("minute", \.minute), Field("text", \.text)]
    }
}
