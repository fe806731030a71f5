import Clinic
import Foundation
import TestSupport
import Testing

/// One planted fault in a copy of the shipped playbook.
struct PlantedFault: CustomTestStringConvertible, Sendable {
    let name: String
    let file: String
    let find: String
    let replacement: String
    /// Lines below the first line of `find` at which the fault is reported.
    var linesBelow = 0
    let reason: String
    var testDescription: String { name }
}

struct PlaybookFaultTests {
    @Test("每种错误都说出文件、行号和原因", arguments: faults)
    func faultNamesFileLineAndReason(fault: PlantedFault) throws {
        let folder = try copy()
        defer { try? FileManager.default.removeItem(at: folder) }
        let path = folder.appending(path: fault.file)
        let text = try String(contentsOf: path, encoding: .utf8)
        let place = try #require(text.range(of: fault.find))
        let line = text[..<place.lowerBound].filter { $0 == "\n" }.count + 1
        try Data(text.replacingCharacters(in: place, with: fault.replacement).utf8).write(to: path)

        let error = try #require(throws: PlaybookError.self) { try Playbook.load(from: folder) }

        let expected = "\(fault.file):\(line + fault.linesBelow): \(fault.reason)"
        #expect(error.problems.map(\.description).contains(expected), "\(error)")
    }

    @Test func brokenYAMLNamesTheLine() throws {
        let folder = try copy()
        defer { try? FileManager.default.removeItem(at: folder) }
        let path = folder.appending(path: "roles.yaml")
        try Data("- code: guide\n  name: 导诊\n capabilities: []\n".utf8).write(to: path)

        let error = try #require(throws: PlaybookError.self) { try Playbook.load(from: folder) }

        let problem = try #require(error.problems.first)
        #expect(problem.file == "roles.yaml")
        #expect(problem.line == 3)
        #expect(problem.reason.hasPrefix("不是正确的 YAML"))
    }

