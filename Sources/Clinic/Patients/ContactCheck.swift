import Kernel
import Storage

/// At each check-in the desk reads phone and address to the customer, who confirms or corrects them (R1.04).
package enum ContactCheck {
    /// What the customer answered when phone and address were read out, as typed.
    package struct Answer: Hashable, Sendable {
        package var phone: String
        package var address: String
        package init(phone: String, address: String) {
            self.phone = phone
            self.address = address
        }
    }

    /// Any one of them is enough.
    package static let capabilities: [Capability] = [.checkInReturning, .checkIn, .editPatients]

    /// Stores what was corrected, with history, and when the phone was confirmed.
    ///
    /// - Parameters:
    ///   - phone: as typed; the masked number means "as stored"; blank keeps a stored "no phone" reason and is refused
    ///     otherwise.
    ///   - address: as typed; blank removes it.
    /// - Throws: `NotAllowed`, `NotFound`, `FormErrors` for `phone`.
    @discardableResult
    package static func confirm(
        _ id: ID<Patient>, phone: String, address: String, by work: Work, in tx: any WriteTransaction
    ) throws -> Patient {
        guard Self.capabilities.contains(where: work.actor.may) else { throw NotAllowed(capability: .checkInReturning) }
        let old = try PatientStore.lock(id, in: tx)
        guard old.mergedIntoID == nil else { throw PatientError.merged }
        var new = old
        if phone.nonBlank == nil {
            guard old.phone == nil else { throw FormErrors("phone", "请与客人核对电话；号码停用时在“修改”里选择原因") }
        } else {
            guard let number = PhoneNumber(PatientPhone.restored(phone, stored: old.phone)) else {
                throw FormErrors("phone", "电话号码不对：手机 11 位，座机可带区号，境外以 + 开头")
            }
            new.phone = number.digits
            new.phoneMissingReason = nil
            new.phoneConfirmedAt = work.now
        }
        new.address = address.nonBlank
        if let address = new.address, address.count > 120 { throw FormErrors("address", "最多 120 个字") }
        let changesContact = new.phone != old.phone || new.address != old.address
        let stored = try PatientEditing.save(new, replacing: old, occasion: .checkIn, by: work, in: tx)
        if !changesContact {
            try Audit.append(Event("patient.contactConfirmed", of: id, patient: id), by: work, in: tx)
        }
        return stored
    }

    @discardableResult
    package static func confirm(
        _ id: ID<Patient>, _ answer: Answer, by work: Work, in tx: any WriteTransaction
    ) throws -> Patient {
        try confirm(id, phone: answer.phone, address: answer.address, by: work, in: tx)
    }
}
