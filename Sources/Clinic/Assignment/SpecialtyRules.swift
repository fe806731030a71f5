import Kernel

/// What business a complaint or an item is (R2.27), and how close a doctor is to it. Pure.
package enum SpecialtyRules {
    /// What everybody does: examination, pictures, scaling, goods.
    private static let everyday: Set<String> = ["exam", "imaging", "goods"]

    /// The longest special item decides; without one the words of the complaint.
    /// - Parameters:
    ///   - specialties: list `specialty`.
    ///   - words: list `complaintWords`: code of a specialty, with its words separated by 、.
    package static func need(
        items: [Item], complaint: String, specialties: [Code], words: [Code]
    ) -> SpecialtyNeed? {
        let special = items.filter { item in
            guard let group = item.group, !everyday.contains(group) else { return false }
            return item.category != .scaling
        }
        let group = special.max { ($0.units, $1.code) < ($1.units, $0.code) }?.group
        // A whole booking of scaling is everyday work, whatever the customer calls it.
        if group == nil, items.contains(where: { $0.category == .scaling }) { return nil }
        let code =
            group
            ?? words.first { entry in
                entry.label.split(separator: "、").contains { complaint.contains($0) }
            }?.code
        guard let code, let known = specialties.first(where: { $0.code == code }) else { return nil }
        return SpecialtyNeed(code: known.code, label: known.label)
    }

    /// How well a doctor fits.
    package enum Closeness: Int, Comparable, Sendable {
        case stranger, familiar, specialist
        package static func < (a: Closeness, b: Closeness) -> Bool { a.rawValue < b.rawValue }
    }

    /// Somebody without a specialty, or a generalist, is familiar with everything but the two-step businesses.
    package static func closeness(_ profile: DoctorProfile, to need: SpecialtyNeed) -> Closeness {
        if profile.specialties.contains(need.code) { return .specialist }
        if profile.familiarWith.contains(need.code) { return .familiar }
        let isGeneralist = profile.specialties.isEmpty || profile.specialties.contains("general")
        return isGeneralist && !need.isTwoStep ? .familiar : .stranger
    }
}

/// Whether a tooth was treated so lately that the first doctor looks after it (R2.21). Pure.
package enum WarrantyRules {
    /// One treatment of the past.
    package struct Past: Hashable, Sendable {
        package let tooth: Tooth?
        package let day: Day
        package let doctorID: ID<Staff>
        package let doctorName: String
        package let isHere: Bool
        package let itemName: String
        package let warrantyUntil: Day?
        package init(
            tooth: Tooth?, day: Day, doctorID: ID<Staff>, doctorName: String, isHere: Bool, itemName: String,
            warrantyUntil: Day?
        ) {
            self.tooth = tooth
            self.day = day
            self.doctorID = doctorID
            self.doctorName = doctorName
            self.isHere = isHere
            self.itemName = itemName
            self.warrantyUntil = warrantyUntil
        }
    }

    /// The newest treatment that still counts: of one of `teeth`, or of any when the customer says that work failed.
    ///
    /// A treatment counts for `months` (or its own warranty, if that is longer) and `graceDays`, both ends included.
    package static func redo(
        _ past: [Past], teeth: Set<Tooth>, isRedo: Bool, today: Day, months: Int, graceDays: Int
    ) -> Redo? {
        let matching = past.filter { treatment in
            if let tooth = treatment.tooth, teeth.contains(tooth) { return true }
            return isRedo && teeth.isEmpty
        }
        let newest = matching.sorted { $0.day > $1.day }.first { end(of: $0, months, graceDays) >= today }
        return newest.map {
            Redo(
                doctorID: $0.doctorID, doctorName: $0.doctorName, isHere: $0.isHere, tooth: $0.tooth,
                itemName: $0.itemName, day: $0.day, until: end(of: $0, months, graceDays))
        }
    }

    private static func end(of treatment: Past, _ months: Int, _ graceDays: Int) -> Day {
        let year = treatment.day.adding(months: months)
        return max(year, treatment.warrantyUntil ?? year).adding(days: graceDays)
    }
}

/// Whether a doctor is as a customer asks (R2.20, R3.18). Pure.
package enum WishRules {
    /// An age that is not known fits no wish about age.
    package static func fits(_ profile: DoctorProfile, _ wish: DoctorWish, on day: Day) -> Bool {
        if let gender = wish.gender, profile.gender != gender { return false }
        if let title = wish.title, profile.title?.contains(title) != true { return false }
        if wish.minimumAge != nil || wish.maximumAge != nil {
            guard let age = profile.age(on: day) else { return false }
            if let least = wish.minimumAge, age < least { return false }
            if let most = wish.maximumAge, age > most { return false }
        }
        return true
    }

    /// What is asked now goes before the standing wishes of the customer's page; a must stays a must.
    package static func merged(_ now: DoctorWish, standing: [PatientWish]) -> DoctorWish {
        var wish = now
        for standing in standing {
            switch standing.kind {
            case .doctorGender where wish.gender == nil:
                wish.gender = Gender(rawValue: standing.value)
                if standing.isHard { wish.isHard = true }
            case .doctorTitle where wish.title == nil:
                wish.title = standing.value
                if standing.isHard { wish.isHard = true }
            case .doctorAge where wish.minimumAge == nil && wish.maximumAge == nil:
                guard let (least, most) = ages(standing.value) else { continue }
                wish.minimumAge = least
                wish.maximumAge = most
                if standing.isHard { wish.isHard = true }
            default: break
            }
        }
        return wish
    }

    /// "40 岁以上" is at least 40, "35以下" at most 35; nil for anything else: then people read it.
    package static func ages(_ text: String) -> (least: Int?, most: Int?)? {
        let text = text.halfWidth.filter { !$0.isWhitespace }
        guard let number = Int(text.prefix { $0.isNumber }), (18...100).contains(number) else { return nil }
        if text.hasSuffix("以上") { return (number, nil) }
        if text.hasSuffix("以下") { return (nil, number) }
        return nil
    }
}
