import ArgumentParser

/// The program: serves the clinic, and keeps its data safe from the console.
@main struct Menya: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "menya", abstract: "门牙：口腔门诊前台系统。",
        discussion: "每个选项也可以写成环境变量（MENYA_DATA、MENYA_DATABASE、MENYA_PORT …）或写在 --config 的 JSON 文件里；命令行优先。",
        subcommands: [
            ServeCommand.self, MigrateCommand.self, DemoCommand.self, UserCommand.self, KeyCommand.self,
            VerifyCommand.self, BackupCommand.self, RestoreCommand.self, RoutesCommand.self,
        ])
}
