import Clinic
import Kernel

/// Where to go when the rules want something else first: the complaint of R2.22 and R3.60, the supervisor of R2.23. Both lead
/// back to the booking as it was typed.
enum RefusalWays {
    static func way(
        _ field: String, _ doctor: ID<Staff>?, _ form: BookingForm, _ request: StaffRequest
    ) -> LinkView? {
        guard let patient = ID<Patient>(form.patient) else { return nil }
        switch field {
        case "complaintRecorded":
            guard request.may(.recordComplaints) else { return nil }
            let isAnger = form.doctorChangeReason == "dissatisfied"
            return LinkView(
                ComplaintPaths.new(
                    patient: patient, doctor: doctor,
                    cause: isAnger ? ComplaintCause.doctorChange : ComplaintCause.warrantyRefusal, next: form.address),
                "去登记意见并上报")
        case "doctor":
            return LinkView(
                AppointmentPaths.hand(.doctorGone, patient: patient, doctor: doctor, words: form.complaint.nonBlank),
                "交给主管安排")
        default: return nil
        }
    }
}
