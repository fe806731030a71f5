import Clinic
import ClinicWeb
import Crypto
import Foundation
import Hummingbird
import Kernel
import Logging
import ServiceLifecycle
import Storage

/// The composition root: makes every part once and gives it to those who need it.
enum Composition {
    /// What the running program consists of.
    struct Parts: Sendable {
        let settings: Settings
        let opened: OpenedDatabase
        let clock: @Sendable () -> Timestamp
        let ids: IDSource
        let playbooks: PlaybookCache
        let hub: LiveHub
        let banners: BannerBoard
        let isDemo: Bool
        /// Differs between processes and starts.
        let processToken: String
        let app: AppServices
        let logger: Logger
    }

    static func parts(
        _ settings: Settings, _ opened: OpenedDatabase, options given: WebOptions, clock: ServerClock, logger: Logger
    ) async throws -> Parts {
        let organisation = try await opened.db.read { try Organisation.find(in: $0) }
        let ring = try keyRing(settings, organisation)
        let playbooks = PlaybookCache(shipped: try Playbook.load(from: settings.playbookFolder))
        try await opened.db.read { try playbooks.refresh(in: $0) }
        var options = given
        options.isDemo = organisation?.isDemo ?? false
        options.siteName = organisation?.name ?? options.siteName
        let clinics = try await opened.db.read { try PlaceStore.clinics(in: $0) }
        options.sitePhone = clinics.count == 1 ? clinics.first?.phone ?? "" : ""
        let banners = BannerBoard(isDemo: options.isDemo, isPlainHTTP: options.isPlainHTTPOnNetwork)
        let now: @Sendable () -> Timestamp = { clock.now }
        let token = Self.token(bytes: 8)
        let hub = LiveHub(epoch: token)
        let resources = try WebFolder.find(settings.text("web"))
        var app = AppServices(
            db: opened.db, clock: now, ids: IDSource(),
            templates: try Templates.load(folder: resources.templates, views: Features.views),
            assets: try AssetStore(folder: resources.publicFiles), hub: hub,
            sessions: DatabaseSessions(db: opened.db, playbooks: playbooks), playbook: { playbooks.playbook($0) },
            routes: Features.routes, secret: ring.signingKey, options: options, logger: logger)
        app.cipher = FieldCipher(ring: ring)
        app.banners = { banners.banners }
        app.setupCode = organisation == nil ? Self.token(bytes: 5) : nil
        return Parts(
            settings: settings, opened: opened, clock: now, ids: app.ids, playbooks: playbooks, hub: hub,
            banners: banners,
            isDemo: options.isDemo, processToken: token, app: app, logger: logger)
    }

    /// Everything that runs besides answering requests, first to start and last to stop first.
    static func services(_ parts: Parts) -> [any Service] {
        [
            AccessLogWriter(log: parts.app.accesses, db: parts.opened.db, logger: parts.logger),
            JobRunner(
                db: parts.opened.db, jobs: Jobs.all(parts), clock: parts.clock, logger: parts.logger,
                holder: parts.processToken),
            LiveRelay(db: parts.opened.db, hub: parts.hub),
            parts.hub,
        ]
    }

    /// The key of an existing installation must be the right one; a new installation gets one.
    static func keyRing(_ settings: Settings, _ organisation: Organisation?) throws -> KeyRing {
        for folder in [settings.data, settings.backupFolder] + [settings.secondBackupFolder].compactMap({ $0 }) {
            try settings.keyFile.requireOutside(folder)
        }
        guard let organisation else { return try settings.keyFile.readOrCreate().ring }
        let ring = try settings.keyFile.read()
        guard ring.fingerprint == organisation.keyFingerprint else {
            throw SecretsError.otherKey(expected: organisation.keyFingerprint, found: ring.fingerprint)
        }
        return ring
    }

    private static func token(bytes: Int) -> String {
        SymmetricKey(size: SymmetricKeySize(bitCount: bytes * 8)).withUnsafeBytes { bytes in
            bytes.map { String($0, radix: 16).zeroPadded(2) }.joined()
        }
    }
}

/// Templates and static files: those built with the program, or a folder that holds `templates/` and `public/`.
enum WebFolder {
    static func find(_ named: String?) throws -> WebResources {
        guard let named else { return .bundled }
        return WebResources(folder: URL(fileURLWithPath: named))
    }
}
