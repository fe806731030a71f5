import Clinic
import Kernel

/// The grid of a day or of a doctor's week, which refreshes itself — templates/appointments/_board.mustache
struct BoardView: Fragment {
    static let template = "appointments/_board"

    let dayText: String
    /// `board-rows-38`: the height of the grid as a class, because style attributes are not allowed.
    let sizeClasses: String
    let isEmpty: Bool
    let emptyText: String
    let rosterHref: String?
    let states: [StateCount]
    let sizes: [SizeCount]
    let note: String?
    /// Bookings whose doctor does not work any more, and where they are settled (R3.34).
    let displaced: Displaced?
    var columns: [Column]
    let times: [TimeCell]
    let densities: [DensityCell]
    let hasDensity: Bool
    let nowLine: NowLine?
    // For the scripts: where the grid begins, and with whom it works.
    let firstUnit: Int
    let rowCount: Int
    let by: String
    /// Set when part of what is shown is not told live: fetched again after so many seconds.
    let updateSeconds: Int?
    // What the parts are like, so that a screen fetches only those that changed.
    var barVersion = ""
    var frameVersion = ""
    var densityVersion = ""

    static let fields: [Field<Self>] = [
        Field("dayText", \.dayText), Field("sizeClasses", \.sizeClasses), Field("isEmpty", \.isEmpty),
        Field("emptyText", \.emptyText), Field("rosterHref", \.rosterHref), Field("states", \.states),
        Field("sizes", \.sizes), Field("note", \.note), Field("displaced", \.displaced), Field("columns", \.columns),
        Field("times", \.times),
        Field("densities", \.densities), Field("hasDensity", \.hasDensity), Field("nowLine", \.nowLine),
        Field("firstUnit", \.firstUnit), Field("rowCount", \.rowCount), Field("by", \.by),
        Field("updateSeconds", \.updateSeconds), Field("barVersion", \.barVersion),
        Field("frameVersion", \.frameVersion), Field("densityVersion", \.densityVersion),
    ]

    static let displacedText = "医生已休，待重排"

    struct Displaced: Viewable, Hashable {
        let text: String
        let href: String?
        static let fields: [Field<Self>] = [Field("text", \.text), Field("href", \.href)]
    }

    struct StateCount: Viewable, Hashable {
        let state: String
        let glyph: String
        let label: String
        let count: Int
        static let fields: [Field<Self>] = [
            Field("state", \.state), Field("glyph", \.glyph), Field("label", \.label), Field("count", \.count),
        ]
    }

    /// Big and small items (R3.49).
    struct SizeCount: Viewable, Hashable {
        let size: String
        let label: String
        let count: Int
        static let fields: [Field<Self>] = [
            Field("size", \.size), Field("label", \.label), Field("count", \.count),
        ]
    }

    struct Column: Viewable, Hashable {
        let name: String
        let place: String
        let detail: String
        /// A doctor's head leads to the week, a day's to the day.
        let href: String?
        let load: String
        let loadTitle: String
        /// Id of the doctor, chair, room or day; "" for bookings without a chair.
        let id: String
        // What a booking becomes that is dropped here: empty words mean "as before".
        let day: String
        let doctor: String
        let chairs: String
        let canDrop: Bool
        /// `lanes-2` when bookings stand beside each other: several chairs of a room, or no chair yet.
        let lanesClass: String
        let free: [FreeCell]
        let blocks: [BlockCell]
        let cards: [Card]
        var strip: Strip?
        /// Place among the columns.
        var index = 0
        var version = ""
        static let fields: [Field<Self>] = [
            Field("name", \.name), Field("place", \.place), Field("detail", \.detail), Field("href", \.href),
            Field("load", \.load), Field("loadTitle", \.loadTitle), Field("id", \.id), Field("day", \.day),
            Field("doctor", \.doctor), Field("chairs", \.chairs), Field("canDrop", \.canDrop),
            Field("lanesClass", \.lanesClass), Field("free", \.free), Field("blocks", \.blocks),
            Field("cards", \.cards), Field("strip", \.strip), Field("index", \.index),
            Field("version", \.version),
        ]
    }

