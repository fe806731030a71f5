import Testing

@testable import Clinic

struct SignaturePathTests {
    static let drawn = "M20 120L40 60L60 140L90 40L120 150L160 90L200 100"

    @Test("签名笔画只收动笔和直线，原样保存 R1.05") func reads() throws {
        #expect(try SignaturePath(Self.drawn).text == Self.drawn)
    }

    @Test(
        "看不懂的笔画一律不收 R1.05",
        arguments: [
            "L20 20L40 60L60 140L90 40L120 150L160 90", "M20 120L40 60L60 140L90 40L120 150L601 90",
            "M20 120L40 60L60 140L90 40L120 150L160 -1", "M20 120L40 60\"/><script>L60 140L90 40L120 150L160 90",
            "M20,120L40 60L60 140L90 40L120 150L160 90", "M20L40 60L60 140L90 40L120 150L160 90",
        ])
    func refuses(path: String) {
        #expect(throws: SignatureError.unreadable) { try SignaturePath(path) }
    }

    @Test("一个点、一道短划不算签名 R1.05") func tooShort() {
        #expect(throws: SignatureError.tooShort) { try SignaturePath("") }
        #expect(throws: SignatureError.tooShort) { try SignaturePath("M20 20L60 60L90 90L120 120L150 150") }
        #expect(throws: SignatureError.tooShort) { try SignaturePath("M20 20L21 22L23 21L24 22L25 25L26 43") }
        #expect(throws: SignatureError.tooLong) {
            try SignaturePath(String(repeating: "M20 20L40 40", count: 2_000))
        }
    }
}
