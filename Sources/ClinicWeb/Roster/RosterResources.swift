import Clinic
import HTTPTypes
import Hummingbird
import Kernel
import Storage

/// 占用与设备 — times kept free, and what chairs share — templates/roster/resources.mustache
struct ResourcesPage: Page {
    static let template = "roster/resources"
    let shell: ShellView
    let tabs: [RosterTab]
    let dayText: String
    let previousHref: String
    let nextHref: String
    let blocks: [Block]
    let mayBlock: Bool
    let form: Fields
    let devices: [DeviceRow]
    let mayKeepDevices: Bool
    let kinds: [OptionView]
    let rooms: [OptionView]
    let deviceName: String
    let deviceProblem: String?
    static let fields: [Field<Self>] = [
        Field("tabs", \.tabs), Field("dayText", \.dayText), Field("previousHref", \.previousHref),
        Field("nextHref", \.nextHref), Field("blocks", \.blocks), Field("mayBlock", \.mayBlock), Field("form", \.form),
        Field("devices", \.devices), Field("mayKeepDevices", \.mayKeepDevices), Field("kinds", \.kinds),
        Field("rooms", \.rooms), Field("deviceName", \.deviceName), Field("deviceProblem", \.deviceProblem),
    ]

    struct Block: Viewable {
        let time: String
        let what: String
        let reason: String
        let action: String?
        static let fields: [Field<Self>] = [
            Field("time", \.time), Field("what", \.what), Field("reason", \.reason), Field("action", \.action),
        ]
    }

    struct Fields: Viewable {
        let day: String
        let doctors: [OptionView]
        let assistants: [OptionView]
        let chairs: [OptionView]
        let devices: [OptionView]
        let starts: [OptionView]
        let ends: [OptionView]
        let reason: String
        let problem: String?
        static let fields: [Field<Self>] = [
            Field("day", \.day), Field("doctors", \.doctors), Field("assistants", \.assistants),
            Field("chairs", \.chairs), Field("devices", \.devices), Field("starts", \.starts), Field("ends", \.ends),
            Field("reason", \.reason), Field("problem", \.problem),
        ]
    }

    struct DeviceRow: Viewable {
        let name: String
        let kind: String
        let place: String
        let action: String?
        static let fields: [Field<Self>] = [
            Field("name", \.name), Field("kind", \.kind), Field("place", \.place), Field("action", \.action),
        ]
    }
}

/// Blocked times of doctors, assistants, chairs and devices; the list of shared devices.
enum ResourceHandlers {
    static func show(_ request: StaffRequest) async throws -> Response {
        try request.allowQuery("day")
        return try await page(request)
    }

    static func block(_ request: StaffRequest) async throws -> Response {
        let form = request.form
        return try await change(request, flash: "时段已占用") { work, tx in
            let parts = form["resource"].split(separator: ":").map(String.init)
            guard parts.count == 2, let kind = ResourceKind(rawValue: parts[0]), kind != .patient,
                let resource = ID<ScheduleBlock>(parts[1])
            else { throw FormErrors("resource", "请选择占用谁或什么") }
            guard let day = Day(form["day"]) else { throw FormErrors("day", "请选择日期") }
            guard let start = SpanFields.number(form["start"], 0..<96),
                let end = SpanFields.number(form["end"], 1..<97),
                start < end
            else { throw FormErrors("span", "请选择起止时间，结束要晚于开始") }
            try Blocks.set(
                kind, resource: resource.raw, day: day, start: Unit(start), units: end - start, reason: form["reason"],
                by: work, in: tx)
        }
    }

    static func unblock(_ request: StaffRequest) async throws -> Response {
        let id = try request.id("id", ScheduleBlock.self, what: "占用时段")
        return try await change(request, flash: "时段已放开") { work, tx in try Blocks.end(id, by: work, in: tx) }
    }

    static func addDevice(_ request: StaffRequest) async throws -> Response {
        let form = request.form
        return try await change(request, isDevice: true, flash: "设备已加上，可以预约") { work, tx in
            try Devices.add(
                kind: form["kind"], name: form["name"], room: ID<Room>(form["room"]), by: work, in: tx)
        }
    }

    static func retireDevice(_ request: StaffRequest) async throws -> Response {
        let id = try request.id("id", Device.self, what: "设备")
        return try await change(request, isDevice: true, flash: "设备已停用") { work, tx in
            try Devices.retire(id, by: work, in: tx)
        }
    }

    private static func change(
        _ request: StaffRequest, isDevice: Bool = false, flash: String,
        _ body: @escaping @Sendable (Work, any WriteTransaction) throws -> Void
    ) async throws -> Response {
        let work = request.work
        do {
            try await request.write(changing: .board, .reception) { tx in try body(work, tx) }
            let day = Day(request.form["day"]) ?? request.today
            return request.redirect(URLText.address(RosterPaths.resources, ["day": day.iso]), flash: flash)
        } catch let error as any UserFacingError where error.kind == .invalid || error.kind == .conflict {
            return try await page(
                request, problem: isDevice ? nil : error.userMessage, deviceProblem: isDevice ? error.userMessage : nil,
                status: ErrorPages.status(of: error.kind))
        }
    }

