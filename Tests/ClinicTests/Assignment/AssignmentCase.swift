import Kernel

@testable import Clinic

/// Facts for the rules of assignment: four doctors, a customer, and what is changed for a test.
struct AssignmentCase {
    static let today = Day(number: 20_524)  // 2026-03-12
    static let lin = ID<Staff>(raw: 1)
    static let chen = ID<Staff>(raw: 2)
    static let zhou = ID<Staff>(raw: 3)
    static let gone = ID<Staff>(raw: 9)
    static let patient = ID<Patient>(raw: 100)

    var request = AssignmentRequest(patientID: patient, complaint: "检查")
    var facts = AssignmentFacts(doctors: [
        candidate(lin, "林书远", "0201", .male, room: 3), candidate(chen, "陈思敏", "0202", .female, room: 1),
        candidate(zhou, "周启航", "0203", .male, room: 2),
    ])
    var hasTime = true

    static func candidate(
        _ id: ID<Staff>, _ name: String, _ number: String, _ gender: Gender, title: String? = nil, born: Int? = nil,
        specialties: Set<String> = [], familiar: Set<String> = [], room: Int? = nil, takesRotation: Bool = true,
        taken: Int = 0, credit: Int64 = 0
    ) -> Candidate {
        Candidate(
            profile: DoctorProfile(
                staffID: id, name: name, employeeNumber: number, gender: gender, title: title,
                bornOn: born.flatMap { Day(year: $0, month: 3, day: 12) }, specialties: specialties,
                familiarWith: familiar, roomNumber: room, takesRotation: takesRotation), credit: credit, taken: taken)
    }

    mutating func set(_ id: ID<Staff>, _ availability: Availability) {
        for index in facts.doctors.indices where facts.doctors[index].id == id {
            facts.doctors[index].availability = availability
        }
    }

    mutating func treated(by id: ID<Staff>, _ name: String, isHere: Bool = true) {
        facts.treating = TreatingDoctor(id: id, name: name, isHere: isHere)
    }

    static func redo(by id: ID<Staff>, _ name: String, isHere: Bool = true) -> Redo {
        Redo(
            doctorID: id, doctorName: name, isHere: isHere, tooth: Tooth(36), itemName: "树脂充填",
            day: today.adding(days: -100), until: today.adding(days: 295))
    }

    func decide() -> AssignmentRules.Ranking {
        AssignmentRules.decide(request, facts, hasTime: hasTime, today: Self.today)
    }

    /// Who would be asked, in order.
    var order: [ID<Staff>] { decide().ranked.map(\.doctor.id) }
    var rule: DoctorRule { decide().ranked.first?.rule ?? decide().rule }
}
