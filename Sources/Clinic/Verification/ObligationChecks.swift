import Kernel
import Storage

/// Everything that is due now has its task (design idea 3). A feature that makes work due adds its source here.
enum ObligationChecks {
    static let all = [
        check("obligations.bookings", "每个将来的预约都有提醒待办", bookings),
        check("obligations.waiting", "每位候诊客人都有等候待办", waiting),
        check("obligations.treatments", "近三十天的治疗都有回访待办", treatments),
        check("obligations.deferrals", "每个延期的项目都有回访待办", deferrals),
        check("obligations.complaints", "每件未结的投诉都有答复待办", complaints),
        check("obligations.handed", "每件交上级的事都有待办", handed),
    ]

    /// A record, the facts it makes work due by, and when they were last recorded.
    private struct Source {
        let table: String
        let id: Int64
        let facts: [TaskFact]
        let recordedAt: Timestamp
    }
    private typealias Lister =
        @Sendable (
            _ clinic: ClinicSite, _ playbook: Playbook, _ today: Day, _ tx: any ReadTransaction
        ) throws -> [Source]

    private static func check(_ id: String, _ title: String, _ list: @escaping Lister) -> Check {
        Check(id, title) { scope, tx in
            guard let shipped = scope.playbook else { return Finding(looked: 0) }
            var looked = 0
            let changed = try lastChange(in: tx)
            for clinic in try PlaceStore.clinics(in: tx) {
                let playbook = try PlaybookStore.resolved(shipped, clinic: clinic.id, in: tx)
                let today = clinic.calendar.businessDay(of: scope.now)
                // A rule that was switched on later owes nothing for what happened before.
                for source in try list(clinic, playbook, today, tx) where source.recordedAt > changed {
                    for owed in Obligations.of(source.facts, playbook: playbook, calendar: clinic.calendar) {
                        looked += 1
                        guard try !exists(owed.key, in: tx) else { continue }
                        return Finding(
                            looked: looked,
                            breach: Breach(table: source.table, row: String(source.id), problem: "缺少待办 \(owed.key)"))
                    }
                }
            }
            return Finding(looked: looked)
        }
    }

    private static func exists(_ key: String, in tx: any ReadTransaction) throws -> Bool {
        try tx.first("SELECT id FROM task WHERE key = \(key) AND withdrawn_at IS NULL") != nil
    }

    private static func lastChange(in tx: any ReadTransaction) throws -> Timestamp {
        let latest = try tx.int64(
            """
            SELECT CAST(COALESCE(MAX(CASE WHEN ended_at IS NOT NULL AND ended_at > set_at THEN ended_at
                ELSE set_at END), 0) AS BIGINT) AS latest
            FROM playbook_override
            """)
        return Timestamp(milliseconds: latest ?? 0)
    }

    private static let bookings: Lister = { clinic, playbook, today, tx in
        let days = try tx.rows(
            """
            SELECT DISTINCT day
            FROM appointment
            WHERE clinic_id = \(clinic.id) AND day > \(today) AND cancelled_at IS NULL AND missed_at IS NULL
            ORDER BY day
            """
        ).map { try $0.day("day") }
        return try days.flatMap { day in
            try AppointmentStore.listDay(clinic: clinic.id, day: day, in: tx).filter(\.isLive).map { appointment in
                let hasArrived = try AppointmentStore.visit(of: appointment.id, in: tx) != nil
                let facts = AppointmentObligations.facts(
                    appointment, BookingCircumstances(hasArrived: hasArrived), playbook: playbook,
                    calendar: clinic.calendar)
                return Source(
                    table: "appointment", id: appointment.id.raw, facts: facts, recordedAt: appointment.booked.at)
            }
        }
    }

    private static let waiting: Lister = { clinic, playbook, today, tx in
        try VisitStore.listDay(clinic: clinic.id, day: today, in: tx).map { visit in
            let facts = VisitObligations.facts(
                of: visit, toldAt: try ToldWaits.toldAt(visit, in: tx),
                estimateLimit: playbook[.waitDoctorEstimateMinutes],
                isAcknowledged: try ArrivalNotices.isAcknowledged(visit.id, in: tx), label: "")
            return Source(table: "visit", id: visit.id.raw, facts: facts, recordedAt: visit.arrivedAt)
        }
    }

    private static let treatments: Lister = { clinic, _, today, tx in
        let rows = try tx.rows(
            """
            SELECT id, notice_at
            FROM charge_sheet
            WHERE clinic_id = \(clinic.id) AND business_day >= \(today.adding(days: -30)) AND notice_at IS NOT NULL
                AND cancelled_at IS NULL
            ORDER BY id
            """)
        return try rows.map { row in
            let sheet = try ChargeSheetStore.get(try row.id("id"), clinic: clinic.id, in: tx)
            let items = try ItemStore.list(ids: Array(Set(sheet.lines.map(\.itemID))), in: tx)
            let noticeAt = try row.timestamp("notice_at")
            let facts = FollowUpObligations.facts(
                of: sheet, items: Dictionary(items.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first }),
                endedAt: noticeAt, doctorName: "")
            return Source(table: "charge_sheet", id: sheet.id.raw, facts: facts, recordedAt: noticeAt)
        }
    }

    private static let deferrals: Lister = { clinic, _, _, tx in
        try DeferralStore.listOpen(clinic: clinic.id, limit: 5_000, in: tx).map { deferral in
            let facts = DeferralObligations.facts(deferral, itemName: "", calendar: clinic.calendar)
            return Source(
                table: "deferral", id: deferral.id.raw, facts: facts,
                recordedAt: deferral.reopenedAt ?? deferral.deferredAt)
        }
    }

    private static let complaints: Lister = { clinic, _, _, tx in
        try ComplaintStore.listOpen(clinic: clinic.id, in: tx).map { complaint in
            let facts = ComplaintObligations.facts(
                complaint, patientName: "", cause: "", calendar: clinic.calendar)
            return Source(
                table: "complaint", id: complaint.id.raw, facts: facts, recordedAt: complaint.received.at)
        }
    }

    private static let handed: Lister = { clinic, _, _, tx in
        try HandedCaseStore.list(clinic: clinic.id, settledSince: Timestamp(milliseconds: .max), limit: 5_000, in: tx)
            .map { handed in
                Source(
                    table: "handed_case", id: handed.id.raw,
                    facts: HandedCaseObligations.facts(handed, name: "", calendar: clinic.calendar),
                    recordedAt: handed.asked.at)
            }
    }
}
