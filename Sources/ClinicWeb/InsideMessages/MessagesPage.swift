import Clinic
import Kernel
import Storage

/// 内部消息 — templates/insidemessages/messages.mustache
struct MessagesPage: Page {
    static let template = "insidemessages/messages"
    let shell: ShellView
    let places: [OptionView]
    /// "前台"; nil while nobody said where.
    let place: String?
    let list: MessageListView
    let form: MessageFormView
    static let fields: [Field<Self>] = [
        Field("places", \.places), Field("place", \.place), Field("list", \.list), Field("form", \.form),
    ]
}

struct MessageFormView: Viewable {
    let targets: [OptionView]
    let body: String
    /// Sentences that are ready, one tap each.
    let quick: [String]
    /// The message that is answered: who and what.
    let answers: String?
    let answersID: String
    /// "A021 谢春梅"
    let about: String?
    let visit: String
    let toError: String?
    let bodyError: String?
    let fault: String?
    static let fields: [Field<Self>] = [
        Field("targets", \.targets), Field("body", \.body), Field("quick", \.quick), Field("answers", \.answers),
        Field("answersID", \.answersID), Field("about", \.about), Field("visit", \.visit),
        Field("toError", \.toError), Field("bodyError", \.bodyError), Field("fault", \.fault),
    ]
}

/// The live list of the day — templates/insidemessages/_list.mustache
struct MessageListView: Fragment {
    static let template = "insidemessages/_list"
    let unread: String?
    let messages: [MessageView]
    let isEmpty: Bool
    static let fields: [Field<Self>] = [
        Field("unread", \.unread), Field("messages", \.messages), Field("isEmpty", \.isEmpty),
    ]
}

struct MessageView: Viewable {
    let time: String
    /// "前台 · 赵敏"
    let from: String
    let to: [ToneChip]
    let body: String
    let isMine: Bool
    let isUnread: Bool
    let answers: String?
    let aboutHref: String?
    let answerHref: String?
    static let fields: [Field<Self>] = [
        Field("time", \.time), Field("from", \.from), Field("to", \.to), Field("body", \.body),
        Field("isMine", \.isMine), Field("isUnread", \.isUnread), Field("answers", \.answers),
        Field("aboutHref", \.aboutHref), Field("answerHref", \.answerHref),
    ]
}

/// What the page is drawn from.
struct MessageFacts: Sendable {
    let places: [WorkPlace]
    let place: WorkPlace?
    let messages: [InsideMessage]
    let names: [ID<Staff>: String]
    /// "A021 谢春梅" of the visit the form is about.
    let about: String?

    static func load(
        _ chosen: String?, visit: ID<Visit>?, by work: Work, in tx: any ReadTransaction
    ) throws -> MessageFacts {
        let place = try MessagePlace.find(chosen, by: work, in: tx)
        let messages = try InsideMessageStore.listDay(
            clinic: work.clinic.id, day: work.today, place: place?.code, in: tx)
        var people = Set(messages.map(\.sentBy))
        people.formUnion(messages.flatMap { $0.to.compactMap(\.readBy) })
        return MessageFacts(
            places: try InsideMessages.places(by: work, in: tx), place: place, messages: messages,
            names: try StaffStore.names(people, in: tx),
            about: try visit.flatMap { try label($0, by: work, in: tx) })
    }

    private static func label(_ id: ID<Visit>, by work: Work, in tx: any ReadTransaction) throws -> String? {
        let visit = try VisitStore.get(id, clinic: work.clinic.id, in: tx)
        let name = try PatientStore.get(visit.patientID, in: tx).name
        let ticket = try QueueStore.findLast(id, in: tx).map {
            QueueTicket.label($0.number, isEmergency: visit.emergency != nil)
        }
        return [ticket, name].compactMap(\.self).joined(separator: " ")
    }
}

extension MessageListView {
    init(_ facts: MessageFacts, by work: Work) {
        let labels = Dictionary(facts.places.map { ($0.code, $0.label) }, uniquingKeysWith: { first, _ in first })
        let byID = Dictionary(facts.messages.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        let calendar = work.clinic.calendar
        messages = facts.messages.map { message in
            let isMine = message.from == facts.place?.code
            let receipt = message.to.first { $0.place == facts.place?.code }
            return MessageView(
                time: calendar.clockText(message.sentAt),
                from: "\(labels[message.from] ?? message.from) · \(facts.names[message.sentBy] ?? "")",
                to: message.to.map { receipt in
                    let label = labels[receipt.place] ?? receipt.place
                    guard let readAt = receipt.readAt else { return ToneChip("\(label) 未读", tone: "waiting") }
                    let who = receipt.readBy.flatMap { facts.names[$0] } ?? ""
                    return ToneChip("\(label) \(who) \(calendar.clockText(readAt)) 已读", tone: "done")
                },
                body: message.body.nonBlank ?? "（内容已过保存期）", isMine: isMine,
                isUnread: receipt.map { $0.readAt == nil } ?? false,
                answers: message.answersID.flatMap { byID[$0] }.map { "答：\($0.body)" },
                aboutHref: message.visitID.map(ReceptionPaths.visit),
                answerHref: isMine ? nil : URLText.address(MessagePaths.list, ["answer": message.id.text]))
        }
        isEmpty = messages.isEmpty
        let count = messages.count(where: \.isUnread)
        unread = count > 0 ? String(count) : nil
    }
}

extension MessagesPage {
    init(
        _ facts: MessageFacts, form: Form, answered: InsideMessage?, error: (any UserFacingError)?, by work: Work,
        shell: ShellView
    ) {
        self.shell = shell
        let faults = error.map { FormErrors($0) } ?? FormErrors()
        place = facts.place?.label
        places = facts.places.map { OptionView($0.code, $0.label, isChosen: $0.code == facts.place?.code) }
        list = MessageListView(facts, by: work)
        let wanted = answered.map { [$0.from] } ?? form.all("to")
        self.form = MessageFormView(
            targets: facts.places.filter { $0.code != facts.place?.code }.map {
                OptionView($0.code, $0.label, isChosen: wanted.contains($0.code))
            },
            body: form["body"], quick: work.playbook.codes(.quickText).map(\.label),
            answers: answered.map(\.body), answersID: answered?.id.text ?? "", about: facts.about,
            visit: facts.about == nil ? "" : form["visit"], toError: faults.messages["to"],
            bodyError: faults.messages["body"], fault: faults.messages(outside: ["to", "body"]))
    }
}
