import Clinic
import Kernel

/// A line of the log in words. Values of customers stay out: what was written there stands in the file itself.
struct EventPhrases {
    let playbook: Playbook
    let calendar: ClinicCalendar
    /// Of people named as subjects.
    let names: [ID<Staff>: String]

    /// "改了时间、医生或椅位"; the code of a kind that has no words yet.
    func sentence(_ record: EventSearch.Record) -> String {
        if let own = subjectSentence(record) { return own }
        return Self.plain[record.kind] ?? record.kind
    }

    /// What makes the line clear, or nil.
    func detail(_ record: EventSearch.Record) -> String? {
        let payload = EventPayload(record.payload)
        switch record.kind {
        case "appointment.placed", "appointment.moved":
            let slot = payload.member("to")
            guard let day = slot.text("day").flatMap({ Day($0) }), let start = slot.text("start") else { return nil }
            return "\(day.monthDayText) \(start)"
        case "appointment.cancelled": return payload.text("reason").map { playbook.label($0, in: .cancellation) }
        case "visit.timeCorrected": return payload.text("reason").map { "原因：\($0)" }
        case "visit.undone":
            return payload.text("fact").flatMap(VisitFact.Kind.init(rawValue:)).map { "撤回：\($0.label)" }
        case "patient.edited":
            let fields = payload.objects("changes").compactMap { change in
                change["field"].flatMap { $0 }.flatMap(PatientField.init(rawValue:))?.label
            }
            return fields.isEmpty ? nil : fields.joined(separator: "、")
        case "patient.levelSet":
            return [payload.int("to").map { "\($0) 级" }, payload.text("reason")].compactMap(\.self).joined(
                separator: "，")
        case "phone.revealed", "document.revealed":
            return payload.text("reason").map { playbook.label($0, in: .unmask) }
        case "receipt.issued":
            return payload.int("number").map { "编号 \($0) · 收 \(Money(fen: payload.int("received") ?? 0).yuanText)" }
        case "task.created", "task.changed", "task.done", "task.attempted", "task.withdrawn":
            let rule = payload.text("rule").map { rule in playbook.taskRule(rule)?.label ?? rule }
            return [rule, payload.text("cause")].compactMap(\.self).joined(separator: "，")
        case "registerEntry.entered", "registerEntry.closed", "registerEntry.corrected", "registerEntry.reopened",
            "registerEntry.voided":
            let title = payload.text("register").map { playbook.register($0)?.title ?? $0 }
            return [title, payload.text("reason").map { "原因：\($0)" }].compactMap(\.self).joined(separator: "，")
        case "checklistRun.begun", "checklistRun.marked", "checklistRun.completed":
            let list = payload.text("checklist").flatMap(playbook.checklist)
            let item = payload.text("item").flatMap { list?.item($0)?.label }
            return [list?.title, item].compactMap(\.self).joined(separator: "，")
        case "dayCarry.carried": return payload.text("reason").map { "原因：\($0)" }
        case "task.escalated": return payload.text("role").map { "报\(playbook.role($0)?.name ?? $0)" }
        case "visit.left": return payload.text("outcome").map { playbook.label($0, in: .visitOutcome) }
        case "staff.rolesChanged": return roles(payload)
        case "staff.signedIn": return payload.text("device")
        case "playbook.changed", "playbook.reset": return payload.text("reason").map { "原因：\($0)" }
        case "item.priceSet":
            guard let from = payload.text("from").flatMap({ Day($0) }), let price = payload.int("after") else {
                return nil
            }
            return "\(payload.text("item") ?? "") \(from.monthDayText)起 \(Money(fen: price).yuanText)"
        case "item.retired", "item.restored": return payload.text("item")
        case "room.added", "chair.added", "room.retired", "chair.retired":
            return payload.int("number").map { "\($0) 号" }
        case "roster.exceptionSet":
            return payload.text("day").flatMap { Day($0) }.map { "\($0.monthDayText) \(payload.text("works") ?? "")" }
        default: return nil
        }
    }

    /// Sentences that name whom or what they are about.
    private func subjectSentence(_ record: EventSearch.Record) -> String? {
        let payload = EventPayload(record.payload)
        switch record.subjectKind {
        case "appointment": return "预约：\(AppointmentEvent.label(of: record.kind))"
        case "staff":
            guard let words = Self.plain[record.kind] else { return nil }
            let subject = ID<Staff>(raw: record.subjectID)
            return subject == record.actor ? words : "\(words)：\(names[subject] ?? "同事")"
        case "roster":
            guard let words = Self.plain[record.kind] else { return nil }
            return "\(words)：\(names[ID(raw: record.subjectID)] ?? "同事")"
        case "playbook": return standard(record.kind, payload)
        default: return nil
        }
    }

