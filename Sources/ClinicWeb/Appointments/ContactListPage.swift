import Clinic
import Kernel

/// Whom to call before a day, on paper (R3.27) — templates/appointments/contacts.mustache
struct ContactListPage: Page {
    static let template = "appointments/contacts"
    let shell: ShellView
    let heading: String
    let clinicName: String
    let total: String
    let rows: [Line]
    let foot: String
    static let fields: [Field<Self>] = [
        Field("heading", \.heading), Field("clinicName", \.clinicName), Field("total", \.total), Field("rows", \.rows),
        Field("foot", \.foot),
    ]

    struct Line: Viewable {
        let number: Int
        let time: String
        let name: String
        let person: String
        let phone: String
        let doctor: String
        let purpose: String
        /// Somebody has called, and the customer comes.
        let isCalled: Bool
        static let fields: [Field<Self>] = [
            Field("number", \.number), Field("time", \.time), Field("name", \.name), Field("person", \.person),
            Field("phone", \.phone), Field("doctor", \.doctor), Field("purpose", \.purpose),
            Field("isCalled", \.isCalled),
        ]
    }
}

extension ContactListPage {
    init(
        shell: ShellView, plan: DayPlan, people: [PatientBrief], masksPhones: Bool, clinic: ClinicSite,
        printedAt: Timestamp, by: String
    ) {
        let entries = plan.entries.filter(\.appointment.isLive)
        let briefs = Dictionary(people.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        let called = entries.count { $0.appointment.confirmed != nil }
        self.init(
            shell: shell, heading: "\(plan.day.fullText) \(plan.day.weekdayText) 预约客人联系表", clinicName: clinic.name,
            total: "共 \(entries.count) 位，已联系 \(called) 位",
            rows: entries.enumerated().map { index, entry in
                let a = entry.appointment
                let brief = briefs[a.patientID]
                return Line(
                    number: index + 1, time: a.start.clockText, name: entry.patientName,
                    person: brief.map { "\($0.gender.label) \($0.ageText)" } ?? "",
                    phone: brief?.phoneText(masked: masksPhones) ?? PatientPhone.missing, doctor: entry.doctorName,
                    purpose: entry.purpose, isCalled: a.confirmed != nil)
            }, foot: "打印：\(clinic.calendar.dateTimeText(printedAt)) \(by)")
    }
}
