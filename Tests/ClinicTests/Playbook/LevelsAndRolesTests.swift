import Clinic
import Kernel
import TestSupport
import Testing

struct LevelsAndRolesTests {
    let playbook: Playbook
    init() throws { playbook = try ShippedPlaybook.load() }

    @Test(
        "固定的规则",
        arguments: [
            "R3.32", "R4.11", "R4.12", "R6.01", "R6.12", "R6.19", "R6.20", "R6.21", "R6.22", "R6.24", "R6.26", "R6.34",
            "R6.42", "R6.44", "R6.47", "R7.12",
        ] + (1...22).map { $0 < 10 ? "R16.0\($0)" : "R16.\($0)" })
    func fixed(number: String) throws {
        let rule = try #require(RuleID(rawValue: number))
        #expect(playbook.level(of: rule) == .fixed)
    }

    @Test(
        "需权限的规则",
        arguments: [
            ("R1.07", Capability.overrideRules), ("R3.08", .bookOutsideRoster), ("R5.04", .overrideEmergency),
            ("R5.05", .overrideEmergency), ("R5.06", .overrideEmergency), ("R6.05", .overridePrice),
            ("R6.13", .approveDiscount), ("R6.23", .approveRefund), ("R6.33", .overrideRules),
        ])
    func required(number: String, capability: Capability) throws {
        let rule = try #require(RuleID(rawValue: number))
        #expect(playbook.level(of: rule) == .require(capability))
    }

    @Test(
        "默认关闭的规则",
        arguments: [
            "R1.20", "R1.26", "R1.28", "R1.29", "R1.30", "R1.31", "R1.33", "R3.20", "R3.37", "R3.55", "R4.08", "R4.09",
            "R4.18", "R4.19", "R4.22", "R4.31", "R4.34", "R4.35", "R4.44", "R6.16", "R6.35", "R6.37", "R10.03",
            "R10.42",
            "R10.49", "R10.51",
        ])
    func off(number: String) throws {
        let rule = try #require(RuleID(rawValue: number))
        #expect(playbook.level(of: rule) == .off)
    }

    @Test("防疫规则随防疫模式开关 R3.42")
    func epidemicRulesFollowTheSwitch() {
        let on = playbook.resolved(
            organisation: [],
            clinic: [PlaybookOverride(kind: .setting, key: "epidemic.mode", value: "true", shippedValue: "false")])

        #expect(playbook.level(of: .epidemicPreCheck) == .off)
        #expect(on.level(of: .epidemicPreCheck) == .require(.overrideRules))
        #expect(on.level(of: .epidemicSuspendedItems) == .require(.overrideRules))
        #expect(on.level(of: .epidemicVisitorMask) == .remind)
        #expect(on.level(of: .sameDoctor) == playbook.level(of: .sameDoctor))
    }

    @Test func everyRequiredCapabilityIsHeldBySomebody() {
        for rule in playbook.rules {
            guard case .require(let capability) = rule.level else { continue }
            #expect(!playbook.roles(with: capability).isEmpty, "\(rule.id)")
        }
    }

    @Test func everyCapabilityIsHeldBySomebody() {
        let unheld = Capability.allCases.filter { playbook.roles(with: $0).isEmpty }
        #expect(unheld == [])
    }

    @Test("附录 A 的岗位齐全 R16.03")
    func rolesOfAppendixA() {
        #expect(
            playbook.roles.map(\.code) == [
                "guide", "reception", "lobby", "attendant", "cashier", "caller", "operator", "typist", "consultant",
                "doctor", "specialist", "nurse", "dutyDoctor", "supervisor", "superiorSupervisor", "serviceSupervisor",
                "director", "chiefPhysician", "customerService", "headNurse", "marketing", "head", "office", "cleaner",
                "guard", "administrator",
            ])
    }

    @Test(
        "附录 A 的“不可以” R16.03",
        arguments: [
            ("guide", [Capability.seePrices, .assignSpecialCases, .collectPayment, .seePhones]),
            ("reception", [.editOtherPatients, .exportData, .seePrices]),
            ("lobby", [.registerPatients, .checkIn, .collectPayment, .seePatientRecord, .seeMedicalRecord]),
            ("attendant", [.overrideRules, .registerPatients]),
            ("cashier", [.approveRefund, .verifyCorrection, .issueChargeNotice, .overridePrice, .approveDiscount]),
            ("caller", [.seeTill, .seePrices]),
            ("typist", [.editOtherPatients]),
            ("doctor", [.collectPayment, .approveRefund, .verifyCorrection]),
            ("nurse", [.seePrices, .issueChargeNotice]),
            ("superiorSupervisor", [.verifyCorrection]),
            ("headNurse", [.approveWriteOff]),
            ("marketing", [.seePatients, .seePatientRecord, .seeMedicalRecord]),
            ("cleaner", [.seePatients, .seeBoard]),
            ("guard", [.seePatients, .seeBoard]),
            (
                "administrator",
                [.bookAppointments, .collectPayment, .enterCharges, .overridePrice, .writeMedicalRecord, .seePatients]
            ),
        ])
    func mayNot(code: String, forbidden: [Capability]) throws {
        let role = try #require(playbook.role(code))
        #expect(role.capabilities.isDisjoint(with: forbidden))
    }

    @Test func severalRolesAddUp() {
        let union = playbook.capabilities(ofRoles: ["guide", "cashier", "gone"])

        #expect(union.contains(.triage))
        #expect(union.contains(.collectPayment))
        #expect(!union.contains(.manageStaff))
        #expect(playbook.capabilities(ofRoles: ["gone"]).isEmpty)
    }
}
