import Foundation
import Kernel

/// The time of day of a running server: the machine's, or for demonstrations and tests what a file says.
///
/// The file holds an ISO instant (`2026-03-12T09:00:00+08:00`: time stands still there) or an offset in seconds (`+3600`,
/// `-86400`: time runs, shifted). It is looked at once a second at most; without a readable file the last value counts.
final class ServerClock: Sendable {
    private enum Shift: Sendable { case none, fixed(Timestamp), offset(Int64) }
    private struct State: Sendable {
        var shift = Shift.none
        var readAt: Int64 = 0
    }
    private let file: String?
    private let state = Guarded(State())

    init(file: String?) { self.file = file }

    var now: Timestamp {
        let real = Now.timestamp
        guard let file else { return real }
        let shift = state.withLock { state in
            if real.milliseconds - state.readAt >= 1_000 || real.milliseconds < state.readAt {
                state.readAt = real.milliseconds
                state.shift = Self.read(file) ?? state.shift
            }
            return state.shift
        }
        return switch shift {
        case .none: real
        case .fixed(let instant): instant
        case .offset(let seconds): Timestamp(milliseconds: real.milliseconds + seconds * 1_000)
        }
    }

    private static func read(_ file: String) -> Shift? {
        guard let text = try? String(contentsOfFile: file, encoding: .utf8).trimmed else { return nil }
        if text.hasPrefix("+") || text.hasPrefix("-"), let seconds = Int64(text) { return .offset(seconds) }
        guard let date = try? Date(text, strategy: .iso8601) else { return nil }
        return .fixed(Timestamp(milliseconds: Int64(date.timeIntervalSince1970 * 1_000)))
    }
}
