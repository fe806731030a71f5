import Clinic
import Foundation
import Kernel
import Storage
import TestSupport
import Testing

struct JobRulesTests {
    private func shanghai() throws -> ClinicCalendar { try #require(ClinicCalendar(timeZoneName: "Asia/Shanghai")) }

    private func at(_ day: String, _ clock: String) throws -> Timestamp {
        let unit = try #require(Unit(clock: clock))
        return try shanghai().instant(try #require(Day(day)), unit)
    }

    @Test(
        "每晚一次：营业日开始前半小时，错过的晚上补做",
        arguments: [
            ("2026-03-12", "03:30", "2026-03-12", "03:45", false),
            ("2026-03-11", "04:00", "2026-03-12", "03:15", false),
            ("2026-03-11", "04:00", "2026-03-12", "03:30", true), ("2026-03-10", "12:00", "2026-03-11", "12:00", true),
            ("2026-03-11", "05:00", "2026-03-11", "23:45", false),
        ])
    func nightly(doneDay: String, doneClock: String, day: String, clock: String, isDue: Bool) throws {
        let (done, now) = (try at(doneDay, doneClock), try at(day, clock))

        #expect(JobRules.isNightlyDue(lastDone: done, now: now, calendar: try shanghai()) == isDue)
    }

    @Test("从未做过的立刻做") func neverDone() throws {
        #expect(JobRules.isNightlyDue(lastDone: nil, now: try at("2026-03-12", "12:00"), calendar: try shanghai()))
        #expect(JobRules.isDue(lastDone: nil, every: 5, now: try at("2026-03-12", "12:00")))
        #expect(!JobRules.isDue(lastDone: try at("2026-03-12", "12:00"), every: 30, now: try at("2026-03-12", "12:15")))
    }
}

struct BackupRetentionRulesTests {
    @Test("备份保留七天、四周、十二个月里各最新的一份") func keepsDaysWeeksMonths() throws {
        let calendar = try #require(ClinicCalendar(timeZoneName: "Asia/Shanghai"))
        let last = try #require(Day("2026-03-12"))
        let made = (0..<500).map { calendar.instant(last.adding(days: -$0), Unit(14)) }

        let gone = BackupRetentionRules.expendable(made, calendar: calendar)

        let kept = made.filter { !gone.contains($0) }.map { calendar.wallClock($0).day.iso }
        #expect(
            kept.prefix(7) == [
                "2026-03-12", "2026-03-11", "2026-03-10", "2026-03-09", "2026-03-08", "2026-03-07", "2026-03-06",
            ])
        // Sundays end the weeks; the last day of each month stands for it.
        #expect(kept.contains("2026-03-01") && kept.contains("2026-02-22") && !kept.contains("2026-02-15"))
        #expect(kept.contains("2026-02-28") && kept.contains("2026-01-31") && kept.contains("2025-04-30"))
        #expect(!kept.contains("2025-03-31"))
        #expect(kept.count == 7 + 2 + 11)
    }

    @Test("同一天做了几份只留最新的，只有一份时不删") func newestOfADay() throws {
        let calendar = try #require(ClinicCalendar(timeZoneName: "Asia/Shanghai"))
        let day = try #require(Day("2026-03-12"))
        let made = [14, 40, 60].map { calendar.instant(day, Unit($0)) }

        #expect(BackupRetentionRules.expendable(made, calendar: calendar) == [made[0], made[1]])
        #expect(BackupRetentionRules.expendable([made[0]], calendar: calendar) == [])
        #expect(BackupRetentionRules.expendable([], calendar: calendar) == [])
    }
}

struct JobLeaseTests {
    private let now = Timestamp(milliseconds: 1_773_280_800_000)

    @Test("同一件事同时只有一个进程做；做的人没了，过期后别人接", arguments: Backend.allCases)
    func oneHolder(backend: Backend) async throws {
        let database = try await backend.makeDatabase(migrations: Schema.migrations)
        @Sendable func take(_ holder: String, _ now: Timestamp) async throws -> Bool {
            try await database.write(in: .organisation) { tx in
                try JobLease.take("backup", holder: holder, minutes: 10, now: now, in: tx) { _ in true }
            }
        }

        #expect(try await take("a", now))
        #expect(try await !take("b", now.adding(minutes: 9)))
        #expect(try await take("b", now.adding(minutes: 10)))
        #expect(try await !take("a", now.adding(minutes: 11)))
    }

    @Test("做完后记下时间，由它决定下次何时该做", arguments: Backend.allCases)
    func finished(backend: Backend) async throws {
        let database = try await backend.makeDatabase(migrations: Schema.migrations)
        let (now, later) = (now, now.adding(minutes: 3))
        _ = try await database.write(in: .organisation) { tx in
            try JobLease.take("backup", holder: "a", minutes: 10, now: now, in: tx) { $0 == nil }
        }

        try await database.write(in: .organisation) { tx in
            try JobLease.finish("backup", holder: "b", now: later, in: tx)
        }
        #expect(try await database.read { try JobLease.lastDone("backup", in: $0) } == nil)
        try await database.write(in: .organisation) { tx in
            try JobLease.finish("backup", holder: "a", now: later, in: tx)
        }

        #expect(try await database.read { try JobLease.lastDone("backup", in: $0) } == later)
        let again = try await database.write(in: .organisation) { tx in
            try JobLease.take("backup", holder: "a", minutes: 10, now: later, in: tx) { $0 == nil }
        }
        #expect(!again)
    }
}

struct BackupLogTests {
    @Test("最近一次成功的备份不算失败的那次", arguments: Backend.allCases)
    func lastGood(backend: Backend) async throws {
        let database = try await backend.makeDatabase(migrations: Schema.migrations)
        let now = Timestamp(milliseconds: 1_773_280_800_000)
        try await database.write(in: .organisation) { tx in
            try BackupLog.append(
                ID(raw: 1), startedAt: now, finishedAt: now, file: "menya-1.sqlite", bytes: 10, problem: nil, in: tx)
            try BackupLog.append(
                ID(raw: 2), startedAt: now.adding(hours: 1), finishedAt: now.adding(hours: 1), file: "", bytes: nil,
                problem: "磁盘满了", in: tx)
        }

        #expect(try await database.read { try BackupLog.lastGood(in: $0) } == now)
        let runs = try await database.read { try BackupLog.list(limit: 5, in: $0) }
        #expect(runs.map(\.problem) == ["磁盘满了", nil])
    }
}
