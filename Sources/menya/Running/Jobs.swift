import Clinic
import ClinicWeb
import Kernel
import Logging
import Storage

/// What the server does by itself.
enum Jobs {
    static func all(_ parts: Composition.Parts) -> [Job] {
        var jobs = [
            escalation(parts), expiredHolds(parts), freedUnits(parts), checklists(parts), housekeeping(parts),
            oldMessages(parts),
        ]
        // A demo clinic is made anew, not saved.
        if !parts.isDemo { jobs += [backup(parts), backupBanner(parts)] }
        return jobs
    }

    /// Words of old messages go; who wrote to whom and when stays (R4.32).
    private static func oldMessages(_ parts: Composition.Parts) -> Job {
        Job(
            name: "old-messages", leaseMinutes: 30,
            isDue: { last, now, calendar in JobRules.isNightlyDue(lastDone: last, now: now, calendar: calendar) },
            run: { now in
                try await inEachClinic(parts, "old-messages", now: now, changing: .messages) { work, tx in
                    try InsideMessages.purge(by: work, in: tx)
                }
            })
    }

    private static func backup(_ parts: Composition.Parts) -> Job {
        Job(
            name: "backup", leaseMinutes: 120,
            isDue: { last, now, calendar in JobRules.isNightlyDue(lastDone: last, now: now, calendar: calendar) },
            run: { now in
                _ = try await BackupJob(opened: parts.opened, settings: parts.settings).run(now: now)
                try await parts.banners.refreshBackup(parts.opened.db, now: now)
            })
    }

    private static func backupBanner(_ parts: Composition.Parts) -> Job {
        Job(
            name: "backup-banner", leaseMinutes: nil,
            isDue: { last, now, _ in JobRules.isDue(lastDone: last, every: 15, now: now) },
            run: { now in try await parts.banners.refreshBackup(parts.opened.db, now: now) })
    }

    /// Overdue tasks are reported to the role their rule names (design idea 3).
    private static func escalation(_ parts: Composition.Parts) -> Job {
        Job(
            name: "escalation", leaseMinutes: 5,
            isDue: { last, now, _ in JobRules.isDue(lastDone: last, every: 5, now: now) },
            run: { now in
                try await inEachClinic(parts, "escalation", now: now, changing: .tasks) { work, tx in
                    try TaskWork.escalateOverdue(by: work, in: tx)
                }
            })
    }

    /// Times that were held and not booked are free again on every screen.
    private static func expiredHolds(_ parts: Composition.Parts) -> Job {
        Job(
            name: "expired-holds", leaseMinutes: 5,
            isDue: { last, now, _ in JobRules.isDue(lastDone: last, every: 5, now: now) },
            run: { now in
                try await inEachClinic(parts, "expired-holds", now: now, changing: .board) { work, tx in
                    try ResourceUnits.purgeExpired(clinic: work.clinic.id, now: work.now, in: tx)
                }
            })
    }

    /// The checklists of the day appear by themselves.
    private static func checklists(_ parts: Composition.Parts) -> Job {
        Job(
            name: "checklists", leaseMinutes: 5,
            isDue: { last, now, _ in JobRules.isDue(lastDone: last, every: 5, now: now) },
            run: { now in
                try await inEachClinic(parts, "checklists", now: now, changing: .registers) { work, tx in
                    try Checklists.makeDue(by: work, in: tx)
                }
            })
    }

    /// Whatever way a unit became free (a confirmation call, the customer's own link), whoever waits for it is called.
    private static func freedUnits(_ parts: Composition.Parts) -> Job {
        Job(
            name: "freed-units", leaseMinutes: 5,
            isDue: { last, now, _ in JobRules.isDue(lastDone: last, every: 1, now: now) },
            run: { now in
                try await inEachClinic(parts, "freed-units", now: now, changing: .tasks) { work, tx in
                    try FreedUnits.sweep(by: work, in: tx)
                }
            })
    }

    /// - Parameter body: returns the number of things changed; screens are told when there were any.
    private static func inEachClinic(
        _ parts: Composition.Parts, _ name: String, now: Timestamp, changing topic: Topic,
        _ body: @escaping @Sendable (Work, any WriteTransaction) throws -> Int
    ) async throws {
        let db = parts.opened.db
        let clinics = try await db.read { tx in
            try parts.playbooks.refresh(in: tx)
            return try PlaceStore.clinics(in: tx)
        }
        for clinic in clinics {
            let work = Work(
                actor: .system, clinic: clinic, now: now, playbook: parts.playbooks.playbook(clinic.id), ids: parts.ids)
            do {
                let news = CommitNews.screens(of: clinic.lane, topics: [topic.name])
                let count = try await db.write(in: clinic.lane, telling: news) { tx in try body(work, tx) }
                if count > 0 { parts.hub.publish(clinic.lane, [topic]) }
            } catch {
                // One clinic's trouble must not keep the others waiting.
                parts.logger.error(
                    "job failed in a clinic",
                    metadata: ["job": "\(name)", "clinic": "\(clinic.id)", "error": "\(error)"])
            }
        }
    }

    /// Forgets what may be forgotten: old sessions and keys of forms (design §9).
    private static func housekeeping(_ parts: Composition.Parts) -> Job {
        Job(
            name: "housekeeping", leaseMinutes: 30,
            isDue: { last, now, calendar in JobRules.isNightlyDue(lastDone: last, now: now, calendar: calendar) },
            run: { now in
                let clinics = try await parts.opened.db.read { tx in try PlaceStore.clinics(in: tx) }
                let formDays = clinics.map { parts.playbooks.playbook($0.id)[.publicFormKeepDays] }.max() ?? 30
                try await parts.opened.db.write(in: .organisation, telling: .nothing) { tx in
                    try Sessions.purge(now: now, in: tx)
                    try Idempotency.purge(now: now, in: tx)
                    try OnlineBooking.purge(now: now, keepDays: formDays, in: tx)
                }
            })
    }
}
