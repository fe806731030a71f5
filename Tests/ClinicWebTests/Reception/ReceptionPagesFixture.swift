import Clinic
import ClinicWeb
import Hummingbird
import HummingbirdTesting
import Kernel
import Storage
import TestSupport

/// The clinic of `BookPagesFixture` with every page, one person per role and a clock that tests move.
struct ReceptionPagesFixture: Sendable {
    let book: BookPagesFixture
    let app: AppServices
    private let clock: Guarded<Timestamp>

    init() async throws {
        let book = try await BookPagesFixture()
        let clock = Guarded(BookPagesFixture.now)
        let served = book.served
        (self.book, self.clock) = (book, clock)
        app = try served.app(
            ["guide", "lobby", "cashier", "reception", "attendant", "nurse", "head", "supervisor"].map {
                served.person(ofRole: $0)
            },
            clock: { clock.withLock { $0 } })
    }

    /// Lets time pass.
    func wait(_ minutes: Int) { clock.withLock { $0 = $0.adding(minutes: minutes) } }

    func use(_ body: @escaping @Sendable (PatientPagesFixture.Browser) async throws -> Void) async throws {
        try await Application(router: WebServer(app).router()).test(.router) { client in
            try await body(PatientPagesFixture.Browser(client: client))
        }
    }

    func visits() async throws -> [Visit] {
        let clinic = book.clinic.id
        return try await app.db.read { tx in try VisitStore.listDay(clinic: clinic, day: BookPagesFixture.today, in: tx)
        }
    }

    func visit(of patient: Int) async throws -> Visit {
        let id = book.patients[patient]
        guard let visit = try await visits().first(where: { $0.patientID == id }) else { throw NotFound("到访") }
        return visit
    }

    var chairs: [ID<Chair>] {
        get async throws {
            let clinic = book.clinic.id
            return try await app.db.read { tx in try PlaceStore.chairs(clinic: clinic, in: tx).map(\.id) }
        }
    }

    func patient(_ index: Int) async throws -> Patient {
        let id = book.patients[index]
        return try await app.db.read { tx in try PatientStore.get(id, in: tx) }
    }

    func addAlert(_ index: Int) async throws {
        let (id, work) = (book.patients[index], book.work)
        _ = try await app.db.write(in: book.clinic.lane) { tx in
            try PatientAlerts.record(code: "hypertension", note: "", of: id, by: work, in: tx)
        }
    }
}
