import ArgumentParser
import Clinic
import Crypto
import Foundation
import Kernel
import Storage

struct UserCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "user", abstract: "员工账号：新建、改密码、停用、列出。",
        subcommands: [Create.self, Password.self, Disable.self, List.self])

    struct Create: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "create", abstract: "新建账号；密码在终端里输入，或从标准输入给一行。第一次登录要换。")
        @OptionGroup var common: CommonOptions
        @Argument(help: "登录名。") var login: String
        @Option(help: "姓名。") var name: String
        @Option(help: "工号；不写时与登录名相同。") var employeeNumber: String?
        @Option(help: "岗位代码，可以多个；见 Playbook/roles.yaml。") var role: [String] = []
        @Flag(help: "是医生，在预约表上有一列。") var doctor = false

        func run() async throws {
            try await Self.working(common) { place in
                let hash = try await Self.hash(login)
                let work = place.work
                let form = AccountForm(
                    employeeNumber: employeeNumber ?? login, name: name, loginName: login, isDoctor: doctor)
                let grants = role.map { RoleGrant(clinicID: nil, role: $0) }
                let staff = try await place.db.write(in: .organisation) { tx in
                    try Accounts.create(form, grants: grants, passwordHash: hash, by: work, in: tx)
                }
                Console.say("已新建账号 \(staff.loginName)（工号 \(staff.employeeNumber)），第一次登录要换密码。")
            }
        }
    }

    struct Password: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "password", abstract: "给一个新的初始密码，解除锁定，退出所有登录。")
        @OptionGroup var common: CommonOptions
        @Argument(help: "登录名。") var login: String

        func run() async throws {
            try await Self.working(common) { place in
                let id = try await place.account(login).staff.id
                let hash = try await Self.hash(login)
                let work = place.work
                try await place.db.write(in: .organisation) { tx in
                    try Accounts.resetPassword(id, hash: hash, by: work, in: tx)
                }
                Console.say("\(login) 的密码已改，下次登录要换。")
            }
        }
    }

    struct Disable: AsyncParsableCommand {
        static let configuration = CommandConfiguration(commandName: "disable", abstract: "停用账号，立即退出所有登录。")
        @OptionGroup var common: CommonOptions
        @Argument(help: "登录名。") var login: String

        func run() async throws {
            try await Self.working(common) { place in
                let id = try await place.account(login).staff.id
                let work = place.work
                try await place.db.write(in: .organisation) { tx in try Accounts.disable(id, by: work, in: tx) }
                Console.say("\(login) 已停用。")
            }
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(commandName: "list", abstract: "列出所有账号。")
        @OptionGroup var common: CommonOptions

        func run() async throws {
            try await Self.working(common) { place in
                let accounts = try await place.db.read { try AccountStore.list(in: $0) }
                let rows = accounts.map { account in
                    [
                        account.staff.loginName, account.staff.employeeNumber, account.staff.name,
                        Set(account.grants.map(\.role)).sorted().joined(separator: " "),
                        account.isDisabled ? "已停用" : account.isLocked(at: place.work.now) ? "已锁定" : "在用",
                    ]
                }
                Console.say(Console.table([["登录名", "工号", "姓名", "岗位", "状态"]] + rows))
            }
        }
    }
}

/// Where the console's acts happen: the program acts in its own name.
struct ConsolePlace: Sendable {
    let db: any Database
    let work: Work

    func account(_ login: String) async throws -> Account {
        let found = try await db.read { tx in
            try AccountStore.list(in: tx).first { $0.staff.loginName == login.lowercased() }
        }
        guard let found else { throw CommandFailure("没有登录名是 \(login) 的账号；用 menya user list 查看") }
        return found
    }
}

extension AsyncParsableCommand {
    static func working(_ common: CommonOptions, _ body: (ConsolePlace) async throws -> Void) async throws {
        try await CommandFailure.explained {
            let settings = try await common.settings()
            let opened = try await OpenedDatabase.openCurrent(settings.location)
            let shipped = try Playbook.load(from: settings.playbookFolder)
            let work = try await opened.db.read { tx -> Work? in
                guard let clinic = try PlaceStore.clinics(in: tx).first else { return nil }
                let playbook = try PlaybookStore.resolved(shipped, clinic: clinic.id, in: tx)
                return Work(actor: .system, clinic: clinic, now: Now.timestamp, playbook: playbook, ids: IDSource())
            }
            guard let work else { throw CommandFailure("这套系统还没有设置；请先运行 menya serve，在浏览器里完成设置") }
            try await body(ConsolePlace(db: opened.db, work: work))
            await opened.db.close()
        }
    }

    /// Asks for a password and hashes it.
    static func hash(_ login: String) async throws -> String {
        let password = try Console.readSecret("\(login) 的新密码")
        try SecretRules.checkPassword(password, loginName: login, name: "")
        let salt = SymmetricKey(size: .bits128).withUnsafeBytes { Array($0) }
        return try await HashingQueue.make(password, salt: salt, cost: .password)
    }
}
