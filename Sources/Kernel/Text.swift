import Foundation

extension Character {
    package var isASCIIDigit: Bool { ("0"..."9").contains(self) }
}

extension String {
    /// Without white space at both ends.
    package var trimmed: String { trimmingCharacters(in: .whitespacesAndNewlines) }

    /// Full-width letters, digits and punctuation as their ASCII forms; everything else unchanged.
    package var halfWidth: String {
        guard unicodeScalars.contains(where: { (0xFF01...0xFF5E).contains($0.value) || $0.value == 0x3000 }) else {
            return self
        }
        var result = String.UnicodeScalarView()
        for scalar in unicodeScalars {
            switch scalar.value {
            case 0x3000: result.append(" ")
            case 0xFF01...0xFF5E: result.append(Unicode.Scalar(scalar.value - 0xFEE0) ?? scalar)
            default: result.append(scalar)
            }
        }
        return String(result)
    }

    /// nil for an empty or blank text: "no answer" is never stored as an empty string.
    package var nonBlank: String? {
        let text = trimmed
        return text.isEmpty ? nil : text
    }

    /// Left-padded with zeros to `width` characters.
    package func zeroPadded(_ width: Int) -> String {
        count >= width ? self : String(repeating: "0", count: width - count) + self
    }
}