    private func standard(_ kind: String, _ payload: EventPayload) -> String? {
        guard let code = payload.text("key"), let key = payload.text("kind").flatMap(OverrideKind.init(rawValue:))
        else { return nil }
        let scope = payload.int("scope") == 0 ? "全机构" : "本门诊"
        let (name, value) = entry(key, code)
        guard kind == "playbook.changed", let after = payload.text("after") else { return "恢复“\(name)”（\(scope)）" }
        let words = value.map { text in
            let before = payload.text("before").map(text) ?? "出厂值"
            return "从 \(before) 改成 \(text(after))"
        }
        return "“\(name)”\(words ?? "改了")（\(scope)）"
    }

    /// Name of an entry of the service standard, and how its JSON reads; nil where only the change as such is told.
    private func entry(_ kind: OverrideKind, _ key: String) -> (String, ((String) -> String)?) {
        switch kind {
        case .setting:
            guard let setting = playbook.setting(key) else { return (key, nil) }
            return (setting.label, { SettingText.overridden($0, of: setting) })
        case .level:
            let label = RuleID(rawValue: key).flatMap(playbook.rule)?.label ?? key
            return ("规则：\(label)", { Level(code: $0.replacing("\"", with: ""))?.label ?? $0 })
        case .role: return ("\(playbook.role(key)?.name ?? key)的权限", nil)
        case .taskRule: return ("任务：\(playbook.taskRule(key)?.label ?? key)", { $0 == "true" ? "开" : "关" })
        case .register: return ("登记簿：\(playbook.register(key)?.title ?? key)", { $0 == "true" ? "开" : "关" })
        case .checklist: return ("检查表：\(playbook.checklist(key)?.title ?? key)", { $0 == "true" ? "开" : "关" })
        }
    }

    private func roles(_ payload: EventPayload) -> String? {
        func list(_ name: String) -> String {
            payload.members(name).compactMap { $0.text("role") }.map { playbook.role($0)?.name ?? $0 }
                .joined(separator: "、")
        }
        let parts = [("给了", list("added")), ("收回", list("removed"))].filter { !$0.1.isEmpty }
        return parts.isEmpty ? nil : parts.map { "\($0.0) \($0.1)" }.joined(separator: "；")
    }

