import Kernel
import Storage
import TestSupport
import Testing

@testable import Clinic

struct PatientSearchTests {
    private func clinic(_ backend: Backend) async throws -> PatientFixture {
        let clinic = try await PatientFixture(backend)
        let people: [(String, String, String)] = [
            ("谢春梅", "", "13600137715"), ("单雄信", "", "13800138000"), ("曾国", "", "13912345678"),
            ("吕薇", "", "13700001111"),
            ("张伟", "", "15811112222"), ("李张伟", "", "15833334444"), ("Mary Ann Smith", "", "+14155550100"),
        ]
        for (number, person) in people.enumerated() {
            var details = PatientDetails.fixture(name: person.0, bornOn: "19\(60 + number)-01-01", phone: person.2)
            details.pinyin = person.1
            try await clinic.register(details)
        }
        return clinic
    }

    @Test("按姓名任意部分、全拼、部分拼音、首字母、电话、病历号都能找到 R1.13", arguments: Backend.allCases)
    func findsByAnyPart(backend: Backend) async throws {
        let clinic = try await clinic(backend)
        let cases: [(String, [String])] = [
            ("谢春梅", ["谢春梅"]), ("春梅", ["谢春梅"]), ("春", ["谢春梅"]), ("xiechunmei", ["谢春梅"]), ("xie chun", ["谢春梅"]),
            ("chunm", ["谢春梅"]), ("XCM", ["谢春梅"]), ("cm", ["谢春梅"]), ("7715", ["谢春梅"]), ("13600137715", ["谢春梅"]),
            ("136 0013", ["谢春梅"]), ("00137", ["谢春梅"]), ("７７１５", ["谢春梅"]), ("A000001", ["谢春梅"]), ("000001", ["谢春梅"]),
            ("a00000", ["谢春梅", "单雄信", "曾国", "吕薇", "张伟", "李张伟", "Mary Ann Smith"]),
            ("shanxx", []), ("sxx", ["单雄信"]), ("shan", ["单雄信"]), ("zeng", ["曾国"]), ("zg", ["曾国"]),
            ("lvwei", ["吕薇"]), ("lüwei", ["吕薇"]), ("luwei", ["吕薇"]), ("lyuw", ["吕薇"]), ("smith", ["Mary Ann Smith"]),
            ("0100", ["Mary Ann Smith"]), ("无此人", []), ("%", []), ("", []), ("  ", []),
        ]

        for (query, expected) in cases {
            #expect(try await clinic.names(query) == expected, "\(query)")
        }
    }

    @Test("完全相同的排在前面，今天的人最先 R1.13", arguments: Backend.allCases)
    func order(backend: Backend) async throws {
        let clinic = try await clinic(backend)
        try await clinic.register(.fixture(name: "张伟强", bornOn: "1990-01-01", phone: "15855556666"))
        let named = try await clinic.find("张伟").people
        let strong = try #require(named.first { $0.name == "张伟强" })

        let todays = try await clinic.find("张伟", todays: [strong.id]).people

        #expect(named.map(\.name) == ["张伟", "李张伟", "张伟强"])
        #expect(todays.map(\.name) == ["张伟强", "张伟", "李张伟"])
    }

    @Test("改过拼音的多音字按新读音找到，旧读音不再找到 R1.13", arguments: Backend.allCases)
    func editedPinyin(backend: Backend) async throws {
        let clinic = try await PatientFixture(backend)
        let made = try await clinic.register(.fixture(name: "仇英"))
        var details = PatientDetails(made)
        details.pinyin = "qiu ying"
        let command = EditPatient(id: made.id, version: made.version, details: details)
        let before = try await clinic.names(made.pinyin == "qiu ying" ? "qiu" : "chou")

        var back = details
        back.pinyin = "chou ying"
        let work = clinic.work()
        let once = try await clinic.write { tx in try PatientEditing.edit(command, by: work, in: tx) }
        let other = EditPatient(id: made.id, version: once.version, details: back)
        _ = try await clinic.write { tx in try PatientEditing.edit(other, by: work, in: tx) }

        #expect(before == ["仇英"])
        #expect(try await clinic.names("chou") == ["仇英"])
        #expect(try await clinic.names("qiu") == [])
    }

    @Test("最多二十人，更多时说明还有 R1.13", arguments: Backend.allCases)
    func isBounded(backend: Backend) async throws {
        let clinic = try await PatientFixture(backend)
        let work = clinic.work()
        try await clinic.write { tx in
            for number in 0..<30 {
                _ = try Registration.register(
                    RegisterPatient(
                        details: .fixture(
                            name: "王小\(["一", "二", "三"][number % 3])", bornOn: "1970-01-\(10 + number % 20)",
                            phone: "138000010\(10 + number)"),
                        notDuplicateOf: []),
                    by: work, in: tx)
            }
        }

        let found = try await clinic.find("王")
        let one = try await clinic.find("13800001010")

        #expect(found.people.count == 20)
        #expect(found.hasMore)
        #expect(Set(found.people.map(\.id)).count == 20)
        #expect(one.people.count == 1)
        #expect(!one.hasMore)
    }

    @Test("看不到全号的岗位至少输四位才按电话查 R16.06", arguments: Backend.allCases)
    func maskedRoleNeedsDigits(backend: Backend) async throws {
        let clinic = try await clinic(backend)

        let three = try await clinic.find("771", phoneDigits: 4)
        let four = try await clinic.find("7715", phoneDigits: 4)
        let name = try await clinic.find("谢", phoneDigits: 4)

        #expect(three == PatientSearchResult(people: [], hasMore: false, needsMoreDigits: true))
        #expect(four.people.map(\.name) == ["谢春梅"])
        #expect(name.people.map(\.name) == ["谢春梅"])
        #expect(try await clinic.find("771").people.map(\.name) == ["谢春梅"])
        #expect(try await clinic.find("136").people.map(\.name) == ["谢春梅"])
    }

    @Test("结果带称呼、年龄和特殊情况，遮挡由岗位决定 R1.16", arguments: Backend.allCases)
    func briefs(backend: Backend) async throws {
        let clinic = try await PatientFixture(backend)
        try await clinic.register(RegisterPatient(details: .fixture(), histories: ["diabetes": "拔牙前测血糖"]))

        let brief = try #require(try await clinic.find("谢").people.first)

        #expect(brief.greeting == "谢女士")
        #expect(brief.ageText == "57 岁")
        #expect(brief.recordNumber == "A000001")
        #expect(brief.specialAlerts == [.init(code: "diabetes", note: "拔牙前测血糖")])
        #expect(brief.phoneText(masked: true) == "136 **** 7715")
        #expect(brief.phoneText(masked: false) == "136 0013 7715")
    }
}
