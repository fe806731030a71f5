import Storage

extension FoundationTables {
    /// Customers. They belong to the organisation and have a home clinic.
    static let patients: [SQL] = [
        """
        CREATE TABLE patient (
            id \(SQL.int64) NOT NULL PRIMARY KEY,
            home_clinic_id \(SQL.int64) NOT NULL REFERENCES clinic (id),
            record_no TEXT NOT NULL UNIQUE, -- 病历号, from the counter
            name TEXT NOT NULL,
            pinyin TEXT NOT NULL, -- syllables with spaces; editable, polyphones differ by family
            gender TEXT NOT NULL CHECK (gender IN ('male', 'female', 'unknown')),
            born_on TEXT, -- plain date
            stated_age \(SQL.int64), -- years, when no birth date was given
            stated_age_on TEXT, -- the day it was stated
            salutation TEXT, -- 先生, 女士 … (R1.16)
            phone TEXT, -- main number, digits; several people may share one
            phone_missing_reason TEXT, -- code, when phone is NULL (R1.12)
            phone_confirmed_at \(SQL.int64), -- last check-in at which it was confirmed (R1.04)
            address TEXT,
            document_kind TEXT, -- nationalID, passport …
            document_cipher TEXT, -- keyId:nonce:data
            document_hash TEXT, -- keyed, for look-up
            document_masked TEXT,
            source_channel TEXT, -- code (R1.18)
            referrer_id \(SQL.int64) REFERENCES patient (id), -- R1.19
            household_id \(SQL.int64), -- id of the first member of the family; NULL: none known
            complaint TEXT NOT NULL, -- as stated at registration (R1.01)
            condition_note TEXT, -- general physical condition, free text (R1.08)
            remark TEXT,
            registered_at \(SQL.int64) NOT NULL,
            registered_by \(SQL.int64) NOT NULL,
            merged_into_id \(SQL.int64) REFERENCES patient (id),
            version \(SQL.int64) NOT NULL,
            CHECK (born_on IS NOT NULL OR stated_age IS NOT NULL),
            CHECK (phone IS NOT NULL OR phone_missing_reason IS NOT NULL)
        )\(SQL.tableOptions)
        """,
        "CREATE INDEX patient_phone ON patient (phone)",
        "CREATE INDEX patient_referrer ON patient (referrer_id) WHERE referrer_id IS NOT NULL",
        "CREATE INDEX patient_registered ON patient (registered_at)",
        "CREATE INDEX patient_document ON patient (document_hash)",
        "CREATE INDEX patient_name_birth ON patient (name, born_on)",
        "CREATE INDEX patient_household ON patient (household_id) WHERE household_id IS NOT NULL",
        """
        CREATE TABLE patient_term (
            term TEXT NOT NULL, -- suffix of name, pinyin from each syllable, initials, phone, record number; lower case
            patient_id \(SQL.int64) NOT NULL REFERENCES patient (id),
            PRIMARY KEY (term, patient_id)
        )\(SQL.keyedTableOptions)
        """,
        "CREATE INDEX patient_term_of_patient ON patient_term (patient_id)",
        """
        CREATE TABLE patient_change (
            id \(SQL.int64) NOT NULL PRIMARY KEY,
            patient_id \(SQL.int64) NOT NULL REFERENCES patient (id),
            field TEXT NOT NULL, -- column name
            old_value TEXT, -- masked for protected fields
            new_value TEXT,
            changed_by \(SQL.int64) NOT NULL,
            changed_at \(SQL.int64) NOT NULL,
            occasion TEXT NOT NULL -- edit, checkIn
        )\(SQL.tableOptions)
        """,
        "CREATE INDEX patient_change_of_patient ON patient_change (patient_id, changed_at)",
        """
        CREATE TABLE patient_alert (
            id \(SQL.int64) NOT NULL PRIMARY KEY,
            patient_id \(SQL.int64) NOT NULL REFERENCES patient (id),
            code TEXT NOT NULL, -- medical history list: hypertension, diabetes, allergy …
            note TEXT,
            is_special \(SQL.int64) NOT NULL, -- shown in red and to be spoken at hand-over (R1.07)
            recorded_by \(SQL.int64) NOT NULL,
            recorded_at \(SQL.int64) NOT NULL,
            ended_by \(SQL.int64),
            ended_at \(SQL.int64)
        )\(SQL.tableOptions)
        """,
        "CREATE INDEX patient_alert_of_patient ON patient_alert (patient_id)",
        """
        CREATE TABLE patient_wish (
            id \(SQL.int64) NOT NULL PRIMARY KEY,
            patient_id \(SQL.int64) NOT NULL REFERENCES patient (id),
            kind TEXT NOT NULL CHECK (kind IN ('doctorGender', 'doctorAge', 'doctorTitle', 'other')), -- R1.24
            value TEXT NOT NULL,
            is_hard \(SQL.int64) NOT NULL, -- 1: must, 0: would like
            recorded_by \(SQL.int64) NOT NULL,
            recorded_at \(SQL.int64) NOT NULL,
            ended_at \(SQL.int64)
        )\(SQL.tableOptions)
        """,
        "CREATE INDEX patient_wish_of_patient ON patient_wish (patient_id)",
        """
        CREATE TABLE patient_consent (
            id \(SQL.int64) NOT NULL PRIMARY KEY,
            patient_id \(SQL.int64) NOT NULL REFERENCES patient (id),
            kind TEXT NOT NULL CHECK (kind IN ('privacy', 'health', 'marketing', 'photo')),
            notice_version TEXT NOT NULL,
            notice_hash TEXT NOT NULL, -- SHA-256 of the text shown
            guardian_name TEXT, -- for people under 14
            guardian_phone TEXT,
            given_at \(SQL.int64) NOT NULL,
            recorded_by \(SQL.int64) NOT NULL,
            withdrawn_at \(SQL.int64),
            withdrawn_by \(SQL.int64)
        )\(SQL.tableOptions)
        """,
        "CREATE INDEX patient_consent_of_patient ON patient_consent (patient_id)",
    ]
}
