import Kernel
import Storage

/// When the doctors of a clinic are there and free, for a range of days; read in three statements.
struct Availabilities {
    /// One doctor on one day.
    struct DoctorDay {
        let spans: [WorkSpan]
        let works: UnitMask
        let taken: UnitMask
    }

    private let roster: [ID<Staff>: RosterFacts]
    private let taken: [Key: UnitMask]
    /// Usual chairs, where the roster names none.
    private let chairs: [ID<Staff>: ID<Chair>]

    private struct Key: Hashable {
        let kind: ResourceKind
        let id: Int64
        let day: Day
    }

    static func load(
        doctors: [ID<Staff>], patient: ID<Patient>? = nil, from: Day, to: Day, hold: ID<Hold>? = nil, by work: Work,
        in tx: any ReadTransaction
    ) throws -> Availabilities {
        let facts = try RosterStore.load(clinic: work.clinic.id, from: from, to: to, in: tx)
        var usual: [ID<Staff>: ID<Chair>] = [:]
        for staff in try StaffStore.list(doctors, in: tx) { usual[staff.id] = staff.chairID }
        let spans = facts.shifts.map(\.span) + facts.exceptions.compactMap(\.span)
        let chairs = Set(spans.compactMap(\.chairID)).union(usual.values)
        let days = try ResourceUnits.takenDays(
            [
                (.doctor, doctors.map(\.raw)), (.chair, chairs.map(\.raw).sorted()),
                (.patient, patient.map { [$0.raw] } ?? []),
            ], from: from, to: to, without: hold, now: work.now, in: tx)
        return Availabilities(roster: facts, taken: days, chairs: usual)
    }

    init(roster facts: RosterFacts, taken days: [ResourceUnits.TakenDay], chairs: [ID<Staff>: ID<Chair>]) {
        let shifts = Dictionary(grouping: facts.shifts, by: \.staffID)
        let exceptions = Dictionary(grouping: facts.exceptions, by: \.staffID)
        var roster: [ID<Staff>: RosterFacts] = [:]
        for id in Set(shifts.keys).union(exceptions.keys) {
            roster[id] = RosterFacts(
                shifts: shifts[id] ?? [], exceptions: exceptions[id] ?? [], days: facts.days)
        }
        self.roster = roster
        var taken: [Key: UnitMask] = [:]
        for day in days {
            taken[Key(kind: day.kind, id: day.resourceID, day: day.day)] = UnitMask(low: day.low, high: day.high)
        }
        self.taken = taken
        self.chairs = chairs
    }

    func day(_ doctor: ID<Staff>, _ day: Day) -> DoctorDay {
        let spans = roster[doctor].map { RosterRules.spans(of: doctor, on: day, $0) } ?? []
        var works = UnitMask()
        for span in spans { works.formUnion(UnitMask(span.start.index..<span.end.index)) }
        return DoctorDay(spans: spans, works: works, taken: taken(.doctor, doctor.raw, day))
    }

    func taken(_ kind: ResourceKind, _ id: Int64, _ day: Day) -> UnitMask {
        taken[Key(kind: kind, id: id, day: day)] ?? UnitMask()
    }

    /// The chair of the shift in which a visit begins, otherwise the usual one.
    func chair(of doctor: ID<Staff>, _ spans: [WorkSpan], at start: Unit) -> ID<Chair>? {
        spans.first { $0.start <= start && start < $0.end }?.chairID ?? chairs[doctor]
    }

    /// - Parameters:
    ///   - chair: chosen by hand; nil: the doctor's.
    ///   - squeezed: 加号 uses no time of the doctor.
    func availability(
        of doctor: ID<Staff>, on day: Day, _ units: Range<Int>, chair: ID<Chair>? = nil, squeezed: Bool = false
    ) -> (availability: Availability, chair: ID<Chair>?) {
        let at = self.day(doctor, day)
        let wanted = UnitMask(units)
        let start = Unit(units.lowerBound)
        let chair = chair ?? self.chair(of: doctor, at.spans, at: start)
        if at.spans.isEmpty { return (.resting, chair) }
        if !at.works.contains(wanted) { return (.outsideShift(RosterRules.text(at.spans)), chair) }
        if !squeezed, at.taken.overlaps(wanted) { return (.taken("\(start.clockText) 已有预约"), chair) }
        if let chair, taken(.chair, chair.raw, day).overlaps(wanted) {
            return (squeezed ? .free : .taken("\(start.clockText) 牙椅已有预约"), squeezed ? nil : chair)
        }
        return (.free, chair)
    }
}
