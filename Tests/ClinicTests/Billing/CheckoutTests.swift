import Clinic
import Kernel
import Storage
import TestSupport
import Testing

@Suite struct CheckoutTests {
    private func teeth(_ numbers: Int...) -> [Tooth] { numbers.compactMap { Tooth($0) } }

    @Test("没有医生的收费通知不能收款 R6.01", arguments: Backend.allCases)
    func noPaymentWithoutNotice(backend: Backend) async throws {
        let fixture = try await BillingFixture(backend)
        let visit = try await fixture.visit()
        let sheet = try await fixture.enter([LineEntry(itemID: fixture.exam)], visit)
        let payment = fixture.payment(sheet, PaymentSplit(.cash, .yuan(20)))
        #expect(await refusal(ChargeError.self) { try await fixture.pay(payment) } == .notReleased)
        #expect(try await fixture.int("SELECT COUNT(*) AS n FROM payment") == 0)
        let released = try await fixture.proceed(.release, [LineEntry(itemID: fixture.exam)], visit, version: 1).sheet
        #expect(
            await refusal(NotAllowed.self) {
                try await fixture.pay(
                    fixture.payment(released, PaymentSplit(.cash, .yuan(20))), by: fixture.work(as: "doctor"))
            } == NotAllowed(capability: .collectPayment))
    }

    @Test("混合付款、部分付款后账本平，收据写明欠费 R6.07 R6.15", arguments: Backend.allCases)
    func mixedAndPartial(backend: Backend) async throws {
        let fixture = try await BillingFixture(backend)
        let sheet = try await fixture.released(
            [LineEntry(itemID: fixture.filling, teeth: teeth(16, 17)), LineEntry(itemID: fixture.paste)])
        let first = try await fixture.pay(
            fixture.payment(
                sheet, PaymentSplit(.wechat, .yuan(500)), PaymentSplit(.cash, .yuan(100)), tendered: .yuan(200),
                expected: .yuan(998)))
        #expect(first.number == 1 && first.received == .yuan(600) && first.arrears == .yuan(398))
        #expect(first.change == .yuan(100) && first.receivable == .yuan(998))
        #expect(try await fixture.balance() == .yuan(398))

        let second = try await fixture.pay(
            fixture.payment(
                sheet, PaymentSplit(.bankCard, .yuan(398), cardType: .credit, cardLast4: "6217"), expected: .yuan(398)))
        #expect(second.number == 2 && second.arrears == .zero && second.receivable == .yuan(398))
        #expect(try await fixture.balance() == .zero)
        #expect(
            await refusal(PaymentError.self) {
                try await fixture.pay(fixture.payment(sheet, PaymentSplit(.cash, .fen(1))))
            } == .nothingDue)
        let totals = try await fixture.db.read { tx in
            try tx.rows(
                "SELECT debit, credit, CAST(SUM(amount_fen) AS BIGINT) AS fen FROM transfer GROUP BY debit, credit ORDER BY debit"
            ).map { "\(try $0.text("debit"))>\(try $0.text("credit")) \(try $0.int64("fen"))" }
        }
        #expect(
            totals == [
                "bankCard>receivable 39800", "cash>receivable 10000", "receivable>income 99800",
                "wechat>receivable 50000",
            ])
        let overpaid = try await fixture.int(
            """
            SELECT COUNT(*) AS n FROM charge_line WHERE amount_fen <>
                (SELECT SUM(allocation.amount_fen) FROM allocation WHERE allocation.charge_line_id = charge_line.id)
            """)
        #expect(overpaid == 0)
    }

    @Test("先还旧账，收据算得清以前欠和已付 R6.07 R6.09", arguments: Backend.allCases)
    func oldestFirst(backend: Backend) async throws {
        let fixture = try await BillingFixture(backend)
        let old = try await fixture.released(
            [LineEntry(itemID: fixture.filling, teeth: teeth(11))], day: BillingFixture.today.adding(days: -3),
            at: BillingFixture.now.adding(days: -3))
        let new = try await fixture.released([LineEntry(itemID: fixture.extraction, teeth: teeth(38))])
        let first = try await fixture.pay(
            fixture.payment(new, PaymentSplit(.cash, .yuan(500)), expected: .yuan(1_080)))
        let second = try await fixture.pay(fixture.payment(new, PaymentSplit(.wechat, .yuan(580))))

        let work = fixture.work()
        func allocated(_ sheet: ChargeSheet, _ receipt: Receipt) async throws -> Int64 {
            try await fixture.int(
                """
                SELECT CAST(COALESCE(SUM(part.amount_fen), 0) AS BIGINT) AS n FROM allocation AS part
                JOIN charge_line AS line ON line.id = part.charge_line_id
                WHERE line.sheet_id = \(sheet.id) AND part.receipt_id = \(receipt.id)
                """)
        }
        #expect(try await allocated(old, first) == 48_000)
        #expect(try await allocated(new, first) == 2_000)
        #expect(try await allocated(new, second) == 58_000)
        let papers = try await fixture.db.read { tx in
            try [first.id, second.id].map { try ReceiptPaper.load($0, by: work, in: tx) }
        }
        #expect(papers.map(\.earlier) == [.yuan(480), .zero])
        #expect(papers.map(\.paidBefore) == [.zero, .yuan(20)])
        for paper in papers {
            let receipt = paper.receipt
            #expect(paper.listTotal - paper.discount + paper.earlier - paper.paidBefore == receipt.receivable)
            #expect(receipt.received + receipt.arrears == receipt.receivable)
        }
    }

    @Test("同一把钥匙并发提交 20 次只收一次；换了内容就拒绝 R6.03", arguments: Backend.allCases)
    func idempotent(backend: Backend) async throws {
        let fixture = try await BillingFixture(backend)
        let sheet = try await fixture.released([LineEntry(itemID: fixture.extraction, teeth: teeth(38))])
        let payment = fixture.payment(sheet, PaymentSplit(.cash, .yuan(100)), key: "form-1")
        let receipts = try await withThrowingTaskGroup(of: ID<Receipt>.self) { group in
            for _ in 0..<20 { group.addTask { try await fixture.pay(payment).id } }
            return try await group.reduce(into: Set<ID<Receipt>>()) { $0.insert($1) }
        }
        #expect(receipts.count == 1)
        #expect(try await fixture.balance() == .yuan(500))
        let other = fixture.payment(sheet, PaymentSplit(.cash, .yuan(200)), key: "form-1")
        #expect(await refusal(KeyUsedForSomethingElse.self) { try await fixture.pay(other) } != nil)
        #expect(try await fixture.balance() == .yuan(500))
        #expect(try await fixture.int("SELECT value FROM counter WHERE name = 'receipt'") == 1)
    }

    @Test("32 笔并发收款，收据号连续不断不重复 R6.03", arguments: Backend.allCases)
    func numbersHaveNoGaps(backend: Backend) async throws {
        let fixture = try await BillingFixture(backend)
        let sheet = try await fixture.released([LineEntry(itemID: fixture.extraction, teeth: teeth(38))])
        let numbers = await withTaskGroup(of: Int?.self) { group in
            for index in 0..<32 {
                // Every fourth one is refused and must leave no gap.
                let amount = index.isMultiple(of: 4) ? Money.yuan(9_999) : .yuan(1)
                let payment = fixture.payment(sheet, PaymentSplit(.cash, amount))
                group.addTask { try? await fixture.pay(payment).number }
            }
            return await group.reduce(into: [Int]()) { if let number = $1 { $0.append(number) } }
        }
        #expect(numbers.sorted() == Array(1...24))
        #expect(try await fixture.balance() == .yuan(600 - 24))
    }

    @Test("两个收银同时收同一张单，只有一个成功，不会多收 R6.03", arguments: Backend.allCases)
    func twoCashiers(backend: Backend) async throws {
        let fixture = try await BillingFixture(backend)
        let sheet = try await fixture.released([LineEntry(itemID: fixture.extraction, teeth: teeth(38))])
        let outcomes = await withTaskGroup(of: PaymentError?.self) { group in
            for method in [PaymentMethod.cash, .wechat] {
                let payment = fixture.payment(sheet, PaymentSplit(method, .yuan(400)), expected: .yuan(600))
                group.addTask { await refusal(PaymentError.self) { try await fixture.pay(payment) } }
            }
            return await group.reduce(into: [PaymentError?]()) { $0.append($1) }
        }
        #expect(outcomes.compactMap(\.self) == [.dueChanged(now: .yuan(200))])
        #expect(try await fixture.balance() == .yuan(200))
        #expect(PaymentError.dueChanged(now: .yuan(200)).userMessage == "应收金额刚刚变为 ¥200.00，请核对后重新收款")
    }

    @Test("欠费当天生成上报，还清后撤下；离开未付也上报 R6.08", arguments: Backend.allCases)
    func arrearsAreReported(backend: Backend) async throws {
        let fixture = try await BillingFixture(backend)
        let sheet = try await fixture.released([LineEntry(itemID: fixture.extraction, teeth: teeth(38))])
        let subject = TaskSubject(.sheet, sheet.id)
        #expect(try await fixture.tasks(of: subject) == [])
        _ = try await fixture.pay(fixture.payment(sheet, PaymentSplit(.cash, .yuan(100))))
        #expect(try await fixture.tasks(of: subject) == ["arrears.report 2026-03-12 20:00"])
        let reason = try await fixture.db.read { tx in try TaskStore.list(of: subject, in: tx).first?.reason }
        #expect(reason == "欠 ¥500.00 · 拔牙·38 · 收据 A-000001")
        _ = try await fixture.pay(fixture.payment(sheet, PaymentSplit(.cash, .yuan(500))))
        #expect(try await fixture.tasks(of: subject) == ["arrears.report 2026-03-12 20:00 withdrawn"])

        let unpaid = try await fixture.released([LineEntry(itemID: fixture.exam)], patient: fixture.book.chunmei)
        let (work, patient) = (fixture.work(), fixture.book.chunmei)
        for _ in 0..<2 {
            try await fixture.book.write { tx in try Arrears.reconcileLeaving(patient, by: work, in: tx) }
        }
        #expect(try await fixture.tasks(of: TaskSubject(.sheet, unpaid.id)) == ["arrears.report 2026-03-12 20:00"])
    }

    @Test("第一张是正本，再打就是补打，记下第几次和时间 R6.03", arguments: Backend.allCases)
    func printsAreCounted(backend: Backend) async throws {
        let fixture = try await BillingFixture(backend)
        let sheet = try await fixture.released([LineEntry(itemID: fixture.exam)])
        let receipt = try await fixture.pay(fixture.payment(sheet, PaymentSplit(.cash, .yuan(20))))
        func print(_ work: Work) async throws -> Int {
            try await fixture.book.write { tx in try Checkout.print(receipt.id, layout: .roll, by: work, in: tx) }
        }
        #expect(try await print(fixture.work(as: "cashier")) == 1)
        let later = BillingFixture.now.adding(hours: 5)
        #expect(try await print(fixture.work(as: "supervisor", at: later)) == 2)
        #expect(await refusal(NotAllowed.self) { try await print(fixture.work(as: "guide")) } != nil)
        let times = try await fixture.db.read { tx in
            try [1, 2, 3].map { try ReceiptStore.printedAt(receipt.id, copy: $0, in: tx) }
        }
        #expect(times == [BillingFixture.now, later, nil])
    }

    @Test("待收费按放行先后；未放行、记了欠费、以前欠费各归其位 R6.01 R6.09", arguments: Backend.allCases)
    func queueShowsWhoOwes(backend: Backend) async throws {
        let fixture = try await BillingFixture(backend)
        let book = fixture.book
        let (xiaoming, chunmei, guodong) = (book.patients[0], book.patients[1], book.patients[2])
        let paying = try await fixture.released(
            [LineEntry(itemID: fixture.exam)], patient: xiaoming, at: BillingFixture.now.adding(minutes: -4))
        let owing = try await fixture.released(
            [LineEntry(itemID: fixture.exam)], patient: chunmei, at: BillingFixture.now.adding(minutes: -9))
        _ = try await fixture.pay(fixture.payment(owing, PaymentSplit(.cash, .yuan(5))))
        let old = try await fixture.released(
            [LineEntry(itemID: fixture.exam)], patient: guodong, day: BillingFixture.today.adding(days: -1),
            at: BillingFixture.now.adding(days: -1))
        let visit = try await fixture.visit(guodong)
        let draft = try await fixture.enter([LineEntry(itemID: fixture.paste)], visit)

        let work = fixture.work()
        let queue = try await fixture.db.read { tx in try CheckoutQueue.load(by: work, in: tx) }
        #expect(queue.waiting.map(\.sheet.id) == [paying.id, owing.id, old.id])
        #expect(queue.waiting.map(\.state) == [.now, .arrears, .earlier])
        #expect(queue.waiting.map(\.due) == [.yuan(20), .yuan(15), .yuan(20)])
        #expect(queue.waiting[0].minutes(at: work.now) == 4)
        #expect(queue.coming.map(\.sheet?.id) == [draft.id])
        let room = try await fixture.db.read { tx in try DoctorDay.load(of: nil, all: true, by: work, in: tx) }
        #expect(Set((room.inChair + room.finishing).map(\.sheet?.id)) == [draft.id, paying.id, owing.id])
    }
}
