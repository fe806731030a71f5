import Clinic
import HTTPTypes
import Hummingbird
import Kernel

/// What of a board changed since a screen last fetched it — templates/appointments/_board_parts.mustache. A booking changes
/// one or two columns; sending twenty of them to two hundred screens would cost more than everything else together.
struct BoardParts: Fragment {
    static let template = "appointments/_board_parts"
    let hasBar: Bool
    let displaced: BoardView.Displaced?
    let states: [BoardView.StateCount]
    let sizes: [BoardView.SizeCount]
    let note: String?
    let barVersion: String
    let hasDensity: Bool
    let densities: [BoardView.DensityCell]
    let densityVersion: String
    let columns: [BoardView.Column]
    let nowLine: BoardView.NowLine?

    static let fields: [Field<Self>] = [
        Field("hasBar", \.hasBar), Field("displaced", \.displaced), Field("states", \.states),
        Field("sizes", \.sizes), Field("note", \.note), Field("barVersion", \.barVersion),
        Field("hasDensity", \.hasDensity), Field("densities", \.densities),
        Field("densityVersion", \.densityVersion), Field("columns", \.columns), Field("nowLine", \.nowLine),
    ]

    static var samples: [BoardParts] {
        [BoardSamples.board.versioned()].compactMap { board in
            BoardParts(board, since: board.versions.enumerated().map { $0 == 1 ? $1 : "" })
        }
    }
}

extension BoardParts {
    /// `X-Menya-Have`: the versions a screen shows, in the order of `BoardView.versions`.
    static let have = HTTPField.Name("X-Menya-Have")
    /// On the answer: it holds parts, not the whole.
    static let mark = HTTPField.Name("X-Menya-Parts")

    /// - Parameter have: as the screen sent it.
    /// - Returns: nil when the frame is another one: then the whole board is fetched.
    init?(_ board: BoardView, since have: [String]) {
        let versions = board.versions
        guard !board.isEmpty, have.count == versions.count, have[1] == versions[1] else { return nil }
        let changed = Set(zip(versions, have).enumerated().filter { $1.0 != $1.1 }.map(\.offset))
        let first = versions.count - board.columns.count
        hasBar = changed.contains(0)
        displaced = board.displaced
        states = board.states
        sizes = board.sizes
        note = board.note
        barVersion = board.barVersion
        hasDensity = board.hasDensity && changed.contains(2)
        densities = board.densities
        densityVersion = board.densityVersion
        columns = board.columns.enumerated().filter { changed.contains(first + $0.offset) }.map(\.element)
        nowLine = board.nowLine
    }

    var isEmpty: Bool { !hasBar && !hasDensity && columns.isEmpty }

    /// The parts that changed, nothing when there are none, or the whole board for a screen that says nothing or shows another
    /// frame.
    static func answer(_ board: BoardView, to request: StaffRequest) throws -> Response {
        let said = have.flatMap { request.headers[$0] } ?? ""
        guard let mark, let parts = BoardParts(board, since: said.split(separator: " ").map(String.init)) else {
            return try request.web.fragment(board)
        }
        if parts.isEmpty { return Response(status: .noContent, headers: [mark: "1"]) }
        var response = try request.web.fragment(parts)
        response.headers[mark] = "1"
        return response
    }
}

extension BoardView {
    /// The same board, with what its parts are like. Compared within one process only: after a restart screens fetch
    /// everything once.
    func versioned() -> BoardView {
        var board = self
        board.columns = columns.enumerated().map { index, column in
            var column = column
            column.index = index
            column.version = ""
            column.strip?.index = index
            column.version = Self.version { $0.combine(column) }
            return column
        }
        board.barVersion = Self.version {
            $0.combine(displaced)
            $0.combine(states)
            $0.combine(sizes)
            $0.combine(note)
        }
        board.densityVersion = Self.version { $0.combine(densities) }
        board.frameVersion = Self.version {
            $0.combine(sizeClasses)
            $0.combine(times)
            $0.combine(by)
            $0.combine(dayText)
            $0.combine(hasDensity)
            $0.combine(nowLine != nil)
            $0.combine(updateSeconds)
            for column in columns {
                $0.combine(column.id)
                $0.combine(column.day)
                $0.combine(column.strip?.sizeClass)
            }
        }
        return board
    }

    /// Bar, frame, density if there is one, then the columns: the order of the elements on the page.
    var versions: [String] {
        [barVersion, frameVersion] + (hasDensity ? [densityVersion] : []) + columns.map(\.version)
    }

    private static func version(_ combine: (inout Hasher) -> Void) -> String {
        var hasher = Hasher()
        combine(&hasher)
        return String(UInt(bitPattern: hasher.finalize()), radix: 36)
    }
}
