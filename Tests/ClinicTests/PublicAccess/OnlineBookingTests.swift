import Kernel
import Storage
import TestSupport
import Testing

@testable import Clinic

@Suite struct OnlineBookingTests {
    private static let now = BookFixture.now

    private static func token(_ byte: UInt8) -> PublicToken {
        PublicToken(bytes: Array(repeating: byte, count: PublicToken.byteCount))
    }

    private func visitor(_ book: BookFixture, at now: Timestamp = BookFixture.now) -> Work {
        Work(actor: .customer, clinic: book.clinic, now: now, playbook: book.playbook, ids: book.ids)
    }

    private func offers(_ book: BookFixture, _ need: OnlineNeed = .checkUp) async throws -> [Offer] {
        let work = visitor(book)
        return try await book.db.read { tx in try OnlineBooking.offers(need, from: nil, by: work, in: tx) }
    }

    private func hold(
        _ book: BookFixture, _ byte: UInt8, _ offer: Offer, address: String = "a", visitor: String? = nil,
        at now: Timestamp = BookFixture.now
    ) async throws -> OnlineForm {
        let work = self.visitor(book, at: now)
        return try await book.write { tx in
            try OnlineBooking.hold(
                OnlineBooking.HoldRequest(
                    need: .checkUp, slot: offer.slot, addressHash: address, visitorHash: visitor ?? "v\(byte)",
                    language: .chinese),
                token: Self.token(byte), by: work, in: tx)
        }
    }

    private func submit(
        _ book: BookFixture, _ byte: UInt8, _ entry: OnlineEntry = OnlineRulesTests.good,
        at now: Timestamp = BookFixture.now.adding(seconds: 60), language: Language = .english
    ) async throws -> OnlineBooking.Booked {
        let work = visitor(book, at: now)
        return try await book.write { tx in
            try OnlineBooking.submit(
                entry, hold: Self.token(byte), phoneHash: "p" + entry.phone, own: Self.token(byte + 100),
                language: language, by: work, in: tx)
        }
    }

