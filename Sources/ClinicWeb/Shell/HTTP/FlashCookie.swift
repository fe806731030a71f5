import Crypto
import Foundation
import Kernel

/// Carries the message of the last action to the next page: base64url of a form, a dot, its HMAC. Nobody else can write one.
enum FlashCookie {
    static func encode(_ flash: FlashView, _ key: SymmetricKey) -> String {
        let fields = URLText.address("", ["t": flash.text, "n": flash.tone, "u": flash.undoHref ?? ""])
        let body = Base64URL.text(Data(fields.dropFirst().utf8))
        return body + "." + Signature.sign("flash:" + body, key)
    }

    /// nil when the cookie is absent, damaged or not ours.
    static func decode(_ cookie: String, _ key: SymmetricKey) -> FlashView? {
        let parts = cookie.split(separator: ".", maxSplits: 1).map(String.init)
        guard parts.count == 2, Signature.isValid(parts[1], for: "flash:" + parts[0], key),
            let data = Base64URL.data(parts[0])
        else { return nil }
        let form = Form(urlEncoded: data)
        return FlashView(text: form["t"], tone: form["n"], undoHref: form["u"].isEmpty ? nil : form["u"])
    }
}

/// Short keyed signatures of texts.
enum Signature {
    static func sign(_ text: String, _ key: SymmetricKey) -> String {
        Base64URL.text(Data(HMAC<SHA256>.authenticationCode(for: Data(text.utf8), using: key)))
    }

    /// Compares in constant time.
    static func isValid(_ signature: String, for text: String, _ key: SymmetricKey) -> Bool {
        guard let code = Base64URL.data(signature) else { return false }
        return HMAC<SHA256>.isValidAuthenticationCode(code, authenticating: Data(text.utf8), using: key)
    }

    /// - Returns: true when both are the same; takes as long for a near miss as for a far one.
    static func areEqual(_ a: String, _ b: String) -> Bool {
        let (a, b) = (Array(a.utf8), Array(b.utf8))
        guard a.count == b.count, !a.isEmpty else { return false }
        return zip(a, b).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
    }
}
