import Clinic
import Kernel
import Storage
import TestSupport
import Testing

@Suite struct AppointmentPartTests {
    @Test("助手只要前一刻钟、全景机中间一刻钟，其余时间别人能用 R3.32", arguments: Backend.allCases)
    func partsHoldOnlyTheirTime(backend: Backend) async throws {
        let book = try await BookFixture(backend)
        let work = book.work()
        let device = try await book.write { tx in
            try Devices.add(kind: "panoramic", name: "全景机", room: nil, by: work, in: tx)
        }
        var command = book.command("10:00", units: 4)
        command.parts = [
            .assistant(book.head.id, offset: 0, units: 1), .device(device.id, offset: 1, units: 1),
            .doctor(offset: 1, units: 3),
        ]
        let placed = try await book.place(command)

        // The doctor is free in the first quarter, the device before and after its own.
        var other = book.command("09:30", units: 3, patient: book.chunmei)
        other.parts = [.device(device.id, offset: 2, units: 1)]
        _ = try await book.place(other)
        var clash = book.command("10:15", units: 2, doctor: book.chen, patient: book.patients[2])
        clash.parts = [.device(device.id, offset: 0, units: 1)]
        let clashing = clash
        let error = await bookingError { try await book.place(clashing) }
        let moved = try await book.move(placed, to: "14:00")
        let again = try await book.place(clashing)
        let stored = try await book.db.read { tx in
            try AppointmentStore.get(moved.id, clinic: book.clinic.id, in: tx)
        }

        #expect(error?.userMessage.hasPrefix("全景机 10:00–11:00 已约王小明") == true)
        #expect(stored.parts.count == 3)
        #expect(
            try await book.units().filter { $0.hasPrefix("device") && $0.hasSuffix(" \(moved.id.raw)") } == [
                "device \(device.id.raw) 57 \(moved.id.raw)"
            ])
        #expect(again.start == Unit(41))
    }

    @Test("拖动前只看医生那一段有没有人，助手被占也说出来 R3.32", arguments: Backend.allCases)
    func obstaclesFollowParts(backend: Backend) async throws {
        let book = try await BookFixture(backend)
        let work = book.work()
        var command = book.command("14:00", units: 4)
        command.parts = [.assistant(book.head.id, offset: 0, units: 2), .doctor(offset: 2, units: 2)]
        let placed = try await book.place(command)
        _ = try await book.place(book.command("10:00", units: 2, patient: book.chunmei))
        var busy = book.command("15:30", units: 2, doctor: book.chen, patient: book.patients[2])
        busy.parts = [.assistant(book.head.id, offset: 0, units: 2)]
        _ = try await book.place(busy)

        @Sendable func problems(_ start: Int, units: Int = 4) async throws -> [String] {
            let slot = Slot(day: BookFixture.tomorrow, start: Unit(start), units: units, doctorID: book.lin)
            return try await book.db.read { tx in
                let own = try AppointmentStore.get(placed.id, clinic: book.clinic.id, in: tx)
                return try Booking.obstacles(slot, patient: nil, own: own, by: work, in: tx).map(\.userMessage)
            }
        }
        // 谢春梅 has the doctor from 10:00 to 10:30: the assistant's half hour may lie beside it, the doctor's may not.
        #expect(try await problems(40).isEmpty)
        #expect(try await problems(38).count == 1)
        #expect(try await problems(62).count == 1)
    }

    @Test("缩短预约，超出的分段跟着缩短或去掉 R3.01")
    func fitted() {
        let device = ID<Device>(raw: 9)
        let parts: [AppointmentPart] = [
            .device(device, offset: 0, units: 2), .device(device, offset: 2, units: 2),
            .device(device, offset: 3, units: 1),
        ]

        #expect(AppointmentPartRules.fitted(parts, units: 3).map(\.units) == [2, 1])
        #expect(AppointmentPartRules.fitted(parts, units: 4) == parts)
        #expect(AppointmentPartRules.fitted(parts, units: 1).map(\.units) == [1])
    }

    @Test(
        "分段超出预约、为零、同一设备重叠都拒绝",
        arguments: [
            [AppointmentPart.doctor(offset: 2, units: 3)], [.doctor(offset: 0, units: 0)],
            [.device(ID(raw: 9), offset: 0, units: 2), .device(ID(raw: 9), offset: 1, units: 1)],
        ])
    func faultyParts(parts: [AppointmentPart]) {
        #expect {
            try AppointmentPartRules.check(parts, units: 4)
        } throws: { ($0 as? FormErrors)?.field == "parts" }
    }

    @Test("首尾相接的分段可以")
    func adjacentParts() throws {
        try AppointmentPartRules.check(
            [.device(ID(raw: 9), offset: 0, units: 2), .device(ID(raw: 9), offset: 2, units: 2)], units: 4)
    }

    @Test("设备有预约就不能停用；占用要是本门诊的", arguments: Backend.allCases)
    func devicesInUse(backend: Backend) async throws {
        let book = try await BookFixture(backend)
        let work = book.work()
        let device = try await book.write { tx in
            try Devices.add(kind: "panoramic", name: "全景机", room: nil, by: work, in: tx)
        }
        let block = try await book.write { tx in
            try Blocks.set(
                .device, resource: device.id.raw, day: BookFixture.tomorrow, start: Unit(40), units: 4, reason: "维修",
                by: work, in: tx)
        }
        await #expect(throws: PlaceInUse.self) {
            try await book.write { tx in try Devices.retire(device.id, by: work, in: tx) }
        }
        await #expect(throws: FormErrors.self) {
            try await book.write { tx in
                try Blocks.set(
                    .chair, resource: 1, day: BookFixture.tomorrow, start: Unit(40), units: 4, reason: "维修", by: work,
                    in: tx)
            }
        }
        var command = book.command("10:00", units: 4)
        command.parts = [.device(device.id, offset: 0, units: 1)]
        let blocked = command
        let error = await bookingError { try await book.place(blocked) }
        try await book.write { tx in try Blocks.end(block.id, by: work, in: tx) }
        try await book.write { tx in try Devices.retire(device.id, by: work, in: tx) }

        #expect(error?.userMessage == "全景机 10:00–11:00 维修，请换时间")
        #expect(try await book.db.read { tx in try DeviceStore.list(clinic: book.clinic.id, in: tx) }.isEmpty)
    }

    @Test("医生资料：专长、熟悉、到岗日、轮换；两人同时改，后一个要重来 R3.13", arguments: Backend.allCases)
    func doctorProfiles(backend: Backend) async throws {
        let book = try await BookFixture(backend)
        let work = book.work()
        var profile = try await book.db.read { tx in
            try DoctorProfileStore.get(book.lin, clinic: book.clinic.id, in: tx)
        }
        #expect(profile.takesRotation && profile.version == 0 && profile.employeeNumber == "0201")
        profile.specialties = ["implants", "surgery"]
        profile.familiarWith = ["orthodontics"]
        profile.bornOn = Day(year: 1978, month: 3, day: 13)
        profile.startedOn = BookFixture.today
        profile.takesRotation = false
        let edited = profile
        try await book.write { tx in try DoctorProfiles.edit(edited, by: work, in: tx) }
        await #expect(throws: ChangedMeanwhile.self) {
            try await book.write { tx in try DoctorProfiles.edit(edited, by: work, in: tx) }
        }

        let stored = try await book.db.read { tx in try DoctorProfileStore.list(clinic: book.clinic.id, in: tx) }

        #expect(stored.map(\.name) == ["林书远", "陈思敏"])
        #expect(stored[0].specialties == ["implants", "surgery"])
        #expect(stored[0].familiarWith == ["orthodontics"])
        #expect(!stored[0].takesRotation && stored[1].takesRotation)
        // One day before the birthday.
        #expect(stored[0].age(on: BookFixture.today) == 47)
        #expect(stored[0].age(on: BookFixture.tomorrow) == 48)
        var wrong = edited
        wrong.version = 1
        wrong.specialties = ["painting"]
        let faulty = wrong
        await #expect(throws: FormErrors.self) {
            try await book.write { tx in try DoctorProfiles.edit(faulty, by: work, in: tx) }
        }
    }
}
