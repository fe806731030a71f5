import Clinic
import Kernel

/// 预约看牙: where and what for — templates/public/start.mustache
struct OnlineStartPage: Page {
    static let template = "public/start"
    let shell: ShellView
    let frame: PublicFrame
    let words: WordsView
    /// By appointment only (R3.10); nil when the clinic does not say so.
    let notice: String?
    let clinics: [LinkView]
    let hasClinics: Bool
    let needs: [LinkView]
    let hasNeeds: Bool
    /// What cannot be done while the epidemic mode is on (R3.45).
    let paused: String?
    let facts: [FactView]
    let hasFacts: Bool
    /// 请给我回电; nil while several clinics are to choose from.
    let call: LinkView?
    static let fields: [Field<Self>] = [
        Field("frame", \.frame), Field("words", \.words), Field("notice", \.notice), Field("clinics", \.clinics),
        Field("hasClinics", \.hasClinics), Field("needs", \.needs), Field("hasNeeds", \.hasNeeds),
        Field("paused", \.paused), Field("facts", \.facts), Field("hasFacts", \.hasFacts), Field("call", \.call),
    ]

    /// - Parameters:
    ///   - clinic: nil while several are to choose from.
    ///   - impossible: needs that are suspended now.
    init(
        _ language: Language, clinic: ClinicSite?, clinics: [ClinicSite], impossible: Set<OnlineNeed>, notice: String?,
        siteName: String, shell: ShellView
    ) {
        self.shell = shell
        frame = PublicFrame(
            language, clinicName: clinic?.name ?? siteName, here: PublicPaths.book(clinic?.id))
        words = WordsView(language: language)
        self.notice = notice
        self.clinics =
            clinic == nil
            ? clinics.map { LinkView(PublicPaths.book($0.id).text(language), "\($0.name) · \($0.address)") } : []
        needs =
            clinic.map { clinic in
                OnlineNeed.allCases.filter { !impossible.contains($0) }.map {
                    LinkView(PublicPaths.times(clinic.id, $0).text(language), PhraseBook.text($0.phrase, language))
                }
            } ?? []
        let names = OnlineNeed.allCases.filter(impossible.contains).map { PhraseBook.text($0.phrase, language) }
        paused =
            names.isEmpty || clinic == nil
            ? nil : Text(.needPaused, names.joined(separator: language == .chinese ? "、" : ", "))(language)
        facts = clinic.map { PublicFacts.place($0, language) } ?? []
        hasClinics = !self.clinics.isEmpty
        hasNeeds = !needs.isEmpty
        hasFacts = !facts.isEmpty
        call = clinic.map { LinkView(PublicPaths.call($0.id).text(language), PhraseBook.text(.callTitle, language)) }
    }
}

/// The times of a need, by day — templates/public/times.mustache
struct OnlineTimesPage: Page {
    static let template = "public/times"
    let shell: ShellView
    let frame: PublicFrame
    let words: WordsView
    let need: String
    let length: String?
    let action: String
    let clinic: String
    let needCode: String
    /// The number of this page: a second tap on the same time is the same hold.
    let command: String
    let days: [OfferDayView]
    let hasDays: Bool
    let later: LinkView?
    let first: LinkView?
    let otherHref: String
    let telephone: FactView?
    let callHref: String
    static let fields: [Field<Self>] = [
        Field("callHref", \.callHref), Field("frame", \.frame), Field("words", \.words), Field("need", \.need),
        Field("length", \.length),
        Field("action", \.action), Field("clinic", \.clinic), Field("needCode", \.needCode),
        Field("command", \.command), Field("days", \.days),
        Field("hasDays", \.hasDays),
        Field("later", \.later), Field("first", \.first), Field("otherHref", \.otherHref),
        Field("telephone", \.telephone),
    ]

