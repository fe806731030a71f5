import Kernel
import Storage

package typealias IncomeCategory = CatalogueItem.IncomeCategory

extension CatalogueItem.IncomeCategory: SQLBindable {}
extension CatalogueItem.Size: SQLBindable {}
extension CatalogueItem.Urgency: SQLBindable {}

/// Something the clinic does or sells. Items retire, they are never deleted: old charge lines point to them.
package struct Item: Hashable, Sendable {
    package let id: ID<Item>
    /// Stable; the code of the shipped catalogue where it came from there.
    package let code: String
    package let name: String
    /// Code of list `itemGroup`; nil for other.
    package let group: String?
    /// What is counted: 次, 牙, 副.
    package let measure: String
    package let category: IncomeCategory
    /// Quarters of an hour a booking reserves (R3.03); 0 for goods. A booking as a whole is never shorter than 1.
    package let units: Int
    package let size: CatalogueItem.Size
    package let urgency: CatalogueItem.Urgency
    package let isPneumatic: Bool
    /// Needs disclosure and consent (R5.04, R5.05).
    package let isOperation: Bool
    /// Foreseeable reaction: call on the next day (R8.03).
    package let hasReaction: Bool
    /// Call in the evening of the day (R8.02).
    package let callsSameDay: Bool
    package let isPerTooth: Bool
    package let isXRay: Bool
    package let isImpression: Bool
    package let needsDispensing: Bool
    package let isRetail: Bool
    /// 0: none (R5.09).
    package let warrantyMonths: Int
    package let retiredAt: Timestamp?
}
