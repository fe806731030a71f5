import Clinic
import Kernel
import TestSupport
import Testing

@Suite struct RegisterRulesTests {
    static let known = RegisterRules.Known(staff: ["S1"], places: ["hall", "luggageRoom"])

    static func field(
        _ id: String, _ kind: RegisterField.Kind, required: Bool = false, unless: String? = nil,
        when: RegisterField.Match? = nil, min: Double? = nil, max: Double? = nil, choices: [FieldChoice] = []
    ) -> RegisterField {
        RegisterField(
            id: id, label: id, kind: kind, isRequired: required, requiredUnless: unless, requiredIf: when, unit: nil,
            minimum: min, maximum: max, choices: choices, hint: nil, isMasked: false, isKey: false, isListed: false)
    }

    static func fault(_ typed: [String: String], _ fields: [RegisterField]) -> [String] {
        do throws(FormErrors) {
            _ = try RegisterRules.checked(typed, fields, known: known)
            return []
        } catch { return error.order }
    }

    @Test(
        "每种栏目的边界",
        arguments: [
            ("text", 200, true), ("text", 201, false), ("longText", 2_000, true), ("longText", 2_001, false),
        ])
    func lengths(kind: String, count: Int, isGood: Bool) throws {
        let field = Self.field("a", try #require(RegisterField.Kind(rawValue: kind)))
        #expect(Self.fault(["a": String(repeating: "长", count: count)], [field]).isEmpty == isGood)
    }

    @Test(
        "数字上下限都算在内，金额存成分",
        arguments: [
            ("0", true), ("-1", false), ("500", true), ("500.5", false), ("１２", true), ("很多", false),
        ])
    func numbers(typed: String, isGood: Bool) {
        #expect(Self.fault(["a": typed], [Self.field("a", .number, min: 0, max: 500)]).isEmpty == isGood)
    }

    @Test("存下来的写法只有一种")
    func storedForm() throws {
        let fields: [RegisterField] = [
            Self.field("n", .number), Self.field("m", .money), Self.field("t", .time), Self.field("d", .day),
            Self.field("k", .tick), Self.field("e", .text),
        ]
        let typed = ["n": " １２．０ ", "m": "120.5", "t": "９:05", "d": "2026-03-12", "k": "on", "e": "  "]
        let content = try RegisterRules.checked(typed, fields, known: Self.known)
        #expect(content == ["n": "12", "m": "12050", "t": "09:05", "d": "2026-03-12", "k": "1"])
    }

    @Test("选项、同事、地点只能从列出的里选")
    func closedLists() {
        let choice = Self.field("c", .choice, choices: [FieldChoice(code: "a", label: "甲")])
        #expect(Self.fault(["c": "a"], [choice]).isEmpty)
        #expect(Self.fault(["c": "b"], [choice]) == ["v_c"])
        #expect(Self.fault(["s": "S1"], [Self.field("s", .staff)]).isEmpty)
        #expect(Self.fault(["s": "S2"], [Self.field("s", .staff)]) == ["v_s"])
        #expect(Self.fault(["p": "hall"], [Self.field("p", .place)]).isEmpty)
        #expect(Self.fault(["p": "roof"], [Self.field("p", .place)]) == ["v_p"])
    }

    @Test("没选客人才要写姓名；选了某个答案才要写原因 R4.24")
    func owedByOthers() {
        let owner = [Self.field("owner", .customer), Self.field("ownerName", .text, unless: "owner")]
        #expect(Self.fault([:], owner) == ["v_ownerName"])
        #expect(Self.fault(["owner": ID<Patient>(raw: 5).text], owner).isEmpty)
        #expect(Self.fault(["ownerName": "穿红衣的女士"], owner).isEmpty)
        let result = [
            Self.field(
                "result", .choice, choices: [FieldChoice(code: "done", label: ""), FieldChoice(code: "no", label: "")]),
            Self.field("reason", .text, when: .init(field: "result", value: "no")),
        ]
        #expect(Self.fault(["result": "done"], result).isEmpty)
        #expect(Self.fault(["result": "no"], result) == ["v_reason"])
        #expect(Self.fault(["result": "no", "reason": "没有这种茶"], result).isEmpty)
    }

    @Test("十五分钟以后记的是补录，不能记将来的事", arguments: [(14, false), (15, true), (600, true)])
    func lateEntries(minutes: Int, isLate: Bool) {
        let at = BookFixture.now
        #expect(RegisterRules.isLate(happenedAt: at, recordedAt: at.adding(minutes: minutes)) == isLate)
        #expect(throws: FormErrors.self) { try RegisterRules.checkTime(at.adding(minutes: 2), now: at) }
        #expect(throws: Never.self) { try RegisterRules.checkTime(at.adding(minutes: 1), now: at) }
    }

    @Test("登记簿按岗位写，管事的都能看 R4.26")
    func roles() throws {
        let playbook = try ShippedPlaybook.load()
        let luggage = try #require(playbook.register("luggage"))
        func actor(_ role: String) -> Actor {
            Actor(id: ID(raw: 9), name: "", roles: [role], capabilities: playbook.capabilities(ofRoles: [role]))
        }
        #expect(RegisterRules.mayWrite(luggage, actor("lobby")))
        #expect(!RegisterRules.mayWrite(luggage, actor("cleaner")))
        #expect(!RegisterRules.mayRead(luggage, actor("cleaner")))
        #expect(RegisterRules.mayRead(luggage, actor("director")))
        #expect(!RegisterRules.mayWrite(luggage, actor("director")))
        let cleaning = try #require(playbook.register("cleaning"))
        #expect(RegisterRules.mayWrite(cleaning, actor("cleaner")))
    }
}
