import Foundation
import Kernel

extension CalendarFeed {
    /// The feed as `text/calendar`: CRLF, lines of at most 75 octets that are never folded inside a character, times in UTC.
    ///
    /// - Parameter host: right side of the UIDs; the same for ever, or calendars show everything twice.
    package func text(now: Timestamp, host: String) -> String {
        var lines = [
            "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Menya//Menya//ZH", "CALSCALE:GREGORIAN", "METHOD:PUBLISH",
            "X-WR-CALNAME:" + Self.escaped("\(doctorName) · \(clinicName)"), "REFRESH-INTERVAL;VALUE=DURATION:PT15M",
            "X-PUBLISHED-TTL:PT15M",
        ]
        for entry in entries {
            let what = ([entry.initials] + entry.items).filter { !$0.isEmpty }.joined(separator: " ")
            lines += [
                "BEGIN:VEVENT", "UID:\(entry.id.text.lowercased())@\(host)", "DTSTAMP:\(Self.utc(now))",
                "DTSTART:\(Self.utc(entry.begin))", "DTEND:\(Self.utc(entry.end))",
                "SUMMARY:" + Self.escaped(what.isEmpty ? "预约" : what), "SEQUENCE:\(max(0, entry.version - 1))",
                "STATUS:\(entry.isCancelled ? "CANCELLED" : "CONFIRMED")", "CLASS:PRIVATE",
                "TRANSP:\(entry.isCancelled ? "TRANSPARENT" : "OPAQUE")", "END:VEVENT",
            ]
        }
        lines.append("END:VCALENDAR")
        return lines.map(Self.folded).joined(separator: "\r\n") + "\r\n"
    }

    /// Backslash first, then what has a meaning in a value.
    static func escaped(_ text: String) -> String {
        text.replacing("\\", with: "\\\\").replacing(";", with: "\\;").replacing(",", with: "\\,")
            .replacing("\r\n", with: "\\n").replacing("\n", with: "\\n").replacing("\r", with: "\\n")
    }

    /// Continuation lines begin with a space, which counts.
    static func folded(_ line: String) -> String {
        var (result, room) = ("", 75)
        for character in line {
            let octets = String(character).utf8.count
            if octets > room {
                result += "\r\n "
                room = 74
            }
            result.append(character)
            room -= octets
        }
        return result
    }

    /// "20260312T012000Z"
    static func utc(_ instant: Timestamp) -> String {
        let (day, second) = ClinicCalendar(timeZone: .gmt, dayStartsAtMinutes: 0).wallClock(instant)
        let clock = [second / 3_600, second / 60 % 60, second % 60].map { String($0).zeroPadded(2) }.joined()
        return day.iso.replacing("-", with: "") + "T" + clock + "Z"
    }
}
