import Kernel
import Storage

/// The part of `staff` and `role_grant` that belongs to accounts. Nobody outside this folder reads hashes.
package enum AccountStore {
    package static func find(_ id: ID<Staff>, in tx: any ReadTransaction) throws -> Account? {
        guard let row = try tx.first("SELECT \(columns) FROM staff s WHERE s.id = \(id)") else { return nil }
        return try account(row, grants: try grants([id], in: tx))
    }

    /// - Throws: `NotFound`.
    package static func get(_ id: ID<Staff>, in tx: any ReadTransaction) throws -> Account {
        guard let account = try find(id, in: tx) else { throw NotFound("员工资料") }
        return account
    }

    /// Everybody, the disabled at the end, in order of employee number; at most 500.
    package static func list(in tx: any ReadTransaction) throws -> [Account] {
        let rows = try tx.rows(
            """
            SELECT \(columns)
            FROM staff s
            ORDER BY CASE WHEN s.disabled_at IS NULL THEN 0 ELSE 1 END, s.employee_no
            LIMIT 500
            """)
        let grants = try grants(try rows.map { try $0.id("id") }, in: tx)
        return try rows.map { try account($0, grants: grants) }
    }

    static func idWithLoginName(_ loginName: String, in tx: any ReadTransaction) throws -> ID<Staff>? {
        try tx.first("SELECT id FROM staff WHERE login_name = \(loginName)").map { try $0.id("id") }
    }

    static func idWithEmployeeNumber(_ number: String, in tx: any ReadTransaction) throws -> ID<Staff>? {
        try tx.first("SELECT id FROM staff WHERE employee_no = \(number)").map { try $0.id("id") }
    }

    static func passwordHash(_ id: ID<Staff>, in tx: any ReadTransaction) throws -> String? {
        try tx.first("SELECT password_hash FROM staff WHERE id = \(id)")?.textIfAny("password_hash")
    }

    static func pinHash(_ id: ID<Staff>, in tx: any ReadTransaction) throws -> String? {
        try tx.first("SELECT pin_hash FROM staff WHERE id = \(id)")?.textIfAny("pin_hash")
    }

    static func insert(
        _ form: AccountForm, id: ID<Staff>, passwordHash: String?, mustChange: Bool, now: Timestamp,
        in tx: any WriteTransaction
    ) throws {
        try tx.run(
            """
            INSERT INTO staff (id, employee_no, name, pinyin, gender, title, phone, login_name, password_hash, pin_hash,
                failed_sign_ins, failed_pins, locked_until, must_change_password, is_doctor, specialty, chair_id,
                created_at, disabled_at, version)
            VALUES (\(id), \(form.employeeNumber), \(form.name), \(Pinyin.text(ofName: form.name)),
                \(form.gender.rawValue), \(form.title), \(form.phone), \(form.loginName), \(passwordHash), NULL,
                0, 0, NULL, \(mustChange), \(form.isDoctor), \(form.specialty), \(form.chairID),
                \(now), NULL, 1)
            """)
    }

    /// - Returns: false when `version` is no longer the stored one.
    static func update(
        _ id: ID<Staff>, to form: AccountForm, version: Int, in tx: any WriteTransaction
    ) throws -> Bool {
        try tx.run(
            """
            UPDATE staff
            SET employee_no = \(form.employeeNumber), name = \(form.name), pinyin = \(Pinyin.text(ofName: form.name)),
                gender = \(form.gender.rawValue), title = \(form.title), phone = \(form.phone),
                login_name = \(form.loginName), is_doctor = \(form.isDoctor), specialty = \(form.specialty),
                chair_id = \(form.chairID), version = version + 1
            WHERE id = \(id) AND version = \(version)
            """) == 1
    }

    static func setDisabled(_ id: ID<Staff>, at instant: Timestamp?, in tx: any WriteTransaction) throws {
        try tx.run("UPDATE staff SET disabled_at = \(instant), version = version + 1 WHERE id = \(id)")
    }

    /// A new password also opens a lock and asks for the password once before the PIN counts again.
    static func setPassword(
        _ id: ID<Staff>, hash: String, mustChange: Bool, in tx: any WriteTransaction
    ) throws {
        try tx.run(
            """
            UPDATE staff
            SET password_hash = \(hash), must_change_password = \(mustChange), failed_sign_ins = 0, locked_until = NULL,
                failed_pins = \(SecurityPolicy.pinFailures)
            WHERE id = \(id)
            """)
    }

    static func setPin(_ id: ID<Staff>, hash: String?, in tx: any WriteTransaction) throws {
        try tx.run("UPDATE staff SET pin_hash = \(hash), failed_pins = 0 WHERE id = \(id)")
    }

    static func setFailures(
        _ id: ID<Staff>, signIns: Int, lockedUntil: Timestamp?, in tx: any WriteTransaction
    ) throws {
        try tx.run(
            "UPDATE staff SET failed_sign_ins = \(signIns), locked_until = \(lockedUntil) WHERE id = \(id)")
    }

    static func setFailedPins(_ id: ID<Staff>, _ count: Int, in tx: any WriteTransaction) throws {
        try tx.run("UPDATE staff SET failed_pins = \(count) WHERE id = \(id)")
    }

    static func insert(
        _ grant: RoleGrant, to staff: ID<Staff>, by work: Work, in tx: any WriteTransaction
    ) throws {
        try tx.run(
            """
            INSERT INTO role_grant (id, staff_id, clinic_id, role, granted_by, granted_at, revoked_at)
            VALUES (\(work.newID(RoleGrant.self)), \(staff), \(grant.clinicID?.raw ?? 0), \(grant.role),
                \(work.actor.id), \(work.now), NULL)
            """)
    }

    static func revoke(
        _ grant: RoleGrant, from staff: ID<Staff>, at now: Timestamp, in tx: any WriteTransaction
    ) throws {
        try tx.run(
            """
            UPDATE role_grant
            SET revoked_at = \(now)
            WHERE staff_id = \(staff) AND clinic_id = \(grant.clinicID?.raw ?? 0) AND role = \(grant.role)
                AND revoked_at IS NULL
            """)
    }

    private static func grants(
        _ staff: [ID<Staff>], in tx: any ReadTransaction
    ) throws -> [ID<Staff>: [RoleGrant]] {
        guard !staff.isEmpty else { return [:] }
        let rows = try tx.rows(
            """
            SELECT staff_id, clinic_id, role
            FROM role_grant
            WHERE staff_id IN \(list: staff) AND revoked_at IS NULL
            ORDER BY staff_id, clinic_id, role
            """)
        var grants: [ID<Staff>: [RoleGrant]] = [:]
        for row in rows {
            let clinic = try row.int64("clinic_id")
            grants[try row.id("staff_id"), default: []].append(
                RoleGrant(clinicID: clinic == 0 ? nil : ID(raw: clinic), role: try row.text("role")))
        }
        return grants
    }

    private static let columns: SQL =
        """
        \(StaffStore.columns), s.phone, s.must_change_password, s.failed_sign_ins, s.failed_pins, s.locked_until,
            CASE WHEN s.password_hash IS NULL THEN 0 ELSE 1 END AS has_password,
            CASE WHEN s.pin_hash IS NULL THEN 0 ELSE 1 END AS has_pin
        """

    private static func account(_ row: Row, grants: [ID<Staff>: [RoleGrant]]) throws -> Account {
        let staff = try StaffStore.staff(row)
        return Account(
            staff: staff, phone: try row.textIfAny("phone"), mustChangePassword: try row.bool("must_change_password"),
            hasPassword: try row.bool("has_password"), hasPin: try row.bool("has_pin"),
            failedSignIns: try row.int("failed_sign_ins"), failedPins: try row.int("failed_pins"),
            lockedUntil: try row.timestampIfAny("locked_until"), grants: grants[staff.id] ?? [])
    }
}
