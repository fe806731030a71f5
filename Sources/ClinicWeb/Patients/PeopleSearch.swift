import Clinic
import Kernel

/// Whom search puts first, and who is in the house.
struct TodaysPeople: Sendable {
    /// With a booking or visit today.
    let ids: [ID<Patient>]
    /// Whose visit of today is open.
    let here: Set<ID<Patient>>
}

/// Every page looks for people through here, so that the guard against trying numbers stands once (R16.06).
extension StaffRequest {
    /// Today's people first. Whoever sees masked phones must type several digits, and not too often.
    func searchPeople(_ query: String) async throws -> PatientSearchResult {
        try limitNumberSearch(query)
        let (today, phoneDigits, todays) = (today, searchedPhoneDigits, try await todaysPeople().ids)
        return try await read { tx in
            try PatientSearch.search(query, todays: todays, phoneDigits: phoneDigits, today: today, in: tx)
        }
    }

    /// The same for every search until something happens: a person who types reads it once.
    func todaysPeople() async throws -> TodaysPeople {
        let (clinic, today) = (clinic.id, today)
        return try await shared("people of \(today)", rights: []) {
            try await read { tx in
                TodaysPeople(
                    ids: try AppointmentStore.todaysPatients(clinic: clinic, day: today, in: tx),
                    here: Set(
                        try VisitStore.listDay(clinic: clinic, day: today, in: tx)
                            .filter { $0.leftAt == nil }.map(\.patientID)))
            }
        }
    }

    /// How many digits a number must have to be looked for.
    var searchedPhoneDigits: Int { may(.seePhones) ? 1 : work.playbook[.securityMaskedSearchDigits] }

    /// Whoever sees masked phones cannot try numbers until one answers; all search boxes count together.
    /// - Throws: `ShellError.tooMany`.
    func limitNumberSearch(_ query: String) throws {
        guard !may(.seePhones), PatientTerms.normalised(query).contains(where: \.isASCIIDigit) else { return }
        let wait = web.app.limiter.secondsToWait(
            "patients:\(actor.id.raw)", RateLimit(burst: 40, perMinute: 60), now: web.now)
        if wait > 0 { throw ShellError.tooMany(seconds: wait) }
    }
}
