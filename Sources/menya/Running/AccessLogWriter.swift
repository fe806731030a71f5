import Clinic
import Logging
import ServiceLifecycle
import Storage

/// Writes noted looks once a second, and what is left when the server stops.
struct AccessLogWriter: Service {
    let log: AccessLog
    let db: any Database
    let logger: Logger

    func run() async throws {
        try? await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                try await Task.sleep(for: .seconds(1))
                await flush()
            }
        }
        await flush()
    }

    private func flush() async {
        let dropped = log.takeDropped()
        if dropped > 0 {
            logger.warning("access log too long, oldest dropped", metadata: ["dropped": .stringConvertible(dropped)])
        }
        do {
            try await log.flush(to: db)
        } catch {
            logger.error("access log not written", metadata: ["error": .string(String(describing: error))])
        }
    }
}
