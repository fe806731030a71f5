import Clinic
import Kernel
import Storage

/// Reads what the tablet at the door shows, and puts it into words.
enum LobbyBuilder {
    /// Bookings further away than this are not at the door yet, in minutes.
    private static let ahead = 90

    static func load(by work: Work, in tx: any ReadTransaction) throws -> LobbyPartView {
        let board = try ReceptionBoard.load(by: work, in: tx)
        let guests = try LobbyGuests.listOpen(by: work, in: tx)
        let reminders = try LobbyReminders.list(by: work, in: tx)
        let turns = try Broadcasts.today(by: work, in: tx).filter { $0.state == .due || $0.state == .overdue }
        let counts =
            work.playbook[.hallCountOn] ? LobbyCountsView(try HallCounts.list(by: work, in: tx)) : nil
        let calendar = work.clinic.calendar
        let until = work.now.adding(minutes: ahead)
        let sent = Set(guests.compactMap(\.patientID))
        let coming = board.coming.filter { entry in
            entry.state.isExpected && calendar.instant(entry.appointment.day, entry.appointment.start) <= until
                && !sent.contains(entry.appointment.patientID)
        }
        let waiting = board.waiting.count + board.skipped.count
        let returning = try LobbyGuests.returning(coming.map(\.appointment.patientID), in: tx)
        let shown = coming.prefix(12).map { person($0, returning: returning) }
        return LobbyPartView(
            coming: shown, comingCount: "\(coming.count) 位", isQuiet: shown.isEmpty,
            guests: guests.map { guest in
                LobbyGuestView(label: guest.label, sent: "\(calendar.clockText(guest.sentAt)) 请到前台")
            }, hasGuests: !guests.isEmpty, waiting: "候诊 \(waiting) 位",
            isBusy: waiting >= work.playbook[.hallBusyFrom],
            reminded: reminders.first.map { last in
                "今天提醒过 \(reminders.count) 次，最近 \(calendar.clockText(last.at))（当时候诊 \(last.waiting) 位）"
            } ?? "今天还没有提醒过",
            counts: counts,
            due: turns.map { turn in
                LobbyDueView(
                    code: turn.broadcast.code, clock: Broadcasts.clock(turn.broadcast.minute),
                    title: turn.broadcast.title, isSpoken: turn.broadcast.words != nil)
            }, hasDue: !turns.isEmpty)
    }

    /// A booking of today whose customer is at the door.
    ///
    /// - Parameter returning: who was treated here before; only they are checked in at the door.
    static func person(_ entry: DayPlan.Entry, returning: Set<ID<Patient>>) -> LobbyPersonView {
        let isReturning = returning.contains(entry.appointment.patientID)
        return LobbyPersonView(
            time: entry.appointment.start.clockText, name: entry.patientName,
            note: "\(entry.doctorName) · \(entry.purpose)", patient: entry.appointment.patientID.text,
            appointment: entry.appointment.id.text, checksIn: isReturning, askHref: nil,
            goesToDesk: !isReturning)
    }

    /// The hits of a search, each with what the lobby may do.
    static func hits(
        _ result: PatientSearchResult, query: String, by work: Work, in tx: any ReadTransaction
    ) throws -> LobbyHitsView {
        let people = result.people.prefix(8)
        let returning = try LobbyGuests.returning(people.map(\.id), in: tx)
        let plan = try DayPlan.load(clinic: work.clinic.id, day: work.today, in: tx)
        let visits = try VisitStore.listDay(clinic: work.clinic.id, day: work.today, in: tx)
        let booked = Dictionary(
            plan.entries.filter(\.state.isExpected).map { ($0.appointment.patientID, $0) },
            uniquingKeysWith: { first, _ in first })
        let here = Dictionary(
            visits.filter { $0.leftAt == nil }.map { ($0.patientID, $0) }, uniquingKeysWith: { first, _ in first })
        let views = people.map { brief -> LobbyPersonView in
            if let visit = here[brief.id] {
                return LobbyPersonView(
                    time: "已到 \(work.clinic.calendar.clockText(visit.arrivedAt))", name: brief.name,
                    note: "不用再登记，请到候诊区就座", patient: brief.id.text, appointment: "", checksIn: false, askHref: nil,
                    goesToDesk: false)
            }
            if let entry = booked[brief.id] { return person(entry, returning: returning) }
            let isReturning = returning.contains(brief.id)
            return LobbyPersonView(
                time: "", name: brief.name, note: "\(brief.gender.label) \(brief.ageText) · 今天没有预约",
                patient: brief.id.text, appointment: "", checksIn: false,
                askHref: isReturning ? HallPaths.returningForm(brief.id) : nil, goesToDesk: !isReturning)
        }
        return LobbyHitsView(
            people: Array(views), isEmpty: query.nonBlank != nil && views.isEmpty && !result.needsMoreDigits,
            hasMore: result.hasMore || result.people.count > people.count, needsMoreDigits: result.needsMoreDigits)
    }
}