    /// 加号, beside the column of their doctor.
    struct Strip: Viewable, Hashable {
        /// Of its column.
        var index = 0
        let id: String
        let label: String
        let sizeClass: String
        let lanesClass: String
        let cards: [Card]
        static let fields: [Field<Self>] = [
            Field("index", \.index), Field("id", \.id), Field("label", \.label), Field("sizeClass", \.sizeClass),
            Field("lanesClass", \.lanesClass), Field("cards", \.cards),
        ]
    }

    struct TimeCell: Viewable, Hashable {
        let row: Int
        let text: String
        let isHour: Bool
        static let fields: [Field<Self>] = [Field("row", \.row), Field("text", \.text), Field("isHour", \.isHour)]
    }

    struct DensityCell: Viewable, Hashable {
        let row: Int
        /// 0 … 10 eighths of the capacity.
        let load: Int
        let level: String
        let title: String
        static let fields: [Field<Self>] = [
            Field("row", \.row), Field("load", \.load), Field("level", \.level), Field("title", \.title),
        ]
    }

    struct FreeCell: Viewable, Hashable {
        /// Stays the same when the board is fetched again, so that the focus stays too.
        let id: String
        let row: Int
        let unit: Int
        let href: String
        let label: String
        static let fields: [Field<Self>] = [
            Field("id", \.id), Field("row", \.row), Field("unit", \.unit), Field("href", \.href),
            Field("label", \.label),
        ]
    }

    struct BlockCell: Viewable, Hashable {
        let row: Int
        let span: Int
        let label: String
        /// Taken for a few minutes by somebody who is booking.
        let isHold: Bool
        static let fields: [Field<Self>] = [
            Field("row", \.row), Field("span", \.span), Field("label", \.label), Field("isHold", \.isHold),
        ]
    }

    /// One booking.
    struct Card: Viewable, Hashable {
        let id: String
        /// nil: of another clinic, to be looked at only.
        let href: String?
        let row: Int
        let span: Int
        let lane: Int
        let state: String
        let glyph: String
        /// Everything the card says, in words: read aloud, and shown when the mouse rests on it.
        let label: String
        let name: String
        let purpose: String
        /// "帮林书远医生" (R2.24)
        let helps: String?
        /// A single row has no second line: the purpose stands behind the name.
        let isShort: Bool
        let isFirst: Bool
        let hasAlert: Bool
        let isDisplaced: Bool
        let isSqueezed: Bool
        /// "big" or "small"
        let size: String
        // For moving.
        let version: Int
        let unit: Int
        let doctor: String
        let chair: String
        let canMove: Bool
        let canResize: Bool
        /// 待核实: booked on line, nobody has called yet.
        var isUnverified = false
        static let fields: [Field<Self>] = [
            Field("id", \.id), Field("href", \.href), Field("row", \.row), Field("span", \.span), Field("lane", \.lane),
            Field("state", \.state), Field("glyph", \.glyph), Field("label", \.label), Field("name", \.name),
            Field("purpose", \.purpose), Field("helps", \.helps), Field("isShort", \.isShort),
            Field("isFirst", \.isFirst),
            Field("hasAlert", \.hasAlert), Field("isDisplaced", \.isDisplaced),
            Field("isSqueezed", \.isSqueezed), Field("size", \.size),
            Field("version", \.version), Field("unit", \.unit), Field("doctor", \.doctor), Field("chair", \.chair),
            Field("canMove", \.canMove), Field("canResize", \.canResize), Field("isUnverified", \.isUnverified),
        ]
    }

    struct NowLine: Viewable, Hashable {
        let row: Int
        let minute: Int
        let text: String
        static let fields: [Field<Self>] = [Field("row", \.row), Field("minute", \.minute), Field("text", \.text)]
    }
}
