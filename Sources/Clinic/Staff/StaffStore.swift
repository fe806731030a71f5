import Kernel
import Storage

/// Reads the people who work here. Accounts (passwords, PINs, lock-out) are `AccountStore`.
package enum StaffStore {
    package static func find(_ id: ID<Staff>, in tx: any ReadTransaction) throws -> Staff? {
        try tx.first("SELECT \(columns) FROM staff s WHERE s.id = \(id)").map(staff)
    }

    /// - Throws: `NotFound`.
    package static func get(_ id: ID<Staff>, in tx: any ReadTransaction) throws -> Staff {
        guard let staff = try find(id, in: tx) else { throw NotFound("员工资料") }
        return staff
    }

    /// In order of employee number. Ids without a person are left out.
    package static func list(_ ids: [ID<Staff>], in tx: any ReadTransaction) throws -> [Staff] {
        guard !ids.isEmpty else { return [] }
        return try tx.rows(
            """
            SELECT \(columns)
            FROM staff s
            WHERE s.id IN \(list: ids)
            ORDER BY s.employee_no
            """
        ).map(staff)
    }

    /// Doctors with a role in `clinic` who are not disabled, in order of employee number (the order of rotation, R3.15).
    package static func listDoctors(clinic: ID<ClinicSite>, in tx: any ReadTransaction) throws -> [Staff] {
        try tx.rows(
            """
            SELECT \(columns)
            FROM staff s
            WHERE s.is_doctor = 1
                AND s.disabled_at IS NULL
                AND \(hasRole(in: clinic))
            ORDER BY s.employee_no
            """
        ).map(staff)
    }

    /// One of `listDoctors`; nil for anybody else: whoever becomes treating doctor goes through here.
    package static func findDoctor(
        _ id: ID<Staff>, clinic: ID<ClinicSite>, in tx: any ReadTransaction
    ) throws -> Staff? {
        try tx.first(
            """
            SELECT \(columns)
            FROM staff s
            WHERE s.id = \(id)
                AND s.is_doctor = 1
                AND s.disabled_at IS NULL
                AND \(hasRole(in: clinic))
            """
        ).map(staff)
    }

    /// Everybody with a role in `clinic` who is not disabled, in order of employee number.
    package static func listActive(clinic: ID<ClinicSite>, in tx: any ReadTransaction) throws -> [Staff] {
        try tx.rows(
            """
            SELECT \(columns)
            FROM staff s
            WHERE s.disabled_at IS NULL
                AND \(hasRole(in: clinic))
            ORDER BY s.employee_no
            """
        ).map(staff)
    }

    /// Those of `listActive` who have one of the roles, in order of employee number.
    package static func list(
        ofRoles roles: [String], clinic: ID<ClinicSite>, in tx: any ReadTransaction
    ) throws -> [Staff] {
        try tx.rows(
            """
            SELECT \(columns)
            FROM staff s
            WHERE s.disabled_at IS NULL
                AND EXISTS (
                    SELECT 1 AS one
                    FROM role_grant g
                    WHERE g.staff_id = s.id AND g.clinic_id IN (0, \(clinic)) AND g.revoked_at IS NULL
                        AND g.role IN \(list: roles)
                )
            ORDER BY s.employee_no
            """
        ).map(staff)
    }

    /// Names for display, disabled people included: what they did stays theirs.
    package static func names(
        _ ids: Set<ID<Staff>>, in tx: any ReadTransaction
    ) throws -> [ID<Staff>: String] {
        var names: [ID<Staff>: String] = [:]
        for nobody in [Actor.system, .customer] where ids.contains(nobody.id) { names[nobody.id] = nobody.name }
        guard !ids.isEmpty else { return names }
        for row in try tx.rows("SELECT id, name FROM staff WHERE id IN \(list: ids.sorted())") {
            names[try row.id("id")] = try row.text("name")
        }
        return names
    }

    static let columns: SQL =
        """
        s.id, s.employee_no, s.name, s.gender, s.title, s.login_name, s.is_doctor, s.specialty, s.chair_id,
            s.disabled_at, s.version
        """

    private static func hasRole(in clinic: ID<ClinicSite>) -> SQL {
        """
        EXISTS (
            SELECT 1 AS one
            FROM role_grant g
            WHERE g.staff_id = s.id AND g.clinic_id IN (0, \(clinic)) AND g.revoked_at IS NULL
        )
        """
    }

    static func staff(_ row: Row) throws -> Staff {
        Staff(
            id: try row.id("id"), employeeNumber: try row.text("employee_no"), name: try row.text("name"),
            gender: try row.code("gender"), title: try row.textIfAny("title"), loginName: try row.text("login_name"),
            isDoctor: try row.bool("is_doctor"), specialty: try row.textIfAny("specialty"),
            chairID: try row.idIfAny("chair_id"), disabledAt: try row.timestampIfAny("disabled_at"),
            version: try row.int("version"))
    }
}
