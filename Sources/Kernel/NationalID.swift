/// A Chinese resident identity number (GB 11643-1999): 17 digits and an ISO 7064 MOD 11-2 check character.
package struct NationalID: Hashable, Sendable {
    /// 18 characters, upper case.
    package let number: String

    package enum Problem: Error, Hashable, Sendable { case length, characters, birthDate, checkDigit }

    /// Accepts full-width digits, a lower-case x and the 15-digit form of 1989 (which becomes 18 digits).
    /// Unknown area codes are accepted: districts are abolished, numbers stay valid.
    package init(_ typed: String) throws(Problem) {
        var text = typed.halfWidth.trimmed.uppercased().replacing(" ", with: "")
        if text.count == 15 {
            guard text.allSatisfy(\.isASCIIDigit) else { throw .characters }
            let body = String(text.prefix(6)) + "19" + String(text.dropFirst(6))
            text = body + String(Self.check(body))
        }
        guard text.count == 18 else { throw .length }
        guard text.dropLast().allSatisfy(\.isASCIIDigit), let last = text.last, last.isASCIIDigit || last == "X" else {
            throw .characters
        }
        number = text
        guard Self.birthDate(in: text) != nil else { throw .birthDate }
        guard Self.check(String(text.dropLast())) == last else { throw .checkDigit }
    }

    package var birthDate: Day { Self.birthDate(in: number) ?? Day(number: 0) }
    /// The 17th digit: odd male, even female.
    package var isMale: Bool { number.dropFirst(16).first?.wholeNumberValue.map { $0 % 2 == 1 } ?? false }
    /// "110***********002X"
    package var masked: String { String(number.prefix(3)) + "***********" + String(number.suffix(4)) }

    private static func birthDate(in text: String) -> Day? {
        let digits = text.dropFirst(6).prefix(8)
        guard let year = Int(digits.prefix(4)), let month = Int(digits.dropFirst(4).prefix(2)),
            let day = Int(digits.suffix(2))
        else { return nil }
        return Day(year: year, month: month, day: day)
    }

    private static func check(_ body: String) -> Character {
        let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
        let sum = zip(body, weights).reduce(0) { $0 + ($1.0.wholeNumberValue ?? 0) * $1.1 }
        return Array("10X98765432")[sum % 11]
    }
}
