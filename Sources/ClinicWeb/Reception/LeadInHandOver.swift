import Clinic
import Kernel

/// What goes over with the customer — templates/reception/_lead_handover.mustache
struct LeadInHandOverView: Viewable {
    let introduction: String
    let nurses: [OptionView]
    let nurseError: String?
    /// Why it is another chair than the arranged one (R4.46).
    let chairReasons: [OptionView]
    let chairReasonError: String?
    let chairNote: String
    /// A word for the doctor (R1.17).
    let observation: String
    let observationError: String?
    let insists: Bool
    /// How the nurse received the customer (R4.19).
    let rates: Bool
    let ratings: [OptionView]
    let remark: String
    let remarkError: String?
    /// The nurse signs on this page (R4.18).
    let signs: Bool
    let signatureError: String?
    static let fields: [Field<Self>] = [
        Field("introduction", \.introduction), Field("nurses", \.nurses), Field("nurseError", \.nurseError),
        Field("chairReasons", \.chairReasons), Field("chairReasonError", \.chairReasonError),
        Field("chairNote", \.chairNote), Field("observation", \.observation),
        Field("observationError", \.observationError), Field("insists", \.insists), Field("rates", \.rates),
        Field("ratings", \.ratings), Field("remark", \.remark), Field("remarkError", \.remarkError),
        Field("signs", \.signs), Field("signatureError", \.signatureError),
    ]

    /// Fields whose faults stand beside them.
    static let errors = ["nurse", "chairReason", "words", "remark", "signature"]
}

/// The words of the hand-over as typed.
struct HandOverWords: Sendable {
    let nurse: String
    let chairReason: String
    let chairNote: String
    let observation: String
    let insists: Bool
    let rating: String
    let remark: String
    let signature: String

    init(_ form: Form) {
        signature = form["signature"]
        nurse = form["nurse"]
        chairReason = form["chairReason"]
        chairNote = form["chairNote"]
        observation = form["observation"]
        insists = form.has("insists")
        rating = form["rating"]
        remark = form["remark"]
    }

    func command(_ leadIn: ChairUse.LeadIn) -> LeadingIn.Command {
        var leadIn = leadIn
        leadIn.nurseID = ID<Staff>(nurse)
        leadIn.chairReason = chairReason.nonBlank
        leadIn.chairNote = chairNote.nonBlank
        return LeadingIn.Command(
            leadIn, rating: HandOver.Rating(rawValue: rating), remark: remark.nonBlank,
            observation: observation.nonBlank, insists: insists, signature: signature.nonBlank)
    }
}

extension LeadInHandOverView {
    init(_ facts: LeadInFacts, _ words: HandOverWords, _ faults: FormErrors, by work: Work) {
        introduction = facts.introduction
        let usual = facts.guest.booking?.appointment.assistantID?.text
        let nurse = words.nurse.nonBlank ?? usual
        nurses = facts.nurses.map { OptionView($0.id.text, $0.name, isChosen: $0.id.text == nurse) }
        nurseError = faults.messages["nurse"]
        chairReasons = OptionView.list(work.playbook.codes(.chairChange), chosen: words.chairReason)
        chairReasonError = faults.messages["chairReason"]
        chairNote = words.chairNote
        observation = words.observation
        observationError = faults.messages["words"]
        insists = words.insists
        rates = work.playbook.level(of: .nurseReceptionRating) != .off
        ratings = HandOver.Rating.allCases.map {
            OptionView($0.rawValue, $0.label, isChosen: $0.rawValue == words.rating)
        }
        remark = words.remark
        remarkError = faults.messages["remark"]
        signs = work.playbook.level(of: .handoverDrawnSignature) != .off
        signatureError = faults.messages["signature"]
    }

    static func sample(hasFaults: Bool) -> LeadInHandOverView {
        LeadInHandOverView(
            introduction: "林医生您好，这位是欧阳上官先生，初诊，这次来：种植初检。上次 2 月 16 日 洁治 + 充填 16、17。第一次种牙，有些紧张，希望讲慢一点。",
            nurses: [OptionView("1", "陈雪"), OptionView("2", "欧阳上官婉清", isChosen: true)],
            nurseError: hasFaults ? "请从列出的护士中选一位" : nil,
            chairReasons: [OptionView("cleaning", "安排的牙椅在清洁消毒")],
            chairReasonError: hasFaults ? "安排的是 3 号椅；要带到别的牙椅，请选一个原因" : nil, chairNote: "", observation: "有点难缠",
            observationError: hasFaults ? "“难缠”像是评价，请改成看到的情况" : nil, insists: false, rates: true,
            ratings: [OptionView("standard", "规范", isChosen: true), OptionView("notStandard", "不规范")], remark: "",
            remarkError: hasFaults ? "请写一句哪里不规范，方便改进" : nil, signs: true,
            signatureError: hasFaults ? "请接手的护士签名后再引领" : nil)
    }
}
