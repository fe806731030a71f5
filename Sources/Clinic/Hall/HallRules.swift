import Kernel

/// What the public screen says. Pure.
package enum HallRules {
    /// A customer in the queue as the screen needs him.
    package struct Place: Hashable, Sendable {
        package let visitID: ID<Visit>
        package let doctorID: ID<Staff>?
        package init(visitID: ID<Visit>, doctorID: ID<Staff>?) {
            self.visitID = visitID
            self.doctorID = doctorID
        }
    }

    /// How many stand before each customer with the same doctor; nobody is told a time (R3.56). Who has no doctor yet is in
    /// no row and absent from the answer.
    ///
    /// - Parameter queue: everybody who waits, in the order of calling.
    package static func ahead(_ queue: [Place]) -> [ID<Visit>: Int] {
        var counts: [ID<Staff>: Int] = [:]
        var result: [ID<Visit>: Int] = [:]
        for place in queue {
            guard let doctor = place.doctorID else { continue }
            result[place.visitID] = counts[doctor, default: 0]
            counts[doctor, default: 0] += 1
        }
        return result
    }

    /// "请 A 零二一 号，到 4 诊室": number and room, never a name aloud (R16.07).
    ///
    /// - Parameters:
    ///   - room: the number on the door (R4.39); nil: the desk says where to go.
    ///   - desk: the number of the desk's window; nil: it has none.
    package static func spoken(ticket: String, room: Int?, desk: Int? = nil) -> String {
        let number = ticket.map { digits[$0] ?? " \($0) " }.joined().trimmed
        return "请 \(number) 号，到 \(place(room: room, desk: desk))"
    }

    /// "4 诊室", "前台 1 号窗口", "前台"
    package static func place(room: Int?, desk: Int?) -> String {
        if let room { return "\(room) 诊室" }
        return desk.map { "前台 \($0) 号窗口" } ?? "前台"
    }

    private static let digits: [Character: String] = [
        "0": "零", "1": "一", "2": "二", "3": "三", "4": "四", "5": "五", "6": "六", "7": "七", "8": "八", "9": "九",
    ]

    /// Names a call among all calls of a day: the same number called again is another call.
    package static func key(ticket: String, times: Int) -> String { "\(ticket)-\(times)" }
}
