import Kernel
import Storage

/// A line of the hall screen that the clinic keeps itself.
package struct HallNotice: Hashable, Sendable {
    package let id: ID<HallNotice>
    package let chinese: String
    package let english: String?
    package let setAt: Timestamp
    package init(id: ID<HallNotice>, chinese: String, english: String?, setAt: Timestamp) {
        self.id = id
        self.chinese = chinese
        self.english = english
        self.setAt = setAt
    }
}

/// Notices of the hall screen. The "by appointment" one (R3.10) is the playbook's and stands before them.
package enum HallNotices {
    static let most = 12
    static let longest = 60
    static let longestEnglish = 140

    /// - Parameter replacing: the notice that is edited; nil: a new one.
    /// - Throws: `FormErrors` with HTML names `chinese`, `english`.
    @discardableResult
    package static func set(
        chinese: String, english: String, replacing old: ID<HallNotice>? = nil, by work: Work,
        in tx: any WriteTransaction
    ) throws -> HallNotice {
        try work.actor.require(.manageScripts)
        let others = try HallNoticeStore.list(clinic: work.clinic.id, in: tx).filter { $0.id != old }
        var faults = FormErrors()
        let text = chinese.trimmed
        if text.isEmpty || text.count > longest { faults.add("chinese", "请填写公告，最多 \(longest) 个字") }
        let translation = english.nonBlank
        if let translation, translation.count > longestEnglish {
            faults.add("english", "英文最多 \(longestEnglish) 个字母")
        }
        if others.count >= most { faults.add("chinese", "最多 \(most) 条公告，请先撤下不用的") }
        try faults.throwIfAny()
        let notice = HallNotice(id: work.newID(), chinese: text, english: translation, setAt: work.now)
        if let old { try HallNoticeStore.end(old, clinic: work.clinic.id, at: work.now, in: tx) }
        try HallNoticeStore.insert(notice, by: work, in: tx)
        try Audit.append(
            Event("hall.noticeSet", of: notice.id, ["text": .text(text), "replaces": JSONValue(old)]), by: work, in: tx)
        return notice
    }

    package static func end(_ id: ID<HallNotice>, by work: Work, in tx: any WriteTransaction) throws {
        try work.actor.require(.manageScripts)
        guard try HallNoticeStore.end(id, clinic: work.clinic.id, at: work.now, in: tx) else { throw NotFound("公告") }
        try Audit.append(Event("hall.noticeEnded", of: id), by: work, in: tx)
    }

    package static func list(clinic: ID<ClinicSite>, in tx: any ReadTransaction) throws -> [HallNotice] {
        try HallNoticeStore.list(clinic: clinic, in: tx)
    }
}

/// SQL of `hall_notice`.
enum HallNoticeStore {
    static func list(clinic: ID<ClinicSite>, in tx: any ReadTransaction) throws -> [HallNotice] {
        try tx.rows(
            """
            SELECT id, chinese, english, set_at
            FROM hall_notice
            WHERE clinic_id = \(clinic) AND ended_at IS NULL
            ORDER BY id
            """
        ).map { row in
            HallNotice(
                id: try row.id("id"), chinese: try row.text("chinese"), english: try row.textIfAny("english"),
                setAt: try row.timestamp("set_at"))
        }
    }

    static func insert(_ notice: HallNotice, by work: Work, in tx: any WriteTransaction) throws {
        try tx.run(
            """
            INSERT INTO hall_notice (id, clinic_id, chinese, english, set_by, set_at)
            VALUES (\(notice.id), \(work.clinic.id), \(notice.chinese), \(notice.english), \(work.actor.id),
                \(notice.setAt))
            """)
    }

    @discardableResult
    static func end(
        _ id: ID<HallNotice>, clinic: ID<ClinicSite>, at now: Timestamp, in tx: any WriteTransaction
    ) throws -> Bool {
        try tx.run(
            """
            UPDATE hall_notice
            SET ended_at = \(now)
            WHERE id = \(id) AND clinic_id = \(clinic) AND ended_at IS NULL
            """) == 1
    }
}
