import Clinic
import Testing

@testable import ClinicWeb

@Suite("设置页的话")
struct StandardWordsTests {
    @Test("任务规则的每个事实都有中文", arguments: TaskRule.Fact.allCases)
    func factsHaveWords(fact: TaskRule.Fact) {
        #expect(TaskRuleText.facts[fact] != nil, "\(fact.rawValue)")
    }

    @Test("任务规则的每个条件都有中文", arguments: TaskRule.Condition.allCases)
    func conditionsHaveWords(condition: TaskRule.Condition) {
        #expect(TaskRuleText.conditions[condition] != nil, "\(condition.rawValue)")
    }

    @Test("权限的名称各不相同，每项都在一组里")
    func rightsHaveWords() {
        let labels = Capability.allCases.map(CapabilityText.label)
        #expect(Set(labels).count == labels.count)
        #expect(CapabilityText.groups.map(\.capabilities.count).reduce(0, +) == Capability.allCases.count)
    }
}
