import Clinic
import Kernel
import Storage
import TestSupport
import Testing

struct KeyRotationTests {
    @Test("换密钥后每个加密值都用新密钥，内容和查找摘要不变，记入操作记录 R16.08", arguments: Backend.allCases)
    func renewsEverything(backend: Backend) async throws {
        let ring = KeyRing.generate()
        let clinic = try await ProvenClinic(backend, cipher: FieldCipher(ring: ring))
        let rotated = FieldCipher(ring: ring.rotated())
        #expect(try await clinic.database.read { try KeyRotation.isUnfinished(rotated, in: $0) })

        let renewed = try await KeyRotation.run(clinic.database, cipher: rotated, now: ProvenClinic.now)
        let again = try await KeyRotation.run(clinic.database, cipher: rotated, now: ProvenClinic.now)

        #expect(renewed == 1)
        #expect(again == 0)
        let (stored, events) = try await clinic.database.read { tx in
            (
                try tx.first("SELECT document_cipher FROM patient WHERE id = 1")?.text("document_cipher") ?? "",
                try tx.int64("SELECT COUNT(*) AS n FROM event WHERE kind = 'key.rotated'")
            )
        }
        #expect(stored.hasPrefix("k2:"))
        #expect(
            try rotated.open(stored, table: "patient", column: "document_cipher", row: 1) == "11010519491231002X")
        #expect(events == 2)
        #expect(try await !clinic.database.read { try KeyRotation.isUnfinished(rotated, in: $0) })
    }
}
