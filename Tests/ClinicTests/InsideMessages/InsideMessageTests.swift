import Clinic
import Kernel
import Storage
import TestSupport
import Testing

@Suite struct InsideMessageTests {
    @Test(
        "内部消息不写金额 R4.32",
        arguments: [
            ("客人要付300元", true), ("总共 1，200 元", true), ("￥300", true), ("差三百块", true), ("一千一块", true),
            ("一块纱布", false), ("牙掉了一小块", false), ("元旦的客人", false), ("3 号椅准备好了", false), ("请带 5 号客人", false),
        ])
    func money(text: String, isMoney: Bool) {
        #expect(InsideMessageRules.namesMoney(text) == isMoney)
    }

    @Test("位置：岗位在前，诊室按号；本人的位置由椅位和岗位推出 R4.32") func places() throws {
        let posts = try ShippedPlaybook.load().codes(.workPlace)
        let rooms = [2, 1].map {
            Room(id: ID(raw: Int64($0)), number: $0, name: "", kind: .treatment)
        }
        let places = WorkPlaceRules.places(posts: posts, rooms: rooms)
        #expect(places.map(\.code) == ["frontDesk", "cashier", "waitingArea", "lobby", "room:1", "room:2"])
        #expect(places.map(\.label) == ["前台", "收银", "候诊区", "大厅", "诊室 1", "诊室 2"])
        #expect(WorkPlaceRules.usual(roles: ["doctor"], room: 3) == "room:3")
        #expect(WorkPlaceRules.usual(roles: ["guide", "cashier"], room: nil) == "cashier")
        #expect(WorkPlaceRules.usual(roles: ["attendant"], room: nil) == "waitingArea")
        #expect(WorkPlaceRules.usual(roles: ["guide"], room: nil) == "frontDesk")
        #expect(WorkPlaceRules.usual(roles: ["head"], room: nil) == nil)
    }

    @Test("发出、未读数、已读是谁、当天列表、两年后清空内容 R4.32", arguments: Backend.allCases)
    func sendAndRead(backend: Backend) async throws {
        let desk = try await ReceptionFixture(backend)
        let (guide, cashier) = (desk.work(1), desk.work(2, person: 77, only: [.seeReception]))
        let id = try await desk.write { tx in
            try InsideMessages.send(
                .init(from: "frontDesk", to: ["cashier", "waitingArea", "frontDesk"], body: " 客人到前台来了 "), by: guide,
                in: tx)
        }
        #expect(try await desk.unread("cashier") == 1)
        #expect(try await desk.unread("frontDesk") == 0)

        let read = try await desk.write { tx in try InsideMessages.read(at: "cashier", by: cashier, in: tx) }
        #expect(read == 1)
        #expect(try await desk.unread("cashier") == 0)
        #expect(try await desk.unread("waitingArea") == 1)
        let listed = try #require(try await desk.listed("frontDesk").first)
        #expect(listed.id == id && listed.body == "客人到前台来了")
        #expect(
            listed.to == [
                .init(place: "cashier", readAt: cashier.now, readBy: ID(raw: 77)),
                .init(place: "waitingArea", readAt: nil, readBy: nil),
            ])
        #expect(try await desk.listed("lobby").isEmpty)

        let answer = try await desk.write { tx in
            try InsideMessages.send(
                .init(from: "cashier", to: ["frontDesk"], body: "收到", answersID: id), by: cashier, in: tx)
        }
        #expect(try await desk.listed("cashier").map(\.id) == [answer, id])

        let (early, late) = (desk.work(0), desk.work(60 * 24 * 740))
        #expect(try await desk.write { tx in try InsideMessages.purge(by: early, in: tx) } == 0)
        #expect(try await desk.write { tx in try InsideMessages.purge(by: late, in: tx) } == 2)
        #expect(try await desk.listed("cashier").map(\.body) == ["", ""])
    }

    @Test(
        "不认识的位置、发给自己、空内容都不收 R4.32",
        arguments: [
            ("nowhere", ["cashier"], "x", "from"), ("frontDesk", ["room:99"], "x", "to"),
            ("frontDesk", ["frontDesk"], "x", "to"), ("frontDesk", [], "x", "to"),
            ("frontDesk", ["cashier"], " ", "body"),
        ])
    func refusals(from: String, to: [String], body: String, field: String) async throws {
        let desk = try await ReceptionFixture(.sqlite)
        let guide = desk.work(1)
        do {
            _ = try await desk.write { tx in
                try InsideMessages.send(.init(from: from, to: to, body: body), by: guide, in: tx)
            }
            Issue.record("sent")
        } catch let faults as FormErrors { #expect(faults.messages[field] != nil) }
    }
}

extension ReceptionFixture {
    fileprivate func unread(_ place: String) async throws -> Int {
        let clinic = book.clinic.id
        return try await book.db.read { tx in
            try InsideMessageStore.countUnread(clinic: clinic, day: BookFixture.today, place: place, in: tx)
        }
    }

    fileprivate func listed(_ place: String) async throws -> [InsideMessage] {
        let clinic = book.clinic.id
        return try await book.db.read { tx in
            try InsideMessageStore.listDay(clinic: clinic, day: BookFixture.today, place: place, in: tx)
        }
    }
}
