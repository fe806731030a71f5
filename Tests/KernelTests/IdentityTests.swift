import Kernel
import Testing

@Suite("National ID")
struct NationalIDTests {
    @Test("a valid number tells birthday and gender and shows masked R1.11")
    func valid() throws {
        let id = try NationalID(" 11010519491231002x ")
        #expect(id.number == "11010519491231002X")
        #expect(id.birthDate == Day("1949-12-31"))
        #expect(!id.isMale)
        #expect(id.masked == "110***********002X")
        #expect(try NationalID("110105491231002") == id)
        #expect(try NationalID("１１０１０５１９４９１２３１００２Ｘ") == id)
    }

    @Test("each fault has its own name R1.11")
    func faults() {
        #expect(throws: NationalID.Problem.length) { try NationalID("1101051949123100") }
        #expect(throws: NationalID.Problem.characters) { try NationalID("1101051949123100AX") }
        #expect(throws: NationalID.Problem.birthDate) { try NationalID("11010519490231002X") }
        #expect(throws: NationalID.Problem.checkDigit) { try NationalID("110105194912310021") }
    }

    @Test("a single wrong digit is always noticed R1.11")
    func singleErrors() {
        let right = Array("11010519491231002X")
        for place in 0..<17 {
            for digit in "0123456789" where digit != right[place] {
                var wrong = right
                wrong[place] = digit
                #expect(throws: NationalID.Problem.self) { try NationalID(String(wrong)) }
            }
        }
    }
}

@Suite("Telephone numbers")
struct PhoneNumberTests {
    @Test(
        "numbers are read as people write them",
        arguments: [
            ("138 0013 8000", "13800138000"), ("+86 138-0013-8000", "13800138000"), ("１３８００１３８０００", "13800138000"),
            ("010-6234 5678", "01062345678"), ("(021) 55550186", "02155550186"), ("+852 2345 6789", "+85223456789"),
        ])
    func read(typed: String, digits: String) { #expect(PhoneNumber(typed)?.digits == digits) }

    @Test(
        "what cannot be dialled is refused", arguments: ["", "12345678901", "1380013800", "138001380001", "电话", "110"])
    func refused(typed: String) { #expect(PhoneNumber(typed) == nil) }

    @Test("the middle of a masked number is hidden R16.06")
    func masked() throws {
        let phone = try #require(PhoneNumber("13800138000"))
        #expect(phone.masked == "138 **** 8000")
        #expect(phone.text == "138 0013 8000")
    }
}

@Suite("Pinyin of names")
struct PinyinTests {
    @Test(
        "surnames have their own sound R1.13",
        arguments: [
            ("张伟", "zhang wei"), ("曾国强", "zeng guo qiang"), ("单雄信", "shan xiong xin"), ("仇英", "qiu ying"),
            ("吕布", "lv bu"),
            ("万俟卨", "mo qi xie"), ("Anna 王", "anna wang"),
        ])
    func names(name: String, pinyin: String) { #expect(Pinyin.text(ofName: name) == pinyin) }

    @Test("initials are the first letters R1.13")
    func initials() { #expect(Pinyin.initials(Pinyin.syllables(ofName: "欧阳雨薇")) == "oyyw") }
}

@Suite("Teeth by FDI number")
struct ToothTests {
    @Test("permanent and milk teeth exist, others do not R5.01")
    func numbers() {
        #expect(Tooth.permanent.count == 32)
        #expect(Tooth.deciduous.count == 20)
        #expect(Tooth(48)?.isDeciduous == false)
        #expect(Tooth(85)?.isDeciduous == true)
        for number in [0, 10, 19, 49, 56, 86, 91, -11] { #expect(Tooth(number) == nil) }
    }

    @Test(
        "a list is read as staff write it R5.01",
        arguments: [
            ("16、17", [16, 17]), ("17 16,16", [16, 17]), ("14-16", [14, 15, 16]), ("12-21", [11, 12, 21]), ("54～", nil),
            ("", []),
            ("14-46", nil), ("19", nil), ("１６；２６", [16, 26]), ("牙", nil),
        ] as [(String, [Int]?)])
    func list(typed: String, numbers: [Int]?) { #expect(Tooth.list(typed: typed)?.map(\.number) == numbers) }

    @Test("whole mouth and jaws R5.01")
    func jaws() throws {
        #expect(Tooth.list(typed: "全口")?.count == 32)
        #expect(Tooth.list(typed: "上颌")?.allSatisfy { $0.number < 30 } == true)
        #expect(Tooth.list(typed: "下颌")?.count == 16)
    }
}

@Suite("Ids")
struct IDTests {
    @Test("ids rise, also within a millisecond")
    func rising() {
        let source = IDSource()
        let now = Timestamp(milliseconds: 1_773_282_245_000)
        let ids = (0..<2_000).map { _ in source.next(IDTests.self, at: now) }
        #expect(zip(ids, ids.dropFirst()).allSatisfy { $0 < $1 })
        #expect(source.next(IDTests.self, at: now.adding(days: -1)) > (ids.last ?? ids[0]))
    }

    @Test("13 characters read back, forgiving I, L and O")
    func text() {
        for raw in [Int64(0), 1, 1 << 40, .max, -1, .min] {
            let id = ID<IDTests>(raw: raw)
            #expect(id.text.count == 13)
            #expect(ID<IDTests>(id.text) == id)
            #expect(ID<IDTests>(id.text.lowercased()) == id)
        }
        #expect(ID<IDTests>("000000000001O")?.raw == 32)
        #expect(ID<IDTests>("00000000000IL")?.raw == 33)
        #expect(ID<IDTests>("000000000000U") == nil)
        #expect(ID<IDTests>("0000000000001 ") == nil)
        #expect(ID<IDTests>("Z000000000000") == nil)
    }
}
