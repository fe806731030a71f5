import Kernel

/// What is signed: a record and the exact content at that moment.
package struct SignedDocument: Hashable, Sendable {
    /// `intakeForm` …
    package let kind: String
    package let id: Int64
    /// SHA-256 of the content, 64 hexadecimal digits. Another content needs another signature (R16.10).
    package let contentHash: String
    package init(kind: String, id: Int64, contentHash: String) {
        self.kind = kind
        self.id = id
        self.contentHash = contentHash
    }
}

/// Somebody put their name under a document. Never changed, never deleted.
package struct Signature: Hashable, Sendable {
    package enum Signer: Hashable, Sendable {
        case customer(name: String)
        case guardian(name: String)
        case staff(ID<Staff>, name: String)

        package var name: String {
            switch self {
            case .customer(let name), .guardian(let name), .staff(_, let name): name
            }
        }
        package var label: String {
            switch self {
            case .customer: "客人"
            case .guardian: "监护人"
            case .staff: "员工"
            }
        }
    }

    package enum Manner: Hashable, Sendable {
        case drawn(SignaturePath)
        /// On the paper form, which is kept.
        case paper
    }

    package let id: ID<Signature>
    package let clinicID: ID<ClinicSite>
    package let document: SignedDocument
    /// Which signature of the document.
    package let step: String
    package let signer: Signer
    package let manner: Manner
    package let signedAt: Timestamp
    package let recordedBy: ID<Staff>

    /// Whether it still stands under what the document says now.
    package func holds(for contentHash: String) -> Bool { document.contentHash == contentHash }

    package var path: String? {
        if case .drawn(let path) = manner { path.text } else { nil }
    }
}

/// A signature as it comes in.
package struct NewSignature: Hashable, Sendable {
    package var signer: Signature.Signer
    package var manner: Signature.Manner
    package init(signer: Signature.Signer, manner: Signature.Manner) {
        self.signer = signer
        self.manner = manner
    }

    /// From a form: strokes, or the tick "signed on paper".
    /// - Throws: `SignatureError`.
    package init(
        path: String, isPaper: Bool, signerName: String, isGuardian: Bool
    ) throws(SignatureError) {
        guard let name = signerName.halfWidth.nonBlank else { throw .nameMissing }
        signer = isGuardian ? .guardian(name: name) : .customer(name: name)
        manner = isPaper ? .paper : .drawn(try SignaturePath(path))
    }
}
