import Kernel
import Testing

@testable import Clinic

struct DuplicateRulesTests {
    private func patient(_ id: Int64, name: String, born: String?, phone: String?, hash: String? = nil) -> Patient {
        Patient(
            id: ID(raw: id), homeClinicID: ID(raw: 1), recordNumber: "A00000\(id)", name: name, pinyin: "",
            gender: .unknown,
            bornOn: born.flatMap { Day($0) }, statedAge: nil, statedAgeOn: nil, salutation: nil, phone: phone,
            phoneMissingReason: nil, phoneConfirmedAt: nil, address: nil, documentKind: nil, documentCipher: nil,
            documentHash: hash, documentMasked: nil, sourceChannel: nil, referrerID: nil, householdID: nil,
            complaint: "检查", conditionNote: nil, remark: nil, registeredAt: Timestamp(milliseconds: 0),
            registeredBy: ID(raw: 1), mergedIntoID: nil, version: 1)
    }

    @Test("同电话、同证件、同名同生日才提示，最像的在前 R1.14") func reasonsAndOrder() {
        let probe = DuplicateProbe(
            name: "谢春梅", bornOn: Day("1968-07-02"), phone: "13600137715", documentHash: "h")
        let family = patient(1, name: "方志诚", born: "1966-01-01", phone: "13600137715")
        let namesake = patient(2, name: "谢春梅", born: "1990-01-01", phone: "13900000000")
        let same = patient(3, name: "谢春梅", born: "1968-07-02", phone: "13600137715")
        let document = patient(4, name: "谢春", born: nil, phone: nil, hash: "h")

        let found = DuplicateRules.matches(probe, among: [family, namesake, same, document])

        #expect(found.map(\.patient.id.raw) == [3, 4, 1])
        #expect(found.map(\.reasons) == [[.samePhone, .sameNameAndBirth], [.sameDocument], [.samePhone]])
        #expect(found.map(\.isLikely) == [true, true, false])
    }

    @Test("没有电话、证件和生日的两个人不算相同 R1.14") func absentValuesDoNotMatch() {
        let probe = DuplicateProbe(name: "李", bornOn: nil, phone: nil, documentHash: nil)

        #expect(DuplicateRules.matches(probe, among: [patient(1, name: "李", born: nil, phone: nil)]) == [])
    }
}
