import Foundation
import Kernel
import Storage
import TestSupport
import Testing

@testable import Clinic

struct MergingTests {
    private func patient(_ fixture: ReceptionFixture, _ id: ID<Patient>) async throws -> Patient {
        try await fixture.book.db.read { tx in try PatientStore.get(id, in: tx) }
    }

    private func merge(
        _ fixture: ReceptionFixture, _ merged: ID<Patient>, into kept: ID<Patient>, taking: Set<PatientField> = [],
        at minutes: Int = 0
    ) async throws -> PatientMerge {
        let work = fixture.work(minutes)
        return try await fixture.write { tx in
            let preview = try Merging.preview(keep: kept, merging: merged, by: work, in: tx)
            return try Merging.merge(
                merged, into: kept, versions: (preview.kept.version, preview.merged.version), taking: taking, by: work,
                in: tx)
        }
    }

    private func owner(_ fixture: ReceptionFixture, _ table: String, _ id: Int64) async throws -> Int64? {
        try await fixture.book.db.read { tx in
            try tx.int64(SQL(trusted: "SELECT patient_id FROM \(table) WHERE id = ") + "\(id)")
        }
    }

    @Test("凡是写着客人的栏目，合并都知道怎么办 R1.14", arguments: Backend.allCases)
    func everyColumn(backend: Backend) async throws {
        let db = try await backend.makeDatabase(migrations: Schema.migrations)
        let found: Set<String> = try await db.read { tx in
            switch tx.dialect {
            case .sqlite: try Self.columnsOnSQLite(in: tx)
            case .postgres: try Self.columnsOnPostgres(in: tx)
            }
        }
        #expect(Set(PatientColumn.all.map { "\($0.table).\($0.column)" }) == found)
        #expect(PatientColumn.all.count == found.count)
    }

    private static func columnsOnSQLite(in tx: any ReadTransaction) throws -> Set<String> {
        var found: Set<String> = []
        for table in try tx.rows("SELECT name FROM sqlite_master WHERE type = 'table'").map({ try $0.text("name") }) {
            for row in try tx.rows("SELECT name FROM pragma_table_info(\(table))")
            where try row.text("name") == "patient_id" {
                found.insert("\(table).patient_id")
            }
            for row in try tx.rows(
                "SELECT \"from\" AS name, \"table\" AS target FROM pragma_foreign_key_list(\(table))")
            where try row.text("target") == "patient" {
                found.insert("\(table).\(try row.text("name"))")
            }
        }
        found.insert("patient.household_id")
        return found
    }

    private static func columnsOnPostgres(in tx: any ReadTransaction) throws -> Set<String> {
        let named = try tx.rows(
            """
            SELECT table_name::TEXT AS t, column_name::TEXT AS c
            FROM information_schema.columns
            WHERE table_schema = current_schema() AND column_name = 'patient_id'
            """)
        let referring = try tx.rows(
            """
            SELECT class.relname::TEXT AS t, att.attname::TEXT AS c
            FROM pg_constraint AS con
            JOIN pg_class AS class ON class.oid = con.conrelid
            JOIN pg_class AS target ON target.oid = con.confrelid
            JOIN pg_attribute AS att ON att.attrelid = con.conrelid AND att.attnum = ANY (con.conkey)
            WHERE con.contype = 'f' AND target.relname = 'patient'
            """)
        return Set(try (named + referring).map { "\(try $0.text("t")).\(try $0.text("c"))" })
            .union(["patient.household_id"])
    }

