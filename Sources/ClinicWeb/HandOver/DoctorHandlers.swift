import Clinic
import HTTPTypes
import Hummingbird
import Kernel
import Storage

/// The page of doctor and nurse, and what they answer there (R4.21, R3.38, R4.17).
enum DoctorHandlers {
    static func room(_ request: StaffRequest) async throws -> Response {
        try request.allowQuery("of")
        let day = try await day(request)
        let shell = try await request.shell(title: "诊室", note: request.today.longText, area: .treatment)
        return try request.page(DoctorPage(shell: shell, liveHref: liveHref(request), day: day))
    }

    static func part(_ request: StaffRequest) async throws -> Response {
        try request.allowQuery("of")
        return try request.fragment(try await day(request))
    }

    static func acknowledge(_ request: StaffRequest) async throws -> Response {
        let (id, work) = (try request.visitID, request.work)
        let label = try await request.write(changing: .reception, .tasks) { tx in
            try ArrivalNotices.acknowledge(id, by: work, in: tx)
            return try VisitLabels.one(id, by: work, in: tx)
        }
        return request.redirect(way(request), flash: "\(label) 已知悉，前台能看到")
    }

    /// The doctor read what is special about a booking (R3.38); the answer that means so closes the task.
    static func acknowledgePreparation(_ request: StaffRequest) async throws -> Response {
        let (id, work) = (try request.id("id", TaskItem.self, what: "待办"), request.work)
        try await request.write(changing: .reception, .tasks) { tx in
            let task = try TaskStore.get(id, clinic: work.clinic.id, in: tx)
            guard task.subject.kind == .appointment else { throw NotFound("接诊准备") }
            _ = try TaskWork.recordOutcome(id, outcome: "known", note: nil, by: work, in: tx)
        }
        return request.redirect(way(request), flash: "已记：知道了")
    }

    /// One of the four codes: `comeIn`, `wait-15`, `book`, `otherDoctor`.
    static func answerNote(_ request: StaffRequest) async throws -> Response {
        let (id, work) = (try request.id("id", DoctorNote.self, what: "纸条"), request.work)
        let words = request.form["answer"].split(separator: "-", maxSplits: 1).map(String.init)
        guard let answer = DoctorNote.Answer(rawValue: words.first ?? "") else {
            throw FormErrors("answer", "请从四种答复中选一种")
        }
        let minutes = words.count > 1 ? Int(words[1]) : nil
        let note = request.form["note"]
        try await request.write(changing: .notes, .reception, .chairs, .tasks) { tx in
            try DoctorNotes.answer(id, answer, minutes: minutes, note: note, by: work, in: tx)
        }
        return request.redirect(way(request), flash: "已答复：\(minutes.map { "等 \($0) 分钟" } ?? answer.label)")
    }

    /// The doctor's words for the desk, or "I will tell the customer in the room" (R4.48).
    static func answerQuestion(_ request: StaffRequest) async throws -> Response {
        let (id, form, work) = (try request.id("id", VisitRequest.self, what: "客人的问题"), request.form, request.work)
        guard let result = VisitRequest.Result(rawValue: form["result"]) else {
            throw FormErrors("result", "请选答复，或进诊室当面说")
        }
        try await request.write(changing: .reception, .notes, .tasks) { tx in
            try VisitRequests.close(id, result, note: form["note"], by: work, in: tx)
        }
        return request.redirect(way(request), flash: "已答复，前台能看到")
    }

    private static func way(_ request: StaffRequest) -> String {
        URLText.localPath(request.form["next"]) ?? HandOverPaths.room
    }

    private static func liveHref(_ request: StaffRequest) -> String {
        request.query["of"].nonBlank.map { URLText.address(HandOverPaths.roomPart, ["of": $0]) }
            ?? HandOverPaths.roomPart
    }

    private static func day(_ request: StaffRequest) async throws -> DoctorDayView {
        let (work, asked) = (request.work, request.query["of"])
        let opens = request.web.app.routes.access(toPage: "/visits/:id/charges")?.allows(request.actor) ?? false
        return try await request.read { tx in
            let day = try DoctorDay.load(of: ID<Staff>(asked), all: asked == "all", by: work, in: tx)
            return DoctorDayBuilder(day: day, work: work, opensCharges: opens).build()
        }
    }
}
