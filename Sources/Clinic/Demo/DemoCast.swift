import Kernel

/// Who works in the demo clinic.
struct DemoPerson: Sendable {
    let login: String
    let name: String
    let gender: Gender
    let roles: [String]
    var title: String?
    var specialty: String?
    /// Doctors: number of the usual chair, and weekdays off (1 = Monday).
    var chair: Int?
    var daysOff: Set<Int> = []
    /// Doctors: year of birth, and specialties whose first examination they may do.
    var bornIn = 1985
    var familiarWith: Set<String> = []
    var isDoctor: Bool { chair != nil }
}

enum DemoCast {
    static let password = "menya2026"
    static let pin = "2580"

    static let doctors: [DemoPerson] = [
        doctor("linshuyuan", "林书远", .male, "主任医师", "种植", 1, [1], 1972),
        doctor("chensimin", "陈思敏", .female, "副主任医师", "牙周", 2, [2], 1978),
        doctor("zhouqihang", "周启航", .male, "主治医师", "牙体牙髓", 3, [3], 1986, ["implants"]),
        doctor("xuanqi", "许安琪", .female, "主治医师", "正畸", 4, [4], 1988),
        doctor("wuchengzhi", "吴承志", .male, "副主任医师", "口腔外科", 5, [5], 1976, ["implants"]),
        doctor("hejingyi", "何静怡", .female, "主治医师", "儿童牙科", 6, [2], 1987),
        doctor("zhengziang", "郑子昂", .male, "医师", "综合", 7, [3], 1993, ["orthodontics"]),
        doctor("shenjianing", "沈佳宁", .female, "医师", "综合", 8, [1], 1995),
    ]

    static let others: [DemoPerson] = [
        DemoPerson(login: "daozhen", name: "王若彤", gender: .female, roles: ["guide"]),
        DemoPerson(login: "qiantai", name: "李晓雯", gender: .female, roles: ["reception"]),
        DemoPerson(login: "qiantai2", name: "马骏", gender: .male, roles: ["reception", "guide"]),
        DemoPerson(login: "shouyin", name: "赵敏", gender: .female, roles: ["cashier"]),
        DemoPerson(login: "huifang", name: "周婷", gender: .female, roles: ["caller"]),
        DemoPerson(login: "houzhen", name: "唐可欣", gender: .female, roles: ["attendant"]),
        DemoPerson(login: "hushi", name: "孙丽", gender: .female, roles: ["nurse"]),
        DemoPerson(login: "hushi2", name: "钱芳", gender: .female, roles: ["nurse"]),
        DemoPerson(login: "zixun", name: "蒋雪", gender: .female, roles: ["consultant"]),
        DemoPerson(login: "zhuguan", name: "高建平", gender: .male, roles: ["supervisor", "serviceSupervisor"]),
        DemoPerson(login: "hushizhang", name: "罗敏", gender: .female, roles: ["headNurse"]),
        DemoPerson(login: "zhuren", name: "何志强", gender: .male, roles: ["director"]),
    ]

    private static func doctor(
        _ login: String, _ name: String, _ gender: Gender, _ title: String, _ specialty: String, _ chair: Int,
        _ daysOff: Set<Int>, _ bornIn: Int, _ familiarWith: Set<String> = []
    ) -> DemoPerson {
        DemoPerson(
            login: login, name: name, gender: gender, roles: ["doctor"], title: title, specialty: specialty,
            chair: chair, daysOff: daysOff, bornIn: bornIn, familiarWith: familiarWith)
    }

    static let surnames: [(String, Int)] = [
        ("王", 72), ("李", 71), ("张", 68), ("刘", 53), ("陈", 45), ("杨", 31), ("赵", 23), ("黄", 22), ("周", 21),
        ("吴", 20), ("徐", 17), ("孙", 15), ("胡", 13), ("朱", 12), ("高", 10), ("林", 11), ("何", 11), ("郭", 11),
        ("马", 10), ("罗", 9), ("梁", 9), ("宋", 8), ("郑", 8), ("谢", 7), ("韩", 7), ("唐", 6), ("冯", 6), ("于", 6),
        ("董", 6), ("萧", 5), ("程", 5), ("曹", 5), ("袁", 5), ("邓", 5), ("许", 5), ("傅", 5), ("沈", 5), ("曾", 5),
        ("彭", 5), ("吕", 4), ("单", 1), ("解", 1), ("仇", 1), ("欧阳", 2), ("上官", 1),
    ]
    static let givenMale = [
        "伟", "强", "磊", "军", "勇", "杰", "涛", "明", "超", "浩然", "子轩", "志强", "建国", "文博", "俊杰", "宇航", "国栋", "海涛",
        "一鸣", "天宇", "志远", "建军", "长青", "思齐", "承宇", "立新", "晓东", "家豪", "振华", "永康",
    ]
    static let givenFemale = [
        "芳", "娜", "敏", "静", "丽", "艳", "娟", "婷", "雪", "欣怡", "雨薇", "梦琪", "诗涵", "丽华", "文静", "晓琳", "秀英", "婉清",
        "佳宁", "小雨", "悦", "慧", "玉兰", "可欣", "雅婷", "思雨", "淑珍", "晨曦", "若兰", "语桐",
    ]

    /// What people come for: item codes with their weight, and the complaint in the customer's words.
    struct Reason: Sendable {
        let complaint: String
        let items: [String]
        /// Chairs (= doctors by number) that treat it.
        let doctors: [Int]
        let weight: Int
        /// Days until the next visit; nil: treatment ends here.
        let returnsAfter: ClosedRange<Int>?
        var isForChildren = false
    }

    static let reasons: [Reason] = [
        Reason(complaint: "洗牙", items: ["PE01"], doctors: [2, 7, 8], weight: 20, returnsAfter: nil),
        Reason(complaint: "牙龈出血，想检查牙周", items: ["EX06"], doctors: [2], weight: 6, returnsAfter: 7...14),
        Reason(complaint: "牙上有洞，吃东西塞牙", items: ["EN02"], doctors: [3, 7, 8], weight: 18, returnsAfter: nil),
        Reason(complaint: "牙疼，夜里疼得厉害", items: ["EN07"], doctors: [3, 7], weight: 8, returnsAfter: 5...8),
        Reason(complaint: "做牙神经治疗", items: ["EN10"], doctors: [3], weight: 6, returnsAfter: 7...10),
        Reason(complaint: "智齿发炎，想拔掉", items: ["SU03"], doctors: [5], weight: 9, returnsAfter: 7...7),
        Reason(complaint: "缺牙，想了解种植", items: ["EX01", "XR05"], doctors: [1], weight: 5, returnsAfter: 10...20),
        Reason(complaint: "牙齿不齐，想矫正", items: ["EX01", "XR03"], doctors: [4], weight: 5, returnsAfter: 10...14),
        Reason(complaint: "正畸复诊", items: ["OR07"], doctors: [4], weight: 10, returnsAfter: 28...35),
        Reason(
            complaint: "孩子换牙，检查涂氟", items: ["CH02"], doctors: [6], weight: 10, returnsAfter: nil,
            isForChildren: true),
        Reason(
            complaint: "孩子大牙窝沟封闭", items: ["CH01"], doctors: [6], weight: 7, returnsAfter: nil,
            isForChildren: true),
        Reason(complaint: "牙冠修复取模", items: ["PR02"], doctors: [1, 7], weight: 5, returnsAfter: 8...12),
        Reason(complaint: "常规口腔检查", items: ["EX01"], doctors: [1, 2, 3, 7, 8], weight: 9, returnsAfter: nil),
    ]
}
