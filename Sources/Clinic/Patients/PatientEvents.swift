import Kernel

/// What the log says about a file: never a phone, a document or an address in clear.
enum PatientEvents {
    static func registered(_ patient: Patient) -> [String: JSONValue] {
        [
            "recordNo": .text(patient.recordNumber), "gender": .text(patient.gender.rawValue),
            "phone": JSONValue(patient.phone.map { PatientPhone.text($0, masked: true) }),
            "phoneMissingReason": JSONValue(patient.phoneMissingReason), "document": JSONValue(patient.documentMasked),
            "sourceChannel": JSONValue(patient.sourceChannel), "referrer": JSONValue(patient.referrerID),
        ]
    }

    static func edited(_ changes: [PatientChange]) -> JSONValue {
        [
            "changes": .list(
                changes.map { change in
                    [
                        "field": .text(change.field.rawValue), "from": JSONValue(change.field.masked(change.oldValue)),
                        "to": JSONValue(change.field.masked(change.newValue)),
                    ]
                })
        ]
    }
}
