import ClinicWeb
import Testing

@Suite struct FormTests {
    @Test func repeatedNamesKeepTheirOrder() {
        let form = Form(urlEncoded: "tooth=16&item=a&tooth=17")
        #expect(form.all("tooth") == ["16", "17"])
        #expect(form["tooth"] == "16")
        #expect(form["absent"] == "" && !form.has("absent"))
    }

    @Test func textIsDecodedAndOtherwiseLeftAlone() {
        let form = Form(
            urlEncoded: "name=%E7%8E%8B%E5%B0%8F%E6%98%8E+&phone=%EF%BC%91%EF%BC%93%EF%BC%98&note=a%2Bb%26c%3Dd&e=")
        #expect(form["name"] == "王小明 ")
        #expect(form["phone"] == "１３８")
        #expect(form["note"] == "a+b&c=d")
        #expect(form.has("e") && form["e"] == "")
    }

    @Test func damagedInputIsNoCrash() {
        #expect(Form(urlEncoded: "a=%&b=%4&c=%zz&=x&&d")["a"] == "%")
        #expect(Form(urlEncoded: "a=%4")["a"] == "%4")
        #expect(Form(urlEncoded: "a=%FF")["a"] == "\u{FFFD}")
        #expect(Form(urlEncoded: "").pairs.isEmpty)
        #expect(Form(urlEncoded: "d").has("d"))
    }

    @Test func addressesAreWrittenSoThatTheyReadBack() {
        let address = URLText.address("/patients", ["q": "王 &=%+/", "day": "2026-03-12"])
        #expect(address == "/patients?q=%E7%8E%8B%20%26%3D%25%2B%2F&day=2026-03-12")
        #expect(Form(urlEncoded: String(address.dropFirst("/patients?".count)))["q"] == "王 &=%+/")
    }

    @Test(arguments: [
        ("/patients?q=1", true), ("/", true), ("//evil.example", false), ("https://evil.example", false),
        ("/\\evil.example", false), ("", false), ("/a\r\nSet-Cookie: x", false), ("javascript:alert(1)", false),
    ])
    func onlyPathsOfThisSiteAreFollowed(path: String, isLocal: Bool) {
        #expect((URLText.localPath(path) != nil) == isLocal)
    }
}
