import Clinic
import HTTPTypes
import Hummingbird
import Kernel
import Storage

/// Notes to busy doctors, at the desk (R4.17).
enum DoctorNoteHandlers {
    static func list(_ request: StaffRequest) async throws -> Response {
        try request.allowQuery("visit")
        return try await page(request, form: request.query, error: nil, status: .ok)
    }

    static func strip(_ request: StaffRequest) async throws -> Response {
        try request.allowQuery()
        let work = request.work
        let facts = try await request.read { tx in try NoteFacts.load(isOpen: true, by: work, in: tx) }
        return try request.fragment(NoteStripView(facts, by: work))
    }

    static func send(_ request: StaffRequest) async throws -> Response {
        let (form, work) = (request.form, request.work)
        do {
            _ = try await request.write(changing: .notes, .reception, .tasks) { tx in
                try DoctorNotes.send(
                    .init(
                        doctorID: ID<Staff>(form["doctor"]), visitID: ID<Visit>(form["visit"]), body: form["body"]),
                    by: work, in: tx)
            }
            return request.redirect(ReceptionPaths.board, flash: "纸条已送到诊室，答复会出现在接待台")
        } catch let error as any UserFacingError where error.kind == .invalid {
            return try await page(request, form: form, error: error, status: .unprocessableContent)
        }
    }

    static func withdraw(_ request: StaffRequest) async throws -> Response {
        let (id, work) = (try request.id("id", DoctorNote.self, what: "纸条"), request.work)
        try await request.write(changing: .notes, .reception, .tasks) { tx in
            try DoctorNotes.withdraw(id, by: work, in: tx)
        }
        return request.redirect(request.wayBack, flash: "纸条已撤回")
    }

    /// Carries the answer out: tells the wait, or goes on to the booking or the other doctor.
    static func act(_ request: StaffRequest) async throws -> Response {
        let (id, work) = (try request.id("id", DoctorNote.self, what: "纸条"), request.work)
        let note = try await request.write(changing: .notes, .reception, .tasks) { tx in
            try DoctorNotes.act(id, by: work, in: tx)
        }
        switch note.answer {
        case .book:
            let doctor = note.doctorID.text
            let address =
                note.patientID.map {
                    URLText.address(
                        AppointmentPaths.new, ["patient": $0.text, "doctor": doctor, "channel": "onSpot"])
                } ?? URLText.address(AppointmentPaths.new, ["doctor": doctor, "channel": "onSpot"])
            return request.redirect(address, flash: "医生请客人另约")
        case .otherDoctor:
            return request.redirect(
                note.visitID.map { ReceptionPaths.visit($0) + "#v-doctor" } ?? ReceptionPaths.board,
                flash: "医生请换一位医生，请在这里改派")
        default:
            let told = note.minutes.map { "已记：告诉客人大约等 \($0) 分钟" } ?? "已办"
            return request.redirect(request.wayBack, flash: told)
        }
    }

    private static func page(
        _ request: StaffRequest, form: Form, error: (any UserFacingError)?, status: HTTPResponse.Status
    ) async throws -> Response {
        let (work, visitID) = (request.work, ID<Visit>(form["visit"]))
        let (facts, visit, label, doctors) = try await request.read { tx in
            let visit = try visitID.map { try VisitStore.get($0, clinic: work.clinic.id, in: tx) }
            return (
                try NoteFacts.load(isOpen: false, by: work, in: tx), visit,
                try visit.map { try VisitLabels.one($0.id, by: work, in: tx) },
                try StaffStore.listDoctors(clinic: work.clinic.id, in: tx)
            )
        }
        let faults = error.map { FormErrors($0) } ?? FormErrors()
        let chosen = form["doctor"].nonBlank ?? visit?.doctorID?.text
        let shell = try await request.shell(title: "给医生的纸条", area: .reception)
        let page = NotesPage(
            shell: shell, mayWrite: request.may(.noteDoctors), whom: label, visit: visit?.id.text ?? "",
            doctors: doctors.map { OptionView($0.id.text, $0.name, isChosen: $0.id.text == chosen) },
            doctorError: faults.messages["doctor"],
            body: InputView(
                "body", "写给医生的话", form["body"], hint: "一两句就好：客人是谁、要什么、等不等得了", isRequired: true, isFocused: true,
                faults: faults),
            fault: faults.messages(outside: ["doctor", "body"]), strip: NoteStripView(facts, by: work))
        return try request.page(page, status: status)
    }
}
