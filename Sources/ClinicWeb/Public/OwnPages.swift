import Clinic
import Kernel

/// What the pages of a customer's own booking show.
struct OwnVisit: Hashable, Sendable {
    var clinic: ClinicSite
    var day: Day
    var start: Unit
    var units: Int
    var version: Int
    /// nil, like the name, where neither may be shown.
    var greeting: String?
    var name: String?
    var doctorName: String
    var itemNames: [String]
    var isConfirmed = false
    var isUnverified = false
}

extension OwnVisit {
    init(_ own: OwnAppointment) {
        let booking = own.appointment
        self.init(
            clinic: own.clinic, day: booking.day, start: booking.start, units: booking.units, version: booking.version,
            greeting: own.greeting, name: own.name, doctorName: own.doctorName, itemNames: own.itemNames,
            isConfirmed: booking.confirmed != nil, isUnverified: own.isUnverified)
    }
}

/// The customer's own booking — templates/public/own.mustache
struct OwnPage: Page {
    static let template = "public/own"
    let shell: ShellView
    let frame: PublicFrame
    let words: WordsView
    let heading: String
    let when: String
    let length: String
    let facts: [FactView]
    /// What just happened; nil when nothing did.
    let done: String?
    let warning: String?
    let isUnverified: Bool
    let isConfirmed: Bool
    let confirmAction: String
    let version: Int
    let timesHref: String
    let cancelHref: String
    static let fields: [Field<Self>] = [
        Field("frame", \.frame), Field("words", \.words), Field("heading", \.heading), Field("when", \.when),
        Field("length", \.length), Field("facts", \.facts), Field("done", \.done), Field("warning", \.warning),
        Field("isUnverified", \.isUnverified), Field("isConfirmed", \.isConfirmed),
        Field("confirmAction", \.confirmAction), Field("version", \.version), Field("timesHref", \.timesHref),
        Field("cancelHref", \.cancelHref),
    ]

    init(
        _ own: OwnVisit, token: PublicToken, _ language: Language, done: Phrase? = nil, warning: Phrase? = nil,
        shell: ShellView
    ) {
        func text(_ phrase: Phrase) -> String { PhraseBook.text(phrase, language) }
        self.shell = shell
        frame = PublicFrame(language, clinicName: own.clinic.name, here: PublicPaths.own(token))
        words = WordsView(language: language)
        let whom = language == .chinese ? own.greeting : own.name
        heading = whom.map { Text(.ownTitle, $0)(language) } ?? text(.ownGreeting)
        when = PublicDates.when(own.day, own.start, language)
        length = Text(.aboutMinutes, String(own.units * Unit.minutes))(language)
        var facts = [FactView(text(.doctor), own.doctorName)]
        // The price list is Chinese; an English reader is not shown words of it.
        if language == .chinese, !own.itemNames.isEmpty {
            facts.append(FactView(text(.item), own.itemNames.joined(separator: "、")))
        }
        self.facts = facts + PublicFacts.place(own.clinic, language)
        self.done = done.map(text)
        self.warning = warning.map(text)
        isUnverified = own.isUnverified
        isConfirmed = own.isConfirmed
        confirmAction = PublicPaths.own(token, "/confirmation").text(language)
        version = own.version
        timesHref = PublicPaths.own(token, "/times").text(language)
        cancelHref = PublicPaths.own(token, "/cancellation").text(language)
    }
}

/// Where the booking may move to — templates/public/own_times.mustache
struct OwnTimesPage: Page {
    static let template = "public/own_times"
    let shell: ShellView
    let frame: PublicFrame
    let words: WordsView
    let lead: String
    let action: String
    let version: Int
    let days: [OfferDayView]
    let hasDays: Bool
    let later: LinkView?
    let first: LinkView?
    let keepHref: String
    let telephone: FactView?
    static let fields: [Field<Self>] = [
        Field("frame", \.frame), Field("words", \.words), Field("lead", \.lead), Field("action", \.action),
        Field("version", \.version), Field("days", \.days), Field("hasDays", \.hasDays),
        Field("later", \.later),
        Field("first", \.first), Field("keepHref", \.keepHref), Field("telephone", \.telephone),
    ]

    init(
        _ own: OwnVisit, token: PublicToken, offers: [OfferedTime], from: Day?, later: Day?, _ language: Language,
        shell: ShellView
    ) {
        self.shell = shell
        let here = PublicPaths.own(token, "/times", ["from": from?.iso ?? ""])
        frame = PublicFrame(language, clinicName: own.clinic.name, here: here)
        words = WordsView(language: language)
        lead = Text(.moveLead, PublicDates.when(own.day, own.start, language))(language)
        action = PublicPaths.own(token, "/slot").text(language)
        version = own.version
        days = OfferDayView.days(offers, language)
        hasDays = !days.isEmpty
        self.later = later.map {
            LinkView(
                PublicPaths.own(token, "/times", ["from": $0.iso]).text(language),
                PhraseBook.text(.laterDays, language))
        }
        first = from.map { _ in
            LinkView(PublicPaths.own(token, "/times").text(language), PhraseBook.text(.firstDays, language))
        }
        keepHref = PublicPaths.own(token).text(language)
        telephone = PublicTelephone.fact(own.clinic.phone, language)
    }
}

/// Asks once more before the time is given up — templates/public/own_cancel.mustache
struct OwnCancelPage: Page {
    static let template = "public/own_cancel"
    let shell: ShellView
    let frame: PublicFrame
    let words: WordsView
    let lead: String
    let action: String
    let version: Int
    let reasons: [ChoiceView]
    let fault: String?
    let keepHref: String
    static let fields: [Field<Self>] = [
        Field("frame", \.frame), Field("words", \.words), Field("lead", \.lead), Field("action", \.action),
        Field("version", \.version), Field("reasons", \.reasons), Field("fault", \.fault),
        Field("keepHref", \.keepHref),
    ]

    init(
        _ own: OwnVisit, token: PublicToken, reasons: [(code: String, label: String)], hasFault: Bool = false,
        _ language: Language,
        shell: ShellView
    ) {
        self.shell = shell
        let here = PublicPaths.own(token, "/cancellation")
        frame = PublicFrame(language, clinicName: own.clinic.name, here: here)
        words = WordsView(language: language)
        lead = Text(.cancelLead, PublicDates.when(own.day, own.start, language))(language)
        action = here.text(language)
        version = own.version
        // A reason the clinic added has no English; it is offered to those who read Chinese.
        self.reasons = reasons.compactMap { code, label in
            let phrase = Self.phrase(code)
            guard language == .chinese || phrase != nil else { return nil }
            return ChoiceView(code, phrase.map { PhraseBook.text($0, language) } ?? label, isChosen: false)
        }
        fault = hasFault ? PhraseBook.text(.reasonMissing, language) : nil
        keepHref = PublicPaths.own(token).text(language)
    }

    static func phrase(_ code: String) -> Phrase? {
        switch code {
        case "busy": .reasonBusy
        case "ill": .reasonIll
        case "recovered": .reasonRecovered
        case "cost": .reasonCost
        case "afraid": .reasonAfraid
        case "otherClinic": .reasonOtherClinic
        case "traffic": .reasonTraffic
        case "pregnancy": .reasonPregnancy
        default: nil
        }
    }
}
