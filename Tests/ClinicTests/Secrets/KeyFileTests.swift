import Foundation
import Testing

@testable import Clinic

struct KeyFileTests {
    private let folder = FileManager.default.temporaryDirectory.appendingPathComponent("menya-\(UUID().uuidString)")
        .path
    private var file: KeyFile { KeyFile(path: "\(folder)/deep/key") }

    @Test("密钥文件只有本人能读，再读是同一套 R16.08") func createdOnceAndPrivate() throws {
        defer { try? FileManager.default.removeItem(atPath: folder) }

        let made = try file.readOrCreate()
        let again = try file.readOrCreate()

        #expect(made.isNew && !again.isNew)
        #expect(again.ring == made.ring)
        let mode = try FileManager.default.attributesOfItem(atPath: file.path)[.posixPermissions] as? NSNumber
        #expect(mode?.intValue == 0o600)
        #expect(try FileManager.default.contentsOfDirectory(atPath: "\(folder)/deep") == ["key"])
    }

    @Test("换下的密钥留在文件里 R16.08") func rotatedFileKeepsOldKeys() throws {
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let ring = try file.readOrCreate().ring

        try file.write(ring.rotated())

        let read = try file.read()
        #expect(read.keys.map(\.id) == ["k1", "k2"])
        #expect(read.active.id == "k2")
        #expect(read.fingerprint == ring.fingerprint)
    }

    @Test("别人能读的密钥文件不用 R16.08") func refusesOpenFile() throws {
        defer { try? FileManager.default.removeItem(atPath: folder) }
        _ = try file.readOrCreate()
        chmod(file.path, 0o644)

        #expect(throws: SecretsError.tooOpen(path: file.path, mode: "644")) { try file.read() }
    }

    @Test("没有或损坏的密钥文件不会被悄悄换成新的") func missingAndDamaged() throws {
        defer { try? FileManager.default.removeItem(atPath: folder) }
        #expect(throws: SecretsError.noKeyFile(path: file.path)) { try file.read() }

        _ = try file.readOrCreate()
        try Data("{}".utf8).write(to: URL(fileURLWithPath: file.path))
        chmod(file.path, 0o600)

        #expect(throws: SecretsError.unreadable(path: file.path, reason: "内容不完整")) { try file.readOrCreate() }
    }

    @Test("密钥文件不能放在数据文件夹里") func outsideOfData() throws {
        #expect(throws: SecretsError.self) {
            try KeyFile(path: "/srv/menya/data/key").requireOutside("/srv/menya/data")
        }
        try KeyFile(path: "/srv/menya/database-key").requireOutside("/srv/menya/data")
    }

    @Test("恢复单抄回来就是原来的密钥，抄错会被发现") func recoverySheet() throws {
        let ring = KeyRing.generate().rotated().rotated()
        let sheet = RecoverySheet(ring)

        let typed = sheet.groups.joined(separator: " ").lowercased().replacing("1", with: "l").replacing("0", with: "o")
        #expect(try RecoverySheet.read(typed) == ring)
        #expect(try RecoverySheet.read(sheet.text) == ring)
        #expect(try RecoverySheet.read(RecoverySheet(.generate().rotated()).text).active.id == "k2")
        #expect(sheet.isProof(sheet.proof.lowercased().replacing("-", with: " ")))

        var wrong = sheet.groups
        wrong[3] = wrong[3] == "0000" ? "0001" : "0000"
        #expect(throws: SecretsError.badSheet(reason: "校验码对不上")) {
            try RecoverySheet.read(wrong.joined(separator: "-"))
        }
        #expect(throws: SecretsError.badSheet(reason: "有不认识的字符")) { try RecoverySheet.read("UUUU") }
    }
}
