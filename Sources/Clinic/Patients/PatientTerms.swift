import Kernel

/// The search terms of one person (R1.13): a prefix scan over them finds any part. About 17 for three characters and a mobile.
package enum PatientTerms {
    /// Longer names are found by their beginning.
    static let longestTerm = 32
    static let mostParts = 12
    static let shortestPhone = 4

    /// Suffixes of the name, pinyin from each syllable, initials from each syllable, ends of the phone of at least four
    /// digits, and the record number with and without its letters. Lower case, no spaces.
    package static func terms(name: String, pinyin: String, phone: String?, recordNumber: String) -> Set<String> {
        var terms: Set<String> = []
        for suffix in suffixes(ofName: name) { terms.insert(suffix) }
        let syllables = Array(
            normalised(pinyin, keepsSpaces: true).split(separator: " ").map(String.init).prefix(mostParts))
        for start in syllables.indices {
            let joined = syllables[start...].joined()
            terms.insert(joined)
            // ü is typed as v, as u, and in passports as yu.
            if joined.contains("v") {
                terms.insert(joined.replacing("v", with: "u"))
                terms.insert(joined.replacing("v", with: "yu"))
            }
            terms.insert(Pinyin.initials(Array(syllables[start...])))
        }
        for end in ends(ofPhone: phone ?? "") { terms.insert(end) }
        let record = normalised(recordNumber)
        terms.insert(record)
        terms.insert(String(record.drop { !$0.isASCIIDigit }))
        return Set(terms.map { String($0.prefix(longestTerm)) }.filter { !$0.isEmpty })
    }

    /// What a person types, in the form of the terms.
    package static func normalised(_ text: String, keepsSpaces: Bool = false) -> String {
        var result = ""
        for character in text.halfWidth.lowercased() {
            switch character {
            case "ü", "ǖ", "ǘ", "ǚ", "ǜ": result.append("v")
            case " " where keepsSpaces: result.append(character)
            case _ where character.isWhitespace || "-－—·•.'’()（）_".contains(character): continue
            default: result.append(character)
            }
        }
        return String(result.prefix(keepsSpaces ? 200 : longestTerm))
    }

    /// From each Chinese character; Latin words stay whole.
    private static func suffixes(ofName name: String) -> [String] {
        var starts: [String] = []
        var previousIsWord = false
        let characters = Array(name.halfWidth.lowercased())
        for (index, character) in characters.enumerated() {
            let isWord = character.isASCII && (character.isLetter || character.isASCIIDigit)
            let isSeparator = normalised(String(character)).isEmpty
            if !isSeparator, !(isWord && previousIsWord) { starts.append(normalised(String(characters[index...]))) }
            previousIsWord = isWord
        }
        return Array(starts.prefix(mostParts))
    }

    private static func ends(ofPhone phone: String) -> [String] {
        let digits = String(phone.filter(\.isASCIIDigit).suffix(mostParts + 3))
        guard digits.count >= shortestPhone else { return [] }
        return (shortestPhone...digits.count).map { String(digits.suffix($0)) }
    }
}
