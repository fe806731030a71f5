import Kernel

extension Playbook {
    /// "By appointment only" (R3.10): one text kept by the clinic for every outward channel — booking page, messages, hall
    /// display. nil when it is switched off.
    package func publicNotice(_ language: Language) -> String? {
        guard self[.publicNoticeOn] else { return nil }
        return self[language == .chinese ? .publicNoticeChinese : .publicNoticeEnglish]
    }
}
