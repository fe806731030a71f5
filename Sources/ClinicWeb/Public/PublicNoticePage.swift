import Clinic
import HTTPTypes
import Hummingbird
import Kernel
import Storage

/// A short word to a visitor: an end, or why something did not work — templates/public/notice.mustache
struct PublicNoticePage: Page {
    static let template = "public/notice"
    let shell: ShellView
    let frame: PublicFrame
    let words: WordsView
    let heading: String
    let text: String
    let telephone: FactView?
    let next: LinkView?
    static let fields: [Field<Self>] = [
        Field("frame", \.frame), Field("words", \.words), Field("heading", \.heading), Field("text", \.text),
        Field("telephone", \.telephone), Field("next", \.next),
    ]

    init(
        _ heading: Phrase, _ text: Phrase, language: Language, clinicName: String, phone: String, shell: ShellView,
        next: (PublicAddress, Phrase)? = nil, here: PublicAddress? = nil
    ) {
        self.shell = shell
        frame = PublicFrame(language, clinicName: clinicName, here: here)
        words = WordsView(language: language)
        self.heading = PhraseBook.text(heading, language)
        self.text = PhraseBook.text(text, language)
        telephone = PublicTelephone.fact(phone, language)
        self.next = next.map { LinkView($0.0.text(language), PhraseBook.text($0.1, language), isNext: true) }
    }

    static var samples: [PublicNoticePage] {
        [
            sample(.goneTitle, .goneText, .chinese, next: (PublicPaths.book(nil), .again)),
            sample(.goneTitle, .goneText, .english, next: (PublicPaths.book(nil), .again)),
            sample(.tooManyTitle, .tooManyText, .chinese), sample(.sorryTitle, .sorryText, .english),
        ]
    }

    private static func sample(
        _ heading: Phrase, _ text: Phrase, _ language: Language, next: (PublicAddress, Phrase)? = nil
    ) -> PublicNoticePage {
        PublicNoticePage(
            heading, text, language: language, clinicName: "示例口腔门诊", phone: "020-0000 0000",
            shell: .sample(title: PhraseBook.text(heading, language)), next: next)
    }
}

/// The number of the clinic, to be dialled by a tap.
enum PublicTelephone {
    static func fact(_ phone: String, _ language: Language) -> FactView? {
        guard phone.nonBlank != nil else { return nil }
        let digits = phone.filter { $0.isASCIIDigit || $0 == "+" }
        return FactView(PhraseBook.text(.telephone, language), phone, href: "tel:\(digits)")
    }
}

/// What a visitor is told when something does not work. Whatever could tell who is a patient has one answer, byte for byte:
/// wrong, used, expired and revoked links, and addresses that do not exist (design §6).
enum PublicErrors {
    struct Answer: Sendable {
        let status: HTTPResponse.Status
        let heading: Phrase
        let text: Phrase
        var leadsToBooking = false
        var retryAfter: Int?
    }

    static func answer(to error: any Error) -> Answer {
        switch error {
        case is LinkIsGone, is NotFound, ShellError.noSuchPage:
            Answer(status: .notFound, heading: .goneTitle, text: .goneText, leadsToBooking: true)
        case ShellError.tooMany(let seconds):
            Answer(status: .tooManyRequests, heading: .tooManyTitle, text: .tooManyText, retryAfter: seconds)
        case ShellError.tooLarge: Answer(status: .contentTooLarge, heading: .invalidTitle, text: .invalidText)
        case ShellError.staleForm, ShellError.foreignForm:
            Answer(status: .forbidden, heading: .staleTitle, text: .staleText)
        case OnlineRefusal.timeIsGone:
            Answer(status: .conflict, heading: .timeGoneTitle, text: .timeGoneText, leadsToBooking: true)
        case OnlineRefusal.notAccepted:
            Answer(status: .tooManyRequests, heading: .notAcceptedTitle, text: .notAcceptedText)
        case OnlineRefusal.closed: Answer(status: .serviceUnavailable, heading: .closedTitle, text: .closedText)
        case let error as HTTPError where error.status == .notFound: answer(to: ShellError.noSuchPage)
        case let error as any UserFacingError where error.kind == .conflict:
            Answer(status: .conflict, heading: .timeGoneTitle, text: .timeGoneText, leadsToBooking: true)
        case let error as any UserFacingError where error.kind == .invalid:
            Answer(status: .unprocessableContent, heading: .invalidTitle, text: .invalidText)
        case let error as any UserFacingError where error.kind == .tooMany:
            Answer(status: .tooManyRequests, heading: .tooManyTitle, text: .tooManyText)
        case let error as any UserFacingError where error.kind == .unavailable:
            Answer(status: .serviceUnavailable, heading: .sorryTitle, text: .sorryText)
        case StorageError.unavailable:
            Answer(status: .serviceUnavailable, heading: .sorryTitle, text: .sorryText, retryAfter: 2)
        case let error as HTTPError where error.status.code < 500:
            Answer(status: error.status, heading: .invalidTitle, text: .invalidText)
        default: Answer(status: .internalServerError, heading: .sorryTitle, text: .sorryText)
        }
    }

    static func page(_ error: any Error, _ web: WebRequest) throws -> Response {
        let answer = answer(to: error)
        var response = try web.page(page(answer, web.language, web.app), status: answer.status)
        if let seconds = answer.retryAfter, let name = HTTPField.Name("Retry-After") {
            response.headers[name] = String(seconds)
        }
        return response
    }

    /// Without a request that was read: an address that is no route.
    static func page(_ answer: Answer, _ language: Language, _ app: AppServices) -> PublicNoticePage {
        PublicNoticePage(
            answer.heading, answer.text, language: language, clinicName: app.options.siteName,
            phone: app.options.sitePhone,
            shell: ShellView(
                title: PhraseBook.text(answer.heading, language), clinicName: app.options.siteName,
                assets: app.assets.base, isTouch: true),
            next: answer.leadsToBooking ? (PublicPaths.book(nil), .again) : nil)
    }
}
