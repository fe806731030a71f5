import Clinic
import Hummingbird
import Kernel
import Storage

/// 来源统计: how people came to know the clinic (R1.18), and registrations without a phone (R1.12) —
/// templates/reports/channels.mustache
struct ChannelReportPage: Page {
    static let template = "reports/channels"
    let shell: ShellView
    let from: String
    let to: String
    let ranges: [LinkView]
    let heading: String
    let rows: [Row]
    let hasRows: Bool
    let registrars: [Registrar]
    static let fields: [Field<Self>] = [
        Field("from", \.from), Field("to", \.to), Field("ranges", \.ranges), Field("heading", \.heading),
        Field("rows", \.rows), Field("hasRows", \.hasRows), Field("registrars", \.registrars),
    ]

    struct Row: Viewable {
        let label: String
        let registered: Int
        let share: String
        let referred: Int
        static let fields: [Field<Self>] = [
            Field("label", \.label), Field("registered", \.registered), Field("share", \.share),
            Field("referred", \.referred),
        ]
    }

    struct Registrar: Viewable {
        let name: String
        let registered: Int
        let missing: Int
        static let fields: [Field<Self>] = [
            Field("name", \.name), Field("registered", \.registered), Field("missing", \.missing),
        ]
    }

    static var samples: [ChannelReportPage] {
        [
            ChannelReportPage(
                shell: .sample(title: "来源统计", area: .reports), from: "2026-03-01", to: "2026-03-12",
                ranges: [LinkView("/reports/channels", "最近 30 天", isNext: true)],
                heading: "2026-03-01 到 2026-03-12，新登记 20 位",
                rows: [
                    Row(label: "亲友介绍", registered: 12, share: "60%", referred: 9),
                    Row(label: "没有问到", registered: 8, share: "40%", referred: 0),
                ], hasRows: true, registrars: [Registrar(name: "周敏", registered: 20, missing: 1)]),
            ChannelReportPage(
                shell: .sample(title: "来源统计", area: .reports), from: "2026-03-01", to: "2026-03-12", ranges: [],
                heading: "2026-03-01 到 2026-03-12，没有新登记", rows: [], hasRows: false, registrars: []),
        ]
    }
}

extension ReportRoutes {
    static func channels(_ request: StaffRequest) async throws -> Response {
        try request.allowQuery("from", "to")
        let work = request.work
        let to = request.day("to") ?? work.today
        let from = min(request.day("from") ?? to.adding(days: -29), to)
        let calendar = work.clinic.calendar
        let (start, end) = (
            calendar.instant(from, minute: calendar.dayStartsAtMinutes),
            calendar.instant(to.adding(days: 1), minute: calendar.dayStartsAtMinutes)
        )
        let shell = try await request.shell(title: "来源统计", area: .reports)
        let page = try await request.read { tx in
            let channels = try RegistrationCounts.byChannel(from: start, until: end, in: tx)
            let registrars = try RegistrationCounts.byRegistrar(from: start, until: end, in: tx)
            let names = try StaffStore.names(Set(registrars.map(\.staffID)), in: tx)
            let total = channels.reduce(0) { $0 + $1.registered }
            let span = "\(from.iso) 到 \(to.iso)"
            return ChannelReportPage(
                shell: shell, from: from.iso, to: to.iso,
                ranges: [(7, "最近 7 天"), (30, "最近 30 天"), (90, "最近 90 天")].map { days, label in
                    let first = work.today.adding(days: 1 - days)
                    return LinkView(
                        ReportPaths.channels(from: first, to: work.today), label,
                        isNext: first == from && to == work.today)
                }, heading: total == 0 ? "\(span)，没有新登记" : "\(span)，新登记 \(total) 位",
                rows: channels.map { channel in
                    ChannelReportPage.Row(
                        label: channel.code.map { work.playbook.label($0, in: .sourceChannel) } ?? "没有问到",
                        registered: channel.registered, share: "\(channel.registered * 100 / max(1, total))%",
                        referred: channel.referred)
                }, hasRows: total > 0,
                registrars: registrars.map {
                    ChannelReportPage.Registrar(
                        name: names[$0.staffID] ?? "客人自己", registered: $0.registered, missing: $0.missingPhone)
                })
        }
        return try request.page(page)
    }
}
