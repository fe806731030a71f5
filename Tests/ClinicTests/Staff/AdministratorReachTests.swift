import Clinic
import Kernel
import Storage
import TestSupport
import Testing

@Suite("门诊管理员的范围")
struct AdministratorReachTests {
    @Test("门诊管理员只看到本门诊的人：别的门诊的人不存在，跨门诊的人看得到而没有电话 R16.12 R16.15", arguments: Backend.allCases)
    func seesOwnClinic(backend: Backend) async throws {
        let house = try await TwoClinics(backend)
        let (local, whole) = (house.localAdministrator, house.fixture.work())

        let (seen, all) = try await house.fixture.db.read { tx in
            (try Accounts.list(by: local, in: tx), try Accounts.list(by: whole, in: tx))
        }

        #expect(seen.map(\.account.staff.name) == ["林岚", "周敏", "王若彤", "沈青"])
        #expect(seen.map(\.isAdministered) == [false, true, true, false])
        #expect(seen.map(\.account.phone) == [nil, nil, "13800138000", nil])
        #expect(all.map(\.account.staff.name) == ["林岚", "周敏", "王若彤", "沈青", "何东", "陆无岗"])
        #expect(all.map(\.account.phone).compactMap(\.self).count == 4)
        #expect(!all.map(\.isAdministered).contains(false))
        await #expect(throws: NotFound.self) { try await house.look(at: house.east, by: local) }
        await #expect(throws: NotFound.self) { try await house.look(at: house.roleless, by: local) }
        #expect(try await house.look(at: house.both, by: local).account.phone == nil)
    }

    @Test("门诊管理员只管本门诊的账号，没有岗位的账号归全机构的管理员 R16.15", arguments: Backend.allCases)
    func administersOwnClinic(backend: Backend) async throws {
        let house = try await TwoClinics(backend)
        let local = house.localAdministrator

        await #expect(throws: NotFound.self) { try await house.disable(house.east, by: local) }
        await #expect(throws: NotFound.self) { try await house.disable(house.roleless, by: local) }
        await #expect(throws: NotAllowed.self) { try await house.disable(house.both, by: local) }
        await #expect(throws: NotAllowed.self) { try await house.disable(house.fixture.head.id, by: local) }
        try await house.disable(house.west, by: local)
        try await house.disable(house.roleless, by: house.fixture.work())
    }

    @Test("门诊管理员只在本门诊给岗位，不能收走最后一个 R16.15", arguments: Backend.allCases)
    func givesRolesInOwnClinic(backend: Backend) async throws {
        let house = try await TwoClinics(backend)
        let (local, clinic, other) = (house.localAdministrator, house.fixture.clinic.id, house.otherClinic.id)

        await #expect(throws: NotAllowed.self) {
            try await house.give(house.west, [RoleGrant(clinicID: nil, role: "guide")], by: local)
        }
        await #expect(throws: NotAllowed.self) {
            try await house.give(house.west, [RoleGrant(clinicID: other, role: "guide")], by: local)
        }
        await #expect(throws: FormErrors("roles", "请至少留一个岗位；不再来上班的，请停用账号")) {
            try await house.give(house.west, [], by: local)
        }
        try await house.give(house.west, [RoleGrant(clinicID: clinic, role: "cashier")], by: local)
        #expect(try await house.look(at: house.west, by: local).account.roles(in: clinic) == ["cashier"])
    }

    @Test("岗位的权限只由全机构的管理员修改 R16.15")
    func rolesBelongToTheOrganisation() async throws {
        let house = try await TwoClinics(.sqlite)
        let local = house.localAdministrator

        await #expect(throws: NotAllowed.self) {
            try await house.fixture.write { tx in
                try RoleEditing.setCapabilities(
                    "guide", to: [.manageStaff], scope: .clinic(local.clinic.id), reason: "试试", by: local, in: tx)
            }
        }
    }
}

/// 林岚 administers everywhere, 周敏 only in the first clinic. 王若彤 works there, 何东 in the other one, 沈青 in both,
/// 陆无岗 has no role.
private struct TwoClinics {
    let fixture: StaffFixture
    let otherClinic: ClinicSite
    let localAdministrator: Work
    let west: ID<Staff>
    let both: ID<Staff>
    let east: ID<Staff>
    let roleless: ID<Staff>

    init(_ backend: Backend) async throws {
        fixture = try await StaffFixture(backend)
        let (work, here) = (fixture.work(), fixture.clinic.id)
        let made = try await fixture.write { tx in
            let other = try Places.addClinic(
                ClinicForm(code: "B", name: "示例口腔东门诊", phone: "021-6888 4321", address: "东路 2 号"), by: work, in: tx)
            func hire(_ name: String, _ number: String, _ phone: String?, _ grants: [RoleGrant]) throws -> ID<Staff> {
                try Accounts.create(
                    AccountForm(employeeNumber: number, name: name, phone: phone, loginName: "p\(number)"),
                    grants: grants, passwordHash: nil, by: work, in: tx
                ).id
            }
            let (guideHere, guideThere) = (
                RoleGrant(clinicID: here, role: "guide"), RoleGrant(clinicID: other.id, role: "guide")
            )
            return (
                other, try hire("周敏", "0101", nil, [RoleGrant(clinicID: here, role: "administrator")]),
                try hire("王若彤", "0102", "13800138000", [guideHere]),
                try hire("沈青", "0103", "13800138001", [guideHere, guideThere]),
                try hire("何东", "0104", "13800138002", [guideThere]), try hire("陆无岗", "0105", "13800138003", [])
            )
        }
        (otherClinic, west, both, east, roleless) = (made.0, made.2, made.3, made.4, made.5)
        let account = try await fixture.db.read { tx in try AccountStore.get(made.1, in: tx) }
        localAdministrator = fixture.work(as: Actor(account, in: here, playbook: fixture.playbook))
    }

    func look(at id: ID<Staff>, by work: Work) async throws -> Accounts.Seen {
        try await fixture.db.read { tx in try Accounts.seen(id, by: work, in: tx) }
    }

    func disable(_ id: ID<Staff>, by work: Work) async throws {
        try await fixture.write { tx in try Accounts.disable(id, by: work, in: tx) }
    }

    func give(_ id: ID<Staff>, _ grants: [RoleGrant], by work: Work) async throws {
        try await fixture.write { tx in try Accounts.setRoles(id, to: grants, by: work, in: tx) }
    }
}
