import Clinic
import Hummingbird
import Kernel
import Storage

/// Rooms and chairs.
package enum PlaceRoutes: Feature {
    package static var views: [any Fragment.Type] { [PlacesPage.self] }

    package static func add(to table: inout RouteTable) {
        table.get(SettingsPaths.rooms, .needs(.manageRooms), use: show)
        table.post(SettingsPaths.rooms, .needs(.manageRooms), use: addRoom)
        table.post("/settings/rooms/:id", .needs(.manageRooms), use: renameRoom)
        table.post("/settings/rooms/:id/retire", .needs(.manageRooms), use: retireRoom)
        table.post("/settings/chairs", .needs(.manageRooms), use: addChair)
        table.post("/settings/chairs/:id", .needs(.manageRooms), use: renameChair)
        table.post("/settings/chairs/:id/retire", .needs(.manageRooms), use: retireChair)
    }

    static func show(_ request: StaffRequest) async throws -> Response { try await page(request) }

    static func addRoom(_ request: StaffRequest) async throws -> Response {
        let form = request.form
        return try await change(request, "room", flash: "房间已加上") { work, tx in
            let kind: Room.Kind = form["kind"] == "communication" ? .communication : .treatment
            _ = try Places.addRoom(number: number(form), name: form["name"], kind: kind, by: work, in: tx)
        }
    }

    static func renameRoom(_ request: StaffRequest) async throws -> Response {
        let id: ID<Room> = try request.id("id", what: "房间")
        let name = request.form["name"]
        return try await change(request, "", flash: "名称已改") { work, tx in
            try Places.renameRoom(id, to: name, by: work, in: tx)
        }
    }

    static func retireRoom(_ request: StaffRequest) async throws -> Response {
        let id: ID<Room> = try request.id("id", what: "房间")
        return try await change(request, "", flash: "房间已停用") { work, tx in
            try Places.retireRoom(id, by: work, in: tx)
        }
    }

    static func addChair(_ request: StaffRequest) async throws -> Response {
        let form = request.form
        return try await change(request, "chair", flash: "牙椅已加上") { work, tx in
            guard let room = ID<Room>(form["room"]) else { throw FormErrors("room", "请选牙椅放在哪间诊室") }
            _ = try Places.addChair(number: number(form), name: form["name"], room: room, by: work, in: tx)
        }
    }

    static func renameChair(_ request: StaffRequest) async throws -> Response {
        let id: ID<Chair> = try request.id("id", what: "牙椅")
        let name = request.form["name"]
        return try await change(request, "", flash: "名称已改") { work, tx in
            try Places.renameChair(id, to: name, by: work, in: tx)
        }
    }

    static func retireChair(_ request: StaffRequest) async throws -> Response {
        let id: ID<Chair> = try request.id("id", what: "牙椅")
        return try await change(request, "", flash: "牙椅已停用") { work, tx in
            try Places.retireChair(id, by: work, in: tx)
        }
    }

    /// 0 is no number a place can have; the use case says so beside the field.
    private static func number(_ form: Form) -> Int { Int(form["number"].halfWidth.trimmed) ?? 0 }

    private static func change(
        _ request: StaffRequest, _ formName: String, flash: String,
        _ body: @escaping @Sendable (Work, any WriteTransaction) throws -> Void
    ) async throws -> Response {
        let work = request.work
        do {
            try await request.write(changing: .chairs, .board, .reception) { tx in try body(work, tx) }
            return request.redirect(SettingsPaths.rooms, flash: flash)
        } catch let error as any UserFacingError where error.kind == .invalid || error is PlaceInUse {
            var faults = FormErrors(error)
            // A rename has no form of its own on the page to stand beside.
            if formName.isEmpty { faults = FormErrors("form", error.userMessage) }
            return try await page(request, faults, formName)
        }
    }

    private static func page(
        _ request: StaffRequest, _ faults: FormErrors = FormErrors(), _ formName: String = ""
    ) async throws -> Response {
        let clinic = request.clinic.id
        let (rooms, chairs) = try await request.read { tx in
            (try PlaceStore.rooms(clinic: clinic, in: tx), try PlaceStore.chairs(clinic: clinic, in: tx))
        }
        let page = PlacesPage(
            rooms: rooms, chairs: chairs, typed: request.form, faults: faults, faultyForm: formName,
            tabs: SettingsTab.all(for: request, current: .rooms),
            shell: try await request.shell(title: "设置", note: "诊室与牙椅", area: .settings))
        return try request.page(page, status: faults.isEmpty ? .ok : .unprocessableContent)
    }
}
