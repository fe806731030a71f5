import Clinic
import Hummingbird
import Kernel
import Storage

/// Hand-over: the doctor's page, notes to doctors, the floor register (R4.17–R4.21, R3.38).
package enum HandOverRoutes: Feature {
    package static var views: [any Fragment.Type] {
        [DoctorPage.self, DoctorDayView.self, NotesPage.self, NoteStripView.self, FloorRegisterPage.self]
    }

    package static func add(to table: inout RouteTable) {
        table.get(HandOverPaths.room, .needs(.enterCharges), use: DoctorHandlers.room)
        table.get(HandOverPaths.roomPart, .needs(.enterCharges), use: DoctorHandlers.part)
        table.post("/treatment/preparations/:id", .needs(.enterCharges), use: DoctorHandlers.acknowledgePreparation)
        table.post("/treatment/questions/:id", .needs(.enterCharges), use: DoctorHandlers.answerQuestion)
        table.post("/visits/:id/acknowledgement", .needs(.enterCharges), use: DoctorHandlers.acknowledge)
        table.post("/notes/:id/answer", .needs(.enterCharges), use: DoctorHandlers.answerNote)
        table.get(HandOverPaths.notes, .needs(.seeReception), use: DoctorNoteHandlers.list)
        table.get(HandOverPaths.strip, .needs(.seeReception), use: DoctorNoteHandlers.strip)
        table.post(HandOverPaths.notes, .needs(.noteDoctors), use: DoctorNoteHandlers.send)
        table.post("/notes/:id/act", .needs(.noteDoctors), use: DoctorNoteHandlers.act)
        table.post("/notes/:id/withdrawal", .needs(.noteDoctors), use: DoctorNoteHandlers.withdraw)
        table.get(HandOverPaths.register, .needs(.seeReception), use: FloorRegisterPage.show)
        table.post("/hand-overs/:id/rating", .needs(.leadIn), use: rate)
    }

    /// How the nurse received the customer, said afterwards (R4.19).
    static func rate(_ request: StaffRequest) async throws -> Response {
        let (id, form, work) = (try request.id("id", HandOver.self, what: "交接记录"), request.form, request.work)
        let visit = try await request.write(changing: .reception) { tx in
            try LeadingIn.rate(
                id, HandOver.Rating(rawValue: form["rating"]), remark: form["remark"], by: work, in: tx)
        }
        return request.redirect(ReceptionPaths.visit(visit), flash: "已记下护士接待情况")
    }
}
