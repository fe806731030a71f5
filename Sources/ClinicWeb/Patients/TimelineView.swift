import Clinic
import Kernel

/// The thread of a customer, or a stretch of it — templates/patients/_timeline.mustache
package struct TimelineView: Fragment {
    package static let template = "patients/_timeline"
    let tabs: [TimelineTabView]
    let entries: [TimelineEntryView]
    let isEmpty: Bool
    let earlierHref: String?

    package static let fields: [Field<Self>] = [
        Field("tabs", \.tabs), Field("entries", \.entries), Field("isEmpty", \.isEmpty),
        Field("earlierHref", \.earlierHref),
    ]

    init(tabs: [TimelineTabView], entries: [TimelineEntryView], earlierHref: String?) {
        self.tabs = tabs
        self.entries = entries
        isEmpty = entries.isEmpty
        self.earlierHref = earlierHref
    }

    init(
        _ timeline: Timeline, of patient: ID<Patient>, kind: TimelineEntry.Kind?, for request: StaffRequest
    ) {
        let base = PatientPaths.timeline(patient)
        tabs =
            [TimelineTabView(label: "全部", href: base, isChosen: kind == nil)]
            + TimelineEntry.Kind.allCases.map {
                TimelineTabView(
                    label: $0.label, href: URLText.address(base, ["kind": $0.rawValue]), isChosen: $0 == kind)
            }
        entries = timeline.past.map { TimelineEntryView($0, for: request) }
        isEmpty = timeline.past.isEmpty
        earlierHref = timeline.earlier.map { earlier in
            let before = String(earlier.milliseconds)
            return kind.map { URLText.address(base, ["kind": $0.rawValue, "before": before]) }
                ?? URLText.address(base, ["before": before])
        }
    }

    package static var samples: [Self] {
        let tabs = [
            TimelineTabView(label: "全部", href: "/patients/0000000000001/timeline", isChosen: true),
            TimelineTabView(label: "就诊", href: "/patients/0000000000001/timeline?kind=visit", isChosen: false),
        ]
        return [
            Self(
                tabs: tabs, entries: TimelineEntryView.samples, earlierHref: "/patients/0000000000001/timeline?before=1"
            ),
            Self(tabs: tabs, entries: [], earlierHref: nil),
        ]
    }
}

/// A stretch of the thread as a page — templates/patients/timeline.mustache
package struct TimelinePage: Page {
    package static let template = "patients/timeline"
    package let shell: ShellView
    let name: String
    let backHref: String
    let timeline: TimelineView
    package static let fields: [Field<Self>] = [
        Field("name", \.name), Field("backHref", \.backHref), Field("timeline", \.timeline),
    ]
    package static var samples: [Self] {
        TimelineView.samples.map {
            Self(
                shell: .sample(title: "客人", area: .patients), name: "谢春梅", backHref: "/patients/0000000000001",
                timeline: $0)
        }
    }
}

package struct TimelineTabView: Viewable {
    let label: String
    let href: String
    let isChosen: Bool
    package static let fields: [Field<Self>] = [
        Field("label", \.label), Field("href", \.href), Field("isChosen", \.isChosen),
    ]
}

package struct TimelineEntryView: Viewable {
    /// "今天 10:24", "明天 09:15", "2025-11-20"
    let when: String
    /// For machines: "2025-11-20T09:15".
    let machineTime: String
    let tone: String
    /// Symbol without its `g-`.
    let mark: String
    let text: String
    let details: [String]
    let who: String?
    let href: String?

    package static let fields: [Field<Self>] = [
        Field("when", \.when), Field("machineTime", \.machineTime), Field("tone", \.tone), Field("mark", \.mark),
        Field("text", \.text), Field("details", \.details), Field("who", \.who), Field("href", \.href),
    ]

    init(_ entry: TimelineEntry, for request: StaffRequest) {
        let calendar = request.clinic.calendar
        let day = calendar.wallClock(entry.at).day
        let distance = day.days(since: calendar.wallClock(request.now).day)
        let clock = calendar.clockText(entry.at)
        switch distance {
        case 0: when = "今天 \(clock)"
        case 1: when = "明天 \(clock)"
        case -1: when = "昨天 \(clock)"
        case 2...: when = "\(day.monthDayText) \(clock)"
        default: when = day.iso
        }
        machineTime = "\(day.iso)T\(clock)"
        (mark, tone) = Self.sign(entry.mark)
        text = entry.text
        details = entry.details
        who = entry.who
        href = entry.subject.flatMap(PatientLinks(request).subject)
    }

    private static func sign(_ mark: TimelineEntry.Mark) -> (mark: String, tone: String) {
        switch mark {
        case .booked: ("booked", "neutral")
        case .confirmed: ("confirmed", "info")
        case .waiting: ("waiting", "waiting")
        case .chair: ("chair", "accent")
        case .done: ("done", "done")
        case .missed: ("noshow", "danger")
        case .late: ("late", "warning")
        case .neutral: ("booked", "neutral")
        }
    }

    private init(_ when: String, _ mark: String, _ tone: String, _ text: String, _ details: [String], who: String?) {
        self.when = when
        machineTime = "2026-03-12T10:24"
        self.tone = tone
        self.mark = mark
        self.text = text
        self.details = details
        self.who = who
        href = mark == "confirmed" ? "/appointments/0000000000001" : nil
    }

    static let samples: [Self] = [
        Self("今天 10:24", "confirmed", "info", "预约 · 陈思敏 · 牙周复查", ["3 单位（45 分钟） · 已确认"], who: "周敏"),
        Self("2025-11-20", "done", "done", "就诊 · 陈思敏 · 龈下刮治 16、17", ["候诊 9 分钟（告知 10） · 在椅 48 分钟"], who: nil),
        Self(
            "2025-11-13", "late", "warning", "付款 ¥1,180.00 · 收据 29984", ["储值 800.00、微信 380.00", "尚欠 ¥20.00"],
            who: "汪洁<b>"),
    ]
}
