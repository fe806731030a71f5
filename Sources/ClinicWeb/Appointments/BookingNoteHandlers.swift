import Clinic
import Hummingbird
import Kernel
import Storage

/// What is said and sent about a booking (R3.05, R3.29).
enum BookingNoteHandlers {
    static func booked(_ request: StaffRequest) async throws -> Response {
        try request.allowQuery("next")
        let id = try request.id("id", Appointment.self, what: "预约")
        let shell = try await request.shell(title: "预约好了", area: .board)
        let (detail, isOperation) = try await request.read { tx in
            let detail = try AppointmentReading.detail(id, for: request, in: tx)
            let items = try ItemStore.list(ids: detail.appointment.items.map(\.itemID), in: tx)
            return (detail, items.contains(where: \.isOperation))
        }
        let a = detail.appointment
        let text = BookingText(
            greeting: detail.brief?.greeting ?? "", slot: a.slot, doctor: detail.names[a.doctorID] ?? "",
            purpose: detail.items.isEmpty ? a.complaint : detail.items.map(\.text).joined(separator: "、"),
            remark: a.remark, isOperation: isOperation, clinic: request.clinic,
            notice: request.work.playbook.publicNotice(.chinese),
            advice: Screening.advice(request.work.playbook.on(a.day)))
        let next =
            URLText.localPath(request.query["next"]) ?? AppointmentPaths.day(a.day) + "&pick=\(id.text)"
        var page = BookedPage(detail, text: text, next: next, shell: shell)
        if !Screening.questions(request.work.playbook.on(a.day)).isEmpty {
            let isAsked = try await request.read { tx in try ScreeningStore.latest(for: [id], in: tx)[id] != nil }
            page.screening = BookedPage.ScreeningStep(href: EpidemicPaths.screening(id), isDone: isAsked)
        }
        return try request.web.page(page)
    }

    static func note(_ request: StaffRequest) async throws -> Response {
        let id = try request.id("id", Appointment.self, what: "预约")
        guard let kind = BookingNote.Kind(rawValue: request.form["kind"]), kind != .noNextDate else {
            throw FormErrors("kind", "请从列出的事项里选择")
        }
        let (work, detail) = (request.work, request.form["detail"].nonBlank)
        _ = try await request.write(changing: .board) { tx in
            try BookingNotes.add(kind, detail: detail, to: id, by: work, in: tx)
        }
        let next = URLText.localPath(request.form["next"]) ?? AppointmentPaths.appointment(id)
        return request.web.redirect(next, flash: kind.label)
    }
}
