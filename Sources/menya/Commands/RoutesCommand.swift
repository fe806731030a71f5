import ArgumentParser
import ClinicWeb

struct RoutesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "routes", abstract: "列出所有地址和谁可以打开。")
    func run() { for line in Features.routes.listing { Console.say(line) } }
}
