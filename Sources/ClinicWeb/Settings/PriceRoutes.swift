import Clinic
import Hummingbird
import Kernel
import Storage

/// The price list.
package enum PriceRoutes: Feature {
    package static var views: [any Fragment.Type] { [PricesPage.self, PricePage.self] }

    package static func add(to table: inout RouteTable) {
        table.get(SettingsPaths.prices, .needsAny([.managePrices, .seePrices]), use: list)
        table.get("/settings/prices/:id", .needsAny([.managePrices, .seePrices]), use: show)
        table.post("/settings/prices/:id", .needs(.managePrices), use: setPrice)
        table.post("/settings/prices/:id/retire", .needs(.managePrices), use: retire)
        table.post("/settings/prices/:id/restore", .needs(.managePrices), use: restore)
    }

    static func list(_ request: StaffRequest) async throws -> Response {
        try request.allowQuery("q")
        let query = request.query["q"].halfWidth.trimmed
        let (clinic, today, playbook) = (request.clinic.id, request.today, request.work.playbook)
        let (items, prices, coming) = try await request.read { tx in
            (
                try ItemStore.listAll(in: tx), try ItemStore.prices(day: today, clinic: clinic, in: tx),
                try ItemStore.comingPrices(after: today, clinic: clinic, in: tx)
            )
        }
        var rows: [String: [PriceRowView]] = [:]
        for item in items where query.isEmpty || matches(item, query) {
            let next = coming[item.id].map { "\($0.validFrom.monthDayText)起 \($0.price.figures)" }
            rows[item.group ?? "", default: []].append(
                PriceRowView(
                    href: SettingsPaths.price(item.id), code: item.code, name: item.name, category: item.category.label,
                    price: prices[item.id]?.figures ?? "—", measure: item.measure, next: next,
                    isRetired: item.retiredAt != nil))
        }
        let codes = playbook.codes(.itemGroup)
        let known = codes.map { ($0.code, $0.label) } + [("", "其他")]
        let groups = known.compactMap { code, label in rows[code].map { PriceGroupView(name: label, rows: $0) } }
        let page = PricesPage(
            query: query, groups: groups, tabs: SettingsTab.all(for: request, current: .prices),
            shell: try await request.shell(title: "设置", note: "价目 · \(today.longText)", area: .settings))
        return try request.page(page)
    }

    /// Part of the name or code, or of the initials of the name's pinyin.
    static func matches(_ item: Item, _ query: String) -> Bool {
        let query = query.lowercased()
        return item.name.lowercased().contains(query) || item.code.lowercased().contains(query)
            || Pinyin.initials(Pinyin.syllables(ofName: item.name)).contains(query)
    }

    static func show(_ request: StaffRequest) async throws -> Response { try await page(request) }

    static func setPrice(_ request: StaffRequest) async throws -> Response {
        let id: ID<Item> = try request.id("id", what: "项目")
        let (form, work) = (request.form, request.work)
        do {
            var errors = FormErrors()
            let price = Money(typed: form["price"])
            let day = Day(form["from"].halfWidth.trimmed)
            if price == nil { errors.add("price", "请填写价格，例如 480 或 480.50") }
            if day == nil { errors.add("from", "请选择日期，例如 \(request.today.iso)") }
            guard let price, let day else { throw errors }
            let clinic = form["scope"] == "clinic" ? work.clinic.id : nil
            try await request.writeOrganisation(changing: .prices) { tx in
                try PriceEditing.setPrice(of: id, to: price, from: day, clinic: clinic, by: work, in: tx)
            }
            let when = day == request.today ? "今天" : " \(day.monthDayText) "
            return request.redirect(SettingsPaths.price(id), flash: "\(price.yuanText)，从\(when)起")
        } catch let error as any UserFacingError where error.kind == .invalid {
            return try await page(request, FormErrors(error))
        }
    }

    static func retire(_ request: StaffRequest) async throws -> Response {
        let (id, work): (ID<Item>, Work) = (try request.id("id", what: "项目"), request.work)
        try await request.writeOrganisation(changing: .prices) { tx in try PriceEditing.retire(id, by: work, in: tx) }
        return request.redirect(SettingsPaths.price(id), flash: "项目已停用，不再出现在预约和收费里")
    }

    static func restore(_ request: StaffRequest) async throws -> Response {
        let (id, work): (ID<Item>, Work) = (try request.id("id", what: "项目"), request.work)
        try await request.writeOrganisation(changing: .prices) { tx in try PriceEditing.restore(id, by: work, in: tx) }
        return request.redirect(SettingsPaths.price(id), flash: "项目已恢复")
    }

    private static func page(_ request: StaffRequest, _ faults: FormErrors = FormErrors()) async throws -> Response {
        let id: ID<Item> = try request.id("id", what: "项目")
        let (clinic, today) = (request.clinic.id, request.today)
        let (item, history, names, clinics) = try await request.read { tx in
            let history = try ItemStore.priceHistory(id, clinic: clinic, in: tx)
            return (
                try ItemStore.get(id, in: tx), history, try StaffStore.names(Set(history.map(\.setBy)), in: tx),
                try PlaceStore.clinics(in: tx)
            )
        }
        let current = PriceRules.current(history, on: today)
        let rows = history.map { price in
            let state: StateChip? =
                price.validFrom > today
                ? StateChip(text: "还没开始", tone: "info") : price == current ? StateChip(text: "现在", tone: "done") : nil
            return PriceChangeView(
                from: price.validFrom.iso, price: price.price.figures, scope: price.clinicID == nil ? "机构" : "本门诊",
                who: names[price.setBy] ?? "", state: state)
        }
        let page = PricePage(
            name: item.name, facts: facts(item, current), action: SettingsPaths.price(id),
            mayChange: request.may(.managePrices), isRetired: item.retiredAt != nil, today: today, history: rows,
            hasSeveralClinics: clinics.count > 1, typed: request.form, faults: faults,
            shell: try await request.shell(title: "价目", note: item.name, area: .settings))
        return try request.page(page, status: faults.isEmpty ? .ok : .unprocessableContent)
    }

    private static func facts(_ item: Item, _ current: ItemPrice?) -> [LabelledView] {
        var facts = [
            LabelledView("代码", item.code), LabelledView("收入类别", item.category.label),
            LabelledView("今天的价格", current.map { "\($0.price.yuanText) / \(item.measure)" } ?? "还没有定价"),
            LabelledView("预约占用", item.units == 0 ? "不占时间" : "\(item.units * Unit.minutes) 分钟"),
        ]
        let flags = [
            (item.isOperation, "要知情同意"), (item.hasReaction, "次日回访"), (item.callsSameDay, "当晚回访"),
            (item.isPerTooth, "按牙收费"), (item.isRetail, "零售"),
        ].filter(\.0).map(\.1)
        if !flags.isEmpty { facts.append(LabelledView("特点", flags.joined(separator: "、"))) }
        if item.warrantyMonths > 0 { facts.append(LabelledView("保修", "\(item.warrantyMonths) 个月")) }
        return facts
    }
}
