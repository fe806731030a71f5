import Clinic
import Kernel

/// Believable values of the public pages in both languages.
enum PublicSamples {
    static let calendar: ClinicCalendar = {
        guard let calendar = ClinicCalendar(timeZoneName: "Asia/Shanghai") else { preconditionFailure("no time zones") }
        return calendar
    }()
    static let clinic = ClinicSite(
        id: ID(raw: 1), code: "A", name: "示例口腔门诊", phone: "020-0000 0000", address: "示例市江南路 66 号 2 楼",
        calendar: calendar, opens: Unit(34), closes: Unit(72))
    static let token = PublicToken(bytes: Array(repeating: 7, count: PublicToken.byteCount))
    static let day = Day("2026-03-13") ?? Day(number: 0)
    static let doctor = ID<Staff>(raw: 3)
    static let now = Timestamp(milliseconds: 1_773_278_400_000)

    static func shell(_ title: Phrase, _ language: Language) -> ShellView {
        ShellView.sample(title: PhraseBook.text(title, language))
    }

    static var offers: [OfferedTime] {
        [(0, 36), (0, 41), (0, 58), (1, 34), (1, 66), (3, 45)].map { days, start in
            OfferedTime(
                day: day.adding(days: days), start: Unit(start), units: 3,
                doctorName: start == 58 ? "司徒慕容晓晓" : "陈思敏")
        }
    }

    static func own(
        name: String?, greeting: String?, isConfirmed: Bool = false, isUnverified: Bool = false
    ) -> OwnVisit {
        OwnVisit(
            clinic: clinic, day: day, start: Unit(37), units: 3, version: 1, greeting: greeting, name: name,
            doctorName: "陈思敏", itemNames: ["超声洁牙"], isConfirmed: isConfirmed, isUnverified: isUnverified)
    }
}

extension OnlineStartPage {
    static var samples: [OnlineStartPage] {
        let other = ClinicSite(
            id: ID(raw: 2), code: "B", name: "示例口腔西门诊", phone: "020-0000 0001", address: "示例市西堤二马路 9 号 3 楼",
            calendar: PublicSamples.clinic.calendar, opens: Unit(34), closes: Unit(72))
        return Language.allCases.flatMap { language in
            [
                OnlineStartPage(
                    language, clinic: PublicSamples.clinic, clinics: [PublicSamples.clinic], impossible: [],
                    notice: language == .chinese ? "本门诊实行预约制。先约好时间再来，可以少等。" : "We see patients by appointment.",
                    siteName: "示例口腔", shell: PublicSamples.shell(.bookTitle, language)),
                OnlineStartPage(
                    language, clinic: nil, clinics: [PublicSamples.clinic, other], impossible: [], notice: nil,
                    siteName: "示例口腔", shell: PublicSamples.shell(.bookTitle, language)),
                OnlineStartPage(
                    language, clinic: PublicSamples.clinic, clinics: [PublicSamples.clinic],
                    impossible: [.cleaning, .filling], notice: nil, siteName: "示例口腔",
                    shell: PublicSamples.shell(.bookTitle, language)),
            ]
        }
    }
}

extension OnlineFormPage {
    static var samples: [OnlineFormPage] {
        var content = Content(
            need: .cleaning, time: PublicSamples.offers[0], heldUntil: "09:25", token: PublicSamples.token,
            clinic: PublicSamples.clinic, questions: OnlineQuestion.allCases, isEpidemic: true)
        let empty = Language.allCases.map { language in
            OnlineFormPage(content, language, shell: PublicSamples.shell(.formTitle, language))
        }
        content.isEpidemic = false
        content.questions = OnlineQuestion.allCases.filter { !$0.isEpidemic }
        content.entry = OnlineEntry(
            name: "Alexandra Montgomery-Fitzgerald", phone: "1380013", age: "9", gender: "female", note: "<b>右下</b>",
            answers: [.heart], denied: [.diabetes], agrees: false)
        content.faults = [
            "phone": .phoneWrong, "guardianName": .guardianMissing, "agrees": .consentMissing, "gender": .genderMissing,
            "agreesHealth": .healthConsentMissing, "name": .nameTooLong, "age": .ageWrong, "note": .noteTooLong,
        ]
        return empty
            + Language.allCases.map { language in
                OnlineFormPage(content, language, shell: PublicSamples.shell(.formTitle, language))
            }
    }
}

extension OnlineTimesPage {
    static var samples: [OnlineTimesPage] {
        Language.allCases.flatMap { language in
            [
                OnlineTimesPage(
                    language, need: .cleaning, offers: PublicSamples.offers, from: nil,
                    later: PublicSamples.day.adding(days: 4), clinic: PublicSamples.clinic,
                    command: PublicSamples.token.text, shell: PublicSamples.shell(.timesTitle, language)),
                OnlineTimesPage(
                    language, need: .other, offers: [], from: PublicSamples.day, later: nil,
                    clinic: PublicSamples.clinic, command: PublicSamples.token.text,
                    shell: PublicSamples.shell(.timesTitle, language)),
            ]
        }
    }
}

extension OwnPage {
    static var samples: [OwnPage] {
        let booked = PublicSamples.own(name: "谢春梅", greeting: "谢女士", isUnverified: true)
        let confirmed = PublicSamples.own(
            name: "Alexandra Montgomery-Fitzgerald", greeting: "Alexandra Montgomery-Fitzgerald", isConfirmed: true)
        return Language.allCases.flatMap { language in
            [
                OwnPage(
                    booked, token: PublicSamples.token, language, done: .bookedNote,
                    shell: PublicSamples.shell(.ownGreeting, language)),
                OwnPage(
                    PublicSamples.own(name: nil, greeting: nil), token: PublicSamples.token, language, done: .movedNote,
                    shell: PublicSamples.shell(.ownGreeting, language)),
                OwnPage(
                    confirmed, token: PublicSamples.token, language, warning: .changedNote,
                    shell: PublicSamples.shell(.ownGreeting, language)),
            ]
        }
    }
}

extension OwnTimesPage {
    static var samples: [OwnTimesPage] {
        let own = PublicSamples.own(name: "谢春梅", greeting: "谢女士")
        return Language.allCases.flatMap { language in
            [
                OwnTimesPage(
                    own, token: PublicSamples.token, offers: PublicSamples.offers, from: nil,
                    later: PublicSamples.day.adding(days: 4), language,
                    shell: PublicSamples.shell(.moveTitle, language)),
                OwnTimesPage(
                    own, token: PublicSamples.token, offers: [], from: PublicSamples.day, later: nil, language,
                    shell: PublicSamples.shell(.moveTitle, language)),
            ]
        }
    }
}

extension OwnCancelPage {
    static var samples: [OwnCancelPage] {
        let own = PublicSamples.own(name: "谢春梅", greeting: "谢女士")
        let codes = ["busy", "ill", "recovered", "cost", "afraid", "otherClinic", "traffic", "pregnancy"]
        return Language.allCases.map { language in
            OwnCancelPage(
                own, token: PublicSamples.token, reasons: codes.map { ($0, $0) }, hasFault: language == .english,
                language,
                shell: PublicSamples.shell(.cancelTitle, language))
        }
    }
}
