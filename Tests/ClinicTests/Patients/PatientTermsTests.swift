import Testing

@testable import Clinic

struct PatientTermsTests {
    @Test("三字姓名加手机的检索词 R1.13") func threeCharacters() {
        let terms = PatientTerms.terms(
            name: "张小明", pinyin: "zhang xiao ming", phone: "13800138000", recordNumber: "A000123")

        #expect(
            terms == [
                "张小明", "小明", "明", "zhangxiaoming", "xiaoming", "ming", "zxm", "xm", "m", "13800138000", "3800138000",
                "800138000", "00138000", "0138000", "138000", "38000", "8000", "a000123", "000123",
            ])
    }

    @Test("二字姓名词更少，没有电话时没有号码词 R1.13") func twoCharactersWithoutPhone() {
        let terms = PatientTerms.terms(name: "单雄", pinyin: "shan xiong", phone: nil, recordNumber: "A000001")

        #expect(terms == ["单雄", "雄", "shanxiong", "xiong", "sx", "x", "a000001", "000001"])
    }

    @Test("ü 可按 v、u、yu 找到 R1.13") func umlaut() {
        let terms = PatientTerms.terms(name: "吕薇", pinyin: "lv wei", phone: nil, recordNumber: "A000001")

        #expect(terms.isSuperset(of: ["lvwei", "luwei", "lyuwei"]))
        #expect(PatientTerms.normalised("Lü Wei") == "lvwei")
    }

    @Test("外文名按词，间隔号不算字 R1.13") func latinAndSeparators() {
        let latin = PatientTerms.terms(
            name: "Mary Ann O'Neil", pinyin: "mary ann oneil", phone: nil, recordNumber: "A000001")
        let uighur = PatientTerms.terms(
            name: "阿里·买买提", pinyin: "a li mai mai ti", phone: nil, recordNumber: "A000001")

        #expect(latin.isSuperset(of: ["maryannoneil", "annoneil", "mao", "ao"]))
        #expect(!latin.contains("ry annoneil"))
        #expect(uighur.isSuperset(of: ["阿里买买提", "买买提", "alimaimaiti", "almmt"]))
    }

    @Test("短号不拆，最多三十二个字 R1.13") func bounds() {
        let terms = PatientTerms.terms(
            name: String(repeating: "长", count: 40), pinyin: "chang", phone: "110", recordNumber: "A000001")

        #expect(terms.allSatisfy { $0.count <= 32 })
        #expect(!terms.contains("110"))
    }
}
