import Clinic
import HTTPTypes
import Hummingbird
import Kernel
import Storage

/// Referrals between doctors during a visit: main doctor, items, fees and the next booking of each (R3.54).
package enum ReferralRoutes: Feature {
    package static var views: [any Fragment.Type] { [ReferralPage.self] }

    package static func add(to table: inout RouteTable) {
        let access: Access = .needsAny(Referrals.capabilities)
        table.get("/visits/:id/referrals", access, use: show)
        table.post("/visits/:id/referrals", access, use: record)
        table.post("/visits/:id/referrals/:referral", access, use: change)
    }

    static func show(_ request: StaffRequest) async throws -> Response {
        try request.allowQuery()
        return try await page(request, FormErrors())
    }

    static func record(_ request: StaffRequest) async throws -> Response {
        let visit = try request.id("id", Visit.self, what: "到访")
        let (form, work) = (request.form, request.work)
        do {
            guard let helper = ID<Staff>(form["helper"]) else { throw FormErrors("helper", "请选择请哪位医生帮忙") }
            _ = try await request.write(changing: .reception, .checkout) { tx in
                try Referrals.record(visit, helper: helper, words: form["words"], by: work, in: tx)
            }
            return request.redirect(BillingPaths.referrals(visit), flash: "转诊已登记，离店前把项目、费用和下次预约说清")
        } catch let error as FormErrors {
            return try await page(request, error)
        }
    }

    static func change(_ request: StaffRequest) async throws -> Response {
        let visit = try request.id("id", Visit.self, what: "到访")
        let id = try request.id("referral", Referral.self, what: "转诊")
        guard let change = Referrals.Change(rawValue: request.form["change"]) else { throw NotFound("转诊") }
        let work = request.work
        try await request.write(changing: .reception, .checkout) { tx in
            try Referrals.change(id, of: visit, change, by: work, in: tx)
        }
        return request.redirect(BillingPaths.referrals(visit), flash: "已记下")
    }

    private static func page(_ request: StaffRequest, _ faults: FormErrors) async throws -> Response {
        let id = try request.id("id", Visit.self, what: "到访")
        let work = request.work
        let shell = try await request.shell(title: "转诊", area: .reception)
        let page = try await request.read { tx in
            let visit = try VisitStore.get(id, clinic: work.clinic.id, in: tx)
            let entries = try Referrals.list(visit: id, clinic: work.clinic.id, in: tx)
            let doctors = try StaffStore.listDoctors(clinic: work.clinic.id, in: tx)
            let names = try StaffStore.names(
                Set(entries.map(\.referral.recorded.by) + [visit.doctorID].compactMap(\.self)), in: tx)
            let here = BillingPaths.referrals(id)
            return ReferralPage(
                shell: shell, backHref: BillingPaths.charges(id),
                name: try PatientStore.get(visit.patientID, in: tx).name,
                mainDoctor: visit.doctorID.flatMap { names[$0] } ?? "还没有接诊医生",
                rows: entries.map { entry in
                    let r = entry.referral
                    let helper = entry.parts.last
                    return ReferralPage.Row(
                        helper: entry.helper, words: r.words,
                        recorded: "\(work.clinic.calendar.clockText(r.recorded.at)) \(names[r.recorded.by] ?? "系统")",
                        unclear: entry.unclear, isClear: entry.unclear.isEmpty,
                        stepHref: BillingPaths.referralStep(id, r.id), asksCharge: helper?.hasCharges == false,
                        asksNext: helper?.hasNext == false,
                        bookHref: helper?.hasNext == false && request.may(.bookAppointments)
                            ? AppointmentPaths.newBooking(patient: r.patientID, next: here) : nil)
                }, isEmpty: entries.isEmpty, action: here,
                doctors: doctors.filter { $0.id != visit.doctorID }.map {
                    OptionView(
                        $0.id.text, [$0.name, $0.specialty].compactMap(\.self).joined(separator: " · "),
                        isChosen: $0.id.text == request.form["helper"])
                }, doctorError: faults.messages["helper"],
                words: InputView("words", "请这位医生做什么", request.form["words"], isRequired: true, faults: faults))
        }
        return try request.page(page, status: faults.isEmpty ? .ok : .unprocessableContent)
    }
}
