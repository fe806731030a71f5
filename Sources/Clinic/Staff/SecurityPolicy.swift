import Kernel

/// The thresholds of signing in (R16.02), from the playbook of the clinic.
package struct SecurityPolicy: Hashable, Sendable {
    /// Wrong passwords in a row until the account is locked.
    package let lockoutFailures: Int
    package let lockoutMinutes: Int
    /// Minutes without a key or click until the screen locks.
    package let idleMinutes: Int
    /// Longest life of a session.
    package let sessionHours: Int
    /// Wrong PINs in a row until the password is asked for (design §6).
    package static let pinFailures = 5

    package init(lockoutFailures: Int = 5, lockoutMinutes: Int = 15, idleMinutes: Int = 10, sessionHours: Int = 14) {
        self.lockoutFailures = lockoutFailures
        self.lockoutMinutes = lockoutMinutes
        self.idleMinutes = idleMinutes
        self.sessionHours = sessionHours
    }

    package init(_ playbook: Playbook) {
        self.init(
            lockoutFailures: playbook[.securityLockoutFailures], lockoutMinutes: playbook[.securityLockoutMinutes],
            idleMinutes: playbook[.securityIdleLockMinutes], sessionHours: playbook[.securitySessionHours])
    }
}
