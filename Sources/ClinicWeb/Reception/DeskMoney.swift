import Clinic
import Kernel
import Storage

/// What the board says about money: states for everybody, amounts only for those who may see them.
struct DeskMoney: Sendable {
    var sheets: [ID<Visit>: ChargeSheet] = [:]
    /// What each customer owes; who owes nothing is missing.
    var owed: [ID<Patient>: Money] = [:]

    /// 3 statements.
    static func load(_ board: ReceptionBoard, by work: Work, in tx: any ReadTransaction) throws -> DeskMoney {
        let sheets = try ChargeSheetStore.listDay(clinic: work.clinic.id, day: work.today, in: tx)
        let people = Set(board.coming.map(\.appointment.patientID) + board.guests.map(\.visit.patientID))
        return DeskMoney(
            sheets: Dictionary(sheets.map { ($0.visitID, $0) }, uniquingKeysWith: { first, _ in first }),
            owed: people.isEmpty
                ? [:] : try Ledger.balances(of: people.sorted(), clinic: work.clinic.id, in: tx))
    }
}

/// How far the charge of a visit is.
struct ChargeProgress {
    let chip: ToneChip
    let note: String?
    /// Nothing is left to be paid for this visit: the farewell is one tap.
    let isSettled: Bool

    init(_ sheet: ChargeSheet?, owed: Money) {
        guard let sheet else {
            self.init(chip: ToneChip("待开单", tone: "waiting"), note: nil, isSettled: false)
            return
        }
        let names = sheet.lines.prefix(2).map(\.label).joined(separator: "、")
        switch sheet.stage {
        case .draft: self.init(chip: ToneChip("录入中", tone: "waiting"), note: names, isSettled: false)
        case .explained: self.init(chip: ToneChip("待客人确认", tone: "waiting"), note: names, isSettled: false)
        case .confirmed: self.init(chip: ToneChip("待医生放行", tone: "waiting"), note: names, isSettled: false)
        case .released where owed > .zero:
            self.init(chip: ToneChip("待收费", tone: "waiting"), note: names, isSettled: false)
        case .released: self.init(chip: ToneChip("已付清", tone: "done"), note: Self.next(sheet) ?? names, isSettled: true)
        }
    }

    private init(chip: ToneChip, note: String?, isSettled: Bool) {
        self.chip = chip
        self.note = note
        self.isSettled = isSettled
    }

    /// What the doctor advised (R5.23).
    private static func next(_ sheet: ChargeSheet) -> String? {
        guard case .visit(let units, let days, _)? = sheet.advice else { return nil }
        return days > 0 ? "建议 \(days) 天后复诊 · \(units) 单位" : "建议复诊 · \(units) 单位"
    }
}
