import Clinic
import Kernel
import Logging
import ServiceLifecycle
import Storage

/// Something the program does by itself.
struct Job: Sendable {
    let name: String
    /// How long others wait before they think this process has died over it; nil: every process does it for itself.
    let leaseMinutes: Int?
    let isDue: @Sendable (_ lastDone: Timestamp?, _ now: Timestamp, _ calendar: ClinicCalendar) -> Bool
    let run: @Sendable (_ now: Timestamp) async throws -> Void
}

/// Looks every half minute which job is due and does it when this process gets the lease.
struct JobRunner: Service {
    let db: any Database
    let jobs: [Job]
    let clock: @Sendable () -> Timestamp
    let logger: Logger
    /// Token of this process in `job_lease`.
    let holder: String

    func run() async throws {
        // Ending is what it is told to do: no failure of the group of services.
        try? await cancelWhenGracefulShutdown {
            var doneHere: [String: Timestamp] = [:]
            while !Task.isCancelled {
                for job in jobs where !Task.isCancelled {
                    if let done = await attempt(job, doneHere[job.name]) { doneHere[job.name] = done }
                }
                try await Task.sleep(for: .seconds(30))
            }
        }
    }

    /// - Returns: when it was done, if it was done here now.
    private func attempt(_ job: Job, _ doneHere: Timestamp?) async -> Timestamp? {
        do {
            let now = clock()
            // Nothing to do before the first run has made a clinic.
            guard let calendar = try await db.read({ try PlaceStore.clinics(in: $0).first?.calendar }) else {
                return nil
            }
            guard let minutes = job.leaseMinutes else {
                guard job.isDue(doneHere, now, calendar) else { return nil }
                try await job.run(now)
                return now
            }
            return try await withLease(job, minutes, now, calendar) ? now : nil
        } catch is CancellationError {
            return nil
        } catch {
            logger.error(
                "job failed", metadata: ["job": .string(job.name), "error": .string(String(describing: error))])
            return nil
        }
    }

    private func withLease(
        _ job: Job, _ minutes: Int, _ now: Timestamp, _ calendar: ClinicCalendar
    ) async throws -> Bool {
        let lastDone = try await db.read { try JobLease.lastDone(job.name, in: $0) }
        guard job.isDue(lastDone, now, calendar) else { return false }
        let holder = holder
        let isOurs = try await db.write(in: .organisation, telling: .nothing) { tx in
            try JobLease.take(job.name, holder: holder, minutes: minutes, now: now, in: tx) {
                job.isDue($0, now, calendar)
            }
        }
        guard isOurs else { return false }
        try await job.run(now)
        try await db.write(in: .organisation, telling: .nothing) { tx in
            try JobLease.finish(job.name, holder: holder, now: now, in: tx)
        }
        logger.info("job done", metadata: ["job": .string(job.name)])
        return true
    }
}
