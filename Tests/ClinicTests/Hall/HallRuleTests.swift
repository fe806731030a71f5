import Clinic
import Kernel
import TestSupport
import Testing

@Suite("大厅屏的规则") struct HallRuleTests {
    @Test(
        "公共屏幕上的姓名 R16.07 R4.10",
        arguments: [
            ("张", "*"), ("张明", "张*"), ("张小明", "张*明"), ("欧阳小明", "欧**明"), ("阿里木江·买买提", "阿***提"),
            (" 张 明 ", "张*"), ("John Smith", "J* S*"), ("maria", "M*"), ("J", "*"), ("Anna Maria de Souza", "A* M* D*"),
            ("王Anna", "王***a"), ("", "*"), ("　", "*"),
        ])
    func masksNames(name: String, shown: String) {
        #expect(MaskedName.of(name) == shown)
    }

    @Test("遮住以后不再是原来的名字，也看不出有几个字 R16.07")
    func neverTheWholeName() {
        for name in ["张", "张明", "张小明", "司徒慕容晓晓", "John", "Li Wei"] {
            #expect(MaskedName.of(name) != name)
            #expect(MaskedName.of(name).contains("*"))
        }
        #expect(MaskedName.of("阿卜杜拉江买买提明") == "阿***明")
    }

    @Test("前面还有几位按同一位医生数，没有医生的不数 R3.56 R4.10")
    func countsAheadByDoctor() {
        func place(_ visit: Int64, _ doctor: Int64?) -> HallRules.Place {
            HallRules.Place(visitID: ID(raw: visit), doctorID: doctor.map { ID(raw: $0) })
        }
        let ahead = HallRules.ahead([place(1, 7), place(2, 8), place(3, 7), place(4, nil), place(5, 7)])
        #expect(ahead == [ID(raw: 1): 0, ID(raw: 2): 0, ID(raw: 3): 1, ID(raw: 5): 2])
    }

    @Test("念号码和门牌号，不念姓名 R4.10 R4.39 R16.07")
    func speaksNumberAndRoom() {
        #expect(HallRules.spoken(ticket: "A021", room: 4) == "请 A 零二一 号，到 4 诊室")
        #expect(HallRules.spoken(ticket: "E001", room: 12) == "请 E 零零一 号，到 12 诊室")
        #expect(HallRules.spoken(ticket: "A310", room: nil) == "请 A 三一零 号，到 前台")
        #expect(HallRules.spoken(ticket: "A310", room: nil, desk: 1) == "请 A 三一零 号，到 前台 1 号窗口")
        #expect(HallRules.place(room: 4, desk: 1) == "4 诊室")
    }

    @Test("同一个号再叫一次是另一次叫号 R4.10")
    func aRepeatedCallIsAnother() {
        #expect(HallRules.key(ticket: "A021", times: 1) != HallRules.key(ticket: "A021", times: 2))
    }

    @Test("门诊的节目代替标准节目，停播的不再提醒 R4.30")
    func scheduleLaysOwnOverShipped() {
        let shipped = [entry("a", 500), entry("b", 600)]
        let own = [entry("b", 590, isOn: false), entry("own.1", 550)]
        let schedule = BroadcastRules.schedule(shipped: shipped, own: own)
        #expect(schedule.map(\.code) == ["a", "own.1", "b"])
        let turns = BroadcastRules.turns(schedule, weekday: 4, minute: 700, plays: [])
        #expect(turns.map(\.broadcast.code) == ["a", "own.1"])
    }

    @Test(
        "节目到点提醒，过一刻钟算漏播 R4.30",
        arguments: [
            (599, BroadcastRules.State.ahead), (600, .due), (614, .due), (615, .overdue),
        ])
    func dueByTheClock(minute: Int, state: BroadcastRules.State) {
        let turns = BroadcastRules.turns([entry("a", 600)], weekday: 4, minute: minute, plays: [])
        #expect(turns.map(\.state) == [state])
    }

    @Test("只在排定的那几天 R4.30")
    func onItsWeekdays() {
        let weekend = Broadcast(
            code: "w", kind: .music, weekdays: [6, 7], minute: 600, title: "周末音乐", words: nil)
        #expect(BroadcastRules.turns([weekend], weekday: 5, minute: 700, plays: []).isEmpty)
        #expect(BroadcastRules.turns([weekend], weekday: 6, minute: 700, plays: []).count == 1)
        #expect(BroadcastRules.weekdayText([6, 7]) == "周六、日")
        #expect(BroadcastRules.weekdayText(Set(1...7)) == "每天")
        #expect(BroadcastRules.weekdayText(Set(1...5)) == "周一至周五")
    }

    @Test("标准自带节目表：时间、星期、要说的话 R4.30")
    func shippedProgrammes() throws {
        let shipped = try ShippedPlaybook.load().broadcasts
        #expect(shipped.count == 7)
        #expect(shipped.first?.minute == 8 * 60 + 20)
        #expect(shipped.allSatisfy { ($0.kind == .words) == ($0.words != nil) })
        #expect(try ShippedPlaybook.load().resolved(organisation: [], clinic: []).broadcasts == shipped)
    }

    private func entry(_ code: String, _ minute: Int, isOn: Bool = true) -> Broadcast {
        Broadcast(
            code: code, kind: .words, weekdays: Set(1...7), minute: minute, title: code, words: "请安静", isOn: isOn)
    }
}
