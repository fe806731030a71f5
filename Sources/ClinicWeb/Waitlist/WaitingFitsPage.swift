/// Who fits into a free unit, as a page — templates/waitlist/fits.mustache
struct WaitingFitsPage: Page {
    static let template = "waitlist/fits"
    let shell: ShellView
    let backHref: String
    let view: WaitingFits
    static let fields: [Field<Self>] = [Field("backHref", \.backHref), Field("view", \.view)]

    static var samples: [WaitingFitsPage] {
        WaitingFits.samples.map {
            WaitingFitsPage(shell: .sample(title: "候补", area: .board), backHref: "#", view: $0)
        }
    }
}
