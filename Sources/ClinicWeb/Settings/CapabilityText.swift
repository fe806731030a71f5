import Clinic

/// Words of the rights, for the page that shows which role has which.
enum CapabilityText {
    struct Group {
        let name: String
        let capabilities: [Capability]
    }

    /// In the order of `Capability`.
    static let groups: [Group] = Section.allCases.map { section in
        Group(name: section.rawValue, capabilities: Capability.allCases.filter { words($0).section == section })
    }

    static func label(_ capability: Capability) -> String { words(capability).label }

    enum Section: String, CaseIterable {
        case see = "看得到"
        case patients = "客人"
        case appointments = "预约"
        case reception = "接待"
        case treatment = "治疗"
        case money = "收费"
        case contact = "任务、电话、投诉"
        case operations = "运营"
        case standard = "主管与设置"
    }

    private static func words(_ capability: Capability) -> (section: Section, label: String) {
        switch capability {
        case .seeWorkbench: (.see, "工作台")
        case .seeBoard: (.see, "预约表")
        case .seeReception: (.see, "接待台")
        case .seeRoster: (.see, "排班")
        case .seePatients: (.see, "查找客人")
        case .seePatientRecord: (.see, "客人档案")
        case .seeMedicalRecord: (.see, "病历内容")
        case .seePhones: (.see, "完整电话")
        case .revealProtected: (.see, "显示遮盖的内容（留记录）")
        case .seeSensitiveProfile: (.see, "敏感档案")
        case .seeBalances: (.see, "欠费与付款")
        case .seePrices: (.see, "价目")
        case .seeTill: (.see, "收银与收据")
        case .seeReports: (.see, "报表")
        case .seeAudit: (.see, "操作记录")
        case .seeOtherClinics: (.see, "别的门诊的病历、收费、投诉")
        case .registerPatients: (.patients, "登记新客人")
        case .editPatients: (.patients, "修改资料")
        case .editOtherPatients: (.patients, "更正别人录入的内容")
        case .mergePatients: (.patients, "合并重复档案")
        case .printRecords: (.patients, "打印病历")
        case .exportData: (.patients, "导出名单")
        case .bookAppointments: (.appointments, "新预约")
        case .moveAppointments: (.appointments, "改约")
        case .cancelAppointments: (.appointments, "取消预约")
        case .bookOutsideRoster: (.appointments, "排班以外预约")
        case .squeezeIn: (.appointments, "加号")
        case .assignAnyDoctor: (.appointments, "不按推荐选医生")
        case .assignSpecialCases: (.appointments, "安排特殊客人")
        case .confirmDayPlan: (.appointments, "确认当天预约")
        case .checkInReturning: (.reception, "复诊客人到诊登记")
        case .checkIn: (.reception, "到诊登记")
        case .triage: (.reception, "分诊")
        case .callQueue: (.reception, "叫号")
        case .leadIn: (.reception, "引领入座")
        case .updateChairs: (.reception, "更新牙椅状态")
        case .noteDoctors: (.reception, "给医生递条")
        case .closeVisit: (.reception, "送别")
        case .writeMedicalRecord: (.treatment, "写病历")
        case .signConsent: (.treatment, "签同意书")
        case .overrideEmergency: (.treatment, "急救时先治疗")
        case .enterCharges: (.money, "录入收费单")
        case .overridePrice: (.money, "改价")
        case .giveDiscount: (.money, "优惠（限额内）")
        case .approveDiscount: (.money, "批准超限优惠")
        case .issueChargeNotice: (.money, "放行收款")
        case .collectPayment: (.money, "收款")
        case .reprintReceipt: (.money, "补打收据")
        case .issueInvoices: (.money, "标记开票")
        case .runTill: (.money, "收银班次")
        case .requestCorrection: (.money, "发起收款更正")
        case .verifyCorrection: (.money, "核实收款更正")
        case .reviewCorrection: (.money, "复核收款更正")
        case .startRefund: (.money, "发起退款")
        case .approveRefund: (.money, "退款签字")
        case .acknowledgeArrears: (.money, "知悉欠费")
        case .signDispatchSheet: (.money, "签派工单")
        case .signVIPCard: (.money, "签发贵宾卡")
        case .manageCampaigns: (.money, "卡券与活动")
        case .workTasks: (.contact, "做自己的任务")
        case .workAnyTask: (.contact, "做别人的任务")
        case .callPatients: (.contact, "回访与提醒")
        case .answerCalls: (.contact, "接电话")
        case .workLeads: (.contact, "咨询线索")
        case .recordComplaints: (.contact, "记录投诉")
        case .handleComplaints: (.contact, "处理投诉")
        case .keepRegisters: (.operations, "检查表与登记本")
        case .closeDay: (.operations, "日结")
        case .manageStock: (.operations, "库存")
        case .approveWriteOff: (.operations, "批准报废与采购")
        case .overrideRules: (.standard, "说明原因越过规则")
        case .approveOverride: (.standard, "批准别人越过规则")
        case .manageStaff: (.standard, "员工账号与岗位")
        case .manageSettings: (.standard, "数值、规则、任务")
        case .managePrices: (.standard, "定价")
        case .manageRoster: (.standard, "编排班次")
        case .manageRooms: (.standard, "诊室与牙椅")
        case .manageScripts: (.standard, "话术")
        case .manageSystem: (.standard, "门诊、备份、密钥")
        }
    }
}
