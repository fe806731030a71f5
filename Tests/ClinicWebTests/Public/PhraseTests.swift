import Kernel
import Testing

@testable import ClinicWeb

@Suite struct PhraseTests {
    private static func places(_ text: String) -> [String] {
        text.matches(of: /\{(\d+)\}/).map { String($0.1) }.sorted()
    }

    @Test("每一句都有中英文，空位一样多 R16.20", arguments: Phrase.allCases)
    func everyPhraseIsInBothLanguages(phrase: Phrase) throws {
        let chinese = try #require(PhraseBook.chinese[phrase])
        let english = try #require(PhraseBook.english[phrase])

        #expect(!chinese.isEmpty && !english.isEmpty)
        #expect(Self.places(chinese) == Self.places(english))
        if phrase != .languageLabel {
            #expect(!english.unicodeScalars.contains { (0x3000...0x9FFF).contains($0.value) }, "\(english)")
        }
    }

    @Test("两本词典里没有多余的句子")
    func nothingIsLeftOver() {
        #expect(Set(PhraseBook.chinese.keys) == Set(Phrase.allCases))
        #expect(Set(PhraseBook.english.keys) == Set(Phrase.allCases))
    }

    @Test("先查句子再填内容：内容里的花括号原样留下，不会再被填")
    func looksUpBeforeItFillsIn() {
        #expect(Text(.ownTitle, "{0}{1}")(.chinese) == "{0}{1}，我们等您")
        #expect(Text(.callUs, "021-6888 1234")(.english) == "Call 021-6888 1234")
        #expect(Text(.goesTo)(.chinese) == "改到 ")
    }

    @Test("日期两种写法")
    func writesDays() throws {
        let day = try #require(Day("2026-03-13"))

        #expect(PublicDates.when(day, Unit(37), .chinese) == "3 月 13 日 星期五 09:15")
        #expect(PublicDates.when(day, Unit(37), .english) == "Fri 13 March, 09:15")
    }
}
