import ArgumentParser
import Clinic
import Kernel
import Storage
import StorageSQLite

struct KeyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "key", abstract: "密钥：打印恢复单，更换，用恢复单还原。",
        subcommands: [Export.self, Rotate.self, Import.self])

    struct Export: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "export", abstract: "打印恢复单。抄在纸上放进保险柜，不要和数据放在一起。")
        @OptionGroup var common: CommonOptions

        func run() async throws {
            try await CommandFailure.explained {
                let settings = try await common.settings()
                let ring = try settings.keyFile.read()
                Console.say("门牙 密钥恢复单")
                Console.say(
                    "指纹 \(ring.fingerprint) · 密钥 \(ring.keys.map(\.id).joined(separator: " ")) · 在用 \(ring.active.id)")
                Console.say("")
                Console.say(RecoverySheet(ring).text)
                Console.say("")
                Console.say("设置页要填的最后两组：\(RecoverySheet(ring).proof)")
            }
        }
    }

    struct Import: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "import", abstract: "从标准输入读恢复单，重建密钥文件；已有密钥文件时不动它。")
        @OptionGroup var common: CommonOptions

        func run() async throws {
            try await CommandFailure.explained {
                let settings = try await common.settings()
                guard !settings.keyFile.exists else {
                    throw CommandFailure("密钥文件 \(settings.keyFile.path) 已经存在；请先把它移走")
                }
                var typed = ""
                while let line = readLine(strippingNewline: false) { typed += line }
                let ring = try RecoverySheet.read(typed)
                try settings.keyFile.write(ring)
                Console.say("密钥文件已写到 \(settings.keyFile.path)，指纹 \(ring.fingerprint)。")
            }
        }
    }

    struct Rotate: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "rotate", abstract: "换一把新密钥，把所有加密内容重新加密。先停止服务。")
        @OptionGroup var common: CommonOptions
        @Flag(help: "PostgreSQL：确认所有 menya serve 都已停止。") var allStopped = false

        func run() async throws {
            try await CommandFailure.explained {
                let settings = try await common.settings()
                if case .postgres = settings.location, !allStopped {
                    throw CommandFailure("请先停止所有 menya serve，再加 --all-stopped 运行：运行中的服务不认识新密钥")
                }
                let lock = try OpenedDatabase.lock(settings.location)
                defer { lock?.release() }
                let opened = try await OpenedDatabase.openCurrent(settings.location)
                let ring = try await rotated(opened.db, settings)
                let renewed = try await KeyRotation.run(
                    opened.db, cipher: FieldCipher(ring: ring), now: Now.timestamp
                ) { Console.progress("已查 \($0) 项 …") }
                Console.endProgress()
                Console.say("在用密钥是 \(ring.active.id)，重新加密 \(renewed) 项。请重新打印恢复单：menya key export")
                await opened.db.close()
            }
        }

        /// The ring whose active key closes everything. When an earlier run was stopped half-way it goes on with that one.
        private func rotated(_ db: any Database, _ settings: Settings) async throws -> KeyRing {
            let ring = try settings.keyFile.read()
            let cipher = FieldCipher(ring: ring)
            let expected = try await db.read { try Organisation.find(in: $0)?.keyFingerprint }
            if let expected, expected != ring.fingerprint {
                throw SecretsError.otherKey(expected: expected, found: ring.fingerprint)
            }
            if try await db.read({ try KeyRotation.isUnfinished(cipher, in: $0) }) {
                Console.say("接着上次没有做完的更换。")
                return ring
            }
            let next = ring.rotated()
            try settings.keyFile.write(next)
            return next
        }
    }
}
