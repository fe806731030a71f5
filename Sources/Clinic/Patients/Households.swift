import Kernel
import Storage

/// Families and who brought whom (R1.19).
package enum Households {
    package static let capabilities: [Capability] = [.registerPatients, .editPatients]

    /// The others of the family, oldest file first.
    package static func relatives(of patient: Patient, in tx: any ReadTransaction) throws -> [Patient] {
        guard let household = patient.householdID else { return [] }
        return try PatientStore.listHousehold(household, in: tx).filter { $0.id != patient.id }
    }

    /// Those whom `patient` brought, newest first.
    package static func referred(by patient: ID<Patient>, in tx: any ReadTransaction) throws -> [Patient] {
        try PatientStore.listReferred(by: patient, in: tx)
    }

    /// Puts `patient` into the household of `relative`; an earlier household is left.
    /// - Throws: `NotAllowed`, `NotFound`, `PatientError.householdIsSelf`.
    package static func link(
        _ patient: ID<Patient>, with relative: ID<Patient>, by work: Work, in tx: any WriteTransaction
    ) throws {
        guard capabilities.contains(where: work.actor.may) else { throw NotAllowed(capability: .editPatients) }
        try join(patient, with: relative, by: work, in: tx)
    }

    /// - Throws: `NotAllowed`, `NotFound`.
    package static func leave(_ patient: ID<Patient>, by work: Work, in tx: any WriteTransaction) throws {
        guard capabilities.contains(where: work.actor.may) else { throw NotAllowed(capability: .editPatients) }
        let old = try PatientStore.lock(patient, in: tx)
        guard let household = old.householdID else { return }
        var new = old
        new.householdID = nil
        _ = try PatientEditing.save(new, replacing: old, occasion: .edit, by: work, in: tx)
        try dissolveIfAlone(household, by: work, in: tx)
    }

    static func join(
        _ patient: ID<Patient>, with relative: ID<Patient>, by work: Work, in tx: any WriteTransaction
    ) throws {
        guard patient != relative else { throw PatientError.householdIsSelf }
        // In id order: two clinics that link the same two people must not wait for each other.
        var locked: [ID<Patient>: Patient] = [:]
        for id in [patient, relative].sorted() { locked[id] = try PatientStore.lock(id, in: tx) }
        guard let old = locked[patient], let other = locked[relative] else { throw NotFound("客人资料") }
        guard old.mergedIntoID == nil, other.mergedIntoID == nil else { throw PatientError.merged }
        let household = other.householdID ?? other.id
        guard old.householdID != household else { return }
        if other.householdID == nil {
            var first = other
            first.householdID = household
            _ = try PatientEditing.save(first, replacing: other, occasion: .edit, by: work, in: tx)
        }
        var new = old
        new.householdID = household
        _ = try PatientEditing.save(new, replacing: old, occasion: .edit, by: work, in: tx)
        if let left = old.householdID { try dissolveIfAlone(left, by: work, in: tx) }
    }

    /// One person is no household.
    private static func dissolveIfAlone(_ household: ID<Patient>, by work: Work, in tx: any WriteTransaction) throws {
        let members = try PatientStore.listHousehold(household, in: tx)
        guard members.count == 1, let last = members.first else { return }
        let old = try PatientStore.lock(last.id, in: tx)
        var new = old
        new.householdID = nil
        _ = try PatientEditing.save(new, replacing: old, occasion: .edit, by: work, in: tx)
    }
}
