import Kernel
import Storage
import TestSupport
import Testing

@testable import Clinic

struct ChartTests {
    private func chart(_ kind: PaperChart.Kind, _ state: ChartState) -> PaperChart {
        PaperChart(
            id: ID(raw: 1), clinicID: ID(raw: 1), patientID: ID(raw: 2), kind: kind, number: "1", shelf: "1",
            state: state, movedAt: Timestamp(milliseconds: 0), movedBy: ID(raw: 3), version: 1)
    }

    @Test("病历一步一步走，借出凭主管同意，病历本自由归还 R1.30 R1.33") func states() {
        func next(_ kind: PaperChart.Kind, _ state: ChartState, ticket: Bool) -> [ChartState] {
            ChartRules.next(chart(kind, state), release: nil, needsTicket: ticket)
        }
        #expect(next(.chart, .shelf, ticket: true) == [.pulled, .ordered])
        #expect(next(.chart, .pulled, ticket: true) == [.doctor, .cashier, .shelf])
        #expect(next(.chart, .pulled, ticket: false) == [.doctor, .cashier, .shelf, .released])
        #expect(next(.booklet, .cashier, ticket: true) == [.shelf, .doctor, .returned])
        #expect(next(.booklet, .returned, ticket: true) == [.pulled, .shelf])
        #expect(next(.chart, .released, ticket: true) == [.pulled, .shelf])
    }

    /// A fixture with the paper rules switched on.
    private func works(_ fixture: ReceptionFixture) -> (desk: Work, head: Work) {
        let playbook = fixture.book.playbook.resolved(
            organisation: [],
            clinic: ["R1.28", "R1.29", "R1.30", "R1.31", "R1.33"].map {
                PlaybookOverride(kind: .level, key: $0, value: "\"remind\"", shippedValue: "\"off\"")
            })
        func work(_ id: ID<Staff>) -> Work {
            Work(
                actor: Actor(id: id, name: "王若彤", roles: [], capabilities: Set(Capability.allCases)),
                clinic: fixture.book.clinic, now: ReceptionFixture.now, playbook: playbook, ids: fixture.book.ids)
        }
        return (work(fixture.book.lin), work(fixture.book.head.id))
    }

