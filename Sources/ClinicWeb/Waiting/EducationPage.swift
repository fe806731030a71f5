import Clinic
import HTTPTypes
import Hummingbird
import Kernel
import Storage

/// The offer of oral-health education (R4.03) — templates/waiting/education.mustache
struct EducationPage: Page {
    static let template = "waiting/education"
    let shell: ShellView
    let action: String
    let whom: String
    let visitHref: String
    let about: String
    let fault: String?
    /// What to say, with the customer's address and the time to wait.
    let say: String
    let topics: [ChoiceView]
    /// Who will not wait books a time in the same step (R3.39); nil for who may not book.
    let bookHref: String?
    let next: String
    static let fields: [Field<Self>] = [
        Field("action", \.action), Field("whom", \.whom), Field("visitHref", \.visitHref), Field("about", \.about),
        Field("fault", \.fault), Field("say", \.say), Field("topics", \.topics), Field("bookHref", \.bookHref),
        Field("next", \.next),
    ]
}

enum EducationHandlers {
    static func page(_ request: StaffRequest) async throws -> Response {
        try request.allowQuery()
        return try await page(request, error: nil, status: .ok)
    }

    static func answer(_ request: StaffRequest) async throws -> Response {
        let (id, form, work) = (try request.visitID, request.form, request.work)
        let isAccepted = form["answer"] == "accepted"
        do {
            let label = try await request.change { tx in
                try Education.answer(id, isAccepted: isAccepted, topic: form["topic"], by: work, in: tx)
                return try VisitWords.label(id, by: work, in: tx)
            }
            return request.redirect(request.wayBack, flash: "\(label) \(isAccepted ? "已做宣教" : "不需要宣教")")
        } catch let error as FormErrors {
            return try await page(request, error: error, status: .unprocessableContent)
        }
    }

    private static func page(
        _ request: StaffRequest, error: FormErrors?, status: HTTPResponse.Status
    ) async throws -> Response {
        let (id, work) = (try request.visitID, request.work)
        let (visit, brief, doctor) = try await request.read { tx in
            let visit = try VisitStore.get(id, clinic: work.clinic.id, in: tx)
            return (
                visit, try PatientStore.briefs([visit.patientID], today: work.today, in: tx).first,
                try visit.doctorID.flatMap { try StaffStore.find($0, in: tx)?.name }
            )
        }
        let bounds = CompanionRules.Bounds(work.playbook)
        let proposed = EducationRules.topic(
            segment: visit.segment, age: brief?.age, childMaximum: bounds.childMaximum,
            elderMinimum: bounds.elderMinimum)
        let chosen = request.form["topic"].nonBlank ?? proposed
        let whom = brief?.greeting ?? "客人"
        let wait = visit.toldWaitMinutes.map { "大约还要 \($0) 分钟" } ?? "还要等一会儿"
        return try request.page(
            EducationPage(
                shell: try await request.shell(title: "候诊宣教", note: whom, area: .reception, isTouch: true),
                action: WaitingPaths.education(id), whom: whom, visitHref: ReceptionPaths.visit(id),
                about: [doctor, visit.segment.map { work.playbook.label($0, in: .demandSegment) }]
                    .compactMap(\.self).joined(separator: " · "),
                fault: error?.userMessage,
                say: "“\(whom)，\(doctor.map { "\($0)医生" } ?? "医生")\(wait)，趁这会儿我给您讲讲怎么护理牙齿，好吗？”",
                topics: work.playbook.codes(.educationTopic).map {
                    ChoiceView(
                        $0.code, $0.label, hint: $0.code == proposed ? "建议先讲" : nil, isChosen: $0.code == chosen)
                },
                bookHref: request.may(.bookAppointments)
                    ? "\(AppointmentPaths.new)?patient=\(visit.patientID.text)&channel=onSpot&deskReason=waitTooLong"
                    : nil,
                next: request.wayBack), status: status)
    }
}
