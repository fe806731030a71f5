import Foundation
import Testing

@testable import Clinic

struct FieldCipherTests {
    private let ring = KeyRing.generate()
    private var cipher: FieldCipher { FieldCipher(ring: ring) }

    @Test("身份证号加密后能还原，两次加密的密文不同 R16.08") func roundTrip() throws {
        let clear = "11010519491231002X 王"

        let first = try cipher.seal(clear, table: "patient", column: "document_cipher", row: 7)
        let second = try cipher.seal(clear, table: "patient", column: "document_cipher", row: 7)

        #expect(first != second)
        #expect(first.split(separator: ":").count == 3)
        #expect(first.hasPrefix("k1:"))
        #expect(!first.contains("11010519491231002X"))
        #expect(try cipher.open(first, table: "patient", column: "document_cipher", row: 7) == clear)
        #expect(try cipher.open(second, table: "patient", column: "document_cipher", row: 7) == clear)
    }

    @Test(
        "密文只在自己的表、列、行里打得开 R16.08",
        arguments: [
            ("staff", "document_cipher", Int64(7)), ("patient", "remark", 7), ("patient", "document_cipher", 8),
        ])
    func boundToItsPlace(table: String, column: String, row: Int64) throws {
        let sealed = try cipher.seal("密", table: "patient", column: "document_cipher", row: 7)

        #expect(throws: SecretsError.doesNotOpen(place: "\(table).\(column)")) {
            try cipher.open(sealed, table: table, column: column, row: row)
        }
    }

    @Test("密文被改一个字符就打不开 R16.08") func tampered() throws {
        let sealed = try cipher.seal("密", table: "t", column: "c", row: 1)
        var characters = Array(sealed)
        let index = characters.count - 3
        characters[index] = characters[index] == "A" ? "B" : "A"

        #expect(throws: SecretsError.doesNotOpen(place: "t.c")) {
            try cipher.open(String(characters), table: "t", column: "c", row: 1)
        }
    }

    @Test("格式不对和缺少密钥各有各的说法 R16.08") func refusals() throws {
        let other = FieldCipher(ring: ring.rotated())
        let sealed = try other.seal("密", table: "t", column: "c", row: 1)

        #expect(throws: SecretsError.unknownKey(id: "k2")) { try cipher.open(sealed, table: "t", column: "c", row: 1) }
        #expect(throws: SecretsError.malformed) { try cipher.open("k1:abc", table: "t", column: "c", row: 1) }
        #expect(throws: SecretsError.malformed) { try cipher.open("k1:AAAA:AAAA", table: "t", column: "c", row: 1) }
    }

    @Test("换密钥后旧值仍打得开，查找用的摘要和指纹不变 R16.08") func rotationKeepsLookups() throws {
        let sealed = try cipher.seal("密", table: "t", column: "c", row: 1)
        let rotated = FieldCipher(ring: ring.rotated())

        let renewed = try rotated.seal("密", table: "t", column: "c", row: 1)

        #expect(try rotated.open(sealed, table: "t", column: "c", row: 1) == "密")
        #expect(renewed.hasPrefix("k2:"))
        #expect(rotated.isCurrent(renewed) && !rotated.isCurrent(sealed))
        #expect(rotated.lookupHash("110") == cipher.lookupHash("110"))
        #expect(rotated.fingerprint == cipher.fingerprint)
        #expect(cipher.lookupHash("110") != cipher.lookupHash("111"))
        #expect(cipher.lookupHash("110") != FieldCipher(ring: .generate()).lookupHash("110"))
    }
}