    @Test func missingEntriesBelongToTheFile() throws {
        let folder = try copy()
        defer { try? FileManager.default.removeItem(at: folder) }
        try removeLine("key: wait.actual_min", in: folder.appending(path: "settings.yaml"))
        try removeLine("rule: R3.32", in: folder.appending(path: "levels.yaml"))
        try FileManager.default.removeItem(at: folder.appending(path: "items.yaml"))

        let error = try #require(throws: PlaybookError.self) { try Playbook.load(from: folder) }

        #expect(
            error.problems.map(\.description) == [
                "settings.yaml: 缺少设置“wait.actual_min”", "levels.yaml: 缺少规则“R3.32”的级别",
                "items.yaml: 文件不存在或无法读取",
            ])
    }

    @Test func allFaultsAreReportedAtOnce() throws {
        let folder = try copy()
        defer { try? FileManager.default.removeItem(at: folder) }
        try replace("category: scaling", "category: cleaning", in: folder.appending(path: "items.yaml"))
        try replace("value: 20,", "value: soon,", in: folder.appending(path: "settings.yaml"))

        let error = try #require(throws: PlaybookError.self) { try Playbook.load(from: folder) }

        #expect(Set(error.problems.map(\.file)) == ["items.yaml", "settings.yaml"])
    }

    static let faults: [PlantedFault] = [
        PlantedFault(
            name: "unknown field", file: "settings.yaml", find: "{key: wait.actual_min,",
            replacement: "{key: wait.actual_min, colour: red,", reason: "没有“colour”这个栏目"),
        PlantedFault(
            name: "field twice", file: "roles.yaml", find: "- code: lobby", replacement: "- code: lobby\n  code: hall",
            reason: "栏目写了两次：code"),
        PlantedFault(
            name: "missing field", file: "items.yaml", find: "{code: EX02, name: 普通门诊挂号,",
            replacement: "{code: EX02,", reason: "缺少栏目“name”"),
        PlantedFault(
            name: "unknown setting", file: "settings.yaml", find: "key: wait.actual_min",
            replacement: "key: wait.actual_mins", reason: "程序里没有“wait.actual_mins”这个设置"),
        PlantedFault(
            name: "setting twice", file: "settings.yaml", find: "key: wait.explain_grace_min",
            replacement: "key: wait.actual_min", reason: "“wait.actual_min”出现了两次"),
        PlantedFault(
            name: "value of another type", file: "settings.yaml",
            find: "实际等候超过此时间须当面说明, value: 20", replacement: "实际等候超过此时间须当面说明, value: soon",
            reason: "“value”的类型与“wait.actual_min”不符"),
        PlantedFault(
            name: "value out of range", file: "settings.yaml",
            find: "实际等候超过此时间须当面说明, value: 20", replacement: "实际等候超过此时间须当面说明, value: 500",
            reason: "“wait.actual_min”的默认值应在 5 到 120 之间"),
        PlantedFault(
            name: "clock", file: "settings.yaml", find: "\"16:30\"", replacement: "\"26:30\"",
            reason: "“value”的类型与“bank.deposit”不符"),
        PlantedFault(
            name: "unknown choice", file: "settings.yaml", find: "value: timed", replacement: "value: quick",
            reason: "“phone.silent_procedure”的默认值只能从列出的选项里选"),
        PlantedFault(
            name: "unknown role", file: "settings.yaml", find: "changedBy: [marketing, head]",
            replacement: "changedBy: [markting, head]", reason: "没有“markting”这个岗位"),
        PlantedFault(
            name: "source", file: "settings.yaml", find: "source: R4.04", replacement: "source: R404",
            reason: "“source”应当是 R 编号"),
        PlantedFault(
            name: "unknown capability of a role", file: "roles.yaml", find: "confirmDayPlan, moveAppointments",
            replacement: "confirmDay, moveAppointments", reason: "“capabilities”里没有“confirmDay”这个代码"),
        PlantedFault(
            name: "role twice", file: "roles.yaml", find: "- code: guard", replacement: "- code: cleaner",
            reason: "“cleaner”出现了两次"),
        PlantedFault(
            name: "unknown rule", file: "levels.yaml", find: "rule: R3.32", replacement: "rule: R99.99",
            reason: "“rule”里没有“R99.99”这个代码"),
        PlantedFault(
            name: "unknown level", file: "levels.yaml", find: "{rule: R3.14, level: remind",
            replacement: "{rule: R3.14, level: maybe", reason: "“level”应当是 fixed、require、remind 或 off"),
        PlantedFault(
            name: "require without capability", file: "levels.yaml",
            find: "level: require, capability: bookOutsideRoster", replacement: "level: require",
            reason: "缺少栏目“capability”"),
        PlantedFault(
            name: "unknown capability of a level", file: "levels.yaml", find: "capability: bookOutsideRoster",
            replacement: "capability: bookAnything", reason: "“capability”里没有“bookAnything”这个代码"),
        PlantedFault(
            name: "unknown owner of a level", file: "levels.yaml",
            find: "capability: bookOutsideRoster, changedBy: [head]",
            replacement: "capability: bookOutsideRoster, changedBy: [boss]", reason: "没有“boss”这个岗位"),
        PlantedFault(
            name: "unknown list", file: "codes.yaml", find: "cancellation:  # R3.30, R3.36",
            replacement: "excuses: []\ncancellation:", reason: "没有“excuses”这个栏目"),
        PlantedFault(
            name: "code twice", file: "codes.yaml", find: "{code: ill, label: 客人身体不适, by: customer}",
            replacement: "{code: busy, label: 客人身体不适, by: customer}", reason: "“busy”出现了两次"),
        PlantedFault(
            name: "unknown next step", file: "codes.yaml", find: "next: fixPhone", replacement: "next: shrug",
            reason: "“next”里没有“shrug”这个代码"),
        PlantedFault(
            name: "seventh income category", file: "items.yaml", find: "category: scaling",
            replacement: "category: cleaning", reason: "“category”里没有“cleaning”这个代码"),
        PlantedFault(
            name: "price", file: "items.yaml", find: "price: 36.50", replacement: "price: 36.505",
            reason: "“price”应当是金额（元，最多两位小数）"),
        PlantedFault(
            name: "item group", file: "items.yaml", find: "group: implants", replacement: "group: implant",
            reason: "没有“implant”这个项目分组"),
        PlantedFault(
            name: "item twice", file: "items.yaml", find: "code: EX02", replacement: "code: EX01",
            reason: "“EX01”出现了两次"),
        PlantedFault(
            name: "unknown variable", file: "scripts.yaml", find: "{clinic}，我是{operator}。",
            replacement: "{clinic}，我是{nurse}。", reason: "没有“{nurse}”这个变量"),
        PlantedFault(
            name: "forbidden word", file: "scripts.yaml", find: "这样说您清楚吗？", replacement: "您说得不对。",
            reason: "话术里有避免使用的说法“不对”"),
        PlantedFault(
            name: "not a flag", file: "taskrules.yaml", find: "- id: wait.explain",
            replacement: "- id: wait.explain\n  off: maybe", linesBelow: 1, reason: "“off”应当是 true 或 false"),
        PlantedFault(
            name: "unknown script", file: "taskrules.yaml", find: "- id: noShow.contact",
            replacement:
                "- {id: odd, label: 奇, source: R1.01, fact: callMissed, conditions: [], opens: {minutes: [0]}, due: {minutes: [1]}, owner: {role: caller}, channel: phone, script: call.nobody}\n- id: noShow.contact",
            reason: "没有“call.nobody”这份话术"),
        PlantedFault(
            name: "unknown fact", file: "taskrules.yaml", find: "fact: arrearsMade", replacement: "fact: rain",
            reason: "“fact”里没有“rain”这个代码"),
        PlantedFault(
            name: "condition that never holds", file: "taskrules.yaml", find: "- id: noShow.contact",
            replacement: """
                - {id: odd, label: 奇, source: R1.01, fact: callMissed, conditions: [stillOwed], opens: {minutes: [0]}, \
                due: {minutes: [1]}, owner: {role: caller}, channel: phone, script: call.noShow}
                - id: noShow.contact
                """,
            reason: "事实“callMissed”没有“stillOwed”这个条件"),
        PlantedFault(
            name: "unknown amount", file: "taskrules.yaml", find: "minutes: [callback.missed_min]",
            replacement: "minutes: [callback.missed]", reason: "“minutes”应当是整数或整数设置；没有“callback.missed”"),
        PlantedFault(
            name: "unknown time", file: "taskrules.yaml", find: "at: followup.same_day_due",
            replacement: "at: evening", reason: "“at”应当是时间，或一个时间设置；没有“evening”"),
    ]

    private func copy() throws -> URL {
        let folder = FileManager.default.temporaryDirectory.appending(path: "playbook-\(UUID().uuidString)")
        try FileManager.default.copyItem(at: ShippedPlaybook.folder, to: folder)
        return folder
    }

    private func replace(_ text: String, _ other: String, in path: URL) throws {
        let content = try String(contentsOf: path, encoding: .utf8)
        let place = try #require(content.range(of: text))
        try Data(content.replacingCharacters(in: place, with: other).utf8).write(to: path)
    }

    private func removeLine(_ part: String, in path: URL) throws {
        let lines = try String(contentsOf: path, encoding: .utf8).split(
            separator: "\n", omittingEmptySubsequences: false)
        let kept = lines.filter { !$0.contains(part) }
        #expect(kept.count == lines.count - 1)
        try Data(kept.joined(separator: "\n").utf8).write(to: path)
    }
}
