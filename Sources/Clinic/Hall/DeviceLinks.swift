import Kernel
import Storage

/// Pairs and revokes the screens of a clinic.
package enum DeviceLinks {
    /// Screens a clinic may have at once.
    static let most = 30

    /// Most screens are asked for every few seconds; their page notes them at most this often.
    static let touchMinutes = 1

    /// - Throws: `FormErrors` with HTML name `name`, `NotAllowed`.
    package static func pair(
        name: String, token: PublicToken, by work: Work, in tx: any WriteTransaction
    ) throws -> DeviceLink {
        try work.actor.require(.manageRooms)
        guard let name = name.nonBlank, name.count <= 20 else {
            throw FormErrors("name", "请写屏幕挂在哪里，最多 20 个字，例如 候诊区大屏")
        }
        let others = try DeviceLinkStore.list(clinic: work.clinic.id, in: tx)
        guard others.count < most else { throw FormErrors("name", "最多 \(most) 个屏幕，请先停用不用的") }
        guard !others.contains(where: { $0.name == name }) else {
            throw FormErrors("name", "已经有一个屏幕叫 \(name)，请换一个名称，或先停用它")
        }
        let link = DeviceLink(
            id: work.newID(), clinicID: work.clinic.id, name: name, pairedAt: work.now, pairedBy: work.actor.id,
            seenAt: nil, revokedAt: nil)
        try DeviceLinkStore.insert(link, hash: token.hash, in: tx)
        try Audit.append(Event("device.paired", of: link.id, ["name": .text(name)]), by: work, in: tx)
        return link
    }

    /// The screen shows nothing any more from its next question on.
    package static func revoke(_ id: ID<DeviceLink>, by work: Work, in tx: any WriteTransaction) throws {
        try work.actor.require(.manageRooms)
        let link = try DeviceLinkStore.get(id, clinic: work.clinic.id, in: tx)
        guard try DeviceLinkStore.revoke(id, by: work.actor.id, at: work.now, in: tx) else { return }
        try Audit.append(Event("device.revoked", of: id, ["name": .text(link.name)]), by: work, in: tx)
    }

    package static func list(by work: Work, in tx: any ReadTransaction) throws -> [DeviceLink] {
        try work.actor.require(.manageRooms)
        return try DeviceLinkStore.list(clinic: work.clinic.id, in: tx)
    }

    /// The screen behind a secret address.
    ///
    /// - Throws: `ScreenIsGone`.
    package static func open(
        _ token: PublicToken, in tx: any ReadTransaction
    ) throws -> (link: DeviceLink, clinic: ClinicSite) {
        guard let link = try DeviceLinkStore.find(hash: token.hash, in: tx), link.revokedAt == nil else {
            throw ScreenIsGone()
        }
        return (link, try PlaceStore.clinic(link.clinicID, in: tx))
    }

    package static func needsTouch(_ link: DeviceLink, now: Timestamp) -> Bool {
        link.seenAt.map { $0.adding(minutes: touchMinutes) <= now } ?? true
    }

    /// The screen is alive. No event: nobody did anything.
    package static func touch(_ link: DeviceLink, at now: Timestamp, in tx: any WriteTransaction) throws {
        try DeviceLinkStore.setSeen(link.id, at: now, in: tx)
    }
}
