import Clinic
import Kernel

/// Every page looks for people through here, so that the guard against trying numbers stands once (R16.06).
extension StaffRequest {
    /// Today's people first. Whoever sees masked phones must type several digits, and not too often.
    func searchPeople(_ query: String) async throws -> PatientSearchResult {
        try limitNumberSearch(query)
        let (work, phoneDigits) = (work, searchedPhoneDigits)
        return try await read { tx in
            try PatientSearch.search(
                query, todays: try AppointmentStore.todaysPatients(clinic: work.clinic.id, day: work.today, in: tx),
                phoneDigits: phoneDigits, today: work.today, in: tx)
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
