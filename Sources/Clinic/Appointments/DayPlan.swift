import Kernel
import Storage

/// One day of the appointment book with everything the board and the printed plan show (R3.28). Read in a fixed number of
/// statements, whatever the number of bookings.
package struct DayPlan: Hashable, Sendable {
    package let day: Day
    package let doctors: [Staff]
    package let chairs: [Chair]
    package let entries: [Entry]
    package let blocks: [ScheduleBlock]
    package let roster: RosterFacts

    /// A booking with the words of its row.
    package struct Entry: Hashable, Sendable {
        package var appointment: Appointment
        package let patientName: String
        package let recordNumber: String
        package let doctorName: String
        package let assistantName: String?
        /// Whose customer this is, when the doctor only helps out (R2.24).
        package let helpedDoctorName: String?
        /// With their teeth: "充填 16、17".
        package let items: [ItemText]
        /// One of the items is a big one (R3.49).
        package let isBig: Bool
        package let state: AppointmentState
        package let visit: BookedVisit?
        /// Nobody treated this customer here before this day.
        package let isFirstVisit: Bool
        /// Something special is to be known before the customer enters (R1.07).
        package let hasAlert: Bool
        /// The doctor does not work then any more; red until somebody settles it (R3.34).
        package let isDisplaced: Bool
        /// Booked on line by somebody the desk has not verified (R3.09).
        package var isUnverified = false

        /// "帮林书远医生" (R2.24)
        package var helpText: String? { helpedDoctorName.map { "帮\($0)医生" } }

        /// "充填 16、17 + 洁治", or the complaint when no item was chosen.
        package var purpose: String {
            items.isEmpty ? appointment.complaint : items.map(\.text).joined(separator: " + ")
        }
    }

    package struct ItemText: Hashable, Sendable {
        package let name: String
        package let teeth: [Tooth]
        package init(name: String, teeth: [Tooth]) {
            self.name = name
            self.teeth = teeth
        }
        package var text: String { teeth.isEmpty ? name : "\(name) \(Tooth.text(teeth))" }
    }

    /// Hours of `doctor` that day.
    package func spans(of doctor: ID<Staff>) -> [WorkSpan] { RosterRules.spans(of: doctor, on: day, roster) }

    /// Doctors that get a column: those who work that day or have bookings, in order of employee number.
    package var columns: [Staff] {
        let booked = Set(entries.map(\.appointment.doctorID))
        return doctors.filter { booked.contains($0.id) || !spans(of: $0.id).isEmpty }
    }
}

extension DayPlan {
    /// 7 statements; 6 when nothing is booked.
    package static func load(
        clinic: ID<ClinicSite>, day: Day, in tx: any ReadTransaction
    ) throws -> DayPlan {
        DayPlan(
            day: day, doctors: try StaffStore.listDoctors(clinic: clinic, in: tx),
            chairs: try PlaceStore.chairs(clinic: clinic, in: tx),
            entries: try BookEntries.list(where: "a.clinic_id = \(clinic) AND a.day = \(day)", in: tx),
            blocks: try BlockStore.list(clinic: clinic, day: day, in: tx),
            roster: try RosterStore.load(clinic: clinic, from: day, to: day, in: tx))
    }
}
