import Crypto
import Foundation
import Kernel

/// Closes and opens the protected columns (R16.08): AES-GCM, bound to table, column and row, so that a value copied to
/// another row does not open.
///
/// Stored form: `keyId:nonce:data` with nonce (12 bytes) and data (cipher text and 16 bytes of tag) in base64url.
package struct FieldCipher: Sendable {
    private let ring: KeyRing

    package init(ring: KeyRing) { self.ring = ring }

    /// Identifies the key file: `organisation.key_fingerprint`.
    package var fingerprint: String { ring.fingerprint }

    /// Whether somebody typed the proof of the recovery sheet of these keys.
    package func isRecoveryProof(_ typed: String) -> Bool { RecoverySheet(ring).isProof(typed) }

    /// Closes `clear` with the active key. Two calls give two texts.
    /// - Throws: `CryptoKitError`, when the library refuses the key.
    package func seal(_ clear: String, table: String, column: String, row: Int64) throws -> String {
        let place = Self.place(table, column, row)
        let nonce = AES.GCM.Nonce()
        let box = try AES.GCM.seal(
            Data(clear.utf8), using: ring.active.secret, nonce: nonce, authenticating: Data(place.utf8))
        return [ring.active.id, Base64URL.text(Data(nonce)), Base64URL.text(box.ciphertext + box.tag)]
            .joined(separator: ":")
    }

    /// - Throws: `SecretsError` when the key is missing, or the value was changed or moved.
    package func open(_ cipher: String, table: String, column: String, row: Int64) throws -> String {
        let parts = cipher.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 3, let nonce = Base64URL.data(parts[1]), nonce.count == 12,
            let data = Base64URL.data(parts[2]), data.count >= 16
        else { throw SecretsError.malformed }
        guard let key = ring.find(String(parts[0])) else { throw SecretsError.unknownKey(id: String(parts[0])) }
        let place = Self.place(table, column, row)
        do {
            let box = try AES.GCM.SealedBox(
                nonce: AES.GCM.Nonce(data: nonce), ciphertext: data.dropLast(16), tag: data.suffix(16))
            let clear = try AES.GCM.open(box, using: key.secret, authenticating: Data(place.utf8))
            return String(decoding: clear, as: UTF8.self)
        } catch is CryptoKitError {
            throw SecretsError.doesNotOpen(place: "\(table).\(column)")
        }
    }

    /// Keyed SHA-256 of a value as the form normalised it, to find it without opening anything. 64 hexadecimal digits,
    /// the same for ever: rotation does not touch this key.
    package func lookupHash(_ clear: String) -> String {
        Hex.text(HMAC<SHA256>.authenticationCode(for: Data(clear.utf8), using: ring.lookup))
    }

    /// Whether the value was made with the active key; rotation renews the others.
    package func isCurrent(_ cipher: String) -> Bool { cipher.hasPrefix(ring.active.id + ":") }

    /// What the value is bound to.
    private static func place(_ table: String, _ column: String, _ row: Int64) -> String {
        "\(table)|\(column)|\(row)"
    }
}
