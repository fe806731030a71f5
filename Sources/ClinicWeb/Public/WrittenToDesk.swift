import Clinic
import Kernel
import Storage

/// What customers wrote themselves and wait to be looked at, on the desk's screen — templates/public/_written.mustache
struct WrittenToDeskView: Viewable {
    let href: String
    let text: String
    let about: String
    static let fields: [Field<Self>] = [Field("href", \.href), Field("text", \.text), Field("about", \.about)]

    /// Slips of the tablet first: their writer stands at the desk.
    static func list(by work: Work, in tx: any ReadTransaction) throws -> [WrittenToDeskView] {
        let calendar = work.clinic.calendar
        let slips = try LookupSlips.listOpen(by: work, in: tx).map {
            WrittenToDeskView(
                href: LookupPaths.slips, text: $0.typed, about: "平板上写的 \(calendar.clockText($0.askedAt))，请勿念出")
        }
        guard work.actor.may(.registerPatients) else { return slips }
        let waiting = try SelfRegistrationStore.countWaiting(clinic: work.clinic.id, in: tx)
        return slips
            + (waiting == 0
                ? []
                : [
                    WrittenToDeskView(
                        href: SelfDeskPaths.list, text: "待核对登记 \(waiting) 份", about: "客人在自己手机上填好了")
                ])
    }
}
