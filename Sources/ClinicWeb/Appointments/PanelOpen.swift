import Clinic
import Kernel
import Storage

/// What else is open of a caller, one line each with its next action: displaced bookings, planned visits, deferrals, waiting
/// entries, named days, cases with a superior.
enum PanelOpen {
    static func lines(
        _ patient: ID<Patient>, _ request: StaffRequest, in tx: any ReadTransaction
    ) throws -> [FactView] {
        let (clinic, work) = (request.clinic.id, request.work)
        var lines = try displaced(patient, request, in: tx)
        for planned in try PlannedVisits.listPlanned(of: patient, by: work, in: tx) {
            let text = "\(planned.doctorName)医生 \(planned.wantedOn.monthDayText)前后 \(planned.units) 单位"
            lines.append(
                FactView(
                    "待约复诊", [text, planned.note].compactMap(\.self).joined(separator: " · "),
                    href: AppointmentPaths.newBooking(
                        day: max(planned.wantedOn, request.today), doctor: planned.doctorID, patient: patient)
                        + "&units=\(planned.units)"))
        }
        let deferrals = try DeferralStore.listOpen(of: patient, clinic: clinic, in: tx)
        let items = Dictionary(
            try ItemStore.list(ids: deferrals.map(\.itemID), in: tx).map { ($0.id, $0.name) },
            uniquingKeysWith: { first, _ in first })
        lines += deferrals.map { deferral in
            let state = deferral.reopenedAt == nil ? "\(deferral.followUpOn.monthDayText)回访" : "可以做了，现在约"
            return FactView(
                "延期", "\(items[deferral.itemID] ?? "") · \(state)", href: open(EpidemicPaths.deferrals, request))
        }
        lines += try WaitingStore.listOpen(of: patient, clinic: clinic, in: tx).map { entry in
            FactView(
                "候补", "\(entry.complaint) · \(entry.suits.text) · \(entry.units) 单位",
                href: open(WaitlistPaths.list, request).map { _ in WaitlistPaths.entry(entry.id) })
        }
        lines += try ExpectedVisitStore.listOpen(of: patient, clinic: clinic, in: tx).map { visit in
            FactView(
                "说好哪天来", [visit.expectedOn.longText, visit.note].compactMap(\.self).joined(separator: " · "),
                href: AppointmentPaths.newBooking(day: visit.expectedOn, patient: patient))
        }
        for kind in HandedCase.Kind.allCases {
            guard let handed = try HandedCaseStore.findOpen(kind, of: patient, clinic: clinic, in: tx) else { continue }
            lines.append(FactView("等\(kind.superior)定", handed.words, href: AppointmentPaths.handed))
        }
        return lines
    }

    /// Red ones first: nobody told this customer yet (R3.34).
    private static func displaced(
        _ patient: ID<Patient>, _ request: StaffRequest, in tx: any ReadTransaction
    ) throws -> [FactView] {
        let coming = try AppointmentStore.listOfPatient(patient, limit: 20, in: tx)
            .filter { $0.isLive && $0.day >= request.today && $0.clinicID == request.clinic.id }
        return try coming.compactMap { a in
            guard let red = try DisplacedStore.findOpen(a.id, in: tx) else { return nil }
            return FactView(
                BoardView.displacedText, "\(a.whenText)（\(red.cause)）",
                href: open(RosterPaths.rearrange, request) ?? AppointmentPaths.appointment(a.id))
        }
    }

    private static func open(_ path: String, _ request: StaffRequest) -> String? {
        request.web.app.routes.access(toPage: path)?.allows(request.actor) == true ? path : nil
    }
}
