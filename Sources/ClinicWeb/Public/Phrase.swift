import Kernel

/// The keys of the words on public pages. The raw value is the name in templates: `{{words.bookTitle}}`.
enum Phrase: String, CaseIterable, Sendable {
    // Around every page
    case languageLabel, callUs, phoneNumber, address, again, poweredByClinic
    // Online booking: begin
    case bookTitle, bookLead, chooseClinic, chooseNeed, needPaused, closedTitle, closedText
    case needPain, needCheckUp, needCleaning, needFilling, needGums, needExtraction, needCrown, needImplant
    case needOrthodontics, needWhitening, needChild, needOther
    // Times
    case timesTitle, timesLead, noTimes, laterDays, firstDays, otherNeed, aboutMinutes, withDoctor, morning, afternoon
    // Form
    case formTitle, heldUntil, fieldName, fieldPhone, hintPhone, fieldAge, fieldGender, male, female, unsaid, fieldNote
    case hintNote, screeningTitle, screeningHint, fieldGuardian, hintGuardian, privacyTitle, agree, book, otherTime
    case faultsAbove, trapLabel, protection
    case askFever, askContact, askTravel, askIsolation, askAnticoagulant, askPregnancy, askHeart, askHypertension,
        askDiabetes, askAllergy
    case faultNameMissing, faultNameTooLong, faultPhoneWrong, faultAgeWrong, faultGenderMissing, faultNoteTooLong
    case faultGuardianMissing, faultConsentMissing
    case yes, no, agreeHealth, faultHealthConsentMissing, invalidTitle, invalidText
    // Please call me
    case callTitle, callLead, fieldCallName, fieldCallNote, hintCallNote, fieldWish, wishSoon, wishEvening, agreeCall
    case callSend, calledTitle, calledText
    // Self-registration
    case selfTitle, selfLead, selfStart, selfChooseClinic, selfOnce, selfOff, selfOffText, selfFormTitle, selfFormLead
    case selfWho, selfWhoWhy, selfHealth, selfHealthWhy, selfConsents, selfSend, selfDoneTitle, selfDoneText
    case fieldOwnName, whyName, fieldBirth, whyBirth, fieldAgeInstead, fieldOwnPhone, whyPhone, fieldAddress, whyAddress
    case fieldReason, whyReason, fieldSource, whySource, sourceNone, fieldFiller, fillerOwn, fillerGuardian,
        fillerFamily
    case fieldGuardianPhone, whyGuardian, noneOfThese, fieldAllergies, whyAllergies, fieldMedicines, whyMedicines
    case agreeHealthFile, selfHistoryHint, agreeMarketing, agreePhoto, consentFree
    case faultBirthWrong, faultReasonMissing, faultTooLong, faultHistoryMissing, faultHistoryBoth
    case historyPacemaker, historyBleeding, historyBisphosphonate, historyPenicillin, historyAnaesthetic, historyLatex
    case historyOtherAllergy, historyHepatitis, historyInfectious, historyEpilepsy, historyAsthma, historyKidney
    case historyThyroid, historyTumour, historyBreastfeeding, historyMenstruation, historyMedication, historyFear
    case historySmoking, historyGrinding, historyOther
    // Own booking
    case ownTitle, ownGreeting, unverified, doctor, item, place, telephone, arriveEarly, comeOnTime, confirmed,
        changeTime
    case cannotCome, linkNote, bookedNote, movedNote, changedNote, goesTo
    case moveTitle, moveLead, noMoveTimes, keepTime
    case cancelTitle, cancelLead, cancelWhy, cancelVisit, keepVisit, cancelledTitle, cancelledText, reasonMissing
    case reasonBusy, reasonIll, reasonRecovered, reasonCost, reasonAfraid, reasonOtherClinic, reasonTraffic
    case reasonPregnancy
    // What went wrong
    case goneTitle, goneText, tooManyTitle, tooManyText, staleTitle, staleText, timeGoneTitle, timeGoneText
    case notAcceptedTitle, notAcceptedText, sorryTitle, sorryText

    /// Says the same in every case, so that a template may name it.
    var isPlain: Bool { PhraseBook.chinese[self]?.contains("{") == false }
}

/// Every phrase in both languages; a test compares keys and places. `{0}` is the first argument.
enum PhraseBook {
    static let chinese = chineseVisits.merging(chineseForms) { first, _ in first }
    static let english = englishVisits.merging(englishForms) { first, _ in first }

    static func text(_ phrase: Phrase, _ language: Language) -> String {
        switch language {
        case .chinese: chinese[phrase] ?? phrase.rawValue
        case .english: english[phrase] ?? phrase.rawValue
        }
    }
}

/// A phrase with what stands in it. The language's sentence is looked up first, then the arguments are put in: words of
/// one language are never glued together by the program.
struct Text: Hashable, Sendable {
    let key: Phrase
    let arguments: [String]
    init(_ key: Phrase, _ arguments: String...) {
        self.key = key
        self.arguments = arguments
    }

    func callAsFunction(_ language: Language) -> String {
        var result = ""
        var rest = PhraseBook.text(key, language)[...]
        while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
            result += rest[..<open]
            let place = Int(rest[rest.index(after: open)..<close]) ?? -1
            if arguments.indices.contains(place) { result += arguments[place] }
            rest = rest[rest.index(after: close)...]
        }
        return result + rest
    }
}
