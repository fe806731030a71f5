import Clinic
import Kernel

/// One booking with everything that can be done to it — templates/appointments/appointment.mustache
struct AppointmentPage: Page {
    static let template = "appointments/appointment"
    let shell: ShellView
    let detail: AppointmentView
    let backHref: String
    let problem: NewBookingPage.Problem?
    let move: Move?
    let cancel: Cancel?
    let arrange: Arrange?
    /// Who could have the unit of a cancelled booking.
    let fits: WaitingFits?
    static let fields: [Field<Self>] = [
        Field("detail", \.detail), Field("backHref", \.backHref), Field("problem", \.problem), Field("move", \.move),
        Field("cancel", \.cancel), Field("arrange", \.arrange), Field("fits", \.fits),
    ]

    /// Who assists, and what is needed for a part of the length (R3.06).
    struct Arrange: Viewable {
        let action: String
        let version: Int
        let parts: PartsView
        static let fields: [Field<Self>] = [
            Field("action", \.action), Field("version", \.version), Field("parts", \.parts),
        ]
    }

    struct Move: Viewable {
        let action: String
        let lengthAction: String
        let version: Int
        let day: String
        let note: String
        let overrideNote: String
        let starts: [OptionView]
        let lengths: [OptionView]
        let doctors: [OptionView]
        let chairs: [OptionView]
        let reasons: [OptionView]
        let doctorChanges: [OptionView]
        let overrides: [OptionView]
        let offers: [NewBookingPage.Offer]
        let error: String?
        static let fields: [Field<Self>] = [
            Field("action", \.action), Field("lengthAction", \.lengthAction), Field("version", \.version),
            Field("day", \.day), Field("note", \.note), Field("overrideNote", \.overrideNote),
            Field("starts", \.starts),
            Field("lengths", \.lengths), Field("doctors", \.doctors), Field("chairs", \.chairs),
            Field("reasons", \.reasons), Field("doctorChanges", \.doctorChanges), Field("overrides", \.overrides),
            Field("offers", \.offers), Field("error", \.error),
        ]
    }

    struct Cancel: Viewable {
        let action: String
        let version: Int
        let note: String
        let reasons: [OptionView]
        let sides: [OptionView]
        let error: String?
        static let fields: [Field<Self>] = [
            Field("action", \.action), Field("version", \.version), Field("note", \.note), Field("reasons", \.reasons),
            Field("sides", \.sides), Field("error", \.error),
        ]
    }
}
