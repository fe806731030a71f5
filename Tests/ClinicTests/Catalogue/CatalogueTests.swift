import Clinic
import Kernel
import Storage
import TestSupport
import Testing

@Suite("项目与价格")
struct CatalogueTests {
    @Test("收入默认价目全部项目，再装一次不重复", arguments: Backend.allCases)
    func installs(backend: Backend) async throws {
        let clinic = try await StaffFixture(backend)
        let work = clinic.work()
        let (items, prices) = try await clinic.db.read { tx in
            (
                try ItemStore.listActive(in: tx),
                try ItemStore.prices(day: work.today, clinic: work.clinic.id, in: tx)
            )
        }
        #expect(items.map(\.code) == clinic.playbook.items.map(\.code))
        #expect(items.count >= 80)
        for item in items {
            let shipped = try #require(clinic.playbook.item(item.code))
            #expect(prices[item.id] == shipped.price)
            #expect(item.isOperation == shipped.flags.contains(.operation))
            #expect(item.units == shipped.units)
        }
        let again = try await clinic.write { tx in try Catalogue.install(from: work.today, by: work, in: tx) }
        #expect(again == 0)
        let before = try await clinic.db.read { tx in
            try ItemStore.prices(day: work.today.adding(days: -1), clinic: work.clinic.id, in: tx)
        }
        #expect(before.isEmpty)
    }

    @Test("取当天有效的最后一个价，门诊价先于机构价", arguments: Backend.allCases)
    func resolves(backend: Backend) async throws {
        let clinic = try await StaffFixture(backend)
        let work = clinic.work()
        let item = try #require(try await clinic.db.read { tx in try ItemStore.listActive(in: tx) }.first)
        let (today, here) = (work.today, work.clinic.id)
        try await clinic.write { tx in
            try PriceEditing.setPrice(
                of: item.id, to: .yuan(500), from: today.adding(days: 2), clinic: nil, by: work, in: tx)
            try PriceEditing.setPrice(
                of: item.id, to: .yuan(450), from: today.adding(days: 5), clinic: here, by: work, in: tx)
            try PriceEditing.setPrice(
                of: item.id, to: .yuan(600), from: today.adding(days: 9), clinic: nil, by: work, in: tx)
        }
        func price(after days: Int, _ clinicID: ID<ClinicSite>) async throws -> Money? {
            try await clinic.db.read { tx in
                try ItemStore.prices(day: today.adding(days: days), clinic: clinicID, in: tx)[item.id]
            }
        }
        let shipped = try #require(clinic.playbook.item(item.code)).price
        #expect(try await price(after: 0, here) == shipped)
        #expect(try await price(after: 1, here) == shipped)
        #expect(try await price(after: 2, here) == .yuan(500))
        #expect(try await price(after: 5, here) == .yuan(450))
        #expect(try await price(after: 30, here) == .yuan(450))
        let elsewhere = ID<ClinicSite>(raw: 4711)
        #expect(try await price(after: 5, elsewhere) == .yuan(500))
        #expect(try await price(after: 9, elsewhere) == .yuan(600))
    }

    @Test("不能改过去的价格，同一天可以重设，历史留在事件里", arguments: Backend.allCases)
    func keepsThePast(backend: Backend) async throws {
        let clinic = try await StaffFixture(backend)
        let work = clinic.work()
        let item = try #require(try await clinic.db.read { tx in try ItemStore.listActive(in: tx) }.first)
        await #expect(throws: FormErrors("from", "新价格从今天或以后的日子开始，不能改过去的价格")) {
            try await clinic.write { tx in
                try PriceEditing.setPrice(
                    of: item.id, to: .yuan(1), from: work.today.adding(days: -1), clinic: nil, by: work, in: tx)
            }
        }
        for yuan in [Int64(520), 530] {
            try await clinic.write { tx in
                try PriceEditing.setPrice(
                    of: item.id, to: .yuan(yuan), from: work.today.adding(days: 1), clinic: nil, by: work, in: tx)
            }
        }
        let history = try await clinic.db.read { tx in
            try ItemStore.priceHistory(item.id, clinic: work.clinic.id, in: tx)
        }
        #expect(history.map(\.price) == [.yuan(530), try #require(clinic.playbook.item(item.code)).price])
        #expect(try await clinic.eventKinds("item.priceSet") == 2)
    }

    @Test("停用的项目离开名单，取出来还在，可以恢复", arguments: Backend.allCases)
    func retires(backend: Backend) async throws {
        let clinic = try await StaffFixture(backend)
        let work = clinic.work()
        let items = try await clinic.db.read { tx in try ItemStore.listActive(in: tx) }
        let item = try #require(items.first)
        try await clinic.write { tx in try PriceEditing.retire(item.id, by: work, in: tx) }
        let (active, found) = try await clinic.db.read { tx in
            (try ItemStore.listActive(in: tx), try ItemStore.get(item.id, in: tx))
        }
        #expect(active.count == items.count - 1)
        #expect(found.retiredAt == work.now)
        try await clinic.write { tx in try PriceEditing.restore(item.id, by: work, in: tx) }
        let restored = try await clinic.db.read { tx in try ItemStore.listActive(in: tx) }
        #expect(restored.count == items.count)
        let guide = clinic.work(as: Actor(id: clinic.head.id, name: "", roles: [], capabilities: []))
        await #expect(throws: NotAllowed(capability: .managePrices)) {
            try await clinic.write { tx in try PriceEditing.retire(item.id, by: guide, in: tx) }
        }
    }
}