    static let plain: [String: String] = [
        "device.paired": "配对大厅屏", "device.revoked": "停用大厅屏", "window.opened": "加服务窗口",
        "window.closed": "撤下服务窗口", "hall.noticeSet": "改了大厅公告",
        "hall.noticeEnded": "撤下大厅公告", "hall.counted": "记门厅人数", "lobby.sent": "请客人到前台",
        "lobby.met": "前台接到门厅请来的客人", "lobby.reminded": "提醒大厅安静", "broadcast.played": "播了节目",
        "broadcast.left": "节目没有播", "broadcast.announced": "临时广播", "broadcast.set": "改了节目表",
        "visit.acknowledged": "确认知悉到诊", "visit.receptionRated": "评价护士接待", "note.sent": "给医生写纸条",
        "note.answered": "医生答复纸条", "note.acted": "按医生答复办理", "note.withdrawn": "撤回纸条", "message.sent": "发内部消息",
        "visit.arrived": "到诊登记", "visit.called": "叫号", "visit.skipped": "过号", "visit.requeued": "重新排队",
        "visit.ledIn": "引领入座", "visit.nearlyDone": "标记快结束", "visit.exited": "离开椅位",
        "visit.chairCleaned": "牙椅清洁完", "visit.left": "送别", "visit.closedLate": "补录送别",
        "visit.undone": "撤回一步", "visit.timeCorrected": "更正时间", "visit.typeChanged": "改了就诊类型",
        "visit.doctorChanged": "改了接诊医生", "visit.waitTold": "向客人说明等候",
        "visit.moved": "调整候诊顺序", "visit.treated": "标记治疗完", "visit.leaving": "标记起身离开",
        "visit.cared": "候诊招待", "visit.education": "候诊宣教", "visit.companionIn": "陪同进诊区",
        "visit.companionOut": "陪同离开诊区", "patrol.walked": "巡视候诊区",
        "sheet.entered": "录入收费单", "sheet.explained": "说明费用", "sheet.confirmed": "客人确认费用",
        "sheet.advised": "写下次建议", "sheet.released": "放行收款", "sheet.cancelled": "作废收费单",
        "receipt.issued": "收款并开收据", "receipt.printed": "打印收据", "receipt.reprinted": "补打收据",
        "patient.registered": "登记新客人", "patient.edited": "修改资料", "patient.contactConfirmed": "核对电话和住址",
        "patient.alertRecorded": "记录病史", "patient.alertEnded": "停用一条病史", "patient.wishRecorded": "记录要求",
        "patient.wishEnded": "停用一条要求", "patient.levelSet": "设置重要程度", "patient.consentGiven": "记录同意",
        "patient.consentWithdrawn": "撤回同意", "patient.merged": "合并档案", "patient.mergeUndone": "撤回合并",
        "patient.readBack": "复述核对姓名和电话", "intake.started": "开始填初诊表", "intake.answered": "填写初诊表",
        "intake.checked": "查核初诊表", "intake.completed": "初诊表完成", "intake.discarded": "作废初诊表",
        "intake.received": "收到客人自己填的初诊表", "intake.attached": "核实初诊表是谁的", "signature.given": "签名",
        "observation.written": "写给医生的提示", "observation.withdrawn": "撤下给医生的提示",
        "consultation.recorded": "记咨询档案", "fileAudit.recorded": "抽查客人资料", "chart.added": "登记纸质病历",
        "chart.moved": "移动纸质病历", "chart.releaseRequested": "填病历借出单", "chart.releaseDecided": "答复病历借出单",
        "chartEntry.stamped": "录入病历并盖章", "chartEntry.corrected": "更正录入的病历", "chartEntry.returned": "归还纸质病历",
        "chartEntry.markedWrong": "标出录入差错", "record.printed": "打印病历", "recordCopy.requested": "登记病历复印",
        "recordCopy.fetched": "备齐复印材料", "recordCopy.handed": "把复印材料交给客人",
        "phone.revealed": "查看完整电话", "document.revealed": "查看完整证件号",
        "task.created": "生成任务", "task.changed": "任务改期", "task.done": "完成任务", "task.attempted": "尝试未成，稍后再做",
        "task.reopened": "撤回任务结果", "task.withdrawn": "任务不再需要", "task.escalated": "任务逾期上报",
        "staff.created": "建立账号", "staff.edited": "修改员工资料", "staff.rolesChanged": "改了岗位",
        "staff.disabled": "停用账号", "staff.enabled": "恢复账号", "staff.passwordReset": "重设密码",
        "staff.passwordChanged": "改了密码", "staff.passwordChangeRefused": "改密码时输错现在的密码",
        "staff.pinSet": "设了 PIN", "staff.pinRemoved": "取消 PIN", "staff.pinFailed": "PIN 输错",
        "staff.pinChangeRefused": "改 PIN 时输错密码", "staff.sessionsRevoked": "在所有设备上退出",
        "staff.signedIn": "登录", "staff.signedOut": "退出登录", "staff.signInFailed": "登录时密码错误",
        "staff.locked": "账号因多次输错被锁定", "staff.screenLocked": "锁定屏幕", "staff.screenReopened": "解锁屏幕",
        "staff.clinicChanged": "换到另一门诊工作",
        "item.priceSet": "定价", "item.retired": "停用项目", "item.restored": "恢复项目",
        "catalogue.installed": "装入出厂价目",
        "clinic.created": "新增门诊", "clinic.edited": "修改门诊资料", "room.added": "加房间", "room.renamed": "房间改名",
        "room.retired": "停用房间", "chair.added": "加牙椅", "chair.renamed": "牙椅改名", "chair.retired": "停用牙椅",
        "appointment.handed": "把预约的事交给上级", "appointment.handedSettled": "上级定下预约的事",
        "visit.referred": "登记转诊", "visit.referralChanged": "改了转诊登记", "roster.openDaysSet": "改每周开诊日",
        "roster.weekSet": "改每周班次", "roster.exceptionSet": "改某天的班", "roster.exceptionEnded": "取消某天的改班",
        "roster.blocked": "留出不约的时间", "roster.unblocked": "取消留出的时间",
        "registerEntry.entered": "写登记簿", "registerEntry.closed": "登记办完", "registerEntry.corrected": "更正登记",
        "registerEntry.reopened": "撤回办完的登记", "registerEntry.voided": "登记作废",
        "checklistRun.begun": "开始检查", "checklistRun.marked": "检查一项", "checklistRun.completed": "检查完成",
        "checklistRun.identified": "认出预检的客人", "dayCarry.carried": "日结前结转一件事",
        "key.rotated": "更换加密密钥",
        "record.viewed": "打开客人档案", "log.searched": "查看操作记录",
    ]
}
