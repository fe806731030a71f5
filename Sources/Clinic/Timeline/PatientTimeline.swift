import Kernel
import Storage

/// Everything about one customer in time order (R1.35): facts of all features and the changes of the file from the log.
package enum PatientTimeline {
    package static let pageSize = 40

    /// - Parameters:
    ///   - kind: only entries of this kind; nil for all.
    ///   - before: only what happened before; nil from now on backwards, with what is to come.
    package static func read(
        _ patient: ID<Patient>, for viewer: TimelineViewer, kind: TimelineEntry.Kind? = nil, before: Timestamp? = nil,
        limit: Int = pageSize, now: Timestamp, in tx: any ReadTransaction
    ) throws -> Timeline {
        // What happened in this very instant is past.
        let end = before ?? Timestamp(milliseconds: now.milliseconds + 1)
        let source = TimelineSource(patient: patient, viewer: viewer, before: end, limit: limit + 1, tx: tx)
        var entries: [TimelineEntry] = []
        for one in TimelineEntry.Kind.allCases where kind == nil || kind == one {
            switch one {
            case .booking: entries += try source.bookings()
            case .visit: entries += try source.visits()
            case .payment: entries += viewer.seesBalances ? try source.payments() : []
            case .followUp: entries += try source.followUps()
            case .register: entries += try source.registers()
            case .file: entries += try source.fileChanges()
            }
        }
        entries.sort { a, b in a.at == b.at ? a.text < b.text : a.at > b.at }
        let page = page(of: entries, limit: limit)
        let coming = before == nil && kind == nil ? try source.coming(now: now) : []
        return Timeline(coming: coming, past: page, earlier: entries.count > page.count ? page.last?.at : nil)
    }

    /// The first `limit`, and what happened in the same instant as the last of them: the next page begins before it.
    private static func page(of entries: [TimelineEntry], limit: Int) -> [TimelineEntry] {
        guard entries.count > limit, limit > 0 else { return entries }
        let last = entries[limit - 1].at
        return Array(entries.prefix { $0.at >= last })
    }
}

/// The queries behind one stretch. Each reads at most `limit` rows, newest first.
struct TimelineSource {
    let patient: ID<Patient>
    let viewer: TimelineViewer
    /// Exclusive.
    let before: Timestamp
    let limit: Int
    let tx: any ReadTransaction

    var calendar: ClinicCalendar { viewer.clinic.calendar }

    /// Condition that leaves out the rows of clinics the viewer may not open: before LIMIT, or they would push out others.
    func openClinics(_ alias: String) -> SQL {
        viewer.seesOtherClinics ? "" : SQL(trusted: " AND \(alias).clinic_id = ") + "\(viewer.clinic.id)"
    }

    /// "3 月 12 日 09:15"
    func slotText(_ day: Day, _ unit: Unit) -> String { "\(day.monthDayText) \(unit.clockText)" }

    /// The clinic's name when it is not the viewer's.
    func place(_ row: Row) throws -> String? {
        try row.id("clinic_id", ClinicSite.self) == viewer.clinic.id ? nil : try row.text("clinic_name")
    }
}
