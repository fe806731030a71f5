import Foundation

/// Pinyin of personal names, by ICU's surname-aware transform. Stored with the person and editable: polyphones differ by family.
package enum Pinyin {
    /// One lower-case syllable a character ("zhang", "wei"); letters and digits stay as one syllable; ü becomes v.
    package static func syllables(ofName name: String) -> [String] {
        let latin = name.halfWidth.applyingTransform(StringTransform("Han-Latin/Names"), reverse: false) ?? name
        let plain =
            latin.replacing("ü", with: "v").replacing("ǖ", with: "v").replacing("ǘ", with: "v").replacing(
                "ǚ", with: "v"
            )
            .replacing("ǜ", with: "v").applyingTransform(.stripDiacritics, reverse: false) ?? latin
        return plain.lowercased().split(whereSeparator: { !$0.isASCII || !($0.isLetter || $0.isNumber) }).map(
            String.init)
    }

    /// "zhang wei"
    package static func text(ofName name: String) -> String { syllables(ofName: name).joined(separator: " ") }

    /// "zw"
    package static func initials(_ syllables: [String]) -> String {
        syllables.compactMap(\.first).map(String.init).joined()
    }
}
