import Kernel

/// A special situation of an arrival, guided step by step to its outcome (R2.14–R2.26, R4.06).
package struct VisitCase: Hashable, Sendable {
    package let id: ID<VisitCase>
    package let visitID: ID<Visit>
    package let day: Day
    package let kind: Kind
    /// Whom it is about: the main doctor, the expert, the doctor who operated.
    package let doctorID: ID<Staff>?
    /// What showed it: "约的是 10:00，晚到 24 分钟".
    package let why: String
    package let openedAt: Timestamp
    package let openedBy: ID<Staff>
    /// Oldest first.
    package let steps: [Step]
    package let closed: Closing?

    package var isOpen: Bool { closed == nil }

    package enum Kind: String, Sendable, CaseIterable {
        /// R2.10
        case epidemicDeferral
        /// ① not at the booked time (R2.16)
        case offSchedule
        /// ② the doctor turned to rest and nobody told the customer (R2.17)
        case untoldChange
        /// ③ (R2.18)
        case expertAbsent
        /// ④ (R2.19)
        case expertBusy
        /// ⑤ insists on a man or a woman (R2.20)
        case genderWish
        /// R2.22
        case warrantyRefusal
        /// R2.23
        case originalGone
        /// R2.25
        case postOperative
        /// R2.26
        case otherDepartment
        /// R2.14
        case greenChannel
        /// R2.07
        case orthodonticPlan
        /// R2.15
        case smallItem
        /// R4.06, R3.39
        case unwilling

        package var label: String {
            switch self {
            case .epidemicDeferral: "防疫期间不急的项目"
            case .offSchedule: "没按预约时间来"
            case .untoldChange: "医生改休，客人不知道"
            case .expertAbsent: "要找的医生不在"
            case .expertBusy: "要找的医生在忙"
            case .genderWish: "要求医生性别"
            case .warrantyRefusal: "保修返诊不找原医生"
            case .originalGone: "原医生不在本门诊"
            case .postOperative: "换药、拆线、复查"
            case .otherDepartment: "找其他科室"
            case .greenChannel: "全程陪同"
            case .orthodonticPlan: "正畸先检查再约专家"
            case .smallItem: "小项目碰上大项目"
            case .unwilling: "不愿再等"
            }
        }

        /// The rule whose level says whether its steps may be skipped; nil: they only guide.
        package var rule: RuleID? {
            switch self {
            case .epidemicDeferral: .epidemicEmergencyOnly
            case .offSchedule: .offScheduleArrival
            case .untoldChange: .unnotifiedRestDay
            case .warrantyRefusal: .warrantyDoctorRefused
            case .originalGone: .warrantyDoctorGone
            case .postOperative: .operationFactsAsked
            default: nil
            }
        }

        /// The clinic failed the customer; counted as an internal service failure (R2.17).
        package var isServiceFailure: Bool { self == .untoldChange }
    }

    /// Something that was asked or told, with who, when and what.
    package struct Step: Hashable, Sendable {
        package enum Kind: String, Sendable, CaseIterable {
            /// What the customer came for.
            case purpose
            /// The doctor was phoned (R2.17).
            case doctorCalled
            /// The expert knows, and says how long it takes (R2.19).
            case expertTold
            /// Who operated, and when (R2.25).
            case operation
            /// Who operated, or the assistant, knows of the customer and how he is (R2.25).
            case operatorTold
            /// The complaint is written and the director knows (R2.22); stands in the complaints, not here.
            case complaint
            /// Whether the customer wants orthodontics (R2.07).
            case willing
            /// Which department, and who leads the customer there (R2.26).
            case escort
            /// Who accompanies the customer from here to the follow-up (R2.14).
            case companion

            package var label: String {
                switch self {
                case .purpose: "来意"
                case .doctorCalled: "给医生打电话"
                case .expertTold: "告诉医生并问要多久"
                case .operation: "主刀医生和手术日期"
                case .operatorTold: "告诉主刀医生或助手"
                case .complaint: "写明原因并上报"
                case .willing: "问愿不愿意做正畸"
                case .escort: "带客人过去"
                case .companion: "指定陪同人"
                }
            }
        }
        package let kind: Kind
        package let staffID: ID<Staff>?
        package let minutes: Int?
        package let day: Day?
        package let note: String?
        package let recordedAt: Timestamp
        package let recordedBy: ID<Staff>
    }

    /// How it ended.
    package struct Closing: Hashable, Sendable {
        package let outcome: Outcome
        package let doctorID: ID<Staff>?
        package let appointmentID: ID<Appointment>?
        package let day: Day?
        package let note: String?
        package let at: Timestamp
        package let by: ID<Staff>
    }

    package enum Outcome: String, Sendable, CaseIterable {
        /// The doctor it is about sees the customer after all.
        case mainDoctor
        case otherDoctor
        /// The supervisor names the doctor.
        case supervisor
        case wait
        /// A time was booked instead.
        case booked
        /// Called on the day the expert is back.
        case callback
        /// The wish could not be met; the customer stays all the same.
        case unmet
        /// Whoever had to know knows.
        case told
        case escorted, accompanied, declined
        case deferred
        /// Seen although it could have been put off.
        case accepted
        /// To the head nurse, then the director (R4.06).
        case escalated
        case left
        /// It was not this situation after all.
        case mistaken

        package var label: String {
            switch self {
            case .mainDoctor: "由这位医生看"
            case .otherDoctor: "换别的医生"
            case .supervisor: "请主管安排"
            case .wait: "愿意等"
            case .booked: "改约时间"
            case .callback: "医生回来再请客人来"
            case .unmet: "没有合适的，已说明"
            case .told: "已告知，由他安排"
            case .escorted: "已带过去"
            case .accompanied: "已指定陪同人"
            case .declined: "客人不做"
            case .deferred: "登记延期"
            case .accepted: "照常接诊"
            case .escalated: "报护士长"
            case .left: "客人走了"
            case .mistaken: "不是这种情况"
            }
        }
    }
}
