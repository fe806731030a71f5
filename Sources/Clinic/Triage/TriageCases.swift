import Kernel

/// What the desk knows of an arrival when it decides which situation it is.
package struct TriageFacts: Hashable, Sendable {
    package var now: Timestamp
    /// Marked, or named in the complaint.
    package var isEmergency = false
    package var isAcutePain = false
    package var isEpidemic = false
    /// Begin of today's booking.
    package var booked: Booked?
    /// A booking of another day, when there is none today.
    package var otherBooking: String?
    /// Whom the customer is to see: chosen at the desk, else the booked doctor.
    package var doctor: AskedDoctor?
    /// Today's booking lost its doctor and nobody settled it (R3.34).
    package var isDisplaced = false
    package var wishedGender: Gender?
    /// A treatment that is still under warranty (R2.21).
    package var redo: Redo?
    /// "重要客人 2 级"
    package var level: String?
    /// Name of the big item that is booked.
    package var bigItem: String?
    /// Begin of the doctor's next big item, while a small one is to be done (R2.15).
    package var nextBig: Timestamp?
    package var plannedMinutes = 0
    /// Comes for orthodontics for the first time (R2.07).
    package var isNewOrthodontic = false
    /// The word of the complaint that names a dressing, sutures or a recheck (R2.25).
    package var operationWord: String?
    package var limits = Limits()

    package init(now: Timestamp) { self.now = now }

    package struct Booked: Hashable, Sendable {
        package let at: Timestamp
        /// "10:00"
        package let clock: String
        package init(at: Timestamp, clock: String) {
            self.at = at
            self.clock = clock
        }
    }

    package struct AskedDoctor: Hashable, Sendable {
        package let id: ID<Staff>
        package let name: String
        package let gender: Gender
        package let isOnDuty: Bool
        /// Minutes beyond the booked time, or from now, until the doctor is free.
        package let delay: Int
        package let isOrthodontist: Bool
        package init(
            id: ID<Staff>, name: String, gender: Gender, isOnDuty: Bool, delay: Int, isOrthodontist: Bool = false
        ) {
            self.id = id
            self.name = name
            self.gender = gender
            self.isOnDuty = isOnDuty
            self.delay = delay
            self.isOrthodontist = isOrthodontist
        }
    }

    /// In minutes; all exclusive: exactly the limit is still in time.
    package struct Limits: Hashable, Sendable {
        package var late = 15
        package var early = 60
        /// `wait.doctor_estimate_min`
        package var busy = 15
        package init() {}
    }
}

/// Which special situations an arrival is in. Pure; the page shows only these, the first one first.
package enum TriageCases {
    package struct Cue: Hashable, Sendable {
        package let kind: VisitCase.Kind
        package let why: String
        package let doctorID: ID<Staff>?
        package init(_ kind: VisitCase.Kind, _ why: String, doctor: ID<Staff>? = nil) {
            self.kind = kind
            self.why = why
            doctorID = doctor
        }
    }

    /// An emergency goes first and nothing is asked (R2.09); only who the work of an operation belongs to is still told.
    package static func applicable(_ f: TriageFacts) -> [Cue] {
        if f.isEmergency { return [warranty(f)].compactMap(\.self) }
        if f.isEpidemic, !f.isAcutePain {
            return [Cue(.epidemicDeferral, "不是急诊，也不是急性牙痛：先说明通知内容，登记延期")]
        }
        let wait = waiting(f)
        return [
            schedule(f), wait, warranty(f), operation(f), gender(f), orthodontics(f), wait == nil ? small(f) : nil,
            green(f),
        ].compactMap(\.self)
    }

    // MARK: Parts

    /// The doctor turned to rest (②) explains more than the time of arrival (①), and an absent expert (③) more than both.
    private static func schedule(_ f: TriageFacts) -> Cue? {
        if f.isDisplaced, let doctor = f.doctor, !doctor.isOnDuty {
            return Cue(.untoldChange, "\(doctor.name)医生今天不上班，预约还没有重新安排", doctor: doctor.id)
        }
        if let doctor = f.doctor, !doctor.isOnDuty {
            return Cue(.expertAbsent, "\(doctor.name)医生现在不在", doctor: doctor.id)
        }
        if let booked = f.booked {
            let minutes = f.now.minutes(since: booked.at)
            if minutes > f.limits.late {
                return Cue(.offSchedule, "约的是 \(booked.clock)，晚到 \(minutes) 分钟", doctor: f.doctor?.id)
            }
            if -minutes > f.limits.early {
                return Cue(.offSchedule, "约的是 \(booked.clock)，早到 \(-minutes) 分钟", doctor: f.doctor?.id)
            }
            return nil
        }
        return f.otherBooking.map { Cue(.offSchedule, "约的是\($0)，今天来了", doctor: f.doctor?.id) }
    }

    private static func waiting(_ f: TriageFacts) -> Cue? {
        guard let doctor = f.doctor, doctor.isOnDuty, doctor.delay > f.limits.busy else { return nil }
        return Cue(.expertBusy, "\(doctor.name)医生还要约 \(doctor.delay) 分钟", doctor: doctor.id)
    }

    private static func warranty(_ f: TriageFacts) -> Cue? {
        guard let redo = f.redo, redo.doctorID != f.doctor?.id else { return nil }
        if !redo.isHere {
            return Cue(.originalGone, "原医生\(redo.doctorName)不在本门诊", doctor: redo.doctorID)
        }
        guard f.doctor != nil else { return nil }
        return Cue(.warrantyRefusal, "\(redo.itemName)由\(redo.doctorName)医生做，还在保修", doctor: redo.doctorID)
    }

    private static func operation(_ f: TriageFacts) -> Cue? {
        f.operationWord.map { Cue(.postOperative, "来意里有“\($0)”", doctor: f.doctor?.id) }
    }

    private static func gender(_ f: TriageFacts) -> Cue? {
        guard let wish = f.wishedGender, wish != .unknown, let doctor = f.doctor, doctor.gender != wish else {
            return nil
        }
        return Cue(.genderWish, "客人要\(wish.label)医生，\(doctor.name)医生不是", doctor: doctor.id)
    }

    private static func orthodontics(_ f: TriageFacts) -> Cue? {
        guard f.isNewOrthodontic else { return nil }
        return Cue(.orthodonticPlan, "第一次来看正畸：先由别的医生检查", doctor: f.doctor?.id)
    }

    private static func small(_ f: TriageFacts) -> Cue? {
        guard let big = f.nextBig, f.bigItem == nil, let doctor = f.doctor else { return nil }
        let free = big.minutes(since: f.now)
        guard free >= 0, free < f.plannedMinutes + doctor.delay else { return nil }
        return Cue(.smallItem, "\(doctor.name)医生 \(free) 分钟后有大项目，这次要 \(f.plannedMinutes) 分钟", doctor: doctor.id)
    }

    private static func green(_ f: TriageFacts) -> Cue? {
        let why = [f.level, f.bigItem.map { "大项目\($0)" }].compactMap(\.self)
        return why.isEmpty ? nil : Cue(.greenChannel, why.joined(separator: "，"))
    }
}
