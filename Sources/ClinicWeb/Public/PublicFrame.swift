import Clinic
import HTTPTypes
import Kernel

/// All plain phrases in one language, by the names of their keys.
struct WordsView: Viewable, CustomReflectable {
    let language: Language
    static let fields: [Field<Self>] = Phrase.allCases.filter(\.isPlain).map { phrase in
        Field(phrase.rawValue) { PhraseBook.text(phrase, $0.language) }
    }
    /// What a reader by reflection sees: the same names.
    var customMirror: Mirror {
        Mirror(
            self,
            children: Phrase.allCases.filter(\.isPlain).map {
                (label: $0.rawValue, value: PhraseBook.text($0, language) as Any)
            })
    }
}

/// What stands around a public page.
struct PublicFrame: Viewable {
    /// `zh-CN`, `en`
    let language: String
    let clinicName: String
    let isChinese: Bool
    let chineseHref: String
    let englishHref: String
    static let fields: [Field<Self>] = [
        Field("language", \.language), Field("clinicName", \.clinicName), Field("isChinese", \.isChinese),
        Field("chineseHref", \.chineseHref), Field("englishHref", \.englishHref),
    ]

    /// - Parameter here: the address of the page, without the language; nil: wherever it is.
    init(_ language: Language, clinicName: String, here: PublicAddress? = nil) {
        self.language = language.rawValue
        self.clinicName = clinicName
        isChinese = language == .chinese
        chineseHref = here?.text(.chinese) ?? "?lang=\(Language.chinese.rawValue)"
        englishHref = here?.text(.english) ?? "?lang=\(Language.english.rawValue)"
    }
}

extension WebRequest {
    /// What the address says, else what the browser prefers; Chinese when it says nothing.
    var language: Language {
        if let asked = Language(rawValue: query["lang"]) { return asked }
        guard let accepted = headers[.acceptLanguage]?.lowercased() else { return .chinese }
        let first = accepted.split(separator: ",").first.map { String($0).trimmed } ?? ""
        return first.isEmpty || first == "*" || first.hasPrefix("zh") ? .chinese : .english
    }

    /// The shell of public pages: nothing of the staff side, no message of it, no token of a person.
    func publicShell(title: String, clinicName: String) -> ShellView {
        ShellView(title: title, clinicName: clinicName, assets: app.assets.base, csrf: csrf, isTouch: true)
    }
}

/// Days and times in both languages.
enum PublicDates {
    private static let weekdays = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
    private static let months = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
        "December",
    ]

    /// "3 月 13 日 星期五", "Fri 13 March"
    static func day(_ day: Day, _ language: Language) -> String {
        switch language {
        case .chinese: return day.longText
        case .english:
            let (_, month, number) = day.components
            return "\(weekdays[day.weekday - 1]) \(number) \(months[month - 1])"
        }
    }

    /// "3 月 13 日 星期五 09:15", "Fri 13 March, 09:15"
    static func when(_ day: Day, _ start: Unit, _ language: Language) -> String {
        switch language {
        case .chinese: "\(Self.day(day, language)) \(start.clockText)"
        case .english: "\(Self.day(day, language)), \(start.clockText)"
        }
    }
}
