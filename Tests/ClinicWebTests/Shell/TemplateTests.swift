import ClinicWeb
import Testing

/// One row of the template tests.
private struct RowView: Viewable {
    let name: String
    let units: Int
    let note: String?
    let isLate: Bool
    let marks: [String]
    static let fields: [Field<Self>] = [
        Field("name", \.name), Field("units", \.units), Field("note", \.note), Field("isLate", \.isLate),
        Field("marks", \.marks),
    ]
}

private struct ListPage: Page {
    static let template = "tests/list"
    let shell: ShellView
    let title: String
    let rows: [RowView]
    let best: RowView?
    let isOpen: Bool
    static let fields: [Field<Self>] = [
        Field("title", \.title), Field("rows", \.rows), Field("best", \.best), Field("isOpen", \.isOpen),
    ]
    static var samples: [ListPage] {
        [
            ListPage(
                shell: .sample(title: "名单"), title: "今天 <3>",
                rows: [
                    RowView(name: "罗文静", units: 3, note: nil, isLate: false, marks: []),
                    RowView(name: "O'Brien & \"Söhne\"", units: 0, note: "<b>", isLate: true, marks: ["初", "贵"]),
                ],
                best: RowView(name: "钱一鸣", units: 1, note: nil, isLate: false, marks: []), isOpen: true),
            ListPage(shell: .sample(title: "名单"), title: "", rows: [], best: nil, isOpen: false),
        ]
    }
}

private func draw(_ template: String, with others: [String: String] = [:], sample: Int = 0) throws -> String {
    let templates = try Templates(sources: others.merging(["tests/list": template]) { $1 }, views: [ListPage.self])
    let page = ListPage.samples[sample]
    return try templates.text(page, shell: page.shell)
}

private func fault(_ template: String, with others: [String: String] = [:]) -> String {
    do {
        _ = try draw(template, with: others)
        return "no error"
    } catch {
        return String(describing: error)
    }
}

@Suite struct TemplateTests {
    @Test func textIsEscapedInTextAndAttributes() throws {
        #expect(try draw(#"<p title="{{title}}">{{title}}</p>"#) == #"<p title="今天 &lt;3&gt;">今天 &lt;3&gt;</p>"#)
        #expect(
            try draw("{{#rows}}{{.name}}|{{/rows}}") == "罗文静|O&#39;Brien &amp; &quot;Söhne&quot;|")
    }

    @Test func sectionsFollowFlagsListsAndOptionals() throws {
        let template = """
            {{#isOpen}}open{{/isOpen}}{{^isOpen}}shut{{/isOpen}} \
            {{#rows}}{{.name}}{{#isLate}} late{{/isLate}}{{#note}} [{{.}}]{{/note}}{{^note}} -{{/note}};{{/rows}}{{^rows}}none{{/rows}} \
            {{#best}}{{.name}} {{.units}}{{/best}}{{^best}}no best{{/best}} {{best.name}}
            """
        #expect(
            try draw(template)
                == "open 罗文静 -;O&#39;Brien &amp; &quot;Söhne&quot; late [&lt;b&gt;]; 钱一鸣 1 钱一鸣")
        #expect(try draw(template, sample: 1) == "shut none no best ")
    }

    @Test func onlyTheShellMayBeReachedFromInside() throws {
        #expect(try draw("{{#rows}}{{shell.csrf}},{{/rows}}") == "sample,sample,")
        #expect(fault("{{#rows}}{{title}}{{/rows}}").contains("unknown name 'title'"))
    }

    @Test func aTagAloneOnItsLineTakesTheLine() throws {
        let template = "<ul>\n  {{#rows}}\n  <li>{{.units}}</li>\n  {{/rows}}\n  {{! note }}\n</ul>\n"
        #expect(try draw(template) == "<ul>\n<li>3</li>\n<li>0</li>\n</ul>\n")
    }

    @Test func layoutsAreFilledAndKeepTheirDefaults() throws {
        let layout = "<title>{{shell.title}}{{$suffix}} · 门牙{{/suffix}}</title>{{$body}}{{/body}}"
        let page = "{{<tests/layout}}\n{{$body}}<p>{{title}}</p>{{/body}}\n{{/tests/layout}}\n"
        #expect(try draw(page, with: ["tests/layout": layout]) == "<title>名单 · 门牙</title><p>今天 &lt;3&gt;</p>")
    }

    @Test func partialsSeeTheNamesAroundThem() throws {
        let row = "<li>{{.name}}</li>\n"
        #expect(
            try draw("{{#rows}}\n{{>tests/_row}}\n{{/rows}}", with: ["tests/_row": row])
                == "<li>罗文静</li>\n<li>O&#39;Brien &amp; &quot;Söhne&quot;</li>\n")
    }

    @Test(
        arguments: [
            ("a\n{{nope}}", "tests/list.mustache:2: unknown name 'nope'; ListPage has title, rows, best, isOpen"),
            (
                "{{best.nope}}",
                "tests/list.mustache:1: unknown name 'best.nope'; RowView has name, units, note, isLate, marks"
            ),
            ("{{shell.nope}}", "unknown name 'shell.nope'"),
            ("{{{title}}}", "tests/list.mustache:1: unescaped tags are not allowed"),
            ("{{&title}}", "unescaped tags are not allowed"),
            ("{{=<% %>=}}", "delimiters cannot be changed"),
            ("{{#title}}x{{/title}}", "a section on the text 'title' would always be on"),
            ("{{^title}}x{{/title}}", "an inverted section on the text 'title' would never be on"),
            ("{{#best}}{{#units}}x{{/units}}{{/best}}", "a section on the number 'units' would always be on"),
            ("{{rows}}", "{{rows}} is a list, not text"),
            ("{{isOpen}}", "{{isOpen}} is a flag, not text"),
            ("{{>tests/_nope}}", "there is no template 'tests/_nope'"),
            ("\n\n{{#rows}}", "tests/list.mustache:3: {{#rows}} is never closed"),
            ("{{#rows}}{{/best}}", "{{/best}} closes {{#rows}} of line 1"),
            ("{{/rows}}", "{{/rows}} closes nothing"),
            ("{{title", "{{ without }}"),
            ("{{ti tle}}", "'ti tle' is not a name"),
            ("{{>tests/list}}", "'tests/list' contains itself"),
            ("{{#rows}}{{#marks}}{{.name}}{{/marks}}{{/rows}}", "here only {{.}} can be used"),
        ])
    func mistakesStopTheStart(template: String, message: String) {
        #expect(fault(template).contains(message))
    }

    @Test func aBlockThatTheLayoutLacksStopsTheStart() {
        let page = "{{<tests/layout}}{{$bdy}}x{{/bdy}}{{/tests/layout}}"
        #expect(
            fault(page, with: ["tests/layout": "{{$body}}{{/body}}"])
                == "tests/list.mustache:1: layout 'tests/layout' has no block 'bdy'")
        #expect(
            fault("{{<tests/layout}}{{title}}{{/tests/layout}}", with: ["tests/layout": ""])
                .contains("only {{$blocks}} may stand inside {{<layout}}"))
    }

    @Test func allMistakesAreReportedAtOnce() {
        let message = fault("{{#rows}}", with: ["tests/other": "{{{x}}}"])
        #expect(message.contains("tests/list.mustache:1") && message.contains("tests/other.mustache:1"))
    }

    @Test func aViewWithoutTemplateStopsTheStart() {
        #expect(throws: TemplateErrors.self) { try Templates(sources: [:], views: [ListPage.self]) }
    }
}
