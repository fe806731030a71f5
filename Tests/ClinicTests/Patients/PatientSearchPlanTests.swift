import Kernel
import Storage
import TestSupport
import Testing

@testable import Clinic

struct PatientSearchPlanTests {
    @Test("检索走索引前缀，不扫全表 R1.13", arguments: Backend.allCases)
    func usesTheIndex(backend: Backend) async throws {
        let clinic = try await PatientFixture(backend)
        let todays = [ID<Patient>(raw: 7), ID(raw: 8)]

        let scan = try await plan(PatientSearch.statement("xie"), in: clinic)
        let among = try await plan(PatientSearch.statement("xie", among: todays), in: clinic)

        switch backend {
        case .sqlite:
            #expect(scan.contains("SEARCH patient_term USING PRIMARY KEY (term>? AND term<?)"))
            #expect(!scan.contains("TEMP B-TREE"))
            #expect(among.contains("SEARCH patient_term USING"))
            #expect(!among.contains("SCAN patient_term"))
        case .postgres:
            #expect(scan.contains("Index Only Scan using patient_term_pkey"))
            #expect(scan.contains("Index Cond: ((term >="))
            #expect(!scan.contains("Sort"))
            #expect(!among.contains("Seq Scan"))
        }
    }

    private func plan(_ statement: SQL, in clinic: PatientFixture) async throws -> String {
        let backend = clinic.db.backend
        return try await clinic.write { tx in
            guard backend == .postgres else {
                return try tx.rows("EXPLAIN QUERY PLAN \(statement)").map { try $0.text("detail") }.joined(
                    separator: "\n")
            }
            // The table is nearly empty: a sequential scan would be right if it were allowed.
            try tx.run("SET LOCAL enable_seqscan = off")
            try tx.run("SET LOCAL enable_bitmapscan = off")
            return try tx.rows("EXPLAIN \(statement)").map { try $0.text("QUERY PLAN") }.joined(separator: "\n")
        }
    }
}
