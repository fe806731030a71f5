import Kernel
import TestSupport
import Testing

@testable import Clinic

@Suite struct OnlineRulesTests {
    static let good = OnlineEntry(
        name: "谢春梅", phone: "138 0013 8000", age: "34", gender: "female", agrees: true,
        agreesHealth: true)

    private static func entry(_ change: (inout OnlineEntry) -> Void) -> OnlineEntry {
        var entry = good
        change(&entry)
        return entry
    }

    @Test("网上的表：少什么说什么，边界两边都对 R3.09")
    func tellsWhatIsWrong() {
        let cases: [(OnlineEntry, [String: OnlineFault])] = [
            (Self.good, [:]),
            (Self.entry { $0.name = "  " }, ["name": .nameMissing]),
            (Self.entry { $0.name = "123" }, ["name": .nameMissing]),
            (Self.entry { $0.name = String(repeating: "谢", count: 40) }, [:]),
            (Self.entry { $0.name = String(repeating: "谢", count: 41) }, ["name": .nameTooLong]),
            (Self.entry { $0.phone = "1380013800" }, ["phone": .phoneWrong]),
            (Self.entry { $0.phone = "＋852 2345 6789" }, [:]),
            (Self.entry { $0.age = "-1" }, ["age": .ageWrong]),
            (Self.entry { $0.age = "121" }, ["age": .ageWrong]),
            (Self.entry { $0.age = "１２０" }, [:]),
            (Self.entry { $0.age = "13" }, ["guardianName": .guardianMissing]),
            (
                Self.entry {
                    $0.age = "13"
                    $0.guardianName = "谢妈妈"
                }, [:]
            ),
            (Self.entry { $0.age = "14" }, [:]),
            (Self.entry { $0.gender = "" }, ["gender": .genderMissing]),
            (Self.entry { $0.note = String(repeating: "痛", count: 201) }, ["note": .noteTooLong]),
            (Self.entry { $0.agrees = false }, ["agrees": .consentMissing]),
            (Self.entry { $0.phone = String(repeating: "1", count: 41) }, ["phone": .phoneWrong]),
            (Self.entry { $0.age = String(repeating: "0", count: 41) }, ["age": .ageWrong]),
            (
                Self.entry {
                    $0.age = "9"
                    $0.guardianName = String(repeating: "谢", count: 41)
                }, ["guardianName": .guardianTooLong]
            ),
            (Self.entry { $0.agreesHealth = false }, [:]),
            (
                Self.entry {
                    $0.agreesHealth = false
                    $0.denied = [.heart]
                }, ["agreesHealth": .healthConsentMissing]
            ),
        ]

        for (entry, faults) in cases { #expect(OnlineRules.faults(entry) == faults, "\(entry)") }
    }

    @Test("隐藏栏有字，或三秒内填完，按机器处理", arguments: [(2_999, "", true), (3_000, "", false), (9_000, "http://x", true)])
    func seesPrograms(milliseconds: Int64, trap: String, isProgram: Bool) {
        var entry = Self.good
        entry.trap = trap
        let start = Timestamp(milliseconds: 1_000_000)
        let now = Timestamp(milliseconds: start.milliseconds + milliseconds)

        #expect(OnlineRules.isProgram(entry, startedAt: start, now: now, minimumSeconds: 3) == isProgram)
    }

    @Test("同一电话、同一网络地址每天有上限，到上限那一次就不接受")
    func boundsBookings() throws {
        let playbook = try ShippedPlaybook.load()
        let (phone, address) = (playbook[.publicBookingsPerPhone], playbook[.publicBookingsPerAddress])

        try OnlineRules.checkBooking(
            OnlineRules.Counts(bookedByPhone: phone - 1, bookedByAddress: address - 1), playbook)
        #expect(throws: OnlineRefusal.notAccepted) {
            try OnlineRules.checkBooking(OnlineRules.Counts(bookedByPhone: phone), playbook)
        }
        #expect(throws: OnlineRefusal.notAccepted) {
            try OnlineRules.checkBooking(OnlineRules.Counts(bookedByAddress: address), playbook)
        }
        try OnlineRules.checkHold(OnlineRules.Counts(heldNow: playbook[.publicHoldsAtOnce] - 1), playbook)
        #expect(throws: OnlineRefusal.notAccepted) {
            try OnlineRules.checkHold(OnlineRules.Counts(heldNow: playbook[.publicHoldsAtOnce]), playbook)
        }
        #expect(throws: OnlineRefusal.notAccepted) {
            try OnlineRules.checkHold(OnlineRules.Counts(heldByAddress: address * 3), playbook)
        }
        let (holds, unverified) = (playbook[.publicHoldsPerAddress], playbook[.publicUnverifiedAtOnce])
        let most = OnlineRules.Counts(heldNowByAddress: holds - 1, unverified: unverified - 1)
        try OnlineRules.checkHold(most, playbook)
        try OnlineRules.checkBooking(most, playbook)
        #expect(throws: OnlineRefusal.notAccepted) {
            try OnlineRules.checkHold(OnlineRules.Counts(heldNowByAddress: holds), playbook)
        }
        #expect(throws: OnlineRefusal.notAccepted) {
            try OnlineRules.checkHold(OnlineRules.Counts(unverified: unverified), playbook)
        }
        #expect(throws: OnlineRefusal.notAccepted) {
            try OnlineRules.checkBooking(OnlineRules.Counts(unverified: unverified), playbook)
        }
    }

    @Test("防疫时才问发热和接触，喷溅的项目不让约 R3.43 R3.45")
    func asksMoreInEpidemics() throws {
        let playbook = try ShippedPlaybook.load()

        #expect(OnlineQuestion.asked(playbook).allSatisfy { !$0.isEpidemic })
        #expect(
            OnlineQuestion.allCases.filter(\.isEpidemic).map(\.rawValue) == playbook.codes(.screening).map(\.code))
        var epidemic = playbook
        epidemic.values["epidemic.mode"] = .flag(true)
        epidemic = epidemic.on(Day(number: 20_524))
        #expect(OnlineQuestion.asked(epidemic) == OnlineQuestion.allCases)
        #expect(OnlineNeed.allCases.filter { !$0.isPossible(epidemic) } == [.cleaning])
        #expect(OnlineNeed.allCases.allSatisfy { $0.isPossible(playbook) })
        #expect(playbook.item(OnlineNeed.cleaning.itemCode)?.flags.contains(.epidemicSuspended) == true)
        #expect(OnlineNeed.allCases.allSatisfy { playbook.item($0.itemCode) != nil })
    }

    @Test("预约制说明由门诊统一保存，关掉就没有 R3.10")
    func keepsOneNotice() throws {
        var playbook = try ShippedPlaybook.load()

        #expect(playbook.publicNotice(.chinese)?.contains("预约") == true)
        #expect(playbook.publicNotice(.english)?.contains("appointment") == true)
        playbook.values["public.notice_on"] = .flag(false)
        #expect(playbook.publicNotice(.chinese) == nil)
    }

    @Test("约时间的电话，话术最后是同一句预约制说明 R3.10")
    func callsEndWithTheNotice() throws {
        let playbook = try ShippedPlaybook.load()
        let script = try #require(playbook.script("call.noShow"))
        let notice = try #require(playbook.publicNotice(.chinese))

        let steps = CallSheet.steps(script, [:], notice: notice)
        #expect(steps.count == script.steps.count + 1)
        #expect(steps.last?.say == notice)
        #expect(CallSheet.steps(script, [:], notice: nil).count == script.steps.count)
    }

    @Test("一句话的设置不能空着，也不能超长 R3.10")
    func sentencesHaveALength() throws {
        let definition = try #require(try ShippedPlaybook.load().setting("public.notice_zh"))

        #expect(definition.fault(.text("请先预约")) == nil)
        #expect(definition.fault(.text(" ")) == "不能空着；不想显示请关掉开关")
        #expect(definition.fault(.text(String(repeating: "约", count: 200))) == nil)
        #expect(definition.fault(.text(String(repeating: "约", count: 201))) == "最多 200 个字")
    }
}
