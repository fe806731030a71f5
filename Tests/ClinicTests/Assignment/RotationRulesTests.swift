import Kernel
import Testing

@testable import Clinic

@Suite struct RotationRulesTests {
    private func account(_ id: Int64, credit: Int64 = 0, taken: Int = 0) -> RotationBalance {
        RotationBalance(doctorID: ID(raw: id), employeeNumber: "02\(10 + id)", credit: credit, taken: taken)
    }

    /// Gives turns one after the other; `present` says who is there for each.
    private func play(_ count: Int, turns: Int, present: (Int) -> [Int]) -> [Int] {
        var credit = Array(repeating: Int64(0), count: count)
        var taken = Array(repeating: 0, count: count)
        for turn in 0..<turns {
            let there = present(turn)
            let next = RotationRules.order(
                there.map { account(Int64($0), credit: credit[$0], taken: taken[$0]) })[0]
            for index in there { credit[index] += RotationRules.share(present: there.count) }
            taken[Int(next.doctorID.raw)] += 1
        }
        return taken
    }

    @Test("出勤相同的医生，任何时候相差不过一位 R3.15", arguments: 1...16)
    func equalPresence(doctors: Int) {
        for turns in 0..<(doctors * 4) {
            let taken = play(doctors, turns: turns) { _ in Array(0..<doctors) }
            #expect((taken.max() ?? 0) - (taken.min() ?? 0) <= 1)
        }
    }

    @Test(
        "应得几位按十分之一位四舍五入 R15.20",
        arguments: [
            (Int64(0), 0), (36_035, 0), (36_036, 1), (-36_035, 0), (-36_036, -1), (720_720, 10), (-1_081_080, -15),
        ])
    func tenths(shares: Int64, tenths: Int) {
        #expect(RotationRules.tenths(shares) == tenths)
    }

    @Test("出勤少的医生按出勤得客人，回来后不补也不被挤 R3.15")
    func unequalPresence() {
        let taken = play(3, turns: 300) { turn in turn % 2 == 0 ? [0, 1, 2] : [0, 1] }
        // 150 turns among three, 150 among two: 50 + 75 for those always there, 50 for the other.
        #expect(taken == [125, 125, 50])
        let back = play(2, turns: 40) { turn in turn < 20 ? [0] : [0, 1] }
        #expect(back == [30, 10])
    }

    @Test("新来的从中间开始 R3.15")
    func calibrated() {
        #expect(RotationRules.calibrated(among: []) == 0)
        let others = [account(0, credit: 900), account(1, credit: 100), account(2, credit: -400)]
        #expect(RotationRules.calibrated(among: others) == 200)
    }

    @Test("应得相同时工号小的在先 R3.15")
    func order() {
        let order = RotationRules.order([account(2), account(0, taken: 1), account(1), account(3, credit: 5)])
        #expect(order.map(\.doctorID.raw) == [3, 1, 2, 0])
    }
}