    @Test("合并后预约、就诊、病史都在保留的档案上，撤回后各回各处 R1.14", arguments: Backend.allCases)
    func thereAndBack(backend: Backend) async throws {
        let fixture = try await ReceptionFixture(backend)
        let (kept, merged) = (fixture.book.patients[0], fixture.book.patients[1])
        let booked = try await fixture.book.place(fixture.book.command("10:00", patient: merged))
        let visit = try await fixture.checkIn(merged).visit
        try await fixture.addAlert(merged)
        let work = fixture.work()
        try await fixture.write { tx in
            try tx.run("UPDATE patient SET address = '江南路 18 号' WHERE id = \(merged)")
            _ = try PatientAlerts.record(code: "asthma", note: "", of: merged, by: work, in: tx)
            _ = try PatientAlerts.record(code: "asthma", note: "", of: kept, by: work, in: tx)
        }
        let before = (try await patient(fixture, kept), try await patient(fixture, merged))

        let preview = try await fixture.book.db.read { tx in
            try Merging.preview(keep: kept, merging: merged, by: work, in: tx)
        }
        let done = try await merge(fixture, merged, into: kept, taking: [.address, .phone])
        let after = (try await patient(fixture, kept), try await patient(fixture, merged))
        let alerts = try await fixture.book.db.read { tx in try PatientAlerts.list(kept, in: tx).map(\.code) }
        let units = try await fixture.book.units()

        #expect(preview.obstacle == nil)
        #expect(preview.fields.first { $0.field == .address }?.prefersMerged == true)
        #expect(preview.moves.contains(MergePreview.Move(label: "预约", count: 1)))
        #expect(after.0.address == "江南路 18 号")
        #expect(after.0.phone == before.1.phone)
        #expect(after.0.name == before.0.name)
        #expect(after.1.mergedIntoID == kept)
        #expect(try await owner(fixture, "appointment", booked.id.raw) == kept.raw)
        #expect(try await owner(fixture, "visit", visit.id.raw) == kept.raw)
        #expect(alerts.sorted() == ["asthma", "hypertension"])
        #expect(units.contains { $0.hasPrefix("patient \(kept.raw) ") && $0.hasSuffix(" \(booked.id.raw)") })

        let undo = fixture.work(60)
        try await fixture.write { tx in try Merging.undo(done.id, by: undo, in: tx) }
        let restored = (try await patient(fixture, kept), try await patient(fixture, merged))
        let units2 = try await fixture.book.units()
        let own = try await fixture.book.db.read { tx in
            (try PatientAlerts.list(kept, in: tx).map(\.code), try PatientAlerts.list(merged, in: tx).map(\.code))
        }

        #expect(restored.0.address == nil)
        #expect(restored.0.phone == before.0.phone)
        #expect(restored.1.mergedIntoID == nil)
        #expect(try await owner(fixture, "appointment", booked.id.raw) == merged.raw)
        #expect(try await owner(fixture, "visit", visit.id.raw) == merged.raw)
        #expect(units2.contains { $0.hasPrefix("patient \(merged.raw) ") })
        #expect(own.0 == ["asthma"])
        #expect(own.1.sorted() == ["asthma", "hypertension"])
        await #expect(throws: MergeError.undone) {
            try await fixture.write { tx in try Merging.undo(done.id, by: undo, in: tx) }
        }
    }

    @Test("两份档案都在就诊、时间重叠都不能合并；过期不能撤回 R1.14", arguments: Backend.allCases)
    func obstacles(backend: Backend) async throws {
        let fixture = try await ReceptionFixture(backend)
        let (a, b, c) = (fixture.book.patients[0], fixture.book.patients[1], fixture.book.patients[2])
        _ = try await fixture.book.place(fixture.book.command("10:00", patient: a))
        _ = try await fixture.book.place(
            fixture.book.command("10:30", doctor: fixture.book.doctors[1].id, patient: b))
        await #expect(throws: MergeError.bookedTwice(day: BookFixture.tomorrow.monthDayText)) {
            try await merge(fixture, b, into: a)
        }
        _ = try await fixture.checkIn(a)
        _ = try await fixture.checkIn(c)
        await #expect(throws: MergeError.bothHere) { try await merge(fixture, c, into: a) }
        await #expect(throws: MergeError.sameFile) { try await merge(fixture, a, into: a) }

        let done = try await merge(fixture, c, into: b)
        let (inTime, late) = (fixture.work(72 * 60), fixture.work(72 * 60 + 1))
        #expect(done.canBeUndone(at: inTime.now))
        await #expect(throws: MergeError.undoTooLate) {
            try await fixture.write { tx in try Merging.undo(done.id, by: late, in: tx) }
        }
        await #expect(throws: MergedFile.self) { _ = try await fixture.checkIn(c) }
    }

    @Test("一家门诊正在合并，另一家同时给被并入的档案登记到诊：登记看到合并 R1.14 R4.01")
    func raceWithCheckIn() async throws {
        let fixture = try await ReceptionFixture(.postgres)
        let (kept, merged) = (fixture.book.patients[0], fixture.book.patients[1])
        let work = fixture.work()
        let elsewhere = try await fixture.book.db.write(in: .organisation) { tx in
            let system = Work(
                actor: .system, clinic: work.clinic, now: work.now, playbook: work.playbook, ids: work.ids)
            let site = try Places.addClinic(
                ClinicForm(code: "B", name: "示例口腔东门诊", phone: "021-6888 4321", address: "东路 2 号"), by: system,
                in: tx)
            return Work(actor: work.actor, clinic: site, now: work.now, playbook: work.playbook, ids: work.ids)
        }
        let (hasRead, hasMerged) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
        let attempts = Guarded(0)
        let arrival = Arrivals.Arrival(
            patientID: merged, appointmentID: nil, doctorID: nil, complaint: "牙疼", emergency: nil,
            toldWaitMinutes: nil)
        let late = Task { [db = fixture.book.db] in
            try await db.write(in: elsewhere.lane) { tx in
                let attempt = attempts.withLock { attempts in
                    attempts += 1
                    return attempts
                }
                if attempt == 1 {
                    // Fixes what this transaction sees before the merge commits.
                    _ = try tx.int64("SELECT COUNT(*) AS n FROM patient")
                    hasRead.signal()
                    _ = hasMerged.wait(timeout: .now() + 10)
                }
                return try Arrivals.checkIn(arrival, by: elsewhere, in: tx)
            }
        }
        _ = try await fixture.write { tx in
            _ = hasRead.wait(timeout: .now() + 10)
            return try Merging.merge(merged, into: kept, versions: (1, 1), taking: [], by: work, in: tx)
        }
        hasMerged.signal()

        await #expect(throws: MergedFile.self) { try await late.value }
        #expect(attempts.withLock { $0 } == 2)
        let orphans = try await fixture.book.db.read { tx in
            try tx.int64("SELECT COUNT(*) AS n FROM visit WHERE patient_id = \(merged)")
        }
        #expect(orphans == 0)
    }
}
