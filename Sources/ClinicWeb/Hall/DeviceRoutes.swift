import Clinic
import Hummingbird
import Kernel
import Storage

/// Pairs and revokes the screens of the hall.
package enum DeviceRoutes: Feature {
    package static var views: [any Fragment.Type] { [DevicesPage.self] }

    package static func add(to table: inout RouteTable) {
        table.get(HallPaths.devices, .needs(.manageRooms), use: show)
        table.post(HallPaths.devices, .needs(.manageRooms), use: pair)
        table.post("/settings/devices/:id/revocation", .needs(.manageRooms), use: revoke)
        table.post(HallPaths.windows, .needs(.manageRooms), use: openWindow)
        table.post("/settings/windows/:id/close", .needs(.manageRooms), use: closeWindow)
    }

    static func show(_ request: StaffRequest) async throws -> Response { try await page(request) }

    static func pair(_ request: StaffRequest) async throws -> Response {
        let (work, token, name) = (request.work, PublicToken.random(), request.form["name"])
        do {
            let link = try await request.write(changing: .hall) { tx in
                try DeviceLinks.pair(name: name, token: token, by: work, in: tx)
            }
            let origin = request.web.ownOrigin
            let made = NewDeviceView(
                name: link.name, address: origin + HallPaths.screen(token),
                isLocal: origin.contains("//127.0.0.1") || origin.contains("//localhost"))
            return try await page(request, made: made)
        } catch let faults as FormErrors {
            return try await page(request, typed: name, faults: faults)
        }
    }

    static func revoke(_ request: StaffRequest) async throws -> Response {
        let (work, id) = (request.work, try request.id("id", DeviceLink.self, what: "屏幕"))
        try await request.write(changing: .hall) { tx in try DeviceLinks.revoke(id, by: work, in: tx) }
        return request.redirect(HallPaths.devices, flash: "屏幕已停用，它的地址不再显示任何内容")
    }

    // MARK: Windows

    static func openWindow(_ request: StaffRequest) async throws -> Response {
        let (work, form) = (request.work, request.form)
        // 0 is no number a window can have; the use case says so beside the field.
        let number = Int(form["window"].halfWidth.trimmed) ?? 0
        let kind = ServiceWindow.Kind(rawValue: form["kind"]) ?? .desk
        do {
            try await request.write(changing: .hall) { tx in
                _ = try ServiceWindows.open(number: number, kind: kind, by: work, in: tx)
            }
            return request.redirect(HallPaths.devices, flash: "\(number) 号窗口已加上，大厅屏叫到前台时会说窗口号")
        } catch let faults as FormErrors {
            return try await page(request, faults: faults)
        }
    }

    static func closeWindow(_ request: StaffRequest) async throws -> Response {
        let (work, id) = (request.work, try request.id("id", ServiceWindow.self, what: "窗口"))
        try await request.write(changing: .hall) { tx in try ServiceWindows.close(id, by: work, in: tx) }
        return request.redirect(HallPaths.devices, flash: "窗口已撤下")
    }

    private static func page(
        _ request: StaffRequest, typed: String = "", faults: FormErrors = FormErrors(), made: NewDeviceView? = nil
    ) async throws -> Response {
        let work = request.work
        let (links, names, windows) = try await request.read { tx in
            let links = try DeviceLinks.list(by: work, in: tx)
            return (
                links, try StaffStore.names(Set(links.map(\.pairedBy)), in: tx),
                try ServiceWindows.list(clinic: work.clinic.id, in: tx)
            )
        }
        let rows = links.map { DeviceRowView($0, by: names, now: work.now, calendar: work.clinic.calendar) }
        return try request.page(
            DevicesPage(
                shell: try await request.shell(title: "设置", note: "设备", area: .settings),
                tabs: SettingsTab.all(for: request, current: .devices), rows: rows,
                windows: windows.map(WindowRowView.init), next: (windows.map(\.number).max() ?? 0) + 1, typed: typed,
                faults: faults, made: made), status: faults.isEmpty ? .ok : .unprocessableContent)
    }
}

extension WebRequest {
    /// `https://192.168.1.20:8080`: how this browser reached the program.
    var ownOrigin: String {
        let forwarded = isForwarded ? headers[.forwardedHost] : nil
        let host = forwarded ?? raw.head.authority ?? "127.0.0.1"
        return (isSecure ? "https://" : "http://") + host
    }
}
