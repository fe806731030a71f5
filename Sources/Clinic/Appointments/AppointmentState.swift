import Kernel

/// What the board shows of a booking. Computed from facts, never stored, so that it cannot disagree with them.
package enum AppointmentState: String, Hashable, Sendable, CaseIterable {
    case booked, confirmed, waiting, chair, done, missed, cancelled

    package var label: String {
        switch self {
        case .booked: "已约"
        case .confirmed: "已确认"
        case .waiting: "候诊"
        case .chair: "就诊中"
        case .done: "已完成"
        case .missed: "未到"
        case .cancelled: "已取消"
        }
    }

    /// Neither came nor dropped out: can still be confirmed, moved, cancelled.
    package var isExpected: Bool { self == .booked || self == .confirmed }
}

/// The visit of a booking, as far as the book needs it. Instants are nil until it happened.
package struct BookedVisit: Hashable, Sendable {
    package let visitID: Int64
    package let arrivedAt: Timestamp
    package let seatedAt: Timestamp?
    package let finishedAt: Timestamp?
    package let leftAt: Timestamp?
}

extension AppointmentState {
    /// Arrival counts more than a mark that was set before it: a customer who came is not a no-show.
    package init(_ appointment: Appointment, visit: BookedVisit?) {
        if let visit {
            self =
                if visit.finishedAt != nil || visit.leftAt != nil { .done } else if visit.seatedAt != nil {
                    .chair
                } else { .waiting }
        } else if appointment.cancellation != nil {
            self = .cancelled
        } else if appointment.missed != nil {
            self = .missed
        } else {
            self = appointment.confirmed != nil ? .confirmed : .booked
        }
    }

    /// The booked start has passed and nobody came.
    package func isLate(_ appointment: Appointment, now: Timestamp, calendar: ClinicCalendar) -> Bool {
        isExpected && now > calendar.instant(appointment.day, appointment.start)
    }
}
