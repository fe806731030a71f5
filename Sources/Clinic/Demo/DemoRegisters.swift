import Kernel
import Storage

/// What is written down in the hall of a demo day: luggage, visitors, cleaning. Chosen by the number of the day, so that the
/// dice of the rest of the demo fall as before.
enum DemoRegisters {
    typealias Act = DemoCalls.Act

    static func plan(on day: Day, add: (Int, @escaping Act) -> Void) {
        let pieces = ["黑色拉杆箱 1 件", "蓝色双肩包 1 件", "折叠婴儿车 1 辆", "灰色纸箱，系红绳"]
        for index in 0..<(1 + day.number % 3) {
            let minute = 9 * 60 + 5 + index * 47
            add(minute) { day, now, tx in
                let work = day.clinic.work("qiantai", at: now)
                let entry = try Registers.enter(
                    EnterRegister(
                        "luggage",
                        [
                            "tag": String(11 + index), "ownerName": ["陈先生", "周女士", "高女士"][index],
                            "item": pieces[(day.day.number + index) % pieces.count], "condition": "good",
                            "place": "luggageRoom",
                        ]), by: work, in: tx)
                day.later(minute + 75) { day, now, tx in
                    _ = try Registers.close(
                        entry.id, version: entry.version, typed: ["receiver": "本人", "sign": Registers.paperMark],
                        by: day.clinic.work("qiantai", at: now), in: tx)
                }
            }
        }
        planVisitor(day, add: add)
        planCleaning(day, add: add)
    }

    private static func planVisitor(_ day: Day, add: (Int, @escaping Act) -> Void) {
        let visitors = [
            ("何立", "康齿器械", "supplier"), ("许宁", "", "interview"), ("卢师傅", "宏达空调", "repair"),
        ]
        let (name, organisation, purpose) = visitors[day.number % visitors.count]
        add(10 * 60 + 10) { day, now, tx in
            let work = day.clinic.work("qiantai", at: now)
            guard let host = day.clinic.actors["zhuguan"]?.id else { return }
            let entry = try Registers.enter(
                EnterRegister(
                    "visitor",
                    [
                        "name": name, "organisation": organisation, "purpose": purpose, "host": host.text,
                        "waitsAt": "hall",
                    ]), by: work, in: tx)
            day.later(10 * 60 + 50) { day, now, tx in
                _ = try Registers.close(
                    entry.id, version: entry.version, typed: [:], by: day.clinic.work("qiantai", at: now), in: tx)
            }
        }
    }

    private static func planCleaning(_ day: Day, add: (Int, @escaping Act) -> Void) {
        let places = ["toilet", "waiting", "hall", "corridor"]
        for (index, minute) in [9 * 60 + 40, 14 * 60 + 30].enumerated() {
            add(minute) { day, now, tx in
                let entry = try Registers.enter(
                    EnterRegister(
                        "cleaning",
                        [
                            "place": places[(day.day.number + index) % places.count],
                            "what": index == 0 ? "supplies" : "floor", "urgency": index == 0 ? "soon" : "now",
                        ]), by: day.clinic.work("qiantai", at: now), in: tx)
                day.later(minute + 22) { day, now, tx in
                    _ = try Registers.close(
                        entry.id, version: entry.version, typed: [:], by: day.clinic.work("qiantai", at: now), in: tx)
                }
            }
        }
    }
}
