import Kernel
import Storage

/// The table of customers.
package enum PatientStore {
    private static let columns: SQL = """
        id, home_clinic_id, record_no, name, pinyin, gender, born_on, stated_age, stated_age_on, salutation, phone,
        phone_missing_reason, phone_confirmed_at, address, document_kind, document_cipher, document_hash,
        document_masked, source_channel, referrer_id, household_id, complaint, condition_note, remark, registered_at,
        registered_by, merged_into_id, version
        """

    package static func find(_ id: ID<Patient>, in tx: any ReadTransaction) throws -> Patient? {
        try tx.first("SELECT \(columns) FROM patient WHERE id = \(id)").map(patient)
    }

    /// - Throws: `NotFound`.
    package static func get(_ id: ID<Patient>, in tx: any ReadTransaction) throws -> Patient {
        guard let patient = try find(id, in: tx) else { throw NotFound("客人资料") }
        return patient
    }

    /// In the order of `ids`; unknown ones are left out.
    package static func list(_ ids: [ID<Patient>], in tx: any ReadTransaction) throws -> [Patient] {
        guard !ids.isEmpty else { return [] }
        let rows = try tx.rows("SELECT \(columns) FROM patient WHERE id IN \(list: ids)")
        let found = Dictionary(try rows.map(patient).map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        return ids.compactMap { found[$0] }
    }

    /// A file that still counts.
    /// - Throws: `NotFound`; `MergedFile` that names the file it was merged into.
    package static func requireLiving(_ id: ID<Patient>, in tx: any ReadTransaction) throws -> Patient {
        let patient = try get(id, in: tx)
        guard patient.mergedIntoID != nil else { return patient }
        var living = patient
        // A file that took others in may have been merged itself.
        while let next = living.mergedIntoID { living = try get(next, in: tx) }
        throw MergedFile(name: patient.name, living: living)
    }

    /// Holds the row until the transaction ends: customers are shared by the lanes of all clinics.
    /// - Throws: `NotFound`.
    package static func lock(_ id: ID<Patient>, in tx: any WriteTransaction) throws -> Patient {
        let row = try tx.first("SELECT \(columns) FROM patient WHERE id = \(id)\(SQL.forUpdate)")
        guard let row else { throw NotFound("客人资料") }
        return try patient(row)
    }

    /// The newest registrations, newest first. Ids are ordered by time.
    package static func listNewest(limit: Int, in tx: any ReadTransaction) throws -> [ID<Patient>] {
        try tx.rows("SELECT id FROM patient WHERE merged_into_id IS NULL ORDER BY id DESC LIMIT \(limit)").map {
            try $0.id("id")
        }
    }

    /// People whose phone, document, or name with birth date is the same, at most `limit` of each (R1.14).
    static func listCandidates(
        phone: String?, documentHash: String?, name: String, bornOn: Day?, limit: Int, in tx: any ReadTransaction
    ) throws -> [Patient] {
        var found: [Patient] = []
        if let documentHash {
            found += try list(where: "document_hash = \(documentHash)", limit: limit, in: tx)
        }
        if let phone {
            found += try list(where: "phone = \(phone)", limit: limit, in: tx)
        }
        if let bornOn {
            found += try list(where: "name = \(name) AND born_on = \(bornOn)", limit: limit, in: tx)
        }
        var seen: Set<ID<Patient>> = []
        return found.filter { seen.insert($0.id).inserted }
    }

    /// Members of a household, oldest file first.
    static func listHousehold(_ household: ID<Patient>, in tx: any ReadTransaction) throws -> [Patient] {
        try list(where: "household_id = \(household)", limit: 50, in: tx)
    }

    /// Those whom `referrer` brought, newest first (R1.19).
    static func listReferred(by referrer: ID<Patient>, in tx: any ReadTransaction) throws -> [Patient] {
        try tx.rows("SELECT \(columns) FROM patient WHERE referrer_id = \(referrer) ORDER BY id DESC LIMIT 50").map(
            patient)
    }

    private static func list(where condition: SQL, limit: Int, in tx: any ReadTransaction) throws -> [Patient] {
        try tx.rows(
            """
            SELECT \(columns) FROM patient
            WHERE \(condition) AND merged_into_id IS NULL
            ORDER BY id
            LIMIT \(limit)
            """
        ).map(patient)
    }

    static func insert(_ p: Patient, in tx: any WriteTransaction) throws {
        let values: [any SQLBindable] = [
            p.id, p.homeClinicID, p.recordNumber, p.name, p.pinyin, p.gender.rawValue, p.bornOn, p.statedAge,
            p.statedAgeOn, p.salutation, p.phone, p.phoneMissingReason, p.phoneConfirmedAt, p.address,
            p.documentKind?.rawValue, p.documentCipher, p.documentHash, p.documentMasked, p.sourceChannel, p.referrerID,
            p.householdID, p.complaint, p.conditionNote, p.remark, p.registeredAt, p.registeredBy, p.mergedIntoID,
            p.version,
        ]
        let place = try nextDocumentPlace(p, in: tx)
        // On PostgreSQL a row of another clinic that this transaction cannot see makes it run again, and then it sees it.
        let inserted = try tx.run(
            """
            INSERT INTO patient (\(columns), document_place) VALUES \(rows: [values + [place]])
            ON CONFLICT (document_hash, document_place) WHERE document_hash IS NOT NULL DO NOTHING
            """)
        guard inserted == 1 else { throw PatientError.documentJustTaken }
    }

    /// 0 for the first file with a document; who shares one on purpose stands behind.
    private static func nextDocumentPlace(_ p: Patient, in tx: any ReadTransaction) throws -> Int64 {
        guard let hash = p.documentHash else { return 0 }
        let last = try tx.first("SELECT MAX(document_place) AS place FROM patient WHERE document_hash = \(hash)")
        return try last?.int64IfAny("place").map { $0 + 1 } ?? 0
    }

    /// Stores what can change and raises the version.
    /// - Returns: nil when `version` is not the stored one.
    static func update(_ p: Patient, in tx: any WriteTransaction) throws -> Patient? {
        let place: SQL =
            if let hash = p.documentHash {
                """
                CASE WHEN document_hash = \(hash) THEN document_place ELSE \(try nextDocumentPlace(p, in: tx)) END
                """
            } else {
                "0"
            }
        let changed = try tx.run(
            """
            UPDATE patient
            SET name = \(p.name), pinyin = \(p.pinyin), gender = \(p.gender.rawValue), born_on = \(p.bornOn),
                stated_age = \(p.statedAge), stated_age_on = \(p.statedAgeOn), salutation = \(p.salutation),
                phone = \(p.phone), phone_missing_reason = \(p.phoneMissingReason),
                phone_confirmed_at = \(p.phoneConfirmedAt), address = \(p.address),
                document_kind = \(p.documentKind?.rawValue), document_cipher = \(p.documentCipher),
                document_hash = \(p.documentHash), document_masked = \(p.documentMasked), document_place = \(place),
                source_channel = \(p.sourceChannel), referrer_id = \(p.referrerID), household_id = \(p.householdID),
                complaint = \(p.complaint), condition_note = \(p.conditionNote), remark = \(p.remark),
                version = version + 1
            WHERE id = \(p.id) AND version = \(p.version)
            """)
        guard changed == 1 else { return nil }
        var stored = p
        stored.version += 1
        return stored
    }

    /// Search terms of one person, replaced as a whole.
    static func replaceTerms(of patient: Patient, in tx: any WriteTransaction) throws {
        try tx.run("DELETE FROM patient_term WHERE patient_id = \(patient.id)")
        let terms = PatientTerms.terms(
            name: patient.name, pinyin: patient.pinyin, phone: patient.phone, recordNumber: patient.recordNumber)
        let rows = terms.sorted().map { [$0, patient.id] as [any SQLBindable] }
        try tx.run("INSERT INTO patient_term (term, patient_id) VALUES \(rows: rows)")
    }

    private static func patient(_ row: Row) throws -> Patient {
        Patient(
            id: try row.id("id"), homeClinicID: try row.id("home_clinic_id"), recordNumber: try row.text("record_no"),
            name: try row.text("name"), pinyin: try row.text("pinyin"), gender: try row.code("gender"),
            bornOn: try row.dayIfAny("born_on"), statedAge: try row.intIfAny("stated_age"),
            statedAgeOn: try row.dayIfAny("stated_age_on"), salutation: try row.textIfAny("salutation"),
            phone: try row.textIfAny("phone"), phoneMissingReason: try row.textIfAny("phone_missing_reason"),
            phoneConfirmedAt: try row.timestampIfAny("phone_confirmed_at"), address: try row.textIfAny("address"),
            documentKind: try row.codeIfAny("document_kind"), documentCipher: try row.textIfAny("document_cipher"),
            documentHash: try row.textIfAny("document_hash"), documentMasked: try row.textIfAny("document_masked"),
            sourceChannel: try row.textIfAny("source_channel"), referrerID: try row.idIfAny("referrer_id"),
            householdID: try row.idIfAny("household_id"), complaint: try row.text("complaint"),
            conditionNote: try row.textIfAny("condition_note"), remark: try row.textIfAny("remark"),
            registeredAt: try row.timestamp("registered_at"), registeredBy: try row.id("registered_by"),
            mergedIntoID: try row.idIfAny("merged_into_id"), version: try row.int("version"))
    }
}

extension PatientStore {
    /// Cards for lists and search, in the order of `ids`; merged and unknown people are left out.
    package static func briefs(
        _ ids: [ID<Patient>], today: Day, in tx: any ReadTransaction
    ) throws -> [PatientBrief] {
        guard !ids.isEmpty else { return [] }
        let rows = try tx.rows(
            """
            SELECT p.id, p.name, p.gender, p.born_on, p.stated_age, p.stated_age_on, p.salutation, p.record_no, p.phone,
                q.language, q.relay_name, q.needs, q.drink, q.employee_id, q.spoken_on_phone_at, q.read_back_at
            FROM patient p
            LEFT JOIN patient_profile q ON q.patient_id = p.id
            WHERE p.id IN \(list: ids) AND p.merged_into_id IS NULL
            """)
        let alerts = try PatientAlertStore.specials(of: ids, in: tx)
        var found: [ID<Patient>: PatientBrief] = [:]
        for row in rows {
            let brief = try brief(row, alerts: alerts, today: today)
            found[brief.id] = brief
        }
        return ids.compactMap { found[$0] }
    }

    private static func brief(
        _ row: Row, alerts: [ID<Patient>: [PatientBrief.SpecialAlert]], today: Day
    ) throws -> PatientBrief {
        let (bornOn, stated) = (try row.dayIfAny("born_on"), try row.intIfAny("stated_age"))
        let statedOn = try row.dayIfAny("stated_age_on")
        let age = PatientAge.years(bornOn: bornOn, stated: stated, on: statedOn, today: today)
        let (id, name, gender) = (
            try row.id("id", Patient.self), try row.text("name"), try row.code("gender", Gender.self)
        )
        return PatientBrief(
            id: id, name: name,
            greeting: PersonName.greeting(
                name: name, salutation: try row.textIfAny("salutation"), gender: gender, age: age),
            gender: gender, age: age,
            ageText: PatientAge.text(bornOn: bornOn, stated: stated, on: statedOn, today: today),
            recordNumber: try row.text("record_no"), phone: try row.textIfAny("phone"), specialAlerts: alerts[id] ?? [],
            language: try row.textIfAny("language"), relayName: try row.textIfAny("relay_name"),
            needs: PatientProfileStore.codes(try row.textIfAny("needs")), drink: try row.textIfAny("drink"),
            isEmployee: try !row.isNull("employee_id"),
            isReadBackDue: try !row.isNull("spoken_on_phone_at") && row.isNull("read_back_at"))
    }
}

extension PatientStore {
    /// - Parameter recordNumber: as printed; small letters count as large ones.
    package static func findID(recordNumber: String, in tx: any ReadTransaction) throws -> ID<Patient>? {
        try tx.first(
            """
            SELECT id FROM patient
            WHERE record_no IN (\(recordNumber), \(recordNumber.uppercased())) AND merged_into_id IS NULL
            """
        ).map { try $0.id("id") }
    }
}
