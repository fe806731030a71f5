import ArgumentParser
import Clinic
import Configuration
import Foundation
import Kernel

/// Options of every command.
struct CommonOptions: ParsableArguments {
    @Option(help: "数据文件夹（默认 ./data）。") var data: String?
    @Option(help: "数据库：sqlite:文件 或 postgres://…（默认数据文件夹里的 menya.sqlite）。") var database: String?
    @Option(help: "密钥文件（默认 ~/.config/menya/key）。") var keyFile: String?
    @Option(help: "服务标准 Playbook 文件夹。") var playbook: String?
    @Option(help: "JSON 配置文件。") var config: String?

    /// What flags, environment and file say together.
    /// - Parameter flags: further options of the command, by configuration key.
    func settings(_ flags: [String: String?] = [:]) async throws -> Settings {
        let own = ["data": data, "database": database, "keyFile": keyFile, "playbook": playbook]
        return try await Settings(flags: own.merging(flags) { $1 }.compactMapValues { $0 }, file: config)
    }
}

/// The resolved configuration: flags before `MENYA_…` variables before the file before the defaults.
struct Settings: Sendable {
    let data: String
    let location: DatabaseLocation
    let keyFile: KeyFile
    let playbookFolder: URL
    let backupFolder: String
    let secondBackupFolder: String?
    private let reader: ConfigReader

    init(flags: [String: String], file: String?) async throws {
        let environment = ProcessInfo.processInfo.environment
        let values = flags.map { (AbsoluteConfigKey([$0.key]), ConfigValue(.string($0.value), isSecret: false)) }
        var providers: [any ConfigProvider] = [
            InMemoryProvider(name: "arguments", values: Dictionary(values, uniquingKeysWith: { _, last in last })),
            EnvironmentVariablesProvider().prefixKeys(with: "menya"),
        ]
        if let file = file ?? environment["MENYA_CONFIG"] { providers.append(try await Self.provider(of: file)) }
        let reader = ConfigReader(providers: providers)
        self.reader = reader
        let data = reader.string(forKey: "data") ?? "data"
        self.data = data
        location = try DatabaseLocation(reader.string(forKey: "database") ?? "sqlite:\(data)/menya.sqlite")
        keyFile = reader.string(forKey: "keyFile").map(KeyFile.init) ?? .standard(environment: environment)
        playbookFolder = try PlaybookFolder.find(reader.string(forKey: "playbook"))
        backupFolder = reader.string(forKey: "backups") ?? "\(data)/backups"
        secondBackupFolder = reader.string(forKey: "secondBackups")
    }

    func text(_ key: String) -> String? { reader.string(forKey: ConfigKey(key)) }

    /// - Throws: `CommandFailure` when the value is not a number.
    func number(_ key: String) throws -> Int? {
        guard let text = text(key) else { return nil }
        guard let number = Int(text) else { throw CommandFailure("\(key) 应当是整数，现在是「\(text)」") }
        return number
    }

    func isOn(_ key: String) -> Bool { ["1", "true", "yes", "on"].contains(text(key)?.lowercased() ?? "") }

    private static func provider(of file: String) async throws -> any ConfigProvider {
        let path = InMemoryProvider(values: ["filePath": ConfigValue(.string(file), isSecret: false)])
        do {
            return try await FileProvider<JSONSnapshot>(config: ConfigReader(provider: path))
        } catch {
            throw CommandFailure("配置文件 \(file) 读不出来：\(error)")
        }
    }
}

/// Which engine, and where.
enum DatabaseLocation: Hashable, Sendable {
    case sqlite(path: String)
    case postgres(url: String)

    init(_ text: String) throws {
        if text.hasPrefix("sqlite:") {
            let path = String(text.dropFirst("sqlite:".count))
            guard !path.isEmpty else { throw CommandFailure("--database sqlite: 后面要写文件名") }
            self = .sqlite(path: path)
        } else if text.hasPrefix("postgres://") || text.hasPrefix("postgresql://") {
            self = .postgres(url: text)
        } else {
            throw CommandFailure("--database 应以 sqlite: 或 postgres:// 开头，现在是「\(text)」")
        }
    }

    /// As manifests of backups name it.
    var engine: String {
        switch self {
        case .sqlite: "sqlite"
        case .postgres: "postgres"
        }
    }
}

/// Finds the shipped service standard.
enum PlaybookFolder {
    /// - Parameter named: what the configuration names; else beside the program (or above its build folder), then here.
    static func find(_ named: String?) throws -> URL {
        let program = URL(fileURLWithPath: CommandLine.arguments[0]).resolvingSymlinksInPath()
        var places = [URL(fileURLWithPath: "Playbook")]
        var folder = (Bundle.main.executableURL ?? program).resolvingSymlinksInPath().deletingLastPathComponent()
        for _ in 0..<5 {
            places.append(folder.appendingPathComponent("Playbook"))
            places.append(folder.appendingPathComponent("share/menya/Playbook"))
            folder = folder.deletingLastPathComponent()
        }
        if let named { places = [URL(fileURLWithPath: named)] }
        let found = places.first {
            FileManager.default.fileExists(atPath: $0.appendingPathComponent("settings.yaml").path)
        }
        guard let found else { throw CommandFailure("找不到服务标准文件夹 Playbook；请用 --playbook 指明位置") }
        return found
    }
}
