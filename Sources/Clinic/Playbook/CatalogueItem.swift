import Kernel

/// An entry of the shipped price list. A clinic takes it over into its own list, where prices have a first day.
package struct CatalogueItem: Hashable, Sendable {
    package let code: String
    package let name: String
    /// Code of list `itemGroup`, for the order on the charge page.
    package let group: String
    package let price: Money
    /// What is counted: 次, 牙, 副 …
    package let measure: String
    package let category: IncomeCategory
    /// Quarters of an hour a booking reserves (R3.03); 0 for goods that need no appointment.
    package let units: Int
    package let size: Size
    package let urgency: Urgency
    package let flags: Set<Flag>
    /// Months of free redo (R5.09); 0 when excluded.
    package let warrantyMonths: Int

    /// The six columns of the daily report (R6.28, R6.29).
    package enum IncomeCategory: String, CaseIterable, Sendable {
        case orthodontic, treatment, fabrication, scaling, device, registration

        package var label: String {
            switch self {
            case .orthodontic: "正畸"
            case .treatment: "治疗"
            case .fabrication: "制作"
            case .scaling: "洁牙"
            case .device: "器械"
            case .registration: "挂号"
            }
        }
    }

    /// Big items are proposed for slots of low density only (R3.49).
    package enum Size: String, CaseIterable, Sendable { case big, small }

    /// How badly the item suffers from being postponed (R3.49).
    package enum Urgency: String, CaseIterable, Sendable { case low, normal, high }

    package enum Flag: String, CaseIterable, Sendable {
        /// Raises spray (R3.43).
        case pneumatic
        /// Cannot be booked in epidemic mode (R3.43).
        case epidemicSuspended
        /// Needs disclosure and consent before it starts (R5.04, R5.05).
        case operation
        /// The consent carries additional clauses (R5.06).
        case complexOperation
        /// Bleeding, swelling or pain is to be expected: call on the next day (R8.03).
        case foreseeableReaction
        /// Call in the evening of the treatment day (R8.02).
        case sameDayFollowUp
        /// Charged for a tooth: tooth numbers are asked for.
        case perTooth
        /// Counted as "of which X-ray" in the daily report (R6.28).
        case xray
        /// Counted as "of which impression" in the daily report (R6.28).
        case impression
        /// Something is to be dispensed or injected (R5.18).
        case dispensing
        /// Sold over the counter; deducts the cashier's stock (R6.41).
        case retail
        /// Free examination of the house (R5.10).
        case freeExam
    }

    /// Call on the day after the operation; the catalogue calls for it exactly where a reaction is foreseeable (R8.03).
    package var nextDayFollowUp: Bool { flags.contains(.foreseeableReaction) }
}