    @Test("今天要用的病历按到诊时间排，来了先取，每一步有人有时间 R1.30 R1.31", arguments: Backend.allCases)
    func fetching(backend: Backend) async throws {
        let fixture = try await ReceptionFixture(backend)
        let (desk, _) = works(fixture)
        let (a, b, c) = (fixture.book.patients[0], fixture.book.patients[1], fixture.book.patients[2])
        let today = fixture.book.clinic.calendar.businessDay(of: ReceptionFixture.now)
        _ = try await fixture.book.place(fixture.book.command("15:00", day: today, patient: a))
        _ = try await fixture.book.place(fixture.book.command("14:00", day: today, patient: b))
        let charts = try await fixture.write { tx in
            try [(a, "0007"), (b, "0003"), (c, "0001")].map { patient, number in
                try Charts.add(.chart, number: number, shelf: "3 架 12 格", of: patient, by: desk, in: tx)
            }
        }
        let ordered = try await fixture.write { tx in try Charts.orderForToday(by: desk, in: tx) }
        let list = try await fixture.book.db.read { tx in
            try ChartStore.listBooked(today, clinic: desk.clinic.id, in: tx)
        }
        #expect(ordered == 2)
        #expect(list.map(\.chart.number) == ["0003", "0007"])
        #expect(list.map(\.start?.clockText) == ["14:00", "15:00"])
        #expect(list.allSatisfy { $0.chart.state == .ordered })

        let off = fixture.work()
        let (silent, cue) = try await fixture.book.db.read { tx in
            (try Charts.cue(c, by: off, in: tx), try Charts.cue(c, by: desk, in: tx))
        }
        let pulled = try await fixture.write { tx in try Charts.pull(for: c, by: desk, in: tx) }
        let movements = try await fixture.book.db.read { tx in try ChartStore.movements(of: charts[2].id, in: tx) }
        #expect(silent == nil)
        #expect(cue?.shelf == "3 架 12 格")
        #expect(pulled?.state == .pulled)
        #expect(movements.map(\.to) == [.pulled, .shelf])
        #expect(movements.allSatisfy { $0.movedBy == desk.actor.id && $0.movedAt == desk.now })
        await #expect(throws: ChartError.numberTaken("0001")) {
            _ = try await fixture.write { tx in
                try Charts.add(.chart, number: "0001", shelf: "1 架", of: a, by: desk, in: tx)
            }
        }
    }

    @Test("没有主管同意不能借出，自己的借出单自己不能批 R1.33 R16.09", arguments: Backend.allCases)
    func releasing(backend: Backend) async throws {
        let fixture = try await ReceptionFixture(backend)
        let (desk, head) = works(fixture)
        let chart = try await fixture.write { tx in
            let chart = try Charts.add(
                .chart, number: "0001", shelf: "1 架", of: fixture.book.patients[0], by: desk, in: tx)
            return try Charts.move(chart.id, version: chart.version, to: .pulled, by: desk, in: tx)
        }
        await #expect(throws: ChartError.needsTicket) {
            _ = try await fixture.write { tx in
                try Charts.move(chart.id, version: chart.version, to: .released, by: desk, in: tx)
            }
        }
        _ = try await fixture.write { tx in try Charts.requestRelease(chart.id, reason: "要去外院会诊", by: desk, in: tx) }
        await #expect(throws: ChartError.ticketOpen) {
            _ = try await fixture.write { tx in try Charts.requestRelease(chart.id, reason: "再要", by: desk, in: tx) }
        }
        await #expect(throws: ChartError.ownTicket) {
            try await fixture.write { tx in
                try Charts.decide(chart.id, approves: true, answer: "", by: desk, in: tx)
            }
        }
        try await fixture.write { tx in try Charts.decide(chart.id, approves: true, answer: "三天内还", by: head, in: tx) }
        let out = try await fixture.write { tx in
            try Charts.move(chart.id, version: chart.version, to: .released, by: desk, in: tx)
        }
        let back = try await fixture.write { tx in
            try Charts.move(chart.id, version: out.version, to: .pulled, by: desk, in: tx)
        }
        #expect(out.state == .released)
        await #expect(throws: ChartError.needsTicket) {
            _ = try await fixture.write { tx in
                try Charts.move(chart.id, version: back.version, to: .released, by: desk, in: tx)
            }
        }
    }

    @Test("录入带章，他人复核标错，更正成新版本，差错按人计数 R1.28 R1.29", arguments: Backend.allCases)
    func transcription(backend: Backend) async throws {
        let fixture = try await ReceptionFixture(backend)
        let (typist, reviewer) = works(fixture)
        let patient = fixture.book.patients[0]
        let card = try await fixture.book.db.read { tx in try StaffStore.get(typist.actor.id, in: tx) }

        let entry = try await fixture.write { tx in
            try ChartEntries.add(seenOn: "2024-03-12", content: "16 根管治疗", of: patient, by: typist, in: tx)
        }
        try await fixture.write { tx in try ChartEntries.returned(entry.id, by: typist, in: tx) }
        await #expect(throws: ChartError.ownEntry) {
            try await fixture.write { tx in try ChartEntries.markWrong(entry.id, reason: "牙位", by: typist, in: tx) }
        }
        try await fixture.write { tx in
            try ChartEntries.markWrong(entry.id, reason: "应为 17", by: reviewer, in: tx)
        }
        let corrected = try await fixture.write { tx in
            try ChartEntries.add(
                seenOn: "2024-03-12", content: "17 根管治疗", corrects: entry.id, of: patient, by: typist, in: tx)
        }
        await #expect(throws: ChartError.alreadyDone) {
            _ = try await fixture.write { tx in
                try ChartEntries.add(
                    seenOn: "2024-03-12", content: "18", corrects: entry.id, of: patient, by: typist, in: tx)
            }
        }
        let (entries, counts) = try await fixture.book.db.read { tx in
            (
                try ChartEntryStore.list(of: patient, in: tx),
                try ChartEntryStore.counts(
                    clinic: typist.clinic.id, from: typist.now, until: typist.now.adding(minutes: 1), in: tx)
            )
        }
        #expect(entry.stampText == "\(card.name) \(card.employeeNumber)")
        #expect(entries.map(\.content) == ["17 根管治疗", "16 根管治疗"])
        #expect(entries[1].fault?.reason == "应为 17")
        #expect(entries[1].returnedAt == typist.now)
        #expect(corrected.correctsID == entry.id)
        #expect(counts == [ChartEntryStore.OperatorCount(staffID: typist.actor.id, entries: 2, wrong: 1)])
    }

    @Test("打印写明用途，复印由前台取齐再交给客人 R1.32 R1.34", arguments: Backend.allCases)
    func papers(backend: Backend) async throws {
        let fixture = try await ReceptionFixture(backend)
        let (desk, _) = works(fixture)
        let patient = fixture.book.patients[0]
        await #expect(throws: FormErrors("note", "请写一句用途说明")) {
            _ = try await fixture.write { tx in
                try RecordPapers.print(of: patient, purpose: "other", note: "", by: desk, in: tx)
            }
        }
        let (print, copy) = try await fixture.write { tx in
            (
                try RecordPapers.print(of: patient, purpose: "insurance", note: "", by: desk, in: tx),
                try RecordPapers.request(of: patient, purpose: "reimbursement", papers: "病历、发票", by: desk, in: tx)
            )
        }
        let fetched = try await fixture.write { tx in
            try RecordPapers.advance(copy.id, version: copy.version, by: desk, in: tx)
        }
        let open = try await fixture.book.db.read { tx in
            try RecordPaperStore.listOpen(clinic: desk.clinic.id, in: tx)
        }
        let handed = try await fixture.write { tx in
            try RecordPapers.advance(copy.id, version: fetched.version, by: desk, in: tx)
        }
        let (left, prints) = try await fixture.book.db.read { tx in
            (
                try RecordPaperStore.listOpen(clinic: desk.clinic.id, in: tx),
                try RecordPaperStore.prints(of: patient, in: tx)
            )
        }
        #expect([copy.stateText, fetched.stateText, handed.stateText] == ["办理中", "已备齐", "已交客人"])
        #expect(open.map(\.id) == [copy.id])
        #expect(left == [])
        #expect(prints == [print])
    }
}