    /// - Parameters:
    ///   - from: nil on the first page of times.
    ///   - later: where the next page begins; nil on the last.
    init(
        _ language: Language, need: OnlineNeed, offers: [OfferedTime], from: Day?, later: Day?, clinic: ClinicSite,
        command: String, shell: ShellView
    ) {
        self.shell = shell
        self.command = command
        frame = PublicFrame(
            language, clinicName: clinic.name, here: PublicPaths.times(clinic.id, need, from: from))
        words = WordsView(language: language)
        self.need = PhraseBook.text(need.phrase, language)
        length = offers.first.map { Text(.aboutMinutes, String($0.units * Unit.minutes))(language) }
        action = PublicAddress(PublicPaths.holds).text(language)
        self.clinic = clinic.id.text
        needCode = need.rawValue
        days = OfferDayView.days(offers, language)
        hasDays = !days.isEmpty
        self.later = later.map {
            LinkView(
                PublicPaths.times(clinic.id, need, from: $0).text(language), PhraseBook.text(.laterDays, language))
        }
        first = from.map { _ in
            LinkView(PublicPaths.times(clinic.id, need).text(language), PhraseBook.text(.firstDays, language))
        }
        otherHref = PublicPaths.book(clinic.id).text(language)
        telephone = PublicTelephone.fact(clinic.phone, language)
        callHref = PublicPaths.call(clinic.id).text(language)
    }
}

/// What a visitor needs to know of an offer.
struct OfferedTime: Hashable, Sendable {
    let day: Day
    let start: Unit
    let units: Int
    let doctorName: String
    init(day: Day, start: Unit, units: Int, doctorName: String) {
        self.day = day
        self.start = start
        self.units = units
        self.doctorName = doctorName
    }
    init(_ offer: Offer) {
        self.init(
            day: offer.slot.day, start: offer.slot.start, units: offer.slot.units, doctorName: offer.doctorName)
    }
}

/// The free times of one day.
struct OfferDayView: Viewable {
    let title: String
    let times: [OfferTimeView]
    static let fields: [Field<Self>] = [Field("title", \.title), Field("times", \.times)]

    static func days(_ offers: [OfferedTime], _ language: Language) -> [OfferDayView] {
        let byDay = Dictionary(grouping: offers, by: \.day)
        return byDay.keys.sorted().map { day in
            OfferDayView(
                title: PublicDates.day(day, language),
                times: (byDay[day] ?? []).sorted { $0.start < $1.start }.map { OfferTimeView($0, language) })
        }
    }
}

struct OfferTimeView: Viewable {
    /// "2026-03-13 36": what the button sends.
    let value: String
    let clock: String
    let doctor: String
    static let fields: [Field<Self>] = [
        Field("value", \.value), Field("clock", \.clock), Field("doctor", \.doctor),
    ]

    init(_ offer: OfferedTime, _ language: Language) {
        value = Self.value(offer.day, offer.start)
        clock = offer.start.clockText
        doctor = Text(.withDoctor, offer.doctorName)(language)
    }

    static func value(_ day: Day, _ start: Unit) -> String { "\(day.iso) \(start.index)" }

    /// nil for anything a button would not send.
    static func time(_ value: String) -> AskedTime? {
        let parts = value.split(separator: " ")
        guard parts.count == 2, let day = Day(parts[0]), let index = Int(parts[1]), (0..<Unit.perDay).contains(index)
        else { return nil }
        return AskedTime(day: day, start: Unit(index))
    }
}

/// The same words on every page that tells where the clinic is.
enum PublicFacts {
    static func place(_ clinic: ClinicSite, _ language: Language) -> [FactView] {
        [clinic.address.nonBlank.map { FactView(PhraseBook.text(.place, language), $0) }].compactMap(\.self)
            + [PublicTelephone.fact(clinic.phone, language)].compactMap(\.self)
    }
}

extension OnlineNeed {
    var phrase: Phrase {
        switch self {
        case .pain: .needPain
        case .checkUp: .needCheckUp
        case .cleaning: .needCleaning
        case .filling: .needFilling
        case .gums: .needGums
        case .extraction: .needExtraction
        case .crown: .needCrown
        case .implant: .needImplant
        case .orthodontics: .needOrthodontics
        case .whitening: .needWhitening
        case .child: .needChild
        case .other: .needOther
        }
    }
}
