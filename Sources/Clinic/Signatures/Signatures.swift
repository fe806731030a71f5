import Kernel
import Storage

/// Signatures under documents of any feature. The feature decides who has to sign and what its content is.
package enum Signatures {
    /// Stores the signature and says so in the log of the document.
    /// - Parameter patient: whose time line it belongs to.
    package static func add(
        _ new: NewSignature, under document: SignedDocument, step: String, patient: ID<Patient>?, by work: Work,
        in tx: any WriteTransaction
    ) throws -> Signature {
        let signature = Signature(
            id: work.newID(), clinicID: work.clinic.id, document: document, step: step, signer: new.signer,
            manner: new.manner, signedAt: work.now, recordedBy: work.actor.id)
        try SignatureStore.insert(signature, in: tx)
        try Audit.append(
            Event(
                "signature.given", of: signature.id, patient: patient,
                [
                    "document": .text(document.kind), "documentID": .int(document.id),
                    "step": .text(step), "contentHash": .text(document.contentHash),
                    "isPaper": .bool(new.manner == .paper),
                ]), by: work, in: tx)
        return signature
    }
}

/// The table of signatures; only ever added to.
package enum SignatureStore {
    /// All signatures of a document, oldest first.
    package static func list(
        kind: String, id: Int64, in tx: any ReadTransaction
    ) throws -> [Signature] {
        try tx.rows(
            """
            SELECT \(columns)
            FROM signature
            WHERE document_kind = \(kind) AND document_id = \(id)
            ORDER BY signed_at, id
            """
        ).map(signature)
    }

    /// The latest one of a step.
    package static func latest(
        kind: String, id: Int64, step: String, in tx: any ReadTransaction
    ) throws -> Signature? {
        try list(kind: kind, id: id, in: tx).last { $0.step == step }
    }

    static func insert(_ s: Signature, in tx: any WriteTransaction) throws {
        let (kind, staff): (String, ID<Staff>?) =
            switch s.signer {
            case .customer: ("customer", nil)
            case .guardian: ("guardian", nil)
            case .staff(let id, _): ("staff", id)
            }
        let values: [any SQLBindable] = [
            s.id, s.clinicID, s.document.kind, s.document.id, s.document.contentHash, s.step, kind, s.signer.name,
            staff,
            s.path == nil ? "paper" : "drawn", s.path, s.signedAt, s.recordedBy,
        ]
        try tx.run("INSERT INTO signature (\(columns)) VALUES \(rows: [values])")
    }

    private static let columns: SQL = """
        id, clinic_id, document_kind, document_id, content_hash, step, signer_kind, signer_name, signer_id, manner, path,
        signed_at, recorded_by
        """

    private static func signature(_ row: Row) throws -> Signature {
        let name = try row.text("signer_name")
        let signer: Signature.Signer =
            switch try row.text("signer_kind") {
            case "guardian": .guardian(name: name)
            case "staff": .staff(try row.id("signer_id"), name: name)
            default: .customer(name: name)
            }
        return Signature(
            id: try row.id("id"), clinicID: try row.id("clinic_id"),
            document: SignedDocument(
                kind: try row.text("document_kind"), id: try row.int64("document_id"),
                contentHash: try row.text("content_hash")), step: try row.text("step"), signer: signer,
            manner: try row.textIfAny("path").map { .drawn(SignaturePath(stored: $0)) } ?? .paper,
            signedAt: try row.timestamp("signed_at"), recordedBy: try row.id("recorded_by"))
    }
}
