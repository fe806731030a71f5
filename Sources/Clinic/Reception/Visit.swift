import Kernel

/// A customer's stay: from the door to the door. What happened is stored; the stage is computed (design idea 1).
package struct Visit: Hashable, Sendable {
    package let id: ID<Visit>
    package let clinicID: ID<ClinicSite>
    package let businessDay: Day
    package let patientID: ID<Patient>
    /// nil: came without booking (R3.53).
    package let appointmentID: ID<Appointment>?
    package let doctorID: ID<Staff>?
    package let type: VisitType
    package let proposedType: VisitType
    package let typeReason: String
    package let complaint: String
    /// Demand segment, code (R2.11).
    package let segment: String?
    /// Emergency category, code (R2.09).
    package let emergency: String?
    package let toldWaitMinutes: Int?
    package let arrivedAt: Timestamp
    package let seatedAt: Timestamp?
    package let finishedAt: Timestamp?
    package let leftAt: Timestamp?
    package let outcome: String?
    package let version: Int

    package enum Stage: String, Sendable, CaseIterable { case waiting, inChair, checkingOut, left }
    package var stage: Stage {
        if leftAt != nil { return .left }
        if finishedAt != nil { return .checkingOut }
        return seatedAt == nil ? .waiting : .inChair
    }

    /// Whole minutes from arrival to the chair, or until `now` while waiting.
    package func waitedMinutes(at now: Timestamp) -> Int { (seatedAt ?? leftAt ?? now).minutes(since: arrivedAt) }
}

extension Visit {
    /// Outcome of a check-in that was taken back within seconds; such a visit is in no list.
    package static let withdrawn = "withdrawn"
}

/// 就诊类型, a fixed list (R2.01). Raw values are the codes of the playbook.
package enum VisitType: String, Sendable, CaseIterable {
    case first, returning = "return", consultation, checkUp, exempt, orthodontics

    package var label: String {
        switch self {
        case .first: "初诊"
        case .returning: "复诊"
        case .consultation: "咨询"
        case .checkUp: "检查"
        case .exempt: "免检"
        case .orthodontics: "正畸"
        }
    }
}

/// 候诊号.
package struct QueueTicket: Hashable, Sendable {
    package let id: ID<QueueTicket>
    package let visitID: ID<Visit>
    package let number: Int
    package let rankReason: String?
    package let issuedAt: Timestamp
    package let calledAt: Timestamp?
    package let callCount: Int
    package let calledChairID: ID<Chair>?
    package let skippedAt: Timestamp?
    package let closedAt: Timestamp?
    package let version: Int

    /// "A021": the emergency series starts with E.
    package static func label(_ number: Int, isEmergency: Bool) -> String {
        (isEmergency ? "E" : "A") + String(number).zeroPadded(3)
    }
}

/// Somebody's time in a chair (R4.14). The customer's open row is what locks the chair (R4.11, R4.12).
package struct Movement: Hashable, Sendable {
    package let id: ID<Movement>
    package let visitID: ID<Visit>
    package let chairID: ID<Chair>
    package let enteredAt: Timestamp
    package let nearlyDoneAt: Timestamp?
    package let exitedAt: Timestamp?
    package let cleanedAt: Timestamp?

    package init(
        id: ID<Movement>, visitID: ID<Visit>, chairID: ID<Chair>, enteredAt: Timestamp, nearlyDoneAt: Timestamp?,
        exitedAt: Timestamp?, cleanedAt: Timestamp?
    ) {
        self.id = id
        self.visitID = visitID
        self.chairID = chairID
        self.enteredAt = enteredAt
        self.nearlyDoneAt = nearlyDoneAt
        self.exitedAt = exitedAt
        self.cleanedAt = cleanedAt
    }
}

/// One recorded happening of a visit, with who and when; corrections are new rows.
package struct VisitFact: Hashable, Sendable {
    package enum Kind: String, Sendable {
        case arrived, called, skipped, requeued, ledIn, nearlyDone, exited, cleaned, left, explained, educated
        /// Booking was explained to the waiting customer (R3.55).
        case bookingExplained
        /// Given another place in the queue by hand (R4.01).
        case moved
        /// Oral-health education was offered and not wanted (R4.03).
        case educationDeclined
        /// Taps of the room: the treatment is over; the customer gets up (R4.15).
        case treated, leaving
        /// Doctor or nurse knows that the customer is here (R4.21, R3.38).
        case acknowledged

        package var label: String {
            switch self {
            case .arrived: "到诊"
            case .called: "叫号"
            case .skipped: "过号"
            case .requeued: "重新排入"
            case .ledIn: "引领入座"
            case .nearlyDone: "快结束"
            case .exited: "离开椅位"
            case .cleaned: "清洁完"
            case .left: "离开诊所"
            case .explained: "已解释等候"
            case .educated: "已做宣教"
            case .bookingExplained: "已介绍预约"
            case .moved: "调整顺序"
            case .educationDeclined: "不需要宣教"
            case .treated: "治疗完"
            case .leaving: "起身离开"
            case .acknowledged: "医生已知悉"
            }
        }
    }
    package let id: ID<VisitFact>
    package let visitID: ID<Visit>
    package let kind: Kind
    package let happenedAt: Timestamp
    package let recordedAt: Timestamp
    package let recordedBy: ID<Staff>
    package let detail: String?
    package let lateReason: String?
    package let undoneAt: Timestamp?
}