    private static func page(
        _ request: StaffRequest, problem: String? = nil, deviceProblem: String? = nil,
        status: HTTPResponse.Status = .ok
    ) async throws -> Response {
        let typed = request.form
        let day = request.day("day") ?? Day(typed["day"]) ?? request.today
        let shell = try await request.shell(title: "排班", note: "占用时段与共用设备", area: .board)
        let work = request.work
        let page = try await request.read { tx in
            let facts = try ResourceFacts.load(day: day, clinic: work.clinic.id, in: tx)
            let chosen = typed["resource"]
            let mayBlock = request.may(.manageRoster)
            let mayKeep = request.may(.manageRooms)
            return ResourcesPage(
                shell: shell,
                tabs: RosterTab.all(
                    for: request, current: .resources, counts: try RosterCounts.load(for: request, in: tx)),
                dayText: day.longText,
                previousHref: URLText.address(RosterPaths.resources, ["day": day.adding(days: -1).iso]),
                nextHref: URLText.address(RosterPaths.resources, ["day": day.adding(days: 1).iso]),
                blocks: facts.blocks.map { block in
                    ResourcesPage.Block(
                        time: "\(block.start.clockText)–\(block.end.clockText)", what: facts.name(block),
                        reason: block.reason, action: mayBlock ? RosterPaths.block(block.id) : nil)
                }, mayBlock: mayBlock,
                form: ResourcesPage.Fields(
                    day: day.iso,
                    doctors: facts.people.filter(\.isDoctor).map {
                        option("doctor", $0.id.text, $0.name, chosen)
                    },
                    assistants: facts.people.filter { !$0.isDoctor }.map {
                        option("assistant", $0.id.text, $0.name, chosen)
                    },
                    chairs: facts.chairs.map { option("chair", $0.id.text, $0.name, chosen) },
                    devices: facts.devices.map { option("device", $0.id.text, $0.name, chosen) },
                    starts: SpanFields.clock(0..<96, chosen: SpanFields.number(typed["start"], 0..<96)),
                    ends: SpanFields.clock(1..<97, chosen: SpanFields.number(typed["end"], 1..<97)),
                    reason: typed["reason"], problem: problem),
                devices: facts.devices.map { device in
                    ResourcesPage.DeviceRow(
                        name: device.name, kind: work.playbook.label(device.kind, in: .deviceKind),
                        place: facts.rooms.first { $0.id == device.roomID }?.name ?? "",
                        action: mayKeep ? RosterPaths.device(device.id) : nil)
                }, mayKeepDevices: mayKeep,
                kinds: OptionView.list(work.playbook.codes(.deviceKind), chosen: typed["kind"]),
                rooms: [OptionView("", "不固定", isChosen: typed["room"].isEmpty)]
                    + facts.rooms.map {
                        OptionView($0.id.text, $0.name, isChosen: $0.id.text == typed["room"])
                    }, deviceName: typed["name"], deviceProblem: deviceProblem)
        }
        return try request.web.page(page, status: status)
    }

    private static func option(
        _ kind: String, _ text: String, _ name: String, _ chosen: String
    ) -> OptionView {
        OptionView("\(kind):\(text)", name, isChosen: chosen == "\(kind):\(text)")
    }
}

/// What can be blocked, and what is.
private struct ResourceFacts {
    let blocks: [ScheduleBlock]
    let people: [Staff]
    let chairs: [Chair]
    let rooms: [Room]
    let devices: [Device]

    static func load(day: Day, clinic: ID<ClinicSite>, in tx: any ReadTransaction) throws -> ResourceFacts {
        ResourceFacts(
            blocks: try BlockStore.list(clinic: clinic, day: day, in: tx),
            people: try StaffStore.listActive(clinic: clinic, in: tx),
            chairs: try PlaceStore.chairs(clinic: clinic, in: tx), rooms: try PlaceStore.rooms(clinic: clinic, in: tx),
            devices: try DeviceStore.list(clinic: clinic, in: tx))
    }

    func name(_ block: ScheduleBlock) -> String {
        switch block.kind {
        case .doctor: people.first { $0.id.raw == block.resourceID }.map { "\($0.name)医生" } ?? "医生"
        case .assistant: people.first { $0.id.raw == block.resourceID }?.name ?? "助手"
        case .chair: chairs.first { $0.id.raw == block.resourceID }?.name ?? "牙椅"
        case .device: devices.first { $0.id.raw == block.resourceID }?.name ?? "设备"
        case .patient: ""
        }
    }
}
