import Clinic
import Hummingbird
import Kernel
import Storage

/// 候诊区: the attendant's tablet, small services, rounds, education and companions.
package enum WaitingRoutes: Feature {
    package static var views: [any Fragment.Type] {
        [WaitingRoomPage.self, WaitingRoomView.self, NeedPage.self, EducationPage.self, CompanionPage.self]
    }

    package static func add(to table: inout RouteTable) {
        table.get(WaitingPaths.room, .needs(.seeReception), use: room)
        table.get(WaitingPaths.roomPart, .needs(.seeReception), use: roomPart)
        table.post(WaitingPaths.patrol, .needsAny([.callQueue, .keepRegisters]), use: CareHandlers.patrol)
        let hosts = Access.needsAny(VisitRequests.capabilities)
        table.get("/waiting-room/needs/new", hosts, use: CareHandlers.newNeed)
        table.post(WaitingPaths.needs, hosts, use: CareHandlers.found)
        table.post("/waiting-room/needs/:id/met", hosts, use: CareHandlers.met)
        table.post(
            "/visits/:id/care", .needsAny([.callQueue, .checkIn, .checkInReturning, .keepRegisters]),
            use: CareHandlers.tick)
        table.get("/visits/:id/education", .needsAny([.workTasks, .callQueue]), use: EducationHandlers.page)
        table.post("/visits/:id/education", .needsAny([.workTasks, .callQueue]), use: EducationHandlers.answer)
        table.get("/visits/:id/companions", .needsAny([.leadIn, .updateChairs]), use: CompanionHandlers.page)
        table.post("/visits/:id/companions", .needs(.leadIn), use: CompanionHandlers.admit)
        table.post(
            "/visits/:id/companions/:movement/out", .needsAny([.leadIn, .updateChairs]), use: CompanionHandlers.leave)
    }

    static func room(_ request: StaffRequest) async throws -> Response {
        try request.allowQuery()
        let view = try await load(request)
        let shell = try await request.shell(
            title: "候诊区", note: view.summary, area: .reception, isTouch: true)
        return try request.page(WaitingRoomPage(shell: shell, room: view))
    }

    static func roomPart(_ request: StaffRequest) async throws -> Response {
        try request.allowQuery()
        // As at the desk: what all open tablets ask for at once is read once.
        let moment = request.now.milliseconds / 2_000
        return try request.fragment(
            try await request.shared("waiting-room \(moment)", rights: Capability.allCases) { try await load(request) })
    }

    private static func load(_ request: StaffRequest) async throws -> WaitingRoomView {
        let work = request.work
        return try await request.read { tx in
            WaitingRoomBuilder(try WaitingRoom.load(by: work, in: tx), by: work).build()
        }
    }
}