    private func booked(_ book: BookFixture, _ byte: UInt8 = 1) async throws -> OnlineBooking.Booked {
        _ = try await hold(book, byte, try #require(try await offers(book).first))
        return try await submit(book, byte)
    }

    private func refusal(_ body: () async throws -> some Any) async -> OnlineRefusal? {
        do {
            _ = try await body()
            return nil
        } catch { return error as? OnlineRefusal }
    }

    @Test("网上预约：同一套时间，保留五分钟，约成后是待核实的新档案和一件前台待办 R3.09", arguments: Backend.allCases)
    func books(backend: Backend) async throws {
        let book = try await BookFixture(backend)
        let offer = try #require(try await offers(book).first)
        let form = try await hold(book, 1, offer)
        var entry = OnlineRulesTests.good
        entry.answers = [.anticoagulant, .allergy]
        entry.note = "右下"

        let done = try await submit(book, 1, entry)

        #expect(form.expiresAt == Self.now.adding(minutes: 5))
        let a = done.appointment
        #expect((a.day, a.start, a.doctorID) == (offer.slot.day, offer.slot.start, offer.slot.doctorID))
        #expect(a.channel == "website" && a.complaint == "口腔检查" && a.remark == "右下")
        #expect(a.booked == Appointment.Mark(at: Self.now.adding(seconds: 60), by: Actor.customer.id))
        let (patient, consents, alerts) = try await book.db.read { tx in
            (
                try PatientStore.get(a.patientID, in: tx), try Consents.list(a.patientID, in: tx),
                try PatientAlerts.list(a.patientID, in: tx)
            )
        }
        #expect(patient.name == "谢春梅" && patient.phone == "13800138000" && patient.statedAge == 34)
        #expect(Set(alerts.map(\.code)) == ["anticoagulant", "otherAllergy"])
        let notice = PrivacyNotice(clinic: book.clinic, language: .english)
        #expect(Set(consents.map(\.kind)) == [.privacy, .health])
        #expect(consents.allSatisfy { $0.noticeHash == notice.hash && $0.noticeVersion == "2026-11-en" })
        #expect(consents.allSatisfy { $0.givenAt == Self.now.adding(seconds: 60) })
        let tasks = try await book.db.read { tx in
            try TaskStore.list(of: TaskSubject(.appointment, a.id), in: tx).filter { $0.rule == OnlineObligations.rule }
        }
        #expect(tasks.count == 1 && tasks[0].isOpen && tasks[0].ownerRole == "reception")
        let own = try await book.db.read { tx in
            try OwnAppointments.find(Self.token(101), now: Self.now.adding(minutes: 2), in: tx)
        }
        #expect(own.appointment.id == a.id && own.isUnverified)
        // The holder of the units is the booking now.
        #expect(try await book.units(a.day).allSatisfy { $0.hasSuffix(" \(a.id.raw)") })
    }

    @Test("两部手机同时点同一个时间：一个拿到，另一个被告知没有了 R3.32", arguments: Backend.allCases)
    func oneHoldWins(backend: Backend) async throws {
        let book = try await BookFixture(backend)
        let offer = try #require(try await offers(book).first)
        // Only one doctor is left, or the second visitor would be given the other.
        let other = offer.slot.doctorID == book.lin ? book.chen : book.lin
        try await book.write { tx in
            try ResourceUnits.occupy(
                [Claim(.doctor, other, 32..<76)], day: offer.slot.day,
                holder: UnitHolder(.hold, book.ids.next(Appointment.self, at: Self.now)), clinic: book.clinic.id,
                expiresAt: Self.now.adding(days: 1), now: Self.now, in: tx)
        }

        let outcomes = await withTaskGroup(of: Bool?.self) { group in
            for byte in UInt8(1)...8 {
                group.addTask {
                    do {
                        _ = try await self.hold(book, byte, offer, address: "a\(byte)")
                        return true
                    } catch { return error as? OnlineRefusal == .timeIsGone ? false : nil }
                }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }

        #expect(outcomes.filter { $0 == true }.count == 1)
        #expect(outcomes.filter { $0 == false }.count == 7)
    }

    @Test("五分钟一到，时间可以给别人，旧的表交不上 R3.09", arguments: Backend.allCases)
    func holdsEnd(backend: Backend) async throws {
        let book = try await BookFixture(backend)
        let offer = try #require(try await offers(book).first)
        _ = try await hold(book, 1, offer)
        let later = Self.now.adding(minutes: 5)

        let second = try await hold(book, 2, offer, address: "b", at: later)

        #expect(second.slot.start == offer.slot.start)
        await #expect(throws: LinkIsGone.self) { try await submit(book, 1, at: later) }
        #expect(try await submit(book, 2, at: later.adding(seconds: 30)).appointment.start == offer.slot.start)
    }

    @Test("表只能交一次，第二次和错的链接一样 R16.19", arguments: Backend.allCases)
    func formsAreUsedOnce(backend: Backend) async throws {
        let book = try await BookFixture(backend)
        _ = try await booked(book)

        await #expect(throws: LinkIsGone.self) { try await submit(book, 1) }
        await #expect(throws: LinkIsGone.self) { try await submit(book, 77) }
    }

    @Test("电话在档案里也一样新建，不透露谁是客人 R16.01", arguments: Backend.allCases)
    func neverTellsWhoIsKnown(backend: Backend) async throws {
        let book = try await BookFixture(backend)
        let known = try await book.db.read { tx in try PatientStore.get(book.xiaoming, in: tx) }
        var entry = OnlineRulesTests.good
        entry.name = known.name
        entry.phone = known.phone ?? ""
        _ = try await hold(book, 1, try #require(try await offers(book).first))

        let done = try await submit(book, 1, entry)

        #expect(done.appointment.patientID != book.xiaoming)
        let work = book.work(at: Self.now.adding(minutes: 2))
        let found = try await book.db.read { tx in try OnlineDesk.load(done.form.id, by: work, in: tx) }
        #expect(found.matches.map(\.patient.id) == [book.xiaoming])
        #expect(found.matches.first?.reasons.contains(.samePhone) == true)
    }

    @Test("同一电话一天两次，第三次不接受；机器填的不接受", arguments: Backend.allCases)
    func boundsPhones(backend: Backend) async throws {
        let book = try await BookFixture(backend)
        let times = try await offers(book)
        try #require(times.count >= 3)
        for byte in UInt8(1)...2 {
            _ = try await hold(book, byte, times[Int(byte) - 1], address: "a1")
            _ = try await submit(book, byte)
        }
        _ = try await hold(book, 3, times[2], address: "a1")
        var machine = OnlineRulesTests.good
        machine.trap = "x"

        #expect(await refusal { try await submit(book, 3) } == .notAccepted)
        #expect(await refusal { try await submit(book, 3, machine) } == .notAccepted)
        #expect(await refusal { try await submit(book, 3, at: Self.now.adding(seconds: 2)) } == .notAccepted)
        let count = try await book.db.read { tx in try tx.int64("SELECT COUNT(*) AS n FROM appointment") }
        #expect(count == 2)
    }

    @Test("核实：是新客人，待办结束", arguments: Backend.allCases)
    func acceptsSomebodyNew(backend: Backend) async throws {
        let book = try await BookFixture(backend)
        let done = try await booked(book)
        let work = book.work(at: Self.now.adding(minutes: 10))

        let settled = try await book.write { tx in try OnlineDesk.acceptAsNew(done.form.id, by: work, in: tx) }

        #expect(settled.outcome == .new && settled.settledBy == book.head.id)
        let tasks = try await book.db.read { tx in
            try TaskStore.list(of: TaskSubject(.appointment, done.appointment.id), in: tx)
                .filter { $0.rule == OnlineObligations.rule }
        }
        #expect(tasks.map(\.isOpen) == [false])
        await #expect(throws: OnlineDeskError.settled) {
            try await book.write { tx in try OnlineDesk.acceptAsNew(done.form.id, by: work, in: tx) }
        }
    }

    @Test("核实：并入原档案，预约、时间、病史和提醒待办都过去，新档案查不到了 R1.14", arguments: Backend.allCases)
    func joinsSomebodyKnown(backend: Backend) async throws {
        let book = try await BookFixture(backend)
        _ = try await hold(book, 1, try #require(try await offers(book).last))
        var entry = OnlineRulesTests.good
        entry.answers = [.heart]
        let done = try await submit(book, 1, entry)
        let work = book.work(at: Self.now.adding(minutes: 10))

        _ = try await book.write { tx in
            try OnlineDesk.join(done.form.id, with: book.chunmei, by: work, in: tx)
        }

        let (a, alerts, merged, terms) = try await book.db.read { tx in
            (
                try AppointmentStore.get(done.appointment.id, clinic: book.clinic.id, in: tx),
                try PatientAlerts.list(book.chunmei, in: tx),
                try PatientStore.get(done.appointment.patientID, in: tx).mergedIntoID,
                try tx.int64("SELECT COUNT(*) AS n FROM patient_term WHERE patient_id = \(done.appointment.patientID)")
            )
        }
        #expect(a.patientID == book.chunmei && a.slot == done.appointment.slot)
        #expect(alerts.map(\.code) == ["heart"])
        #expect(merged == book.chunmei && terms == 0)
        #expect(try await book.units(a.day).contains { $0.hasPrefix("patient \(book.chunmei.raw) ") })
        let tasks = try await book.db.read { tx in
            try TaskStore.list(of: TaskSubject(.appointment, a.id), in: tx).filter(\.isOpen)
        }
        #expect(tasks.allSatisfy { $0.patientID == book.chunmei })
    }

    @Test("并入时原客人那时已有预约：说出是谁，什么都不变 R3.32", arguments: Backend.allCases)
    func joiningMeetsConflicts(backend: Backend) async throws {
        let book = try await BookFixture(backend)
        let done = try await booked(book)
        let a = done.appointment
        let other = a.doctorID == book.lin ? book.chen : book.lin
        _ = try await book.place(
            book.command(a.start.clockText, units: 1, day: a.day, doctor: other, patient: book.chunmei))
        let work = book.work(at: Self.now.adding(minutes: 10))

        let error = await bookingError {
            try await book.write { tx in try OnlineDesk.join(done.form.id, with: book.chunmei, by: work, in: tx) }
        }

        #expect(error?.userMessage.contains("同一位客人的时间不能重叠") == true)
        let open = try await book.db.read { tx in try OnlineDesk.listOpen(by: work, in: tx) }
        #expect(open.map(\.appointment.patientID) == [a.patientID])
    }

    @Test("核实不到本人：预约由门诊取消，时间放出", arguments: Backend.allCases)
    func refusesNobody(backend: Backend) async throws {
        let book = try await BookFixture(backend)
        let done = try await booked(book)
        let work = book.work(at: Self.now.adding(minutes: 10))

        _ = try await book.write { tx in try OnlineDesk.refuse(done.form.id, by: work, in: tx) }

        let a = try await book.db.read { tx in
            try AppointmentStore.get(done.appointment.id, clinic: book.clinic.id, in: tx)
        }
        #expect(a.cancellation?.side == .clinic)
        #expect(try await book.units(a.day).isEmpty)
    }

    @Test("换一个时间，先占的马上放出，原来的页面失效 R3.32", arguments: Backend.allCases)
    func givesTheFirstTimeBack(backend: Backend) async throws {
        let book = try await BookFixture(backend)
        let times = try await offers(book)
        _ = try await hold(book, 1, times[0], visitor: "v")
        let second = try await hold(book, 2, times[1], visitor: "v")

        let units = try await book.units(second.slot.day).filter { $0.hasPrefix("doctor ") }
        #expect(units.count == second.slot.units && units.allSatisfy { $0.hasSuffix(" \(second.holdID.raw)") })
        await #expect(throws: LinkIsGone.self) { try await submit(book, 1) }
        // Somebody else may have the first one now.
        _ = try await hold(book, 3, times[0], visitor: "w")
        #expect(try await submit(book, 2).appointment.start == times[1].slot.start)
    }

    @Test("一个地址同时占满就不再给，别处的客人照样能占", arguments: Backend.allCases)
    func boundsHoldsOfOneAddress(backend: Backend) async throws {
        let book = try await BookFixture(backend)
        let times = try await offers(book)
        let most = book.playbook[.publicHoldsPerAddress]
        try #require(times.count > most + 1)
        for index in 0..<most { _ = try await hold(book, UInt8(index + 1), times[index]) }

        #expect(await refusal { try await hold(book, 50, times[most]) } == .notAccepted)
        _ = try await hold(book, 51, times[most], address: "elsewhere")
        // Who changes his mind still may.
        _ = try await hold(book, 52, times[most + 1], visitor: "v1")
    }

    @Test("同一个按钮点两次，是同一张表", arguments: Backend.allCases)
    func holdsOnce(backend: Backend) async throws {
        let book = try await BookFixture(backend)
        let offer = try #require(try await offers(book).first)
        let first = try await hold(book, 1, offer)
        #expect(try await hold(book, 1, offer) == first)
    }

    @Test("同意记成发送时看到的那种语言；健康信息要单独同意", arguments: Backend.allCases)
    func consentsInTheLanguageOfTheSentPage(backend: Backend) async throws {
        let book = try await BookFixture(backend)
        let times = try await offers(book)
        var entry = OnlineRulesTests.good
        entry.agreesHealth = false
        _ = try await hold(book, 1, times[0])
        let plain = try await submit(book, 1, entry, language: .chinese)
        _ = try await hold(book, 2, times[1])
        let english = try await submit(book, 2, language: .english)

        let (first, second) = try await book.db.read { tx in
            (
                try Consents.list(plain.appointment.patientID, in: tx),
                try Consents.list(english.appointment.patientID, in: tx)
            )
        }
        #expect(first.map(\.kind) == [.privacy] && first.map(\.noticeVersion) == ["2026-11"])
        #expect(Set(second.map(\.kind)) == [.privacy, .health])
        #expect(second.allSatisfy { $0.noticeVersion == "2026-11-en" } && english.form.language == .english)
    }

    @Test("没有回答的筛查不算“没有”：全答了才记 R3.45", arguments: Backend.allCases)
    func leavesOpenWhatWasNotAnswered(backend: Backend) async throws {
        let book = try await BookFixture(backend)
        let times = try await offers(book)
        var entry = OnlineRulesTests.good
        entry.answers = [.heart]
        entry.denied = [.diabetes, .heart]
        _ = try await hold(book, 1, times[0])
        let done = try await submit(book, 1, entry)

        let stored = try await book.db.read { tx in
            try OnlineFormStore.find(done.form.id, clinic: book.clinic.id, in: tx)
        }
        #expect(stored?.answers == [.heart] && stored?.denied == [.diabetes])
        let kept = try await book.db.read { tx in try ScreeningStore.latest(for: [done.appointment.id], in: tx) }
        #expect(kept.isEmpty)
    }

    @Test("并入原档案后，客人自己的链接不露原档案的姓名 R16.01", arguments: Backend.allCases)
    func theOwnLinkHidesTheFile(backend: Backend) async throws {
        let book = try await BookFixture(backend)
        let done = try await booked(book)
        let work = book.work(at: Self.now.adding(minutes: 10))
        func own() async throws -> OwnAppointment {
            try await book.db.read { tx in
                try OwnAppointments.find(Self.token(101), now: Self.now.adding(minutes: 20), in: tx)
            }
        }
        #expect(try await own().name == "谢春梅")

        _ = try await book.write { tx in try OnlineDesk.join(done.form.id, with: book.xiaoming, by: work, in: tx) }

        let joined = try await own()
        #expect(joined.appointment.patientID == book.xiaoming)
        #expect(joined.name == nil && joined.greeting == nil)
    }

    @Test("档案上已有别的记录，不能直接并入，什么都不变 R1.14", arguments: Backend.allCases)
    func joiningLeavesNothingBehind(backend: Backend) async throws {
        let book = try await BookFixture(backend)
        let done = try await booked(book)
        let work = book.work(at: Self.now.adding(minutes: 10))
        _ = try await book.write { tx in
            try PatientLevels.set(2, of: done.appointment.patientID, reason: "院长的朋友", by: work, in: tx)
        }

        await #expect(throws: JoiningError.hasMore) {
            try await book.write { tx in try OnlineDesk.join(done.form.id, with: book.chunmei, by: work, in: tx) }
        }
        let still = try await book.db.read { tx in
            try AppointmentStore.get(done.appointment.id, clinic: book.clinic.id, in: tx).patientID
        }
        #expect(still == done.appointment.patientID)
    }

    @Test("发送过、前台还没核实的表，再久也不清除", arguments: Backend.allCases)
    func keepsWhatWaits(backend: Backend) async throws {
        let book = try await BookFixture(backend)
        let done = try await booked(book)
        let count = try await book.write { tx in
            try OnlineBooking.purge(now: Self.now.adding(days: 90), keepDays: 30, in: tx)
        }
        let left = try await book.db.read { tx in try OnlineFormStore.find(done.form.id, clinic: book.clinic.id, in: tx)
        }
        #expect(count == 0 && left?.isOpen == true)
    }

    @Test("没有对上客人的表和过期的链接，30 天后清除 R16.01", arguments: Backend.allCases)
    func forgets(backend: Backend) async throws {
        let book = try await BookFixture(backend)
        let times = try await offers(book)
        _ = try await hold(book, 1, times[0])
        _ = try await hold(book, 2, times[1], address: "b")
        let done = try await submit(book, 2)
        let work = book.work(at: Self.now.adding(minutes: 10))
        _ = try await book.write { tx in try OnlineDesk.acceptAsNew(done.form.id, by: work, in: tx) }

        let early = try await book.write { tx in
            try OnlineBooking.purge(now: Self.now.adding(days: 30), keepDays: 30, in: tx)
        }
        let late = try await book.write { tx in
            try OnlineBooking.purge(now: Self.now.adding(days: 30).adding(minutes: 6), keepDays: 30, in: tx)
        }

        #expect((early, late) == (0, 1))
        let left = try await book.db.read { tx in
            (
                try tx.int64("SELECT COUNT(*) AS n FROM online_form"),
                try tx.int64("SELECT COUNT(*) AS n FROM public_link")
            )
        }
        #expect(left == (1, 1))
    }
}
