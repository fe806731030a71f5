import Crypto
import CryptoExtras
import Foundation
import Kernel

/// A secret as it is stored: scrypt with its cost and salt in one text, so that the cost can be raised later.
///
/// `scrypt$15$8$1$salt$hash`: log2 N, block size, parallelism, salt and hash in base64url.
package enum PasswordHash {
    /// What one guess costs. Memory is 128 × N × r bytes.
    package struct Cost: Hashable, Sendable {
        package let logRounds: Int
        package let blockSize: Int
        package let parallelism: Int

        package init(logRounds: Int, blockSize: Int, parallelism: Int) {
            self.logRounds = logRounds
            self.blockSize = blockSize
            self.parallelism = parallelism
        }

        /// 32 MB, about 60 ms on one core of a small server.
        package static let password = Cost(logRounds: 15, blockSize: 8, parallelism: 1)
        /// 16 MB. A PIN is guarded by the count of attempts, and changing persons must take less than three seconds.
        package static let pin = Cost(logRounds: 14, blockSize: 8, parallelism: 1)
        /// Only for tests and demo data; never for a real account.
        package static let cheap = Cost(logRounds: 4, blockSize: 8, parallelism: 1)
    }

    package static let saltBytes = 16
    private static let hashBytes = 32

    /// Takes as long as `cost` says: call it on `HashingQueue`, never inside a transaction.
    /// - Parameter salt: 16 random bytes, new for every secret.
    package static func make(_ secret: String, salt: [UInt8], cost: Cost) throws -> String {
        let hash = try derive(secret, salt: salt, cost: cost)
        return [
            "scrypt", String(cost.logRounds), String(cost.blockSize), String(cost.parallelism),
            Base64URL.text(Data(salt)), Base64URL.text(hash),
        ].joined(separator: "$")
    }

    /// Without a stored hash it works just as long and answers false: the time does not tell whether a name exists.
    package static func matches(_ secret: String, stored: String?) throws -> Bool {
        guard let stored, let parts = Parts(stored) else {
            _ = try derive(secret, salt: [UInt8](repeating: 0, count: saltBytes), cost: .password)
            return false
        }
        return equal(try derive(secret, salt: parts.salt, cost: parts.cost), parts.hash)
    }

    private static func derive(_ secret: String, salt: [UInt8], cost: Cost) throws -> Data {
        // The same character typed on two keyboards is the same password.
        let bytes = Data(secret.precomposedStringWithCanonicalMapping.utf8)
        let key = try KDF.Scrypt.deriveKey(
            from: bytes, salt: Data(salt), outputByteCount: hashBytes, rounds: 1 << cost.logRounds,
            blockSize: cost.blockSize, parallelism: cost.parallelism)
        return key.withUnsafeBytes { Data($0) }
    }

    /// Looks at every byte, whatever the first ones say.
    private static func equal(_ a: Data, _ b: Data) -> Bool {
        guard a.count == b.count else { return false }
        return zip(a, b).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
    }

    private struct Parts {
        let cost: Cost
        let salt: [UInt8]
        let hash: Data

        init?(_ text: String) {
            let fields = text.split(separator: "$", omittingEmptySubsequences: false)
            guard fields.count == 6, fields[0] == "scrypt", let logRounds = Int(fields[1]),
                (1...20).contains(logRounds),
                let blockSize = Int(fields[2]), (1...32).contains(blockSize), let parallelism = Int(fields[3]),
                (1...16).contains(parallelism), let salt = Base64URL.data(fields[4]),
                let hash = Base64URL.data(fields[5])
            else { return nil }
            cost = Cost(logRounds: logRounds, blockSize: blockSize, parallelism: parallelism)
            self.salt = [UInt8](salt)
            self.hash = hash
        }
    }
}
