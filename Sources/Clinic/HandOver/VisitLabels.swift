import Kernel
import Storage

/// What a visit is called where several stand together: "A021 庞博".
package enum VisitLabels {
    package static func load(
        _ visits: [Visit], in tx: any ReadTransaction
    ) throws -> [ID<Visit>: String] {
        let patients = try PatientStore.list(Array(Set(visits.map(\.patientID))).sorted(), in: tx)
        let names = Dictionary(patients.map { ($0.id, $0.name) }, uniquingKeysWith: { first, _ in first })
        var labels: [ID<Visit>: String] = [:]
        for visit in visits {
            let ticket = try QueueStore.findLast(visit.id, in: tx).map {
                QueueTicket.label($0.number, isEmergency: visit.emergency != nil)
            }
            labels[visit.id] = [ticket, names[visit.patientID]].compactMap(\.self).joined(separator: " ")
        }
        return labels
    }

    package static func one(_ id: ID<Visit>, by work: Work, in tx: any ReadTransaction) throws -> String {
        let visit = try VisitStore.get(id, clinic: work.clinic.id, in: tx)
        return try load([visit], in: tx)[id] ?? ""
    }
}
