import Clinic
import ClinicWeb
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Kernel
import NIOCore
import Storage
import TestSupport

/// A server over a real database on Thursday 2026-03-12 at 09:20, with 谢春梅 in the chair of 林岚, and one person of each
/// role that has to do with money.
struct BillingPagesFixture {
    static let now = ServedClinic.now
    static let day = Day(number: 20_524)

    let app: AppServices
    let clinic: ClinicSite
    let playbook: Playbook
    let visit: ID<Visit>
    let patient: ID<Patient>

    init() async throws {
        let served = try await ServedClinic(isDoctor: true)
        let (clinic, ids, staff) = (served.clinic, served.ids, served.administrator.id)
        let (patient, visit) = (ids.next(Patient.self, at: Self.now), ids.next(Visit.self, at: Self.now))
        try await served.db.write(in: clinic.lane) { tx in
            try Self.furnish(clinic, staff, patient, visit, ids, in: tx)
        }
        (self.clinic, playbook, self.visit, self.patient) = (clinic, served.playbook, visit, patient)
        app = try served.app(
            ["doctor", "nurse", "cashier", "guide", "supervisor"].map { served.person(ofRole: $0) })
    }

    /// Items T1 补牙 (by the tooth, 480.00) and T2 检查费 (20.00, needs dispensing).
    private static func furnish(
        _ clinic: ClinicSite, _ staff: ID<Staff>, _ patient: ID<Patient>, _ visit: ID<Visit>, _ ids: IDSource,
        in tx: any WriteTransaction
    ) throws {
        for (code, name, perTooth, dispensing, fen) in [
            ("T1", "补牙", true, false, 48_000), ("T2", "检查费", false, true, 2_000),
        ] {
            let item = ids.next(Item.self, at: now)
            try tx.run(
                """
                INSERT INTO item (id, code, name, category, units, size, urgency, is_pneumatic, is_operation,
                    has_reaction, calls_same_day, is_per_tooth, is_xray, is_impression, needs_dispensing, is_retail,
                    warranty_months, sort_rank)
                VALUES (\(item), \(code), \(name), 'treatment', 1, 'small', 'normal', 0, 0, 0, 0, \(perTooth), 0, 0,
                    \(dispensing), 0, 0, 1)
                """)
            try tx.run(
                """
                INSERT INTO item_price (id, item_id, clinic_id, valid_from, price_fen, set_by, set_at)
                VALUES (\(ids.next(Item.self, at: now)), \(item), 0, '2025-01-01', \(fen), 1, \(now))
                """)
        }
        try tx.run(
            """
            INSERT INTO patient (id, home_clinic_id, record_no, name, pinyin, gender, born_on, phone, complaint,
                registered_at, registered_by, version)
            VALUES (\(patient), \(clinic.id), 'A000001', '谢春梅', 'xie chun mei', 'female', '1968-07-02', '13600137715',
                '检查', \(now), 1, 1)
            """)
        try tx.run(
            """
            INSERT INTO visit (id, clinic_id, business_day, patient_id, doctor_id, visit_type, proposed_type, type_reason,
                complaint, arrived_at, seated_at, version)
            VALUES (\(visit), \(clinic.id), \(day), \(patient), \(staff), 'return', 'return', 'x', '右上后牙疼',
                \(now.adding(minutes: -30)), \(now.adding(minutes: -20)), 1)
            """)
    }

    func use(_ body: @escaping @Sendable (PatientPagesFixture.Browser) async throws -> Void) async throws {
        try await Application(router: WebServer(app).router()).test(.router) { client in
            try await body(PatientPagesFixture.Browser(client: client))
        }
    }

    /// Entered, confirmed and released: 补牙 16、17 and 检查费, 980.00 in all.
    func released() async throws -> ChargeSheet {
        let (visit, db, clinic) = (visit, app.db, clinic)
        let work = Work(
            actor: .system, clinic: clinic, now: Self.now.adding(minutes: -3), playbook: playbook, ids: app.ids)
        return try await db.write(in: clinic.lane) { tx in
            let items = try ItemStore.listActive(in: tx)
            let entries = ["T1", "T2"].compactMap { code in
                items.first { $0.code == code }.map {
                    LineEntry(itemID: $0.id, teeth: $0.isPerTooth ? [Tooth(16), Tooth(17)].compactMap(\.self) : [])
                }
            }
            return try ChargeSheets.proceed(
                to: .release, entries, advice: .visit(units: 2, afterDays: 28, note: nil), visit: visit, version: nil,
                by: work, in: tx
            ).sheet
        }
    }

    func int(_ sql: SQL) async throws -> Int64 { try await app.db.read { tx in try tx.int64(sql) ?? -1 } }
}
