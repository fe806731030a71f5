import Kernel
import Storage

/// A window of the desk or the till with the plain number on its pane (R4.39).
package struct ServiceWindow: Hashable, Sendable {
    package enum Kind: String, Sendable, CaseIterable {
        case desk, cashier
        package var label: String { self == .desk ? "前台" : "收银" }
    }
    package let id: ID<ServiceWindow>
    package let number: Int
    package let kind: Kind
    package init(id: ID<ServiceWindow>, number: Int, kind: Kind) {
        self.id = id
        self.number = number
        self.kind = kind
    }
}

/// Windows and their numbers.
package enum ServiceWindows {
    /// - Throws: `FormErrors` with HTML name `window`, `NotAllowed`.
    package static func open(
        number: Int, kind: ServiceWindow.Kind, by work: Work, in tx: any WriteTransaction
    ) throws -> ServiceWindow {
        try work.actor.require(.manageRooms)
        guard (1...99).contains(number) else { throw FormErrors("window", "窗口号是 1 到 99 的整数") }
        let others = try ServiceWindowStore.list(clinic: work.clinic.id, in: tx)
        guard !others.contains(where: { $0.number == number }) else {
            throw FormErrors("window", "\(number) 号窗口已经有了，请换一个号码")
        }
        let window = ServiceWindow(id: work.newID(), number: number, kind: kind)
        try ServiceWindowStore.insert(window, by: work, in: tx)
        try Audit.append(
            Event("window.opened", of: window.id, ["number": JSONValue(number), "kind": .text(kind.rawValue)]),
            by: work, in: tx)
        return window
    }

    package static func close(_ id: ID<ServiceWindow>, by work: Work, in tx: any WriteTransaction) throws {
        try work.actor.require(.manageRooms)
        guard try ServiceWindowStore.close(id, by: work, in: tx) else { throw NotFound("窗口") }
        try Audit.append(Event("window.closed", of: id), by: work, in: tx)
    }

    /// In order of number.
    package static func list(clinic: ID<ClinicSite>, in tx: any ReadTransaction) throws -> [ServiceWindow] {
        try ServiceWindowStore.list(clinic: clinic, in: tx)
    }
}

/// SQL of `service_window`.
enum ServiceWindowStore {
    static func list(clinic: ID<ClinicSite>, in tx: any ReadTransaction) throws -> [ServiceWindow] {
        try tx.rows(
            """
            SELECT id, number, kind
            FROM service_window
            WHERE clinic_id = \(clinic) AND closed_at IS NULL
            ORDER BY number
            """
        ).map { row in
            ServiceWindow(id: try row.id("id"), number: try row.int("number"), kind: try row.code("kind"))
        }
    }

    static func insert(_ window: ServiceWindow, by work: Work, in tx: any WriteTransaction) throws {
        try tx.run(
            """
            INSERT INTO service_window (id, clinic_id, number, kind, opened_at)
            VALUES (\(window.id), \(work.clinic.id), \(window.number), \(window.kind.rawValue), \(work.now))
            """)
    }

    static func close(_ id: ID<ServiceWindow>, by work: Work, in tx: any WriteTransaction) throws -> Bool {
        try tx.run(
            """
            UPDATE service_window
            SET closed_at = \(work.now)
            WHERE id = \(id) AND clinic_id = \(work.clinic.id) AND closed_at IS NULL
            """) == 1
    }
}
