import Kernel
import Storage

/// The one switch (R3.42). It belongs to the service standard: three settings with history, for this clinic.
package enum EpidemicSwitch {
    /// - Parameters:
    ///   - from: first day; nil: at once.
    ///   - until: last day; nil: until further notice.
    /// - Throws: `FormErrors`, `PlaybookEditingError`, `NotAllowed`. Runs in the organisation's lane.
    package static func set(
        isOn: Bool, from: Day?, until: Day?, reason: String, by work: Work, in tx: any WriteTransaction
    ) throws {
        if let from, let until, until < from {
            throw FormErrors("until", "最后一天不能早于第一天")
        }
        if isOn, let until, until < work.today { throw FormErrors("until", "最后一天已经过去，请另选") }
        let values: [(String, SettingValue)] = [
            (FlagSetting.epidemicMode.rawValue, .flag(isOn)),
            (DaySetting.epidemicFrom.rawValue, .day(isOn ? from : nil)),
            (DaySetting.epidemicUntil.rawValue, .day(isOn ? until : nil)),
        ]
        for (key, value) in values {
            try PlaybookEditing.setSetting(
                key, typed: value.plainText, scope: .clinic(work.clinic.id), reason: reason, by: work, in: tx)
        }
    }

    /// "3 月 1 日起", "到 4 月 30 日", "3 月 1 日到 4 月 30 日"; nil without dates.
    package static func datesText(_ playbook: Playbook) -> String? {
        switch (playbook[.epidemicFrom], playbook[.epidemicUntil]) {
        case (let from?, let until?): "\(from.monthDayText)到 \(until.monthDayText)"
        case (let from?, nil): "\(from.monthDayText)起"
        case (nil, let until?): "到 \(until.monthDayText)"
        case (nil, nil): nil
        }
    }
}
