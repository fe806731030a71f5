extension ShellView {
    /// The shell of samples: a guide on a busy morning.
    package static func sample(
        title: String, note: String = "示例口腔门诊 · 3 月 12 日 星期四", area: Area? = nil, isTouch: Bool = false,
        assets: String = "/assets/sample"
    ) -> ShellView {
        ShellView(
            title: title, note: note, clinicName: "示例口腔门诊", assets: assets, csrf: "sample", drawnAt: "10:24:05",
            requestID: "0000sample", liveID: "0-0", liveScope: "0",
            rail: Area.allCases.map {
                RailEntryView(
                    label: $0.label, href: $0.path, icon: $0.icon, isCurrent: $0 == area,
                    count: $0 == .workbench ? "3" : nil)
            },
            person: PersonView(name: "王若彤", role: "导诊"), isTouch: isTouch, hasSearch: true, idleMinutes: 15)
    }
}
