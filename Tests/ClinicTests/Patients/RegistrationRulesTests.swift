import Kernel
import Testing

@testable import Clinic

struct RegistrationRulesTests {
    private let today = Day(year: 2026, month: 3, day: 12) ?? Day(number: 0)
    private let policy = RegistrationPolicy(
        requiresDocument: false, phoneMissingReasons: ["refused"], sourceChannels: ["friend"])

    private func faults(_ change: (inout PatientDetails) -> Void, policy: RegistrationPolicy? = nil) -> [String: String]
    {
        var details = PatientDetails.fixture()
        change(&details)
        do {
            _ = try RegistrationRules.check(details, policy: policy ?? self.policy, today: today)
            return [:]
        } catch { return error.messages }
    }

    private func facts(_ change: (inout PatientDetails) -> Void = { _ in }) throws -> PatientFacts {
        var details = PatientDetails.fixture()
        change(&details)
        return try RegistrationRules.check(details, policy: policy, today: today)
    }

    @Test("空表一次说出所有缺项 R1.01") func everyFaultAtOnce() {
        let found = faults { $0 = PatientDetails(name: " ") }

        #expect(
            found == [
                "name": "请填写姓名", "age": "请填写年龄或出生日期", "gender": "请选择性别",
                "phone": "请留下联系电话；客人不留时选择原因", "complaint": "请写下症状或来意",
            ])
    }

    @Test(
        "各种日期写法都认 R1.01",
        arguments: [
            "1968-07-02", "19680702", "１９６８０７０２", "1968/7/2", "1968年7月2日", " 1968.7.2 ",
        ])
    func dateSpellings(typed: String) throws {
        #expect(try facts { $0.bornOn = typed }.bornOn?.iso == "1968-07-02")
    }

    @Test(
        "不存在、将来和过早的生日被指出 R1.01",
        arguments: [
            ("1968-02-30", "出生日期写成 1968-07-02 或 19680702"), ("68-07-02", "出生日期写成 1968-07-02 或 19680702"),
            ("2026-03-13", "出生日期在今天以后，请核对"), ("1890-01-01", "出生日期早于 130 年前，请核对"),
        ])
    func wrongBirthdays(typed: String, message: String) {
        #expect(faults { $0.bornOn = typed }["bornOn"] == message)
    }

    @Test("只知道年龄也能登记；年龄与生日矛盾要核对 R1.01") func ageInsteadOfBirthday() throws {
        let stated = try facts {
            $0.bornOn = ""
            $0.age = "４０岁"
        }

        #expect(stated.statedAge == 40)
        #expect(stated.bornOn == nil)
        #expect(faults { $0.age = "40" }["age"] == "年龄与出生日期不符，请核对")
        #expect(faults { $0.age = "58" }["age"] == nil)
        #expect(
            faults {
                $0.bornOn = ""
                $0.age = "131"
            }["age"] == "年龄填 0 到 130 的整数")
    }

    @Test("电话留空必须选原因，原因要在列表里 R1.12") func phoneOrReason() throws {
        let refused = try facts {
            $0.phone = ""
            $0.phoneMissingReason = "refused"
        }

        #expect(refused.phone == nil)
        #expect(refused.phoneMissingReason == "refused")
        #expect(faults { $0.phone = "1234" }["phone"] == "电话号码不对：手机 11 位，座机可带区号，境外以 + 开头")
        #expect(
            faults {
                $0.phone = ""
                $0.phoneMissingReason = "x"
            }["phoneMissingReason"] == "请从列表里选择原因")
        #expect(try facts { $0.phoneMissingReason = "refused" }.phoneMissingReason == nil)
    }

    @Test("全角电话和带空格的电话归一 R1.01", arguments: ["１３６００１３７７１５", "136-0013-7715", "+86 136 0013 7715"])
    func phoneSpellings(typed: String) throws {
        #expect(try facts { $0.phone = typed }.phone?.digits == "13600137715")
    }

    @Test(
        "身份证号各种写错各有说法 R1.11",
        arguments: [
            ("1101051949123100", "身份证号为 18 位，请核对"), ("11010519491231002A", "身份证号只含数字，最后一位可为 X"),
            ("110105194913310021", "身份证号中的出生日期不存在，请核对"), ("110105194912310021", "身份证号校验不通过，可能有一位写错，请逐位核对"),
        ])
    func wrongNationalIDs(typed: String, message: String) {
        #expect(faults { $0.documentNumber = typed }["documentNumber"] == message)
    }

    @Test("身份证号补出生日和性别 R1.11") func documentFillsBirthdayAndGender() throws {
        let found = try facts {
            $0.documentNumber = "１１０１０５１９４９１２３１００２x"
            $0.bornOn = ""
            $0.gender = ""
        }

        #expect(found.bornOn?.iso == "1949-12-31")
        #expect(found.gender == .female)
        #expect(found.document?.masked == "110***********002X")
    }

    @Test("生日或性别与身份证矛盾要核对，客人确认无误可以保存 R1.11") func documentDisagrees() throws {
        let change: (inout PatientDetails) -> Void = {
            $0.documentNumber = "11010519491231002X"
            $0.gender = "male"
        }

        let found = faults(change)
        let accepted = try facts {
            change(&$0)
            $0.acceptsDocumentMismatch = true
        }

        #expect(found["bornOn"] == "与证件不一致（证件为 1949-12-31），请核对；无误请勾选确认")
        #expect(found["gender"] == "与证件不一致（证件为女），请核对；无误请勾选确认")
        #expect(accepted.bornOn?.iso == "1968-07-02")
        #expect(accepted.gender == .male)
    }

    @Test("证件平时可不填，防疫或门诊要求时必填 R1.11") func documentWhenRequired() {
        var strict = policy
        strict.requiresDocument = true

        #expect(faults({ _ in }) == [:])
        #expect(faults({ _ in }, policy: strict) == ["documentNumber": "请登记证件号"])
    }

    @Test("护照按字母数字检查并遮挡 R1.11") func passport() throws {
        let found = try facts {
            $0.documentKind = "passport"
            $0.documentNumber = "e1234 5678"
        }

        #expect(found.document?.number == "E12345678")
        #expect(found.document?.masked == "E******78")
        #expect(
            faults {
                $0.documentKind = "passport"
                $0.documentNumber = "护照"
            }["documentNumber"] == "证件号为 5 到 20 位字母和数字")
    }

    @Test("拼音可改，ü 写作 v，汉字不收 R1.13") func pinyin() throws {
        #expect(try facts().pinyin == "xie chun mei")
        #expect(try facts { $0.pinyin = " Xie  Chun Lü " }.pinyin == "xie chun lv")
        #expect(faults { $0.pinyin = "谢" }["pinyin"] == "拼音只用字母，音节之间空一格，ü 写作 v")
    }

    @Test("称呼随性别和年龄，写明的称呼优先 R1.16") func greeting() {
        #expect(PersonName.greeting(name: "谢春梅", salutation: nil, gender: .female, age: 57) == "谢女士")
        #expect(PersonName.greeting(name: "欧阳明", salutation: nil, gender: .male, age: 40) == "欧阳先生")
        #expect(PersonName.greeting(name: "方圆圆", salutation: nil, gender: .female, age: 9) == "方圆圆小朋友")
        #expect(PersonName.greeting(name: "谢春梅", salutation: "老师", gender: .female, age: 57) == "谢老师")
        #expect(PersonName.greeting(name: "欧阳", salutation: nil, gender: .male, age: 40) == "欧先生")
    }

    @Test("年龄的写法：周岁、月龄、约数 R1.01") func ageTexts() {
        #expect(PatientAge.text(bornOn: Day("1968-07-02"), stated: nil, on: nil, today: today) == "57 岁")
        #expect(PatientAge.text(bornOn: Day("2024-12-20"), stated: nil, on: nil, today: today) == "14 个月")
        #expect(PatientAge.text(bornOn: nil, stated: 40, on: Day("2024-03-12"), today: today) == "约 42 岁")
    }
}
