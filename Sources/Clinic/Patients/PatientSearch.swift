import Kernel
import Storage

/// What a search found.
package struct PatientSearchResult: Hashable, Sendable {
    /// Today's people first, then exact hits, then the order of the index.
    package let people: [PatientBrief]
    /// More than were shown match.
    package let hasMore: Bool
    /// The person sees masked phones and typed too few digits.
    package let needsMoreDigits: Bool
    package static let empty = PatientSearchResult(people: [], hasMore: false, needsMoreDigits: false)
}

/// Finds people by any part of name, pinyin, initials, phone or record number (R1.13).
///
/// A bounded prefix scan in index order: what a query costs does not grow with the number of people.
package enum PatientSearch {
    package static let most = 20
    /// Several terms of one person can match; this many rows nearly always hold `most` people.
    static let scanned = 60

    /// - Parameters:
    ///   - query: as typed.
    ///   - todays: people with a booking or visit today, in any order; they come first.
    ///   - phoneDigits: how many digits a number must have to be looked for; 1 for those who see phones (R16.06).
    package static func search(
        _ query: String, todays: [ID<Patient>] = [], phoneDigits: Int = 1, today: Day, in tx: any ReadTransaction
    ) throws -> PatientSearchResult {
        let term = PatientTerms.normalised(query)
        guard !term.isEmpty else { return .empty }
        if term.allSatisfy(\.isASCIIDigit), term.count < phoneDigits {
            return PatientSearchResult(people: [], hasMore: false, needsMoreDigits: true)
        }
        var hits = todays.isEmpty ? [] : try tx.rows(statement(term, among: todays))
        hits += try tx.rows(statement(term))
        var seen: Set<ID<Patient>> = []
        let ids = try hits.map { try $0.id("patient_id", Patient.self) }.filter { seen.insert($0).inserted }
        let people = try PatientStore.briefs(Array(ids.prefix(most + 1)), today: today, in: tx)
        return PatientSearchResult(
            people: Array(people.prefix(most)), hasMore: ids.count > most, needsMoreDigits: false)
    }

    /// The scan; its order is the order of the primary key. An exact hit is the smallest term with its prefix.
    static func statement(_ term: String) -> SQL {
        """
        SELECT term, patient_id
        FROM patient_term
        WHERE term >= \(term) AND term < \(term + upperBound)
        ORDER BY term, patient_id
        LIMIT \(scanned)
        """
    }

    static func statement(_ term: String, among patients: [ID<Patient>]) -> SQL {
        """
        SELECT term, patient_id
        FROM patient_term
        WHERE patient_id IN \(list: patients) AND term >= \(term) AND term < \(term + upperBound)
        ORDER BY term, patient_id
        LIMIT \(scanned)
        """
    }

    /// Greater than any character that follows a prefix, on both engines.
    private static let upperBound = "\u{10FFFF}"
}
