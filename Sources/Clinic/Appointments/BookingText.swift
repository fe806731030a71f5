import Kernel

/// What the customer gets to read about a booking, ready to be pasted into a message (R3.05, R3.29). Pure.
package struct BookingText: Hashable, Sendable {
    /// 谢女士
    package let greeting: String
    package let slot: Slot
    package let doctor: String
    /// Items, or the complaint.
    package let purpose: String
    /// The customer's own wish, as booked (R3.22).
    package let remark: String?
    /// The start of an operation depends on those before it (R3.56).
    package let isOperation: Bool
    package let clinic: ClinicSite
    /// By appointment only: the clinic's own sentence, at the end of what is sent (R3.10).
    package let notice: String?
    /// While the epidemic mode is on: mask and spare mask (R3.45).
    package let advice: String?

    package init(
        greeting: String, slot: Slot, doctor: String, purpose: String, remark: String? = nil, isOperation: Bool,
        clinic: ClinicSite, notice: String? = nil, advice: String? = nil
    ) {
        self.greeting = greeting
        self.slot = slot
        self.doctor = doctor
        self.purpose = purpose
        self.remark = remark
        self.isOperation = isOperation
        self.clinic = clinic
        self.notice = notice
        self.advice = advice
    }

    /// The sentence that is read back on the telephone.
    package var spoken: String {
        "\(greeting)，跟您核对一遍：\(slot.day.longText)，\(arrival)，\(doctor)医生，\(purpose)，大约 \(minutes) 分钟。"
    }

    package var message: String {
        let order = isOperation ? "手术按顺序进行，到院后由护士告诉您前面还有几台。" : ""
        return "【\(clinic.name)】\(greeting)，已为您预约 \(slot.day.longText) \(arrival)，\(doctor)医生，\(purpose)，"
            + "大约 \(minutes) 分钟。\(order)\(advice ?? "")前一天我们会再提醒您；要改时间请提前致电 \(clinic.phone)。地址：\(clinic.address)"
            + (notice.map { "。\($0)" } ?? "")
    }

    package var addressMessage: String {
        "【\(clinic.name)】地址：\(clinic.address)。电话 \(clinic.phone)，找不到路随时打来，我们告诉您怎么走。"
    }

    /// An operation has no clock time of its own: the customer is told when to be here, never when it begins (R3.56).
    package var arrival: String { isOperation ? "\(slot.start.clockText) 到院" : slot.start.clockText }

    private var minutes: Int { slot.units * Unit.minutes }

    /// Where a customer stands in a row whose times nobody can promise (R3.56): a number of cases, never a clock time.
    package static func ahead(_ cases: Int) -> String {
        cases <= 0 ? "下一位就是您" : "前面还有 \(cases) 台"
    }
}
