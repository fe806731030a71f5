import Kernel

/// Everything the rules of assignment look at.
package struct AssignmentFacts: Hashable, Sendable {
    /// The doctors of the clinic in order of employee number.
    package var doctors: [Candidate]
    /// Who treated the customer last; nil for somebody new.
    package var treating: TreatingDoctor?
    /// The work that failed within its warranty; nil: none.
    package var redo: Redo?
    /// The special business of complaint or item; nil: anybody can do it.
    package var need: SpecialtyNeed?
    /// What is asked now, with the standing wishes of the customer laid under it.
    package var wish: DoctorWish
    /// `appt.doctor_precedence`: specialists before the rotation.
    package var specialtyFirst: Bool
    package var gates: Gates

    package init(
        doctors: [Candidate], treating: TreatingDoctor? = nil, redo: Redo? = nil, need: SpecialtyNeed? = nil,
        wish: DoctorWish = DoctorWish(), specialtyFirst: Bool = true, gates: Gates = Gates()
    ) {
        self.doctors = doctors
        self.treating = treating
        self.redo = redo
        self.need = need
        self.wish = wish
        self.specialtyFirst = specialtyFirst
        self.gates = gates
    }

    /// How hard the rules stop this person (design idea 5).
    package struct Gates: Hashable, Sendable {
        package var sameDoctor: Gate = .shown
        package var refusedWarranty: Gate = .shown
        package var warrantyGone: Gate = .shown
        package var unannouncedRest: Gate = .shown
        package var dissatisfied: Gate = .shown
        package init() {}
    }

    package enum Gate: Hashable, Sendable {
        case off, shown, blocks
        /// A right of the person opens a rule of level "require"; a reason alone does not.
        package init(_ level: Level, _ actor: Actor) {
            switch level {
            case .off: self = .off
            case .remind: self = .shown
            case .require(let capability): self = actor.may(capability) ? .shown : .blocks
            case .fixed: self = .blocks
            }
        }
    }
}

/// One doctor, as far as assignment is concerned.
package struct Candidate: Hashable, Sendable {
    package let profile: DoctorProfile
    package var availability: Availability
    /// Where the doctor works at the time asked; nil: not known.
    package var chairID: ID<Chair>?
    package var balance: RotationBalance
    package var id: ID<Staff> { profile.staffID }
    package var name: String { profile.name }

    package init(
        profile: DoctorProfile, availability: Availability = .free, chairID: ID<Chair>? = nil,
        credit: Int64 = 0, taken: Int = 0
    ) {
        self.profile = profile
        self.availability = availability
        self.chairID = chairID
        balance = RotationBalance(
            doctorID: profile.staffID, employeeNumber: profile.employeeNumber, credit: credit, taken: taken)
    }
}

/// Whether a doctor can see somebody at the time asked.
package enum Availability: Hashable, Sendable {
    case free
    /// Works then, but the time or the chair is used.
    case taken(String)
    /// Works that day at other hours.
    case outsideShift(String)
    case resting

    package var isFree: Bool { self == .free }
    /// Stands in the rotation for this time.
    package var isOnDuty: Bool {
        switch self {
        case .free, .taken: true
        case .outsideShift, .resting: false
        }
    }
    /// "当天休息", "10:00 已有预约"; nil when free.
    package var text: String? {
        switch self {
        case .free: nil
        case .taken(let text), .outsideShift(let text): text
        case .resting: "当天休息"
        }
    }
    package var reason: AssignmentReason? {
        switch self {
        case .free: nil
        case .taken(let text): AssignmentReason(.taken, text)
        case .outsideShift(let text): AssignmentReason(.outsideShift, text)
        case .resting: AssignmentReason(.resting, "当天休息")
        }
    }
}

/// A tooth that was treated not long ago (R2.21).
package struct Redo: Hashable, Sendable {
    package let doctorID: ID<Staff>
    package let doctorName: String
    /// Still a doctor of this clinic (R2.23).
    package let isHere: Bool
    package let tooth: Tooth?
    package let itemName: String
    package let day: Day
    /// Last day of warranty and grace.
    package let until: Day

    package init(
        doctorID: ID<Staff>, doctorName: String, isHere: Bool, tooth: Tooth?, itemName: String, day: Day, until: Day
    ) {
        self.doctorID = doctorID
        self.doctorName = doctorName
        self.isHere = isHere
        self.tooth = tooth
        self.itemName = itemName
        self.day = day
        self.until = until
    }

    /// "36 牙 2026-01-05 树脂充填由林书远医生治疗，到 2027-02-04 为止算保修"
    var text: String {
        "\(tooth.map { "\($0) 牙 " } ?? "")\(day.iso) \(itemName)由\(doctorName)医生治疗，\(until.iso) 以前算保修返诊"
    }
}

/// A business that not everybody does.
package struct SpecialtyNeed: Hashable, Sendable {
    /// Code of list `specialty`.
    package let code: String
    package let label: String
    /// R3.19: implants and orthodontics are begun by somebody familiar with them when the specialist has no time.
    package var isTwoStep: Bool { code == "implants" || code == "orthodontics" }
    package init(code: String, label: String) {
        self.code = code
        self.label = label
    }
}
