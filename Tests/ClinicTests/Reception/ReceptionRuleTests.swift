import Clinic
import Kernel
import Testing

@Suite struct ReceptionRuleTests {
    private let today = Day(number: 20_524)  // 2026-03-12
    private let filling = ID<Item>(raw: 1)
    private let cleaning = ID<Item>(raw: 2)

    private func past(
        _ monthsAgo: Int, tooth: Int?, _ item: ID<Item>, warranty: Int? = nil
    )
        -> VisitTypeRules.PastTreatment
    {
        VisitTypeRules.PastTreatment(
            day: today.adding(months: -monthsAgo), tooth: tooth.flatMap(Tooth.init), item: item,
            warrantyUntil: warranty.map { today.adding(days: $0) })
    }

    private func type(
        _ past: [VisitTypeRules.PastTreatment], _ intended: [(ID<Item>, [Int])] = [], orthodontic: Bool = false,
        inquiring: Bool = false
    ) -> VisitTypeRules.Proposal {
        VisitTypeRules.propose(
            past: past, intended: intended.map { (item: $0.0, teeth: $0.1.compactMap(Tooth.init)) },
            orthodontic: orthodontic, isInquiring: inquiring, today: today, gapMonths: 12)
    }

    @Test("就诊类型的建议和理由 R2.02 R2.03 R2.04 R2.05 R2.07") func proposals() {
        let cases: [(VisitTypeRules.Proposal, VisitType, String)] = [
            (type([]), .first, "没有在本院治疗过"),
            (type([], inquiring: true), .consultation, "第一次来，先了解病情和费用"),
            (type([past(3, tooth: 16, filling)]), .returning, "上次治疗 2025-12-12，不到 1 年"),
            (type([past(3, tooth: 16, filling)], inquiring: true), .checkUp, "还没决定治疗，先检查了解"),
            // A year to the day counts as a year.
            (type([past(12, tooth: 16, filling)], [(filling, [26])]), .first, "上次治疗 2025-03-12，已过 1 年，这次是别的牙位或项目"),
            (type([past(12, tooth: 16, filling)], [(filling, [16])]), .returning, "上次治疗 2025-03-12，这次仍是同一牙位"),
            (type([past(20, tooth: nil, cleaning)], [(cleaning, [])]), .returning, "上次治疗 2024-07-12，这次仍是同一项目"),
            (type([past(20, tooth: nil, cleaning)]), .first, "上次治疗 2024-07-12，已过 1 年，这次是别的牙位或项目"),
            (type([past(30, tooth: 16, filling, warranty: 0)], [(filling, [16])]), .returning, "16 在保固期内返诊"),
            (
                type([past(30, tooth: 16, filling, warranty: -1)], [(filling, [26])]), .first,
                "上次治疗 2023-09-12，已过 1 年，这次是别的牙位或项目"
            ),
            // The newest treatment counts, not the first of the list.
            (
                type([past(2, tooth: 11, filling), past(40, tooth: 16, filling)], [(cleaning, [])]), .returning,
                "上次治疗 2026-01-12，不到 1 年"
            ),
            (type([past(2, tooth: 11, filling)], orthodontic: true), .orthodontics, "今天的项目是正畸"),
        ]
        for (proposal, expected, reason) in cases {
            #expect(proposal.type == expected && proposal.reason == reason)
        }
    }

    @Test("叫号顺序：急诊、预约时间、到达先后；迟到的按到达 R2.09 R4.10") func queueOrder() {
        let nine = Timestamp(milliseconds: 1_773_277_200_000)
        func place(_ id: Int64, booked: Int? = nil, arrived: Int, emergency: Bool = false) -> QueueRules.Place {
            QueueRules.Place(
                visitID: ID(raw: id), isEmergency: emergency, bookedFor: booked.map { nine.adding(minutes: $0) },
                arrivedAt: nine.adding(minutes: arrived))
        }
        let places = [
            place(1, booked: 60, arrived: 5),  // early: keeps the booked time
            place(2, arrived: 30),  // walk-in
            place(3, booked: 15, arrived: 40),  // late: stands where the arrival puts him
            place(4, arrived: 50, emergency: true), place(5, booked: 30, arrived: 20), place(7, arrived: 30),
            place(6, booked: 30, arrived: 10),
        ]
        let expected: [Int64] = [4, 6, 5, 2, 7, 3, 1]
        #expect(QueueRules.order(places).map(\.visitID.raw) == expected)
        #expect(QueueRules.order(places.reversed()).map(\.visitID.raw) == expected)
    }

    @Test(
        "等候估计：椅上剩余加前面的人，不早于预约时间，进到 5 分钟 R4.02",
        arguments: [
            (0, [], 0, 0), (1, [], 0, 5), (12, [], 0, 15), (12, [30, 15], 0, 60), (-20, [], 0, 0), (10, [], 40, 40),
            (40, [15], 20, 55),
        ] as [(Int, [Int], Int, Int)])
    func estimates(remaining: Int, ahead: [Int], untilBooked: Int, minutes: Int) {
        #expect(QueueRules.estimate(remaining: remaining, ahead: ahead, untilBooked: untilBooked) == minutes)
    }

    @Test(
        "15 分钟可宣教，超过 20 分钟须说明，是两件事 R4.03 R4.04 R4.05",
        arguments: [(0, "ok"), (14, "ok"), (15, "ask"), (20, "ask"), (21, "over")])
    func levels(waited: Int, level: String) {
        #expect(QueueRules.level(waited: waited, askAfter: 15, limit: 20).rawValue == level)
    }

    @Test("椅位状态由出入时间推出 R4.12 R4.15") func chairStates() {
        let now = Timestamp(milliseconds: 1_773_277_200_000)
        func movement(nearly: Bool = false, exited: Bool = false, cleaned: Bool = false) -> Movement {
            Movement(
                id: ID(raw: 1), visitID: ID(raw: 1), chairID: ID(raw: 1), enteredAt: now.adding(minutes: -30),
                nearlyDoneAt: nearly ? now : nil, exitedAt: exited ? now : nil, cleanedAt: cleaned ? now : nil)
        }
        func state(
            _ movement: Movement?, tap: VisitFact.Kind? = nil, isReserved: Bool = false, endsIn minutes: Int? = nil
        ) -> ChairState {
            ChairRules.state(
                movement, plannedEnd: minutes.map { now.adding(minutes: $0) }, tap: tap, isReserved: isReserved,
                now: now)
        }
        #expect(state(nil) == .free)
        #expect(state(movement(), endsIn: 0) == .busy)
        #expect(state(movement(), endsIn: -1) == .late)
        #expect(state(movement(nearly: true), endsIn: -1) == .nearly)
        #expect(state(movement(nearly: true, exited: true)) == .cleaning)
        #expect(state(movement(exited: true, cleaned: true)) == .free)
        #expect(state(nil, isReserved: true) == .reserved)
        #expect(state(movement(exited: true), isReserved: true) == .cleaning)
        #expect(state(movement(nearly: true), tap: .treated, endsIn: -1) == .finished)
        #expect(state(movement(nearly: true), tap: .leaving) == .leaving)
        #expect(ChairState.allCases.filter(\.isTaken) == [.busy, .nearly, .late, .finished, .leaving])
    }
}
